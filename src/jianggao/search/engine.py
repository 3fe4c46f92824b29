"""The answer to a search: matches, filtered, counted by facet, sorted, shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .archive import Archive, Card
from .query import Clause, QueryError, clauses_of
from .rank import rank
from .snippets import marked, matches, snippets

HEADS = ("讲话日期", "讲话人", "标题", "处数", "编号", "网页")
"""The columns of a table of hits."""


def filtered(
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


def matching(
    archive: Archive, clauses: list[Clause], filters: Mapping[str, Sequence[str]] | None, sort: str
) -> tuple[list[int], dict[int, float], dict[int, int], dict[str, dict[str, int]]]:
    """The speeches that match and pass ``filters``, in order; their scores and counts; the counts of the facets.

    Raises ``QueryError`` for a filter or an order that there is not.
    """
    scores, counts = rank(archive, clauses)
    found, facets = filtered(archive, sorted(scores), filters or {})
    return _sorted(archive, found, scores, sort), scores, counts, facets


def search(
    archive: Archive,
    query: str,
    *,
    offset: int = 0,
    limit: int = 10,
    sort: str = "relevance",
    only: str = "",
    with_snippets: bool = True,
    filters: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """What ``window.jianggao.search`` gives, without ``ms``. A query that cannot be run: no hits and a ``message``."""
    try:
        clauses = clauses_of(query, only)
        order, scores, counts, facets = matching(archive, clauses, filters, sort)
    except QueryError as error:
        return {"total": 0, "occurrences": 0, "hits": [], "facets": {}, "message": str(error)}
    shown = order[max(offset, 0) : max(offset, 0) + max(limit, 0)]
    hits = [_hit(archive, s, clauses, with_snippets) | {"count": counts[s], "score": scores[s]} for s in shown]
    result: dict[str, Any] = {
        "total": len(order),
        "occurrences": sum(counts[s] for s in order),
        "hits": hits,
        "facets": facets,
    }
    if order and all(clause.exclude for clause in clauses):
        result["message"] = "只写了要排除的词：下面是不含这些词的全部讲稿。"
    return result


def hit_rows(hits: Sequence[Mapping[str, Any]]) -> list[list[str | int | float | None]]:
    """The hits as a table, heads first."""
    names = ("date", "speaker", "title", "count", "id", "url")
    return [list(HEADS), *([hit[name] for name in names] for hit in hits)]


def _hit(archive: Archive, speech: int, clauses: list[Clause], with_snippets: bool) -> dict[str, Any]:
    card = archive.card(speech)
    return {
        "id": card.id,
        "url": address(card),
        "title": card.title,
        "titleHtml": marked(card.title, 0, len(card.title), matches(card.title, [], clauses)),
        "date": card.date,
        "speaker": card.speaker,
        "snippets": snippets(card.title, archive.rows(speech), clauses) if with_snippets else [],
    }


def address(card: Card) -> str:
    """Where a speech's page is, below the site's beginning."""
    return f"speeches/{card.id}.html"
