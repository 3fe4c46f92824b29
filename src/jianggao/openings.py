"""What stands behind the numbers of a run: the words, the end of their first sentence, whether they fill their line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from . import layout
from .boundary import Habits
from .lexicon import Lexicon
from .numbers import Found

LONGEST = 50
"""Characters of a heading at most."""
MANY_CLAUSES = 3
MAX_OWN, MAX_WHOLE, MAX_CLOSED, MAX_ABOVE = 48, 72, 24, 40
"""A heading on its own line seldom has a full stop; a longer line with one may well be heading and sentence glued, less so
where prose without a number stands below."""
PROSE = 30
STOP = re.compile("[。！？；]")
NUMBER_CHARS = 4
"""Characters at the start of a line in which a blank only sets its number off."""
SHORT_WORD = 3
"""Characters of a name in a row of names, less one."""
MIN_BEHIND = 14
"""Characters of a sentence behind a blank that is no other half of a headline."""
BLANK = re.compile(r"[\u3400-\u9fff”）》][ \u3000]+(?=[\w“《])")


def names_in_a_row(words: str) -> bool:
    """Whether blanks set short words in a row: 李家沟 王家沟 赵家沟的水渠."""
    blanks = list(BLANK.finditer(words))
    return any(b.start() - a.end() < SHORT_WORD for a, b in pairwise(blanks))


def sentence_behind_blank(words: str, start: int = 0) -> bool:
    """Whether a blank stands in ``words`` and a sentence of several clauses behind it: a line break was lost there."""
    blanks = list(BLANK.finditer(words, start))
    if len(blanks) != 1:  # several blanks set names in a row
        return False
    return len(words) - blanks[0].end() >= MIN_BEHIND and "，" in words[blanks[0].end() :]


def _own_line(words: str, text: str, above_prose: bool) -> bool:
    bare_words = words.rstrip("。：；")
    if sentence_behind_blank(bare_words):
        return False
    if text.endswith("。") and len(bare_words) > (MAX_ABOVE if above_prose else MAX_CLOSED):
        return False
    whole = above_prose and text[-1] not in "。：；！？" and words.count("，") < MANY_CLAUSES
    return len(bare_words) <= (MAX_WHOLE if whole else MAX_OWN) and not STOP.search(bare_words)


@dataclass(frozen=True, slots=True)
class View:
    """What is known while the runs of one speech are looked at. ``regions`` has the end of the words of a number that
    another number follows in its paragraph."""

    texts: Sequence[str]
    regions: dict[int, int]
    openers: tuple[str, ...]
    known: frozenset[str]
    habits: Habits
    lex: Lexicon

    def above_prose(self, paragraph: int) -> bool:
        """Whether the next paragraph is prose with no number before it: then a sentence alone in its paragraph is a heading."""
        below = self.texts[paragraph + 1] if paragraph + 1 < len(self.texts) else ""
        return len(below) > PROSE and not layout.NUMBERED.match(below)

    def region(self, found: Found) -> int:
        return self.regions.get(id(found), len(self.texts[found.paragraph]))


@dataclass(frozen=True, slots=True)
class Opening:
    """The words behind a number, the end of their first sentence (``stop``), and its end or the colon in it (``whole``)."""

    found: Found
    words: str
    stop: int
    whole: int
    own_line: bool
    spaced: bool


def opening_of(found: Found, view: View) -> Opening:
    text, region = view.texts[found.paragraph], view.region(found)
    words = text[found.after : region]
    mark = STOP.search(words)
    stop = mark.start() if mark else len(words)
    colon = words.find("：", 0, stop)
    spaced = bool(BLANK.search(words, 0, min(stop, LONGEST)))
    own_line = _own_line(words, text[:region], view.above_prose(found.paragraph))
    return Opening(found, words, stop, colon if colon > 0 else stop, own_line, spaced)


def has_words(found: Found, view: View) -> bool:
    text = view.texts[found.paragraph]
    return found.after < view.region(found) and text[found.after] not in " \u3000。！？；"
