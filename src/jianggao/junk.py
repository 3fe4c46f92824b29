"""What forums and sites write around a text: anti-copy scraps, watermarks, replies, prefaces, blocks to the end of the file.

Each function is the finder of one audited rule (see `jianggao.audit.Rule`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from .audit import Edit, Lines, sheet
from .guard import spoken
from .layout import is_body, is_prose
from .model import Fact, Line
from .rulebook import BYLINES, DATES, NoiseRule, Rulebook

JUNK_RUN = re.compile(r"[\x20-\x7e]{5,}")
MIN_SCRAPS = 5
"""Scraps, with spaces between them, in a run that only a plugin writes."""
MAX_TAIL, MAX_TAIL_LINE = 60, 100
"""A block below the speech is short, in filled lines and in characters a line; anything longer may be speech."""
SYMBOL = re.compile(r"[!-/:-@\[-`{-~]")
STAMP = re.compile(
    r"(?:(?<=[。！？；])|(?<=[。！？；]\s)|(?<=\s)(?=[^，。]{0,60}$)|^)(?P<site>[\u4e00-\u9fff]{2,8}\s*)?(?P<url>(?:https?://)?www\.[A-Za-z0-9-]{2,30}(?:\.[A-Za-z]{2,4}){1,3})/?(?=\s|$)"
)
"""A site's name and address as a watermark: between two sentences, not part of one."""
LONG_STAMP = re.compile(
    r"^[\u4e00-\u9fff]{2,8}[—\-_·,，]{1,3}[\u4e00-\u9fff]{2,16}www\.[A-Za-z0-9-]{2,30}(?:\.[a-z]{2,7}){1,3}"
)
"""Name, motto and address that open a line: found once more anywhere, even inside a word, they are a stamp."""
MIN_STAMPS = 3
SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:[iu]?ang|i?ong|[eui]ng|i?ao|u?ai|[iuv]?an|[ui]?e|[iu]?a|iu|ie?|u[io]?"
    "|ou|ei|en|in|un|er|[aov])"
)
WORD = rf"{SYLLABLE}(?:[\s'’]{SYLLABLE}){{0,3}}"
PINYIN = re.compile(rf"[（(](?<=[\u3400-\u9fff].){WORD}[）)](?:[（(]{SYLLABLE}[）)])*+")
TONED = re.compile("[（(][a-zü]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,4}[）)]")
MIN_PINYIN = 8
"""So many in a file are a machine's, single letters (a) apart, which number things; those with tones count too, since the
machine writes 们(men) without one."""
FLOOR = re.compile(
    r"(?:.{0,40}\s)?发表于\s*[:：]?\s*\d{4}-\d{1,2}-\d{1,2}.{0,80}|\s*(?:#\s*\d{1,4}|\d{1,4}\s*[#楼])[\s:：].{0,20}"
)
"""What opens a floor 楼层 of a thread."""
THREAD = re.compile(r"发表于|楼主|沙发|板凳|只看该作者|使用道具|显示全部楼层|[^\u3400-\u9fff]顶[！!\s]|^顶$", re.M)
"""A forum's own words; without any of them 1楼 is the floor of a building."""
BOOK_ALONE = re.compile("《[^》]{1,30}》")
"""A book's name alone on its line: what a speaker recommends; the links of a site bear no such marks."""
MAX_REPLY = 80
"""Characters of a reply under the speech; a longer one may be the speech going on in the next floor."""

