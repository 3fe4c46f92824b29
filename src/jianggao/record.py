"""The cleaning record 清洗记录 of a speech: what the trail says of its lines, ordered for a person who wants to check it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .model import Change, Problem, Reading, Speech

FAMILIES = {
    "layout": "空白与断行",
    "script": "繁简与异体字",
    "punctuation": "标点与空格",
    "contents": "原目录",
    "md": "排版记号",
    "gap": "缺漏提示",
    "rights": "权利声明",
    "noise": "网页杂质",
}
"""What a family of rules (the part before the slash) is called where a rule gives no reason of its own."""
QUIET = ("layout", "script", "punctuation")
"""Families that change how words are written, not which: they are counted, not listed."""
BESIDE = {
    "page": "网页、刊物留在标题附近的行",
    "note": "对文稿本身的说明",
    "repeat": "又写一遍的标题、日期",
    "other-title": "另一处写的标题",
    "volume": "书名、刊名、期号",
    "label": "合集里的篇号",
    "preface": "编者、记者的话",
}
"""What lines of a head are that no field and no paragraph shows, by the kind of their evidence."""
SHOWN_LINES = 12
"""Lines listed of one rule; a file of pinyin has hundreds that say nothing new."""
SHOWN_CHARS = 60
PAGE_NUMBER = re.compile(r"^\s*\d{1,3}\s*[、.．]?\s*")
LEAST_JOINED = 8
"""A line shorter than this (characters) may stand in another one by chance."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change in short: ``removed`` and ``added`` are the parts of line ``line`` that differ, cut to ``SHOWN_CHARS``.

    ``into`` is the line that took the rest of this one up; for that line itself it is its own number. Nothing but
    ``removed`` is gone then.
    """

    line: int
    removed: str
    added: str
    into: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of all rules that have one reason; ``entries`` are the first of them, none for the quiet families."""

    reason: str
    rules: tuple[str, ...]
    count: int
    entries: tuple[Entry, ...]


def starts(speeches: Iterable[Speech]) -> list[int]:
    """The first raw line of each speech, its title and byline included; the first one owns all that stands above it."""
    out = []
    for index, speech in enumerate(speeches):
        lines = [f.line for f in speech.evidence if f.line] + [p.line for p in speech.paragraphs]
        out.append(min(lines, default=0) if index else 0)
    return out


def of_speech(reading: Reading, speech: Speech) -> tuple[tuple[Change, ...], tuple[Problem, ...]]:
    """The changes and problems of the lines that ``speech`` was read from: from its first line to the next speech's."""
    ids = [s.id for s in reading.speeches]
    if speech.id not in ids:
        return reading.changes, reading.problems
    bounds = [*starts(reading.speeches), 1 << 60]
    low, high = bounds[ids.index(speech.id)], bounds[ids.index(speech.id) + 1]
    changes = tuple(c for c in reading.changes if low <= c.line < high)
    return changes, tuple(p for p in reading.problems if p.line is None or low <= p.line < high)


def beside(speech: Speech) -> list[tuple[str, list[tuple[int, str]]]]:
    """The lines of the speech's head and foot that were read for what they are and are not published, by what they are:
    (line, its words, cut to ``SHOWN_CHARS``)."""
    told: dict[str, list[tuple[int, str]]] = {}
    for fact in speech.evidence:
        if fact.line and fact.rule.startswith("form/") and fact.kind in BESIDE:
            told.setdefault(BESIDE[fact.kind], []).append((fact.line, clipped(fact.value)))
    return list(told.items())


def differing(before: str, after: str) -> tuple[str, str]:
    """The middle of ``before`` and of ``after`` that is not the same in both.

    >>> differing("会议(huì)召开", "会议召开")
    ('(huì)', '')
    """
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return before[head : len(before) - tail], after[head : len(after) - tail]


def clipped(text: str, width: int = SHOWN_CHARS) -> str:
    """``text`` with its middle left out where it is longer than ``width`` characters.

    >>> clipped("一二三四五六七八九", 5)
    '一二…八九'
    """
    half = (width - 1) // 2
    return text if len(text) <= width else f"{text[:half]}…{text[-half:]}"


def entry(change: Change, grown: Iterable[Change] = ()) -> Entry:
    """``change`` in short; ``grown`` are the lines that took others up."""
    kept = PAGE_NUMBER.sub("", change.before).strip()
    hosts = (c for c in grown if c.rule == change.rule)
    host = next((c for c in hosts if len(kept) >= LEAST_JOINED and kept in (c.after or "")), None)
    if host and (change.after is None or host is change):
        return Entry(change.line, change.before.replace(kept, "", 1).strip(), "", host.line)
    removed, added = (change.before, "") if change.after is None else differing(change.before, change.after)
    return Entry(change.line, clipped(removed.strip()), clipped(added.strip()))


def groups(changes: Iterable[Change], reasons: Mapping[str, str], limit: int = SHOWN_LINES) -> list[Group]:
    """``changes`` by reason: what was taken out first, most frequent first, then the quiet families as counts. At most
    ``limit`` entries a reason."""
    told: dict[str, list[Change]] = {}
    for change in changes:
        family = change.rule.partition("/")[0]
        quiet = family in QUIET
        reason = FAMILIES[family] if quiet else reasons.get(change.rule) or FAMILIES.get(family, "其他")
        told.setdefault(reason, []).append(change)
    out = [_group(reason, found, limit) for reason, found in told.items()]
    return sorted(out, key=lambda g: (not g.entries, -g.count, g.reason))


def _group(reason: str, changes: list[Change], limit: int) -> Group:
    quiet = changes[0].rule.partition("/")[0] in QUIET
    grown = [c for c in changes if c.after is not None and len(c.after) > len(c.before)]
    told = () if quiet else tuple(entry(change, grown) for change in changes[:limit])
    entries = tuple(e for e in told if e.removed or e.added or e.into)
    return Group(reason, tuple(sorted({c.rule for c in changes})), len(changes), entries)


def said(one: Entry) -> str:
    """An entry in words.

    >>> said(Entry(3, "广告", "")), said(Entry(4, "（省略", "〔")), said(Entry(5, "", "补"))
    ('删去「广告」', '「（省略」改为「〔」', '添上「补」')
    >>> said(Entry(2, "2、", "", 1)), said(Entry(1, "1、", "", 1)), said(Entry(3, "", "", 1))
    ('删去「2、」，其余接到第1行', '删去「1、」，接上后面的行', '接到第1行')
    """
    if one.into is not None:
        gone = f"删去「{one.removed}」，" if one.removed else ""
        return gone + ("接上后面的行" if one.into == one.line else f"{'其余' if gone else ''}接到第{one.into}行")
    if not one.added:
        return f"删去「{one.removed}」"
    return f"「{one.removed}」改为「{one.added}」" if one.removed else f"添上「{one.added}」"
