"""Corpus → the library of outlines 提纲库: how others build a speech, by occasion, and which headings recur.

Every heading leads to its place in its speech. The outlines are HTML, not Markdown: ten thousand nested lists would cost
minutes as Markdown and say the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from .listings import AXES, groups, newest_first
from .markup import attribute, escaped
from .model import Heading, Page, Speech
from .parts import chips, list_page, numbered, paged, pager
from .stages.render import UNKNOWN_DATE, UNKNOWN_SPEAKER, UNTITLED, nested

PER_PAGE = 50
"""Outlines on one page: a hundred long ones would be 300 kB."""
COMMON = 60
LEAST = 2
"""A heading that recurs stands in so many speeches at least."""
_OCCASIONS = next(axis for axis in AXES if axis.folder == "occasions")


def pages(speeches: Sequence[Speech]) -> Iterator[Page]:
    """``outlines.md``, and for each kind of occasion its outlines (``outlines/1a2b3c4d.md``), the newest first."""
    told = [speech for speech in newest_first(speeches) if speech.outline]
    found = groups(_OCCASIONS, told)
    count = sum(len(speech.outline) for speech in told)
    lead = f"{len(told):,}篇讲稿有提纲，共{count:,}条标题。点一条标题，就到那篇讲稿的那一处。"
    rows = [
        "# 提纲库",
        f'<p class="lead">{lead if told else "档案里还没有带提纲的讲稿。"}</p>',
        _SEARCH,
        *(["## 按场合"] if found else []),
        chips((group.name, f"outlines/{group.slug}.md", len(group.speeches)) for group in found) if found else "",
        *_common(told),
    ]
    yield list_page("outlines.md", "提纲库", rows)
    for group in found:
        for number, all_pages, shown in paged(group.speeches, PER_PAGE):
            title = f"{group.name}的提纲"
            yield list_page(
                f"outlines/{numbered(group.slug, number)}.md",
                title,
                [
                    "[提纲库](../outlines.md){: .up }",
                    f"# {escaped(title, opens=True, closes=True)}",
                    f'<p class="lead">{len(group.speeches):,}篇，从新到旧。</p>',
                    "\n".join(_card(speech) for speech in shown),
                    pager(group.slug, number, all_pages),
                ],
            )


_SEARCH = (
    '<form class="outline-search" action="search.html" role="search"><input type="hidden" name="only" value="heading">'
    '<input type="search" name="q" placeholder="在全部标题里找，例如：担当" aria-label="在全部标题里找" autocomplete="off" '
    'enterkeyhint="search"><button>找标题</button></form>'
)


def bare(heading: Heading) -> str:
    """The words of a heading without its number: what can recur in another speech.

    >>> bare(Heading(1, "一、", "一、提高认识", "s1", 1)), bare(Heading(1, "", "一体推进", "s1", 1))
    ('提高认识', '一体推进')
    """
    return heading.text.removeprefix(heading.number).strip()


def _common(speeches: Iterable[Speech]) -> list[str]:
    """The headings that most speeches have, numbers aside; each leads to the search for it."""
    count: Counter[str] = Counter()
    for speech in speeches:
        count.update({words for heading in speech.outline if len(words := bare(heading)) > 2})
    rows = [(words, number) for words, number in count.items() if number >= LEAST]
    rows.sort(key=lambda row: (-row[1], row[0]))
    if not rows:
        return []
    return ["## 常见的标题", chips((words, _asked(words), number) for words, number in rows[:COMMON])]


def _asked(words: str) -> str:
    """The address of a search for words in headings; quoted, so that blanks inside do not part them."""
    query = f'"{words}"' if " " in words or "　" in words else words
    return f"search.md?q={quote(query)}&only=heading"


def _card(speech: Speech) -> str:
    """One speech's outline, folded, with its own button to copy (docs/assets/reader/reader.js)."""
    facts = " · ".join(
        (speech.date or UNKNOWN_DATE, attribute(speech.speaker or UNKNOWN_SPEAKER), f"{len(speech.outline)}条")
    )
    title = attribute(speech.title or UNTITLED)
    return (
        f'<details class="outline-card"><summary><b>{title}</b> <small>{facts}</small></summary>'
        f'<div data-outline-text>{_tree(speech)}</div><p><button type="button" data-copy-card hidden>复制提纲</button> '
        f'<a href="../speeches/{speech.id}.html">读这一篇</a></p></details>'
    )


def _tree(speech: Speech) -> str:
    """The outline as nested lists; a heading that only the source's contents list has leads nowhere."""
    children: dict[int, list[tuple[int, Heading]]] = defaultdict(list)
    path: list[int] = []
    for number, (depth, heading) in enumerate(nested(speech.outline)):
        del path[depth:]
        children[path[-1] if path else -1].append((number, heading))
        path.append(number)

    def listed(parent: int) -> str:
        if parent not in children:
            return ""
        items = (f"<li>{_entry(speech, heading)}{listed(number)}</li>" for number, heading in children[parent])
        return f"<ol>{''.join(items)}</ol>"

    return listed(-1)


def _entry(speech: Speech, heading: Heading) -> str:
    words = attribute(heading.text)
    if heading.attested == "contents":
        return f"<span>{words}〔仅见于原目录〕</span>"
    return f'<a href="../speeches/{speech.id}.html#{heading.id}">{words}</a>'
