"""Places in the published words on which a reader wants a word: what the source masked, and what looks damaged.

Both are told, never changed; which they are is data (rules/masks.toml, rules/damage.toml).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from . import damage
from .model import Paragraph
from .rulebook import Rulebook

MASKED = "原文如此，应是隐去的字"


@dataclass(frozen=True, slots=True)
class Remark:
    """``paragraphs[paragraph].text[start:end]`` is a ``mask`` or a ``doubt``; ``note`` says so to the reader."""

    paragraph: int
    start: int
    end: int
    kind: Literal["mask", "doubt"]
    note: str


def of(paragraphs: Sequence[Paragraph], book: Rulebook) -> tuple[Remark, ...]:
    """All remarks on ``paragraphs``, in order, none inside or across another; of two that meet the first one stands.

    >>> from jianggao.rulebook import default
    >>> [(r.start, r.end, r.kind) for r in of([Paragraph("p1", "主任×××讲了原那么。", 1)], default())]
    [(2, 5, 'mask'), (7, 10, 'doubt')]
    """
    found = [
        Remark(f.paragraph, f.start, f.end, "doubt", f"疑似“{f.guess}”之误，照录未改")
        for f in damage.places(paragraphs, book)
    ]
    found += _masks(paragraphs, book)
    out: list[Remark] = []
    for one in sorted(found, key=lambda r: (r.paragraph, r.start, -r.end)):
        if not out or (out[-1].paragraph, out[-1].end) <= (one.paragraph, one.start):
            out.append(one)
    return tuple(out)


def _masks(paragraphs: Sequence[Paragraph], book: Rulebook) -> Iterable[Remark]:
    whole = "\n".join(paragraph.text for paragraph in paragraphs)
    there = [mask for mask in book.masks if any(map(whole.__contains__, mask.signs))]
    for number, paragraph in enumerate(paragraphs if there else ()):
        for mask in there:
            for found in mask.pattern.finditer(paragraph.text):
                yield Remark(number, found.start(), found.end(), "mask", MASKED)
