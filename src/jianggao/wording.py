"""The data of rules/script.toml, damage.toml and masks.toml: characters, phrases, names that stay, words that no Chinese says,
signs that stand for words.

`jianggao.rulebook` reads the files and hands their rows over; what is said of a row that is wrong is said there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from . import literals
from .errors import SpeechError


class Rows(Protocol):
    """What this module needs of a rule file that is being read."""

    data: dict[str, Any]

    def rows(self, table: str, required: set[str], optional: set[str]) -> Iterable[dict[str, Any]]: ...

    def compile(self, name: str, pattern: str, parts: Mapping[str, str] | None = None) -> re.Pattern[str]: ...

    def complain(self, key: str, what: str, next_step: str) -> SpeechError: ...


FAR = 40
"""Characters before a damaged word; a pattern that goes back farther is not tried at each of them."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Places where Simplified text writes ``to`` for ``char``; each match of ``pattern`` has that character in it.

    ``traditional`` phrases hold in lines that were Traditional only; in a Simplified line the same words may be right.
    """

    id: str
    char: str
    pattern: re.Pattern[str]
    to: str
    traditional: bool


@dataclass(frozen=True, slots=True)
class Script:
    """What OpenCC's t2s leaves or gets wrong: single characters, characters that Simplified text keeps for names, places
    that nothing may touch (``protected``: a character, and where it stays), and phrases."""

    variants: Mapping[str, str]
    names: frozenset[str]
    protected: tuple[tuple[str, re.Pattern[str]], ...]
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Damage:
    """A word that rewriting software left. ``wrong`` stands in every match of ``pattern``, at most ``reach`` characters behind
    its beginning, and so does a word of each set that it ``asks`` for; ``right`` was there before."""

    id: str
    wrong: str
    right: str
    pattern: re.Pattern[str]
    asks: tuple[frozenset[str], ...]
    reach: int

    def find(self, text: str) -> Iterable[re.Match[str]]:
        """The matches in ``text``, looked for only around the word; those that begin too far before it are looked for
        everywhere."""
        if self.reach > FAR:
            yield from self.pattern.finditer(text)
            return
        at, done = text.find(self.wrong), 0
        while at >= 0:
            starts = range(max(done, at - self.reach), at + 1)
            found = next((m for start in starts if (m := self.pattern.match(text, start))), None)
            if found:
                yield found
                done = found.end()
            at = text.find(self.wrong, max(at + 1, done))

    def may_match(self, text: str) -> bool:
        """Whether ``text`` has the words without which the pattern finds nothing there."""
        return self.wrong in text and all(any(map(text.__contains__, words)) for words in self.asks)


@dataclass(frozen=True, slots=True)
class Mask:
    """A way to hide a name or a number in print; one of ``signs`` stands in every match of ``pattern``."""

    id: str
    signs: str
    pattern: re.Pattern[str]


def script(file: Rows) -> Script:
    """The tables of rules/script.toml. Raises SpeechError for a row that is not sound."""
    variants: dict[str, str] = {}
    for row in file.rows("variant", {"id", "pairs", "reason", "example", "counterexample"}, set()):
        pairs = row["pairs"].split()
        if any(len(pair) != 2 for pair in pairs) or any(pair[0] in variants for pair in pairs):
            raise file.complain(row["id"], f"{row['id']} 的 pairs 有一组不是两个字，或者重复", "写成“衞卫 揹背”的样子")
        table = dict(pair for pair in pairs)  # a two-character string is a pair
        _agree(file, row, re.compile(f"[{''.join(table)}]"))
        variants |= table
    names: set[str] = set()
    for row in file.rows("kept", {"id", "chars", "reason", "example", "counterexample"}, set()):
        _agree(file, row, re.compile(f"[{row['chars']}]"))
        names |= set(row["chars"])
    needed = {"id", "pattern", "reason", "example", "counterexample"}
    needed.add("char")
    protected = tuple((row["char"], _pattern(file, row, row["char"])) for row in file.rows("protected", needed, set()))
    phrases = tuple(_phrase(file, row) for row in file.rows("phrase", needed | {"to"}, {"traditional"}))
    return Script(variants, frozenset(names), protected, phrases)


def _phrase(file: Rows, row: Mapping[str, Any]) -> Phrase:
    pattern = _pattern(file, row, row["char"])
    return Phrase(row["id"], row["char"], pattern, row["to"], bool(row.get("traditional", False)))


def damage(file: Rows) -> tuple[Damage, ...]:
    """The table of rules/damage.toml. Raises SpeechError for a row that is not sound."""
    needed = {"id", "wrong", "right", "pattern", "reason", "example", "counterexample"}
    return tuple(
        Damage(
            row["id"],
            row["wrong"],
            row["right"],
            pattern := _pattern(file, row, row["wrong"]),
            literals.needed(pattern),
            literals.widest(pattern) - len(row["wrong"]),
        )
        for row in file.rows("damage", needed, set())
    )


def masks(file: Rows) -> tuple[Mask, ...]:
    """The table of rules/masks.toml. Raises SpeechError for a row that is not sound."""
    needed = {"id", "signs", "pattern", "reason", "example", "counterexample"}
    return tuple(Mask(row["id"], row["signs"], _pattern(file, row)) for row in file.rows("mask", needed, set()))


def _pattern(file: Rows, row: Mapping[str, Any], inside: str = "") -> re.Pattern[str]:
    """The pattern of a row; ``inside`` stands in all that it matches."""
    pattern = file.compile(row["id"], row["pattern"])
    _agree(file, row, pattern)
    if any(inside not in m[0] for text in row["example"] for m in pattern.finditer(text)):
        raise file.complain(row["id"], f"{row['id']} 抓到的词里没有“{inside}”", "改 pattern，让抓到的词里有它")
    return pattern


def _agree(file: Rows, row: Mapping[str, Any], pattern: re.Pattern[str]) -> None:
    for text in row["example"]:
        if not pattern.search(text):
            raise file.complain(row["id"], f"{row['id']} 抓不到自己的例子：{text}", "改 pattern 或改例子")
    for text in row["counterexample"]:
        if pattern.search(text):
            raise file.complain(row["id"], f"{row['id']} 误伤反例：{text}", "把 pattern 写得更严")
