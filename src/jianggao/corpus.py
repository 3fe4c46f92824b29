"""A folder of raw files → Corpus. (Interface; body follows.)"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .model import Problem, Reading, Speech


@dataclass(frozen=True, slots=True)
class Corpus:
    """All readings of a folder in path order, and every problem met on the way."""

    root: str
    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...]

    @property
    def speeches(self) -> tuple[Speech, ...]:
        return tuple(s for r in self.readings for s in r.speeches)


def load(root: Path, processes: int | None = None) -> Corpus:
    """Read every raw file below ``root``."""
    raise NotImplementedError
