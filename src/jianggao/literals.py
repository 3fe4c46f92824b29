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
MOST_SETS = 3
"""The most telling ones tell nearly all; more of them take longer to ask for than they save."""

Words = frozenset[str]


def needed(pattern: re.Pattern[str]) -> tuple[Words, ...]:
    """Sets of words; one word of each stands in every text that ``pattern`` matches. The most telling set comes first.

    >>> [sorted(words) for words in needed(re.compile("(?:收藏|分享)本文(?=.*[!！])"))]
    [['本文'], ['分享', '收藏'], ['!', '！']]
    >>> needed(re.compile("[0-9]+(?:页|字)?"))
    ()
    """
    if _parser is None or pattern.flags & (re.IGNORECASE | re.VERBOSE):
        return ()
    found = _sequence(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
    return tuple(sorted({words for words in found if len(words) <= MAX_WORDS}, key=_telling))[:MOST_SETS]


def word(pattern: re.Pattern[str]) -> str:
    """The longest single word that stands in every text that ``pattern`` matches; often there is none.

    >>> word(re.compile("在.{4,60}上的(?:讲话|发言)")), word(re.compile("讲话|发言"))
    ('上的', '')
    """
    return max((one for words in needed(pattern) if len(words) == 1 for one in words), key=len, default="")


def widest(pattern: re.Pattern[str]) -> int:
    """Characters of the longest text that ``pattern`` can match, those apart that it only looks at; very many where it has
    no bound or cannot tell.

    >>> widest(re.compile("(?<=在)会(?:上|议)?(?=.*讲话)"))
    2
    """
    return int(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE).getwidth()[1]) if _parser else 1 << 30


def _telling(words: Words) -> tuple[int, int, list[str]]:
    """Smallest for the words that the fewest texts hold: longer words first, then fewer of them."""
    return -min(map(len, words)), len(words), sorted(words)


def _sequence(items: Iterable[Any]) -> list[Words]:
    """The requirements of things that must all be there: runs of characters, and what each item asks for."""
    found: list[Words] = []
    run = ""
    for op, value in items:
        name = str(op)
        if name == "LITERAL":
            run += chr(value)
            continue
        found += [frozenset((run,))] if run else []
        run = ""
        found += [words for words in _item(name, value) if words]
    return [*found, frozenset((run,))] if run else found


def _item(name: str, value: Any) -> list[Words]:
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _sequence(value[2]) if value[0] else []
    if name == "BRANCH":
        parts = [_sequence(branch) for branch in value[1]]
        chosen = ([min(part, key=_telling) for part in parts], [part[-1] for part in parts]) if all(parts) else ()
        return [frozenset().union(*words) for words in chosen]
    if name == "IN":
        return [_class(value)]
    if name == "SUBPATTERN":
        return [] if value[1] & re.IGNORECASE else _sequence(value[3])
    if name == "ASSERT":
        return _sequence(value[1])
    return _sequence(value) if name == "ATOMIC_GROUP" else []


def _class(members: Iterable[Any]) -> Words:
    """The characters of a short class such as [:：]; a negated one or one with ranges requires nothing we could look for."""
    out = []
    for op, value in members:
        if str(op) != "LITERAL":
            return frozenset()
        out.append(chr(value))
    return frozenset(out)


class Lookup:
    """Words to look for, all at once: by their first two characters, of which few texts have more than some.

    >>> sorted(Lookup(["会员", "会员群", "群", "资料"]).within("入群成为会员"))
    ['会员', '群']
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.single: set[str] = set()
        self.longer: dict[tuple[str, str], list[str]] = {}
        for word in words:
            if len(word) == 1:
                self.single.add(word)
            else:
                self.longer.setdefault((word[0], word[1]), []).append(word)
        firsts, seconds = (re.escape("".join(sorted({pair[n] for pair in self.longer}))) for n in (0, 1))
        self.pairs = re.compile(f"([{firsts}])(?=([{seconds}]))" if self.longer else "(?!)")

    def within(self, text: str, characters: set[str] | None = None) -> set[str]:
        """Those of the words that stand in ``text``; the single ones by its ``characters``, where these are known."""
        beside = self.longer.keys() & set(self.pairs.findall(text))
        found = {word for pair in beside for word in self.longer[pair] if len(word) == 2 or word in text}
        return found | (self.single & characters if characters else set(filter(text.__contains__, self.single)))
