"""Lines in which a head stands in one run, cut into blocks: title, byline, date, salutation, the next piece's title.

Every character of a line is in exactly one of its blocks, but for the spaces at their ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice, pairwise

from .dates import chinese_number
from .layout import paragraphs
from .model import Block, Line
from .rulebook import BYLINES, DATES, NOTES, Form

HEAD_FORMS = ("subtitle", "label", "labelled", *BYLINES, *DATES, *NOTES)
"""Forms of lines that can stand in the head of a speech beside its title."""
MAX_GLUED = 160
"""Characters at the start of a line in which a head and a salutation can be glued to one another."""
MAX_CLOSERS = 4
"""Words such as 讲话 at which a run is tried: the title is said early."""
CALLS = re.compile("(?:各位|尊敬的|敬重的|敬爱的|亲爱的|同志们|同学们|老师们|朋友们|女士们)")
CLOSERS = re.compile(
    "(?:讲话|致辞|致词|发言|报告|点评|党课|主持词|演讲|贺词|祝词|讲稿)(?:稿|材料|摘要)?(?:[（(][^（）()]{1,10}[）)])?\\d{0,2}"
)
OPENERS = (
    "今天|今年|今晚|今日|昨天|刚才|方才|刚刚|这次|本次|此次|同志们|同学们|各位|尊敬的|大家|现在|首先|我|按照|根据|为了|受|在座|值此|又是"
    "|[县区市省镇乡州]委、|[县区市省]政府"
    "|在[^，。；：！？]{4,50}上的(?:讲话|发言|致辞)"
)
"""Words with which a speech begins, where no mark stands between it and its title; or the title once more."""
RUN_ON = re.compile(
    r"(?:[^，。；：！？“”\s在]{1,14}、)?[^，。；：！？“”\s在]{0,24}在[^，。；：！？]{4,60}?(?:会议?|仪式|典礼|活动|班|论坛|式|[）)])"
    r"(?:上的?|时的|中的|的)?(?:讲话|致辞|致词|发言|演讲|报告|点评|主持词|主持讲话|总结讲话|表态发言)(?:稿|材料|提纲)?"
    rf"(?:[（(][^（）()]{{1,8}}[）)])?(?:\d{{3,5}}字范[本文]|。)?\s*(?:(?<=。)|(?=(?:{OPENERS})))(?=.{{40}})"
)
"""A title in full and the first sentence in one run: 在全县春耕会上的讲话今天我们…."""
PLAIN_RUN = re.compile(
    r"(?!在)[^，。；：！？“”\s在]{6,40}?(?:会议|大会|仪式|典礼|(?:联席|座谈|推进|动员|表彰|总结)会)(?:上的?)?(?:讲话|致辞|发言|主持讲话|主持词|总结讲话)(?:稿|材料)?\d{0,2}"
    rf"(?=(?:{OPENERS})).{{0}}(?=.{{40}})"
)
"""A title without 在 and the first sentence in one run: 全县春耕会议主持讲话3今天…."""
MAX_RUNS, SHORTEST_RUN, SHORTEST_PIECE = 3, 60, 160
NEXT = re.compile(
    r"(?<=[。！!？?”])\s*(?P<title>[^，。；：:！!？?“”\s]{0,40}在[^，。；：:！!？?\s]{4,50}上的(?:讲话|致辞|发言|报告)(?:稿|材料)?)"
    r"(?=\s*(?:同志们|各位[^。：]{1,30}|尊敬的[^。：]{1,30})[：:])"
)
"""The title of a further speech and its salutation inside a line that holds a whole collection."""
COLLECTED = re.compile(r"[^。；，：]{20,150}?(?:合编|汇编|合集)(?=\S{0,10}在)")
RECORD = re.compile(
    r"(?:编号\s*[：:]?\s*\d{4,12}\s*)?(?P<title>[^。；，]{8,60}?(?:讲话|致辞|发言|报告|主持词)稿?)\s*[\dXx×*]{4}/[\dXx×*]{1,2}/[\dXx×*]{1,2}\s*"
    r"(?P<again>[^。；，]{8,60}?(?:讲话|致辞|发言|报告|主持词)稿?)(?=.{20})"
)
"""A file site's record in one run: number, title, masked day, the title once more."""
MASKED_BY = re.compile(
    r"[\u3400-\u9fff、]{1,16}(?:书记|[县市区镇乡省州局厅部]长|主任|主席|负责人)[xX×]{2,3}(?:[（(][^（）()]{4,24}[）)])?(?=.{10})"
)
DATED_BODY = re.compile(
    r"[（(]\s*(?:(?:19|20)\d\d|[一二][〇○零0九一二三四五六七八]{3})\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月"
    r"(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?\s*[）)](?=\S.{20})"
)
"""A date in brackets glued to the first words of the text."""
RUN_BY = re.compile(
    r"(?P<title>在[^，。；：！？]{4,60}?(?:会议?|仪式|典礼|活动|班|论坛|式)上的(?:讲话|致辞|致词|发言|演讲|报告))\s*"
    r"(?P<by>[\u3400-\u9fff、]{2,24}?(?:书记|[县市区镇乡省州局厅部院校]长|主任|主席|负责人)[\s\u3000]*(?:[xX×*]{2,3}|[\u3400-\u9fff]{2,3}))\s*"
    r"(?P<date>[（(]\s*(?:(?:19|20)\d\d|[一二][〇○零0一二三四五六七八九]{3})\s*年[^（）()]{2,14}[）)])\s*(?=\S.{20})"
)
"""Title, post with name, day in brackets and the first sentence in one run."""
SERIAL = re.compile(
    r"(?P<title>[^，。；：:！!？?（）()\s]{4,40}?[稿话辞词言告])[\s\u3000]*(?P<label>篇[\s\u3000]*[1一])(?![0-9一二三四五六七八九十])"
)
"""The label of the first piece of a collection in one run with its text: 开学典礼讲话稿篇1老师们：…."""
CALLED = "(?:同志们|各位|尊敬|敬爱|亲爱|女士们|老师们|同学们|朋友们|大家)"
NUMBERED = re.compile(
    r"(?:(?<=[。！!？?”…）)])|^)\s*(?:篇\s*(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})|第\s*(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s*篇)\s*[：:]"
    rf"(?=[^。；！？：:]{{2,60}}?(?:讲话|致辞|致词|发言|报告|主持词|演讲)稿?\s*{CALLED})"
)
"""The label of a piece in one run with the end of the piece before: 谢谢大家！篇2：某会讲话同志们：…."""
COUNTED = re.compile(
    r"(?P<title>[^，。；：:！!？?（）()\s]{6,40}?[稿话辞词言告])[（(](?:共|通用|精选)?\s*(?:[2-9]|[二三四五六七八九])\s*篇[）)]\s*(?P=title)\s*1(?=\D)"
)
"""A collection's title and its first piece in one run: 在某会上的讲话（共2篇）在某会上的讲话1同志们：…."""
MAX_ABOVE, SERIAL_HEAD = 80, 60
"""Characters in front of it, which are the title of the collection, and of the label itself."""
LABEL_ALONE = re.compile(
    r"(?P<label>(?P<title>[^，。；：:！!？?\s]{4,40}?[稿话辞词言告])[\s\u3000]*篇[\s\u3000]*(?:\d{1,2}|[一二三四五六七八九十]{1,2}))[：:]?[\s\u3000]*(?=[\u3400-\u9fff“].{40})"
)
"""The label of a piece in one run with its text."""
DOUBLED = re.compile(
    r"^.{0,14}?(?P<t>[^。；]{8,60}?(?:讲话|致辞|致词|发言|报告)稿?)(?:[（(][^（）()]{1,10}[）)])?\s*(?P<again>(?P=t)\d{0,2})$"
)
Forms = Mapping[str, Form]


