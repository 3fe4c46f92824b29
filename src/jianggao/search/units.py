"""Units 单位: what a search compares. One Han character, one run of letters and digits, or one break.

>>> units("１．２万，ＧＤＰ 增長")
['1', '|', '2', '万', '|', 'gdp', '增', '长']
>>> cut("第①章……").spans()
[(0, 1), (1, 2), (2, 3)]
>>> count("黨建", units("基层党建。党建"))
2
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .fold import BREAK_KIND, HAN, SKIP, WORD, fold, tables

BREAK = "|"
_BREAK_CODE = ord(BREAK)


@dataclass(frozen=True, slots=True)
class Cut:
    """A text in units. ``codes``: a Han character's or BREAK's code point, or ``-1 - n`` for ``words[n]``.

    ``starts`` and ``ends``: where each unit stands in the original text, in characters.
    """

    codes: NDArray[np.int32]
    words: list[str]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]

    def texts(self) -> list[str]:
        """The units as strings."""
        return [chr(c) if c >= 0 else self.words[-1 - c] for c in self.codes.tolist()]

    def spans(self) -> list[tuple[int, int]]:
        """``(start, end)`` of each unit."""
        return list(zip(self.starts.tolist(), self.ends.tolist(), strict=True))


def cut(text: str) -> Cut:
    """Fold ``text`` and cut it into units, each with its place in ``text``."""
    codes, starts, ends = fold(text)
    t = tables()
    kinds = t.kind[codes]
    before = np.concatenate(([BREAK_KIND], kinds[:-1])) if len(kinds) else kinds
    # A run is cut by anything, a break only by a word: what is skipped between two signs does not part them.
    loud = kinds != SKIP
    last_loud = np.full(len(kinds), -1, dtype=np.int64)
    last_loud[loud] = np.flatnonzero(loud)
    last_loud = np.maximum.accumulate(last_loud) if len(kinds) else last_loud
    previous = np.concatenate(([-1], last_loud[:-1])) if len(kinds) else last_loud
    fresh = (previous >= 0) & (kinds[np.maximum(previous, 0)] != BREAK_KIND)
    heads = (kinds == HAN) | ((kinds == WORD) & (before != WORD)) | ((kinds == BREAK_KIND) & fresh)
    first = np.flatnonzero(heads)
    if len(first) and kinds[first[-1]] == BREAK_KIND:
        first = first[:-1]
    last = _last_characters(kinds, first)
    out = np.where(kinds[first] == HAN, t.simple[codes[first]], _BREAK_CODE).astype(np.int32)
    words: list[str] = []
    for k in np.flatnonzero(kinds[first] == WORD).tolist():
        words.append("".join(map(chr, codes[first[k] : last[k] + 1].tolist())))
        out[k] = -len(words)
    return Cut(out, words, starts[first], ends[last])


def _last_characters(kinds: NDArray[np.uint8], first: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each unit that starts at ``first`` the index of its last folded character; a break takes its whole run."""
    if not len(first):
        return first
    place = np.arange(len(kinds))
    bound = np.append(first[1:], len(kinds))
    # Skipped characters behind a unit belong to nobody: walk back to the last character of the unit's own kind.
    own = np.zeros(len(kinds), dtype=np.int64)
    own[kinds != SKIP] = place[kinds != SKIP]
    reach = np.maximum.accumulate(own)[bound - 1]
    han = kinds[first] == HAN
    word = kinds[first] == WORD
    stops = np.append(np.flatnonzero(kinds != WORD), len(kinds))
    word_end = stops[np.searchsorted(stops, first)] - 1
    return np.where(han, first, np.where(word, word_end, reach))


def units(text: str) -> list[str]:
    """The units of ``text``, breaks at either end dropped."""
    return cut(text).texts()


def places(term: Sequence[str], stream: Sequence[str]) -> list[int]:
    """Indexes of ``stream`` where ``term`` starts; none for an empty term."""
    size = len(term)
    if not size:
        return []
    head, rest = term[0], list(term)
    return [i for i in range(len(stream) - size + 1) if stream[i] == head and list(stream[i : i + size]) == rest]


def count(term: str, stream: Sequence[str]) -> int:
    """How many places of ``stream`` the term starts at."""
    return len(places(units(term), stream))
