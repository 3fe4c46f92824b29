"""The notes that an edition of selected works 文选 puts below a speech, and the marks in the text that point to them.

The finder of one audited rule (see `jianggao.audit.Rule`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .audit import Edit, Lines

TITLE = re.compile(r"\s*[【\[〔（(]?\s*注\s*释?\s*[】\]〕）)]?\s*[:：]?\s*")
NOTE = re.compile(r"\s*(?:\\?[\[［〔【]\s*(?P<number>\d{1,3})\s*\\?[\]］〕】]|(?P<circle>[①-⑳]))\s*\S")
MAX_NOTE = 1_200
"""Characters of a note; the notes of editions name persons, places and sources in a paragraph at most."""


def endnotes(lines: Lines) -> Iterable[Edit]:
    """A line 注释 and nothing but numbered notes below it, to the end of the file: they are the edition's. The marks in the
    text that point to them go too; other numbers in brackets stay."""
    start = next((i for i in range(len(lines) - 1, -1, -1) if TITLE.fullmatch(lines[i].text)), None)
    if start is None or not any(line.text for line in lines[:start]):
        return
    below = [i for i in range(start + 1, len(lines)) if lines[i].text]
    found = [(i, NOTE.match(lines[i].text)) for i in below]
    if not below or not all(m and len(lines[i].text) <= MAX_NOTE for i, m in found):
        return
    numbers = {m["number"] or m["circle"] for _, m in found if m}
    mark = re.compile("|".join(rf"\\?[\[［〔【]{n}\\?[\]］〕】]" if n.isdigit() else n for n in sorted(numbers)))
    yield from (Edit(i, mark.sub("", line.text)) for i, line in enumerate(lines[:start]) if mark.search(line.text))
    yield from (Edit(i, None) for i in (start, *below))
