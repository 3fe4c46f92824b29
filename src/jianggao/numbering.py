"""Numbers that open a heading, found and put into sequences: 一、 … 二、 … ; the outline is told by what follows on what.

A single "一、" proves nothing; 一 followed by 二 of the same family, at the right depth, does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from .dates import chinese_number
from .rulebook import Marker

SENTENCE_START = re.compile(r"(?:(?<=[。！？!?：:…])|(?<=[。！？!?：:…][”’）」])|(?<=[。！？][”’]）))")
ORDER_WORDS = {"一方面": 1, "另一方面": 2, "首先": 1, "其次": 2, "再次": 3, "最后": 4, "—": 1, "－": 1, "–": 1}
FORMAL = {c: "一二三四五六七八九十"[i] for i, c in enumerate("壹贰叁肆伍陆柒捌玖拾")} | {"参": "三"}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
MAX_LISTED = 36


@dataclass(frozen=True, slots=True)
class Found:
    """A number at ``start`` (characters) of paragraph ``paragraph``; the words behind it begin at ``after``."""

    paragraph: int
    start: int
    after: int
    marker: str
    key: str
    rank: float
    ordinal: int
    label: str

    @property
    def family(self) -> tuple[str, str]:
        return (self.marker, self.key)


@dataclass(slots=True, eq=False)
class Run:
    """A run of numbers of one family below one parent; ``items`` in text order."""

    family: tuple[str, str]
    rank: float
    parent: Found | None
    items: list[Found] = field(default_factory=list)

    @property
    def last(self) -> Found:
        return self.items[-1]


def _ordinal(text: str) -> int:
    if text in ORDER_WORDS:
        return ORDER_WORDS[text]
    if text in CIRCLED:
        return CIRCLED.index(text) + 1
    return chinese_number("".join(FORMAL.get(c, c) for c in text))


def _at(text: str, paragraph: int, start: int, markers: Iterable[Marker]) -> Found | None:
    for marker in markers:
        if start and marker.start_only:
            continue
        m = marker.pattern.match(text[start : start + 24])
        if m:
            groups = m.groupdict()
            label = text[start : start + m.end()].strip()
            key = (groups.get("key") or "").removesuffix("要") or groups.get("key") or ""  # 一是、二是要 are one run
            return Found(paragraph, start, start + m.end(), marker.id, key, marker.rank, _ordinal(m["n"]), label)
    return None


def find(texts: Sequence[str], markers: Sequence[Marker]) -> list[Found]:
    """Every number that could open a heading, in text order: at the start of a paragraph or of a sentence."""
    out: list[Found] = []
    for index, text in enumerate(texts):
        places = {0} | {m.start() for m in SENTENCE_START.finditer(text)}
        found = (_at(text, index, start, markers) for start in sorted(places) if start < len(text))
        out += [f for f in found if f is not None]
    return out


class _Builder:
    """Puts numbers into nested sequences in one pass, looking ahead where a new 一 could be a child or a sibling."""

    def __init__(self, numbers: Sequence[Found], holes: set[int]) -> None:
        self.numbers, self.holes = numbers, holes
        self.stack: list[Run] = []
        self.done: list[Run] = []
        self.nested: set[tuple[int, tuple[str, str]]] = set()  # which families have stood below which run

    def _pop_to(self, depth: int) -> None:
        del self.stack[depth:]

    def _follows(self, found: Found) -> int | None:
        """Depth of the open sequence that ``found`` goes on, or None."""
        for depth in range(len(self.stack) - 1, -1, -1):
            sequence = self.stack[depth]
            if sequence.family != found.family:
                continue
            step = found.ordinal - sequence.last.ordinal
            hole = any(sequence.last.paragraph < h <= found.paragraph for h in self.holes)
            if step == 1 or (step > 1 and hole) or (found.marker == "first-next" and step >= 1):
                return depth
            if step in (0, 2) and found.start == 0 and found.rank <= (3 if step else 2):
                return depth  # a number lost, mistyped or said twice, in a form that nothing but a heading has
        return None

    def _goes_on(self, index: int, sequence: Run, limit: float) -> bool:
        """Whether ``sequence`` is continued after ``index`` before a number of a lower rank than ``limit``."""
        for later in self.numbers[index + 1 : index + 60]:
            if later.rank < limit:
                return False
            if later.family == sequence.family:
                return later.ordinal == sequence.last.ordinal + 1
        return False

    def _open(self, index: int, found: Found) -> None:
        for depth, sequence in enumerate(self.stack):
            if sequence.family == found.family:  # the same family counts anew: a sibling run below the same parent
                self._pop_to(depth)
                break
        while self.stack and self.stack[-1].rank > found.rank:
            self.stack.pop()
        if self.stack and self.stack[-1].rank == found.rank and not self._child(index, found, self.stack[-1]):
            self.stack.pop()
        parent = self.stack[-1].last if self.stack else None
        if self.stack:
            self.nested.add((id(self.stack[-1]), found.family))
        sequence = Run(found.family, found.rank, parent, [found])
        self.stack.append(sequence)
        self.done.append(sequence)

    def _child(self, index: int, found: Found, top: Run) -> bool:
        """Whether a new run of the same rank as the open one belongs below its last item."""
        if self._goes_on(index, top, found.rank):
            return True
        return found.paragraph == top.last.paragraph or (id(top), found.family) in self.nested

    def run(self) -> list[Run]:
        for index, found in enumerate(self.numbers):
            depth = self._follows(found)
            if depth is not None:
                self._pop_to(depth + 1)
                self.stack[depth].items.append(found)
            elif found.ordinal == 1 or any(h <= found.paragraph for h in self.holes):
                self._open(index, found)
        return self.done


def _holds(outer: Sequence[Found], inner: Sequence[Found], numbers: Sequence[Found]) -> int:
    """After how many numbers of ``outer`` the family ``inner`` begins anew with 1 before ``outer`` goes on."""
    count, open_outer = 0, False
    outer_ids, inner_ids = {id(f) for f in outer}, {id(f) for f in inner}
    for found in numbers:
        if id(found) in outer_ids:
            open_outer = True
        elif id(found) in inner_ids and found.ordinal == 1 and open_outer:
            count, open_outer = count + 1, False
    return count


def _reranked(numbers: Sequence[Found]) -> list[Found]:
    """Spoken families (首先…其次…) that hold formal ones (1. 2.) here, against the usual order, get a rank above them."""
    families: dict[tuple[str, str], list[Found]] = {}
    for found in numbers:
        families.setdefault(found.family, []).append(found)
    ranks: dict[tuple[str, str], float] = {}
    for outer, mine in families.items():
        for theirs in families.values():
            usual = mine[0].rank < 5 or theirs[0].rank >= mine[0].rank or theirs[0].rank < 2
            if not usual and _holds(mine, theirs, numbers) >= 2 and not _holds(theirs, mine, numbers):
                ranks[outer] = min(ranks.get(outer, 9.0), theirs[0].rank - 0.5)
    return [replace(f, rank=ranks[f.family]) if f.family in ranks else f for f in numbers]


def sequences(numbers: Sequence[Found], holes: set[int], open_end: bool) -> list[Run]:
    """The sequences that are borne out, in order of their first item.

    ``holes`` are the paragraphs before which text is missing; a number after a hole needs no predecessor. ``open_end``
    tells that the text breaks off, so that a lone 一、 at the end may stand. A sequence of one is otherwise no sequence;
    what stood below it goes up to its parent. Numbers that drop out may free others, so this runs until it is stable.
    """
    kept = _reranked(numbers)
    while True:
        builder = _Builder(kept, holes)
        built = builder.run()
        still_open = {id(s) for s in builder.stack} if open_end else set()
        weak = {
            id(s.items[0])
            for s in built
            if len(s.items) == 1 and id(s) not in still_open and not (s.rank <= 2 and holes and s.items[0].start == 0)
        }
        if not weak:
            return built
        kept = [n for n in kept if id(n) not in weak]


def _lists_only(text: str) -> bool:
    return len(text) <= MAX_LISTED and not re.search("[。！？：].", text)


def lists(built: Sequence[Run], texts: Sequence[str]) -> set[tuple[int, int]]:
    """Places (paragraph, character) of numbers of runs that only list: items that fill their short paragraphs, one right
    behind the other, three or more of them or announced by a colon (会议议程：). A heading has something below it.
    """
    out: set[tuple[int, int]] = set()
    for run in built:
        items = run.items
        adjacent = all(b.paragraph == a.paragraph + 1 for a, b in pairwise(items))
        filled = all(f.start == 0 and _lists_only(texts[f.paragraph]) for f in items)
        before = texts[items[0].paragraph - 1] if items[0].paragraph else ""
        ends = any(texts[f.paragraph].endswith(("；", ";")) for f in items)
        announced = before.endswith(("：", ":")) or ends
        if len(items) >= 2 and adjacent and filled and (announced or len(items) >= 3):
            out |= {(f.paragraph, f.start) for f in items}
    return out
