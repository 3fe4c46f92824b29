"""Search by brute force, straight from contract 3: what every engine of the house has to agree with."""

from __future__ import annotations

import functools
import random
import unicodedata
from collections.abc import Iterable, Sequence

import opencc

from jianggao.model import Speech

BREAK = "\n"
to_simplified = functools.cache(opencc.OpenCC("t2s").convert)


def is_han(char: str) -> bool:
    """A Han character stands alone as a unit; 〇 and 々 are written among them."""
    return char in "〇々" or unicodedata.name(char, "").startswith("CJK UNIFIED IDEOGRAPH")


def fold(text: str) -> tuple[str, ...]:
    """The units of ``text``: one Han character, one run of letters and digits, or one BREAK for a run of all else.

    >>> fold("黨建２０２４年，GDP 增長。")
    ('党', '建', '2024', '年', '\\n', 'gdp', '增', '长')
    """
    units: list[str] = []
    joins = False  # whether a letter or digit that comes now goes on with the last unit
    for char in unicodedata.normalize("NFKC", text).lower():
        if is_han(char):
            simple = to_simplified(char)
            units.append(simple if len(simple) == 1 else char)
            joins = False
        elif char.isalnum():
            units[len(units) :] = [units.pop() + char if joins else char]
            joins = True
        else:
            joins = False
            silent = unicodedata.category(char) in {"Cf", "Mn"} or (char.isspace() and char not in "\r\n\u2028\u2029")
            if not silent and units and units[-1] != BREAK:
                units.append(BREAK)
    return tuple(units[:-1] if units and units[-1] == BREAK else units)


def stream(speech: Speech) -> tuple[str, ...]:
    """What of a speech is searched: title, a break, text."""
    return fold(f"{speech.title}\n{speech.text}")


def places(term: Sequence[str], units: Sequence[str]) -> int:
    """At how many places of ``units`` the folded ``term`` starts."""
    size = len(term)
    return sum(tuple(units[at : at + size]) == tuple(term) for at in range(len(units) - size + 1)) if size else 0


def scan(query: str, streams: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Id → count of every speech that holds the one term ``query``."""
    term = fold(query)
    return {id_: found for id_, units in streams.items() if (found := places(term, units))}


def substrings(texts: Iterable[str], number: int, seed: int) -> list[str]:
    """Random substrings of 1 to 12 characters that hold at least one unit; straight quotes are the query's own sign."""
    pool, chance, found = list(texts), random.Random(seed), list[str]()
    while len(found) < number:
        text = chance.choice(pool)
        start = chance.randrange(len(text))
        piece = text[start : start + chance.randint(1, 12)].replace('"', "，")
        if fold(piece):
            found.append(piece)
    return found
