"""What a news page or a catalogue wraps around a speech: the report before it and after it, the card of its data.

Each function is the finder of one audited rule (see `jianggao.audit.Rule`). What a wrapper says of the speech is kept as
facts: ``preface`` holds a whole line, for whoever reads speaker, post, day and occasion out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial

from . import dates
from .audit import Edit, Lines, sheet
from .junk import HEADING, lead_end
from .layout import is_prose
from .model import Fact, Line
from .reported import title_note, told
from .rulebook import BYLINES, DATES, Rulebook
from .words import bare

SPEECH = "(?:讲话|致[辞词]|演[讲说辞词]|发言|谈话|报告|贺[辞词]|祝[辞词]|献[辞词]|讲稿|答问)稿?"
ANNOUNCED = re.compile(
    rf"{SPEECH}(?:的)?(?:录音|主要)?(?:整理)?(?:全文|实录|原文|摘要|摘登|节选|要点|内容)[^，。；：:]{{0,12}}?(?:(?:如下|于后|为|是)\s*[:：。]?|[:：])\s*$"
    rf"|^\s*附\s*[:：]\s*{SPEECH}(?:全文|实录|原文)\s*[:：]?\s*$"
    rf"|(?:现将|以下|下面)[^。；：:]{{0,8}}?(?:是|为|系)?[^。；：:]{{0,80}}?(?:{SPEECH}|全文)\s*[:：]\s*$"
)
"""The sentence that ends a report and opens the speech: 以下为讲话全文："""
ATTACHED = re.compile(r"\s*附\s*[:：]\s*\S{2,8}")
"""附：讲话全文, below the report on it."""
TOLD_BY_SPEAKER = re.compile("我(?![县市省区州镇乡国校院局厅部委])|我们|传达|同志们|汇报|报告如下|大家|各位|诸位|谨向")
"""Words of somebody who speaks, not of one who reports."""
GREETED = re.compile("(?:大家|各位|午)(?:早安|午安|晚安|好)|[，、：:]各位")
"""The audience is greeted above: what follows is speech, whatever it announces."""
MAX_DAY = 14
POSTED = re.compile(r"(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s+\d{1,2}:\d\d")
MAX_WRAPPER, MAX_REPORT = 24, 6
"""Filled lines above the announcement, and of them prose."""
KEEP = ("title", "title-start", "subtitle", "label", "labelled", *BYLINES, *DATES)
CLOSED = re.compile("(?:谢谢(?:大家|各位)?|干杯|[多感]谢(?:大家|各位))[！!。]$")
NARRATED = re.compile(
    "随即|随后|接着|出席|参加|陪同|举行|主持|会见|记者|合影|颁奖|步入|当[天日晚]|[是此]项活动|仪式|典礼"
)
PERSONAL = re.compile(
    "[我你您]|同志们|(?<![与和同跟])大家|各位|请|下面|现在|^(?:附|注)|^[\\d一二三四五六七八九十（(]{1,4}[、.．）)]"
)
MAX_AFTER, MAX_NOTE = 6, 40
"""Filled lines of a report below the speech; characters of a line of it that is no sentence."""
RELEASED = re.compile(r"\s*香港时间\s*[\d一二三四五六七八九十零]{1,4}时[\d一二三四五六七八九十零]{1,4}分\s*")
RELEASE_DAY = re.compile(
    r"(?:^\s*|(?<=[。！？]))(?P<day>(?:\d{4}|[一二][〇○零0一二三四五六七八九]{3})年[^（()）年]{1,4}月[^（()）月]{1,4}日)\s*[（(]星期.[）)]\s*$"
)
MAX_UNDER, MAX_UNDER_LINE = 14, 120
"""Filled lines, and characters of one, below the hour of a press release."""
EXCERPT_LABEL = re.compile(r"^[【\[（(]?(?:内容)?(?:摘要|简介|导读|提要|核心提示)[】\]）)]?\s*[:：]?\s*")
MIN_EXCERPT = 24
LABELLED = re.compile(r"\s*(?P<name>[\u4e00-\u9fff]{2,4})\s*[:：]\s*(?=\S{4})")
CALLING = re.compile("(?:尊敬的|各位|大家[上下早晚]|同志们|女士们|朋友们)")
MIN_BEGINNING = 40
DEFINED = re.compile(f"{SPEECH}。$")
CARD_KEY = re.compile(
    r"(?:编号|文献类型|文献题名|母体文献|作者|年卷期|年份|分类号|主题词|关\s*键\s*词|文摘内容|正文语种|语种|馆藏号|文献来源"
    r"|中文名称?|外文名称?|别名|发表人|报告人|讲话人|发表时间|讲话时间|发表地点|讲话地点|作品名称|作品出处|创作年代|文学体裁|类别|发布机构|发布时间)\s*[:：]?"
)
CARD_OWN = re.compile(r"文献题名|作者|年卷期|中文名称?|发表人|报告人|讲话人|发表时间|讲话时间")
"""Keys whose values tell of the speech itself: the values stay for the reading of the head."""
MIN_CARD, MAX_CARD = 4, 40
"""Keys that make a card; filled lines in which it must be over."""
STEPS = ">＞»›"
STEP = re.compile(f"(?:>>|[{STEPS}])")
MAX_COLUMNS, MAX_STEP = 6, 14
"""Filled lines below the path of a page among which a column's name may stand; characters of such a name."""
SOURCE_KEY = re.compile(r"(?:文章|稿件|信息|资料)?(?:来源|出处)\s*[:：]")


