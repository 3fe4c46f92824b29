"""Words that rewriting software left in a text (原那么 for 原则): found and told, never changed.

What counts as one is data: rules/damage.toml has only combinations that no Chinese sentence has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .literals import Lookup
from .model import Paragraph, Problem
from .rulebook import Rulebook
from .wording import Damage

MOST = 30
"""Problems a file; the last one tells how many more there are. A wholly rewritten report has hundreds."""
NEXT = "对照原件；确是讹误也照录不改，请换上好的原件"


@dataclass(frozen=True, slots=True)
class Found:
    """A suspect word: ``paragraphs[paragraph].text[start:end]``, and what stood there before, as far as one can tell."""

    paragraph: int
    start: int
    end: int
    word: str
    guess: str


def places(paragraphs: Sequence[Paragraph], book: Rulebook) -> tuple[Found, ...]:
    """Every suspect word of a published speech, in order, none inside another; paragraphs count from 0.

    >>> from jianggao.rulebook import default
    >>> [(f.start, f.end, f.guess) for f in places([Paragraph("p1", "坚持公平的原那么。", 1)], default())]
    [(5, 8, '原则')]
    """
    whole = "\n".join(paragraph.text for paragraph in paragraphs)
    there = _wrong(book).within(whole)
    rules = [rule for rule in book.damage if rule.wrong in there]  # of a sound text few are left
    return tuple(
        Found(index, start, end, word, guess)
        for index, paragraph in enumerate(paragraphs if rules else ())
        for start, end, word, guess in _in(paragraph.text, rules)
    )


@lru_cache(maxsize=8)
def _wrong(book: Rulebook) -> Lookup:
    """The damaged words of a book."""
    return Lookup({rule.wrong for rule in book.damage})


def _in(text: str, rules: Sequence[Damage]) -> Iterable[tuple[int, int, str, str]]:
    found = [
        (m.start(), m.end(), m[0], m[0].replace(rule.wrong, rule.right))
        for rule in rules
        if rule.may_match(text)
        for m in rule.find(text)
    ]
    last = 0
    for start, end, word, guess in sorted(found, key=lambda f: (f[0], -f[1])):
        if start >= last:
            yield start, end, word, guess
            last = end


def problems(paragraphs: Sequence[Paragraph], book: Rulebook, path: str) -> list[Problem]:
    """One warning a line and word, at most `MOST` of them for the ``paragraphs`` of one file."""
    told: dict[tuple[int, str], str] = {}
    for found in places(paragraphs, book):
        told.setdefault((paragraphs[found.paragraph].line, found.word), found.guess)
    out = [
        Problem("warning", f"疑似讹误：“{word}”或为“{guess}”", NEXT, line, path) for (line, word), guess in told.items()
    ]
    more = len(out) - MOST
    if more > 0:
        out[MOST:] = [Problem("warning", f"疑似讹误还有 {more} 处，没有一一列出", NEXT, None, path)]
    return out
