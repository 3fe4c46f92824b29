"""Columns: what the engine knows of every speech before it reads a text, and what a hit shows.

Speeches are numbered from the newest to the oldest, undated ones last, so that two sort orders cost nothing. ``core``
holds small coded columns for ranking, filters and the fields 讲话人 and 地点; ``card`` files hold what hits show, 128
speeches each; a ``text`` file holds one speech for its snippets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from jianggao.model import Speech

from .codec import encode
from .postings import Sizes
from .shards import File, data_text, digest

CARDS = 128
FACETS: dict[str, Callable[[Speech], str | None]] = {
    "year": lambda s: s.date[:4] if s.date else None,
    "speaker": lambda s: s.speaker,
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


def text_file(speech: Speech) -> File:
    """The file that snippets of one speech are cut from."""
    text = data_text(f"t/{speech.id}", text_rows(speech))
    return File(f"t/{speech.id}-{digest(text)}.js", text)


def cards(speeches: Sequence[Speech], texts: Sequence[File]) -> Iterator[list[list[object]]]:
    """Per ``CARDS`` speeches the rows ``[id, title, date, speaker, digest of the text file]``."""
    rows: list[list[object]] = [
        [s.id, s.title, s.date, s.speaker, file.path[-11:-3]] for s, file in zip(speeches, texts, strict=True)
    ]
    for start in range(0, len(rows), CARDS):
        yield rows[start : start + CARDS]
