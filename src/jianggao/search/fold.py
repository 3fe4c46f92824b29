"""Folding 归一: the form in which text and query meet, and the tables that say so.

NFKC, lower case, Traditional → Simplified character by character, then one of four kinds for each character. The tables
are made from this Python's ``unicodedata`` and the installed OpenCC, and are emitted for the browser, so that both
sides agree although their Unicode versions differ. Offsets are characters (code points) of the original text.
"""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass

import numpy as np
import opencc
from numpy.typing import NDArray

from .codec import encode

BREAK_KIND, SKIP, HAN, WORD, SPECIAL = range(5)
SIZE = 0x110000
# Above these ranges Unicode has only private and unassigned code points, which are breaks like any other sign.
_SCANNED = (range(0x34000), range(0xE0000, 0xE0200))
_LINE_ENDS = "\r\n\u2028\u2029"
_HANGUL_SECONDS = {chr(c) for c in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}


@dataclass(frozen=True, slots=True)
class Tables:
    """One row per code point.

    ``kind``: kind of a folded character. ``raw``: kind of an original character after folding, ``SPECIAL`` where it
    cannot be folded alone. ``code``: what it folds to. ``joins``: may melt into the character before it under NFKC.
    ``simple``: Traditional → Simplified. ``unknown``: unassigned in this Unicode version.
    """

    kind: NDArray[np.uint8]
    raw: NDArray[np.uint8]
    code: NDArray[np.int32]
    joins: NDArray[np.bool_]
    simple: NDArray[np.int32]
    unknown: NDArray[np.bool_]


def is_han(char: str) -> bool:
    """Whether one folded character is a unit by itself; 〇 and 々 are written among Han characters."""
    return unicodedata.name(char, "").startswith("CJK UNIFIED IDEOGRAPH") or char in "〇々"


def kind_of(char: str) -> int:
    """The kind of one folded character."""
    if is_han(char):
        return HAN
    if char.isalnum():
        return WORD
    if (char.isspace() and char not in _LINE_ENDS) or unicodedata.category(char) in ("Cf", "Mn"):
        return SKIP
    return BREAK_KIND


def _simplify(codes: list[int]) -> list[int]:
    """Each character alone through OpenCC t2s; line breaks keep its phrase tables out."""
    chars = [chr(c) for c in codes]
    folded = opencc.OpenCC("t2s").convert("\n".join(chars)).split("\n")
    return [ord(new) if len(new) == 1 else ord(old) for old, new in zip(chars, folded, strict=True)]


@functools.cache
def tables() -> Tables:
    """The tables of this Python; made once, in about half a second."""
    kind = np.full(SIZE, BREAK_KIND, dtype=np.uint8)
    code = np.arange(SIZE, dtype=np.int32)
    joins = np.zeros(SIZE, dtype=np.bool_)
    special = np.zeros(SIZE, dtype=np.bool_)
    unknown = np.ones(SIZE, dtype=np.bool_)
    first: dict[int, str] = {}
    seconds = set(_HANGUL_SECONDS)
    for c in (c for block in _SCANNED for c in block):
        char = chr(c)
        kind[c] = kind_of(char)
        unknown[c] = unicodedata.category(char) == "Cn"
        folded = unicodedata.normalize("NFKC", char)
        lowered = folded.lower()
        special[c] = len(folded) != 1 or len(lowered) != 1 or folded == "Σ"
        code[c] = c if special[c] else ord(lowered)
        first[c] = unicodedata.normalize("NFKD", char)[0]
        parts = unicodedata.decomposition(char).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            seconds.add(chr(int(parts[1], 16)))
    for c, start in first.items():
        joins[c] = unicodedata.combining(start) != 0 or start in seconds
    simple = np.arange(SIZE, dtype=np.int32)
    han = np.flatnonzero(kind == HAN)
    simple[han] = _simplify(han.tolist())
    raw = kind[code]
    raw[special] = SPECIAL
    return Tables(kind, raw, code, joins, simple, unknown)


def fold(text: str) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """NFKC and lower case with the way back: code points, and for each the original ``[start, end)`` it came from."""
    t = tables()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int32)
    where = np.arange(len(codes), dtype=np.int32)
    odd = (t.raw[codes] == SPECIAL) | t.joins[codes]
    if not odd.any():
        return t.code[codes], where, where + 1
    opens = np.flatnonzero(~t.joins[codes] | (where == 0)).astype(np.int32)
    closes = np.append(opens[1:], len(codes)).astype(np.int32)
    counts = np.ones(len(opens), dtype=np.int64)
    pieces: list[str] = []
    done = 0
    for k in np.flatnonzero((closes - opens > 1) | odd[opens]):
        start, end = int(opens[k]), int(closes[k])
        piece = unicodedata.normalize("NFKC", text[start:end])
        # Between two odd clusters every character folds alone, to one character.
        pieces += (unicodedata.normalize("NFKC", text[done:start]), piece)
        counts[k], done = len(piece), end
    pieces.append(unicodedata.normalize("NFKC", text[done:]))
    normal = "".join(pieces)
    lowered = normal.lower()
    starts, ends = np.repeat(opens, counts), np.repeat(closes, counts)
    if len(lowered) != len(normal):
        widths = [len(c.lower()) for c in normal]
        starts, ends = np.repeat(starts, widths), np.repeat(ends, widths)
    folded = np.frombuffer(lowered.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int32)
    return folded, starts, ends


def _ranges(flags: NDArray[np.bool_]) -> str:
    """Runs of True as coded gaps: distance to the next start, length, ..."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return encode(np.diff(edges, prepend=0).astype(np.int64))


def browser_tables() -> dict[str, str | list[str]]:
    """The tables for the browser: coded ranges by name; ``simple`` as two coded lists, how far each Traditional character
    is from the one before and how far its simplified one is from it, twice that, odd where it stands before."""
    t = tables()
    changed = np.flatnonzero(t.simple != np.arange(SIZE))
    away = t.simple[changed].astype(np.int64) - changed
    return {
        "han": _ranges(t.kind == HAN),
        "word": _ranges(t.kind == WORD),
        "skip": _ranges(t.kind == SKIP),
        "joins": _ranges(t.joins),
        "unknown": _ranges(t.unknown),
        "simple": [
            encode(np.diff(changed, prepend=0).astype(np.int64)),
            encode(np.where(away < 0, -2 * away - 1, 2 * away)),
        ],
    }
