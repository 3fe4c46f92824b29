"""Numbers that could open a heading, found in the text: 一、 （一） 1. 一是 第一， 问题一： …

They stand at the start of a paragraph or sentence, behind the blank that a lost line break left, or right behind the words
of the heading above them (三、几项措施一是……). What is inside quotation marks or brackets belongs to what is quoted there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from .dates import chinese_number
from .rulebook import Marker

SENTENCE_END = "[。！？!?：:…](?:[”’]）|[”’）」])?+"
AFTER_BLANK = re.compile(r"[ \u3000](?<=[\u3400-\u9fff”）》][ \u3000])(?=[一二三四五六七八九十（(\d第])")
AFTER_SEMICOLON = re.compile("；(?P<item>[二三四五六七八九十]{1,3}、[^；。]*)")
"""Each begins with the mark or the blank itself: these are rare."""
SHORTEST_ITEM, LONG_ITEM = 24, 36
"""A row of numbers in one sentence is a list; where each opens so many characters at least, and so many on the average, with
clauses among them, it may be headings."""
BEHIND_HEADING = re.compile(
    r"(?<=[\u3400-\u9fff”）》])(?=[（(][一1][）)]|[⑴①㈠]|(?<![统唯专之第万单逐同合归划])一[是要](?!一)|1[、.．](?!\d))"
)
"""A first number right behind words: 统一是, 唯一要 are words of their own."""
ORDER_WORDS = {
    "一方面": 1, "另一方面": 2, "首先": 1, "首要": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 4,
    "—": 1, "－": 1, "–": 1, "头": 1, "再": 2, "还有": 2, "另": 2,
}  # fmt: skip
FORMAL = {c: "一二三四五六七八九十"[i] for i, c in enumerate("壹贰叁肆伍陆柒捌玖拾")} | {"参": "三"}
ROWS = (
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽",
    "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑",
    "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ",
    "甲乙丙丁戊己庚辛壬癸",
    "ABCDEFGH",
)
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
GLUED_RANK = 3
WINDOW = 26
MAX_HEADING = 50
MAX_QUOTED = 400
NAMED = re.compile(r"\(\?P<\w+>")
OPEN, CLOSE = "“（「", "”）」"


@dataclass(frozen=True, slots=True)
class Found:
    """A number at ``start`` (characters) of paragraph ``paragraph``; the words behind it begin at ``after``.

    ``glued`` tells that it stands right behind other words, without the end of a sentence between.
    """

    paragraph: int
    start: int
    after: int
    marker: str
    key: str
    rank: float
    ordinal: int
    label: str
    glued: bool = False

    def moved(self, paragraph: int) -> Found:
        """The same number in another paragraph."""
        return Found(
            paragraph, self.start, self.after, self.marker, self.key, self.rank, self.ordinal, self.label, self.glued
        )

    @property
    def family(self) -> tuple[str, str]:
        return (self.marker, self.key)


@lru_cache(maxsize=512)
def ordinal(text: str) -> int:
    """What a number says, in any of the ways to write it.

    >>> ordinal("十二"), ordinal("③"), ordinal("其次"), ordinal("贰"), ordinal("Ⅳ"), ordinal("03")
    (12, 3, 2, 2, 4, 3)
    """
    if text in ORDER_WORDS:
        return ORDER_WORDS[text]
    if text in ROMAN:
        return ROMAN[text]
    row = next((row for row in ROWS if text in row), None)
    return row.index(text) + 1 if row else chinese_number("".join(FORMAL.get(c, c) for c in text))


@lru_cache(maxsize=8)
def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for what any of ``patterns`` finds at a place: most places hold none, and this says so at once. The empty
    group that matched last, m0 m1 …, tells which of them it was. Blanks that all begin with are read once."""
    parts = [NAMED.sub("(?:", pattern.removeprefix("^")) for pattern in patterns]
    blanks = r"\s*" if all(part.startswith(r"\s*") for part in parts) else ""
    ways = "|".join(f"(?:{part.removeprefix(blanks)})(?P<m{i}>)" for i, part in enumerate(parts))
    return re.compile(f"{blanks}(?:{ways})")


def formal(markers: Sequence[Marker], rank: float = GLUED_RANK) -> re.Pattern[str]:
    """One pattern for the numbers of the formal families, 一、 （一） 1. and those above them, or of those up to ``rank``."""
    return _any(tuple(m.pattern.pattern for m in markers if m.rank <= rank))


@dataclass(frozen=True, slots=True)
class _Families:
    """All families of numbering, those that may stand within a paragraph, one pattern for each of the two, and one for the
    end of a sentence that one of the latter follows."""

    all: Sequence[Marker]
    any: re.Pattern[str]
    within: Sequence[Marker]
    inner: re.Pattern[str]
    behind: re.Pattern[str]


def _families(markers: Sequence[Marker]) -> _Families:
    within = [m for m in markers if not m.start_only]
    any_of, inner = (_any(tuple(m.pattern.pattern for m in some)) for some in (markers, within))
    return _Families(markers, any_of, within, inner, _behind_sentence(inner))


