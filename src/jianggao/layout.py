"""Lines as a page or a viewer left them: page numbers inside sentences, torn paragraphs, titles said twice.

Each function is the finder of one audited rule (see `jianggao.audit.Rule`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from .audit import Edit, Lines

LEADING_NUMBER = re.compile(r"^\s*(\d{1,3})\s*[、.．]\s*")
PAGE_ONLY = re.compile(
    r"^\s*(?:[-—–－]\s*)?(?:第\s*)?(\d{1,3})\s*(?:页)?\s*(?:(?:/|共)\s*\d{1,3}\s*页?)?(?:\s*[-—–－])?\s*$"
)
SENTENCE_END = re.compile(r"[。！？!?；;：:”’」』）)…〕]\s*$")
MARKERISH = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]+[）)、是要]|第[一二三四五六七八九十]|[（(]?\d+[）)、.．]|[—\-•●·]|[^\s]{1,20}[：:]\s*$)"
)
BODY_CHARS = 40


def is_body(text: str) -> bool:
    """Whether a line is prose of the speech: long, and with a sentence or clause in it."""
    return len(text) >= BODY_CHARS and bool(re.search("[，。；,;]", text))


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
        torn = sum(not SENTENCE_END.search(filled[k][1].text) for k in run[:-1])
        if len(run) >= 3 and torn * 2 > len(run) - 1:
            pieces = [LEADING_NUMBER.sub("", filled[k][1].text, count=1) for k in run]
            yield Edit(filled[run[0]][0], "".join(pieces))
            for k in run[1:]:
                yield Edit(filled[k][0], None)
        start = run[-1] + 1


def page_numbers_alone(lines: Lines) -> Iterable[Edit]:
    """Lines that hold only a page number, at least three of them and rising."""
    found = [(i, int(m.group(1))) for i, x in enumerate(lines) if (m := PAGE_ONLY.match(x.text))]
    rising = [b[1] - a[1] for a, b in pairwise(found)]
    if len(found) >= 3 and all(step in (1, 2) for step in rising):
        for i, _ in found:
            yield Edit(i, None)


def torn_at_mark(lines: Lines) -> Iterable[Edit]:
    """A line that begins with a mark which closes or goes on belongs to the line before, and so does one after 《 or “."""
    joined: dict[int, str] = {}
    previous: int | None = None
    for i, line in enumerate(lines):
        if not line.text:
            continue
        if previous is not None:
            head = joined.get(previous, lines[previous].text)
            if re.match("[，、。；：！？》”’）,;]", line.text) or re.search("[《“‘（]$", head):
                joined[previous] = head + line.text
                yield Edit(i, None)
                continue
        previous = i
    for i, text in joined.items():
        yield Edit(i, text)


def broken_lines(lines: Lines) -> Iterable[Edit]:
    """A paragraph torn in two by a line break inside a sentence: both halves long, the first without any closing mark."""
    joined: dict[int, str] = {}
    previous: int | None = None
    for i, line in enumerate(lines):
        text = line.text
        if not text:
            previous = None
            continue
        if previous is not None:
            head = joined.get(previous, lines[previous].text)
            torn = (
                "。" in head
                and is_body(head)
                and not SENTENCE_END.search(head)
                and re.search(r"[\u3400-\u9fff，、,]$", head)
            )
            if torn and not MARKERISH.match(text) and len(text) >= 15 and SENTENCE_END.search(text):
                joined[previous] = head + text
                yield Edit(i, None)
                continue
        previous = i
    for i, text in joined.items():
        yield Edit(i, text)


def repeated(lines: Lines) -> Iterable[Edit]:
    """A short line that says again what the line before it said (titles three and four times over)."""
    before = ""
    for i, line in enumerate(lines):
        text = line.text
        if not text:
            continue
        if text == before and 6 <= len(text) <= 120:
            yield Edit(i, None)
        before = text


def repeated_inline(lines: Lines) -> Iterable[Edit]:
    """The first line says its title twice over, glued: 「题目题目 正文」."""
    for i, line in enumerate(lines[:6]):
        m = re.match(r"^(?P<t>[^。，；,;]{8,60}?)\s*(?P=t)(?=\s|$|[（(\u3400-\u9fff])", line.text)
        if m:
            yield Edit(i, line.text[: m.end("t")] + line.text[m.end() :])
