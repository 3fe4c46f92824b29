"""Who, as what, when and where: the head of a speech being filled from its byline lines.

Every line that gives a field is claimed once; every field that is filled has its own fact with line and rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import dates
from .model import Block, Fact, Source
from .rulebook import DATES, Rulebook

MASK = re.compile("[×XxＸ*＊_某〇○]+")
SPACES = re.compile(r"[\s\u3000]+")
EVENT = re.compile(r"在(?P<o>[^。；，]{4,60}?(?:会议?|大会|仪式|活动|班|论坛|典礼))(?=上|[）)\s]|$)")
AT = re.compile("^[于在](?P<place>[\u3400-\u9fff]{2,12})$")
SPEAKER_KEYS = (
    "讲话人",
    "讲话者",
    "致辞人",
    "发言人",
    "报告人",
    "主讲人",
    "主讲",
    "演讲人",
    "演讲者",
    "宣讲人",
    "授课人",
    "述职人",
    "作者姓名",
    "原作者",
)
UNIT_KEYS = ("讲话单位", "发言单位", "单位", "职务", "发布机关")
NOBODY = re.compile(
    r"^(?:佚名|匿名|未知|网友.{0,4}|网络|本站|小编|管理员|原创|admin\w*|editor|user\w*)$", re.IGNORECASE
)
EVENT_BEFORE = re.compile(
    "^.{2,40}(?:会议|大会|典礼|仪式|庆典|(?:座谈|动员|推进|表彰|总结|启动|茶话|团拜|现场|交流|家长|运动|恳谈|述职|新年|闭幕|开幕|年)会)(?:上(?!海))?(?=.)"
)
"""The occasion in front of a post in one run: 全市信访工作会议市长."""
BEFORE_POST = re.compile(
    r"^(?:[|｜]|(?:人民)?政府(?=副?[县市区镇乡省州]长)|(?:19|20)[\dXx×*]{2}年度?|1[01]\d年|[\u3400-\u9fff]{0,6}运(?:动)?会(?=[县市区镇乡校]长)|某(?=副?(?:书记|[县市区镇乡省州局厅部]长|主任|主席))|[XxＸ×*＊](?=副(?:书记|[县市区镇乡省州局厅部]长|主任|主席))|新(?=(?:任|上任|到任)?(?:[校院局县市区镇乡]长|书记|主任))|新任|拟任|现任|[一二三四五六七八九十\d]{1,3}、)+"
)
FOREIGN = re.compile(
    "(?!(.)\\1|.*道德|.*和美)[阿巴白班毕勃布才朝次达旦道德迪丁顿多额尔尼敦格嘎噶古哈合和呼吉加贾杰卡克拉兰朗勒里力列鲁罗洛玛马买美米木姆穆那娜纳奴努诺帕平珀其奇钦琴青曲热仁让日萨赛桑沙苏斯松索塔"
    "特提图吐托旺维乌吾西锡夏央扬依伊益音扎增珍孜卓宗措朋堆珠布宝嘉措]{4,8}"
)
"""A Mongolian, Tibetan or Uyghur name without 间隔号: made of nothing but the characters that write foreign sounds."""
SPACED_POST = re.compile(r"^([省市县区镇乡州局厅校院部])[\s\u3000]+长(?=[\s\u3000])")
"""A post set letter by letter: 市　长　周守一."""
MACHINE_DAY = re.compile(
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?(?:\s+(?:浏览|点击|阅读|来源|作者).{0,40})?"
)
MAX_POST = 20
"""Characters of one post; 国家税务总局某某市税务局党委书记 has 17."""
NO_POST = re.compile(
    "接见|会见|出席|视察|检查|考察|参加|听取|陪同|率领|关于|当选|谈|说|讲话|要求|们|节.{0,6}$|^(?:领导|代表|第[一二三四五六七八九十])|[，。；：！？《》“”]$"
)
"""What is part of a sentence or of a feast and of no post: 护士节院长."""
CALLED = re.compile("^(?:各位|尊敬|同志|大家)|们|[，：:]")
"""A salutation, no post: 发言人：各位来宾，."""
SOME_NAME = (
    "[\u3400-\u9fff](?:[\\s\u3000]+[\u3400-\u9fff×某]){1,3}|[\u3400-\u9fff]{2}[\u3400-\u9fff×某]{1,2}"
    "|[\u3400-\u9fff][×某]|[×XxＸ*＊]{2,3}"
)
FORMS = ("name-date", *DATES, "byline", "byline-glued", "byline-reversed", "role-line")


@dataclass(slots=True)
class Head:
    """What a head told. ``left_above`` and ``left_below`` are blocks that nothing claimed: they stay in the text.

    ``day`` is the block of a date without a year, which needs one from elsewhere; ``preface_title`` what an editor's
    sentence calls the speech; ``author`` whom a page calls so, the speaker only if the title bears it out;
    ``reports`` are the lines of editors' sentences; ``surname`` is that of a title such as 周市长在……上的讲话.
    """

    title: str | None = None
    subtitle: str | None = None
    speaker: str | None = None
    role: str | None = None
    date: str | None = None
    place: str | None = None
    occasion: str | None = None
    kind: str | None = None
    level: str | None = None
    source: Source = field(default_factory=Source)
    stated_chars: int | None = None
    day: Block | None = None
    reports: list[int] = field(default_factory=list)
    preface_title: str | None = None
    surname: str | None = None
    author: Block | None = None
    left_above: list[Block] = field(default_factory=list)
    left_below: list[Block] = field(default_factory=list)
    evidence: list[Fact] = field(default_factory=list)


def claim(head: Head, block: Block, kind: str, rule: str, value: str | None = None) -> None:
    head.evidence.append(Fact(kind, block.text if value is None else value, block.line, rule))


def give(head: Head, name: str, value: str | None, line: int | None, rule: str) -> None:
    """Fill a field that is still empty and say by which line and rule; the first evidence counts."""
    if value and getattr(head, name) is None:
        setattr(head, name, value)
        head.evidence.append(Fact(name, value, line, f"field/{rule}"))


def set_date(head: Head, value: str | None, line: int | None, rule: str) -> None:
    """The more exact date wins; the first one among equals."""
    if value and (head.date is None or len(value) > len(head.date)):
        head.evidence[:] = [f for f in head.evidence if (f.kind, f.rule[:6]) != ("date", "field/")]
        head.date = None
        give(head, "date", value, line, rule)


def plain_name(text: str) -> str:
    """A name without the spaces that set it off (李　强). A mask such as ××× names nobody and gives nothing.

    >>> plain_name("李　强"), plain_name("×××"), plain_name("秦立本 周海涛"), plain_name("佚名")
    ('李强', '', '秦立本、周海涛', '')
    """
    parts = text.split()
    if len(parts) > 1 and all(len(p) > 1 for p in parts) and len("".join(parts)) > 4:
        return "、".join(parts)
    name = SPACES.sub("", text)
    return "" if MASK.fullmatch(name) or NOBODY.match(name) else name


def called(text: str, book: Rulebook) -> str:
    """The surname in 周市长, a way to call someone; empty when ``text`` is something else."""
    found = book.forms["called"].search(BEFORE_POST.sub("", EVENT_BEFORE.sub("", text)))
    return found["name"] if found else ""


def post_of(text: str, book: Rulebook) -> str:
    """The post in what stands before 在, without the occasion, year or surname glued to it; empty when it is none.

    >>> from jianggao.rulebook import default
    >>> [post_of(t, default()) for t in ("法院工作会议县长", "2024年校长", "蒋主席", "护士节院长", "市商会会长")]
    ['县长', '校长', '主席', '', '市商会会长']
    """
    post = BEFORE_POST.sub("", EVENT_BEFORE.sub("", text.strip("，、 \u3000")))
    if by_surname := book.forms["called"].search(post):
        return by_surname["role"]
    return "" if NO_POST.search(post) or max(map(len, post.split("、"))) > MAX_POST else post


def fuller_post(head: Head, post: str, line: int | None, rule: str) -> None:
    """A post that holds every character of the one found, in order, says the same in full: 市商会秘书长 for 秘书长."""
    rest = iter(post)
    if head.role and len(post) > len(head.role) and all(char in rest for char in head.role):
        head.evidence[:] = [f for f in head.evidence if (f.kind, f.rule[:6]) != ("role", "field/")]
        head.role = None
        give(head, "role", post, line, rule)


def _person(head: Head, value: str, line: int, rule: str, book: Rulebook, bare_name: bool) -> bool:
    """Post and name in a labelled value; a name alone counts only where the label is one of a speaker."""
    for form in ("byline", "byline-glued", "byline-reversed"):
        if m := book.forms[form].search(value):
            give(head, "role", m["role"].strip(), line, rule)
            give(head, "speaker", plain_name(m["name"]), line, rule)
            return True
    if bare_name and book.forms["name-line"].search(value):
        give(head, "speaker", plain_name(value.removesuffix("同志")), line, rule)
        return True
    return False


def labelled(head: Head, block: Block, book: Rulebook) -> bool:
    """讲话人：… 时间：… 地点：…: True when the block is such a line."""
    m = book.forms["labelled"].search(block.text)
    if not m:
        return False
    key, value, line = SPACES.sub("", m["key"]), m["value"].strip(), block.line
    if key in ("时间", "日期") and MACHINE_DAY.fullmatch(value):
        claim(head, block, "page", "form/labelled")  # of the file on a site: 时间：2018-11-02
        return True
    if key in ("作者", "主持人"):  # of a page or a meeting; the speaker only when a post says so
        if not _person(head, value, line, "labelled", book, bare_name=False):
            head.author = Block(line, value) if book.forms["name-line"].search(value) else None
    elif key in SPEAKER_KEYS or key in UNIT_KEYS:
        if not _person(head, value, line, "labelled", book, bare_name=True) and not (
            NOBODY.match(value) or CALLED.search(value)
        ):
            give(head, "role", value, line, "labelled")
    elif "时间" in key or key == "日期":
        set_date(head, dates.find(value), line, "labelled")
    elif "地点" in key:
        give(head, "place", value, line, "labelled")
    else:
        give(head, "occasion", value, line, "labelled")
    claim(head, block, "byline", "form/labelled")
    return True


def signed(head: Head, block: Block, book: Rulebook) -> bool:
    """Post and name, name and date, a date alone, a post alone: True when one of these forms claims the block."""
    text = SPACED_POST.sub(r"\1长", block.text)
    for name in FORMS:
        m = book.forms[name].search(text)
        if not m:
            continue
        said = {k: v.strip() for k, v in m.groupdict().items() if v}
        who = plain_name(said.get("name") or said.get("name2") or "")
        if who and head.speaker and who != head.speaker:  # a list of names, not who speaks: it stays in the text
            return False
        give(head, "speaker", who, block.line, name)
        give(head, "role", said.get("role"), block.line, name)
        set_date(head, dates.find(said.get("date") or said.get("date2") or said.get("date3") or ""), block.line, name)
        _rest(head, said.get("rest", ""), block, name, book)
        if name == "date-no-year":
            head.day = head.day or block
        claim(head, block, "date" if name in DATES else "byline", f"form/{name}")
        return True
    return False


def _rest(head: Head, rest: str, block: Block, rule: str, book: Rulebook) -> None:
    """What stands beside a date: the meeting, or the place."""
    rest = rest.strip("，,、 \u3000（(）)")
    if event := EVENT.search(rest):
        give(head, "occasion", event["o"], block.line, rule)
    elif found := book.forms["place-line"].search(rest) or AT.match(rest):
        give(head, "place", found["place"], block.line, rule)


def named(head: Head, block: Block, book: Rulebook, after_post: bool = False) -> bool:
    """A name alone on its line; only the first one counts. Below a post the surname need not be a known one."""
    text = block.text.strip("*＊□■◎○●◇◆ \u3000") or block.text
    form = book.forms["name-line"].search(text)
    if head.speaker or not (form or (after_post and _some_name(block.text)) or FOREIGN.fullmatch(text)):
        return False
    name = form["name"] if form else block.text
    give(head, "speaker", plain_name(name.strip("（()） ").removesuffix("同志")), block.line, "name-line")
    claim(head, block, "byline", "form/name-line")
    return True


def _some_name(text: str) -> bool:
    """A name whose surname we do not know: three characters or more, or two that are set off; or a mask."""
    return bool(re.fullmatch(SOME_NAME, text.strip()))
