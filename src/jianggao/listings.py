"""Corpus → the lists by year, speaker, occasion and place, and what the home page says of the archive.

Every address is made from the thing itself (a year, a hash of a name), so none changes when a speech is added; only the
further pages of a long list move.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .markup import escaped, front_matter
from .model import Page, Speech
from .stages.render import UNKNOWN_DATE, UNKNOWN_SPEAKER, UNTITLED

PER_PAGE = 100
NEWEST = 10
SAMPLES = 3
_SAMPLED_GROUPS = 40
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Axis:
    """One way into the archive. ``folder`` names its overview too; ``key`` says a speech's group, None when unknown."""

    folder: str
    title: str
    lead: str
    key: Callable[[Speech], str | None]
    unknown: str
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The speeches that share one key, newest first; ``slug`` is the name of its page without ``.md``."""

    name: str
    slug: str
    known: bool
    speeches: tuple[Speech, ...]


AXES = (
    Axis(
        "years",
        "按年份",
        "以讲话的日期为准，不以网页的发布日期代替。",
        lambda s: s.date and s.date[:4],
        UNKNOWN_DATE,
        "年",
    ),
    Axis(
        "speakers",
        "按讲话人",
        "以原文署名为准；同名者不一定是同一人，请对照职务。",
        lambda s: s.speaker,
        UNKNOWN_SPEAKER,
    ),
    Axis("occasions", "按场合", "按讲话的类型归并。", lambda s: s.kind, "未归类"),
    Axis("places", "按地点", "以原文写明的地点为准。", lambda s: s.place, "地点未载"),
)


def newest_first(speeches: Iterable[Speech]) -> tuple[Speech, ...]:
    """By date, the latest first; those without a date stand last. Equal dates go by id, so the order never wavers."""
    by_id = sorted(speeches, key=lambda s: s.id)
    return tuple(sorted(by_id, key=lambda s: s.date or "", reverse=True))


def groups(axis: Axis, speeches: Iterable[Speech]) -> tuple[Group, ...]:
    """The groups of an axis: years downwards, all else by size; the unknown come last."""
    held: dict[str | None, list[Speech]] = defaultdict(list)
    for speech in newest_first(speeches):
        held[axis.key(speech) or None].append(speech)
    known = sorted(key for key in held if key)
    known.sort(key=(lambda k: -int(k) if k.isdigit() else 0) if axis.folder == "years" else lambda k: -len(held[k]))
    found = [Group(key + axis.suffix, _slug(key), True, tuple(held[key])) for key in known]
    unknown = [Group(axis.unknown, "unknown", False, tuple(held[None]))] if None in held else []
    return tuple(found + unknown)


def _slug(key: str) -> str:
    plain = key.isascii() and key.isdigit()
    return key if plain else hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:8]


def pages(speeches: Sequence[Speech]) -> Iterator[Page]:
    """All list pages: for each axis its overview (``years.md``) and a page for each group (``years/2024.md``)."""
    for axis in AXES:
        found = groups(axis, speeches)
        yield from _overview(axis, found, len(speeches))
        for group in found:
            yield from _group(axis, group)


def _overview(axis: Axis, found: tuple[Group, ...], total: int) -> Iterator[Page]:
    known = sum(g.known for g in found)
    lead = f"{total:,}篇讲稿，分为{known:,}组。{axis.lead}" if total else "档案里还没有讲稿。"
    for number, count, shown in _paged(found):
        rows = [f"# {axis.title}", f'<p class="lead">{lead}</p>']
        if axis.folder == "years" and known > 1:
            rows.append(timeline(found, "years/"))
        if len(found) > _SAMPLED_GROUPS:
            rows.append(chips(shown, f"{axis.folder}/"))
        else:
            rows += [_sample(axis, group) for group in shown]
        rows.append(_pager(axis.folder, number, count))
        yield _page(f"{_numbered(axis.folder, number)}.md", axis.title, rows)


def _sample(axis: Axis, group: Group) -> str:
    link = f"{axis.folder}/{group.slug}.md"
    size = f"<small>{len(group.speeches):,}篇</small>"
    head = f"## [{escaped(group.name, closes=True)}]({link}) {size} {{: #g-{group.slug} }}"
    rows = [head, *([f"*{posts}*{{: .posts }}"] if (posts := _posts(axis, group)) else [])]
    rows.append(speech_list(group.speeches[:SAMPLES], ""))
    if len(group.speeches) > SAMPLES:
        rows.append(f"[全部{len(group.speeches):,}篇]({link}){{: .more }}")
    return "\n\n".join(rows)


def _posts(axis: Axis, group: Group) -> str:
    """The posts that a speaker held as his speeches name them, the latest first."""
    if axis.folder != "speakers" or not group.known:
        return ""
    return "；".join(escaped(role, closes=True) for role in dict.fromkeys(s.role for s in group.speeches) if role)


def _group(axis: Axis, group: Group) -> Iterator[Page]:
    years = sorted({s.date[:4] for s in group.speeches if s.date})
    span = (
        f"，{years[0]}—{years[-1]}年"
        if len(years) > 1
        else f"，{years[0]}年"
        if years and axis.folder != "years"
        else ""
    )
    lead = f"{len(group.speeches):,}篇，{_amount(sum(s.chars for s in group.speeches))}字{span}。"
    posts = _posts(axis, group)
    for number, count, shown in _paged(group.speeches):
        rows = [
            f"[{axis.title}](../{axis.folder}.md){{: .up }}",
            f"# {escaped(group.name, opens=True, closes=True)}",
            f'<p class="lead">{lead}</p>',
            *([f"*{posts}*{{: .posts }}"] if posts else []),
            speech_list(shown, "../"),
            _pager(group.slug, number, count),
        ]
        yield _page(f"{axis.folder}/{_numbered(group.slug, number)}.md", group.name, rows)


def _page(uri: str, title: str, rows: Iterable[str]) -> Page:
    head = front_matter({"title": title, "template": "list.html"})
    return Page(uri, head + "\n" + "\n\n".join(row for row in rows if row) + "\n")


def _paged(items: Sequence[_T]) -> Iterator[tuple[int, int, Sequence[_T]]]:
    """Number of the page (from 1), number of pages, and the page's items; an empty list still has one page."""
    count = max(1, -(-len(items) // PER_PAGE))
    for number in range(1, count + 1):
        yield number, count, items[(number - 1) * PER_PAGE : number * PER_PAGE]


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"


def _pager(name: str, number: int, count: int) -> str:
    if count == 1:
        return ""
    before = f"[上一页]({_numbered(name, number - 1)}.md)" if number > 1 else ""
    after = f"[下一页]({_numbered(name, number + 1)}.md)" if number < count else ""
    return f'<nav class="pager" aria-label="翻页" markdown="1">\n\n{before} 第{number}页，共{count}页 {after}\n\n</nav>'


def speech_list(speeches: Iterable[Speech], up: str) -> str:
    """A list of speeches as Markdown; ``up`` leads from the page to the root (``../``)."""
    return f'<div class="speech-list" markdown="1">\n\n{chr(10).join(_row(s, up) for s in speeches)}\n\n</div>'


def _row(speech: Speech, up: str) -> str:
    facts = [speech.speaker or UNKNOWN_SPEAKER, speech.kind, f"{speech.chars:,}字"]
    if speech.completeness.status == "partial":
        facts.append("有缺失")
    about = " · ".join(escaped(fact) for fact in facts if fact)
    link = f"[{escaped(speech.title or UNTITLED, closes=True)}]({up}speeches/{speech.id}.md)"
    return f'- <span class="date">{speech.date or UNKNOWN_DATE}</span> {link} <span class="about">{about}</span>'


def chips(found: Iterable[Group], up: str) -> str:
    """Links to groups with their sizes, side by side."""
    rows = (f"- [{escaped(g.name, closes=True)} <small>{len(g.speeches):,}</small>]({up}{g.slug}.md)" for g in found)
    return f'<div class="chips" markdown="1">\n\n{chr(10).join(rows)}\n\n</div>'


def timeline(found: Iterable[Group], up: str) -> str:
    """Speeches per year as bars that are links, the oldest first; years without a speech keep their place."""
    held = {int(g.name[:4]): g for g in found if g.known and g.name[:4].isdigit()}
    most = max((len(g.speeches) for g in held.values()), default=1)
    rows = []
    for year in range(min(held), max(held) + 1) if held else ():
        size = len(held[year].speeches) if year in held else 0
        words = f"<b><span>{year // 100:02}</span>{year % 100:02}</b> <small>{size}</small>"
        share = f'style="--share:{size / most:.3f}"'
        rows.append(f"- [{words}]({up}{year}.md){{: {share} }}" if size else f'- <span class="none">{words}</span>')
    return f'<div class="timeline" markdown="1">\n\n{chr(10).join(rows)}\n\n</div>'


def home(speeches: Sequence[Speech]) -> dict[str, str]:
    """The parts of the home page as Markdown, by the name that its place holder has: 概况, 年份, 最近, 门径."""
    by_year, by_speaker = (groups(axis, speeches) for axis in AXES[:2])
    return {
        "概况": _figures(speeches, by_year, by_speaker),
        "年份": timeline(by_year, "years/") if sum(g.known for g in by_year) > 1 else "",
        "最近": speech_list(newest_first(speeches)[:NEWEST], "") if speeches else "档案里还没有讲稿。",
        "门径": "\n\n".join(_ways(axis, speeches) for axis in AXES[1:]),
    }


def _figures(speeches: Sequence[Speech], by_year: Sequence[Group], by_speaker: Sequence[Group]) -> str:
    years = sorted(g.name[:4] for g in by_year if g.known)
    rows = [
        f"- **{len(speeches):,}** 篇讲稿",
        f"- **{_amount(sum(s.chars for s in speeches))}** 字",
        f"- **{sum(g.known for g in by_speaker):,}** 位讲话人",
    ]
    if years:
        rows.append(f"- **{years[0] if len(years) == 1 else f'{years[0]}—{years[-1]}'}** 年")
    return f'<div class="figures" markdown="1">\n\n{chr(10).join(rows)}\n\n</div>'


def _ways(axis: Axis, speeches: Sequence[Speech], most: int = 16) -> str:
    known = [g for g in groups(axis, speeches) if g.known]
    if not known:
        return ""
    rows = [f"### [{axis.title}]({axis.folder}.md)", chips(known[:most], f"{axis.folder}/")]
    if len(known) > most:
        rows.append(f"[全部{len(known):,}项]({axis.folder}.md){{: .more }}")
    return "\n\n".join(rows)


def _amount(chars: int) -> str:
    """A number of characters as a person says it.

    >>> _amount(9800), _amount(61234)
    ('9,800', '6.1万')
    """
    return f"{chars:,}" if chars < 10_000 else f"{chars / 10_000:,.1f}万"
