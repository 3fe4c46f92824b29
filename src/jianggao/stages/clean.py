"""Noise out: chrome, advertisements, watermarks, page numbers, repeated titles. What a notice says is kept as facts.

Most rules are data (rules/noise/*.toml). Those that need to see several lines at once stand here as functions; `rules`
shows the order of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial

from jianggao import endnotes, junk, layout, pages, patterns, repeats, wrapper
from jianggao.audit import Edit, Group, Lines, Rule, sheet
from jianggao.model import Fact, Line
from jianggao.rulebook import BYLINES, DATES, Rulebook

INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\ufdd0-\ufdef]"
)
LEADER = re.compile(r"[\s.…·\d]+$")
"""The dots and the page number behind an entry of a contents list."""
MAX_ENTRY = 80
PAGED = re.compile(r"(?:[.…·]{2,}\s*[\u3400-\u9fff\s]{0,6}[（(]?|\s-\s*)\d{1,4}(?:\s*-|[）)])?\s*$")
"""The leader and the page number that an entry of a printed contents list ends with."""
SIGNED = ("name-line", "unit-line", "place-line", "note-line")
"""Forms of what may stand below a speech beside post and date."""
THANKS = re.compile("(?:谢谢|多谢)(?:大家|各位|同志们|你们)?[！!。.]?”?$")
FEW_WORDS = re.compile(r"[\u3400-\u9fffA-Za-z \u3000>|]{1,20}")
NO_SENTENCE = re.compile(
    r"(?=.*(?:整理|供稿|编印|编辑|出品|发布|提供|来源|承办|主办|共印))[\u3400-\u9fffA-Za-z0-9 \u3000>|·/-]{4,24}(?<![了好])"
)
"""What a page or an office puts below the thanks with which a speech ends: 某局整理, 共印300份."""
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\t]")
ODD = frozenset(
    char for char in map(chr, (*range(0x3000), *range(0xFDD0, 0x10000))) if INVISIBLE.match(char) or SPACES.match(char)
)


def _normalise_space(lines: Lines) -> Iterable[Edit]:
    if not ODD.isdisjoint(sheet(lines).alphabet):
        yield from (Edit(i, SPACES.sub(" ", INVISIBLE.sub("", line.text))) for i, line in enumerate(lines))


def _trim(lines: Lines) -> Iterable[Edit]:
    for i, line in enumerate(lines):
        if (text := line.text.strip(" \u3000")) != line.text:
            yield Edit(i, text)


def _outside_main(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """What stands around the main text of a web page goes; its source and posting date are read first."""
    aside = [(i, line) for i, line in enumerate(lines) if line.zone == "aside"]
    telling = [r for r in book.noise if r.action == "drop" and r.facts] if aside else []
    for i, line in aside:
        if line.text:
            found = ((r, r.pattern.fullmatch(line.text.strip())) for r in telling)
            facts = tuple(f for r, m in found if m for f in patterns.facts(r, m, line) if f.kind in ("site", "posted"))
            yield Edit(i, None, facts)


def _contents(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """The source's own 目录/提纲 blocks: kept as facts for the outline, not as text. Only above the first prose or right
    below a title, and only where something of the speech is left below."""
    done = 0
    opening = [i for i, x in enumerate(lines) if x.text and _opens(book, x.text)]
    prose, last = (opening[0], opening[-1]) if opening else (len(lines), -1)
    for i, line in enumerate(lines):
        if i < done or not book.forms["contents"].search(line.text):
            continue
        above = next((lines[k] for k in range(i - 1, -1, -1) if lines[k].text), None)
        titled = above is not None and (above.zone == "title" or bool(book.forms["title"].search(above.text)))
        listed = _listed(book, lines, i + 1)
        below = next((x.text for x in lines[i + 1 :] if x.text), "")
        alone = not listed and not any(book.forms[k].search(below) for k in ("title", "label", "salutation"))
        if alone or (i > prose and not titled) or last < (listed[-1] + 1 if listed else i):
            continue
        yield Edit(i, None)
        done = listed[-1] + 1 if listed else i + 1
        for k in listed:
            bare = LEADER.sub("", lines[k].text)
            numbered = bool(layout.MARKERISH.match(bare))
            yield Edit(k, None, (Fact("contents", bare, lines[k].number, "contents/listed"),) if numbered else ())


def _opens(book: Rulebook, text: str) -> bool:
    """Whether a line says something of a speech: prose, or a call to the audience."""
    return layout.is_body(text) or bool(book.forms["salutation"].search(text))


def _listed(book: Rulebook, lines: Lines, start: int) -> list[int]:
    """Indices of the lines of a contents list that begins at ``start``: numbered ones, blank ones and a row of dots that
    closes it. A line that starts with a head listed before is the speech."""
    seen: list[str] = []
    out: list[int] = []
    for k in range(start, len(lines)):
        text = lines[k].text
        bare = LEADER.sub("", text)
        if not text:
            continue
        numbered = bool(layout.MARKERISH.match(text)) and not text.endswith(("。", "！", "？"))
        again = any(bare.startswith(head) for head in seen)
        if len(text) <= MAX_ENTRY and not again and PAGED.search(text):
            seen.append(bare)
            out.append(k)
            continue
        form = any(book.forms[name].search(text) for name in ("salutation", "title")) or lines[k].zone == "title"
        if re.fullmatch(r"[\s.…]+", text):
            return [*out, k]
        if not numbered or again or form:
            return out
        seen.append(bare)
        out.append(k)
    return out


def _before_title(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """Lines above the first title that are neither title, label, byline nor date: what a site or a handout put there.

    A line right above the title that reads like its upper half stays, and so do several of them.
    """
    first, _ = patterns.bounds(lines, book)
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
        if text and not layout.is_body(text) and not any(book.forms[k].search(text) for k in keep):
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
    """Column names and buttons below the last line of prose: a few words without any mark, right behind a removed notice or
    behind the speaker's thanks.

    That something was removed shows in the line numbers; without one of these signs a short last line stays.
    """
    _, last = patterns.bounds(lines, book)
    keep = ("title", "closing", "label", "salutation", *BYLINES, *DATES)
    before = lines[last].number if last >= 0 else 0
    thanked = last >= 0 and bool(THANKS.search(lines[last].text[-12:]))
    for i in range(last + 1, len(lines)):
        text = lines[i].text
        behind_notice = lines[i].number != before + 1 and FEW_WORDS.fullmatch(text)
        below_thanks = thanked and NO_SENTENCE.fullmatch(text) and not any(book.forms[k].search(text) for k in SIGNED)
        if text and not (behind_notice or below_thanks):
            return
        if text and any(book.forms[k].search(text) for k in keep):
            return
        if text:
            yield Edit(i, None)
        else:
            before = lines[i].number


def _where_any(characters: str, find: patterns.Finder, lines: Lines) -> Iterable[Edit]:
    """What ``find`` finds; nothing in lines that have none of the ``characters`` without which it finds nothing."""
    return () if sheet(lines).alphabet.isdisjoint(characters) else find(lines)


def rules(book: Rulebook, kind: str, narrowed: Sequence[Rule] = ()) -> tuple[Rule | Group, ...]:
    """All line passes of this stage in order; ``kind`` is the format (txt, md, html).

    ``narrowed`` runs before the noise rules, which look for half-width digits and letters, but behind those that measure
    how wide the lines are.
    """
    return (
        Rule("layout/invisible", _normalise_space),
        Rule("layout/wrapped-line", layout.wrapped_lines),
        Rule("layout/trim", _trim),
        Rule("layout/torn-block", partial(layout.torn_blocks, book)),
        *narrowed,
        Rule("noise/outside-main", partial(_outside_main, book)),
        Rule("noise/forum-junk", junk.forum_junk),
        Rule("noise/jammed", junk.jammed),
        Rule("noise/forum-replies", partial(junk.forum_replies, book)),
        Rule("noise/plain-pinyin", partial(_where_any, "aeiouv", junk.plain_pinyin)),
        Rule("news/endnotes", partial(_where_any, "注", endnotes.endnotes)),
        Rule("noise/stamp", partial(_where_any, "w", junk.stamps)),
        Rule("noise/motto", junk.mottos),
        *(Rule(name, found) for name, found in wrapper.finders(book).items()),
        patterns.Noise(book, kind).passes(),
        Rule("layout/trim", _trim),
        Rule("noise/preface", partial(junk.preface, book)),
        Rule("layout/section-number", pages.section_numbers),
        Rule("noise/running-head", pages.running_heads),
        Rule("noise/page-number-inside", pages.page_numbers_inside),
        Rule("noise/page-number", pages.page_numbers_alone),
        Rule("contents/block", partial(_contents, book)),
        Rule("noise/repeated-line", repeats.repeated),
        Rule("noise/repeated-inline", repeats.repeated_inline),
        Rule("noise/title-before-call", partial(repeats.title_before_call, book)),
        Rule("noise/before-title", partial(_before_title, book)),
        Rule("noise/title-below", lambda lines: repeats.title_below(book, lines, *patterns.bounds(lines, book))),
        Rule("noise/title-again", partial(repeats.title_again, book)),
        Rule("noise/after-end", partial(_after_end, book)),
        Rule("layout/torn-line", layout.torn_lines),
    )
