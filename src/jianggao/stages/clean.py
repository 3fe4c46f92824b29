"""Noise out: chrome, advertisements, watermarks, page numbers, repeated titles. What a notice says is kept as facts.

Most rules are data (rules/noise.toml). Those that need to see several lines at once stand here as functions; `rules`
shows the order of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from ..audit import Edit, Lines, Rule
from ..model import Fact, Line
from ..rulebook import NoiseRule, Rulebook

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\ufdd0-\ufdef]")
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\t]")
LEADING_NUMBER = re.compile(r"^\s*(\d{1,3})\s*[、.．]\s*")
PAGE_ONLY = re.compile(r"^\s*(?:[-—–－]\s*)?(?:第\s*)?(\d{1,3})\s*(?:页)?\s*(?:(?:/|共)\s*\d{1,3}\s*页?)?(?:\s*[-—–－])?\s*$")
SENTENCE_END = re.compile(r"[。！？!?；;：:”’」』）)…〕]\s*$")
MARKERISH = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十]+[）)、是要]|第[一二三四五六七八九十]|[（(]?\d+[）)、.．]|[—\-•●·]|[^\s]{1,20}[：:]\s*$)")
BODY_CHARS = 40


def _normalise_space(lines: Lines) -> Iterable[Edit]:
    for i, line in enumerate(lines):
        yield Edit(i, SPACES.sub(" ", INVISIBLE.sub("", line.text)))


def _trim(lines: Lines) -> Iterable[Edit]:
    for i, line in enumerate(lines):
        yield Edit(i, line.text.strip(" \u3000"))


def _outside_main(lines: Lines) -> Iterable[Edit]:
    for i, line in enumerate(lines):
        if line.zone == "aside" and line.text:
            yield Edit(i, None)


def is_body(text: str) -> bool:
    """Whether a line is prose of the speech: long, and with a sentence or clause in it."""
    return len(text) >= BODY_CHARS and bool(re.search("[，。；,;]", text))


def _bounds(lines: Lines, book: Rulebook) -> tuple[int, int]:
    """Index of the first line of the speech and of its last line of prose. Titles and bylines stand before the first."""
    salutation, closing = book.forms["salutation"], book.forms["closing"]
    opens = [i for i, x in enumerate(lines) if is_body(x.text) or salutation.search(x.text)]
    ends = [i for i, x in enumerate(lines) if is_body(x.text) or closing.search(x.text)]
    return (opens[0] if opens else len(lines), ends[-1] if ends else -1)


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


def _pattern(rule: NoiseRule, book: Rulebook, kind: str, lines: Lines) -> Iterable[Edit]:
    """The edits of one rule of rules/noise.toml."""
    if rule.formats and kind not in rule.formats:
        return
    first, last = _bounds(lines, book) if rule.where != "any" else (0, 0)
    for i, line in enumerate(lines):
        if (rule.where == "head" and i >= first) or (rule.where == "tail" and i <= last) or not line.text:
            continue
        if rule.action == "drop":
            found = rule.pattern.fullmatch(line.text)
            if found:
                yield Edit(i, None, _facts(rule, found, line))
            continue
        places = [m for m in rule.pattern.finditer(line.text) if m.group(0)]
        if not places:
            continue
        facts = tuple(f for m in places for f in _facts(rule, m, line))
        text = line.text
        for m in reversed(places):
            text = text[: m.start()] + rule.replacement.format(**m.groupdict()) + text[m.end() :]
        yield Edit(i, text if text.strip() else None, facts)


JUNK_RUN = re.compile(r"[\x20-\x7e]{5,}")
SYMBOL = re.compile(r"[!-/:-@\[-`{-~]")


def _junk_strength(run: str, whole: bool) -> int:
    """2 for what only an anti-copy plugin writes (many one- and two-letter scraps with symbols), 1 for what could be."""
    tokens = run.split()
    short = sum(len(t) <= 2 for t in tokens)
    symbols = len(SYMBOL.findall(run))
    word = re.search("[A-Za-z]{4,}|[0-9]{4,}|https?:|www", run)
    if len(tokens) >= 5 and short >= 0.6 * len(tokens) and symbols >= 2 and not word:
        return 2
    if whole and len(tokens) >= 5 and short == len(tokens):
        return 1
    return 1 if len(tokens) >= 2 and symbols and (whole or len(tokens) >= 4) and short * 2 >= len(tokens) else 0


def _forum_junk(lines: Lines) -> Iterable[Edit]:
    """Random strings that a forum's anti-copy plugin puts between, before and behind the lines. Weak ones count only in a
    file that has at least two strong ones."""
    found: list[tuple[int, int, int, int]] = []
    for i, line in enumerate(lines):
        for m in JUNK_RUN.finditer(line.text):
            run, end = m.group(0), m.end()
            if (number := re.search(r"\s\d+$", run)) and re.match("[年月日个名万亿人次%]", line.text[end:]):
                end = m.start() + number.start()
                run = line.text[m.start() : end]
            strength = _junk_strength(run, len(run.strip()) == len(line.text.strip()))
            if strength:
                found.append((strength, i, m.start(), end))
    if sum(f[0] == 2 for f in found) < 2:
        return
    texts = {i: lines[i].text for _, i, _, _ in found}
    for _, i, start, end in sorted(found, key=lambda f: (f[1], -f[2])):
        texts[i] = texts[i][:start].rstrip() + texts[i][end:].lstrip()
    for i, text in texts.items():
        yield Edit(i, text or None)


def _related_block(lines: Lines) -> Iterable[Edit]:
    """「相关文章：」 below the speech and the list of titles under it."""
    for i, line in enumerate(lines):
        if re.search(r"相关(?:文章|新闻|阅读|链接|范文|推荐|资讯|信息)\s*】?\s*[:：]?\s*$", line.text) and len(line.text) < 100:
            rest = range(i, len(lines))
            if all(len(lines[k].text) < 80 and not re.search("[。；]", lines[k].text) for k in rest):
                for k in rest:
                    yield Edit(k, None)
                return


def _page_numbers_inside(lines: Lines) -> Iterable[Edit]:
    """Pages glued one after another: lines begin with 1、 2、 3、 … in the middle of a sentence (seen where a viewer's pages
    were copied). The numbers go and the lines are one again."""
    filled = [(i, x) for i, x in enumerate(lines) if x.text.strip()]
    start = 0
    while start < len(filled):
        run = [start]
        first = LEADING_NUMBER.match(filled[start][1].text)
        if first and first.group(1) == "1":
            for nxt in range(start + 1, len(filled)):
                m = LEADING_NUMBER.match(filled[nxt][1].text)
                if not m or int(m.group(1)) != len(run) + 1:
                    break
                run.append(nxt)
        torn = sum(not SENTENCE_END.search(filled[k][1].text) for k in run[:-1])
        if len(run) >= 3 and torn * 2 > len(run) - 1:
            pieces = [LEADING_NUMBER.sub("", filled[k][1].text, count=1) for k in run]
            yield Edit(filled[run[0]][0], "".join(pieces))
            for k in run[1:]:
                yield Edit(filled[k][0], None)
        start = run[-1] + 1


def _page_numbers_alone(lines: Lines) -> Iterable[Edit]:
    """Lines that hold only a page number, at least three of them and rising."""
    found = [(i, int(m.group(1))) for i, x in enumerate(lines) if (m := PAGE_ONLY.match(x.text))]
    rising = [b[1] - a[1] for a, b in zip(found, found[1:], strict=False)]
    if len(found) >= 3 and all(step in (1, 2) for step in rising):
        for i, _ in found:
            yield Edit(i, None)


def _torn_at_mark(lines: Lines) -> Iterable[Edit]:
    """A line that begins with a mark which closes or goes on belongs to the line before, and so does one after 《 or “."""
    joined: dict[int, str] = {}
    previous: int | None = None
    for i, line in enumerate(lines):
        if not line.text:
            continue
        if previous is not None:
            head = joined.get(previous, lines[previous].text)
            if re.match("[，、。；：！？》”’）,;]", line.text) or re.search("[《“‘（]$", head):
                joined[previous] = head + line.text
                yield Edit(i, None)
                continue
        previous = i
    for i, text in joined.items():
        yield Edit(i, text)


def _broken_lines(lines: Lines) -> Iterable[Edit]:
    """A paragraph torn in two by a line break inside a sentence: both halves long, the first without any closing mark."""
    joined: dict[int, str] = {}
    previous: int | None = None
    for i, line in enumerate(lines):
        text = line.text
        if not text:
            previous = None
            continue
        if previous is not None:
            head = joined.get(previous, lines[previous].text)
            torn = "。" in head and is_body(head) and not SENTENCE_END.search(head) and re.search(r"[\u3400-\u9fff，、,]$", head)
            if torn and not MARKERISH.match(text) and len(text) >= 15 and SENTENCE_END.search(text):
                joined[previous] = head + text
                yield Edit(i, None)
                continue
        previous = i
    for i, text in joined.items():
        yield Edit(i, text)


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
            stop = is_body(text) and not MARKERISH.match(text) or book.forms["salutation"].search(text) or bare in seen
            if stop or book.forms["title"].search(text) or (lines[k].zone == "title"):
                break
            seen.add(bare)
            facts = (Fact("contents", bare, lines[k].number, "contents/listed"),) if MARKERISH.match(bare) else ()
            yield Edit(k, None, facts)
            if re.fullmatch(r"[\s.…]+", text):
                break
        return


def _repeated(lines: Lines) -> Iterable[Edit]:
    """A short line that says again what the line before it said (titles three and four times over)."""
    before = ""
    for i, line in enumerate(lines):
        text = line.text
        if not text:
            continue
        if text == before and 6 <= len(text) <= 120:
            yield Edit(i, None)
        before = text


def _repeated_inline(lines: Lines) -> Iterable[Edit]:
    """The first line says its title twice over, glued: 「题目题目 正文」."""
    for i, line in enumerate(lines[:6]):
        m = re.match(r"^(?P<t>[^。，；,;]{8,60}?)\s*(?P=t)(?=\s|$|[（(\u3400-\u9fff])", line.text)
        if m:
            yield Edit(i, line.text[: m.end("t")] + line.text[m.end() :])


def _before_title(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """Lines above the first title that are neither title, label, byline nor date: what a site or a handout put there.

    A line right above the title that reads like its upper half stays, and so do several of them.
    """
    first, _ = _bounds(lines, book)
    head = lines[:first]
    titles = [i for i, x in enumerate(head) if x.zone == "title" or book.forms["title"].search(x.text)]
    if not titles:
        return
    top = titles[0]
    while top > 0 and (not head[top - 1].text or _first_half(head[top - 1].text)):
        top -= 1
    keep = ("title-start", "subtitle", "label", "byline", "role-line", "name-date", "labelled", "date-line")
    for i in range(top):
        text = head[i].text
        if text and not any(book.forms[k].search(text) for k in keep):
            yield Edit(i, None)


def _first_half(text: str) -> bool:
    """Whether a line just above a title can be its upper half: Chinese words without any mark of a sentence or a menu."""
    return bool(re.fullmatch(r"[\u3400-\u9fff“”‘’《》、，0-9年\s]{6,40}", text))


def _after_end(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """Column names and buttons below the last line of prose: a few words without any mark, right behind a removed notice.

    That something was removed shows in the line numbers; without that sign a short last line stays.
    """
    _, last = _bounds(lines, book)
    keep = ("title", "byline", "role-line", "name-date", "name-line", "date-line", "closing", "label", "salutation")
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


def rules(book: Rulebook, kind: str) -> tuple[Rule, ...]:
    """All line passes of this stage in order; ``kind`` is the format (txt, md, html)."""
    return (
        Rule("layout/invisible", _normalise_space),
        Rule("layout/trim", _trim),
        Rule("noise/outside-main", _outside_main),
        Rule("noise/forum-junk", _forum_junk),
        Rule("noise/related-block", _related_block),
        *(Rule(r.id, partial(_pattern, r, book, kind)) for r in book.noise),
        Rule("layout/trim", _trim),
        Rule("noise/page-number-inside", _page_numbers_inside),
        Rule("noise/page-number", _page_numbers_alone),
        Rule("contents/block", partial(_contents, book)),
        Rule("noise/repeated-line", _repeated),
        Rule("noise/repeated-inline", _repeated_inline),
        Rule("noise/before-title", partial(_before_title, book)),
        Rule("noise/after-end", partial(_after_end, book)),
        Rule("layout/torn-at-mark", _torn_at_mark),
        Rule("layout/broken-line", _broken_lines),
    )
