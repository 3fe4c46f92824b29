"""Sentences of others on a speech: kept as facts, from which speaker, day and occasion are read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .audit import Edit, Lines
from .dress import is_title
from .layout import is_prose
from .model import Fact, Line
from .rulebook import Rulebook

FULL_WIDTH = str.maketrans(",:;()", "，：；（）")
JUST_NOW = re.compile("刚才|刚刚|方才|昨[天晚日]|今天|会前")
"""Words with which a speaker tells of others."""
MIN_SHARED = 5
"""Pairs of characters that a sentence shares with the title of what it tells of."""
MAX_LOOK, MAX_HEAD = 40, 10
"""Lines of a page, and filled ones of these, among which the note below a title stands."""


def told(line: Line, rule: str, start: int = 0) -> Fact:
    """A line of a wrapper, from ``start`` on, as a fact; with full-width marks, which those who read it expect."""
    return Fact("preface", line.text[start:].translate(FULL_WIDTH), line.number, rule)


def title_note(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """The sentence that an edition or a reporter puts between title and text: who said this, where and when."""
    filled = [i for i, line in enumerate(lines[:MAX_LOOK]) if line.text][:MAX_HEAD]
    titled = ""
    for n, i in enumerate(filled):
        text = lines[i].text
        note = n > 0 and book.forms["title-note"].search(text) and book.forms["person-there"].search(text)
        below = lines[filled[n + 1]].text if n + 1 < len(filled) else ""
        led = book.forms["salutation"].match(below) and book.forms["spoke-there"].search(text) and _same(titled, text)
        if note or (led and book.forms["person-said"].search(text)):
            yield Edit(i, None, (told(lines[i], "news/title-note"),))
            return
        if n and (book.forms["salutation"].match(text) or is_prose(text)):
            return
        titled = text if lines[i].zone == "title" or is_title(text, book) else titled


def _same(title: str, text: str) -> bool:
    """Whether a reporter's sentence is about the occasion of ``title``: they share so many pairs of characters."""
    pairs = {title[i : i + 2] for i in range(len(title) - 1)}
    return not JUST_NOW.match(text) and sum(pair in text for pair in pairs) >= MIN_SHARED
