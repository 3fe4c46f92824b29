"""What titles, prefaces, file names and first words tell: speaker, occasion and its type, place, level, a year.

Every function fills empty fields of a head and leaves the line and the rule that bear it out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from . import dates
from .byline import EVENT, Head, called, fuller_post, give, plain_name, post_of, set_date
from .dress import from_page, is_title, undressed
from .model import Block, Fact, Source
from .rulebook import Rulebook
from .words import bare

SPEECH = "(?:讲话|致辞|致词|贺词|祝词|发言|报告|点评|演讲|谈话|主持词|[开闭]幕[词辞]|主持稿|党课|寄语)"
MANNER = "(?:主持|点评|表态|重要|开幕|闭幕|即席|总结|任职|动员|辅导|交流|典型|欢迎|答谢|专题)"
OF_SPEECH = (
    r"(?P<o>[^在][^。；]{1,80}?)(?:上(?:[就对][^。；]{2,60}?|当选[^。；]{2,30}?后)?|期间|之际|(?<=[会议式礼动班坛庆宴课时后节]))"
    rf"(?:(?<!工)作|所作)?的{MANNER}?{SPEECH}"
)
OCCASION = re.compile("(?<![存所正现内外])在(?![建校职外线押编岗于])" + OF_SPEECH)
OCCASION_FIRST = re.compile("^(?!.{0,30}[接会]见)" + OF_SPEECH)
PLAIN_EVENT = re.compile(
    rf"^(?:在|于|出席)?(?P<o>[^。；，]{{2,60}}?(?:座谈会|推进会|动员会|启动会|现场会|年会|[\u3400-\u9fff]会|会议|大会|仪式|典礼|论坛|酒会|晚宴))上?{MANNER}?{SPEECH}"
)
GENERIC_EVENTS = ("会议", "大会", "会上", "有关会议", "某会", "会")
PLACE = re.compile(
    r"^(?:中共|中国共产党)?(?![某Xx×*]|自治|本|我|全)(?P<place>(?:[\u4e00-\u9fff]{2,4}?省)?(?:[\u4e00-\u9fff]{2,4}?[市州盟])?(?:(?!副)[\u4e00-\u9fff]{1,4}?[县区旗市])?"
    r"(?:[\u4e00-\u9fff]{1,4}?(?:镇|乡|街道))?)"
    r"(?=委|党委|党工委|党组|人民政府|政府|人大|政协|纪委|副?[省市县区镇乡州盟旗]?长|[\u4e00-\u9fff]{1,8}[局厅])"
)
HELD_AT = re.compile(
    "在(?!全|我|本|这|此|刚|同时|今|昨|近)(?P<place>[\u4e00-\u9fff]{2,8}?)(?<![年月日会里上])(?:召开|举行|举办)的"
)
AUTHOR_IS = re.compile(
    r"作者(?:系|为|是)\s*(?P<role>[\u3400-\u9fff、]{2,24}?(?:书记|[校院局厅部会县市区镇乡省州]长|主任|主席|经理|总裁|教授))\s*(?P<name>[\u3400-\u9fff]{2,3})(?=[，,。）)\]]|$)"
)
"""What an editor's note says of the author: 本文作者系协会会长 周守一."""
POST_SPOKE = re.compile(
    r"上的?(?P<role>(?:书记|校长|院长|会长|董事长|总经理|主席|[县市区镇乡]长|局长|主任))(?:讲话|致辞|致词|发言|寄语)$"
)
"""The post at the end of a title: 职工代表大会上的院长讲话."""
TITLES = ("title", "repeat", "other-title")
CALLED_BY = "总董局处"
"""What follows a surname in the way to call somebody, 任总, and is no given name where nothing else does."""
TAKEN_UP = re.compile(
    r"(?<=[上时刚后])(?:当选|就任|出任|接任|连任)(?:为)?(?P<role>[\u3400-\u9fff]{2,18}?(?:主任|书记|[县市区镇乡省州]长|院长|检察长|主席|局长|会长|校长))(?:后|时)?的"
)
"""The post that a title says was taken up: 在会上当选县监察委员会主任后的讲话."""
AT_MEETING = re.compile(
    rf"(?P<said>在[^，。；：]{{4,80}}?(?:上|中|典礼|酒会|晚宴)?(?:就[^，。；：]{{2,40}})?的?{MANNER}?{SPEECH})(?:的?全文|内容|摘要|如下|[：:])"
)
FULL_TEXT = re.compile(
    rf"(?:^|[，。；])(?:以下[是为])?(?P<said>[^，。；：]{{7,40}}{SPEECH})的?全文(?:为|如下|是)?\s*[：:]\s*$"
)
STANDS_FOR = re.compile(r"(?:代表|受)(?P<o>[^，。；：、]{2,30}(?:、[^，。；：、]{2,16}){0,3})")
FIRST_DAY = re.compile("(?:^|[，。！：])(?:今天|今日)[，,]?(?:正?是|恰逢|适逢|欣逢|迎来)(?P<words>[^。；！？]{2,40})")
FIRST_DAY_WITHIN = 300
DAY_LINE = 40
"""Longest line (characters) below a text that can be the day of its page."""
LISTED = re.compile(r"^\s*\d{1,2}\s*[.．、]\s*")
GENERIC_SITES = ("首页", "主页", "网站首页", "本站", "网友投稿", "网络", "互联网", "未知", "网友上传")
SHORT_NAME, COMPANY_POST = 2, re.compile("副?(?:总裁|总经理|董事长)")
FIRST_WORDS = 600
"""How many characters of the text may tell the level: the address of welcome stands at the beginning."""


