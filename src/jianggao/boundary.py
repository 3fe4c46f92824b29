"""How good a place is as the end of a heading that runs into its paragraph without a mark, and how alike two headings are.

A place is judged by its two sides: whether the words before it can end a heading and those behind it begin a sentence, in
general (the word tables of rules/headings.toml) and in this very text, whose own sentences and words say where words end.
All points are sums of weights from that file; 0 says nothing.
"""

from __future__ import annotations

import math
import re
from bisect import insort
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from operator import add

from .lexicon import Lexicon

CLAUSE_MARKS = "，。！？；：\n"
NEXT_MARK = re.compile("[，。；：！？]")
DATE = re.compile(
    r"(?:19|20)[\dxX*×]{2}(?![\dxX*×]?[万亿元多余个名户家亩人吨公])|\d{1,2}(?:[-—~～]\d{1,2})?月|[〇一二三四五六七八九十]{1,4}[年月]"
)
SIGNS = "⑴①㈠"
SPOKEN = re.compile("[一二三四五六七八九十][是要]")
MEASURES = "个名家项户人亩座条所台辆次处批支万亿元年月日号岁公平立吨斤%％"
COUNTED = re.compile(
    rf"(?:\d[多余]?|[一二两三四五六七八九十百千万几])个$|[一二两三四五六七八九十几][座户所]$|\d[多余]?[{MEASURES}]$"
)
"""A number and its measure wait for what is counted: 全县38个｜渡口."""
TYPICAL_HEAD, TYPICAL_CLAUSE = 14, 8
"""Characters of a heading of the first two levels and of its last clause, as the weights were fitted; a longer or shorter one
loses points by the logarithm of the ratio."""
SHORT_NEXT = 4
LOOKED_AT = 12
LONGEST_WORD = 8
"""Characters beside a place that are looked at for words of the tables."""
COUNTED_WHOLE = 20_000
BLANKS = " \u3000"
QUOTES = {"”": "“", "）": "（", "》": "《"}


@dataclass(frozen=True)
class Habits:
    """What one speech shows of its own wording: where its clauses begin and end, and which characters stand together."""

    text: str

    @cached_property
    def _clauses(self) -> list[str]:
        text = self.text
        for mark in CLAUSE_MARKS[1:]:
            text = text.replace(mark, CLAUSE_MARKS[0])
        return [c for c in text.split(CLAUSE_MARKS[0]) if len(c) >= 3]

    @cached_property
    def _counted(self) -> dict[str, int]:
        return {}

    @cached_property
    def starts(self) -> Counter[str]:
        """First two and first three characters of every clause."""
        return Counter([c[:2] for c in self._clauses] + [c[:3] for c in self._clauses if len(c) >= 4])

    @cached_property
    def ends(self) -> Counter[str]:
        """Last three characters of every clause."""
        return Counter(c[-3:] for c in self._clauses if len(c) >= 4)

    @cached_property
    def _together(self) -> Counter[str]:
        two = list(map(add, self.text, self.text[1:]))
        counts = Counter(two)
        counts.update(map(add, two, self.text[2:]))
        return counts

    def together(self, characters: str) -> int:
        """How often these two or three characters stand side by side. A short text is looked through anew each time; a long
        one is counted once, so that the cost does not grow with the square of its length."""
        if len(self.text) >= COUNTED_WHOLE:
            return self._together[characters]
        if characters not in self._counted:
            self._counted[characters] = self.text.count(characters)
        return self._counted[characters]


def _barred(words: str, lex: Lexicon) -> int:
    """The first place that has a conjunction at the beginning of one of the clauses before it: no heading ends behind it."""
    if lex.no_heading.match(words):
        return 0
    starts = [0, *(m.end() for m in re.finditer("，", words))]
    behind = [at + len(word) for at in starts for word in lex.conjunctions if words.startswith(word, at)]
    return min(behind, default=len(words))


def _possible(words: str, at: int, lex: Lexicon) -> bool:
    """Whether grammar lets a heading end at ``at``, brackets apart: no dangling word before it, no half of a word behind."""
    before, behind = words[at - 1], words[at]
    if not (before.isalnum() or before in QUOTES) or before in SIGNS:
        return False
    tail = words[at:].lstrip(BLANKS) if behind in BLANKS else words[at : at + LONGEST_WORD]
    if len(tail) < SHORT_NEXT or not (tail[0].isalnum() or tail[0] in "“《（〔"):
        return False
    if behind in "是要" and SPOKEN.match(words, at - 1):
        return False
    if tail[0] in lex.never_first and not tail.startswith(lex.first_words):
        return False
    latin = before.isascii() and behind.isascii() and before.isalnum() and behind.isalnum()
    return (
        not latin and not (before.isdigit() and tail[0] in MEASURES) and (behind in BLANKS or _can_end(words, at, lex))
    )


