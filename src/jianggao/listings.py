"""Corpus → the lists by year, speaker, occasion, level, place and source, and what the home page says of the archive.

Every address is made from the thing itself (a year, a hash of a name), so none changes when a speech is added; only the
further pages of a long list move.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from .markup import escaped
from .model import Page, Speech
from .parts import amount, chips, list_page, numbered, paged, pager, speech_list, timeline
from .stages.render import UNKNOWN_DATE, UNKNOWN_SPEAKER

NEWEST = 10
SAMPLES = 3
_SAMPLED_GROUPS = 40


@dataclass(frozen=True, slots=True)
class Axis:
    """One way into the archive. ``folder`` names its overview too; ``key`` says a speech's group, None when unknown;
    ``unit`` is how groups are counted."""

    folder: str
    title: str
    lead: str
    key: Callable[[Speech], str | None]
    unknown: str
    unit: str
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
        "个年份",
        "年",
    ),
    Axis(
        "speakers",
        "按讲话人",
        "以原文署名为准；同名者不一定是同一人，请对照职务。",
        lambda s: s.speaker,
        UNKNOWN_SPEAKER,
        "位讲话人",
    ),
    Axis("occasions", "按场合", "按讲话的类型归并。", lambda s: s.kind, "未归类", "类场合"),
    Axis("levels", "按层级", "按讲话人所在单位的层级或性质。", lambda s: s.level, "层级不详", "个层级"),
    Axis("places", "按地点", "以原文写明的地点为准。", lambda s: s.place, "地点未载", "个地点"),
    Axis(
        "sources",
        "按来源",
        "原文所在的网站、报刊或书，以原文写明的为准。",
        lambda s: s.source.site,
        "来源未载",
        "个来源",
    ),
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
    lost = sum(len(g.speeches) for g in found if not g.known)
    told = [f"{total - lost:,}篇归入{known:,}{axis.unit}" if lost else f"{known:,}{axis.unit}"] if known else []
    told += [f"{lost:,}篇{axis.unknown}"] if lost else []
    lead = f"{total:,}篇讲稿，{'，'.join(told)}。{axis.lead}" if total else "档案里还没有讲稿。"
    for number, count, shown in paged(found):
        rows = [f"# {axis.title}", _axes(axis), f'<p class="lead">{lead}</p>']
        if axis.folder == "years" and known > 1:
            rows.append(timeline(by_year(s for g in found for s in g.speeches), _year_page))
        if len(found) > _SAMPLED_GROUPS:
            rows.append(_chips(axis, shown))
        else:
            rows += [_sample(axis, group) for group in shown]
        rows.append(pager(axis.folder, number, count))
        yield list_page(f"{numbered(axis.folder, number)}.md", axis.title, rows)


def by_year(speeches: Iterable[Speech]) -> dict[int, int]:
    """How many speeches each year has; those without a date are left out."""
    return dict(sorted(Counter(int(s.date[:4]) for s in speeches if s.date).items()))


def _year_page(year: int) -> str:
    return f"years/{year}.md"


def _chips(axis: Axis, found: Sequence[Group]) -> str:
    return chips((g.name, f"{axis.folder}/{g.slug}.md", len(g.speeches)) for g in found)


def _axes(here: Axis) -> str:
    """The ways in, one beside the other."""
    rows = (
        f"- [{axis.title}]({axis.folder}.md){{: {'aria-current=page' if axis == here else '.way'} }}" for axis in AXES
    )
    return f'<nav class="axes" aria-label="浏览方式" markdown="1">\n\n{chr(10).join(rows)}\n\n</nav>'


def _sample(axis: Axis, group: Group) -> str:
    link = f"{axis.folder}/{group.slug}.md"
    size = f"<small>{len(group.speeches):,}篇</small>"
    head = f"## [{escaped(group.name, closes=True)}]({link}) {size} {{: #g-{group.slug} }}"
    rows = [head, *([f"*{posts}*{{: .posts }}"] if (posts := _posts(axis, group)) else [])]
    rows.append(speech_list(group.speeches[:SAMPLES], "", group.name))
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
    lead = f"{len(group.speeches):,}篇，{amount(sum(s.chars for s in group.speeches))}字{span}。"
    posts, sizes = _posts(axis, group), by_year(group.speeches)
    for number, count, shown in paged(group.speeches):
        rows = [
            f"[{axis.title}](../{axis.folder}.md){{: .up }}",
            f"# {escaped(group.name, opens=True, closes=True)}",
            f'<p class="lead">{lead}</p>',
            *([f"*{posts}*{{: .posts }}"] if posts else []),
            timeline(sizes) if len(sizes) > 1 and number == 1 else "",
            speech_list(shown, "../", group.name),
            pager(group.slug, number, count),
        ]
        yield list_page(f"{axis.folder}/{numbered(group.slug, number)}.md", group.name, rows)


def home(speeches: Sequence[Speech]) -> dict[str, str]:
    """The parts of the home page as Markdown, by the name that its place holder has: 概况, 年份, 最近, 门径."""
    years, by_speaker = (groups(axis, speeches) for axis in AXES[:2])
    return {
        "概况": _figures(speeches, years, by_speaker),
        "年份": timeline(sizes, _year_page) if len(sizes := by_year(speeches)) > 1 else "",
        "最近": speech_list(newest_first(speeches)[:NEWEST], "") if speeches else "档案里还没有讲稿。",
        "门径": "\n\n".join(_ways(axis, speeches) for axis in AXES[1:]),
    }


def _figures(speeches: Sequence[Speech], years: Sequence[Group], by_speaker: Sequence[Group]) -> str:
    span = sorted(g.name[:4] for g in years if g.known)
    rows = [
        f"- **{len(speeches):,}** 篇讲稿",
        f"- **{amount(sum(s.chars for s in speeches))}** 字",
        f"- **{sum(g.known for g in by_speaker):,}** 位讲话人",
    ]
    if span:
        rows.append(f"- **{span[0] if len(span) == 1 else f'{span[0]}—{span[-1]}'}** 年")
    return f'<div class="figures" markdown="1">\n\n{chr(10).join(rows)}\n\n</div>'


def _ways(axis: Axis, speeches: Sequence[Speech], most: int = 16) -> str:
    known = [g for g in groups(axis, speeches) if g.known]
    if not known:
        return ""
    rows = [f"### [{axis.title}]({axis.folder}.md)", _chips(axis, known[:most])]
    if len(known) > most:
        rows.append(f"[全部{len(known):,}项]({axis.folder}.md){{: .more }}")
    return "\n\n".join(rows)
