"""The rules of rules/noise/*.toml run over lines: each looks only at the lines that hold one of its own words.

Most files hold none of most rules' words, so a hundred rules cost little more than looking for their words once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from itertools import accumulate

from . import junk, layout
from .audit import Edit, Group, Lines, Rule, Sheet, sheet
from .guard import spoken
from .literals import Lookup, Words
from .model import Fact, Line
from .rulebook import NoiseRule, Rulebook, Where

MAX_NOTICE = 400
"""A line longer than this (characters) is no notice to be dropped whole; also keeps patterns off hostile lines."""

SITE_WORDS = re.compile(
    "本站|本文档|小编|Copyright|All Rights|ICP备|公网安备|迅雷|客服|会员分享|责任编辑|版权归|会员权益|二次传播"
    "|^(?:选自|原载|来源)|共印\\d|签发人|[报抄]送[:：]|(?:录入|编|整理)者注|用户(?:自行)?(?:上传|分享)|仅供网友|资源均[是为]|^(?:声明|温馨提示|版权声明|版权说明)[:：]|请勿照[搬抄]|所在栏目|》来源于[\u3400-\u9fff]{2,8}网|(?:发布|发表|更新)(?:时间|日期)\\s*[:：]|(?:如有|如若|若有)侵权|侵权[^。]{0,8}请[^。]{0,8}(?:删除|举报|联系)|※|www[.]|[:：][+\\d-]{7}"
)
"""Words of a site in a line that is as long as prose: such a line is neither the first of a speech nor its last."""

HOLE = "〔"
"""What the mark of a hole begins with: such a rule puts it in the place of words, and others keep the words."""

Finder = Callable[[Lines], Iterable[Edit]]


def bounds(lines: Lines, book: Rulebook) -> tuple[int, int]:
    """Index of the first line of the speech and of its last line of prose. Titles and bylines stand before the first."""
    return sheet(lines).once((bounds, book), lambda: _bounds(sheet(lines), book))


def _bounds(lines: Sheet, book: Rulebook) -> tuple[int, int]:
    salutation, closing = book.forms["salutation"], book.forms["closing"]
    opens = lines.told(("opens", book), lambda text: _spoken(layout.is_body, text) or bool(salutation.match(text)))
    ends = lines.told(("ends", book), lambda text: _spoken(layout.is_prose, text) or bool(closing.tail(text)))
    first = next((i for i, line in enumerate(lines) if line.text and opens(line.text)), len(lines))
    last = next((i for i in range(len(lines) - 1, -1, -1) if lines[i].text and ends(lines[i].text)), -1)
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


class _Place:
    """The lines among which some rules may act. ``words`` are those of the rules that stand there, and ``open`` the positions
    of the rules that may find something; after an edit also some that stood there before."""

    def __init__(self, lines: Sheet, indexes: Sequence[int], text: str) -> None:
        self.lines, self.indexes, self.text = lines, indexes, text
        self.words: set[str] = set()
        self.open: set[int] = set()
        self._with: dict[str, list[int]] = {}

    @cached_property
    def texts(self) -> set[str]:
        return {self.lines[i].text for i in self.indexes}

    @cached_property
    def ends(self) -> list[int]:
        """Where in `text` each line ends."""
        return list(accumulate(len(self.lines[i].text) + 1 for i in self.indexes))

    def holding(self, asks: Sequence[Words]) -> Sequence[int]:
        """Indices of the lines that hold one of each set of words, rising; all where nothing is asked for."""
        if not asks:
            return self.indexes
        held = [words & self.words for words in asks]
        if not all(held):
            return ()
        rarest = min(held, key=_breadth)
        found = {i for word in rarest for i in self._lines_with(word)}
        others = [words for words in held if words is not rarest]
        texts = ((i, self.lines[i].text) for i in sorted(found))
        return [i for i, text in texts if all(any(map(text.__contains__, words)) for words in others)]

    def _lines_with(self, word: str) -> list[int]:
        """Indices of the lines that hold ``word``."""
        if word not in self._with:
            found, at = [], self.text.find(word)
            while at >= 0:
                place = bisect_right(self.ends, at)
                found.append(self.indexes[place])
                at = self.text.find(word, self.ends[place])
            self._with[word] = found
        return self._with[word]


def _breadth(words: Words) -> tuple[bool, int]:
    """Smallest for the words that the fewest lines hold: single characters stand in many."""
    return min(map(len, words)) == 1, len(words)


class _Gate:
    """The rules for one place, each with its position among all, by the words that they ask for."""

    def __init__(self, rules: Sequence[tuple[int, NoiseRule]]) -> None:
        self.always = [at for at, rule in rules if not rule.asks]
        self.others = {at: rule.asks[1:] for at, rule in rules}
        self.first: dict[str, list[int]] = {}
        for at, rule in rules:
            for word in rule.asks[0] if rule.asks else ():
                self.first.setdefault(word, []).append(at)
        self.words = Lookup({word for _, rule in rules for words in rule.asks for word in words})

    def open_to(self, words: set[str]) -> set[int]:
        """Positions of the rules that may find something where these ``words`` stand: few of them all."""
        some = {at for word in words & self.first.keys() for at in self.first[word]}
        return {at for at in some if not any(map(words.isdisjoint, self.others[at]))}.union(self.always)


class _Look:
    """What the rules of a book ask about the same lines, answered once."""

    def __init__(self, noise: Noise, lines: Sheet, before: _Look | None) -> None:
        self.noise, self.book, self.lines = noise, noise.book, lines
        self.before = before.places if before else {}
        self.places: dict[Where, _Place] = {}

    def place(self, where: Where) -> _Place:
        """The lines of a place: all, those before the speech, behind it, above its first words."""
        if where not in self.places:
            place = self.places[where] = self._new(where)
            before, gate = self.before.get(where), self.noise.gates[where]
            if before is None:
                words = gate.words.within(place.text, self.lines.alphabet if where == "any" else set(place.text))
            else:
                new = "\n".join(place.texts - before.texts)
                words = gate.words.within(new, set(new)) if new else set()
            if before is not None and words <= before.words:
                place.words, place.open = before.words, before.open
            else:
                place.words = words | (before.words if before else set())
                place.open = gate.open_to(place.words)
        return self.places[where]

    def _new(self, where: Where) -> _Place:
        lines = self.lines
        if where == "any":
            return _Place(lines, range(len(lines)), lines.whole)
        indexes = [i for stretch in self._stretches(where) for i in range(*stretch)]
        return _Place(lines, indexes, "\n".join([lines[i].text for i in indexes]))

    def due(self) -> list[int]:
        """Positions, rising, of the rules that may find something."""
        return sorted(at for where in self.noise.gates for at in self.place(where).open)

    def _stretches(self, where: Where) -> list[tuple[int, int]]:
        """From which to which line, the end excluded, a rule may act."""
        if where == "lead":
            return [(0, junk.lead_end(self.lines, self.book))]
        first, last = bounds(self.lines, self.book)
        ends = {"head": [(0, first)], "tail": [(last + 1, len(self.lines))]}
        return ends.get(where) or [(0, min(first, last + 1)), (last + 1, len(self.lines))]


class Noise:
    """The rules of a book for files of the format ``kind``; made once, for all files."""

    def __init__(self, book: Rulebook, kind: str) -> None:
        self.book = book
        self.rules = tuple(rule for rule in book.noise if not rule.formats or kind in rule.formats)
        places = dict.fromkeys(rule.where for rule in self.rules)
        self.gates = {w: _Gate([(at, rule) for at, rule in enumerate(self.rules) if rule.where == w]) for w in places}

    def passes(self) -> Group:
        """The line passes, in order. What they see of the lines is shared as long as none of them changes any."""
        return Group(tuple(Rule(rule.id, partial(self._edits, rule)) for rule in self.rules), self._due)

    def _due(self, lines: Lines) -> Sequence[int]:
        return self._look(sheet(lines)).due()

    def _look(self, lines: Sheet) -> _Look:
        look: _Look | None = lines.notes.get(self)
        if look is None or look.lines is not lines:
            look = lines.notes[self] = _Look(self, lines, look)
        return look

    def _edits(self, rule: NoiseRule, lines: Lines) -> Iterable[Edit]:
        lines = sheet(lines)
        return junk.rest(rule, self.book, lines) if rule.action == "rest" else _find(rule, self._look(lines))


def _find(rule: NoiseRule, look: _Look) -> Iterable[Edit]:
    """The edits of one rule, on the lines that hold one of each set of words that it asks for."""
    for index in look.place(rule.where).holding(rule.asks):
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