def speaker_in_title(head: Head, title: str, line: int | None, rule: str, book: Rulebook) -> str:
    """Post and name before 在: 县长王某某在……上的讲话. Gives what the title says without them."""
    found = book.forms["title-person"].search(title)
    if not found:
        return title
    said = {k: v for k, v in found.groupdict().items() if v}
    name = plain_name(said.get("name") or said.get("name2") or said.get("name3") or "")
    post = post_of(said.get("role") or said.get("role2") or "", book)
    if len(name) == SHORT_NAME and name == said.get("name2") and COMPANY_POST.fullmatch(said["role2"]):
        name = ""  # 金龙总裁: as likely the name of a company
    if not name and (glued := book.forms["title-person"].search(f"{post}在")) and len(glued["name2"] or "") > 2:
        name, post = glued["name2"], glued["role2"]  # the name stood behind the occasion: 闭幕典礼周以宁县长
    if len(name) == SHORT_NAME and name[1] in CALLED_BY:
        head.surname, name = name[0], ""
    head.surname = head.surname or called(said.get("role") or "", book) or None
    give(head, "role", post, line, rule)
    if name and head.speaker == name:
        fuller_post(head, post, line, rule)
    give(head, "speaker", name, line, rule)
    return title[found.end() :]


def _author(head: Head) -> None:
    """The author whom a page names is the speaker where the title has the name, or surname and post: 梁会长在……."""
    if head.author is None or head.speaker is not None:
        return
    name, said = plain_name(head.author.text), f"{head.title or ''}{head.subtitle or ''}"
    if name and (name in said or (head.surname and name.startswith(head.surname))):
        give(head, "speaker", name, head.author.line, "labelled")


def without_speaker(title: str, book: Rulebook) -> str:
    """王某某：在某会上的讲话 → 在某会上的讲话: the name stands in a field of its own."""
    found = book.forms["title-person"].search(title)
    rest = title[found.end() :].strip() if found and found[0].rstrip().endswith(("：", ":")) else ""
    return rest if rest and is_title(rest, book) else title


def from_title(head: Head, line: int | None, book: Rulebook) -> None:
    """Post and name before 在, occasion, year: what title and subtitle say themselves."""
    rests = [speaker_in_title(head, t, line, "title", book) for t in (head.title, head.subtitle) if t]
    for said in [f for f in head.evidence if f.kind in ("repeat", "other-title") and _same(f.value, head.title or "")]:
        speaker_in_title(head, undressed(from_page(said.value, book), book), said.line, "title", book)
    _author(head)
    words = [t for t in (head.subtitle, head.title) if t]
    for pattern, texts in ((OCCASION, words), (OCCASION_FIRST, rests[::-1]), (EVENT, words), (PLAIN_EVENT, rests[:1])):
        found = next((m for t in texts if (m := pattern.search(t))), None)
        if found and found["o"] not in GENERIC_EVENTS:
            give(head, "occasion", found["o"].strip(), line, "title")
            break
    title = " ".join(t for t in (head.title, head.subtitle) if t)
    set_date(head, dates.feast(title) or dates.find(title) or dates.year_in_title(title), line, "title")
    if head.role is None and (taken := TAKEN_UP.search(title)) and (post := post_of(taken["role"], book)):
        give(head, "role", post, line, "title")
    told = next((m for f in head.evidence if f.kind in TITLES and (m := POST_SPOKE.search(f.value))), None)
    if head.role is None and head.speaker is None and told:
        give(head, "role", told["role"], line, "title")
    if held := HELD_AT.search(title):
        give(head, "place", held["place"], line, "title")


