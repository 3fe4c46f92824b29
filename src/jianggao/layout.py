"""Lines as a page or a viewer left them: page numbers inside sentences, torn paragraphs, titles said twice.

Each function is the finder of one audited rule (see `jianggao.audit.Rule`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from .audit import Edit, Lines
from .rulebook import Rulebook

LEADING_NUMBER = re.compile(r"^\s*(\d{1,3})\s*[、.．]\s*")
PAGE_ONLY = re.compile(
    r"^\s*(?:[-—–－]\s*)?(?:第\s*)?(\d{1,3})\s*(?:页)?\s*(?:[/／]?\s*共?\s*\d{1,3}\s*页?)?(?:\s*[-—–－])?\s*$"
)
ENDS = frozenset("。！？!?；;：:”’」』）)…〕")
OPENING, GOING_ON = frozenset("《“‘（「『"), frozenset("，、。；：！？》”’）」』,;")
CLAUSE = re.compile("[，。；,;]")
CLOSING_CLAUSE = re.compile("[，,].*[。！？…]”?$")
MARKERISH = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]+[）)、是要]|第[一二三四五六七八九十]|[（(]?\d+[）)、.．]|[—\-•●·]|[^\s]{1,20}[：:]\s*$)"
)
NUMBERED = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十]+[）)、]|[（(]?\d+[）)、.．](?!\d))")
LISTED = re.compile("[（(]?[一二三四五六七八九十\\d]{1,3}[、.．)）]")
BODY_CHARS = 40
MAX_RUNNING, MIN_RUNNING = 40, 3
"""A running head is at most so long (characters), and said at least so often."""
MIN_WRAPPED, WRAP_FROM, WRAP_TO, WRAP_SLACK = 12, 40, 110, 5
"""Wrapped text has at least so many lines; its width and how far a full line may fall short of it are in half-width columns."""
CLOCK = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s*\d{1,2}:\d\d")
"""Day and hour as a page states them: no sentence is torn there."""
HEADS = ("title", "salutation", "label", "subtitle")
"""Forms that begin something of their own; inside a sentence a title is the words of a link."""
MAX_TITLE, MAX_AROUND = 60, 10
"""Characters of a title that may be said again below the text, and of what a site puts around it there."""
MIN_ACROSS = 5
"""Paragraphs torn across a blank line that show a text to be torn so by its pages."""
MIN_APART = 5
"""Paragraphs that show a text to be set with blank lines between them."""
TORN_PAGE = 40
"""A page torn out of running text is longer than this (characters); an item of a list is not."""


def ends(text: str) -> bool:
    """Whether a line ends as a sentence, a clause or a quotation does."""
    return text.rstrip()[-1:] in ENDS


def is_body(text: str) -> bool:
    """Whether a line is prose of the speech: long, and with a sentence or clause in it."""
    return len(text) >= BODY_CHARS and bool(CLAUSE.search(text))


def is_prose(text: str) -> bool:
    """A weaker sign than `is_body`, for the end of a text: a sentence with a clause in it."""
    return is_body(text) or (len(text) >= 16 and bool(CLOSING_CLAUSE.search(text)))


def page_numbers_inside(lines: Lines) -> Iterable[Edit]:
    """Pages glued one after another: lines begin with 1、 2、 3、 … in the middle of a sentence (seen where a viewer's pages
    were copied). The numbers go and the lines are one again."""
    filled = [(i, x) for i, x in enumerate(lines) if x.text.strip()]
    start = 0
    while start < len(filled):
        run = [start]
        first = LEADING_NUMBER.match(filled[start][1].text)
        if first and first.group(1) == "1":
            for nxt in range(start + 1, len(filled)):
                m = LEADING_NUMBER.match(filled[nxt][1].text)
                if not m or int(m.group(1)) != len(run) + 1:
                    break
                run.append(nxt)
        torn = sum(not ends(filled[k][1].text) for k in run[:-1])
        long = all(len(filled[k][1].text) >= TORN_PAGE for k in run[:-1])
        if len(run) >= 3 and long and torn * 2 > len(run) - 1:
            pieces = [LEADING_NUMBER.sub("", filled[k][1].text, count=1) for k in run]
            yield Edit(filled[run[0]][0], "".join(pieces))
            for k in run[1:]:
                yield Edit(filled[k][0], None)
        start = run[-1] + 1


def page_numbers_alone(lines: Lines) -> Iterable[Edit]:
    """Lines that hold only a page number, at least three of them, rising, with prose between most of them."""
    found = [(i, int(m.group(1))) for i, x in enumerate(lines) if (m := PAGE_ONLY.match(x.text))]
    rising = [b[1] - a[1] for a, b in pairwise(found)]
    apart = [any(is_prose(x.text) for x in lines[a[0] + 1 : b[0]]) for a, b in pairwise(found)]
    if len(found) >= 3 and all(step in (1, 2) for step in rising) and sum(apart) * 2 > len(apart):
        for i, _ in found:
            yield Edit(i, None)


def running_heads(lines: Lines) -> Iterable[Edit]:
    """Running heads and feet of pages 页眉页脚: a short line said three times or more (its page number apart) that stands
    beside page numbers or breaks a sentence in two, most times that it is said."""
    filled = [i for i, x in enumerate(lines) if x.text]
    said: dict[str, list[int]] = defaultdict(list)
    for n, i in enumerate(filled):
        text = lines[i].text
        if len(text) <= MAX_RUNNING and not ends(text) and not PAGE_ONLY.match(text):
            said[re.sub(r"[\d\s\-—–/|]+", " ", text).strip()].append(n)
    for words, places in said.items():
        if len(places) < MIN_RUNNING or len(words) < 4 or MARKERISH.match(words):
            continue
        framed = [n for n in places if _on_page_edge(lines, filled, n)]
        if len(framed) * 2 > len(places) and len(framed) >= 2:
            yield from (Edit(filled[n], None) for n in (places if len(framed) == len(places) else places[1:]))


def _on_page_edge(lines: Lines, filled: Sequence[int], n: int) -> bool:
    """Whether the line at place ``n`` of the filled ones stands beside a page number, or inside a sentence."""
    before = lines[filled[n - 1]].text if n else ""
    behind = lines[filled[n + 1]].text if n + 1 < len(filled) else ""
    if PAGE_ONLY.match(before) or PAGE_ONLY.match(behind):
        return True
    goes_on = behind and not MARKERISH.match(behind) and is_prose(behind)
    return bool(is_body(before) and not ends(before) and goes_on)


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
    texts = dict(filled)
    head = -1
    for (i, text), (k, following) in pairwise(filled):
        head = i if head < 0 else head
        starts = following.startswith(("\u3000", "  ")) or (not indented and MARKERISH.match(following))
        closed = ends(text) and not apart
        if k == i + 1 and _width(text) >= edge - WRAP_SLACK and not starts and not closed:
            gap = " " if re.search("[A-Za-z]$", texts[head]) and re.match("[A-Za-z]", following) else ""
            texts[head] += gap + following.strip()
            yield Edit(k, None)
        else:
            yield Edit(head, texts[head])
            head = k
    if head >= 0:
        yield Edit(head, texts[head])


def torn_blocks(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """Paragraphs torn where a link stood, in a text whose paragraphs are set apart by blank lines: a run of lines without
    a blank between that only the last of them ends as a sentence does."""
    filled = [i for i, x in enumerate(lines) if x.text]
    prose = [i for i in filled if is_body(lines[i].text) and ends(lines[i].text)]
    apart = sum(i + 1 >= len(lines) or not lines[i + 1].text for i in prose)
    if len(prose) < MIN_APART or apart * 10 < len(prose) * 9:
        return
    start = 0
    for n in range(1, len(filled) + 1):
        if n == len(filled) or filled[n] != filled[n - 1] + 1:
            yield from _joined_runs(book, lines, filled[start:n])
            start = n


def _joined_runs(book: Rulebook, lines: Lines, block: Sequence[int]) -> Iterable[Edit]:
    """Within one block: from a line of prose that stops inside a sentence to the line that ends it."""
    run: list[int] = []
    for i in block:
        text = lines[i].text
        closed = bool(re.search(r"[。！？!?；;：:”]\s*$", text))
        stamped = bool(CLOCK.search(text))
        head = stamped or any(book.forms[k].search(text) for k in (("salutation", "label") if run else HEADS))
        if head or (run and NUMBERED.match(text)):
            run = []
            continue
        if run or not closed:
            run.append(i)
        if run and closed:
            if len(run) > 1 and any(is_body(lines[k].text) for k in run):
                yield Edit(run[0], "".join(lines[k].text for k in run))
                yield from (Edit(k, None) for k in run[1:])
            run = []


def _torn(head: str, tail: str, blank_between: bool, seam: bool) -> bool:
    """Whether ``tail`` goes on where ``head`` stops inside a sentence.

    Sure signs: the tail begins with a mark that closes or goes on, or the head ends with one that opens. Else both must
    be prose, the head without any closing mark, and no blank line between; where a page's frame was taken out between
    them (``seam``), the tail may be a short one.
    """
    if tail[:1] in GOING_ON or head[-1:] in OPENING:
        return True
    return not blank_between and _reads_on(head, tail, 1 if seam else 15)


def _reads_on(head: str, tail: str, least: int) -> bool:
    """Whether both are prose, the head stops without a mark and the tail, ``least`` characters or more, ends with one."""
    if ends(head) or "。" not in head or not is_body(head) or MARKERISH.match(tail):
        return False
    return len(tail) >= least and ends(tail) and ("\u3400" <= head[-1] <= "\u9fff" or head[-1] in "，、,")


def torn_lines(lines: Lines) -> Iterable[Edit]:
    """Lines torn inside a sentence are one again; repeated until nothing more belongs together.

    Across a blank line only where the file does so many times, as scanned pages do: once, it is a mark forgotten.
    """
    now = [(i, line.text) for i, line in enumerate(lines) if line.text]
    blank_before = {i for i, line in enumerate(lines) if i and not lines[i - 1].text}
    across = [k for (_, head), (k, tail) in pairwise(now) if k in blank_before and _reads_on(head, tail, 15)]
    if len(across) >= MIN_ACROSS:
        blank_before -= set(across)
    seam_before = {i for i, line in enumerate(lines) if i and line.number > lines[i - 1].number + 1}
    changed = True
    gone: list[int] = []
    while changed:
        changed = False
        kept: list[tuple[int, str]] = []
        for index, text in now:
            if kept and _torn(kept[-1][1], text, index in blank_before, index in seam_before):
                kept[-1] = (kept[-1][0], kept[-1][1] + text)
                gone.append(index)
                changed = True
            else:
                kept.append((index, text))
        now = kept
    for index, text in now:
        yield Edit(index, text)
    for index in gone:
        yield Edit(index, None)


def repeated(lines: Lines) -> Iterable[Edit]:
    """A short line that says again what the line before it said (titles three and four times over)."""
    before = ""
    for i, line in enumerate(lines):
        text = line.text
        if not text:
            continue
        if text == before and 6 <= len(text) <= 120 and not ends(text):
            yield Edit(i, None)
        before = text


def repeated_inline(lines: Lines) -> Iterable[Edit]:
    """The first line says its title twice over, glued: 「题目题目 正文」."""
    for i, line in enumerate(lines[:6]):
        m = re.match(r"^(?P<t>[^。，；,;]{8,60}?)\s*(?P=t)(?=\s|$|[（(\u3400-\u9fff])", line.text)
        if m:
            yield Edit(i, line.text[: m.end("t")] + line.text[m.end() :])


def title_below(book: Rulebook, lines: Lines, first: int, last: int) -> Iterable[Edit]:
    """The title said again below the speech, with a site's name or a file's suffix around it. ``first`` and ``last`` are
    the indexes of the speech's first and last lines."""
    if last < first:
        return
    titles = [x.text for x in lines[:first] if 8 <= len(x.text) <= MAX_TITLE and book.forms["title"].search(x.text)]
    for i in range(last + 1, len(lines)):
        text = lines[i].text
        if text and not LISTED.match(text) and any(t in text and len(text) <= len(t) + MAX_AROUND for t in titles):
            yield Edit(i, None)
