"""Search: a query's exact postings become a partial lunr index; lunr does the boolean logic and the ranking.

A term is one term of lunr's index however many units it has. The field vectors hold nothing but the query's terms,
which changes no score: lunr divides by the length of the query's vector only. Scores are those of a whole lunr index.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from lunr.idf import idf
from lunr.index import Index
from lunr.pipeline import Pipeline
from lunr.token_set import TokenSet
from lunr.vector import Vector

from .archive import Archive, Postings, is_inside
from .codec import Ints
from .query import META_FIELDS, STREAM_FIELDS, Clause, QueryError, keys_of, lunr_query, parse
from .shards import key
from .snippets import marked, matches, snippets
from .units import places, units

BOOSTS = {"title": 4, "heading": 2, "text": 1, "speaker": 1, "occasion": 1, "place": 1}
B, K1 = 0.75, 1.2
Counts = dict[str, dict[int, int]]


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


def _vectors(fields: Mapping[str, tuple[dict[int, int], Ints]], posting: dict[str, Any], size: int) -> Counts:
    """lunr's BM25 weight of one term for each field and speech, rounded as lunr.js rounds."""
    weights: dict[str, dict[int, float]] = {}
    rarity = idf(posting, size)
    for field, (counts, lengths) in fields.items():
        average = int(lengths.sum()) / max(size, 1)
        weights[field] = {}
        for speech, tf in counts.items():
            score = rarity * ((K1 + 1) * tf) / (K1 * (1 - B + B * (int(lengths[speech]) / average)) + tf)
            weights[field][speech] = math.floor(score * BOOSTS[field] * 1000 + 0.5) / 1000
    return weights  # type: ignore[return-value]


def partial_index(archive: Archive, clauses: list[Clause]) -> tuple[Index, dict[str, Counts]]:
    """A lunr index that holds the terms of ``clauses`` only, and the counts behind it by lunr's name of the term."""
    inverted: dict[str, dict[str, Any]] = {}
    vectors: dict[str, list[float]] = {}
    counts: dict[str, Counts] = {}
    for number, ((meta, term), name) in enumerate(keys_of(clauses).items()):
        if meta:
            found, lengths = meta_counts(archive, meta, term)
            fields = {meta: (found, lengths)}
        else:
            tallies = stream_counts(archive, term)
            fields = {field: (tallies[field], archive.lengths[field]) for field in STREAM_FIELDS}
        counts[name] = {field: found for field, (found, _) in fields.items()}
        posting: dict[str, Any] = {field: {} for field in (*STREAM_FIELDS, *META_FIELDS)}
        for field, (found, _) in fields.items():
            posting[field] = {str(speech): {} for speech in found}
        posting["_index"] = number
        inverted[name] = posting
        for field, weights in _vectors(fields, posting, archive.size).items():
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


def _facets(
    archive: Archive, found: list[int], filters: Mapping[str, Sequence[str]]
) -> tuple[list[int], dict[str, dict[str, int]]]:
    """What is left of ``found``, and the counts of each facet among what all the other filters leave."""
    columns = {name: archive.column(name) for name in archive.core["facets"]}
    passes: dict[str, set[int]] = {}
    for name, wanted in filters.items():
        if name not in columns:
            raise QueryError(f"没有“{name}”这个筛选项。可用的筛选项：{'、'.join(columns)}。")
        values, numbers = columns[name]
        if wanted:
            passes[name] = {s for s in found if numbers[s] and values[numbers[s] - 1] in wanted}
    facets: dict[str, dict[str, int]] = {}
    for name, (values, numbers) in columns.items():
        rest = [s for s in found if all(s in ok for other, ok in passes.items() if other != name)]
        tally = np.bincount(numbers[rest], minlength=len(values) + 1)[1:].tolist()
        facets[name] = {value: n for value, n in zip(values, tally, strict=True) if n}
    return [s for s in found if all(s in ok for ok in passes.values())], facets


def _sorted(archive: Archive, found: list[int], scores: dict[int, float], sort: str) -> list[int]:
    if sort == "newest":
        return sorted(found)
    if sort == "oldest":
        dated = archive.core["dated"]
        return sorted((s for s in found if s < dated), reverse=True) + sorted(s for s in found if s >= dated)
    if sort == "relevance":
        return sorted(found, key=lambda s: (-scores[s], s))
    raise QueryError(f"没有“{sort}”这种排序。可用：relevance（相关）、newest（从新到旧）、oldest（从旧到新）。")


def search(
    archive: Archive,
    query: str,
    *,
    offset: int = 0,
    limit: int = 10,
    sort: str = "relevance",
    with_snippets: bool = True,
    filters: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """What ``window.jianggao.search`` gives, without ``ms``. A query that cannot be run: no hits and a ``message``."""
    try:
        clauses = parse(query)
        scores, counts = rank(archive, clauses)
        found, facets = _facets(archive, sorted(scores), filters or {})
        order = _sorted(archive, found, scores, sort)
    except QueryError as error:
        return {"total": 0, "hits": [], "facets": {}, "message": str(error)}
    shown = order[max(offset, 0) : max(offset, 0) + max(limit, 0)]
    hits = [_hit(archive, s, clauses, with_snippets) | {"count": counts[s], "score": scores[s]} for s in shown]
    result: dict[str, Any] = {"total": len(order), "hits": hits, "facets": facets}
    if all(clause.exclude for clause in clauses):
        result["message"] = "只写了要排除的词：下面是不含这些词的全部讲稿。"
    return result


def _hit(archive: Archive, speech: int, clauses: list[Clause], with_snippets: bool) -> dict[str, Any]:
    name, title, date, speaker, _ = archive.card(speech)
    return {
        "id": name,
        "url": f"speeches/{name}.html",
        "title": title,
        "titleHtml": marked(title, 0, len(title), matches(title, [], clauses)),
        "date": date,
        "speaker": speaker,
        "snippets": snippets(title, archive.rows(speech), clauses) if with_snippets else [],
    }