TAIL, MAX_LAST = re.compile(r"(?:(?<=[^\x21-\x7e])|(?<=\s)|^)(?P<tail>[\x21-\x7e]{1,14})$"), 16
"""The last word of a line in half-width characters, behind a space or a Chinese character; it begins among so many last
characters of the line."""
PLAIN = re.compile(
    r"[(\"']?(?:[A-Za-z]+(?:['’-][A-Za-z]+)*|[+-]?\d+(?:[.,:/-]\d+)*%?|[XxＸ]{1,4}|[*?!.,;:)(\"'-]{1,3})[.,;:!?)\"'%]{0,3}"
)
"""What a writer ends a line with: a word, a number, a mask, a mark."""
MIN_JAMMED = 6
"""Lines whose last word is no word show a file to be jammed, when they are at least half of its lines."""
MIN_JAM_SIGNS, MIN_JAM_LINES = 3, 3
"""Different symbols in a line that is garbage as a whole, and such lines in a file."""
MOTTO = re.compile(r"(?:(?<=[。！？!?])\s+|\A)(?P<motto>[\u4e00-\u9fff]{2,10}[，,—\-·]{1,2}[\u4e00-\u9fff]{2,12})$")
MAX_MOTTO = 28
SITE = re.compile("范文|文库|文档|文秘|公文|材料|资料|写作|课件|作文|稿|网$|网[，,—·-]")


HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十][、，,])"
)
MAX_LEAD = 8
"""Filled lines above a speech that opens without salutation: title, date and what a site says of it."""
MAX_PREFACE, LABEL_HEAD = 8, 40
"""Filled lines above the first piece of a collection; characters of a label in which its number stands."""
GENRE = re.compile(
    "[讲演发][话讲言]稿|致[辞词](?:稿|是|的|怎|可)|主持词|[开闭]幕[词辞]|范文|例文|写作|小编|文档|下面是|以下是|本站|[一二三四五六七八九十0-9]篇"
)
"""Words on the genre, or of a site: without them an introduction is the speaker's own."""
FIRST_LABEL = re.compile(r"(?:第\s*|篇\s*|范文\s*|范例\s*|例文\s*|样例\s*|样稿\s*)(?:一|1)(?![0-9十百])")


def _junk_strength(run: str, whole: bool) -> int:
    """2 for what only an anti-copy plugin writes (many one- and two-letter scraps with symbols), 1 for what could be."""
    tokens = run.split()
    short = sum(len(t) <= 2 for t in tokens)
    symbols = len(SYMBOL.findall(run))
    word = re.search("[A-Za-z]{4,}|[0-9]{4,}|https?:|www", run)
    if len(tokens) >= MIN_SCRAPS and short >= 0.6 * len(tokens) and symbols >= 2 and not word:
        return 2
    if whole and len(tokens) >= MIN_SCRAPS and short == len(tokens):
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
    if sheet(lines).whole.count(" ") < 2 * (MIN_SCRAPS - 1):
        return
    found = [(i, *run) for i, line in enumerate(lines) for run in _junk_runs(line.text)]
    if sum(strength == 2 for _, strength, _, _ in found) < 2:
        return
    texts = {i: lines[i].text for i, *_ in found}
    for i, _, start, end in sorted(found, key=lambda f: (f[0], -f[2])):
        texts[i] = texts[i][:start].rstrip() + texts[i][end:].lstrip()
    for i, text in texts.items():
        yield Edit(i, text or None)


def jammed(lines: Lines) -> Iterable[Edit]:
    """Short garbage of a forum's plugin at the end of the lines, or lines of nothing else, learnt from the file itself:
    at least half of its lines end with what is no word, or several lines hold symbols and letters in a muddle."""
    filled = [(i, line.text) for i, line in enumerate(lines) if line.text]
    muddled = [i for i, text in filled if text.isascii() and _is_muddle(text)]
    if len(muddled) >= MIN_JAM_LINES:
        yield from (Edit(i, None) for i in muddled)
        filled = [(i, text) for i, text in filled if i not in muddled]
    ends = {i: m for i, text in filled if text[-1].isascii() and (m := TAIL.search(text, max(0, len(text) - MAX_LAST)))}
    strange = sum(not PLAIN.fullmatch(m["tail"]) for m in ends.values())
    if strange < MIN_JAMMED or strange * 2 < len(filled):
        return
    yield from (Edit(i, _without_jam(text) or None) for i, text in filled)


