"""Where a heading ends that is glued to its paragraph without any mark: 一、统一思想提高认识今年以来，我们……

The headings of one run are chosen together: each possible end has points of its own (`jianggao.boundary`), and neighbours
that are built alike prove each other. A heading is cut only where the best place clearly beats reading the first sentence
as the heading; a wrong cut is worse than none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .boundary import Habits, Head, Lexicon, Places, head_of, lexicon, likeness
from .numbering import Run
from .numbers import Found
from .words import bare

MAX_RANK = 3
"""Families whose headings stand on lines of their own, so that a lost line break glues them: 一、 （一） 1."""
LONGEST = 50
BRIEF, SHORT = 11, 22
"""A first sentence up to these lengths is a heading by itself for certain, and most likely."""
MAX_OWN, MAX_CLOSED = 48, 24
"""A heading on its own line seldom has a full stop; a longer line with one may well be heading and sentence glued."""
TYPICAL = 20
"""Characters of a first sentence, as the weights were fitted."""
MOST_CLAUSES = 4
MIN_KNOWN = 5
KEPT = 6
"""Best places of an item that are weighed against those of its neighbours."""
NEAR = 2
"""Neighbours on either side that an item is compared with, so that the cost grows with the number of items."""
ROUNDS, SEEDS, FIRST = 5, 3, 3
STOP = re.compile("[。！？；]")
BLANK = re.compile(r"[\u3400-\u9fff”）》][ \u3000]+(?=[\w“《])")


@dataclass(frozen=True, slots=True)
class _End:
    """A possible end of a heading: ``at`` in its words, the points of its own, and the heading that it would give."""

    at: int
    points: float
    head: Head


@dataclass(frozen=True, slots=True)
class _Item:
    """One heading of a run. ``ends`` are its possible ends, best first; a settled heading has one and no ``places``.
    ``sentence`` is what it says when it is not cut."""

    found: Found
    words: str
    ends: tuple[_End, ...]
    sentence: Head
    own_line: bool = False
    places: Places | None = None

    @property
    def settled(self) -> bool:
        return self.places is None


def _settled(found: Found, words: str, at: int, own_line: bool = True) -> _Item:
    head = head_of(words[:at])
    return _Item(found, words, (_End(at, 0.0, head),), head, own_line)


def _own_line(words: str, text: str) -> bool:
    bare_words = words.rstrip("。：；")
    if text.endswith("。") and len(bare_words) > MAX_CLOSED:
        return False
    return len(bare_words) <= MAX_OWN and not STOP.search(bare_words)


@dataclass(frozen=True, slots=True)
class _View:
    """What is known while the runs of one speech are looked at. ``regions`` has the end of the words of a number that
    another number follows in its paragraph."""

    texts: Sequence[str]
    regions: dict[int, int]
    openers: tuple[str, ...]
    known: frozenset[str]
    habits: Habits
    lex: Lexicon

    def region(self, found: Found) -> int:
        return self.regions.get(id(found), len(self.texts[found.paragraph]))


def _item(found: Found, view: _View) -> _Item:
    text, region = view.texts[found.paragraph], view.region(found)
    words = text[found.after : region]
    mark = STOP.search(words)
    stop = mark.start() if mark else len(words)
    own_line = _own_line(words, text[:region])
    if stop <= BRIEF or own_line:
        return _settled(found, words, stop, own_line)
    places = Places(words, stop, LONGEST, view.openers, view.habits, view.lex)
    ends = tuple(_End(at, own, head_of(words[:at])) for own, at in places.best(KEPT))
    if not ends:
        return _settled(found, words, stop)
    colon = words.find("：", 0, stop)
    return _Item(found, words, ends, head_of(words[: colon if colon > 0 else stop]), False, places)


def _with_shapes(items: list[_Item], index: int) -> _Item:
    """The item with those ends added that would give it the shape of a likely heading near by."""
    item = items[index]
    if item.places is None:
        return item
    near = items[max(0, index - NEAR) : index] + items[index + 1 : index + NEAR + 1]
    shapes = {end.head.clauses for other in near for end in other.ends[:FIRST]}
    known = {end.at for end in item.ends}
    places = {at for shape in shapes if (at := item.places.of_shape(shape)) is not None} - known
    more = (_End(at, item.places.points(at), head_of(item.words[:at])) for at in sorted(places))
    return replace(item, ends=tuple(sorted((*item.ends, *more), key=lambda end: (-end.points, end.at))))


class _Choice:
    """The ends of all headings of a run, chosen at once: from several starting points each item in turn takes the end that
    is best for the ends its neighbours have, until nothing moves; the best total wins."""

    def __init__(self, items: Sequence[_Item], lex: Lexicon) -> None:
        self.items, self.lex = items, lex
        self.memo: dict[tuple[int, int, int, int], float] = {}
        self.near = [self._neighbours(i) for i in range(len(items))]
        self.open = [i for i, item in enumerate(items) if not item.settled]
        self.settled = len(self.open) < len(items)

    def _neighbours(self, index: int) -> list[int]:
        """Settled headings near by where there are any, else the nearest items."""
        window = range(max(0, index - 2 * NEAR), min(len(self.items), index + 2 * NEAR + 1))
        settled = [j for j in window if j != index and self.items[j].settled]
        return settled or [j for j in window if j != index and abs(j - index) <= NEAR]

    def _alike(self, i: int, a: int, j: int, b: int) -> float:
        key = (i, a, j, b) if i < j else (j, b, i, a)
        if key not in self.memo:
            one, other = self.items[i], self.items[j]
            self.memo[key] = likeness(one.ends[a].head, other.ends[b].head, self.lex)
        return self.memo[key]

    def score(self, i: int, a: int, chosen: Sequence[int]) -> float:
        """Points of end ``a`` of item ``i`` beside the ends that its neighbours have."""
        near = self.near[i]
        own = self.items[i].ends[a].points
        return own + (sum(self._alike(i, a, j, chosen[j]) for j in near) / len(near) if near else 0.0)

    def _settle(self, chosen: list[int]) -> tuple[float, list[int]]:
        for _ in range(ROUNDS):
            before = list(chosen)
            for i in self.open:
                chosen[i] = max(range(len(self.items[i].ends)), key=lambda a: self.score(i, a, chosen))
            if chosen == before:
                break
        return sum(self.score(i, chosen[i], chosen) + self.items[i].ends[chosen[i]].points for i in self.open), chosen

    def best(self) -> list[int]:
        starts = [[0] * len(self.items)]
        for i in self.open[:SEEDS]:
            for a in range(min(FIRST, len(self.items[i].ends))):
                start = [0] * len(self.items)
                for j in self.open:
                    ends = self.items[j].ends
                    start[j] = (
                        max(range(len(ends)), key=lambda b: ends[b].points + self._alike(j, b, i, a)) if j != i else a
                    )
                starts.append(start)
        return max((self._settle(start) for start in starts), key=lambda result: result[0])[1]


def _whole_alike(items: Sequence[_Item], index: int, lex: Lexicon) -> float:
    """How much the first sentences themselves are built alike: then they may be the headings."""
    near = [items[j].sentence for j in range(max(0, index - NEAR), min(len(items), index + NEAR + 1)) if j != index]
    return sum(likeness(items[index].sentence, other, lex) for other in near) / len(near) if near else 0.0


def _uniform(items: Sequence[_Item], index: int) -> bool:
    """Whether the first sentences around an item all have as many clauses as its own, two or more: sentences of paragraphs
    do not, headings do."""
    near = items[max(0, index - NEAR) : index + NEAR + 1]
    clauses = {len(item.sentence.clauses) for item in near}
    return len(near) > NEAR and len(clauses) == 1 and 1 < max(clauses) <= MOST_CLAUSES


def features(
    items: Sequence[_Item], index: int, choice: _Choice, chosen: Sequence[int], lex: Lexicon
) -> dict[str, float]:
    """What speaks for cutting an item at its chosen end rather than taking its whole first sentence as the heading, by the
    names of the weights in rules/headings.toml."""
    item, near = items[index], choice.near[index]
    scores = [choice.score(index, a, chosen) for a in range(len(item.ends))]
    end, whole = item.ends[chosen[index]], len(item.sentence.words)
    commas = item.sentence.words.count("，")
    return {
        "constant": 1.0,
        "own": end.points,
        "alike": scores[chosen[index]] - end.points,
        "share": scores[chosen[index]] - math.log(sum(math.exp(s) for s in scores)),
        "settled": choice.settled,
        "whole": _whole_alike(items, index, lex),
        "alone": not near,
        "uniform": _uniform(items, index),
        "length": math.log(whole / TYPICAL),
        "clauses": min(commas, MOST_CLAUSES - 1),
        "short": whole <= SHORT,
        "beyond": end.at > whole,
        "spaced": item.words[end.at].isspace(),
    }


def _sureness(items: Sequence[_Item], index: int, choice: _Choice, chosen: Sequence[int], lex: Lexicon) -> float:
    """Chance that the chosen end of an item is right."""
    weights = lex.decision
    x = sum(weights[name] * value for name, value in features(items, index, choice, chosen, lex).items())
    return 1 / (1 + math.exp(-x))


def _sure(choice: _Choice, chosen: Sequence[int], lex: Lexicon) -> list[int]:
    """Items whose chosen end is better than their whole first sentence. Where most headings of a run are glued, the rest
    need less proof; where most are not, a first sentence that is short is none of the glued."""
    sureness = {i: _sureness(choice.items, i, choice, chosen, lex) for i in choice.open}
    sure = [i for i in choice.open if sureness[i] >= lex.decision["threshold"]]
    if 2 * len(sure) >= sum(not item.own_line for item in choice.items):
        return [i for i in choice.open if sureness[i] >= lex.decision["joined"]]
    few = [i for i in sure if sureness[i] >= lex.decision["few"]]
    return [i for i in few if len(choice.items[i].sentence.words) > SHORT]


def _known(item: _Item, known: frozenset[str]) -> int | None:
    """End of the longest heading at the start of the words that stands on its own line elsewhere, or in the contents."""
    for at in range(min(LONGEST, len(item.words) - 2), MIN_KNOWN - 1, -1):
        beside = item.words[at - 1] + item.words[at]
        if beside.strip("，、；： \u3000") == beside and bare(item.words[:at]) in known:
            return at
    return None


def _has_words(found: Found, view: _View) -> bool:
    text = view.texts[found.paragraph]
    return found.after < view.region(found) and text[found.after] not in " \u3000。！？；"


def _of_run(items: list[_Item], view: _View) -> list[tuple[int, int]]:
    out = []
    for index, item in enumerate(items):
        told = None if item.settled or not view.known else _known(item, view.known)
        if told is not None:
            out.append((item.found.paragraph, item.found.after + told))
            items[index] = _settled(item.found, item.words, told)
    items = [_with_shapes(items, i) for i in range(len(items))]
    choice = _Choice(items, view.lex)
    if choice.open:
        chosen = choice.best()
        sure = _sure(choice, chosen, view.lex)
        out += [(items[i].found.paragraph, items[i].found.after + items[i].ends[chosen[i]].at) for i in sure]
    return out


def boundaries(
    texts: Sequence[str], built: Sequence[Run], openers: Sequence[str], known: frozenset[str]
) -> list[tuple[int, int]]:
    """(paragraph, character) of every place where a heading of rank 一、 （一） or 1. ends inside its paragraph unmarked.

    ``known`` are bare headings that stand on their own line elsewhere in the file, or in its contents.
    """
    marks = sorted((f for run in built for f in run.items), key=lambda f: (f.paragraph, f.start))
    regions = {id(a): b.start for a, b in pairwise(marks) if a.paragraph == b.paragraph}
    first_words = tuple(o for o in openers if len(o) > 1)
    view = _View(texts, regions, first_words, known, Habits("\n".join(texts)), lexicon())
    runs = [run for run in built if run.rank <= MAX_RANK]
    items = [[_item(f, view) for f in run.items if f.start == 0 and _has_words(f, view)] for run in runs]
    return [place for run in items for place in _of_run(run, view)]
