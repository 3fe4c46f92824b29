"""Headings without a number: what the format marks as heading, what the speech announces, and short lines between
paragraphs that are built alike.

One short line between two paragraphs proves nothing; several of one kind, each with prose above and below, do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

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
DASH = re.compile("[—─－]{1,2}[\u3400-\u9fff“]")
DASHED = re.compile(r"[—─－]{1,2}[\u3400-\u9fff“][^。！？：；\d]{3,22}[。：]")
DASHED_LINE = re.compile(r"[—─－]{1,2}[\u3400-\u9fff“][^。！？：；《》]{4,36}")
LABEL = re.compile("(?!.{0,6}(?:记者|主持|说|问|答|时间|地点|人员|单位|电话))[\u3400-\u9fff]{2,8}：")
REFRAIN = re.compile("(?!各位)[\u3400-\u9fff“”]{1,8}(?<!们)，[^，。！？；：]{2,12}。")
TOPIC = re.compile("关于(?!这|此|那)[^，。！？；：我你他她它们有是已不了得讲说]{3,30}[。：]")
MIN_BODY = 16
"""Fewest characters below a run-in heading."""
MANY = 3
MIN_ANSWER = 40
"""Fewest characters of the paragraph below a question that heads it."""
SPREAD = 2.5
"""Lines of one kind differ in length by no more than this factor."""


def announced(texts: Sequence[str]) -> list[tuple[int, int]]:
    """(paragraph, end) of words that an earlier clause ended with and that open a paragraph with a colon here: 今年要办好一件
    实事，守住两条底线 … then 守住两条底线：."""
    opening = [ANNOUNCED.match(text) for text in texts]
    if sum(m is not None for m in opening) < 2:
        return []
    said: dict[str, list[str]] = {}
    out = []
    for index, (text, m) in enumerate(zip(texts, opening, strict=True)):
        if m and any(clause.endswith(m["words"]) for clause in said.get(m["words"][-4:], ())):
            out.append((index, m.end()))
        for clause in CLAUSE.split(text):
            if len(clause) >= SHORTEST:
                said.setdefault(clause[-4:], []).append(clause)
    return out if len(out) >= 2 else []


def _prose(text: str) -> bool:
    return len(text) >= PROSE and bool(re.search("[。！？，]", text))


def _prose_below(texts: Sequence[str], index: int, opens: Sequence[bool]) -> bool:
    """Whether prose stands below the line, or nothing or the beginning of a sentence: the source may break off."""
    if index + 1 >= len(texts) or not texts[index + 1]:
        return True
    below, last = texts[index + 1], index + 2 == len(texts)
    return not opens[index + 1] and (_prose(below) or (last and not ENDED.search(below) and "，" in below))


def _stands_free(texts: Sequence[str], index: int, opens: Sequence[bool]) -> bool:
    """Whether the end of a sentence, a heading or a salutation stands above the line."""
    return index == 0 or opens[index - 1] or bool(ENDED.search(texts[index - 1]))


def _alike(one: str, other: str) -> bool:
    """Two lines of one kind: the same beginning or end, or the same clauses in number and length."""
    if one == other:
        return False
    lengths = [len(c) for c in one.split("，")] == [len(c) for c in other.split("，")]
    return one[:2] == other[:2] or one[-2:] == other[-2:] or lengths


def _looks_so(text: str) -> bool:
    return (
        SHORTEST <= len(text) <= LONGEST
        and not NO_HEADING.search(text)
        and 2 * sum("\u3400" <= c <= "\u9fff" for c in text) > len(text)
    )


def short_lines(texts: Sequence[str], opens: Sequence[bool]) -> list[int]:
    """Paragraphs that are headings by their shape. ``opens`` tells which are numbered headings or salutations already."""
    above_prose = [
        i for i, text in enumerate(texts) if not opens[i] and _looks_so(text) and _prose_below(texts, i, opens)
    ]
    same = _same_shape([texts[i] for i in above_prose])
    lines = [i for i in above_prose if texts[i] in same or _stands_free(texts, i, opens)]
    if len(lines) == 2 and not any(texts[lines[-1] + 1 :]):
        lines.pop()
    if len(lines) < 2 or len({texts[i] for i in lines}) < len(lines):
        return []
    sizes = sorted(len(texts[i]) for i in lines)
    if sizes[-1] > SPREAD * sizes[0]:
        return []
    if len(lines) < 3 and not _alike(texts[lines[0]], texts[lines[1]]):
        return []
    return sorted([*lines, *_like_these(texts, opens, lines)])


def _like_these(texts: Sequence[str], opens: Sequence[bool], lines: Sequence[int]) -> list[int]:
    """Further lines that begin with the same two characters as all of ``lines``, above a sentence too short for prose."""
    first = {texts[i][:2] for i in lines}
    said = {texts[i] for i in lines}
    return [
        i
        for i in range(lines[0] + 1, len(texts) - 1)
        if len(first) == 1
        and texts[i][:2] in first
        and texts[i] not in said
        and not opens[i]
        and _looks_so(texts[i])
        and _stands_free(texts, i, opens)
        and bool(ENDED.search(texts[i + 1]))
    ]


def _same_shape(lines: Sequence[str]) -> frozenset[str]:
    """Those of the lines that are built after one pattern, three or more: the same first words and the same clauses. They
    prove each other whatever stands above them, the caption of a picture say."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    for line in lines:
        clauses = line.split("，")
        if len(clauses) > 1:
            kinds.setdefault((line[:2], *(str(len(c)) for c in clauses[1:])), []).append(line)
    return frozenset(line for kind in kinds.values() if len(set(kind)) >= MANY for line in kind)


