"""Where a heading ends that is glued to its paragraph without any mark: 一、统一思想提高认识今年以来，我们……

The headings of one run are chosen together: each possible end has points of its own (`jianggao.boundary`), and neighbours
that are built alike prove each other. A heading is cut only where the best place clearly beats reading the first sentence
as the heading; a wrong cut is worse than none.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import add

from .boundary import Habits, Head, Places, head_of, likeness
from .lexicon import Lexicon, lexicon
from .numbering import Run
from .numbers import Found
from .openings import BLANK, LONGEST, MIN_BEHIND, Opening, View, has_words, names_in_a_row, opening_of
from .words import bare

MAX_RANK, UPPER_RANK = 3, 2
"""Families whose headings stand on lines of their own, so that a lost line break glues them: 一、 （一） 1."""
BRIEF, SHORT = 11, 22
"""A first sentence up to these lengths is a heading by itself for certain, and most likely."""
TYPICAL, TOO_LONG = 20, 40
"""Characters of a first sentence as the weights were fitted, and of one that is no heading whatever stands beside it."""
MOST_CLAUSES, MIN_KNOWN = 4, 5
KEPT, HOPELESS = 6, -3.0
"""Best places of an item that are weighed against those of its neighbours; with so few points of its own a place is none."""
MIN_BEFORE = 6
"""Fewest characters of a heading that a blank alone sets off."""
APART = 6.5
"""Points of an end at a blank that need no further proof where a sentence stands behind it."""
NEAR = 2
"""Neighbours on either side that an item is compared with, so that the cost grows with the number of items."""
ROUNDS, SEEDS, FIRST = 4, 2, 3


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


def _is_settled(opening: Opening) -> bool:
    return (opening.stop <= BRIEF and not opening.spaced) or opening.own_line


def _item(opening: Opening, view: View) -> _Item:
    found, words, stop = opening.found, opening.words, opening.stop
    if _is_settled(opening):
        return _settled(found, words, stop, opening.own_line)
    places = Places(words, stop, LONGEST, view.openers, view.habits, view.lex)
    ends = tuple(_End(at, own, head_of(words[:at])) for own, at in places.best(KEPT, HOPELESS))
    if not ends:
        return _settled(found, words, stop, own_line=False)
    return _Item(found, words, ends, head_of(words[: opening.whole]), False, places)


def _known(words: str, known: frozenset[str]) -> int | None:
    """End of the longest heading at the start of the words that stands on its own line elsewhere, or in the contents."""
    longest = min(LONGEST, len(words) - 2) if bare(words[: LONGEST + 1]).startswith(tuple(known)) else 0
    for at in range(longest, MIN_KNOWN - 1, -1):
        beside = words[at - 1] + words[at]
        if beside.strip("，、；： \u3000") == beside and bare(words[:at]) in known:
            return at
    return None


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
        self.own = [[end.points for end in item.ends] for item in items]
        self.memo: dict[tuple[int, int, int], list[float]] = {}
        self.near = [self._neighbours(i) for i in range(len(items))]
        self.open = [i for i, item in enumerate(items) if not item.settled]
        self.settled = len(self.open) < len(items)

    def _neighbours(self, index: int) -> list[int]:
        """Settled headings near by where there are any, else the nearest items."""
        window = range(max(0, index - 2 * NEAR), min(len(self.items), index + 2 * NEAR + 1))
        settled = [j for j in window if j != index and self.items[j].settled]
        return settled or [j for j in window if j != index and abs(j - index) <= NEAR]

    def _alike(self, i: int, j: int, b: int) -> list[float]:
        """How much the headings that the ends of item ``i`` give are built like the one that end ``b`` of item ``j`` gives."""
        row = self.memo.get((i, j, b))
        if row is None:
            other, heads = self.items[j].ends[b].head, [end.head for end in self.items[i].ends]
            pairs = [(head, other) if i < j else (other, head) for head in heads]
            row = self.memo[i, j, b] = [likeness(*pair, self.lex) for pair in pairs]
        return row

    def scores(self, i: int, chosen: Sequence[int]) -> Sequence[float]:
        """Points of each end of item ``i`` beside the ends that its neighbours have."""
        near, own = self.near[i], self.own[i]
        if not near:
            return own
        alike = zip(*[self._alike(i, j, chosen[j]) for j in near], strict=True)
        return [points + sum(beside) / len(near) for points, beside in zip(own, alike, strict=True)]

    def _settle(self, chosen: list[int]) -> tuple[float, list[int]]:
        for _ in range(ROUNDS):
            before = list(chosen)
            for i in self.open:
                chosen[i] = _first_best(self.scores(i, chosen))
            if chosen == before:
                break
        return sum(self.scores(i, chosen)[chosen[i]] + self.own[i][chosen[i]] for i in self.open), chosen

    def best(self) -> list[int]:
        starts = [[0] * len(self.items)]
        for i in self.open[:SEEDS]:
            for a in range(min(FIRST, len(self.items[i].ends))):
                start = [0] * len(self.items)
                for j in self.open:
                    if j != i:
                        start[j] = _first_best(list(map(add, self.own[j], self._alike(j, i, a))))
                start[i] = a
                if start not in starts:
                    starts.append(start)
        return max((self._settle(start) for start in starts), key=lambda result: result[0])[1]


def _first_best(points: Sequence[float]) -> int:
    """Index of the most points, the first one where several have them."""
    return points.index(max(points))


def _whole_alike(items: Sequence[_Item], index: int, lex: Lexicon) -> float:
    """How much the first sentences themselves are built alike: then they may be the headings."""
    own = items[index].sentence
    near = [items[j].sentence for j in range(max(0, index - NEAR), min(len(items), index + NEAR + 1)) if j != index]
    if not near or len(own.words) > TOO_LONG:
        return 0.0
    return sum(likeness(own, other, lex) for other in near) / len(near)


def _uniform(items: Sequence[_Item], index: int) -> bool:
    """Whether the first sentences around an item all have as many clauses as its own, two or more: sentences of paragraphs
    do not, headings do."""
    near = items[max(0, index - NEAR) : index + NEAR + 1]
    clauses = {len(item.sentence.clauses) for item in near}
    whole = len(items[index].sentence.words)
    return len(near) > NEAR and whole <= TOO_LONG and len(clauses) == 1 and 1 < max(clauses) <= MOST_CLAUSES


def features(
    items: Sequence[_Item], index: int, choice: _Choice, chosen: Sequence[int], lex: Lexicon
) -> dict[str, float]:
    """What speaks for cutting an item at its chosen end rather than taking its whole first sentence as the heading, by the
    names of the weights in rules/headings.toml."""
    item, near = items[index], choice.near[index]
    scores = choice.scores(index, chosen)
    end, whole = item.ends[chosen[index]], len(item.sentence.words)
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
        "clauses": min(len(item.sentence.clauses), MOST_CLAUSES) - 1,
        "short": whole <= SHORT,
        "beyond": end.at > whole,
        "spaced": item.words[end.at].isspace(),
    }


def _sureness(items: Sequence[_Item], index: int, choice: _Choice, chosen: Sequence[int], lex: Lexicon) -> float:
    """Chance that the chosen end of an item is right."""
    weights = lex.decision
    x = sum(weights[name] * value for name, value in features(items, index, choice, chosen, lex).items())
    return 1 / (1 + math.exp(-x))


def _apart(item: _Item, end: _End) -> bool:
    """Whether a blank stands at a good end, and a sentence behind it that is too long for the other half of a headline."""
    words = item.sentence.words
    if end.at < MIN_BEFORE or not item.words[end.at].isspace() or end.points < APART:
        return False
    behind = words[end.at :].strip()
    return len(behind) >= MIN_BEHIND and not BLANK.search(behind)  # several blanks set names in a row


def _sure(choice: _Choice, chosen: Sequence[int], lex: Lexicon) -> list[int]:
    """Items whose chosen end is better than their whole first sentence. Where most headings of a run are glued, the rest
    need less proof; where most are not, a first sentence that is short is none of the glued."""
    sureness = {
        i: 1.0
        if _apart(choice.items[i], choice.items[i].ends[chosen[i]])
        else _sureness(choice.items, i, choice, chosen, lex)
        for i in choice.open
        if not names_in_a_row(choice.items[i].sentence.words)
    }
    sure = [i for i in sureness if sureness[i] >= lex.decision["threshold"]]
    if 2 * len(sure) >= sum(not item.own_line for item in choice.items):
        return [i for i in sureness if sureness[i] >= lex.decision["joined"]]
    few = lex.decision["few"]
    return [i for i in sure if sureness[i] >= few and len(choice.items[i].sentence.words) > SHORT]


def _of_run(run: Run, view: View) -> list[tuple[int, int]]:
    """Where the headings of a run end unmarked. None do where every first sentence is short and followed by others."""
    openings = [opening_of(f, view) for f in run.items if f.start == 0 and has_words(f, view)]
    told = [None if o.own_line or not view.known else _known(o.words, view.known) for o in openings]
    if not any(told) and all(o.whole <= SHORT and not (o.own_line or o.spaced) for o in openings):
        return []
    if all(at or _is_settled(o) for o, at in zip(openings, told, strict=True)):
        return [(o.found.paragraph, o.found.after + at) for o, at in zip(openings, told, strict=True) if at]
    items = [_settled(o.found, o.words, at) if at else _item(o, view) for o, at in zip(openings, told, strict=True)]
    out = [_place(item, item.ends[0]) for item, at in zip(items, told, strict=True) if at]
    items = [_with_shapes(items, i) for i in range(len(items))]
    choice = _Choice(items, view.lex)
    if choice.open:
        chosen = choice.best()
        out += [_place(items[i], items[i].ends[chosen[i]]) for i in _sure(choice, chosen, view.lex)]
    return out


def _place(item: _Item, end: _End) -> tuple[int, int]:
    return item.found.paragraph, item.found.after + end.at


def boundaries(
    texts: Sequence[str], built: Sequence[Run], openers: Sequence[str], known: frozenset[str]
) -> list[tuple[int, int]]:
    """(paragraph, character) of every place where a heading of rank 一、 （一） or 1. ends inside its paragraph unmarked.

    ``known`` are bare headings that stand on their own line elsewhere in the file, or in its contents.
    """
    marks = sorted((f for run in built for f in run.items), key=lambda f: (f.paragraph, f.start))
    regions = {id(a): b.start for a, b in pairwise(marks) if a.paragraph == b.paragraph}
    view = View(texts, regions, tuple(openers), known, Habits("\n".join(texts)), lexicon())
    cuts = [place for run in built if run.rank <= UPPER_RANK for place in _of_run(run, view)]
    lower = [place for run in built if UPPER_RANK < run.rank <= MAX_RANK for place in _of_run(run, view)]
    after = {f.paragraph: f.after for run in built for f in run.items if f.start == 0}
    # 1. heads its paragraph unmarked only where a blank says so, or in a text that lost the line breaks of its 一、 too
    blank = (place for place in lower if texts[place[0]][place[1] : place[1] + 1].isspace())
    return cuts + (lower if cuts else [(i, at) for i, at in blank if at - after.get(i, 0) >= MIN_BEFORE])