def _without_jam(text: str) -> str:
    while (m := TAIL.search(text)) and (_behind_chinese(text, m.start()) or not PLAIN.fullmatch(m["tail"])):
        text = text[: m.start()].rstrip()
    return text


def _behind_chinese(text: str, at: int) -> bool:
    """Whether the half-width words from ``at`` on follow Chinese ones behind a space, or are the whole line."""
    before = text[:at]
    return at == 0 or (before[-1].isspace() and not before.rstrip()[-1:].isascii())


def _is_muddle(text: str) -> bool:
    """Whether a line in half-width characters is garbage: symbols of several sorts all over, no address, no sentence."""
    signs = SYMBOL.findall(text)
    if (
        len(set(signs)) < MIN_JAM_SIGNS
        or len(signs) * 5 < len(text)
        or re.search("https?:|www|@[a-z]+[.]|[A-Za-z]{8}", text)
    ):
        return False
    return len(text) >= 8 and not re.fullmatch(r"[\W\d_]+", text)


def mottos(lines: Lines) -> Iterable[Edit]:
    """A site's name and motto, 某某集，范文学习文库, alone on a line or behind a sentence: said twice it is no speech, and
    then others of its kind are not either."""
    open_ended = ((i, x.text) for i, x in enumerate(lines) if "\u4e00" <= x.text[-1:] <= "\u9fff")
    ends = ((i, MOTTO.search(text, max(0, len(text) - MAX_MOTTO))) for i, text in open_ended)
    found = [(i, m) for i, m in ends if m and SITE.search(m["motto"])]
    if not found or max(Counter(m["motto"] for _, m in found).values()) < 2:
        return
    for i, m in found:
        yield Edit(i, lines[i].text[: m.start()].rstrip() or None)


def plain_pinyin(lines: Lines) -> Iterable[Edit]:
    """Pinyin without tones that a machine put behind the characters, 会(hui)议(yi); one alone may be an abbreviation."""
    said = [(i, m[0]) for i, line in enumerate(lines) for m in PINYIN.finditer(line.text)]
    found = [i for i, _ in said]
    if (
        found
        and sum(len(words) > 3 for _, words in said) + sum(len(TONED.findall(line.text)) for line in lines)
        >= MIN_PINYIN
    ):
        yield from (Edit(i, PINYIN.sub("", lines[i].text)) for i in dict.fromkeys(found))


def stamps(lines: Lines) -> Iterable[Edit]:
    """A site's name and address that stand in three lines or more in the same words; said once it may be the speaker's."""
    addressed = [(i, line.text) for i, line in enumerate(lines) if "www." in line.text]
    if long := list(_long_stamps(addressed)):
        yield from long
        return
    found = [(i, m) for i, text in addressed for m in STAMP.finditer(text)]
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


def _long_stamps(addressed: Sequence[tuple[int, str]]) -> Iterable[Edit]:
    said = next((m[0] for _, text in addressed if (m := LONG_STAMP.match(text))), "")
    if said and sum(text.count(said) for _, text in addressed) > 1:
        yield from (Edit(i, text.replace(said, "") or None) for i, text in addressed if said in text)


