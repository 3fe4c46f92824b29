"""The search data of a built site, read back from its files. Only what a query needs is read."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from .codec import Ints, decode, unpack
from .columns import NAME
from .postings import FIRST_ONLY
from .shards import DIGEST, Keys, data_parts, read_directory

Postings = tuple[Ints, Ints]
Row = tuple[str, str, list[int]]
"""A paragraph: id, text, start and end of each heading in it."""


class Card(NamedTuple):
    """What a hit shows of a speech."""

    id: str
    title: str
    date: str | None
    speaker: str | None


class DataError(ValueError):
    """A data file is missing or damaged; the message says which, in Chinese."""


class Archive:
    """``site`` is the folder of the built site. Raises ``DataError`` when it has no search data."""

    def __init__(self, site: Path) -> None:
        self.folder = site / "assets" / "search" / "data"
        self.manifest: dict[str, Any] = self._load("manifest.js")[0]
        self.size: int = self.manifest["speeches"]
        self.core: dict[str, Any] = self._file("core")
        self.keys = Keys(self.core["keys"])
        self.names: str = self._file("names")
        self.lengths = {name: decode(self.core[name]) for name in ("text", "title", "heading")}
        # Each stream is followed by one empty position.
        self.bases = np.concatenate(([0], np.cumsum(self.lengths["text"] + 1)))

    def _load(self, path: str) -> list[Any]:
        file = self.folder / path
        try:
            return data_parts(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise DataError(f"缺少检索数据文件：{file}。请重新生成网站（mkdocs build）。") from error
        except ValueError as error:
            raise DataError(f"检索数据文件已损坏：{file}。请重新生成网站（mkdocs build）。") from error

    def _file(self, name: str) -> Any:
        """The one part of a file that the manifest names."""
        return self._load(self.manifest["files"][name])[0]

    @functools.cached_property
    def chars(self) -> Ints:
        """Length of each speech in characters."""
        return decode(self._file("chars"))

    def column(self, name: str) -> tuple[list[str], Ints]:
        """Distinct values of a column and per speech the number of its value from 1, 0 for none."""
        raw = self._file("occasion") if name == "occasion" else self.core["facets"][name]
        return raw[0], decode(raw[1])

    @functools.lru_cache(maxsize=64)  # noqa: B019 - an archive lives as long as the program
    def _shard(self, number: int) -> tuple[list[tuple[str, str]], list[str]]:
        path = f"p/{number}-{_nth(self.core['digests'], number)}.js"
        directory, records = self._load(path)
        pairs, texts = read_directory(directory), records.split(" ")
        if len(pairs) != len(texts):
            raise DataError(f"检索数据文件已损坏：{self.folder / path}。请重新生成网站（mkdocs build）。")
        return pairs, texts

    def postings(self, first: str, second: str | None) -> Postings:
        """Positions, rising, and heading states of a pair, or of all pairs that start with ``first``."""
        numbers = self.keys.unit(first) if second is None else self.keys.pair(first, second)
        places, states = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for number in numbers:
            pairs, texts = self._shard(number)
            for (one, two), text in zip(pairs, texts, strict=True):
                if one == first and second in (None, two):
                    place, state = _read_record(text)
                    places.append(place)
                    states.append(state)
        place, state = np.concatenate(places), np.concatenate(states)
        order = np.argsort(place, kind="stable")
        return place[order], state[order]

    @functools.lru_cache(maxsize=64)  # noqa: B019 - as above
    def _cards(self, number: int) -> list[list[Any]]:
        rows: list[list[Any]] = self._load(f"c/{number}-{_nth(self.core['cards'][1], number)}.js")[0]
        return rows

    def card(self, speech: int) -> Card:
        """What a hit shows."""
        per_file = self.core["cards"][0]
        return Card(*self._cards(speech // per_file)[speech % per_file])

    def rows(self, speech: int) -> list[Row]:
        """Paragraphs of a speech."""
        _, rows, _ = self._load(f"t/{self.names[NAME * speech : NAME * speech + NAME]}.js")
        return [(row[0], row[1], row[2] if len(row) > 2 else []) for row in rows]


def _nth(digests: str, number: int) -> str:
    return digests[DIGEST * number : DIGEST * number + DIGEST]


def _read_record(text: str) -> Postings:
    gaps, _, marks = text.partition("!")
    places = np.cumsum(unpack(gaps))
    states = np.zeros(len(places), dtype=np.int64)
    if marks:
        coded = unpack(marks)
        states[np.cumsum(coded // 3)] = coded % 3 + 1
    return places, states


def is_inside(state: Ints) -> Ints:
    """The colour of the heading that holds both units of a pair, 0 where none does."""
    return np.where(state == FIRST_ONLY, 0, state)
