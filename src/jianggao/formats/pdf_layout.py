"""Rows of pages → paragraphs. A page has no lines of text, only rows that end where the paper does.

This is done here, and not by a recorded rule, because only the places of the rows tell it: a paragraph begins where a row is
set in, where the one before it stops short, where the size or the distance changes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from jianggao.model import Line, Zone

PAGE_NUMBER = re.compile(
    r"[\s—–\-－·•~|/]*(?:第\s*|page\s*)?(?P<n>\d{1,4})\s*页?\s*(?:[/／,，]?\s*(?:of|共)?\s*\d{1,4}\s*页?)?[\s—–\-－·•~|]*",
    re.IGNORECASE,
)
EDGE = 2
"""Rows at the top and at the foot of a page that can be its running head and foot."""
MAX_TITLE = 80
"""Characters; a whole text set large is no title."""
SENTENCE_END = re.compile(r"[。！？!?…；;：:][”’」』）)]?$")
OPENS = re.compile(r"[\s\u3000]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])")


@dataclass(slots=True)
class Row:
    """One row of a page: ``pieces`` are (left edge, text), ``height`` counts from the foot of the page, all in points."""

    page: int
    height: float
    size: float
    slanted: bool
    pieces: list[tuple[float, str]]
    aside: bool = False

    def takes(self, left: float, height: float, size: float, slanted: bool) -> bool:
        """Whether a piece at this place goes on in this row."""
        near = abs(height - self.height) <= 0.35 * max(size, self.size)
        return near and slanted == self.slanted and left >= self.pieces[-1][0] - 0.5 * self.size

    def add(self, text: str, left: float) -> None:
        self.pieces.append((left, text))

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.pieces).strip()

    @property
    def left(self) -> float:
        """The left edge of the first mark that is no space."""
        at, text = next((p for p in self.pieces if p[1].strip()), self.pieces[0])
        return at + width(text[: len(text) - len(text.lstrip())]) * self.size

    @property
    def right(self) -> float:
        at, text = self.pieces[-1]
        return at + width(text.rstrip()) * self.size


def width(text: str) -> float:
    """About how wide ``text`` is set, in ems: a Han character one, a letter or digit half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def _edges(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows that can be running heads of a page, from its top down, then those that can be feet, from below."""
    from_top = sorted((r for r in rows if not r.slanted), key=lambda r: -r.height)
    heads, feet = from_top[:EDGE], from_top[::-1][:EDGE]
    return [heads, feet]


def _mark_page_numbers(pages: Sequence[Sequence[Row]]) -> None:
    """Numbers alone in the outermost rows that go up with the pages."""
    for side in (0, 1):
        found: list[tuple[int, Row]] = []
        for rows in pages:
            for row in _edges(rows)[side]:
                if m := PAGE_NUMBER.fullmatch(row.text):
                    found.append((int(m["n"]) - row.page, row))
                    break
        steps = Counter(step for step, _ in found)
        for step, row in found:
            if steps[step] >= 2 or step == 0:
                row.aside = True


def _mark_running_heads(pages: Sequence[Sequence[Row]]) -> None:
    """Rows at the top or the foot that say the same on many pages, but for the numbers in them."""
    filled = [rows for rows in pages if rows]
    need = max(2, 0.4 * len(filled))
    for side in (0, 1):
        edges = [[r for r in _edges(rows)[side] if not r.aside] for rows in filled]
        said = Counter(key for rows in edges for key in {_key(r) for r in rows})
        for rows in edges:
            for row in rows:
                if said[_key(row)] >= need:
                    row.aside = True


def _key(row: Row) -> str:
    return re.sub(r"[\d\s]+", "#", row.text)


@dataclass(frozen=True, slots=True)
class _Type:
    """How the body is set: size of type, left and right edge, distance from row to row, whether paragraphs are set in."""

    size: float
    left: float
    right: float
    step: float
    indented: bool


def _body_type(rows: Sequence[Row]) -> _Type:
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size, 1)] += len(row.text)
    size = sizes.most_common(1)[0][0]
    body = [r for r in rows if abs(r.size - size) <= 0.12 * size]
    right = sorted(r.right for r in body)[-1 - len(body) // 30]
    full = [r for r in body if r.right >= right - 3 * size] or body
    left = Counter(round(r.left / 2) * 2.0 for r in full).most_common(1)[0][0]
    steps = [a.height - b.height for a, b in pairwise(body) if a.page == b.page and a.height > b.height]
    inset = [r for r in body if 1.2 * size <= r.left - left <= 3.2 * size]
    flush = [r for r in body if abs(r.left - left) < 0.6 * size]
    if len(inset) > 2 * len(flush) and len(flush) < 3:
        flush = []
    return _Type(size, left, right, median(steps) if steps else 2 * size, len(inset) >= 3 and bool(flush))


def _centred(row: Row, body: _Type) -> bool:
    before, behind = row.left - body.left, body.right - row.right
    return before > 2.5 * body.size and behind > 1.5 * body.size and abs(before - behind) <= 3 * body.size


def _large(row: Row, body: _Type) -> bool:
    return row.size >= 1.2 * body.size


def _begins(before: Row, row: Row, body: _Type) -> bool:
    """Whether a paragraph begins at ``row``."""
    same_page = before.page == row.page
    fall = before.height - row.height if same_page else body.step
    if abs(before.size - row.size) > 0.12 * body.size:
        return True
    if _large(row, body):  # a title goes on in the next row, at the usual distance for its size
        return not (same_page and 0 < fall < 2.4 * row.size)
    if _centred(row, body) or _centred(before, body) or not 0 < fall <= 1.45 * body.step:
        return True
    if row.left - body.left >= 1.2 * body.size or (OPENS.match(row.text) and SENTENCE_END.search(before.text)):
        return True
    return _stops_short(before, body)


def _stops_short(row: Row, body: _Type) -> bool:
    """Whether a row ends so far from the edge that its paragraph ends with it. Where paragraphs are set in that hardly counts,
    since a long word or number can push the next piece over."""
    short = (body.right - row.right) / body.size
    if body.indented:
        return short > 6
    return short > 3.2 or (short > 1.2 and bool(SENTENCE_END.search(row.text)))


def _glue(before: str, after: str) -> str:
    """Nothing between Chinese rows, a space where a row ends and the next begins with Latin letters or digits of a word."""
    return " " if re.search(r"[A-Za-z,.]$", before) and re.match("[A-Za-z]", after) else ""


def _zone(row: Row, body: _Type) -> Zone:
    if row.aside or row.slanted:
        return "aside"
    return "title" if _large(row, body) and not OPENS.match(row.text) else ""


def lines_of(pages: Iterable[Sequence[Row]]) -> list[Line]:
    """The paragraphs of all pages in order; the number of a line is that of its first row, from 1."""
    filled = [rows for rows in pages if rows]
    _mark_page_numbers(filled)
    _mark_running_heads(filled)
    rows = [row for page in filled for row in page]
    text = [r for r in rows if not r.aside and not r.slanted]
    if not text:
        return []
    body = _body_type(text)
    lines: list[Line] = []
    before: Row | None = None
    at = 0  # where in ``lines`` the open paragraph stands
    for number, row in enumerate(rows, 1):
        zone = _zone(row, body)
        if zone == "aside":
            lines.append(Line(number, row.text, zone))
            continue
        if before is None or _begins(before, row, body):
            at = len(lines)
            lines.append(Line(number, row.text, zone))
        else:
            open_line = lines[at]
            joined = open_line.text + _glue(open_line.text, row.text) + row.text
            lines[at] = Line(open_line.number, joined, open_line.zone)
        before = row
    return [Line(x.number, x.text) if x.zone == "title" and len(x.text) > MAX_TITLE else x for x in lines]
