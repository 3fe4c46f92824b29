"""The self-test 自检: queries drawn from a built archive, and what a plain scan of its own texts says of them.

Drawn are one term and several, Traditional script, exclusion and each field, up to twelve characters a term.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import opencc

from .archive import Archive
from .query import META_FIELDS
from .scan import Scan, plain_units

Found = dict[str, int]
LONGEST = 12
# How often each form is drawn, of ten queries.
FORMS = ("one", "one", "one", "traditional", "traditional", "several", "without", "title", "heading", "field")


@dataclass(frozen=True, slots=True)
class Query:
    """A query as a person types it, its form, and the true answer: id → count."""

    text: str
    form: str
    answer: Found


@dataclass(frozen=True, slots=True)
class Score:
    """Of several queries: how many, speeches that should be found, that were, rightly found ones, wrong counts."""

    queries: int
    wanted: int
    found: int
    right: int
    miscounted: int
    wrong: tuple[str, ...]

    @property
    def recall(self) -> float:
        """Share of the wanted speeches that were found; 1 where none is wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        """Share of the found speeches that were wanted; 1 where none was found."""
        return self.right / self.found if self.found else 1.0


def score(answers: list[tuple[Query, Found]]) -> Score:
    """Compare what a search found with the true answers. ``wrong`` are the queries whose answer differs at all."""
    return Score(
        len(answers),
        sum(len(query.answer) for query, _ in answers),
        sum(len(found) for _, found in answers),
        sum(len(found.keys() & query.answer.keys()) for query, found in answers),
        sum(found[s] != n for query, found in answers for s, n in query.answer.items() if s in found),
        tuple(query.text for query, found in answers if found != query.answer),
    )


class Truth:
    """The texts of a built archive, looked through from beginning to end for each term."""

    def __init__(self, archive: Archive) -> None:
        texts: list[tuple[str, str]] = []
        titles: list[tuple[str, str]] = []
        headings: list[tuple[str, str]] = []
        for number in range(archive.size):
            card = archive.card(number)
            rows = archive.rows(number)
            titles.append((card.id, card.title))
            texts.append((card.id, "\n".join([card.title, *(text for _, text, _ in rows)])))
            for _, text, spans in rows:
                headings += [(card.id, text[a:b]) for a, b in zip(spans[::2], spans[1::2], strict=True)]
        self.ids = [owner for owner, _ in titles]
        self.pools: dict[str, list[tuple[str, str]]] = {"text": texts, "title": titles, "heading": headings}
        for field in META_FIELDS:
            names, numbers = archive.column(field)
            self.pools[field] = [(self.ids[s], names[n - 1]) for s, n in enumerate(numbers.tolist()) if n]
        self._scans: dict[str, Scan] = {}

    def find(self, term: str, field: str = "text") -> Found:
        """Id → count of the speeches that hold ``term`` in ``field``."""
        if field not in self._scans:
            self._scans[field] = Scan(self.pools[field])
        return self._scans[field].count(term)

    def draw(self, number: int, seed: int) -> Iterator[Query]:
        """``number`` queries with their answers; none where the archive has no text."""
        if not any(plain_units(text) for _, text in self.pools["text"]):
            return
        chance = random.Random(seed)
        makers: dict[str, Callable[[random.Random], Query]] = {
            "one": lambda c: self._one("one", self._piece(c, "text")),
            "traditional": lambda c: self._one("traditional", _traditional().convert(self._piece(c, "text"))),
            "several": self._several,
            "without": self._without,
            "title": lambda c: self._in_field(c, "title"),
            "heading": lambda c: self._in_field(c, "heading"),
            "field": lambda c: self._in_field(c, c.choice(META_FIELDS)),
        }
        for turn in range(number):
            yield makers[FORMS[turn % len(FORMS)]](chance)

    def _piece(self, chance: random.Random, field: str, within: str | None = None) -> str:
        """A random substring that holds at least one unit; a straight quotation mark is the query's own sign."""
        pool = self.pools[field] or self.pools["text"]
        for _ in range(10_000):
            text = within if within is not None else chance.choice(pool)[1]
            if not text:
                continue
            start = chance.randrange(len(text))
            piece = text[start : start + chance.randint(1, LONGEST)].replace('"', "，")
            if plain_units(piece):
                return piece
        raise ValueError(f"“{field}”里几乎没有可以检索的字，无法自检")

    def _one(self, form: str, piece: str) -> Query:
        return Query(f'"{piece}"', form, self.find(piece))

    def _pair(self, chance: random.Random) -> tuple[str, str]:
        """Two different terms of one speech."""
        text = ""
        while not plain_units(text):
            text = chance.choice(self.pools["text"])[1]
        one = other = self._piece(chance, "text", text)
        for _ in range(50):
            other = self._piece(chance, "text", text)
            if plain_units(one) != plain_units(other):
                break
        return one, other

    def _several(self, chance: random.Random) -> Query:
        one, other = self._pair(chance)
        first, second = self.find(one), self.find(other)
        same = plain_units(one) == plain_units(other)
        both = {s: n + (0 if same else second[s]) for s, n in first.items() if s in second}
        return Query(f'"{one}" "{other}"', "several", both)

    def _without(self, chance: random.Random) -> Query:
        one, _ = self._pair(chance)
        other, _ = self._pair(chance)
        away = self.find(other)
        return Query(f'"{one}" -"{other}"', "without", {s: n for s, n in self.find(one).items() if s not in away})

    def _in_field(self, chance: random.Random, field: str) -> Query:
        piece = self._piece(chance, field)
        found = self.find(piece, field)
        # What stands in a field outside the stream is no place in the text.
        return Query(f'{field}:"{piece}"', field, found if field not in META_FIELDS else dict.fromkeys(found, 0))


@functools.cache
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")
