"""What every search is measured by: the same speeches, the same queries, and the truth of them by reading them all."""

from __future__ import annotations

import random
import re
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jianggao.search.archive import Archive
from jianggao.search.scan import Scan

HAN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Document:
    """One speech as published."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over the queries. Precision is over those that found anything; ``empty`` is the share that did not."""

    recall: float
    precision: float
    exact: float
    empty: float

    @property
    def balance(self) -> float:
        """The harmonic mean (F1), by which the better way to ask is chosen; silence has no precision."""
        precision = self.precision * (1 - self.empty)
        return 2 * self.recall * precision / (self.recall + precision) if self.recall + precision else 0.0


def published(site: Path) -> list[Document]:
    """The speeches of a site of ours, so that a peer gets the same cleaned texts."""
    archive = Archive(site)
    cards = [archive.card(number) for number in range(archive.size)]
    return [Document(c.id, c.title, "\n".join(row[1] for row in archive.rows(n))) for n, c in enumerate(cards)]


def substrings(documents: Sequence[Document], number: int, shortest: int, longest: int, seed: int = 77) -> list[str]:
    """Different pieces of Han text that stand somewhere in the speeches, cut anywhere: words may be cut in two."""
    chance = random.Random(seed)

    def piece() -> str:
        length = chance.randint(shortest, longest)
        runs = [run for run in HAN.findall(chance.choice(documents).text) if len(run) >= length]
        run = chance.choice(runs) if runs else ""
        begin = chance.randint(0, max(0, len(run) - length))
        return run[begin : begin + length]

    return _gather(number, piece)


def clauses(documents: Sequence[Document], number: int, seed: int = 77) -> list[str]:
    """Different whole clauses of 2 to 8 characters: no word is cut, which is kinder to a search that splits words."""
    chance = random.Random(seed)

    def clause() -> str:
        runs = [run for run in HAN.findall(chance.choice(documents).text) if 2 <= len(run) <= 8]
        return chance.choice(runs) if runs else ""

    return _gather(number, clause)


def _gather(number: int, pick: Callable[[], str]) -> list[str]:
    """Pick until there are ``number`` different ones, or give up on a corpus too small to have them."""
    found: dict[str, None] = {}
    for _ in range(number * 100):
        if len(found) == number:
            break
        if one := pick():
            found[one] = None
    return list(found)


def truths(documents: Sequence[Document], queries: Sequence[str]) -> dict[str, set[str]]:
    """For each query the speeches that hold it, by looking through them all as the contract says."""
    scan = Scan((one.id, f"{one.title}\n{one.text}") for one in documents)
    return {query: set(scan.count(query)) for query in queries}


def quality(answers: Sequence[tuple[set[str], set[str]]]) -> Quality:
    """Judge pairs of the found and the true documents.

    >>> quality([({"a", "b"}, {"a"}), (set(), {"c"})])
    Quality(recall=0.5, precision=0.5, exact=0.0, empty=0.5)
    """
    hits = [(len(found & true), len(found), len(true)) for found, true in answers]
    return Quality(
        recall=statistics.fmean(hit / true for hit, _, true in hits),
        precision=statistics.fmean([hit / found for hit, found, _ in hits if found] or [0.0]),
        exact=statistics.fmean(found == true for found, true in answers),
        empty=statistics.fmean(not found for _, found, _ in hits),
    )
