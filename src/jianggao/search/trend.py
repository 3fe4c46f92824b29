"""The trend 词频趋势: places of up to five terms per year, and the characters of that year to measure them by."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .archive import Archive
from .engine import filtered
from .query import QueryError, clauses_of
from .rank import rank
from .sheet import Cell
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


def rate(count: int, chars: int) -> str | None:
    """Places per ten thousand characters with two digits, rounded up from the half as in JavaScript; None of no text.

    >>> rate(3, 40_000)
    '0.75'
    """
    return f"{math.floor(count / chars * 1e6 + 0.5) / 100:.2f}" if chars else None


def trend_rows(result: Mapping[str, Any]) -> list[list[Cell]]:
    """The trend as a table, heads first; the last rows are the speeches without a date and all together."""
    heads: list[Cell] = ["年份", "讲稿（篇）", "字数"]
    for one in result["series"]:
        heads += [f"{one['term']}（次）", f"{one['term']}（每万字）"]

    def row(name: str, ground: Mapping[str, int], counts: Sequence[int]) -> list[Cell]:
        cells: list[Cell] = [name, ground["speeches"], ground["chars"]]
        for count in counts:
            cells += [count, rate(count, ground["chars"])]
        return cells

    series, undated = result["series"], result["undated"]
    rows = [row(y["year"], y, [s["counts"][n] for s in series]) for n, y in enumerate(result["years"]) if y["speeches"]]
    if undated["speeches"]:
        rows.append(row("日期不详", undated, [s["undated"] for s in series]))
    grounds = [*result["years"], undated]
    whole = {name: sum(one[name] for one in grounds) for name in ("speeches", "chars")}
    return [heads, *rows, row("合计", whole, [s["total"] for s in series])]
