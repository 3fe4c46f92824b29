"""The dress of titles: what a site, a file name or a compilation put around one is taken off."""

from __future__ import annotations

import re

from .rulebook import Rulebook
from .words import bare

ORNAMENT = "★☆■◆●▲▼※♦◇□◎→►▶◀【】[]〖〗"
LABEL = re.compile(r"^\s*(?:文章|讲话|材料)?(?:标题|题目|主题|篇名|文题)\s*[：:]\s*")
TAG = re.compile(
    r"^\s*[\[【〖（(〔]\s*(?:《[^》]{1,12}》)?\s*"
    r"(?:删节本|节选本|初版|原创|转载|精品|最新|推荐|热门|精选|范文|例文|公文|材料|分享|荐读|全文|实录|干货|(?:高清)?[视音]频|直播|回放|图[文解集片]?|[组多高]图|"
    r"[^】\]）)。，]{0,8}(?:讲话稿?|致辞|发言稿?|演讲稿?|主持词|范文|文稿|文秘))\s*[】\]〗）)〕]\s*(?=\S{4})"
)
SUFFIX = re.compile(
    r"\s*[\[【（(]\s*(?:VIP|vip|会员|付费|原创|热)\s*[\]】）)]\s*$|(?:word\s*(?:版|文档)?\s*下载)?\.(?:docx?|txt|pdf|wps|rtf|md|html?)\s*$|(?:\s*\|){2,}\s*$",
    re.IGNORECASE,
)
NUMBER_OF = re.compile(
    r"(?<!\s)\s*+[（(【\[]?(?:精选|通用|合集|优秀|最新|热门|推荐|汇总|共|集锦|模板|范文|全文)*+\s*+[0-9一二三四五六七八九十]{1,3}\s*篇[）)】\]]?\s*$"
)
MODEL = re.compile(
    r"(?<=[稿话辞词告言])\s*(?:最新|优秀|精选|通用|完整版?)?\s*(?:范文|例文|范本|模板|汇总|大全|参考|精选|推荐)+\s*$"
)
OFFERED = re.compile(r"\s*[（(](?:精选|优质|完整|最新|推荐|可编辑)?(?:文档|版|范本|定稿|推荐|精选)[）)]\s*$")
"""What a file site adds to a title: （精选文档）."""
EXPLAINED = re.compile(
    r"(?<=[稿话辞词告言])\s*(?:原文|全文)?[及与和暨][\u3400-\u9fff]{0,8}?(?:解读|解析|赏析|点评|技巧|评析|剖析)\s*\d?\s*$"
)
"""What a forum wrote about a speech: 大会讲话原文及技巧解读."""
ATTACHED = re.compile(
    r"\s*[（(]\s*(?:全文|实录|文字实录|附(?:图|视频|短片|件|英文|链接)|图文?|[视音]频|只有中文|中文|组图|双语)[^（）()]{0,12}[）)]?\s*$"
)
FILED = re.compile(
    r"^\s*(?:[^。]{0,30}?(?:https?://|www\.)[A-Za-z0-9./_\-]{4,60}\s*(?=[\u3400-\u9fff])|第\d{1,3}页\s*共\d{1,3}页\s*|附件\s*\d{0,2}\s*[：:]?\s*(?=在|关于)|(?:19|20)\d\d年\s*(?=在)|(?:19|20)\d\d年度(?=\S{0,4}党课)|编号\s*[：:]?\s*\d{4,12}\s*|(?:19|20)?[\dXx×*]{1,4}[/\-.][\dXx×*]{1,2}[/\-.][\dXx×*]{1,2}\s*(?=[\u3400-\u9fff])|[\u3400-\u9fff]{2,8}(?:报|社|网)\d{1,2}月\d{1,2}日[电讯]\s*|[A-Z]{1,3}\d{2,6}\s*(?=[\u3400-\u9fff])"
    r"|(?:\d{1,2}\s*[、．.]|[（(]\d{1,2}[）)])\s*(?=[\u3400-\u9fff])"
    r"|[一二三四五六七八九十]{1,3}\s*、\s*(?=\S{4,60}(?:讲话|致辞|致词|发言|报告|主持词)\s*$))"
)
PIECE = re.compile(
    r"(?<=[稿话辞词告言说])\s*(?:[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|篇\s*[0-9一二三四五六七八九十]{1,3}|[0-9]{1,2})\s*[：:]?\s*$"
)
SITE = re.compile(
    r"\s*[_|｜\-—–]{1,2}\s*(?:讲话稿?|领导讲话|发言稿|致辞|范文|演讲稿|[^_|｜\-—–\s]{2,14}(?:网|文库|论坛|文秘|范文|频道|日报|公众号|吧))\s*$"
)
STOPPED = re.compile(r"(?<=[稿话辞词告言讲说）)])\s*(?:。|：|\d{3,5}字范[本文])$")
DATED = re.compile(
    r"\s+(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*[，,]?\s*[\u4e00-\u9fff]{0,16}$|\s*(?:[（(【\[]\s*(?:19|20)\d\d\s*[年\-./／][^（）()]{0,14}[）)】\]]"
    r"|(?<=[话稿辞词告言讲])\s*(?:19|20)\d\d\s*(?:年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?|[-./]\d{1,2}[-./]\d{1,2})"
    r"|[（(]\s*[一二][〇○零0一二三四五六七八九]{3}年[^（）()]{0,10}[）)]"
    r"|(?<=[话稿辞词告言讲])\s*(?:19|20)\d{6})\s*$"
)
MAX_TITLE = 240
"""A longer line is no title with its dress on; keeps the patterns off hostile lines."""
MAX_DRESS = 8
"""Characters by which the two halves of a line that says its title twice may differ."""
QUOTED = (("《", "》"), ("【", "】"), ("“", "”"), ("[", "]"), ("〖", "〗"))
COLUMN = re.compile(
    r"^\s*(?:(?:[\u3400-\u9fff]{0,4}(?:党课|寄语|发布|聚焦|关注|要闻|专栏|讲堂|视点|重磅|荐读)|[\u3400-\u9fff]{2,4}·[\u3400-\u9fff]{2,6})\s*[|｜]\s*(?=\S{6})|(?:(?:19|20)\d\d年)?[^：:]{2,24}(?:范文|例文|讲话稿|模板)\s*[：:]\s*(?=在[^：:]{4,60}上的))"
)
"""A column before a bar, or what a file site calls the text, before the title: 书记讲党课 | …, 全会讲话范文：在全会上的讲话."""
SPLIT = re.compile(r"\s*[_|｜]\s*|\s+[-–]\s+|(?<=[\u3400-\u9fff）)])-(?=[\u3400-\u9fff])")