def forum_replies(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """Floors below the speech that hold a few words only: 顶，谢谢分享, and the names of who posts. The first floor is the
    speech itself, and a long floor may go on with it."""
    now = sheet(lines)
    if now.alphabet.isdisjoint("#楼") and "发表于" not in now.whole:
        return
    floors = [i for i, line in enumerate(lines) if len(line.text) < MAX_TAIL_LINE and FLOOR.fullmatch(line.text)]
    if not floors or not any(THREAD.search(line.text) for line in lines):
        return
    yield from (Edit(i - 1, None) for i in floors if i and _poster(book, lines[i - 1].text, lines[i].text))
    first = next((i for i, line in enumerate(lines) if is_body(line.text)), len(lines))
    for start, end in pairwise([*floors, len(lines)]):
        said = [lines[k].text for k in range(start + 1, end) if lines[k].text]
        speech = any(is_body(t) or book.forms["salutation"].match(t) or book.forms["closing"].tail(t) for t in said)
        if start > first and not speech and sum(map(len, said)) <= MAX_REPLY:
            yield from (Edit(k, None) for k in range(start, end) if lines[k].text)


def _poster(book: Rulebook, name: str, floor: str) -> bool:
    """Whether a line is the name of who posts, above its 发表于."""
    said = any(book.forms[k].search(name) for k in ("title", "salutation", "closing"))
    return floor.lstrip().startswith("发表于") and bool(re.fullmatch(r"[^\s，。：:；！？]{2,14}", name)) and not said


def rest(rule: NoiseRule, book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """Lists of related titles, licences: the line that opens them and all below it to the end of the file.

    Below it may stand only short lines without a full sentence, or lines with the words of ``rule.below``.
    """
    filled = [i for i, line in enumerate(lines) if line.text]
    body = next((n for n, i in enumerate(filled) if is_body(lines[i].text)), len(filled))
    for i in filled[body + 1 :][-MAX_TAIL:]:
        opened = rule.pattern.fullmatch(lines[i].text) if len(lines[i].text) <= 4 * MAX_TAIL_LINE else None
        if not opened or spoken(book, lines[i].text):
            continue
        under = [line for line in lines[i:] if line.text]
        sign = rule.below and book.forms["guard-site"].pattern.search(lines[i].text)
        if rule.below and not sign and not any(rule.below.search(line.text) for line in under):
            continue
        if all(_no_speech(rule, book, line) for line in under[1:]):
            said = "".join(line.text for line in under).partition("。")[0]
            facts = tuple(Fact(kind, said[:200], lines[i].number, rule.id) for kind, _ in rule.facts)
            yield Edit(i, None, facts)
            yield from (Edit(k, None) for k in range(i + 1, len(lines)) if lines[k].text)
            return


def _no_speech(rule: NoiseRule, book: Rulebook, line: Line) -> bool:
    if rule.below and rule.below.search(line.text):
        return True
    said = is_prose(line.text) or book.forms["salutation"].match(line.text) or book.forms["closing"].tail(line.text)
    book_named = BOOK_ALONE.fullmatch(line.text)
    return len(line.text) < MAX_TAIL_LINE and not (said or book_named or spoken(book, line.text))


def lead_end(lines: Lines, book: Rulebook) -> int:
    """Index of the line with which the speech begins at the latest: salutation, first heading, or else the one
    after ``MAX_LEAD`` filled lines. Above it prose may be a site's or a reporter's."""
    calls = [book.forms[k] for k in ("salutation", "salutation-glued")]
    opening = sheet(lines).told(("opening", book), lambda x: bool(HEADING.match(x) or any(f.match(x) for f in calls)))
    filled = 0
    for i, line in enumerate(lines):
        filled += bool(line.text)
        if opening(line.text) or filled > MAX_LEAD:
            return i
    return len(lines)


def preface(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """Prose above the first piece of a collection 合集: the site's words on the genre, never a speech. Its pieces are
    labelled, the first one as the first."""
    labels = [i for i, line in enumerate(lines) if line.text and book.forms["label"].search(line.text)]
    if len(labels) < 2 or not FIRST_LABEL.search(lines[labels[0]].text[:LABEL_HEAD]):
        return
    above = [i for i in range(labels[0]) if lines[i].text]
    said = ("salutation", "salutation-glued", *BYLINES, *DATES)
    if len(above) > MAX_PREFACE or any(book.forms[k].search(lines[i].text) for i in above for k in said):
        return
    prose = [lines[i].text for i in above if is_prose(lines[i].text)]
    if any(book.forms["guard-spoken"].search(text) for text in prose) or not any(GENRE.search(text) for text in prose):
        return
    yield from (Edit(i, None) for i in above if is_prose(lines[i].text))
