"""Titles: what stands around one is taken off, one is chosen among several, and one in several lines is joined.

Nothing here knows the head of a speech as a whole; `jianggao.stages.metadata` asks with lines of text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from .model import Block
from .rulebook import BYLINES, DATES, Rulebook
from .words import bare

ORNAMENT = "★☆■◆●▲▼※♦◇□◎→►▶◀【】[]〖〗"
LABEL = re.compile(r"^\s*(?:文章|讲话|材料)?(?:标题|题目|主题|篇名|文题)\s*[：:]\s*")
TAG = re.compile(
    r"^\s*[\[【〖（(]\s*(?:原创|转载|精品|最新|推荐|热门|精选|范文|例文|公文|材料|分享|荐读|全文|实录|干货|(?:高清)?[视音]频|直播|回放|图[文解集片]?|[组多高]图|"
    r"[^】\]）)。，]{0,8}(?:讲话稿?|致辞|发言稿?|演讲稿?|主持词|范文|文稿|文秘))\s*[】\]〗）)]\s*(?=\S{4})"
)
SUFFIX = re.compile(
    r"(?:word\s*(?:版|文档)?\s*下载)?\.(?:docx?|txt|pdf|wps|rtf|md|html?)\s*$|(?:\s*\|){2,}\s*$", re.IGNORECASE
)
NUMBER_OF = re.compile(
    r"(?<!\s)\s*+[（(【\[]?(?:精选|通用|合集|优秀|最新|热门|推荐|汇总|共|集锦|模板|范文|全文)*+\s*+[0-9一二三四五六七八九十]{1,3}\s*篇[）)】\]]?\s*$"
)
MODEL = re.compile(
    r"(?<=[稿话辞词告言])\s*(?:最新|优秀|精选|通用|完整版?)?\s*(?:范文|例文|范本|模板|汇总|大全|参考|精选)+\s*$"
)
EXPLAINED = re.compile(
    r"(?<=[稿话辞词告言])\s*(?:原文|全文)?[及与和暨][\u3400-\u9fff]{0,8}?(?:解读|解析|赏析|点评|技巧|评析|剖析)\s*\d?\s*$"
)
"""What a forum wrote about a speech: 大会讲话原文及技巧解读."""
ATTACHED = re.compile(
    r"\s*[（(]\s*(?:附(?:图|视频|短片|件|英文|链接)|图文?|[视音]频|只有中文|中文|组图|双语)[^（）()]{0,12}[）)]?\s*$"
)
FILED = re.compile(
    r"^\s*(?:[^。]{0,30}?(?:https?://|www\.)[A-Za-z0-9./_\-]{4,60}\s*(?=[\u3400-\u9fff])|第\d{1,3}页\s*共\d{1,3}页\s*|附件\s*\d{0,2}\s*[：:]?\s*(?=在|关于)|(?:19|20)\d\d年\s*(?=在)|编号\s*[：:]?\s*\d{4,12}\s*|(?:19|20)?[\dXx×*]{1,4}[/\-.][\dXx×*]{1,2}[/\-.][\dXx×*]{1,2}\s*(?=[\u3400-\u9fff])|[\u3400-\u9fff]{2,8}(?:报|社|网)\d{1,2}月\d{1,2}日[电讯]\s*|[A-Z]{1,3}\d{2,6}\s*(?=[\u3400-\u9fff])"
    r"|(?:\d{1,2}\s*[、．.]|[（(]\d{1,2}[）)])\s*(?=[\u3400-\u9fff])"
    r"|[一二三四五六七八九十]{1,3}\s*、\s*(?=\S{4,60}(?:讲话|致辞|致词|发言|报告|主持词)\s*$))"
)
PIECE = re.compile(
    r"(?<=[稿话辞词告言])\s*(?:[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|篇\s*[0-9一二三四五六七八九十]{1,3}|[0-9]{1,2})\s*[：:]?\s*$"
)
SITE = re.compile(
    r"\s*[_|｜\-—–]{1,2}\s*(?:讲话稿?|领导讲话|发言稿|致辞|范文|演讲稿|[^_|｜\-—–\s]{2,14}(?:网|文库|论坛|文秘|范文|频道|日报|公众号|吧))\s*$"
)
STOPPED = re.compile(r"(?<=[稿话辞词告言讲])\s*(?:。|：|\d{3,5}字范[本文])$")
DATED = re.compile(
    r"\s*(?:[（(【\[]\s*(?:19|20)\d\d\s*[年\-./／][^（）()]{0,14}[）)】\]]"
    r"|(?<=[话稿辞词告言讲])\s*(?:19|20)\d\d\s*(?:年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?|[-./]\d{1,2}[-./]\d{1,2})"
    r"|[（(]\s*[一二][〇○零0一二三四五六七八九]{3}年[^（）()]{0,10}[）)]"
    r"|(?<=[话稿辞词告言讲])\s*(?:19|20)\d{6})\s*$"
)
QUOTED = (("《", "》"), ("【", "】"), ("“", "”"), ("[", "]"), ("〖", "〗"))
OPEN_END = re.compile(
    "(?:[暨及与和在的、·]|会议?暨|关于|第[一二三四五六七八九十]{1,3}[届次]?|^(?:19|20)\\d\\d|议会第.{2,14}会)$"
)
LOWER = re.compile(r"^(?:暨|上的|上|的|会议?上|会议?的|大会上?|会议?暨|仪式上?|典礼上?|活动上?|讲话|致辞|发言)")
FULL = re.compile("(?:^|在).{3,60}(?:上|中)的(?:\\S{0,4}(?:讲话|致辞|致词|发言|报告|点评|演讲))")
SPLIT = re.compile(r"\s*[_|｜]\s*|\s+[-–]\s+|(?<=[\u3400-\u9fff）)])-(?=[\u3400-\u9fff])")
CUT = re.compile(r"(?:[.．]{2,}|…+)\s*$")
OTHER_LINES = (
    *("title", "labelled", "note-line", "page-person", "place-line", "unit-line", "name-line", "site-words"),
    *(*BYLINES, *DATES),
)
HAN = re.compile("[\u3400-\u9fff]")
GENRE = re.compile(r"^(?:专题|廉政|微)?(?:党课|讲话|演讲|发言|致辞|致词|宣讲)(?:讲?稿|材料|提纲|词|辞|全文)?$")
"""A title that names nothing but the sort of text."""
SENTENCE = re.compile(
    "[。；？?]|[，、：:]\\s*$|^(?:主持|记录|作者|编辑|时间|地点|来源|字体|点击|阅读|标签|发布|责任).{0,4}：|^(?:尊敬|敬爱|亲爱|各位)"
)
SLOGAN = re.compile(r"^[\u3400-\u9fffA-Za-z0-9“”‘’《》、，,！!·\s　—\-]{4,60}$")


def is_title(text: str, book: Rulebook) -> bool:
    """Whether a line reads like the title of a speech (form ``title``)."""
    return bool(book.forms["title"].search(text))


def is_full(text: str) -> bool:
    """Whether a title names the occasion and what was said there: 在某会上的讲话, not 施政报告."""
    return bool(FULL.search(text))


def undressed(text: str, book: Rulebook) -> str:
    """A title without what a site, a file name or a compilation put around it. Never more than the title itself goes.

    >>> from jianggao.rulebook import default
    >>> undressed("★标题：《在全县水利会上的讲话》.docx", default())
    '在全县水利会上的讲话'
    >>> undressed("【原创】在春训会上的讲话（2019年2月3日）", default()), undressed("表彰会讲话稿（精选3篇）", default())
    ('在春训会上的讲话', '表彰会讲话稿')
    """
    now = text.strip()
    while True:
        before = now
        for pattern in (LABEL, TAG, FILED, STOPPED, SUFFIX, DATED, SITE, NUMBER_OF, ATTACHED, EXPLAINED, MODEL, PIECE):
            shorter = pattern.sub("", now).strip()
            if (
                shorter != now
                and len(shorter) >= 4
                and (pattern in (LABEL, TAG, STOPPED, SUFFIX) or is_title(shorter, book))
            ):
                now = shorter
        for opens, closes in QUOTED:
            if now.startswith(opens) and now.endswith(closes) and opens not in now[1:] and len(now) > 4:
                now = now[1:-1].strip()
        if now[:1] in "“‘《" and not re.search("[”’》]", now):
            now = now[1:].strip()
        now = now.strip(ORNAMENT).strip() if not _paired(now) else now
        if now == before:
            return now or text.strip()


def _paired(text: str) -> bool:
    """Whether brackets at the ends of ``text`` belong to words inside it."""
    return any(text.count(o) and text.count(c) for o, c in (("【", "】"), ("[", "]"), ("〖", "〗")))


def reads_on(upper: str, lower: str) -> bool:
    """Whether ``upper`` stops inside a title that ``lower`` goes on with.

    >>> reads_on("在全县重点项目观摩暨", "经济运行分析会议上的讲话"), reads_on("在全市校园安全工作", "会议上的讲话")
    (True, True)
    >>> reads_on("在开幕式上的致辞", "在闭幕式上的致辞"), reads_on("凝心聚力抓改革", "在县委全会上的讲话")
    (False, False)
    """
    if any(upper.count(o) > upper.count(c) for o, c in ("《》", "“”", "（）")):
        return True
    if lower.startswith("在") and not OPEN_END.search(upper):
        return False
    return bool(
        OPEN_END.search(upper) or LOWER.match(lower) or upper.startswith("在") or re.search("[长席记任理]在", upper)
    )


def is_open(text: str) -> bool:
    """Whether a line that is no title in full is the beginning of one: 在全县春耕暨, 在全县春耕备耕."""
    return bool(OPEN_END.search(text) or re.match("在(?!这里|此|场)", text))


def joined(parts: Sequence[str], full: bool) -> str:
    """The lines of one title as one: without a space where a title in full was torn, with one between headlines."""
    return ("" if full else " ").join(p.strip() for p in parts)


def is_slogan(text: str, book: Rulebook, shortest: int = 7) -> bool:
    """A headline such as 凝心聚力抓改革: ``shortest`` characters or more, no mark of a sentence, no title, name,
    post, place or site.

    >>> from jianggao.rulebook import default
    >>> is_slogan("凝心聚力抓改革　乘势而上促发展", default()), is_slogan("望川县水利局", default())
    (True, False)
    """
    return (
        len(bare(text)) >= shortest
        and bool(SLOGAN.match(text))
        and not any(book.forms[f].search(text) for f in OTHER_LINES)
        and not OPEN_END.search(text)
        and not re.search(
            "们[、，]|[的、，]$|(?:委员会|办公室|人民政府|[局厅院部社会处])$"
            "|(?:编印|印发|印制|主办|承办|供稿)$|\\d{3}|^(?:尊敬|亲爱|各位|同志)",
            text,
        )
    )


def from_page(text: str, book: Rulebook) -> str:
    """The title in what a page calls itself (栏目 | 在某会上的讲话 _ 某某网): of the parts the one that reads like one.

    >>> from jianggao.rulebook import default
    >>> from_page("书记讲话 | 在开工仪式上的讲话", default()), from_page("在开工仪式上的讲话_领导讲话_示例网", default())
    ('在开工仪式上的讲话', '在开工仪式上的讲话')
    """
    parts = [undressed(p, book) for p in SPLIT.split(text) if p.strip()]
    if not parts:
        return text.strip()
    best = (
        [p for p in parts if is_title(p, book)] or [p for p in parts if not book.forms["site-words"].search(p)] or parts
    )
    return max(best, key=lambda p: ("上的" in p or "——" in p, len(p) >= 8, -parts.index(p)))


def is_column(text: str, title: str, book: Rulebook) -> bool:
    """Whether ``text`` is ``title`` with the name of a column or a site beside it."""
    return len(SPLIT.split(text)) > 1 and bare(from_page(text, book)) == bare(title)


def cut_short(text: str, others: Sequence[str]) -> bool:
    """Whether a title that a list of links cut with … stands whole among ``others``."""
    found = CUT.search(text)
    return bool(found) and any(
        other != text and bare(other).startswith(bare(text[: found.start()])) for other in others if found
    )


def key(block: Block, book: Rulebook) -> str:
    """What a title says, without dress and without the column that stands beside it."""
    return bare(from_page(block.text, book) if block.zone == "title" else undressed(block.text, book))


def choose(
    unique: list[Block], candidates: Sequence[Block], page: str, closed: bool, claimed: Set[int], book: Rulebook
) -> list[Block]:
    """Which lines are the title: what the format marks as one, else the title that names the occasion, is said most
    often or stands last, with its upper lines, else the first line and the headlines below it, unless the page has a
    title of its own.

    ``claimed`` are the numbers of the lines that are something else; ``closed``: a salutation or a byline follows.
    """
    full = [i for i, b in enumerate(unique) if is_title(b.text, book)]
    if headline := _below_genre(unique, full, closed, book):
        return [headline]
    marked = [i for i, b in enumerate(unique) if b.zone == "title"]
    if marked and (not full or set(full) & set(marked)):
        return [unique[next((i for i in reversed(marked) if i in full), marked[-1])]]
    if full:
        last = max(full, key=lambda i: (is_full(unique[i].text), _said(unique[i], candidates), i))
        return unique[_top(unique, last, full, claimed) : last + 1]
    if page:
        return [b for b in unique if len(bare(b.text)) >= 6 and bare(b.text) in bare(page)][:1]
    first = next((i for i, b in enumerate(unique) if _could_be(b.text, book)), len(unique))
    count = first + 1
    while closed and count < min(first + 4, len(unique)) and is_slogan(unique[count].text, book):
        count += 1
    return unique[first:count]


def volumes(candidates: Sequence[Block], subtitled: bool, book: Rulebook) -> list[Block]:
    """The names of books and issues among ``candidates``, where the speech's own title stands there too: one in full, or
    any that has a subtitle."""
    found = [b for b in candidates if book.forms["volume"].search(b.text)]
    own = [b for b in candidates if b not in found]
    return found if own and (subtitled or any(is_full(b.text) for b in own)) else []


def above_subtitle(unique: list[Block], line: int, book: Rulebook) -> list[Block]:
    """The headlines right above a subtitle on ``line``, if they are no title by themselves: the title of the speech."""
    above = [b for b in unique if b.line < line]
    if not above or is_title(above[-1].text, book) or not is_slogan(above[-1].text, book, shortest=4):
        return []
    first = len(above) - 1
    while first > 0 and is_slogan(above[first - 1].text, book) and not is_title(above[first - 1].text, book):
        first -= 1
    return above[first:]


def _could_be(text: str, book: Rulebook) -> bool:
    """Whether a line that reads like no title may be one: words, no sentence, no button of a page, no name alone."""
    han = len(HAN.findall(text))
    words = (han >= 4 and 2 * han >= len(bare(text))) or bool(re.search("^[贺祝献][词辞]$", text))
    return words and not SENTENCE.search(text) and not book.forms["site-words"].search(text)


def _below_genre(unique: list[Block], full: list[int], closed: bool, book: Rulebook) -> Block | None:
    """The headline beside a title that names nothing but the sort of text: 党课讲稿, then 把脚印留在村里."""
    if len(full) != 1 or not closed or not GENRE.match(undressed(unique[full[0]].text, book)):
        return None
    near = [unique[i] for i in (full[0] + 1, full[0] - 1) if 0 <= i < len(unique)]
    return next((b for b in near if is_slogan(b.text, book, shortest=4)), None)


def _top(unique: list[Block], last: int, full: list[int], claimed: Set[int]) -> int:
    """The index of the first line of a title whose last line is ``last``."""

    def apart(upper: int, lower: int) -> bool:
        return any(unique[upper].line < n < unique[lower].line for n in claimed)

    for index in range(max([i + 1 for i in full if i < last], default=0), last):
        if is_open(unique[index].text) and not apart(index, last):
            return index
    first = last
    while first > 0 and first - 1 not in full and not apart(first - 1, first):
        if not reads_on(unique[first - 1].text, unique[first].text):
            break
        first -= 1
    return first


def _said(block: Block, candidates: Sequence[Block]) -> int:
    """How many candidate lines say this title, alone or within a longer line: a page says its own title again."""
    return min(2, sum(bare(block.text) in bare(other.text) for other in candidates))
