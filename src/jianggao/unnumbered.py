"""Headings without a number: what the format marks as heading, what the speech announces, and short lines between
paragraphs that are built alike.

One short line between two paragraphs proves nothing; several of one kind, each with prose above and below, do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

ANNOUNCED = re.compile(r"(?P<words>[\u3400-\u9fff“”]{4,14})[：:]")
CLAUSE = re.compile("[，、。；：:\n]")
SHORTEST, LONGEST = 4, 26
"""Characters of a short line that may be a heading."""
PROSE = 30
"""A paragraph of at least this many characters, with a mark of a sentence in it, is prose."""
ENDED = re.compile("[。！？!?：:…；][”’）」]?$")
NO_HEADING = re.compile(
    "[。！？!?：:；;…，,、]$|^[〔（(【\\[〈《—\\-－*＊#●■◆▲△★☆※>＞]|^\\W*$|^\\d|\\d$|(?:先生|女士|同志|同学|老师|同志们|朋友们|代表们|委员们|同胞们)$"
    "|谢谢|鼓掌|掌声|(?:年|月|日|时)$|https?|www|[\\w.]+@|第\\d+页|^[A-Za-z\\W\\d]+$"
)
SPREAD = 2.5
"""Lines of one kind differ in length by no more than this factor."""


def announced(texts: Sequence[str]) -> list[tuple[int, int]]:
    """(paragraph, end) of words that an earlier clause ended with and that open a paragraph with a colon here: 今年要办好一件
    实事，守住两条底线 … then 守住两条底线：."""
    said: dict[str, list[str]] = {}
    out = []
    for index, text in enumerate(texts):
        m = ANNOUNCED.match(text)
        if m and any(clause.endswith(m["words"]) for clause in said.get(m["words"][-4:], ())):
            out.append((index, m.end()))
        for clause in CLAUSE.split(text):
            if len(clause) >= SHORTEST:
                said.setdefault(clause[-4:], []).append(clause)
    return out if len(out) >= 2 else []


def _prose(text: str) -> bool:
    return len(text) >= PROSE and bool(re.search("[。！？，]", text))


def _stands_free(texts: Sequence[str], index: int, opens: Sequence[bool]) -> bool:
    """Whether the line has the end of a sentence, a heading or a salutation above it and prose below, or nothing but a hole:
    the source may break off."""
    below = texts[index + 1] if index + 1 < len(texts) else ""
    if below and (opens[index + 1] or not _prose(below)):
        return False
    return index == 0 or opens[index - 1] or bool(ENDED.search(texts[index - 1]))


def _alike(one: str, other: str) -> bool:
    """Two lines of one kind: the same beginning or end, or the same clauses in number and length."""
    if one == other:
        return False
    lengths = [len(c) for c in one.split("，")] == [len(c) for c in other.split("，")]
    return one[:2] == other[:2] or one[-2:] == other[-2:] or lengths


def short_lines(texts: Sequence[str], opens: Sequence[bool]) -> list[int]:
    """Paragraphs that are headings by their shape. ``opens`` tells which are numbered headings or salutations already."""
    lines = [
        i
        for i, text in enumerate(texts)
        if SHORTEST <= len(text) <= LONGEST
        and not opens[i]
        and not NO_HEADING.search(text)
        and sum("\u3400" <= c <= "\u9fff" for c in text) * 2 > len(text)
        and _stands_free(texts, i, opens)
    ]
    if len(lines) == 2 and not any(texts[lines[-1] + 1 :]):
        lines.pop()
    if len(lines) < 2 or len({texts[i] for i in lines}) < len(lines):
        return []
    sizes = sorted(len(texts[i]) for i in lines)
    if sizes[-1] > SPREAD * sizes[0]:
        return []
    return lines if len(lines) >= 3 or _alike(texts[lines[0]], texts[lines[1]]) else []
