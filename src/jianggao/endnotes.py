"""The notes that an edition of selected works 文选 puts below a speech, and the marks in the text that point to them.

The finder of one audited rule (see `jianggao.audit.Rule`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .audit import Edit, Lines

TITLE = re.compile(r"\s*[【\[〔（(]?\s*注\s*释?\s*[】\]〕）)]?\s*[:：]?\s*")
NOTE = re.compile(r"\s*(?:\\?[\[［〔【]\s*(?P<number>\d{1,3})\s*\\?[\]］〕】]|(?P<circle>[①-⑳]))\s*\S")
MARK = re.compile(r"\\?[\[［〔【](?P<number>\d{1,3})\\?[\]］〕】]|(?<=[\u3400-\u9fff”》）])(?P<circle>[①-⑳])")
"""A mark in the text; a circled figure only behind a word, since ① before one counts an item."""
SOURCE = re.compile(r"\s*(?:[（(【\[]|—{1,2})?\s*(?:来源|选自|原载|摘自|录自|根据[^。]{4,40}(?:刊印|排印))")
"""Where the edition took the text from may stand beside its notes; a rule of rules/noise reads it."""
MAX_NOTE = 1_200
"""Characters of a note; the notes of editions name persons, places and sources in a paragraph at most."""


def endnotes(lines: Lines) -> Iterable[Edit]:
    """A line 注释 and nothing but numbered notes below it, to the end of the file: they are the edition's. The marks in the
    text that point to them go too; other numbers in brackets stay."""
    start = next((i for i in range(len(lines) - 1, -1, -1) if TITLE.fullmatch(lines[i].text)), None)
    if start is None or not any(line.text for line in lines[:start]):
        return
    below = [i for i in range(start + 1, len(lines)) if lines[i].text]
    found = [(i, m) for i in below if (m := NOTE.match(lines[i].text)) and len(lines[i].text) <= MAX_NOTE]
    noted = {i for i, _ in found}
    if not found or not all(i in noted or SOURCE.match(lines[i].text) for i in below):
        return
    numbers = {m["number"] or m["circle"] for _, m in found}

    def without(text: str) -> str:
        return MARK.sub(lambda m: "" if (m["number"] or m["circle"]) in numbers else m[0], text)

    pointing = [(i, words) for i, line in enumerate(lines[:start]) if (words := without(line.text)) != line.text]
    if pointing:  # what the text does not point to are no notes to it
        yield from (Edit(i, words) for i, words in pointing)
        yield from (Edit(i, None) for i in (start, *sorted(noted)))
