"""The concordance 逐条语境 (KWIC): every place of the terms in a line with its left and right context."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from typing import Any

from .archive import Archive, Card, Row
from .engine import address, matching
from .query import Clause, QueryError, clauses_of
from .snippets import matches, stream_of

WIDTH = 40  # characters of context on either side
SORTS = ("text", "left", "right")
HEADS = ("讲话日期", "讲话人", "标题", "上文", "词", "下文", "段落", "网页")


@dataclass(frozen=True, slots=True)
class Line:
    """One place: the speech, the paragraph (None in the title), and the words around it, line ends as blanks."""

    id: str
    url: str
    title: str
    date: str | None
    speaker: str | None
    anchor: str | None
    left: str
    match: str
    right: str


def lines_of(card: Card, rows: list[Row], clauses: list[Clause]) -> list[Line]:
    """The lines of one speech. A context runs over the ends of paragraphs."""
    text = stream_of(card.title, rows)
    starts = [len(card.title) + 1]
    for _, row, _ in rows[:-1]:
        starts.append(starts[-1] + len(row) + 1)

    def words(start: int, end: int) -> str:
        return text[max(start, 0) : end].replace("\n", " ")

    return [
        Line(
            *(card.id, address(card), card.title, card.date, card.speaker),
            anchor=None if m.start < len(card.title) else rows[bisect_right(starts, m.start) - 1][0],
            left=words(m.start - WIDTH, m.start),
            match=words(m.start, m.end),
            right=words(m.end, m.end + WIDTH),
        )
        for m in matches(card.title, rows, clauses)
    ]


def sorted_lines(lines: list[Line], sort: str) -> list[Line]:
    """By the characters next to the match, those on its other side deciding between equals; else as the speeches stand.

    The order is that of JavaScript's ``<``: by UTF-16.
    """

    def sides(line: Line) -> tuple[bytes, bytes]:
        left, right = line.left[::-1].encode("utf-16-be"), line.right.encode("utf-16-be")
        return (left, right) if sort == "left" else (right, left)

    return lines if sort == "text" else sorted(lines, key=sides)


def concordance(
    archive: Archive,
    query: str,
    *,
    offset: int = 0,
    limit: int = 50,
    lines: str = "text",
    sort: str = "relevance",
    only: str = "",
    filters: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """What ``window.jianggao.concordance`` gives, without ``ms``. ``sort`` orders the speeches, ``lines`` the lines."""
    try:
        if lines not in SORTS:
            raise QueryError(f"没有“{lines}”这种排列。可用：text（按讲稿）、left（按左边）、right（按右边）。")
        clauses = clauses_of(query, only)
        order, _, counts, facets = matching(archive, clauses, filters, sort)
    except QueryError as error:
        return {"total": 0, "speeches": 0, "lines": [], "facets": {}, "message": str(error)}
    order = [speech for speech in order if counts[speech]]
    total = sum(counts[speech] for speech in order)
    offset, limit = max(offset, 0), max(limit, 0)
    wanted, skip = _slice(order, counts, offset, limit) if lines == "text" else (order, offset)
    found = [line for speech in wanted for line in lines_of(archive.card(speech), archive.rows(speech), clauses)]
    shown = sorted_lines(found, lines)[skip : skip + limit]
    return {"total": total, "speeches": len(order), "lines": [asdict(line) for line in shown], "facets": facets}


def _slice(order: list[int], counts: Mapping[int, int], offset: int, limit: int) -> tuple[list[int], int]:
    """The speeches whose lines are ``[offset, offset + limit)`` of all, and how many lines of the first are not wanted."""
    ends = list(accumulate(counts[speech] for speech in order))
    first, last = bisect_right(ends, offset), bisect_left(ends, offset + limit)
    return order[first : last + 1], offset - (ends[first - 1] if first else 0)


def line_rows(lines: Sequence[Mapping[str, Any]]) -> list[list[str | int | float | None]]:
    """The lines as a table, heads first."""
    names = ("date", "speaker", "title", "left", "match", "right", "anchor", "url")
    return [list(HEADS), *([line[name] for name in names] for line in lines)]