def cut(line: Line, forms: Forms, first: bool) -> Iterable[Block]:
    """The blocks of one line; ``first`` when nothing but short lines stands above it."""
    text = line.text.strip(" \u3000")
    if len(text) < SHORTEST_RUN:
        yield from _cut(line, forms, first)
        return
    if len(pieces := paragraphs(text)) > 1:
        for number, piece in enumerate(pieces):
            yield from cut(Line(line.number, piece, line.zone), forms, first and not number)
        return
    if serial := _numbered(text) or _serial(text, forms):
        for start, end in pairwise(serial):
            yield from _cut(Line(line.number, text[start:end], line.zone), forms, True)
        return
    starts = [0, *(m.start("title") for m in NEXT.finditer(text, SHORTEST_PIECE))] if "上的" in text else [0]
    for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
        *above, rest = _run_on(text[start:end]) if first or start else (text[start:end],)
        for piece in above:
            yield Block(line.number, piece.strip(" \u3000"), line.zone)
        yield from _cut(Line(line.number, rest, line.zone), forms, first and not start and not above)


def _numbered(text: str) -> list[int]:
    """Where a line is cut that holds several pieces behind the labels 篇1：, 篇2：, which count on from one; empty else."""
    if "篇" not in text:
        return []
    if counted := COUNTED.search(text, 0, MAX_ABOVE + SERIAL_HEAD):
        label = re.compile(rf"{re.escape(counted['title'])}\s*(?P<n>\d{{1,2}})(?P<m>)(?={CALLED})")
        return _counting(text, list(label.finditer(text)), counted.start())
    return _counting(text, list(NUMBERED.finditer(text)), 0)


