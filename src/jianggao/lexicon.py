"""The word tables and weights of rules/headings.toml, by which `jianggao.boundary` judges where a heading ends."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from . import literals
from .rulebook import RULES


@dataclass(frozen=True, slots=True)
class Lexicon:
    """rules/headings.toml, read once. ``starts``, ``ends`` and ``pairs`` map two characters to their points,
    ``dangling`` a last character to the words that end with it; ``longest_unfinished`` are the characters of the longest
    clause that ``unfinished`` finds."""

    starts: Mapping[str, float]
    ends: Mapping[str, float]
    pairs: Mapping[str, float]
    default: Mapping[str, float]
    weights: Mapping[str, float]
    likeness: Mapping[str, float]
    decision: Mapping[str, float]
    dangling: Mapping[str, tuple[str, ...]]
    last_words: tuple[str, ...]
    unfinished: re.Pattern[str]
    preposition: re.Pattern[str]
    complete: re.Pattern[str]
    begins: re.Pattern[str]
    no_heading: re.Pattern[str]
    parts: re.Pattern[str]
    never_first: str
    first_words: tuple[str, ...]
    conjunctions: tuple[str, ...]
    longest_unfinished: int


def _table(groups: Mapping[str, str]) -> dict[str, float]:
    return {word: float(points) for points, words in groups.items() for word in words.split()}


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The word tables and weights that ship with the package."""
    data = tomllib.loads((RULES / "headings.toml").read_text("utf-8"))
    tables = (_table(data["starts"]), _table(data["ends"]), _table(data["pairs"]))
    words = data["dangling"].split()
    dangling = {end: tuple(w for w in words if w[-1] == end) for end in {w[-1] for w in words}}
    last = tuple(data["last_words"].split())
    unfinished = re.compile(f"(?:^|，)(?:{'|'.join(data['unfinished'].split())})[\u3400-\u9fff]{{2,3}}$")
    preposition = re.compile(
        f"(?:^|，)[{''.join(data['prepositions'].split())}][^，]{{2,6}}(?<![{data['complements']}])$"
    )
    told = (data["complete"], data["begins"], data["no_heading"], data["unnumbered"]["parts"])
    complete, begins, no_heading, parts = (re.compile(pattern) for pattern in told)
    shapes = (unfinished, preposition, complete, begins, no_heading, parts)
    weights = (data["default"], data["weights"], data["likeness"], data["decision"])
    first, conjunctions = tuple(data["first_words"].split()), tuple(data["conjunctions"].split())
    longest = literals.widest(unfinished)
    return Lexicon(*tables, *weights, dangling, last, *shapes, data["never_first"], first, conjunctions, longest)
