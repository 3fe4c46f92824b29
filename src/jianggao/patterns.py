"""The rules of rules/noise/*.toml run over lines: each looks only at the lines that hold one of its own words.

Most files hold none of most rules' words, so a hundred rules cost little more than looking for their words once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from itertools import accumulate, chain

from . import junk, layout
from .audit import Edit, Lines
from .guard import spoken
from .model import Fact, Line
from .rulebook import NoiseRule, Rulebook, Where

MAX_NOTICE = 400
"""A line longer than this (characters) is no notice to be dropped whole; also keeps patterns off hostile lines."""

SITE_WORDS = re.compile(
    "本站|本文档|小编|Copyright|All Rights|ICP备|公网安备|迅雷|客服|会员分享|责任编辑|版权归|会员权益|二次传播"
    "|^(?:选自|原载|来源)|共印\\d|签发人|[报抄]送[:：]|(?:录入|编|整理)者注|※|www[.]|[:：][+\\d-]{7}"
)
"""Words of a site in a line that is as long as prose: such a line is neither the first of a speech nor its last."""

HOLE = "〔"
"""What the mark of a hole begins with: such a rule puts it in the place of words, and others keep the words."""

Finder = Callable[[Lines], Iterable[Edit]]


def bounds(lines: Lines, book: Rulebook) -> tuple[int, int]:
    """Index of the first line of the speech and of its last line of prose. Titles and bylines stand before the first."""
    salutation, closing = book.forms["salutation"], book.forms["closing"]
    first, last = len(lines), -1
    for i, line in enumerate(lines):
        if line.text and (_spoken(layout.is_body, line.text) or salutation.match(line.text)):
            first = i
            break
    for i in range(len(lines) - 1, -1, -1):
        if (text := lines[i].text) and (_spoken(layout.is_prose, text) or closing.tail(text)):
            last = i
            break
    return first, last


def _spoken(prose: Callable[[str], bool], text: str) -> bool:
    """Whether a line is prose and not a site's."""
    return prose(text) and not (len(text) <= MAX_NOTICE and SITE_WORDS.search(text))


def facts(rule: NoiseRule, found: re.Match[str], line: Line) -> tuple[Fact, ...]:
    """What the notice ``found`` says, by the rule's templates."""
    out = []
    for kind, template in rule.facts:
        if template == "{all}":
            value: str | None = found.group(0).strip(" \u3000•·●")
        else:
            names = re.findall(r"{(\w+)}", template)
            groups = found.groupdict()
            value = template.format(**groups) if all(groups.get(n) for n in names) else None
        if value:
            out.append(Fact(kind, value, line.number, rule.id))
    return tuple(out)


class _Look:
    """What many rules ask about the same lines, answered once."""

    def __init__(self, book: Rulebook, lines: Lines, before: _Look | None = None) -> None:
        self.lines, self.book = lines, book
        self.characters = self._characters(before)

    def _characters(self, before: _Look | None) -> set[str]:
        """The characters of the lines, and of those that they were made from: only lines that are new are read."""
        known = {id(line) for line in before.lines} if before else set()
        new = [line.text for line in self.lines if id(line) not in known]
        same = before is not None and len(new) < len(self.lines)
        return (before.characters if before and same else set()).union(*new)

    @cached_property
    def whole(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def spelt(self, words: frozenset[str]) -> list[str]:
        """Those of ``words`` whose characters all stand somewhere: found for a tenth of the cost of looking for the words."""
        return [word for word in words if self.characters.issuperset(word)]

    @cached_property
    def starts(self) -> list[int]:
        """Where in `whole` each line begins."""
        return list(accumulate((len(line.text) + 1 for line in self.lines), initial=0))[:-1]

    @cached_property
    def bounds(self) -> tuple[int, int]:
        return bounds(self.lines, self.book)

    @cached_property
    def lead(self) -> int:
        return junk.lead_end(self.lines, self.book)

    def stretches(self, where: Where) -> list[tuple[int, int]]:
        """From which to which line, the end excluded, a rule may act: anywhere, before the speech, behind it, above its
        first words."""
        if where == "any":
            return [(0, len(self.lines))]
        if where == "lead":
            return [(0, self.lead)]
        first, last = self.bounds
        ends = {"head": [(0, first)], "tail": [(last + 1, len(self.lines))]}
        return ends.get(where) or [(0, min(first, last + 1)), (last + 1, len(self.lines))]

    def holding(self, words: Sequence[str], begin: int, end: int) -> Iterable[int]:
        """Indices of the lines from ``begin`` to ``end`` that hold one of ``words``, rising; all where none are needed."""
        if not words or begin >= end:
            return range(begin, end)
        found: set[int] = set()
        stop = self.starts[end] if end < len(self.starts) else len(self.whole)
        for word in words:
            at = self.whole.find(word, self.starts[begin], stop)
            while at >= 0:
                index = bisect_right(self.starts, at) - 1
                found.add(index)
                at = self.whole.find(word, self.starts[index + 1], stop) if index + 1 < end else -1
        return sorted(found)


def finders(book: Rulebook, kind: str) -> Callable[[NoiseRule], Finder]:
    """Gives each rule its finder, for files of the format ``kind``. What they see of the lines is shared as long as no rule
    changes them."""
    last = _Look(book, ())

    def look(lines: Lines) -> _Look:
        nonlocal last
        if last.lines is not lines:
            last = _Look(book, lines, last)
        return last

    def finder(rule: NoiseRule) -> Finder:
        if rule.action == "rest":
            return partial(junk.rest, rule, book)
        if rule.formats and kind not in rule.formats:
            return lambda _: ()

        def find(lines: Lines) -> Iterable[Edit]:
            seen = look(lines)
            words = seen.spelt(rule.words)
            return _find(rule, words, seen, lines) if words or not rule.words else ()

        return find

    return finder


def _find(rule: NoiseRule, words: Sequence[str], seen: _Look, lines: Lines) -> Iterable[Edit]:
    """The edits of one rule, on lines with one of ``words``, or on all where it needs none."""
    indices = chain.from_iterable(seen.holding(words, *stretch) for stretch in seen.stretches(rule.where))
    for index in indices:
        line = lines[index]
        if not line.text:
            continue
        if rule.action == "drop":
            found = rule.pattern.fullmatch(line.text) if len(line.text) <= MAX_NOTICE else None
            if found and not spoken(seen.book, line.text):
                yield Edit(index, None, facts(rule, found, line))
        elif edit := _inside(rule, seen.book, index, line):
            yield edit


def _inside(rule: NoiseRule, book: Rulebook, index: int, line: Line) -> Edit | None:
    """What a ``cut`` or ``replace`` rule does to a line: all its places at once."""
    places = [m for m in rule.pattern.finditer(line.text) if m.group(0)]
    if rule.replacement.startswith(HOLE):
        places = [m for m in places if not spoken(book, m.group(0))]
    if not places:
        return None
    said = tuple(f for m in places for f in facts(rule, m, line))
    text = line.text
    for m in reversed(places):
        text = text[: m.start()] + rule.replacement.format(**m.groupdict()) + text[m.end() :]
    return Edit(index, text if text.strip() else None, said)
