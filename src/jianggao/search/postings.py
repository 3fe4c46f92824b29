"""Postings 倒排: every place of every pair of neighbouring units, sorted, in bounded memory.

A speech's stream is its title, a break, its text. All streams stand one behind the other on one line of positions, each
followed by one empty position, so that no match can run from one speech into the next. The last unit of a stream is
paired with ``END``; a one-unit query is therefore the union of the pairs that start with the unit.

Each posting also says whether its units stand in a heading (``INSIDE_ODD`` ...): neighbouring headings have different
colours, so that a term lies inside one heading exactly when all its pairs are inside and of one colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jianggao.model import Speech

from .codec import Ints, pack_lists
from .units import BREAK, Cut, cut

END = "$"
INSIDE_ODD, INSIDE_EVEN, FIRST_ONLY = 1, 2, 3
PART = 8_000  # postings in one record: with at most five characters each a record stays below a shard's bound
BATCH = 3_000_000  # postings sorted at a time: about 100 MB of arrays
_WORDS = 0x110000


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of one speech, in units: the whole stream, its title, all its headings together."""

    text: int
    title: int
    heading: int


@dataclass(frozen=True, slots=True)
class Record:
    """Postings of the pair (``first``, ``second``): coded gaps between positions, and where headings are, coded too."""

    first: str
    second: str
    gaps: bytes
    marks: bytes


def stream_text(speech: Speech) -> str:
    """What is searched of a speech: title, line break, text."""
    return f"{speech.title}\n{speech.text}"


def heading_spans(speech: Speech) -> list[tuple[int, int]]:
    """``[start, end)`` of each heading of the body in ``stream_text``, in characters, in order."""
    at, offsets = len(speech.title) + 1, []
    for paragraph in speech.paragraphs:
        offsets.append(at)
        at += len(paragraph.text) + 1
    return sorted(
        (offsets[h.paragraph] + h.start, offsets[h.paragraph] + h.end)
        for h in speech.outline
        if h.attested == "body" and h.paragraph is not None and h.end > h.start
    )


def _colours(piece: Cut, spans: list[tuple[int, int]]) -> NDArray[np.uint8]:
    """For each unit 0, or 1 and 2 in turn for the headings; breaks at either end of a heading are not part of it."""
    colours = np.zeros(len(piece.codes), dtype=np.uint8)
    starts = np.searchsorted(piece.starts, [s for s, _ in spans])
    ends = np.searchsorted(piece.ends, [e for _, e in spans], side="right")
    for turn, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        inner = np.flatnonzero(piece.codes[start:end] != ord(BREAK))
        if len(inner):
            colours[start + inner[0] : start + inner[-1] + 1] = 1 + turn % 2
    return colours


class Line:
    """The streams of all speeches on one line of positions."""

    def __init__(self, speeches: Iterable[Speech]) -> None:
        self.sizes: list[Sizes] = []
        self._words: dict[str, int] = {}
        codes: list[NDArray[np.int32]] = []
        colours: list[NDArray[np.uint8]] = []
        for speech in speeches:
            piece = cut(stream_text(speech))
            colour = _colours(piece, heading_spans(speech))
            title = len(cut(speech.title).codes)
            self.sizes.append(Sizes(len(piece.codes), title, int((colour > 0).sum())))
            codes.append(np.append(self._numbered(piece), ord(END)).astype(np.int32))
            colours.append(np.append(colour, 0).astype(np.uint8))
        self.codes = np.concatenate(codes) if codes else np.zeros(0, dtype=np.int32)
        self.colours = np.concatenate(colours) if colours else np.zeros(0, dtype=np.uint8)

    def _numbered(self, piece: Cut) -> NDArray[np.int32]:
        codes = piece.codes
        if not piece.words:
            return codes
        numbers = np.array([self._words.setdefault(w, len(self._words)) for w in piece.words], dtype=np.int32)
        words = codes < 0
        codes = codes.copy()
        codes[words] = _WORDS + numbers[-1 - codes[words]]
        return codes

    def ranked(self) -> tuple[list[str], NDArray[np.int32]]:
        """The distinct units in UTF-16 order (the order of JavaScript's ``<``), and the line in their ranks."""
        present = np.bincount(self.codes, minlength=_WORDS + len(self._words)) > 0
        words = list(self._words)
        found = np.flatnonzero(present).tolist()
        names = [chr(c) if c < _WORDS else words[c - _WORDS] for c in found]
        order = sorted(range(len(names)), key=lambda k: names[k].encode("utf-16-be"))
        rank = np.zeros(len(present), dtype=np.int32)
        rank[np.array(found, dtype=np.int64)[order]] = np.arange(len(order), dtype=np.int32)
        return [names[k] for k in order], rank[self.codes]


def records(line: Line) -> Iterator[Record]:
    """All postings of ``line``, by first and second unit, cut into records of at most ``PART`` postings."""
    if not len(line.codes):
        return
    names, ranks = line.ranked()
    end = names.index(END)
    tally = np.bincount(ranks, minlength=len(names))
    tally[end] = 0
    low = 0
    while low < len(names):
        high, load = low + 1, int(tally[low])
        while high < len(names) and load + int(tally[high]) <= BATCH:
            load += int(tally[high])
            high += 1
        if load:
            yield from _batch(names, ranks, line.colours, (low, high))
        low = high


def _batch(
    names: list[str], ranks: NDArray[np.int32], colours: NDArray[np.uint8], within: tuple[int, int]
) -> Iterator[Record]:
    """The records of the pairs whose first unit has a rank of ``range(*within)``."""
    low, high = within
    at = np.flatnonzero((ranks >= low) & (ranks < high) & (ranks != names.index(END)))
    wide, bits = len(ranks).bit_length(), len(names).bit_length()
    # Pair and position in one number: one fast sort instead of an indirect one.
    packed = (ranks[at].astype(np.uint64) - np.uint64(low)) << np.uint64(wide + bits)
    packed |= (ranks[at + 1].astype(np.uint64) << np.uint64(wide)) | at.astype(np.uint64)
    packed.sort()
    place = (packed & np.uint64((1 << wide) - 1)).astype(np.int64)
    pair = packed >> np.uint64(wide)
    opens = np.flatnonzero(np.concatenate(([True], pair[1:] != pair[:-1])))
    nth = np.arange(len(pair)) - np.repeat(opens, np.diff(np.append(opens, len(pair))))
    opens = np.flatnonzero(nth % PART == 0)
    here, there = colours[place], colours[place + 1]
    state = np.where(here == 0, 0, np.where(here == there, here, FIRST_ONLY)).astype(np.int64)
    marked = np.flatnonzero(state)
    owner = np.searchsorted(opens, marked, side="right") - 1
    owners, mark_opens = np.unique(owner, return_index=True)
    marks = dict(
        zip(
            owners.tolist(),
            pack_lists(_gaps(marked - opens[owner], mark_opens) * 3 + state[marked] - 1, mark_opens),
            strict=True,
        )
    )
    firsts = (pair[opens] >> np.uint64(bits)).astype(np.int64) + low
    seconds = (pair[opens] & np.uint64((1 << bits) - 1)).astype(np.int64)
    gaps = pack_lists(_gaps(place, opens), opens)
    for i, (first, second) in enumerate(zip(firsts.tolist(), seconds.tolist(), strict=True)):
        yield Record(names[first], names[second], gaps[i], marks.get(i, b""))


def _gaps(values: Ints, opens: Ints) -> Ints:
    """Distances between neighbours of ``values``, which rise within each list; a list's first is told from nought."""
    gaps = np.diff(values, prepend=0)
    gaps[opens] = values[opens]
    return gaps