def questions(texts: Sequence[str], opens: Sequence[bool]) -> list[int]:
    """Paragraphs that are a question each, three or more of one speech, with prose below every one: 钱从哪里来？"""
    asked = [
        i
        for i, text in enumerate(texts)
        if SHORTEST <= len(text) <= LONGEST
        and text[-1] in "？?"
        and not opens[i]
        and not NO_HEADING.search(text[:-1])
        and _stands_free(texts, i, opens)
        and i + 1 < len(texts)
        and not opens[i + 1]
        and _prose(texts[i + 1])
        and len(texts[i + 1]) >= MIN_ANSWER
    ]
    return asked if len(asked) >= MANY and len({texts[i] for i in asked}) == len(asked) else []


def parts(texts: Sequence[str], opens: Sequence[bool], pattern: re.Pattern[str]) -> list[int]:
    """Paragraphs that name the work of a span of time (2012年工作回顾), above prose or a heading: ``pattern`` says which."""
    return [
        i
        for i, text in enumerate(texts)
        if SHORTEST <= len(text) <= LONGEST
        and not opens[i]
        and pattern.match(text)
        and _stands_free(texts, i, opens)
        and i + 1 < len(texts)
        and (opens[i + 1] or bool(re.search("[。，：]", texts[i + 1])))
    ]


def labels(texts: Sequence[str], opens: Sequence[bool]) -> list[tuple[int, int]]:
    """(paragraph, end) of names with a colon that open paragraphs side by side, no name twice: 城关镇：…… 河口乡：……"""
    out: list[tuple[int, int]] = []
    for block in _blocks(texts, opens, LABEL):
        if len(block) >= MANY + 1 and len({texts[i][:end] for i, end in block}) == len(block):
            out += block
    return out


def refrains(texts: Sequence[str], opens: Sequence[bool]) -> list[tuple[int, int]]:
    """(paragraph, end) of short first sentences of paragraphs side by side that begin with the same words and a comma:
    读书，是一件慢事。…… 读书，是一件苦事。……"""
    out: list[tuple[int, int]] = []
    for block in _blocks(texts, opens, REFRAIN):
        for _, group in groupby(block, key=lambda place: texts[place[0]].partition("，")[0]):
            same = list(group)
            if len(same) >= MANY and len({texts[i][:end] for i, end in same}) == len(same):
                out += same
    return out


def topics(texts: Sequence[str], opens: Sequence[bool]) -> list[tuple[int, int]]:
    """(paragraph, end) of the matters that paragraphs side by side open with: 关于水源地保护。…… 关于法院执行。……"""
    blocks = [block for block in _blocks(texts, opens, TOPIC) if len({texts[i][:end] for i, end in block}) > 1]
    return [place for block in blocks for place in block]


def _blocks(texts: Sequence[str], opens: Sequence[bool], opening: re.Pattern[str]) -> list[list[tuple[int, int]]]:
    """(paragraph, end of the match) of the paragraphs that begin so and go on, those that stand side by side together."""
    blocks: list[list[tuple[int, int]]] = []
    for i, text in enumerate(texts):
        m = opening.match(text)
        if m and not opens[i] and len(text) - m.end() >= MIN_BODY:
            if not blocks or blocks[-1][-1][0] != i - 1:
                blocks.append([])
            blocks[-1].append((i, m.end()))
    return blocks


def _passage_below(texts: Sequence[str], index: int) -> bool:
    below = texts[index + 1] if index + 1 < len(texts) else ""
    return len(below) >= MIN_BODY and not DASH.match(below)


def dashes(texts: Sequence[str]) -> list[tuple[int, int]]:
    """(paragraph, end) of headings behind a dash: ——水渠修得更长。 with its paragraph on the same line, or on a line of its own
    above it. Of the dashed paragraphs that stand side by side, two or more and most must be built so; of dashed lines,
    two or more."""
    dashed = [i for i, text in enumerate(texts) if DASH.match(text)]
    alone = [i for i in dashed if DASHED_LINE.fullmatch(texts[i]) and _passage_below(texts, i)]
    out = [(i, len(texts[i])) for i in alone] if len(alone) >= 2 else []
    while dashed:
        block = [dashed.pop(0)]
        while dashed and dashed[0] - block[-1] == 1:
            block.append(dashed.pop(0))
        found = [(i, m.end()) for i in block if (m := DASHED.match(texts[i])) and len(texts[i]) - m.end() >= MIN_BODY]
        out += found if len(found) >= 2 and 3 * len(found) >= 2 * len(block) else []
    return out
