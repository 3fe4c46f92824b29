"""Shards 分片: records of postings in classic script files of bounded size, and the way back.

Every data file is one call, ``jianggao.take([name, part, ...]);``, so that a page opened by double click can load it
with a ``<script>`` and Python can read it as JSON. A shard's two parts are its directory and its records::

    directory   "工>作程,2024,| 基>层$"   a group per first unit, then its second units, longer ones between commas
    records     "%5y.. #Kt$!%3.. ..."     in the directory's order: gaps, and after "!" where headings are

Large pairs go on in the next shard; a shard that goes on says so in the manifest with ``~`` before its key.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from .postings import Record

LEAST, MOST = 8_000, 32_000  # bytes of one shard; smaller ones would be mostly file system, larger ones slow to read
LISTED, LOADED = 16, 2  # bytes by which the core names a shard, and shards that answer a query of four characters
DIGEST = 8  # characters of a digest, five bits each
Key = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class File:
    """One data file: path below the data folder, and its whole text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard on its way to disk: its first pair, whether that pair began in the shard before, its two parts."""

    first: str
    second: str
    goes_on: bool
    directory: str
    records: str


def digest(text: str, size: int = DIGEST) -> str:
    """``size`` letters and figures that change with ``text``; lower case, since some file systems ignore case."""
    return base64.b32encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")[:size].lower()


def data_text(name: str, *parts: object) -> str:
    """The text of a data file.

    >>> data_text("p0", "一", [1])
    'jianggao.take(["p0","一",[1]]);\\n'
    """
    body = json.dumps([name, *parts], ensure_ascii=False, separators=(",", ":"))
    # Two line ends that JSON allows inside a string and older JavaScript does not.
    return f"jianggao.take({body.replace(chr(0x2028), chr(92) + 'u2028').replace(chr(0x2029), chr(92) + 'u2029')});\n"


def data_parts(text: str) -> list[object]:
    """The parts of a data file without its name. Raises ``ValueError`` when the text is damaged."""
    head, tail = "jianggao.take(", ");\n"
    if not (text.startswith(head) and text.endswith(tail)):
        raise ValueError("not a data file")
    parts = json.loads(text[len(head) : -len(tail)])
    if not isinstance(parts, list) or not parts:
        raise ValueError("not a data file")
    return parts[1:]


def bound_for(raw: int) -> int:
    """Bytes up to which to fill a shard, for ``raw`` bytes of text, which the index roughly equals: with ``b`` the first
    query loads ``LISTED * raw / b`` in the core and ``LOADED * b`` in shards, least where both are the same.

    >>> bound_for(10_760_000), bound_for(107_600_000), bound_for(0)
    (9277, 29339, 8000)
    """
    return min(max(math.isqrt(LISTED * raw // LOADED), LEAST), MOST)


def shards(records: Iterable[Record], bound: int) -> Iterator[Shard]:
    """Fill shards up to ``bound`` bytes, in the order of ``records``; a record that is larger fills one alone."""
    held: list[Record] = []
    size, last = 0, ("", "")
    for record in records:
        cost = len(record.gaps) + len(record.marks) + len(record.second.encode("utf-8")) + 2
        if held and size + cost > bound:
            yield _shard(held, last)
            last = (held[-1].first, held[-1].second)
            held, size = [], 0
        held.append(record)
        size += cost
    if held:
        yield _shard(held, last)


def _shard(held: list[Record], before: tuple[str, str]) -> Shard:
    groups = (f"{first}>{_seconds(r.second for r in group)}" for first, group in groupby(held, lambda r: r.first))
    texts = b" ".join(r.gaps + (b"!" + r.marks if r.marks else b"") for r in held)
    first = held[0]
    goes_on = before == (first.first, first.second)
    return Shard(first.first, first.second, goes_on, " ".join(groups), texts.decode("ascii"))


def _seconds(units: Iterable[str]) -> str:
    """Units of one character side by side, longer ones between commas."""
    return "".join(u if len(u) == 1 else f",{u}," for u in units)


def read_directory(directory: str) -> list[tuple[str, str]]:
    """The pairs of a shard in order.

    >>> read_directory("工>作,2024,,gdp,|a 基>$")
    [('工', '作'), ('工', '2024'), ('工', 'gdp'), ('工', '|'), ('工', 'a'), ('基', '$')]
    """
    pairs: list[tuple[str, str]] = []
    for group in directory.split(" "):
        first, seconds = group.split(">")
        for turn, piece in enumerate(seconds.split(",")):
            pairs += [(first, piece)] if turn % 2 else [(first, char) for char in piece]
    return pairs


def key(first: str, second: str) -> Key:
    """The order of pairs: by UTF-16, as JavaScript compares strings."""
    return first.encode("utf-16-be"), second.encode("utf-16-be")


class Keys:
    """Which shards may hold a pair, from the manifest's ``keys``: ``工>作 ~工>作 基>层``, one per shard."""

    def __init__(self, keys: str) -> None:
        names = keys.split(" ") if keys else []
        self.goes_on = [name.startswith("~") for name in names]
        pairs = [name.removeprefix("~").split(">") for name in names]
        self.keys = [key(first, second) for first, second in pairs]

    def pair(self, first: str, second: str) -> range:
        """Numbers of the shards where the pair's records stand, if it has any."""
        wanted = key(first, second)
        start = bisect_left(self.keys, wanted)
        begins_here = start < len(self.keys) and self.keys[start] == wanted and not self.goes_on[start]
        return range(start if begins_here else max(start - 1, 0), bisect_right(self.keys, wanted))

    def unit(self, first: str) -> range:
        """Numbers of the shards where pairs starting with ``first`` stand, if there are any."""
        start = bisect_left(self.keys, key(first, ""))
        return range(max(start - 1, 0), bisect_right(self.keys, (key(first, "")[0], b"\xff\xff\xff")))


def manifest_keys(made: Iterable[Shard]) -> str:
    """The ``keys`` of the manifest."""
    return " ".join(f"{'~' if s.goes_on else ''}{s.first}>{s.second}" for s in made)
