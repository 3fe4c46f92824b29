"""Titles: one is chosen among several, and one in several lines is joined.

Nothing here knows the head of a speech as a whole; `jianggao.stages.metadata` asks with lines of text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from .dress import from_page, is_title, undressed
from .model import Block
from .rulebook import BYLINES, DATES, Rulebook
from .words import bare

OPEN_END = re.compile(
    "(?:[暨及与和在的、·]|会议?暨|关于|第[一二三四五六七八九十]{1,3}[届次]?|^(?:19|20)\\d\\d|议会第.{2,14}会)$"
)
LOWER = re.compile(r"^(?:暨|上的|上|的|会议?上|会议?的|大会上?|会议?暨|仪式上?|典礼上?|活动上?|讲话|致辞|发言)")
FULL = re.compile("(?:^|在).{3,60}(?:上|中)的(?:\\S{0,4}(?:讲话|致辞|致词|发言|报告|点评|演讲))")
CUT = re.compile(r"(?:[.．]{2,}|…+)\s*$")
OTHER_LINES = (
    *("title", "labelled", "note-line", "page-person", "place-line", "unit-line", "name-line", "site-words"),
    *(*BYLINES, *DATES),
)
HAN = re.compile("[\u3400-\u9fff]")
GENRE = re.compile(
    r"^(?:(?:专题|廉政|微)?(?:党课|讲话|演讲|发言|致辞|致词|宣讲)(?:讲?稿|材料|提纲|词|辞|全文)?|[开闭]幕[词辞]|主持[词稿]|工作报告|欢迎[词辞]|祝酒?[词辞]|悼[词辞]|寄语|感言)$"
)
"""A title that names nothing but the sort of text."""
OPENING = re.compile("(?:这次|今天|今晚|本次|此次|刚才|近日|为了|按照|根据|我们|我|大家|下面|现在|[•△▲●])")
"""Words with which a text begins and no title does that is none by its form."""
MAX_OPENING = 16
"""Characters of a headline that may begin with them all the same: 我们为什么要读书."""
LETTERED = re.compile(r"(?:^|(?<=\s))[\u3400-\u9fff](?:\s+[\u3400-\u9fff](?![\u3400-\u9fff])){2,}")
"""Characters set apart one by one: 开　幕　词."""
OCCASION_END = re.compile(
    r"^[^，。；：:！？]{5,40}(?:大会|会议|仪式|典礼|活动|论坛|[座动表推年总启]\S{0,3}会|培训班|晚会|酒会)$"
)
SENTENCE = re.compile(
    "[。；？?]|[，、：:]\\s*$|^(?:主持|记录|作者|编辑|时间|地点|来源|字体|点击|阅读|标签|发布|责任).{0,4}：|^(?:尊敬|敬爱|亲爱|各位)"
)
MENU, MENU_PARTS = re.compile(r"\s{2,}|\u3000"), 4
"""What stands between the parts of a menu, and how many parts make one."""
SLOGAN = re.compile(r"^[\u3400-\u9fffA-Za-z0-9“”‘’《》、，,！!·\s　—\-]{4,60}$")


def is_full(text: str) -> bool:
    """Whether a title names the occasion and what was said there: 在某会上的讲话, not 施政报告."""
    return bool(FULL.search(text))


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
    return ("" if full else " ").join(LETTERED.sub(lambda m: re.sub(r"\s", "", m[0]), p.strip()) for p in parts)


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
        and len(MENU.split(text.strip())) < MENU_PARTS
        and not any(book.forms[f].search(text) for f in OTHER_LINES)
        and not OPEN_END.search(text)
        and not re.search(
            "们[、，]|[的、，]$|网站?[\\s\u3000]|(?:委员会|办公室|人民政府|[局厅院部社会处])$"
            "|(?:编印|印发|印制|主办|承办|供稿)$|\\d{3}|^(?:尊敬|亲爱|各位|同志)",
            text,
        )
    )


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
    if torn := _above_genre(unique, full, book):
        return torn
    full = [i for i in full if not GENRE.match(bare(unique[i].text))] or full
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
    opens = len(text) > MAX_OPENING and bool(OPENING.match(text))
    words = (han >= 4 and 2 * han >= len(bare(text)) and not opens) or bool(re.search("^[贺祝献][词辞]$", text))
    return words and not SENTENCE.search(text) and not book.forms["site-words"].search(text)


def _above_genre(unique: list[Block], full: list[int], book: Rulebook) -> list[Block]:
    """A title torn before the word for the sort of text: 望川县妇女第九次代表大会, then 开幕词 on a line of its own."""
    for i in full:
        upper = unique[i - 1].text.strip() if i else ""
        if GENRE.match(bare(unique[i].text)) and OCCASION_END.search(upper) and not is_title(upper, book):
            return unique[i - 1 : i + 1]
    return []


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