def _can_end(words: str, at: int, lex: Lexicon) -> bool:
    clause = max(0, words.rfind("，", 0, at))
    if at - clause <= lex.longest_unfinished and lex.unfinished.match(words, clause, at):
        return False
    if words[at - 1] in MEASURES and COUNTED.search(words, max(0, at - LONGEST_WORD), at):
        return False
    dangling = words.endswith(lex.dangling.get(words[at - 1], ()), 0, at)
    return not dangling or words.endswith(lex.last_words, 0, at) or bool(lex.complete.search(words, 0, at))


def _closed(words: str, at: int) -> bool:
    """Whether what opens before ``at`` closes there; a quotation need not if it closes far behind."""
    head = words[:at]
    if head.count("“") > head.count("”") and "”" in words[at:].lstrip(BLANKS)[:12]:
        return False
    return all(head.count(o) <= head.count(c) for c, o in QUOTES.items() if o != "“")


def _repeated(head: str, tail: str) -> int:
    """Length of the longest beginning of ``tail``, up to eight characters, that ``head`` already holds."""
    length = 0
    while length < min(8, len(tail)) and tail[: length + 1] in head:
        length += 1
    return length


def _start(tail: str, openers: tuple[str, ...], lex: Lexicon) -> float:
    if DATE.match(tail):
        return lex.default["date"]
    if tail[0] in "“《（":
        return lex.default["quote"]
    points = lex.starts.get(tail[:2])
    if points is None:
        points = lex.default["begin" if lex.begins.match(tail) else "starts"]
    opener = lex.default["opener"]
    return opener if points < opener and tail.startswith(openers) else points


def _again(count: int) -> float:
    """Weight of something seen ``count`` times where once is this place itself."""
    return math.log1p(max(0, count - 1))


def _first_look(head: str, tail: str, openers: tuple[str, ...], lex: Lexicon) -> float:
    """What the word tables say of both sides."""
    w = lex.weights
    closed = head[-1] in QUOTES or lex.complete.search(head, max(0, len(head) - LONGEST_WORD))
    end = lex.default["closed"] if closed else lex.ends.get(head[-2:], lex.default["ends"])
    return w["starts"] * _start(tail, openers, lex) + w["ends"] * end


def _in_this_text(head: str, tail: str, habits: Habits, lex: Lexicon) -> float:
    """What the speech's own clauses say: how often they begin so and end so, and that a heading's words are taken up."""
    w, repeated = lex.weights, _repeated(head, tail)
    starts, ends = habits.starts.get, habits.ends.get
    total = w["file_starts2"] * math.log1p(starts(tail[:2], 0)) + w["file_starts3"] * math.log1p(starts(tail[:3], 0))
    total += w["file_ends3"] * math.log1p(ends(head[-3:], 0))
    return total + (w["repeat_long"] * 0.5 * repeated if repeated >= 4 else w["repeat_short"] * (repeated >= 2))


def _joined(head: str, tail: str, lex: Lexicon) -> float:
    """What the word tables say against cutting between these two characters."""
    return lex.weights["pairs"] * lex.pairs.get(head[-1] + tail[0], lex.default["pairs"])


def _across(head: str, tail: str, habits: Habits, lex: Lexicon) -> float:
    """What speaks against cutting between characters that stand together, in general or in this text: never more points
    than `_joined` gives."""
    w, together, pair = lex.weights, habits.together, head[-1] + tail[0]
    total, count = _joined(head, tail, lex), together(pair)
    if count <= 1:  # here alone, and so are the three
        return total
    total += w["across2"] * _again(count) + w["across3_before"] * _again(together(head[-2:] + tail[0]))
    return total + w["across3_after"] * _again(together(pair + tail[1:2]))


