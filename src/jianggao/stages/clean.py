"""Noise out: chrome, advertisements, watermarks, page numbers, repeated titles. What a notice says is kept as facts.

Most rules are data (rules/noise/*.toml). Those that need to see several lines at once stand here as functions; `rules`
shows the order of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property, partial

from jianggao import junk, layout, literals
from jianggao.audit import Edit, Lines, Rule
from jianggao.model import Fact, Line
from jianggao.rulebook import BYLINES, DATES, NoiseRule, Rulebook, Where

MAX_NOTICE = 400
"""A line longer than this (characters) is no notice to be dropped whole; also keeps patterns off hostile lines."""
INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\ufdd0-\ufdef]"
)
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\t]")


def _normalise_space(lines: Lines) -> Iterable[Edit]:
    for i, line in enumerate(lines):
        yield Edit(i, SPACES.sub(" ", INVISIBLE.sub("", line.text)))


def _trim(lines: Lines) -> Iterable[Edit]:
    for i, line in enumerate(lines):
        yield Edit(i, line.text.strip(" \u3000"))


def _outside_main(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """What stands around the main text of a web page goes; its source and posting date are read first."""
    telling = [r for r in book.noise if r.action == "drop" and r.facts]
    for i, line in enumerate(lines):
        if line.zone == "aside" and line.text:
            found = ((r, r.pattern.fullmatch(line.text.strip())) for r in telling)
            facts = tuple(f for r, m in found if m for f in _facts(r, m, line) if f.kind in ("site", "posted"))
            yield Edit(i, None, facts)


def _bounds(lines: Lines, book: Rulebook) -> tuple[int, int]:
    """Index of the first line of the speech and of its last line of prose. Titles and bylines stand before the first."""
    salutation, closing = book.forms["salutation"], book.forms["closing"]
    opens = [i for i, x in enumerate(lines) if layout.is_body(x.text) or salutation.match(x.text)]
    ends = [i for i, x in enumerate(lines) if layout.is_prose(x.text) or closing.tail(x.text)]
    return (opens[0] if opens else len(lines), ends[-1] if ends else -1)


def _allowed(where: Where, before: bool, behind: bool) -> bool:
    """Whether a rule may act on a line that stands before the speech or behind it."""
    return (before and where in ("head", "edge")) or (behind and where in ("tail", "edge"))


def _facts(rule: NoiseRule, found: re.Match[str], line: Line) -> tuple[Fact, ...]:
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
    """What many rules ask about the same lines, answered once: their text as a whole and where the speech begins and ends."""

    def __init__(self, book: Rulebook, lines: Lines) -> None:
        self.lines, self.book = lines, book

    @cached_property
    def whole(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def bounds(self) -> tuple[int, int]:
        return _bounds(self.lines, self.book)

    @cached_property
    def edges(self) -> str:
        """What stands before the speech and behind it: all that most rules may touch, and little of the whole."""
        first, last = self.bounds
        return "\n".join(line.text for i, line in enumerate(self.lines) if i < first or i > last)


def _looker(book: Rulebook) -> Callable[[Lines], _Look]:
    """A look at lines that is shared as long as no rule changes them."""
    last = _Look(book, ())

    def look(lines: Lines) -> _Look:
        nonlocal last
        if last.lines is not lines:
            last = _Look(book, lines)
        return last

    return look


def _pattern(rule: NoiseRule, kind: str, look: Callable[[Lines], _Look], lines: Lines) -> Iterable[Edit]:
    """The edits of one rule of rules/noise.toml."""
    words = literals.needed(rule.pattern)
    if (rule.formats and kind not in rule.formats) or not literals.may_match(words, look(lines).whole):
        return
    first, last = look(lines).bounds if rule.where != "any" else (0, 0)
    for i, line in enumerate(lines):
        if not line.text or (rule.where != "any" and not _allowed(rule.where, i < first, i > last)):
            continue
        if rule.action == "drop":
            found = rule.pattern.fullmatch(line.text) if len(line.text) <= MAX_NOTICE else None
            if found:
                yield Edit(i, None, _facts(rule, found, line))
        elif literals.may_match(words, line.text):
            edit = _inside(rule, i, line)
            if edit:
                yield edit


def _inside(rule: NoiseRule, index: int, line: Line) -> Edit | None:
    """What a ``cut`` or ``replace`` rule does to a line: all its places at once."""
    places = [m for m in rule.pattern.finditer(line.text) if m.group(0)]
    if not places:
        return None
    facts = tuple(f for m in places for f in _facts(rule, m, line))
    text = line.text
    for m in reversed(places):
        text = text[: m.start()] + rule.replacement.format(**m.groupdict()) + text[m.end() :]
    return Edit(index, text if text.strip() else None, facts)


def _at_edge(rule: NoiseRule, kind: str, look: Callable[[Lines], _Look], lines: Lines) -> Iterable[Edit]:
    """The edits of a rule that may act only before the speech or behind it: its words are looked for there alone."""
    may = literals.may_match(literals.needed(rule.pattern), look(lines).edges)
    return _pattern(rule, kind, look, lines) if may else ()


def _lead(rule: NoiseRule, kind: str, book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """The edits of one rule of rules/noise/*.toml that looks only above the speech."""
    above = lines[: junk.lead_end(lines, book)]
    if not literals.may_match(literals.needed(rule.pattern), "\n".join(line.text for line in above)):
        return ()
    return _pattern(replace(rule, where="any"), kind, _looker(book), above)


def _contents(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """The source's own 目录/提纲 block: kept as facts for the outline, not as text."""
    for i, line in enumerate(lines):
        if not book.forms["contents"].search(line.text):
            continue
        yield Edit(i, None)
        seen: set[str] = set()
        for k in range(i + 1, len(lines)):
            text = lines[k].text
            bare = re.sub(r"[\s.…·\d]+$", "", text)
            stop = (
                (layout.is_body(text) and not layout.MARKERISH.match(text))
                or book.forms["salutation"].search(text)
                or bare in seen
            )
            if stop or book.forms["title"].search(text) or (lines[k].zone == "title"):
                break
            seen.add(bare)
            facts = (
                (Fact("contents", bare, lines[k].number, "contents/listed"),) if layout.MARKERISH.match(bare) else ()
            )
            yield Edit(k, None, facts)
            if re.fullmatch(r"[\s.…]+", text):
                break
        return


def _before_title(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """Lines above the first title that are neither title, label, byline nor date: what a site or a handout put there.

    A line right above the title that reads like its upper half stays, and so do several of them.
    """
    first, _ = _bounds(lines, book)
    head = lines[:first]
    titles = [i for i, x in enumerate(head) if x.zone == "title" or book.forms["title"].search(x.text)]
    if not titles:
        return
    lower, top = head[titles[0]], titles[0]
    for i in range(titles[0] - 1, -1, -1):
        if head[i].text:
            untouched = lower.number - head[i].number == top - i  # only blank lines between, nothing removed
            if not _reads_on(book, head[i], lower, untouched):
                break
            lower, top = head[i], i
    keep = ("title-start", "subtitle", "label", "labelled", *BYLINES, *DATES)
    for i in range(top):
        text = head[i].text
        if text and not any(book.forms[k].search(text) for k in keep):
            yield Edit(i, None)


def _reads_on(book: Rulebook, upper: Line, lower: Line, untouched: bool) -> bool:
    """Whether a line just above a title can be its upper half or a headline of its own: short, right above it in the raw
    file, without any mark of a menu, an address or a counter, and not the name of a site."""
    return (
        2 <= len(upper.text) <= 40
        and (untouched or lower.number - upper.number <= 3)
        and not re.search(r"[>»→|/@\\\[\]★☆]|www|[:：]\s*\d|\d{4}-\d", upper.text)
        and not book.forms["site-words"].search(upper.text)
        and bool(re.search("[\u3400-\u9fff]", upper.text))
    )


def _after_end(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """Column names and buttons below the last line of prose: a few words without any mark, right behind a removed notice.

    That something was removed shows in the line numbers; without that sign a short last line stays.
    """
    _, last = _bounds(lines, book)
    keep = ("title", "closing", "label", "salutation", *BYLINES, *DATES)
    before = lines[last].number if last >= 0 else 0
    for i in range(last + 1, len(lines)):
        text = lines[i].text
        behind_notice = lines[i].number != before + 1
        if text and not (behind_notice and re.fullmatch(r"[\u3400-\u9fffA-Za-z \u3000>|]{1,10}", text)):
            return
        if text and any(book.forms[k].search(text) for k in keep):
            return
        if text:
            yield Edit(i, None)
        else:
            before = lines[i].number


def _finder(
    rule: NoiseRule, book: Rulebook, kind: str, look: Callable[[Lines], _Look]
) -> Callable[[Lines], Iterable[Edit]]:
    if rule.action == "rest":
        return partial(junk.rest, rule, book)
    if rule.where == "lead":
        return partial(_lead, rule, kind, book)
    return partial(_pattern if rule.where == "any" else _at_edge, rule, kind, look)


def rules(book: Rulebook, kind: str) -> tuple[Rule, ...]:
    """All line passes of this stage in order; ``kind`` is the format (txt, md, html)."""
    look = _looker(book)
    return (
        Rule("layout/invisible", _normalise_space),
        Rule("layout/wrapped-line", layout.wrapped_lines),
        Rule("layout/trim", _trim),
        Rule("layout/torn-block", partial(layout.torn_blocks, book)),
        Rule("noise/outside-main", partial(_outside_main, book)),
        Rule("noise/forum-junk", junk.forum_junk),
        Rule("noise/forum-replies", partial(junk.forum_replies, book)),
        Rule("noise/plain-pinyin", junk.plain_pinyin),
        Rule("noise/stamp", junk.stamps),
        *(Rule(r.id, _finder(r, book, kind, look)) for r in book.noise),
        Rule("layout/trim", _trim),
        Rule("noise/preface", partial(junk.preface, book)),
        Rule("noise/running-head", layout.running_heads),
        Rule("noise/page-number-inside", layout.page_numbers_inside),
        Rule("noise/page-number", layout.page_numbers_alone),
        Rule("contents/block", partial(_contents, book)),
        Rule("noise/repeated-line", layout.repeated),
        Rule("noise/repeated-inline", layout.repeated_inline),
        Rule("noise/before-title", partial(_before_title, book)),
        Rule("noise/after-end", partial(_after_end, book)),
        Rule("layout/torn-line", layout.torn_lines),
    )
