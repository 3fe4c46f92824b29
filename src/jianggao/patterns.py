"""The rules of rules/noise/*.toml run over lines: each looks only at the lines that hold one of its own words.

Most files hold none of most rules' words, so a hundred rules cost little more than looking for their words once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence, Set
from functools import cached_property, partial
from itertools import accumulate, chain

from . import junk, layout
from .audit import Edit, Lines, Rule, Sheet, sheet
from .guard import spoken
from .model import Fact, Line
from .rulebook import NoiseRule, Rulebook, Where

MAX_NOTICE = 400
"""A line longer than this (characters) is no notice to be dropped whole; also keeps patterns off hostile lines."""

SITE_WORDS = re.compile(
    "本站|本文档|小编|Copyright|All Rights|ICP备|公网安备|迅雷|客服|会员分享|责任编辑|版权归|会员权益|二次传播"
    "|^(?:选自|原载|来源)|共印\\d|签发人|[报抄]送[:：]|(?:录入|编|整理)者注|用户(?:自行)?(?:上传|分享)|仅供网友|资源均[是为]|^(?:声明|温馨提示|版权声明|版权说明)[:：]|请勿照[搬抄]|来源于[\u3400-\u9fff]{2,8}网|侵权[^。]{0,12}(?:删除|举报)|※|www[.]|[:：][+\\d-]{7}"
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

    def __init__(self, book: Rulebook, lines: Sheet) -> None:
        self.book, self.lines, self.whole = book, lines, lines.whole
        self._characters: dict[Where, set[str]] = {"any": lines.alphabet}
        self._lines: dict[tuple[str, int, int], list[int]] = {}

    def characters(self, where: Where) -> set[str]:
        """The characters that stand in a place: told by them that a word does not, at a tenth of the cost of a search."""
        if where not in self._characters:
            there = (line.text for stretch in self.stretches(where) for line in self.lines[slice(*stretch)])
            self._characters[where] = set().union(*there)
        return self._characters[where]

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

    def holding(self, asks: Sequence[Set[str]], where: Where) -> Iterable[int]:
        """Indices of the lines in a place that hold one of each set of words, rising; all where nothing is asked for."""
        if not asks:
            return chain.from_iterable(range(*stretch) for stretch in self.stretches(where))
        characters = self.characters(where)
        spelt = [[word for word in words if characters.issuperset(word)] for words in asks[:2]]
        rarest = min(spelt, key=lambda words: (min(map(len, words), default=0) == 1, len(words)))
        found = {i for word in rarest for stretch in self.stretches(where) for i in self._with(word, *stretch)}
        texts = ((i, self.lines[i].text) for i in sorted(found))
        return [i for i, text in texts if all(any(map(text.__contains__, words)) for words in asks)]

    def _with(self, word: str, begin: int, end: int) -> list[int]:
        """Indices of the lines from ``begin`` to ``end``, the end excluded, that hold ``word``."""
        key = (word, begin, end)
        if key not in self._lines:
            self._lines[key] = list(self._search(word, begin, end)) if begin < end else []
        return self._lines[key]

    def _search(self, word: str, begin: int, end: int) -> Iterable[int]:
        stop = self.starts[end] if end < len(self.starts) else len(self.whole)
        at = self.whole.find(word, self.starts[begin], stop)
        while at >= 0:
            index = bisect_right(self.starts, at) - 1
            yield index
            at = self.whole.find(word, self.starts[index + 1], stop) if index + 1 < end else -1


class Noise:
    """The rules of a book for files of the format ``kind``; made once, for all files."""

    def __init__(self, book: Rulebook, kind: str) -> None:
        self.book = book
        self.rules = tuple(rule for rule in book.noise if not rule.formats or kind in rule.formats)

    def passes(self) -> tuple[Rule, ...]:
        """The line passes, in order. What they see of the lines is shared as long as none of them changes any."""
        return tuple(Rule(rule.id, partial(self._edits, rule)) for rule in self.rules)

    def _edits(self, rule: NoiseRule, lines: Lines) -> Iterable[Edit]:
        lines = sheet(lines)
        look: _Look | None = lines.notes.get(self)
        if look is None or look.lines is not lines:
            look = lines.notes[self] = _Look(self.book, lines)
        spelt = look.characters(rule.where).issuperset
        for words in rule.asks:
            if not any(map(spelt, words)):
                return ()
        return junk.rest(rule, self.book, lines) if rule.action == "rest" else _find(rule, look)


def _find(rule: NoiseRule, look: _Look) -> Iterable[Edit]:
    """The edits of one rule, on the lines that hold one of each set of words that it asks for."""
    for index in look.holding(rule.asks, rule.where):
        line = look.lines[index]
        if not line.text:
            continue
        if rule.action == "drop":
            found = rule.pattern.fullmatch(line.text) if len(line.text) <= MAX_NOTICE else None
            if found and not spoken(look.book, line.text):
                yield Edit(index, None, facts(rule, found, line))
        elif edit := _inside(rule, look.book, index, line):
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
