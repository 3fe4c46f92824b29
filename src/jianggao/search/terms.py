"""Terms: exact places of a term out of the postings of its pairs, and how often it stands in each field of a speech."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .archive import Archive, Postings, is_inside
from .codec import Ints
from .query import STREAM_FIELDS, Clause
from .shards import key
from .units import places, units

Counts = dict[str, dict[int, int]]
Fields = dict[str, tuple[dict[int, int], Ints]]
"""Per field the places of a term in each speech that has any, and how long the field is in each speech, in units."""


def term_postings(archive: Archive, term: Sequence[str]) -> Postings:
    """Where ``term`` starts, and the colour of the heading that holds it whole, 0 where none does."""
    if len(term) == 1:
        return archive.postings(term[0], None)
    offsets = [*range(0, len(term) - 1, 2), *([len(term) - 2] if len(term) % 2 else [])]
    # In the order of the shards, so that a long passage asks for each once.
    offsets.sort(key=lambda at: key(term[at], term[at + 1]))
    found: Postings | None = None
    for offset in offsets:
        place, state = archive.postings(term[offset], term[offset + 1])
        place, colour = place - offset, is_inside(state)
        if found is not None:
            place, one, two = np.intersect1d(found[0], place, assume_unique=True, return_indices=True)
            colour = np.where(found[1][one] == colour[two], colour[two], 0)
        found = place, colour
        if not len(place):
            break
    return found or (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def _tally(speeches: Ints) -> dict[int, int]:
    numbers, counts = np.unique(speeches, return_counts=True)
    return dict(zip(numbers.tolist(), counts.tolist(), strict=True))


def stream_counts(archive: Archive, term: Sequence[str]) -> Counts:
    """Per field of the stream and speech the number of places of ``term``."""
    place, colour = term_postings(archive, term)
    speech = np.searchsorted(archive.bases, place, side="right") - 1
    in_title = place - archive.bases[speech] + len(term) <= archive.lengths["title"][speech]
    return {"title": _tally(speech[in_title]), "heading": _tally(speech[colour > 0]), "text": _tally(speech)}


def meta_counts(archive: Archive, field: str, term: Sequence[str]) -> tuple[dict[int, int], Ints]:
    """Places of ``term`` in a field per speech, and the field's length per speech in units."""
    names, numbers = archive.column(field)
    cut = [units(name) for name in names]
    hits = np.array([0, *(len(places(term, u)) for u in cut)], dtype=np.int64)
    lengths = np.array([0, *map(len, cut)], dtype=np.int64)[numbers]
    per_speech = hits[numbers]
    return {int(d): int(per_speech[d]) for d in np.flatnonzero(per_speech)}, lengths


def term_fields(archive: Archive, clause: Clause) -> Fields:
    """Where the clause's units stand: in the fields of the stream or in the one field outside it that is meant."""
    if clause.meta:
        return {clause.meta: meta_counts(archive, clause.meta, clause.units)}
    tallies = stream_counts(archive, clause.units)
    return {field: (tallies[field], archive.lengths[field]) for field in STREAM_FIELDS}
