"""Lines as a page or a viewer left them: wrapped, torn and run-on paragraphs. (Page numbers: `jianggao.pages`.)

Each function is the finder of one audited rule (see `jianggao.audit.Rule`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from .audit import Edit, Lines
from .rulebook import Rulebook

ENDS = frozenset("。！？!?；;：:”’」』）)…〕")
CLOSES = frozenset("。！？!?；;：:”")
OPENING, GOING_ON = frozenset("《“‘（「『"), frozenset("，、。；：！？》”’）」』,;")
CLAUSE = re.compile("[，。；,;]")
LATIN = re.compile("[A-Za-z]")
CLOSING_CLAUSE = re.compile("[，,].*[。！？…]”?$")
MARKERISH = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]+[）)、是要]|第[一二三四五六七八九十]|[（(]?\d+[）)、.．]|[—\-•●·]|[^\s]{1,20}[：:]\s*$)"
)
NUMBERED = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十]+[）)、]|[（(]?\d+[）)、.．](?!\d))")
BODY_CHARS, SHORT_LINE = 40, 20
WAITING = frozenset("在的与和及把对被为从向以到由是将让使按据")
"""Last characters of a line that waits for what stood in the link behind it."""
MIN_WRAPPED, WRAP_FROM, WRAP_TO, WRAP_SLACK = 12, 40, 110, 5
"""Wrapped text has at least so many lines; its width and how far a full line may fall short of it are in half-width columns."""
MENU = re.compile("[|｜»]|>>|＞|首页")
CLOCK = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}:\d\d")
"""Day and hour as a page states them: no sentence is torn there."""
HEADS = ("title", "salutation", "label", "subtitle")
"""Forms that begin something of their own; inside a sentence a title is the words of a link."""
BEGINNING = 60
"""Characters of a line in which all shows by which an item of a list is told."""
RUN_ON, MIN_INDENTS = 160, 4
"""Characters of a line in which several paragraphs can stand, and how many of them."""
INDENT = re.compile("\u3000{2,}| {4,}")
MIN_ACROSS = 5
"""Paragraphs torn across a blank line that show a text to be torn so by its pages."""
MIN_APART = 5
"""Paragraphs that show a text to be set with blank lines between them."""


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a line in which line breaks were lost and the indents are left; ``[text]`` of any other line.

    >>> len(paragraphs("　　".join(["水渠修好了，" * 9 + "种子也备齐了。"] * 4))), paragraphs("李　　强")
    (4, ['李　　强'])
    """
    if len(text) < RUN_ON or ("\u3000\u3000" not in text and "    " not in text):
        return [text]
    pieces = [piece for piece in INDENT.split(text) if piece]
    closed = sum(ends(piece) for piece in pieces[:-1])
    return pieces if len(pieces) >= MIN_INDENTS and 2 * closed >= len(pieces) - 1 else [text]


def ends(text: str) -> bool:
    """Whether a line ends as a sentence, a clause or a quotation does."""
    return text.rstrip()[-1:] in ENDS


def is_body(text: str) -> bool:
    """Whether a line is prose of the speech: long, and with a sentence or clause in it."""
    return len(text) >= BODY_CHARS and bool(CLAUSE.search(text))


def is_prose(text: str) -> bool:
    """A weaker sign than `is_body`, for the end of a text: a sentence with a clause in it."""
    return is_body(text) or (len(text) >= 16 and bool(CLOSING_CLAUSE.search(text)))


def _width(text: str) -> int:
    """Width of a line in half-width columns."""
    return len(text) + sum(ch > "\u2e7f" for ch in text)