def from_preface(head: Head, text: str, line: int, book: Rulebook) -> None:
    """What an editor's sentence before the speech says: speaker, day, occasion."""
    head.reports.append(line)
    person = book.forms["person-said"].search(text)
    if person:
        give(head, "role", person["role"].strip("，、"), line, "preface")
        give(head, "speaker", plain_name(person["name"]), line, "preface")
    elif there := book.forms["person-said-there"].search(text):
        give(head, "role", there["role"] or there["role2"], line, "preface")
        give(head, "speaker", there["name"] or f"{there['surname']}{there['given']}", line, "preface")
    elif author := AUTHOR_IS.search(text):
        give(head, "role", post_of(author["role"], book), line, "preface")
        give(head, "speaker", plain_name(author["name"]), line, "preface")
    elif plain := book.forms["person-there"].search(text):
        give(head, "speaker", plain["name"], line, "preface")
    elif post := book.forms["post-said"].search(text):
        give(head, "role", post_of(post["role"], book), line, "preface")
    written = dates.find(text)
    set_date(head, written, line, "preface")
    if (
        len(written or "") <= len("2024")
        and head.day is None
        and (dates.WITHOUT_YEAR.search(text) or dates.THIS_DAY.search(text))
    ):
        head.day = Block(line, text)
    event = re.search(
        r"(?:出席|在)(?P<o>[^。；，]{4,60}?(?:会议?|大会|仪式|活动|班|论坛|典礼|礼|酒会|晚宴))(?=上|的|[致讲发])", text
    )
    if event:
        give(head, "occasion", event["o"], line, "preface")
    spoke = AT_MEETING.search(text, person.end() if person else 0)
    if person and spoke and head.title is None:
        head.preface_title = f"{head.role or head.speaker or ''}{spoke['said']}"
    elif head.title is None and (full := FULL_TEXT.search(text)):
        head.preface_title = full["said"].removeprefix(head.role or "").removeprefix(head.speaker or "")


def from_file_name(head: Head, path: str, book: Rulebook) -> None:
    """A date, and a speaker where the name is that of a speech like this one: 王某某 在某会上的讲话."""
    name = PurePosixPath(path).name
    stem = re.sub(r"^[\d\s\-_.年月日]+", "", PurePosixPath(path).stem)
    written = dates.find_compact(name) or dates.find(PurePosixPath(path).stem)
    if written and (head.date is None or written.startswith(head.date)):
        set_date(head, written, None, "file-name")
    if head.speaker is None and _alike(stem, head.title or ""):
        speaker_in_title(head, undressed(stem, book), None, "file-name", book)


def _same(one: str, title: str) -> bool:
    """Whether another line names the same speech as ``title``: the title whole, or most of its pairs of characters."""
    return bare(title) in bare(one) or _alike(one, title)


def _alike(one: str, other: str) -> bool:
    """Whether two titles mean the same speech: most pairs of characters of the shorter stand in the longer."""
    short, long = sorted((bare(one), bare(other)), key=len)
    pairs = {short[i : i + 2] for i in range(len(short) - 1)}
    return len(pairs) >= 4 and sum(p in long for p in pairs) >= 0.6 * len(pairs)


def complete_day(head: Head, below: Sequence[Block]) -> None:
    """A day without a year, in the year that title, file name or another date told; else in that of the page's own day,
    which stands in its source line or below the text, if that is the same day or a short while later."""
    if head.day is None or (head.date and len(head.date) > 4):
        return
    if head.date:
        set_date(head, dates.completed(head.day.text, head.date), head.day.line, "date-no-year")
        return
    for posted in (head.source.posted, *(dates.find(b.text) for b in below if len(b.text) <= DAY_LINE)):
        if posted:
            set_date(head, dates.shortly_before(head.day.text, posted), head.day.line, "date-no-year")


