"""The trend 词频趋势: places of up to five terms per year, and the characters of that year to measure them by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .archive import Archive
from .engine import filtered
from .query import QueryError, clauses_of
from .rank import rank
from .terms import term_fields

MOST = 5


def trend(
    archive: Archive, query: str, *, only: str = "", filters: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Any]:
    """What ``window.jianggao.trend`` gives, without ``ms``. Each term is a series; whatever else the query says (``-词``,
    ``讲话人:名``) and the filters choose the speeches that are counted and measured."""
    try:
        clauses = clauses_of(query, only)
        terms = [c for c in clauses if not c.exclude and not c.meta]
        others = [c for c in clauses if c.exclude or c.meta]
        if not terms:
            raise QueryError("没有可以画成趋势的词：请写上要看的词，几个词之间用空格隔开。")
        if len(terms) > MOST:
            raise QueryError(f"一次最多看 {MOST} 个词的趋势，这里有 {len(terms)} 个。请去掉几个。")
        every = sorted(rank(archive, others)[0]) if others else list(range(archive.size))
        found, facets = filtered(archive, every, filters or {})
    except QueryError as error:
        return {
            "years": [],
            "series": [],
            "undated": {"speeches": 0, "chars": 0},
            "facets": {},
            "message": str(error),
        }
    names, numbers = archive.column("year")
    width = len(names) + 1
    years = numbers[found]
    speeches = np.bincount(years, minlength=width).tolist()
    chars = np.bincount(years, weights=archive.chars[found], minlength=width).astype(np.int64).tolist()
    series = []
    for term in terms:
        tally = term_fields(archive, term)[term.scope or "text"][0]
        per_speech = np.array([tally.get(s, 0) for s in found], dtype=np.int64)
        counts = np.bincount(years, weights=per_speech, minlength=width).astype(np.int64).tolist()
        series.append({"term": term.source, "counts": counts[1:], "undated": counts[0], "total": sum(counts)})
    return {
        "years": [{"year": name, "speeches": speeches[n], "chars": chars[n]} for n, name in enumerate(names, 1)],
        "series": series,
        "undated": {"speeches": speeches[0], "chars": chars[0]},
        "facets": facets,
    }
