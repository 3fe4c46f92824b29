"""Snippets 摘要: a hit's words in their context, every occurrence of the whole terms marked."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from html import escape

from .query import Clause
from .units import cut, places

BEFORE, AFTER, LEAST, MOST = 20, 40, 80, 3

Rows = list[tuple[str, str, list[int]]]


@dataclass(frozen=True, slots=True)
class Match:
    """A term's place in a text, in characters; ``term`` is the number of its clause."""

    start: int
    end: int
    term: int


def stream_of(title: str, rows: Rows) -> str:
    """The text that is searched."""
    return "\n".join([title, *(text for _, text, _ in rows)])


def matches(title: str, rows: Rows, clauses: list[Clause]) -> list[Match]:
    """All places of the terms that look in the stream and are not excluded, by place, then by clause."""
    piece = cut(stream_of(title, rows))
    stream, spans = piece.texts(), piece.spans()
    headings: list[tuple[int, int]] = []
    at = len(title) + 1
    for _, text, marks in rows:
        headings += [(at + s, at + e) for s, e in zip(marks[::2], marks[1::2], strict=True)]
        at += len(text) + 1
    found: list[Match] = []
    for term, clause in enumerate(clauses):
        if clause.exclude or clause.meta:
            continue
        for i in places(clause.units, stream):
            start, end = spans[i][0], spans[i + len(clause.units) - 1][1]
            inside = (
                clause.scope == ""
                or (clause.scope == "title" and end <= len(title))
                or (clause.scope == "heading" and any(s <= start and end <= e for s, e in headings))
            )
            if inside:
                found.append(Match(start, end, term))
    return sorted(found, key=lambda m: (m.start, m.term))


def marked(text: str, start: int, end: int, found: list[Match]) -> str:
    """``text[start:end]`` as HTML, what the matches cover within ``<mark>``; line breaks become spaces."""
    out: list[str] = []
    done = start
    spans: list[list[int]] = []
    for m in found:
        low, high = max(m.start, start), min(m.end, end)
        if low >= high:
            continue
        if spans and low <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], high)
        else:
            spans.append([low, high])
    for low, high in spans:
        out += (_html(text[done:low]), "<mark>", _html(text[low:high]), "</mark>")
        done = high
    return "".join([*out, _html(text[done:end])])


def _html(text: str) -> str:
    return escape(text.replace("\n", " "), quote=True)


def snippets(title: str, rows: Rows, clauses: list[Clause]) -> list[dict[str, str | None]]:
    """Up to ``MOST`` snippets, ``{"html", "anchor"}``: first each term's first place in the text, then further ones.

    Where only the title matches it is the snippet (anchor None); where nothing does, the text's beginning.
    """
    text = stream_of(title, rows)
    found = matches(title, rows, clauses)
    starts = [len(title) + 1]
    for _, row, _ in rows[:-1]:
        starts.append(starts[-1] + len(row) + 1)
    inside = [m for m in found if m.start > len(title)] if rows else []
    if not inside:
        if found or not rows:
            last = max([len(title), *(m.end for m in found)])
            return [{"html": marked(text, 0, last, found), "anchor": None}]
        end = min(len(title) + 1 + LEAST, len(title) + 1 + len(rows[0][1]))
        return [{"html": marked(text, starts[0], end, []), "anchor": rows[0][0]}]
    seen: set[int] = set()
    firsts = [m for m in inside if m.term not in seen and not seen.add(m.term)]  # type: ignore[func-returns-value]
    windows: list[tuple[int, int, int, int]] = []
    for m in firsts + inside:
        if len(windows) == MOST:
            break
        if any(low <= m.start and m.end <= high for low, high, _, _ in windows):
            continue
        first = bisect_right(starts, m.start) - 1
        last = bisect_right(starts, m.end - 1) - 1
        floor, ceiling = starts[first], starts[last] + len(rows[last][1])
        low = max(floor, m.start - BEFORE)
        high = min(ceiling, max(m.end + AFTER, low + LEAST))
        # No other match is cut in two by the window's edges.
        for other in inside:
            if other.start < low < other.end:
                low = max(floor, other.start)
            if other.start < high < other.end:
                high = min(ceiling, other.end)
        windows.append((low, high, first, last))
    return [
        {
            "html": ("…" if low > starts[first] else "")
            + marked(text, low, high, found)
            + ("…" if high < starts[last] + len(rows[last][1]) else ""),
            "anchor": rows[bisect_right(starts, low) - 1][0],
        }
        for low, high, first, last in sorted(windows)
    ]
