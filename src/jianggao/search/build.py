"""Speeches → the search data of a site: a folder of classic script files, the same bytes for the same input."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jianggao.model import Speech

from .codec import CONTINUERS, STOPPERS
from .columns import CARDS, cards, column, core_parts, ordered, text_file
from .fold import browser_tables
from .postings import Line, records
from .shards import Shard, data_text, digest, manifest_keys, shards

_COMMENT = re.compile(r"^[ \t]*(?:/\*(?!\*\n \* lunr - ).*?\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: ``shards`` files with ``index_bytes`` in all (all that a search loads but texts and lunr),
    ``text_bytes`` of snippet texts, ``raw_bytes`` of speeches in UTF-8."""

    speeches: int
    shards: int
    index_bytes: int
    text_bytes: int
    raw_bytes: int


def build(speeches: Sequence[Speech], folder: Path, lunr: str) -> Built:
    """Write the search data into ``folder``; ``lunr`` is the source of lunr.js.

    Everything is written beside ``folder`` and moved into place at the end. Raises ``ValueError`` when two speeches
    share an id, ``OSError`` when the disk refuses.
    """
    speeches = ordered(speeches)
    beside = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    for name in ("p", "c", "t"):
        (beside / name).mkdir(parents=True)
    built = _write(speeches, beside, lunr)
    shutil.rmtree(folder, ignore_errors=True)
    beside.replace(folder)
    return built


def _write(speeches: Sequence[Speech], folder: Path, lunr: str) -> Built:
    line = Line(speeches)
    made = list(_write_shards(line, folder))
    texts = [text_file(s) for s in speeches]
    text_bytes = sum(_put(folder / file.path, file.text) for file in texts)
    index_bytes = sum(size for _, _, size in made)
    card_digests: list[str] = []
    for number, rows in enumerate(cards(speeches, texts)):
        name, size = _put_hashed(folder, f"c/{number}", rows)
        card_digests.append(name[-11:-3])
        index_bytes += size
    core, core_size = _put_hashed(folder, "core", core_parts(speeches, line.sizes))
    tables, tables_size = _put_hashed(folder, "tables", browser_tables())
    occasion, occasion_size = _put_hashed(folder, "occasion", column([s.occasion for s in speeches]))
    engine = _COMMENT.sub("", lunr.replace("\r\n", "\n"))
    engine_name = f"lunr-{digest(engine)}.js"
    _put(folder / engine_name, engine)
    manifest: dict[str, object] = {
        "speeches": len(speeches),
        "code": [STOPPERS, CONTINUERS],
        "files": {"core": core, "tables": tables, "occasion": occasion, "lunr": engine_name},
        "cards": [CARDS, "".join(card_digests)],
        "keys": manifest_keys(shard for shard, _, _ in made),
        "digests": "".join(d for _, d, _ in made),
    }
    index_bytes += core_size + tables_size + occasion_size
    index_bytes += _put(folder / "manifest.js", data_text("manifest", manifest))
    raw = sum(len(s.title.encode("utf-8")) + len(s.text.encode("utf-8")) for s in speeches)
    return Built(len(speeches), len(made), index_bytes, text_bytes, raw)


def _write_shards(line: Line, folder: Path) -> list[tuple[Shard, str, int]]:
    """Write all shards; of each only its key is kept, with its digest and size in bytes."""
    made: list[tuple[Shard, str, int]] = []
    for number, shard in enumerate(shards(records(line))):
        name, size = _put_hashed(folder, f"p/{number}", shard.directory, shard.records)
        made.append((Shard(shard.first, shard.second, shard.goes_on, "", ""), name[-11:-3], size))
    return made


def _put_hashed(folder: Path, name: str, *parts: object) -> tuple[str, int]:
    """Write a data file under its name and digest; gives its path below ``folder`` and its size in bytes."""
    text = data_text(name, *parts)
    path = f"{name}-{digest(text)}.js"
    return path, _put(folder / path, text)


def _put(path: Path, text: str) -> int:
    return path.write_bytes(text.encode("utf-8"))
