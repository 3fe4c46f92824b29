"""What a new rule would do: the same files read without it and with it, and every difference.

A rule looks right on the line that it was written for; what it does to all the others is the question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from . import corpus, pipeline
from .explain import FIELDS
from .model import Reading, Speech
from .rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Touched:
    """One line that comes out otherwise: ``before`` and ``after`` are what the edition says in its place (None: nothing).

    ``published`` tells that the line was part of a speech until now: the ones to look at first.
    """

    file: str
    line: int
    before: str | None
    after: str | None
    published: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """What else a file is read as now: fields, headings, number of speeches; ``what`` is a sentence."""

    file: str
    what: str


def compare(paths: Iterable[Path], root: Path, old: Rulebook, new: Rulebook) -> Iterator[Touched | Difference]:
    """Every difference between the two rulebooks on the raw files ``paths`` below ``root``, in path order."""
    for path in paths:
        shown = path.relative_to(root).as_posix()
        raw = path.read_bytes()
        before, after = (pipeline.read(raw, shown, None, book) for book in (old, new))
        yield from _lines(before, after)
        yield from _shapes(before, after)


def files(path: Path) -> tuple[Path, list[Path]]:
    """The folder that names are told from, and the raw files of a file or folder."""
    return (path, corpus.raw_files(path)) if path.is_dir() else (path.parent, [path])


def _lines(before: Reading, after: Reading) -> Iterator[Touched]:
    was = {line.number: line.text for line in before.final}
    now = {line.number: line.text for line in after.final}
    text = "\n".join(s.text for s in before.speeches)
    for line in before.decoded:
        one, other = was.get(line.number), now.get(line.number)
        if one != other:
            yield Touched(before.file, line.number, one, other, bool(one and one.strip() and one in text))


def _shapes(before: Reading, after: Reading) -> Iterator[Difference]:
    if len(before.speeches) != len(after.speeches):
        yield Difference(before.file, f"读出 {len(after.speeches)} 篇，原来 {len(before.speeches)} 篇")
        return
    for one, other in zip(before.speeches, after.speeches, strict=True):
        for key, name in FIELDS:
            if getattr(one, key) != getattr(other, key):
                yield Difference(
                    before.file, f"{name}：「{getattr(one, key) or '无'}」改为「{getattr(other, key) or '无'}」"
                )
        yield from _outlines(before.file, one, other)


def _outlines(file: str, one: Speech, other: Speech) -> Iterator[Difference]:
    was, now = ([(h.level, h.text, h.line) for h in s.outline] for s in (one, other))
    for level, text, line in was:
        if (level, text, line) not in now:
            yield Difference(file, f"提纲少了第 {line} 行的 {level} 级标题「{text}」")
    for level, text, line in now:
        if (level, text, line) not in was:
            yield Difference(file, f"提纲多了第 {line} 行的 {level} 级标题「{text}」")
