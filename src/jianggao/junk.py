"""What forums and sites write around a text: anti-copy scraps, watermarks, replies, prefaces, blocks to the end of the file.

Each function is the finder of one audited rule (see `jianggao.audit.Rule`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from .audit import Edit, Lines
from .layout import is_body, is_prose
from .model import Fact, Line
from .rulebook import BYLINES, DATES, NoiseRule, Rulebook

JUNK_RUN = re.compile(r"[\x20-\x7e]{5,}")
MAX_TAIL, MAX_TAIL_LINE = 60, 100
"""A block below the speech is short, in filled lines and in characters a line; anything longer may be speech."""
SYMBOL = re.compile(r"[!-/:-@\[-`{-~]")
STAMP = re.compile(
    r"(?:(?<=[\s。！？；，,])|^)(?P<site>[\u4e00-\u9fff]{2,8}\s*)?(?P<url>(?:https?://)?www\.[A-Za-z0-9-]{2,30}(?:\.[A-Za-z]{2,4}){1,3})/?(?=[\s。，]|$)"
)
"""A site's name and address as a watermark: behind a mark or a space, not part of a sentence."""
MIN_STAMPS = 3
SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:[iu]?ang|i?ong|[eui]ng|i?ao|u?ai|[iuv]?an|[ui]?e|[iu]?a|iu|ie?|u[io]?"
    "|ou|ei|en|in|un|er|[aov])"
)
PINYIN = re.compile(rf"[（(](?<=[\u3400-\u9fff].){SYLLABLE}[）)](?:[（(]{SYLLABLE}[）)])*+")
MIN_PINYIN = 8
"""So many in a file are a machine's."""
FLOOR = re.compile(
    r".{0,40}发表于\s*[:：]?\s*\d{4}-\d{1,2}-\d{1,2}.{0,80}|\s*(?:#\s*\d{1,4}|\d{1,4}\s*[#楼])[\s:：].{0,20}"
)
"""What opens a floor 楼层 of a thread."""
MAX_REPLY = 80
"""Characters of a reply under the speech; a longer one may be the speech going on in the next floor."""


HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十][、，,])"
)
MAX_LEAD = 6
"""Filled lines above a speech that opens without salutation: title, date and what a site says of it."""
MAX_PREFACE, LABEL_HEAD = 8, 40
"""Filled lines above the first piece of a collection; characters of a label in which its number stands."""
FIRST_LABEL = re.compile(r"(?:第\s*|篇\s*|范文\s*|范例\s*|例文\s*|样例\s*|样稿\s*)(?:一|1)(?![0-9十百])")


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


def _junk_runs(text: str) -> Iterable[tuple[int, int, int]]:
    """Strength, start and end of each run of scraps; a bracket that closes one of the text, or a number that counts
    something, is the text's own."""
    for m in JUNK_RUN.finditer(text):
        start, end = m.span()
        if text[start] == ")" and text.count("(", 0, start) > text.count(")", 0, start):
            start += 1
        run = text[start:end]
        if (number := re.search(r"\s\d+$", run)) and re.match("[年月日个名万亿人次%]", text[end:]):
            end = start + number.start()
            run = text[start:end]
        if strength := _junk_strength(run, len(run.strip()) == len(text.strip())):
            yield strength, start, end


def forum_junk(lines: Lines) -> Iterable[Edit]:
    """Random strings that a forum's anti-copy plugin puts between, before and behind the lines. Weak ones count only in a
    file that has at least two strong ones."""
    found = [(i, *run) for i, line in enumerate(lines) for run in _junk_runs(line.text)]
    if sum(strength == 2 for _, strength, _, _ in found) < 2:
        return
    texts = {i: lines[i].text for i, *_ in found}
    for i, _, start, end in sorted(found, key=lambda f: (f[0], -f[2])):
        texts[i] = texts[i][:start].rstrip() + texts[i][end:].lstrip()
    for i, text in texts.items():
        yield Edit(i, text or None)


def plain_pinyin(lines: Lines) -> Iterable[Edit]:
    """Pinyin without tones that a machine put behind single characters, 会(hui)议(yi); one alone may be an abbreviation."""
    found = [i for i, line in enumerate(lines) for _ in PINYIN.finditer(line.text)]
    if len(found) >= MIN_PINYIN:
        yield from (Edit(i, PINYIN.sub("", lines[i].text)) for i in dict.fromkeys(found))


