"""Which words a pattern cannot match without: so that most rules need not look at most lines.

A rule of the trade names something (会员, 省略, 责任编辑); a text without that word is no business of it. The words come out
of the pattern itself, so nobody has to write them twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_parser: Any = getattr(re, "_parser", None)
"""How Python parses its own patterns. Nobody promised that it stays; without it every line is looked at, and only time lost."""

MAX_WORDS = 40
"""More alternatives than this take longer to look for than the pattern takes to run."""

Words = frozenset[str]


def needed(pattern: re.Pattern[str]) -> Words:
    """Words of which at least one stands in every text that ``pattern`` matches; empty when nothing is certain.

    >>> sorted(needed(re.compile("(?:收藏|分享)本文")))
    ['本文']
    >>> sorted(needed(re.compile("[0-9]+(?:页|字)?")))
    []
    """
    if _parser is None or pattern.flags & (re.IGNORECASE | re.VERBOSE):
        return frozenset()
    found = _sequence(list(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)))
    return found if len(found) <= MAX_WORDS else frozenset()


def _sequence(items: Iterable[Any]) -> Words:
    """The most telling requirement among things that must all be there: a run of characters, or one item's words."""
    best: Words = frozenset()
    run = ""
    for op, value in items:
        name = str(op)
        if name == "LITERAL":
            run += chr(value)
            best = _better(best, frozenset((run,)))
            continue
        run = ""
        best = _better(best, _item(name, value))
    return best


def _item(name: str, value: Any) -> Words:
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _sequence(value[2]) if value[0] else frozenset()
    if name == "BRANCH":
        parts = [_sequence(branch) for branch in value[1]]
        return frozenset().union(*parts) if all(parts) else frozenset()
    if name == "IN":
        return _class(value)
    if name == "SUBPATTERN":
        return frozenset() if value[1] & re.IGNORECASE else _sequence(value[3])
    if name == "ASSERT":
        return _sequence(value[1])
    return _sequence(value) if name == "ATOMIC_GROUP" else frozenset()


def _class(members: Iterable[Any]) -> Words:
    """The characters of a short class such as [:：]; a negated one or one with ranges requires nothing we could look for."""
    out = []
    for op, value in members:
        if str(op) != "LITERAL":
            return frozenset()
        out.append(chr(value))
    return frozenset(out)


def _better(one: Words, other: Words) -> Words:
    """The requirement that fewer texts meet: longer words first, then fewer of them."""
    if not one or not other:
        return one or other
    return min(one, other, key=lambda words: (-min(map(len, words)), len(words)))
