"""A search by looking through everything: the rule of the contract told plainly, for the fast one to be held against.

It shares no code with ``fold`` and ``units``: what both got wrong alike would go unnoticed.
"""

from __future__ import annotations

import functools
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

import opencc

BREAK = "|"
_LINE_ENDS = "\r\n\u2028\u2029"
# Units are numbered and written as one character each, so that str.find does the looking; surrogates are no characters.
_SURROGATES = 0xD800
_SEPARATOR = "\0"


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@functools.cache
def _unit_of(char: str) -> tuple[str, str]:
    """Kind (``han``, ``word``, ``skip``, ``break``) and simplified form of one folded character."""
    if unicodedata.name(char, "").startswith("CJK UNIFIED IDEOGRAPH") or char in "〇々":
        simple = _converter().convert(char)
        return "han", simple if len(simple) == 1 else char
    if char.isalnum():
        return "word", char
    silent = unicodedata.category(char) in ("Cf", "Mn") or (char.isspace() and char not in _LINE_ENDS)
    return ("skip" if silent else "break"), char


def plain_units(text: str) -> list[str]:
    """The units of ``text``, one character after the other.

    >>> plain_units("黨建２０２４年，GDP 增長。")
    ['党', '建', '2024', '年', '|', 'gdp', '增', '长']
    """
    out: list[str] = []
    run = ""
    for char in unicodedata.normalize("NFKC", text).lower():
        kind, simple = _unit_of(char)
        if kind == "word":
            run += char
            continue
        if run:
            out.append(run)
            run = ""
        if kind == "han":
            out.append(simple)
        elif kind == "break" and out and out[-1] != BREAK:
            out.append(BREAK)
    if run:
        out.append(run)
    if out and out[-1] == BREAK:
        out.pop()
    return out


class Scan:
    """Texts to look through, each with the name of its owner; one owner may have several texts (headings, say)."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._letters: dict[str, str] = {}
        self._owners: list[str] = []
        self._starts: list[int] = []
        pieces: list[str] = []
        at = 0
        for owner, text in texts:
            piece = "".join(map(self._letter, plain_units(text))) + _SEPARATOR
            self._owners.append(owner)
            self._starts.append(at)
            pieces.append(piece)
            at += len(piece)
        self._line = "".join(pieces)

    def _letter(self, unit: str) -> str:
        number = self._letters.get(unit)
        if number is None:
            code = len(self._letters) + 1
            number = self._letters[unit] = chr(code if code < _SURROGATES else code + 0x800)
        return number

    def count(self, term: str) -> dict[str, int]:
        """Owner → number of places where the one term ``term`` starts, for all that hold it; none for an empty term."""
        units = plain_units(term)
        if not units or any(unit not in self._letters for unit in units):
            return {}
        wanted = "".join(self._letters[unit] for unit in units)
        found: Counter[str] = Counter()
        at = self._line.find(wanted)
        while at >= 0:
            found[self._owners[bisect_right(self._starts, at) - 1]] += 1
            at = self._line.find(wanted, at + 1)
        return dict(found)