def announced(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """The report above a speech and the sentence that announces it. A headline goes only where a title stands too."""
    above: list[int] = []
    found = -1
    for i, line in enumerate(lines):
        if not line.text:
            continue
        if len(above) > MAX_WRAPPER or book.forms["salutation"].match(line.text) or HEADING.match(line.text):
            break
        if (
            (line.text[-1] in ":：。" or ATTACHED.fullmatch(line.text))
            and ANNOUNCED.search(line.text[-200:])
            and not TOLD_BY_SPEAKER.search(line.text)
        ):
            found = i
        above.append(i)
    if found < 0:
        return
    above = above[: above.index(found)]
    reports = [i for i in above if is_prose(lines[i].text)]
    under = sum(len(line.text) for line in lines[found + 1 :])
    greeted = any(GREETED.search(lines[i].text) for i in above)
    if greeted or len(reports) > MAX_REPORT or under <= sum(len(lines[i].text) for i in reports):
        return
    titled = any(lines[i].zone == "title" or book.forms["title"].search(lines[i].text) for i in above)
    for i in (*above, found):
        if i == found or i in reports or (titled and _is_frame(book, lines, above, i)):
            said = told(lines[i], "news/preface") if i == found or i in reports else _posted(lines[i])
            yield Edit(i, None, (said,) if said else ())


def _posted(line: Line) -> Fact | None:
    """The day on which a page says that it was posted: with the hour, or alone on its line."""
    day = POSTED.search(line.text)
    written = "-".join(day.groups()) if day else dates.find(line.text) if len(line.text) <= MAX_DAY else None
    return Fact("posted", written, line.number, "news/preface") if written and written.count("-") == 2 else None


def _is_frame(book: Rulebook, lines: Lines, above: Sequence[int], i: int) -> bool:
    """Whether a short line of the wrapper is a headline or a button: no title, byline or date, and not its upper half."""
    text = lines[i].text
    if lines[i].zone or any(book.forms[k].search(text) for k in KEEP):
        return False
    upper = any(k == i + 1 and book.forms["title"].search(lines[k].text) for k in above)
    return not upper or bool(re.search("[:：，,|]", text))


def afterword(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """A report of what happened after the last words of thanks: nobody speaks in it, and it opens with a sentence."""
    filled = [i for i, line in enumerate(lines[-40:], max(0, len(lines) - 40)) if line.text][-MAX_AFTER - 1 :]
    ends = [n for n, i in enumerate(filled) if CLOSED.search(lines[i].text[-12:])]
    after = filled[ends[-1] + 1 :] if ends else []
    if not after or len(after) > MAX_AFTER or not NARRATED.search(lines[after[0]].text):
        return
    spoken = ("salutation", "label", "title", "closing")
    for i in after:
        text = lines[i].text
        told = NARRATED.search(text) and text.endswith("。")
        if PERSONAL.search(text) or any(book.forms[k].search(text) for k in spoken):
            return
        if not told and (i == after[0] or len(text) > MAX_NOTE):
            return
    yield from (Edit(i, None) for i in after)


def release(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """The day and hour at which a government office released the text, and the pictures' words below them."""
    at = next((i for i, line in enumerate(lines) if line.text.startswith("香港时间")), -1)
    if at < 0 or not RELEASED.fullmatch(lines[at].text):
        return
    filled = [i for i in range(at) if lines[i].text]
    last = lines[filled[-1]] if filled else None
    day = RELEASE_DAY.search(last.text) if last else None
    if not last or not day:
        return
    posted = dates.find(day["day"]) or day["day"]
    alone = day.start() == 0
    fact = Fact("posted", posted, last.number, "news/release")
    yield Edit(filled[-1], None if alone else last.text[: day.start()], (fact,))
    yield Edit(at, None)
    if alone and len(filled) > 1 and re.fullmatch("[（(]?完[）)]?", lines[filled[-2]].text):
        yield Edit(filled[-2], None)
    under = [i for i in range(at + 1, len(lines)) if lines[i].text]
    if len(under) <= MAX_UNDER and not any(_speaks(book, lines[i]) for i in under):
        yield from (Edit(i, None) for i in under)


def _speaks(book: Rulebook, line: Line) -> bool:
    text = line.text
    spoken = book.forms["salutation"].match(text) or book.forms["closing"].tail(text) or HEADING.match(text)
    return len(text) > MAX_UNDER_LINE or bool(spoken)


def excerpt(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """A piece of the speech that a portal puts above it: every word of it stands in one line below. Or an encyclopaedia's
    sentence on what the title means."""
    above: list[str] = []
    for i, line in enumerate(lines[: lead_end(lines, book)]):
        defined = next((t for t in above if line.text.startswith(t + "是")), "")
        if defined and DEFINED.search(line.text):
            yield Edit(i, None, (told(line, "page/excerpt", len(defined) + 1),))
            continue
        above += [line.text] if 4 <= len(line.text) <= MAX_NOTE else []
        if len(line.text) < MIN_EXCERPT or "，" not in line.text:
            continue
        words = re.sub(r"(?<![\s.…])[\s.…]++$", "", EXCERPT_LABEL.sub("", line.text))
        prose = len(words) >= MIN_EXCERPT and "，" in words and not book.forms["title"].search(line.text)
        if prose and any(words in x.text for x in lines[i + 1 :]):
            yield Edit(i, None)


def beginning(lines: Lines) -> Iterable[Edit]:
    """The beginning of the text, title and all in one run, that a portal puts above it: below it the same words stand once
    more, line by line."""
    filled = [i for i, line in enumerate(lines[:MAX_CARD]) if line.text]
    for n, i in enumerate(filled[:2]):
        below = bare(lines[filled[n + 1]].text[:MIN_BEGINNING]) if n + 1 < len(filled) else ""
        if not below or len(lines[i].text) < MIN_BEGINNING or below[:2] not in lines[i].text[:MIN_BEGINNING]:
            continue
        words = bare(EXCERPT_LABEL.sub("", lines[i].text))
        if len(words) >= MIN_BEGINNING and bare("".join(lines[k].text for k in filled[n + 1 :])).startswith(words):
            yield Edit(i, None)
            return


def speaker_label(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """The name with a colon before the salutation of a transcript, 周守一：尊敬的…, where nothing is said above it and nobody
    else has such a label: in a dialogue the names tell who speaks and stay."""
    labels = [(i, m) for i, line in enumerate(lines) if (m := LABELLED.match(line.text))]
    names = [(i, m) for i, m in labels if book.forms["name-line"].search(m["name"])]
    found = [
        (i, m) for i, m in names if CALLING.match(lines[i].text, m.end()) and not book.forms["called"].search(m["name"])
    ]
    above = lines[: found[0][0]] if found else lines
    if len(names) == 1 and not any(is_prose(x.text) or book.forms["salutation"].match(x.text) for x in above):
        i, label = found[0]
        said = Fact("speaker_label", label["name"], lines[i].number, "news/speaker-label")
        yield Edit(i, lines[i].text[label.end() :], (said,))


def card(lines: Lines) -> Iterable[Edit]:
    """The record of a catalogue or an encyclopaedia: a key on a line of its own and its values on the next ones."""
    filled = [i for i, line in enumerate(lines) if line.text][:MAX_CARD]
    keys = [n for n, i in enumerate(filled) if CARD_KEY.fullmatch(lines[i].text)]
    if len(keys) < MIN_CARD:
        return
    said = {lines[i].text for i in filled[: keys[0]]}
    for n, end in zip(keys, [*keys[1:], keys[-1] + 1], strict=True):
        key, values = lines[filled[n]], [lines[i] for i in filled[n + 1 : end]]
        yield Edit(filled[n], None)
        own = CARD_OWN.fullmatch(key.text.rstrip(":： "))
        kept = next((k for k, v in enumerate(values) if is_prose(v.text)), len(values))
        for k in range(kept):
            if own and values[k].text not in said:
                continue
            fact = Fact("site", values[k].text, values[k].number, "library/record")
            yield Edit(filled[n + 1 + k], None, (fact,) if key.text in ("母体文献", "文献来源") else ())


def column(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """The name of a column alone on its line, near the path of a page that names it too (首页 > 领导讲话 > 国防)."""
    if sheet(lines).alphabet.isdisjoint(STEPS):
        return
    filled = [i for i, line in enumerate(lines[:MAX_CARD]) if line.text]
    path = next((i for i in filled[:MAX_WRAPPER] if len(STEP.findall(lines[i].text)) >= 2), None)
    if path is None:
        return
    steps = {step.strip() for step in STEP.split(lines[path].text)}
    for i in [i for i in filled if i > path][:MAX_COLUMNS]:
        text = lines[i].text.strip()
        if text in steps and len(text) <= MAX_STEP and not any(book.forms[k].search(text) for k in KEEP):
            yield Edit(i, None)


def split_source(lines: Lines) -> Iterable[Edit]:
    """来源： alone on the last lines, and the place itself on the line below it."""
    filled = [i for i, line in enumerate(lines) if line.text]
    for n, i in enumerate(filled[-4:-1], max(0, len(filled) - 4)):
        below = lines[filled[n + 1]]
        if SOURCE_KEY.fullmatch(lines[i].text) and len(below.text) <= MAX_NOTE + 20 and not is_prose(below.text):
            yield Edit(i, None)
            yield Edit(filled[n + 1], None, (Fact("site", below.text, below.number, "news/source"),))


def finders(book: Rulebook) -> dict[str, partial[Iterable[Edit]]]:
    """The finders of this module by the ids of their rules, in the order in which they run."""
    return {
        "news/preface": partial(announced, book),
        "news/release": partial(release, book),
        "news/afterword": partial(afterword, book),
        "news/source": partial(split_source),
        "library/record": partial(card),
        "page/excerpt": partial(excerpt, book),
        "page/beginning": partial(beginning),
        "news/speaker-label": partial(speaker_label, book),
        "page/column": partial(column, book),
        "news/title-note": partial(title_note, book),
    }
