"""Columns: what the engine knows of every speech before it reads a text, and what a hit shows.

Speeches are numbered from the newest to the oldest, undated ones last, so that two sort orders cost nothing. ``core``
holds small coded columns for ranking, filters and the fields 讲话人 and 地点; a ``text`` file holds one speech, its card
and its paragraphs, so that a list of hits costs one file each; ``card`` files hold the cards of 128 speeches for lists
without snippets.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from jianggao.model import Speech

from .codec import encode
from .fold import is_han
from .postings import Sizes
from .shards import File, data_text, digest
from .units import units

CARDS = 128
NAME = 10  # characters of a text file's name: fifty bits, so that no two of a million are likely to meet
Card = list[str | None]
FACETS: dict[str, Callable[[Speech], str | None]] = {
    "year": lambda s: s.date[:4] if s.date else None,
    "speaker": lambda s: s.speaker,
    "level": lambda s: s.level,
    "kind": lambda s: s.kind,
    "place": lambda s: s.place,
    "source": lambda s: s.source.site,
    "completeness": lambda s: s.completeness.status,
}


def ordered(speeches: Sequence[Speech]) -> list[Speech]:
    """Newest first, undated last, by id where dates are the same. Raises ``ValueError`` when two share an id."""
    by_id = sorted(speeches, key=lambda s: s.id)
    for one, two in pairwise(by_id):
        if one.id == two.id:
            raise ValueError(f"两篇讲稿的编号相同：{one.id}（{one.file}，{two.file}）")
    return sorted(by_id, key=lambda s: s.date or "", reverse=True)


def column(values: Sequence[str | None]) -> list[object]:
    """Distinct values in order, and per speech the coded number of its value from 1, 0 for none.

    >>> column(["甲", None, "甲", "乙"])
    [['乙', '甲'], '%#%$']
    """
    names = sorted({v for v in values if v})
    number = {name: i + 1 for i, name in enumerate(names)}
    return [names, encode(np.array([number.get(v or "", 0) for v in values], dtype=np.int64))]


def core_parts(speeches: Sequence[Speech], sizes: Sequence[Sizes]) -> dict[str, object]:
    """The columns that every query needs."""
    return {
        "dated": sum(s.date is not None for s in speeches),
        "text": encode(np.array([z.text for z in sizes], dtype=np.int64)),
        "title": encode(np.array([z.title for z in sizes], dtype=np.int64)),
        "heading": encode(np.array([z.heading for z in sizes], dtype=np.int64)),
        "facets": {name: column([get(s) for s in speeches]) for name, get in FACETS.items()},
    }


def text_rows(speech: Speech) -> list[list[object]]:
    """Paragraphs as ``[id, text]``, with the ``[start, end, …]`` of the headings in it where there are any."""
    spans: dict[int, list[int]] = {}
    for h in speech.outline:
        if h.attested == "body" and h.paragraph is not None and h.end > h.start:
            spans.setdefault(h.paragraph, []).extend((h.start, h.end))
    return [[p.id, p.text, *([spans[i]] if i in spans else [])] for i, p in enumerate(speech.paragraphs)]


def card(speech: Speech) -> Card:
    """What a hit shows: ``[id, title, date, speaker]``."""
    return [speech.id, speech.title, speech.date, speech.speaker]


def text_file(speech: Speech) -> File:
    """The file of one speech: its card, its rows and its odd characters. It is named by what it holds."""
    parts = [card(speech), text_rows(speech), odd_characters(f"{speech.title}{speech.text}")]
    name = text_name(parts)
    return File(f"t/{name}.js", data_text(f"t/{name}", *parts))


def odd_characters(text: str) -> str:
    """The characters of ``text`` that fold to other Han characters: whoever looks for those must fold the text first.

    >>> odd_characters("基層黨建，㈱ GDP")
    '㈱層黨'
    """
    return "".join(char for char in sorted(set(text)) if _is_odd(char))


@functools.cache
def _is_odd(char: str) -> bool:
    return any(unit != char and len(unit) == 1 and is_han(unit) for unit in units(char))


def text_name(parts: Sequence[object]) -> str:
    """The name of the text file that holds ``parts``."""
    return digest(data_text("t", *parts), NAME)


def cards(speeches: Sequence[Speech]) -> Iterator[list[Card]]:
    """The cards of ``CARDS`` speeches each."""
    for start in range(0, len(speeches), CARDS):
        yield [card(s) for s in speeches[start : start + CARDS]]