def from_first_words(head: Head, body: Sequence[Block], path: str) -> None:
    """今天是2024年3月5日: the speaker says the day himself, in the first words."""
    read = 0
    for block in body:
        if read > FIRST_DAY_WITHIN or (head.date and len(head.date) == len("2024-03-05")):
            return
        read += len(block.text)
        if block.salutation or not (found := FIRST_DAY.search(block.text[:FIRST_DAY_WITHIN])):
            continue
        words = found["words"]
        written = dates.feast(words, PurePosixPath(path).name) or dates.find(words)
        if written and len(written) == len("2024-03-05"):
            set_date(head, written, block.line, "first-words")
        elif head.day is None and not written and dates.WITHOUT_YEAR.match(words):
            head.day = block


def from_contents(head: Head, facts: Sequence[Fact], book: Rulebook) -> None:
    """The post that the file's own 目录 names before this title: 1.市长在某会上的致辞."""
    listed = [LISTED.sub("", f.value).strip() for f in facts if f.kind == "contents"]
    for words in listed:  # the contents still have the year that stood alone on its line: 在2022年某会上的讲话
        if words != head.title and head.title and re.sub(r"\d+", "", words) == head.title:
            head.title = words
    title = bare(head.title or "")
    if head.role is not None or head.speaker is not None or len(title) < 6:
        return
    told = [f for f in facts if f.kind == "contents" and bare(undressed(f.value, book)).endswith(title)]
    if len(told) == 1 and (said := LISTED.sub("", told[0].value)) != head.title:
        speaker_in_title(head, said, told[0].line, "contents", book)


def from_front_matter(head: Head, facts: Sequence[Fact]) -> None:
    """The date at the head of a Markdown file, when the text itself tells none."""
    for fact in facts:
        said = f"{fact.value}年" if re.fullmatch(r"\d{4}", fact.value) else fact.value
        if fact.kind == "front_date" and (written := dates.find(said)):
            if head.date is None or written.startswith(head.date):
                set_date(head, written, fact.line, "front-matter")
        elif fact.kind == "front_author" and head.author is None and fact.line is not None:
            head.author = Block(fact.line, fact.value)
    _author(head)


def source(facts: Sequence[Fact]) -> tuple[Source, int | None]:
    """Source and stated length from what removed notices and the container said; the first of each kind counts."""
    said: dict[str, str] = {}
    for fact in facts:
        if fact.kind == "site" and fact.value in GENERIC_SITES:
            continue
        said.setdefault(fact.kind, fact.value)
    posted = said.get("posted")
    if posted:
        year, month, day = (int(x) for x in posted.split("-"))
        posted = dates.iso(year, month, day)
    stated = said.get("stated_chars")
    return Source(said.get("site"), said.get("url"), posted, said.get("rights")), int(stated) if stated else None


def classify(head: Head, body: Sequence[Block], line: int | None, book: Rulebook) -> None:
    """Type of occasion, level, and the place that a post names."""
    told = head.title if head.title and is_title(head.title, book) else ""  # a headline names no occasion
    title = f"{head.occasion or ''} {told} {head.subtitle or ''}".strip()
    give(head, "kind", next((o.id for o in book.occasions if o.pattern.search(title)), None), line, "occasion")
    role_line = next((f.line for f in head.evidence if f.kind == "role"), line)
    if head.role and (place := PLACE.match(head.role)) and len(place["place"]) > 2:
        give(head, "place", place["place"], role_line, "role")
    for text, where in ((head.role or "", role_line), (f"{head.occasion or ''} {head.title or ''}".strip(), line)):
        give(head, "level", next((v.id for v in book.levels if v.pattern.search(text)), None), where, "level")
    read = 0
    for block in body:
        if head.level or read > FIRST_WORDS:
            return
        read += len(block.text)
        if found := STANDS_FOR.search(block.text[:FIRST_WORDS]):
            give(
                head,
                "level",
                next((v.id for v in book.levels if v.pattern.search(found["o"])), None),
                block.line,
                "level",
            )