def wrapped_lines(lines: Lines) -> Iterable[Edit]:
    """Paragraphs broken into lines of one width, as mail and old pages do: the lines of a paragraph are one again.

    Only where the geometry proves it: most lines are as wide as the widest, and most of these stop inside a sentence.
    A paragraph ends with a shorter line, a blank one or before an indented one.
    """
    if max((len(line.text) for line in lines), default=0) > WRAP_TO + WRAP_SLACK:
        return
    filled = [(i, line.text.rstrip()) for i, line in enumerate(lines) if line.text.strip()]
    widths = sorted(_width(text) for _, text in filled)
    if len(filled) < MIN_WRAPPED or not WRAP_FROM <= (edge := widths[len(widths) * 9 // 10]) <= WRAP_TO:
        return
    full = [text for _, text in filled if edge - WRAP_SLACK <= _width(text) <= edge + WRAP_SLACK]
    inside = sum(not ends(text) for text in full)
    if widths[-1] > edge + WRAP_SLACK or len(full) * 5 < len(filled) * 3 or inside * 4 < len(full) * 3:
        return
    indented = sum(text.startswith(("\u3000", "  ")) for _, text in filled) >= 2
    apart = indented or any(b[0] > a[0] + 1 for a, b in pairwise(filled))
    head, pieces = filled[0][0], [filled[0][1]]
    for (i, text), (k, following) in pairwise(filled):
        starts = following.startswith(("\u3000", "  ")) or (not indented and MARKERISH.match(following))
        closed = ends(text) and not apart
        if k == i + 1 and _width(text) >= edge - WRAP_SLACK and not starts and not closed:
            gap = " " if LATIN.match(text[-1]) and LATIN.match(following) else ""
            pieces.append(gap + following.strip())
            yield Edit(k, None)
        else:
            yield Edit(head, "".join(pieces))
            head, pieces = k, [following]
    yield Edit(head, "".join(pieces))


def torn_blocks(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """Paragraphs torn where a link stood, in a text whose paragraphs are set apart by blank lines: a run of lines without
    a blank between that only the last of them ends as a sentence does."""
    filled = [i for i, x in enumerate(lines) if x.text]
    if len(lines) - len(filled) < MIN_APART - 1:
        return
    prose = [i for i in filled if is_body(lines[i].text) and ends(lines[i].text)]
    apart = sum(i + 1 >= len(lines) or not lines[i + 1].text for i in prose)
    if len(prose) < MIN_APART or apart * 10 < len(prose) * 9:
        return
    start = 0
    for n in range(1, len(filled) + 1):
        if n == len(filled) or filled[n] != filled[n - 1] + 1:
            if n - start > 1:
                yield from _joined_runs(book, lines, filled[start:n])
            start = n


def _joined_runs(book: Rulebook, lines: Lines, block: Sequence[int]) -> Iterable[Edit]:
    """Within one block: from a line of prose that stops inside a sentence to the line that ends it."""
    run: list[int] = []
    for n, i in enumerate(block):
        text = lines[i].text
        closed = text.rstrip()[-1:] in CLOSES
        if closed and not run:
            continue
        stamped = bool(CLOCK.search(text))
        head = (
            stamped
            or MENU.search(text)
            or any(book.forms[k].search(text) for k in (("salutation", "label") if run else HEADS))
        )
        below = lines[block[n + 1]].text if n + 1 < len(block) else ""
        headline = len(text) < SHORT_LINE and not CLAUSE.search(text) and text[-1] not in WAITING and is_body(below)
        if head or (NUMBERED.match(text) and (run or len(text) < BODY_CHARS)) or (headline and not run):
            run = []
            continue
        if run or not closed:
            run.append(i)
        if run and closed:
            if len(run) > 1 and any(is_body(lines[k].text) for k in run):
                yield Edit(run[0], "".join(lines[k].text for k in run))
                yield from (Edit(k, None) for k in run[1:])
            run = []


class _Run:
    """Lines that are one, and what must be known of them to join another; their text is put together once, at the end."""

    def __init__(self, index: int, text: str) -> None:
        self.indexes, self.pieces = [index], [text]
        self.length, self.last = len(text), text[-1]
        self.sentence, self.clause = "。" in text, bool(CLAUSE.search(text))
        self.closed, self.beginning = ends(text), text[:BEGINNING]

    def take(self, other: _Run) -> None:
        self.indexes += other.indexes
        self.pieces += other.pieces
        self.length += other.length
        self.sentence, self.clause = self.sentence or other.sentence, self.clause or other.clause
        self.last, self.closed = other.last, other.closed
        self.beginning = (self.beginning + other.beginning)[:BEGINNING]


def _torn(head: _Run, tail: _Run, blank_between: bool, seam: bool) -> bool:
    """Whether ``tail`` goes on where ``head`` stops inside a sentence.

    Sure signs: the tail begins with a mark that closes or goes on, or the head ends with one that opens. Else both must
    be prose, the head without any closing mark, and no blank line between; where a page's frame was taken out between
    them (``seam``), the tail may be a short one.
    """
    if tail.pieces[0][0] in GOING_ON or head.last in OPENING:
        stray = tail.pieces[0][0] in "”’」』" and not any(mark in "".join(head.pieces) for mark in "“‘「『")
        return not stray
    return not blank_between and _reads_on(head, tail, 1 if seam else 15)


def _reads_on(head: _Run, tail: _Run, least: int) -> bool:
    """Whether both are prose, the head stops without a mark and the tail, ``least`` characters or more, ends with one."""
    if (
        head.closed
        or not (head.sentence and head.clause)
        or head.length < BODY_CHARS
        or MARKERISH.match(tail.beginning)
    ):
        return False
    return tail.length >= least and tail.closed and ("\u3400" <= head.last <= "\u9fff" or head.last in "，、,")


def _may_be_torn(text: str) -> bool:
    """Whether a line could belong to the one before it or behind it, for all that it shows by itself."""
    return text[0] in GOING_ON or text[-1] in OPENING or ("。" in text and not ends(text))


def torn_lines(lines: Lines) -> Iterable[Edit]:
    """Lines torn inside a sentence are one again, until nothing more belongs together.

    Across a blank line only where the file does so many times, as scanned pages do: once, it is a mark forgotten.
    """
    if not any(_may_be_torn(line.text) for line in lines if line.text):
        return
    now = [_Run(i, line.text) for i, line in enumerate(lines) if line.text]
    blank_before = {i for i, line in enumerate(lines) if i and not lines[i - 1].text}
    firsts = ((head, tail, tail.indexes[0]) for head, tail in pairwise(now))
    across = {k for head, tail, k in firsts if k in blank_before and _reads_on(head, tail, 15)}
    if len(across) >= MIN_ACROSS:
        blank_before -= across
    seam_before = {i for i, line in enumerate(lines) if i and line.number > lines[i - 1].number + 1}
    kept: list[_Run] = []
    for run in now:
        kept.append(run)
        while len(kept) > 1:
            first = kept[-1].indexes[0]
            if not _torn(kept[-2], kept[-1], first in blank_before, first in seam_before):
                break
            tail = kept.pop()
            kept[-1].take(tail)
    for run in kept:
        if len(run.indexes) > 1:
            yield Edit(run.indexes[0], "".join(run.pieces))
            yield from (Edit(k, None) for k in run.indexes[1:])
