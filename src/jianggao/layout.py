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
    r"^\s*(?:[-—–－]\s*)?(?:第\s*)?(\d{1,3})\s*(?:页)?\s*(?:[/／]?\s*共?\s*\d{1,3}\s*页?)?(?:\s*[-—–－])?\s*$"
)
SENTENCE_END = re.compile(r"[。！？!?；;：:”’」』）)…〕]\s*$")
MARKERISH = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]+[）)、是要]|第[一二三四五六七八九十]|[（(]?\d+[）)、.．]|[—\-•●·]|[^\s]{1,20}[：:]\s*$)"
)
BODY_CHARS = 40
TORN_PAGE = 40
"""A page torn out of running text is longer than this (characters); an item of a list is not."""


def is_body(text: str) -> bool:
    """Whether a line is prose of the speech: long, and with a sentence or clause in it."""
    return len(text) >= BODY_CHARS and bool(re.search("[，。；,;]", text))


def is_prose(text: str) -> bool:
    """A weaker sign than `is_body`, for the end of a text: a sentence with a clause in it."""
    return is_body(text) or (len(text) >= 16 and bool(re.search("，.*[。！？…]”?$", text)))


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


def _torn(head: str, tail: str, blank_between: bool) -> bool:
    """Whether ``tail`` goes on where ``head`` stops inside a sentence.

    Sure signs: the tail begins with a mark that closes or goes on, or the head ends with one that opens. Else both must
    be prose, the head without any closing mark, and no blank line between.
    """
    if re.match("[，、。；：！？》”’）」』,;]", tail) or re.search("[《“‘（「『]$", head):
        return True
    if blank_between or "。" not in head or not is_body(head) or SENTENCE_END.search(head):
        return False
    goes_on = not MARKERISH.match(tail) and len(tail) >= 15 and SENTENCE_END.search(tail)
    return bool(goes_on and re.search(r"[\u3400-\u9fff，、,]$", head))


def torn_lines(lines: Lines) -> Iterable[Edit]:
    """Lines torn inside a sentence are one again; repeated until nothing more belongs together."""
    now = [(i, line.text) for i, line in enumerate(lines) if line.text]
    blank_before = {i for i, line in enumerate(lines) if i and not lines[i - 1].text}
    changed = True
    gone: list[int] = []
    while changed:
        changed = False
        kept: list[tuple[int, str]] = []
        for index, text in now:
            if kept and _torn(kept[-1][1], text, index in blank_before):
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
        if text == before and 6 <= len(text) <= 120 and not SENTENCE_END.search(text):
            yield Edit(i, None)
        before = text


def repeated_inline(lines: Lines) -> Iterable[Edit]:
    """The first line says its title twice over, glued: 「题目题目 正文」."""
    for i, line in enumerate(lines[:6]):
        m = re.match(r"^(?P<t>[^。，；,;]{8,60}?)\s*(?P=t)(?=\s|$|[（(\u3400-\u9fff])", line.text)
        if m:
            yield Edit(i, line.text[: m.end("t")] + line.text[m.end() :])