def _counting(text: str, found: list[re.Match[str]], first: int) -> list[int]:
    """Where ``text`` is cut before each of the labels, if they count on from one; and at ``first``."""
    counts = [chinese_number(m["n"] or m["m"]) for m in found]
    if len(found) < 2 or counts != list(range(1, len(found) + 1)):
        return []
    return sorted({0, first, len(text), *(m.start() for m in found)})


def _serial(text: str, forms: Forms) -> list[int]:
    """Where a line that holds several pieces, each behind the label 某会讲话篇1, is cut: before and behind each label. Empty
    when it holds none."""
    if "篇" not in text[: MAX_ABOVE + SERIAL_HEAD]:
        return []
    found = SERIAL.search(text, 0, MAX_ABOVE + SERIAL_HEAD)
    if not found and (label := LABEL_ALONE.match(text)) and forms["title"].search(label["title"]):
        return [0, label.end("label"), len(text)]
    if not found or found.start() > MAX_ABOVE or not forms["title"].search(found["title"]):
        return []
    next_one = re.compile(
        f"(?<=[。！!？?”…]){re.escape(found['title'])}"
        + r"[\s\u3000]*篇[\s\u3000]*(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
    )
    labels = [found.span(), *(m.span() for m in next_one.finditer(text, found.end()))]
    return sorted({0, len(text), *(at for span in labels for at in span)})


def _run_on(text: str) -> list[str]:
    """Titles and date that stand before the first words of a line without a break, and those words; ``[text]`` else."""
    pieces = []
    if record := RECORD.match(text):
        pieces, text = [record["title"], record["again"]], text[record.end() :]
        if by := MASKED_BY.match(text):
            pieces, text = [*pieces, by[0]], text[by.end() :]
    if by := RUN_BY.match(text):
        pieces, text = [*pieces, by["title"], by["by"], by["date"]], text[by.end() :]
    if label := COLLECTED.match(text):
        pieces, text = [label[0]], text[label.end() :]
    for form in (*[RUN_ON] * MAX_RUNS, PLAIN_RUN, DATED_BODY):
        if found := form.match(text):
            pieces.append(text[: found.end()])
            text = text[found.end() :]
    return [*pieces, text]


