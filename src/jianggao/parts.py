"""What lists are made of, as Markdown: rows of speeches, groups side by side, bars by year, pages of a long list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from .markup import escaped, front_matter
from .model import Page, Speech
from .stages.render import UNKNOWN_DATE, UNKNOWN_SPEAKER, UNTITLED

PER_PAGE = 100
NARROW, CROWDED = 14, 10
"""Bars that a phone of 320 pixels shows side by side, and bars that each still have room for their year there."""
_T = TypeVar("_T")


def list_page(uri: str, title: str, rows: Iterable[str]) -> Page:
    """A page of the kind ``list.html``; empty rows are left out."""
    head = front_matter({"title": title, "template": "list.html"})
    return Page(uri, head + "\n" + "\n\n".join(row for row in rows if row) + "\n")


def paged(items: Sequence[_T], size: int = PER_PAGE) -> Iterator[tuple[int, int, Sequence[_T]]]:
    """Number of the page (from 1), number of pages, and the page's items; an empty list still has one page."""
    count = max(1, -(-len(items) // size))
    for number in range(1, count + 1):
        yield number, count, items[(number - 1) * size : number * size]


def numbered(name: str, number: int) -> str:
    """The name of page ``number`` (from 1) of a list, without ``.md``."""
    return name if number == 1 else f"{name}-{number}"


def pager(name: str, number: int, count: int) -> str:
    """Links to the page before and after; nothing for a list of one page."""
    if count == 1:
        return ""
    before = f"[上一页]({numbered(name, number - 1)}.md)" if number > 1 else ""
    after = f"[下一页]({numbered(name, number + 1)}.md)" if number < count else ""
    return f'<nav class="pager" aria-label="翻页" markdown="1">\n\n{before} 第{number}页，共{count}页 {after}\n\n</nav>'


def speech_list(speeches: Iterable[Speech], up: str, above: str = "") -> str:
    """A list of speeches as Markdown; ``up`` leads from the page to the root (``../``), what stands ``above`` the list is not
    said of each speech again."""
    return f'<div class="speech-list" markdown="1">\n\n{chr(10).join(_row(s, up, above) for s in speeches)}\n\n</div>'


def _row(speech: Speech, up: str, above: str) -> str:
    facts = [fact for fact in (speech.speaker or UNKNOWN_SPEAKER, speech.kind) if fact != above]
    facts.append(f"{speech.chars:,}字")
    if speech.completeness.status == "partial":
        facts.append("有缺失")
    about = " · ".join(escaped(fact) for fact in facts if fact)
    link = f"[{escaped(speech.title or UNTITLED, closes=True)}]({up}speeches/{speech.id}.md)"
    return f'- <span class="date">{speech.date or UNKNOWN_DATE}</span> {link} <span class="about">{about}</span>'


def chips(rows: Iterable[tuple[str, str, int]]) -> str:
    """Names side by side, each with its number: ``(name, address, number)``."""
    made = (f"- [{escaped(name, closes=True)} <small>{number:,}</small>]({address})" for name, address, number in rows)
    return f'<div class="chips" markdown="1">\n\n{chr(10).join(made)}\n\n</div>'


def timeline(sizes: Mapping[int, int], address: Callable[[int], str] | None = None) -> str:
    """Speeches per year as bars, which are links where there is an ``address`` for a year, the oldest first; years without
    a speech keep their place."""
    most = max(sizes.values(), default=1)
    rows = []
    for year in range(min(sizes), max(sizes) + 1) if sizes else ():
        size = sizes.get(year, 0)
        words = f"<b{' class=tick' if year % 5 == 0 else ''}>{year}</b> <small>{size}</small>"
        share = f'style="--share:{size / most:.3f}"'
        if not size:
            rows.append(f'- <span class="none">{words}</span>')
        elif address:
            rows.append(f"- [{words}]({address(year)}){{: {share} }}")
        else:
            rows.append(f'- <span class="bar" {share}>{words}</span>')
    # A box that may be wider than the page is moved by keys only where it takes the focus; links in it take it themselves.
    focus = ' tabindex="0" role="group" aria-label="各年篇数"' if len(rows) > NARROW and not address else ""
    crowded = " timeline--crowded" if len(rows) > CROWDED else ""
    return f'<div class="timeline{crowded}"{focus} markdown="1">\n\n{chr(10).join(rows)}\n\n</div>'


def amount(chars: int) -> str:
    """A number of characters as a person says it.

    >>> amount(9800), amount(61234)
    ('9,800', '6.1万')
    """
    return f"{chars:,}" if chars < 10_000 else f"{chars / 10_000:,.1f}万"
