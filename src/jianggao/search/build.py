"""Speeches → the search data of a site: a folder of classic script files, the same bytes for the same input."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from jianggao.model import Speech

from . import program
from .codec import encode
from .columns import CARDS, cards, column, core_parts, ordered, text_file
from .postings import Line, records
from .shards import Shard, bound_for, data_text, digest, manifest_keys, shards


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: ``shards`` files with ``index_bytes`` in all (all that a search loads but texts and program),
    ``text_bytes`` of snippet texts, ``raw_bytes`` of speeches in UTF-8."""

    speeches: int
    shards: int
    index_bytes: int
    text_bytes: int
    raw_bytes: int


def build(speeches: Sequence[Speech], folder: Path, sources: program.Sources) -> Built:
    """Write the search data into ``folder``.

    Everything is written beside ``folder`` and moved into place at the end. Raises ``ValueError`` when two speeches
    share an id, ``OSError`` when the disk refuses.
    """
    speeches = ordered(speeches)
    beside = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    for name in ("p", "c", "t"):
        (beside / name).mkdir(parents=True)
    built = _Writer(beside).write(speeches, program.files(sources))
    shutil.rmtree(folder, ignore_errors=True)
    beside.replace(folder)
    return built


class _Writer:
    """Writes into one folder and adds up the bytes of the index."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index_bytes = 0

    def write(self, speeches: Sequence[Speech], scripts: dict[str, str]) -> Built:
        line = Line(speeches)
        raw = sum(len(s.title.encode("utf-8")) + len(s.text.encode("utf-8")) for s in speeches)
        made = self._shards(line, bound_for(raw))
        names, text_bytes = self._texts(speeches)
        core = core_parts(speeches, line.sizes) | {
            "cards": [CARDS, "".join(self._hashed(f"c/{n}", rows)[1] for n, rows in enumerate(cards(speeches)))],
            "keys": manifest_keys(shard for shard, _ in made),
            "digests": "".join(d for _, d in made),
        }
        parts: dict[str, tuple[object, ...]] = {
            "core": (core,),
            "names": ("".join(names),),
            "occasion": (column([s.occasion for s in speeches]),),
            "chars": (encode(np.array([s.chars for s in speeches], dtype=np.int64)),),
        }
        files = {name: self._hashed(name, *own)[0] for name, own in parts.items()}
        for name, text in scripts.items():
            files[name] = f"{name}-{digest(text)}.js"
            self._put(files[name], text)
        self._index_bytes += self._put(
            "manifest.js", data_text("manifest", {"speeches": len(speeches), "files": files})
        )
        return Built(len(speeches), len(made), self._index_bytes, text_bytes, raw)

    def _shards(self, line: Line, bound: int) -> list[tuple[Shard, str]]:
        """Write all shards; of each only its key is kept, with its digest."""
        return [
            (
                Shard(shard.first, shard.second, shard.goes_on, "", ""),
                self._hashed(f"p/{number}", shard.directory, shard.records)[1],
            )
            for number, shard in enumerate(shards(records(line), bound))
        ]

    def _texts(self, speeches: Sequence[Speech]) -> tuple[list[str], int]:
        """Write the texts; gives their names and their bytes. Raises ``ValueError`` when two names meet."""
        names: list[str] = []
        size = 0
        for speech in speeches:
            file = text_file(speech)
            size += self._put(file.path, file.text)
            names.append(file.path[2:-3])
        if len(set(names)) < len(names):
            raise ValueError("两篇讲稿的摘录文件重名；把其中一篇的原稿改动一个空格即可避开")
        return names, size

    def _hashed(self, name: str, *parts: object) -> tuple[str, str]:
        """Write a data file under its name and digest; gives its path below the folder and the digest."""
        text = data_text(name, *parts)
        mark = digest(text)
        self._index_bytes += self._put(f"{name}-{mark}.js", text)
        return f"{name}-{mark}.js", mark

    def _put(self, path: str, text: str) -> int:
        return (self._folder / path).write_bytes(text.encode("utf-8"))