def is_title(text: str, book: Rulebook) -> bool:
    """Whether a line reads like the title of a speech (form ``title``)."""
    return bool(book.forms["title"].search(text))


def undressed(text: str, book: Rulebook) -> str:
    """A title without what a site, a file name or a compilation put around it. Never more than the title itself goes.

    >>> from jianggao.rulebook import default
    >>> undressed("★标题：《在全县水利会上的讲话》.docx", default())
    '在全县水利会上的讲话'
    >>> undressed("【原创】在春训会上的讲话（2019年2月3日）", default()), undressed("表彰会讲话稿（精选3篇）", default())
    ('在春训会上的讲话', '表彰会讲话稿')
    """
    if len(text) > MAX_TITLE:
        return text.strip()
    now = said_twice(text.strip())
    while True:
        before = now
        for pattern in (
            LABEL,
            TAG,
            COLUMN,
            FILED,
            STOPPED,
            SUFFIX,
            DATED,
            SITE,
            NUMBER_OF,
            ATTACHED,
            OFFERED,
            EXPLAINED,
            MODEL,
            PIECE,
        ):
            shorter = pattern.sub("", now).strip()
            if (
                shorter != now
                and len(shorter) >= 4
                and (pattern in (LABEL, TAG, COLUMN, STOPPED, SUFFIX) or is_title(shorter, book))
            ):
                now = shorter
        for opens, closes in QUOTED:
            if now.startswith(opens) and now.endswith(closes) and opens not in now[1:] and len(now) > 4:
                now = now[1:-1].strip()
        if now[:1] in "“‘《" and not re.search("[”’》]", now):
            now = now[1:].strip()
        now = now.lstrip("”’」』）】")
        now = now.strip(ORNAMENT).strip() if not _paired(now) else now
        if now == before:
            return now or text.strip()


def said_twice(text: str) -> str:
    """The plainer half of a line that says its title twice over with a blank between: 某会讲话范文 某会讲话."""
    for blank in re.finditer(r"\s+", text):
        upper, lower = bare(text[: blank.start()]), bare(text[blank.end() :])
        alike = min(len(upper), len(lower)) >= 8 and abs(len(upper) - len(lower)) <= MAX_DRESS
        if alike and (lower in upper or upper in lower):
            return text[blank.end() :] if len(lower) <= len(upper) else text[: blank.start()]
    return text


def _paired(text: str) -> bool:
    """Whether brackets at the ends of ``text`` belong to words inside it."""
    return any(text.count(o) and text.count(c) for o, c in (("【", "】"), ("[", "]"), ("〖", "〗")))


def from_page(text: str, book: Rulebook) -> str:
    """The title in what a page calls itself (栏目 | 在某会上的讲话 _ 某某网): of the parts the one that reads like one.

    >>> from jianggao.rulebook import default
    >>> from_page("书记讲话 | 在开工仪式上的讲话", default()), from_page("在开工仪式上的讲话_领导讲话_示例网", default())
    ('在开工仪式上的讲话', '在开工仪式上的讲话')
    """
    parts = [undressed(p, book) for p in SPLIT.split(text) if p.strip()] if len(text) <= MAX_TITLE else []
    if not parts:
        return text.strip()
    best = (
        [p for p in parts if is_title(p, book)] or [p for p in parts if not book.forms["site-words"].search(p)] or parts
    )
    return max(best, key=lambda p: ("上的" in p or "——" in p, len(p) >= 8, -parts.index(p)))


def is_column(text: str, title: str, book: Rulebook) -> bool:
    """Whether ``text`` is ``title`` with the name of a column or a site beside it."""
    return len(SPLIT.split(text)) > 1 and bare(from_page(text, book)) == bare(title)


def offered(blurb: str, book: Rulebook) -> list[str]:
    """The titles that a site names in its own words on a text: 小编整理了《2024县委书记在某会上的讲话》."""
    said = (re.sub(r"^(?:19|20)\d\d年?(?=[\u3400-\u9fff])", "", t) for t in re.findall("《([^《》]{6,60})》", blurb))
    plain = re.findall(
        r"(?:整理|收集|准备|带来|分享)(?:了|的|出)?(?:最新|精选|关于)?\s*([^，。《》：:]{8,60}?)(?:[（(【][^（）()【】]{1,10}[）)】])?[，,]",
        blurb,
    )
    words = (re.sub(r"^(?:19|20)\d\d年度", "", t) for t in (*said, *plain))
    return [t for told in words if is_title(t := undressed(told, book), book)]
