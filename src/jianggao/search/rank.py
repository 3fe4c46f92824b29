"""Ranking by lunr: exact counts become a partial lunr index; the query language, the logic and the scores are lunr's.

A whole lunr index of pairs would give the same scores, because a field vector only matters where the query has a term:
the partial index has lunr's own BM25 weights for just those terms. Weights are rounded to a thousandth as lunr.js does.
"""

from __future__ import annotations

import math
from typing import Any

from lunr.idf import idf
from lunr.index import Index
from lunr.pipeline import Pipeline
from lunr.token_set import TokenSet
from lunr.vector import Vector

from .archive import Archive
from .query import META_FIELDS, STREAM_FIELDS, Clause, keys_of, lunr_query
from .terms import Counts, Fields, term_fields

BOOSTS = {"title": 4, "heading": 2, "text": 1, "speaker": 1, "occasion": 1, "place": 1}
B, K1 = 0.75, 1.2


def _weights(fields: Fields, posting: dict[str, Any], size: int) -> dict[str, dict[int, float]]:
    """lunr's BM25 weight of one term for each field and speech, rounded as lunr.js rounds."""
    weights: dict[str, dict[int, float]] = {}
    rarity = idf(posting, size)
    for field, (counts, lengths) in fields.items():
        average = int(lengths.sum()) / max(size, 1)
        weights[field] = {}
        for speech, tf in counts.items():
            score = rarity * ((K1 + 1) * tf) / (K1 * (1 - B + B * (int(lengths[speech]) / average)) + tf)
            weights[field][speech] = math.floor(score * BOOSTS[field] * 1000 + 0.5) / 1000
    return weights


def partial_index(archive: Archive, clauses: list[Clause]) -> tuple[Index, dict[str, Counts]]:
    """A lunr index that holds the terms of ``clauses`` only, and the counts behind it by lunr's name of the term."""
    inverted: dict[str, dict[str, Any]] = {}
    vectors: dict[str, list[float]] = {}
    counts: dict[str, Counts] = {}
    keys = keys_of(clauses)
    clause_of = {keys[c.meta, c.units]: c for c in clauses}
    for number, name in enumerate(keys.values()):
        fields = term_fields(archive, clause_of[name])
        counts[name] = {field: found for field, (found, _) in fields.items()}
        posting: dict[str, Any] = {field: {} for field in (*STREAM_FIELDS, *META_FIELDS)}
        for field, (found, _) in fields.items():
            posting[field] = {str(speech): {} for speech in found}
        posting["_index"] = number
        inverted[name] = posting
        for field, weights in _weights(fields, posting, archive.size).items():
            for speech, weight in weights.items():
                vectors.setdefault(f"{field}/{speech}", []).extend((number, weight))
    if all(clause.exclude for clause in clauses):
        for speech in range(archive.size):
            vectors.setdefault(f"text/{speech}", [])
    index = Index(
        inverted_index=inverted,
        field_vectors={ref: Vector(elements) for ref, elements in vectors.items()},
        token_set=TokenSet.from_list(sorted(inverted)),
        fields=[*STREAM_FIELDS, *META_FIELDS],
        pipeline=Pipeline(),
    )
    return index, counts


def rank(archive: Archive, clauses: list[Clause]) -> tuple[dict[int, float], dict[int, int]]:
    """Scores of the speeches that match, and the number of places where the terms stand in each."""
    index, counts = partial_index(archive, clauses)
    names = keys_of(clauses)
    scores = {int(hit["ref"]): float(hit["score"]) for hit in index.search(lunr_query(clauses))}
    total = dict.fromkeys(scores, 0)
    for clause in clauses:
        if not clause.exclude and not clause.meta:
            tally = counts[names[clause.meta, clause.units]][clause.scope or "text"]
            for speech in total:
                total[speech] += tally.get(speech, 0)
    return scores, total
