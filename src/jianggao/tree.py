"""The outline as a tree: how deep each heading stands, its id, and where contents-only headings belong."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from .model import Heading
from .numbering import Run
from .numbers import Found
from .words import bare

UNNUMBERED_RANK = 2.5
"""Below 一、 and （一）, above 1."""
PART_RANK = 0.5
"""Above 一、: an unnumbered heading that holds a 一、 of its own, or that names the work of a span of time."""
BESIDE_RANK = 5.5
"""Below every formal number: dashes, names with a colon, refrains."""
ONE_SENTENCE = re.compile("[^。！？]+，[^。！？]+[。！？；]\\s*")
MIN_LISTED, LOWER_RANK = 40, 3
"""Characters of a numbered sentence that is an item of a list where others stand beside it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading in the making: where it stands, ``end`` being the end of its words."""

    found: Found
    end: int
    sequence: Run | None


def rank_of_unnumbered(paragraphs: Sequence[int], numbered: Sequence[Entry]) -> float:
    """Rank of the unnumbered headings at ``paragraphs``: they are parts where 一、 begins anew below at least two of them."""
    firsts = (e.found.paragraph for e in numbered if e.found.rank <= 1 and e.found.ordinal == 1)
    parts = len({bisect_left(paragraphs, first) for first in firsts} - {0})
    return PART_RANK if parts >= 2 else UNNUMBERED_RANK


def levels_of(entries: Sequence[Entry]) -> list[int]:
    """Depth of each entry: below its sequence's parent, and below an unnumbered heading that stands between."""
    level: dict[int, int] = {}
    of_sequence: dict[int, int] = {}
    out: list[int] = []
    under: list[tuple[float, int]] = []
    for entry in entries:
        found, sequence = entry.found, entry.sequence
        if sequence is None:
            while under and under[-1][0] >= found.rank:
                under.pop()
            depth = under[-1][1] + 1 if under else 1
        elif id(sequence) in of_sequence:
            depth = of_sequence[id(sequence)]
            while under and under[-1][1] >= depth:
                under.pop()
        else:
            parent = level.get(id(sequence.parent)) if sequence.parent else None
            while under and (
                under[-1][0] > found.rank
                or (parent is not None and under[-1][1] > parent and under[-1][0] != UNNUMBERED_RANK)
            ):
                under.pop()
            if parent is None or (under and under[-1][0] == UNNUMBERED_RANK):
                while under and under[-1][0] >= found.rank:
                    under.pop()
                depth = under[-1][1] + 1 if under else 1
            else:
                depth = parent + 1
            of_sequence[id(sequence)] = depth
        level[id(found)] = depth
        under.append((found.rank, depth))
        out.append(depth)
    return out


def ids_of(levels: Sequence[int]) -> list[str]:
    """s1, s1-2, s1-2-3 by position in the tree. A level that no heading stands for counts as one, so ids stay unique.

    >>> ids_of([1, 2, 2, 1]), ids_of([2, 1, 2])
    (['s1', 's1-1', 's1-2', 's2'], ['s1-1', 's2', 's2-1'])
    """
    counters: list[int] = []
    out = []
    for depth in levels:
        del counters[depth:]
        counters += [1] * (depth - 1 - len(counters))
        counters = [*counters[: depth - 1], counters[depth - 1] + 1 if len(counters) == depth else 1]
        out.append("s" + "-".join(map(str, counters)))
    return out


def merge(body: list[Heading], contents: list[Heading]) -> list[Heading]:
    """Contents-only headings put where the source's own order has them."""
    if not contents:
        return body
    where: dict[str, int] = {}
    for index, heading in enumerate(body):
        where.setdefault(bare(heading.text), index)
    out: list[Heading] = []
    done = 0
    for heading in contents:
        place = where.get(bare(heading.text))
        if place is None:
            out.append(heading)
        elif place >= done:
            out.extend(body[done : place + 1])
            done = place + 1
    return out + body[done:]


def lists(entries: Sequence[Entry], texts: Sequence[str]) -> set[int]:
    """The runs, by identity, that are lists of sentences: side by side, each a paragraph of one long sentence that would be
    its own heading; or 1. 2. 3. of which at least half would have a long first sentence for a heading."""
    runs: dict[int, list[Entry]] = {}
    for entry in entries:
        runs.setdefault(id(entry.sequence), []).append(entry)

    def plain(entry: Entry) -> bool:
        text = texts[entry.found.paragraph]
        return not entry.found.start and len(text) >= MIN_LISTED and entry.end >= len(text.rstrip("。；： "))

    def beside(run: Sequence[Entry]) -> bool:
        together = run[-1].found.paragraph - run[0].found.paragraph == len(run) - 1
        return together and all(plain(e) and ONE_SENTENCE.fullmatch(texts[e.found.paragraph]) for e in run)

    def wordy(run: Sequence[Entry]) -> bool:
        long = sum(e.end - e.found.after > MIN_LISTED for e in run)
        return run[0].sequence is not None and run[0].found.rank >= LOWER_RANK and 2 * long >= len(run)

    return {key for key, run in runs.items() if len(run) > 1 and (beside(run) or wordy(run))}