def _shape(head: str, tail: str, lex: Lexicon) -> float:
    """What the lengths say: of the heading, of its last clauses, and of what follows up to the next mark."""
    w, clauses = lex.weights, head.split("，")
    last = len(clauses[-1])
    total = -w["length"] * abs(math.log(len(head) / TYPICAL_HEAD))
    total -= w["last_clause"] * abs(math.log(max(1, last) / TYPICAL_CLAUSE))
    total += w["many_clauses"] * (len(clauses) >= 3) + w["short_last"] * (last < 4)
    total += w["preposition"] * bool(lex.preposition.search(head))
    total += w["number"] * (tail[0].isdigit() and not DATE.match(tail))
    total += w["uneven"] * (len(clauses) > 1 and abs(last - len(clauses[-2])) > 5)
    return total + w["short_next"] * bool(NEXT_MARK.search(tail[: SHORT_NEXT - 1]))


@dataclass(frozen=True, slots=True)
class Head:
    """The words of a heading, and the lengths of its clauses."""

    words: str
    clauses: tuple[int, ...]


def head_of(words: str) -> Head:
    """The heading that says ``words``, blanks behind it left out."""
    words = words.rstrip(BLANKS)
    return Head(words, tuple(map(len, words.replace("：", "，").split("，"))))


class Places:
    """The places before ``stop`` where a heading of at most ``longest`` characters could end in ``words``.

    The points of a place are what speaks for it without any other heading in view.
    """

    def __init__(
        self, words: str, stop: int, longest: int, openers: tuple[str, ...], habits: Habits, lex: Lexicon
    ) -> None:
        self.words, self.openers, self.habits, self.lex = words, openers, habits, lex
        last = min(longest, stop - 2, _barred(words[:longest], lex))
        self.possible = [at for at in range(3, last) if _possible(words, at, lex)]
        if any(mark in words[:last] for mark in QUOTES.values()):
            self.possible = [at for at in self.possible if _closed(words, at)]
        self._firsts = {at: self._first(at) for at in self.possible}
        self._apart: dict[int, tuple[float, float]] = {}

    def _sides(self, at: int) -> tuple[str, str]:
        return self.words[:at], self.words[at:].lstrip(BLANKS)

    def _first(self, at: int) -> float:
        spaced = self.lex.weights["space"] if self.words[at] in BLANKS else 0.0
        return _first_look(*self._sides(at), self.openers, self.lex) + spaced

    def _sum(self, at: int, across: Callable[[str, str], float]) -> float:
        """Points of the place ``at`` with those that ``across`` gives to its two sides."""
        if at not in self._apart:
            sides = self._sides(at)
            self._apart[at] = _in_this_text(*sides, self.habits, self.lex), _shape(*sides, self.lex)
        against = 0.0 if self.words[at] in BLANKS else across(*self._sides(at))
        here, shape = self._apart[at]
        return self._firsts[at] + against + here + shape

    def points(self, at: int) -> float:
        """Points of the place ``at``."""
        return self._sum(at, lambda head, tail: _across(head, tail, self.habits, self.lex))

    def best(self, count: int, least: float) -> list[tuple[float, int]]:
        """(points, place) of the best ``count`` places with more points than ``least``, best first. Only those that look best
        at first are looked at closely, and the whole text is asked only about those that can be among the best."""
        looks = sorted(self.possible, key=lambda at: (-self._firsts[at], at))[:LOOKED_AT]
        found: list[tuple[float, int]] = []
        for most, at in sorted(((self._sum(at, self._joined), at) for at in looks), reverse=True):
            if most <= least or (len(found) == count and most < -found[-1][0]):
                break
            insort(found, (-self.points(at), at))
            del found[count:]
        return [(-less, at) for less, at in found if -less > least]

    def _joined(self, head: str, tail: str) -> float:
        return _joined(head, tail, self.lex)

    def of_shape(self, clauses: tuple[int, ...]) -> int | None:
        """The place that gives a heading with clauses of these lengths."""
        at = sum(clauses) + len(clauses) - 1
        return at if at in self.possible and head_of(self.words[:at]).clauses == clauses else None


def likeness(one: Head, other: Head, lex: Lexicon) -> float:
    """How much two headings are built alike: clauses in number and length, and the last characters."""
    w = lex.likeness
    if one.words == other.words:
        return w["same_head"]
    mine, theirs = one.clauses, other.clauses
    total = -w["size"] * abs(math.log(len(one.words) / len(other.words)))
    if len(mine) == len(theirs):
        total += w["clauses"] + w["lengths"] * (mine == theirs) + w["last_length"] * (mine[-1] == theirs[-1])
    if one.words[-1] != other.words[-1]:
        return total
    return total + w["last_char"] + w["last_two"] * (one.words[-2:] == other.words[-2:])