@lru_cache(maxsize=8)
def _behind_sentence(opens: re.Pattern[str]) -> re.Pattern[str]:
    """The end of a sentence behind which ``opens`` matches."""
    return re.compile(f"{SENTENCE_END}(?={opens.pattern})")


def _at(text: str, paragraph: int, start: int, families: _Families) -> Found | None:
    pattern, markers = (families.inner, families.within) if start else (families.any, families.all)
    window = text[start : start + WINDOW]
    known = pattern.match(text, start) and pattern.match(window)
    if not known or not known.lastgroup:
        return None
    marker = markers[int(known.lastgroup[1:])]
    m = marker.pattern.match(window)
    if m is None:
        return None
    key = m.groupdict().get("key") or ""
    key = key.removesuffix("要") or key  # 一是、二是要 are one run
    label = window[: m.end()].strip()
    return Found(paragraph, start, start + m.end(), marker.id, key, marker.rank, ordinal(m["n"]), label)


def _quoted(text: str) -> list[tuple[int, int]]:
    """Stretches inside quotation marks or brackets that open and close; a mark left open holds nothing."""
    out, opened = [], dict[str, int]()
    for m in re.finditer(f"[{OPEN}{CLOSE}]", text):
        mark = m.group()
        if mark in OPEN:
            opened[mark] = m.end()
        else:
            begin = opened.pop(OPEN[CLOSE.index(mark)], None)
            if begin is not None and m.start() - begin <= MAX_QUOTED:
                out.append((begin, m.start()))
    return out


def _behind(text: str, index: int, first: Found, families: _Families) -> Iterable[Found]:
    """First numbers of a lower family right behind the words of ``first``."""
    stop = re.search("[。！？；\n]", text[first.after : first.after + MAX_HEADING])
    end = first.after + (stop.start() if stop else MAX_HEADING)
    for m in BEHIND_HEADING.finditer(text, first.after + 3, min(end, len(text))):
        found = _at(text, index, m.start(), families)
        if found and found.ordinal == 1 and found.rank > first.rank:
            yield replace(found, glued=True)
            return


def _after_semicolon(text: str, index: int, families: _Families) -> Iterable[Found]:
    """二、 三、 behind semicolons, each with clauses of its own."""
    items = list(AFTER_SEMICOLON.finditer(text))
    long = sum(len(m["item"]) for m in items) >= LONG_ITEM * len(items)
    if long and all(len(m["item"]) >= SHORTEST_ITEM and "，" in m["item"] for m in items):
        found = (_at(text, index, m.start("item"), families) for m in items)
        yield from (f for f in found if f and f.ordinal > 1)


def _in_paragraph(text: str, index: int, families: _Families) -> Iterable[Found]:
    places = {m.end() for m in families.behind.finditer(text)}
    if families.any.match(text):
        places.add(0)
    blanks = {m.end() for m in AFTER_BLANK.finditer(text)} - places if " " in text or "\u3000" in text else set()
    for start in sorted(places | blanks):
        found = _at(text, index, start, families) if start < len(text) else None
        if found and (start in places or found.rank <= GLUED_RANK):
            yield found
            if found.rank <= GLUED_RANK:
                yield from _behind(text, index, found, families)
    if "；" in text:
        yield from _after_semicolon(text, index, families)


def _outside_quotes(text: str, index: int, families: _Families) -> list[Found]:
    found = list(_in_paragraph(text, index, families))
    if any(f.start for f in found):
        quoted = _quoted(text)
        found = [f for f in found if not any(a <= f.start < b for a, b in quoted)]
    return sorted({f.start: f for f in found}.values(), key=lambda f: f.start)


class Finder:
    """Finds numbers in paragraphs; those of a paragraph that it has met before it knows."""

    def __init__(self, markers: Sequence[Marker]) -> None:
        self.families = _families(markers)
        self.met: dict[str, list[Found]] = {}

    def find(self, texts: Sequence[str]) -> list[Found]:
        """Every number that could open a heading, in text order."""
        out: list[Found] = []
        for index, text in enumerate(texts):
            if text not in self.met:
                self.met[text] = _outside_quotes(text, index, self.families)
            out += [f if f.paragraph == index else f.moved(index) for f in self.met[text]]
        return _bare_apart(out, texts)


def _bare_apart(numbers: list[Found], texts: Sequence[str]) -> list[Found]:
    """Numbers that are the whole line, two or more of a family, are a family of their own above the rest of it: （一） over
    （一）在工业方面."""
    bare = [f for f in numbers if f.start == 0 and f.after >= len(texts[f.paragraph])]
    counted = Counter(f.family for f in bare)
    apart = {id(f) for f in bare if counted[f.family] > 1}
    return [replace(f, key=f"{f.key} ", rank=f.rank - 0.5) if id(f) in apart else f for f in numbers]