def stamps(lines: Lines) -> Iterable[Edit]:
    """A site's name and address that stand in three lines or more in the same words; said once it may be the speaker's."""
    found = [(i, m) for i, line in enumerate(lines) if "www." in line.text for m in STAMP.finditer(line.text)]
    often = Counter(m.group("url") for _, m in found)
    texts: dict[int, str] = {}
    facts: dict[int, list[Fact]] = {}
    for i, m in reversed(found):
        if often[m.group("url")] < MIN_STAMPS:
            continue
        text = texts.get(i, lines[i].text)
        texts[i] = (text[: m.start()].rstrip() + text[m.end() :]).strip()
        said = {"site": (m.group("site") or "").strip(), "url": m.group("url")}
        facts.setdefault(i, []).extend(Fact(k, v, lines[i].number, "noise/stamp") for k, v in said.items() if v)
    for i, text in texts.items():
        yield Edit(i, text or None, tuple(facts[i]))


def forum_replies(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """Floors below the speech that hold a few words only: 顶，谢谢分享, and the names of who posts. The first floor is the
    speech itself, and a long floor may go on with it."""
    floors = [i for i, line in enumerate(lines) if len(line.text) < MAX_TAIL_LINE and FLOOR.fullmatch(line.text)]
    yield from (Edit(i - 1, None) for i in floors if i and _poster(book, lines[i - 1].text, lines[i].text))
    first = next((i for i, line in enumerate(lines) if is_body(line.text)), len(lines))
    for start, end in pairwise([*floors, len(lines)]):
        said = [lines[k].text for k in range(start + 1, end) if lines[k].text]
        speech = any(is_body(t) or book.forms["salutation"].match(t) or book.forms["closing"].tail(t) for t in said)
        if start > first and not speech and sum(map(len, said)) <= MAX_REPLY:
            yield from (Edit(k, None) for k in range(start, end) if lines[k].text)


def _poster(book: Rulebook, name: str, floor: str) -> bool:
    """Whether a line is the name of who posts, above its 发表于."""
    spoken = any(book.forms[k].search(name) for k in ("title", "salutation", "closing"))
    return floor.lstrip().startswith("发表于") and bool(re.fullmatch(r"[^\s，。：:；！？]{2,14}", name)) and not spoken


def rest(rule: NoiseRule, book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """Lists of related titles, licences: the line that opens them and all below it to the end of the file.

    Below it may stand only short lines without a full sentence, or lines with the words of ``rule.below``.
    """
    filled = [i for i, line in enumerate(lines) if line.text]
    body = next((n for n, i in enumerate(filled) if is_body(lines[i].text)), len(filled))
    for i in filled[body + 1 :][-MAX_TAIL:]:
        opened = rule.pattern.fullmatch(lines[i].text) if len(lines[i].text) <= 4 * MAX_TAIL_LINE else None
        if not opened:
            continue
        under = [line for line in lines[i:] if line.text]
        if all(_no_speech(rule, book, line) for line in under[1:]):
            said = "".join(line.text for line in under).partition("。")[0]
            facts = tuple(Fact(kind, said[:200], lines[i].number, rule.id) for kind, _ in rule.facts)
            yield Edit(i, None, facts)
            yield from (Edit(k, None) for k in range(i + 1, len(lines)) if lines[k].text)
            return


def _no_speech(rule: NoiseRule, book: Rulebook, line: Line) -> bool:
    if rule.below and rule.below.search(line.text):
        return True
    spoken = is_prose(line.text) or book.forms["salutation"].match(line.text) or book.forms["closing"].tail(line.text)
    return len(line.text) < MAX_TAIL_LINE and not spoken


def lead_end(lines: Lines, book: Rulebook) -> int:
    """Index of the line with which the speech begins at the latest: salutation, first heading, or else the one
    after ``MAX_LEAD`` filled lines. Above it prose may be a site's or a reporter's."""
    filled = 0
    for i, line in enumerate(lines):
        filled += bool(line.text)
        call = book.forms["salutation"].match(line.text) or book.forms["salutation-glued"].match(line.text)
        if call or HEADING.match(line.text) or filled > MAX_LEAD:
            return i
    return len(lines)


def preface(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """Prose above the first piece of a collection 合集: the site's words on the genre, never a speech. Its pieces are
    labelled, the first one as the first."""
    labels = [i for i, line in enumerate(lines) if line.text and book.forms["label"].search(line.text)]
    if len(labels) < 2 or not FIRST_LABEL.search(lines[labels[0]].text[:LABEL_HEAD]):
        return
    above = [i for i in range(labels[0]) if lines[i].text]
    spoken = ("salutation", "salutation-glued", *BYLINES, *DATES)
    if len(above) > MAX_PREFACE or any(book.forms[k].search(lines[i].text) for i in above for k in spoken):
        return
    yield from (Edit(i, None) for i in above if is_prose(lines[i].text))