def _cut(line: Line, forms: Forms, first: bool) -> Iterable[Block]:
    """The blocks of a line, or of a piece of one that holds a single speech."""
    text = line.text.strip(" \u3000")
    glued = forms["glued-title"].tail(text)
    if glued and glued.start("title") > 40:
        yield from cut(Line(line.number, text[: glued.start("title")], line.zone), forms, first)
        yield Block(line.number, glued["title"])
        return
    start, end = _call(text, forms)
    if end:
        for piece in _pieces(text[:start].strip(" \u3000"), forms):
            yield Block(line.number, piece, line.zone)
        yield Block(line.number, text[start:end].strip(), "" if start else line.zone, salutation=True)
        if rest := text[end:].strip(" \u3000"):
            yield Block(line.number, rest)
        return
    if (
        first
        and (space := re.match(r"^(?P<title>[^。；，]{6,80}?)[ \u3000]+(?P<rest>.{60,})$", text))
        and forms["title"].search(space["title"])
    ):
        yield Block(line.number, space["title"], line.zone)
        yield Block(line.number, space["rest"])
        return
    for piece in _pieces(text, forms) if len(text) <= MAX_GLUED and CLOSERS.search(text) else (text,):
        yield Block(line.number, piece, line.zone)


def _call(text: str, forms: Forms) -> tuple[int, int]:
    """Where the salutation of a line begins and ends: at its start, or glued to a title, a byline or a date. (0, 0) when
    there is none."""
    if call := forms["salutation"].match(text):
        return 0, call.end()
    for m in CALLS.finditer(text[:MAX_GLUED]):
        prefix = text[: m.start()].strip(" \u3000")
        call = forms["salutation"].match(text[m.start() :])
        if call and prefix and _is_head(prefix, forms):
            return m.start(), m.start() + call.end()
    return 0, 0


def _is_head(text: str, forms: Forms) -> bool:
    """Whether ``text`` is head lines glued to one another, or one of them; a title may stand in brackets (【某会致辞】)."""
    inner = text[1:-1] if text[0] in "【《" and text[-1] in "】》" else text
    return any(forms[k].search(inner) for k in ("title", *HEAD_FORMS)) or len(_pieces(text, forms)) > 1


def _pieces(text: str, forms: Forms, deep: bool = True) -> list[str]:
    """Title, byline and date that stand in one run, each by itself; ``[text]`` when they cannot be told apart."""
    if not text:
        return []
    if twice := DOUBLED.match(text):
        return [text[: twice.start("again")].strip(), twice["again"]]
    if dated := _date_first(text, forms):
        return dated
    if any(forms[k].search(text) for k in ("title", *HEAD_FORMS)):
        return [text]
    for m in islice(CLOSERS.finditer(text), MAX_CLOSERS):
        first, rest = text[: m.end()].strip(), text[m.end() :].strip(" \u3000")
        if rest and forms["title"].search(first) and (side := _side(rest, forms, deep)):
            return [first, *side]
    return [text]


DATE_FIRST = re.compile(r"[（(][^（）()]{6,40}[）)](?=\S)")


def _date_first(text: str, forms: Forms) -> list[str]:
    """A date in brackets and a name right behind it; empty when it is not that."""
    bracket = DATE_FIRST.match(text)
    if not bracket or not any(forms[k].search(bracket[0]) for k in DATES):
        return []
    name = text[bracket.end() :].strip(" \u3000")
    return [bracket[0], name] if any(forms[k].search(name) for k in ("name-line", *BYLINES)) else []


def _side(rest: str, forms: Forms, deep: bool) -> list[str]:
    """What stands behind a title in the same run: a bracket, a byline, a date, the title again. Empty when it is prose."""
    if len(rest) > MAX_GLUED:
        return []
    bracket = re.match(r"[（(][^（）()]{4,40}[）)]", rest)
    if bracket and bracket.end() < len(rest):
        behind = _side(rest[bracket.end() :].strip(" \u3000"), forms, deep)
        if behind and any(forms[k].search(bracket[0]) for k in HEAD_FORMS):
            return [bracket[0], *behind]
    if any(forms[k].search(rest) for k in (*HEAD_FORMS, "title")):
        return [rest]
    pieces = _pieces(rest, forms, deep=False) if deep else [rest]
    return pieces if len(pieces) > 1 else []
