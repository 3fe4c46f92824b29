"""A saved web page → its text blocks, each marked as main text or as what stands around it.

Nothing is thrown away here: what is outside the main text or not shown, and the pronunciation above characters, become lines
of the zone ``aside``, which a recorded rule removes. Only script, style and the like, which no reader ever sees, are no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bs4 import BeautifulSoup, Tag

from jianggao.model import Fact, Line, Problem, Zone
from jianggao.words import bare

from .html_blocks import Block, blocks
from .html_main import main_text, prose
from .runin import apart

INVISIBLE = (
    *(
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "svg",
        "head",
        "object",
        "textarea",
        "select",
        "rp",
        "button",
    ),
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
METAS = (
    ("ArticleTitle", "page_title"),
    ("og:title", "page_title"),
    ("og:url", "url"),
    ("ContentSource", "site"),
    ("og:site_name", "site"),
    ("SiteName", "site"),
    ("PubDate", "posted"),
    ("publishdate", "posted"),
    ("article:published_time", "posted"),
)
"""What pages say of themselves; the first of a kind counts. The capitalised names are the standard of Chinese
government sites (GB/T 39050 and its forerunners)."""
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
HEAD_LINE = re.compile(
    r"[（(]\s*\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?\s*[）)]"
    r"|——?.{2,40}"
    r"|[\u3400-\u9fff·]{2,4}[\s\u3000]+\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
    r"|.{0,24}(?:书记|市长|县长|区长|镇长|乡长|州长|省长|主任|部长|局长|厅长|主席|校长|院长)[\s\u3000]{0,4}[\u3400-\u9fff·\s\u3000]{2,8}"
)
"""Lines that a page sets between its title and its main text, outside both, and that are of the speech."""
MAX_TAGS = 100_000
"""Tags (<) of a page that is read: a thousand take up to 0.06 seconds, and saved pages have less than a thousand.
Not its bytes: a page that holds its own pictures has many and is as good as another."""
COPY = "在浏览器里只复制正文，另存为 UTF-8 的 .txt"
HEAD_OR_NAME = re.compile(rf"{HEAD_LINE.pattern}|[\u3400-\u9fff](?:[\s\u3000]*[\u3400-\u9fff]){{1,2}}")
SHORTEST_TITLE = 6
DRESSED = re.compile(r"[\[【|｜：:]")
PAGER = re.compile(
    r"[\[【<《«]{0,2}\s*(?:上一?页|下一?页|首页|尾页|末页|\d{1,2}|共\s*\d+\s*页|[\s|.…>»]+)\s*[\]】>》»]{0,2}"
)
NEXT_PAGE = re.compile(r"[\s\[【]*下一?页[\s\]】>»]*")
GO_ON = "在浏览器里打开其余各页，把全文拼成一份再提交"


def _facts(soup: BeautifulSoup) -> Iterable[Fact]:
    """What the page's own head says: its title, its address, its source, the day it was posted."""
    said: dict[str, str] = {}
    for tag in soup("meta"):
        name = str(tag.get("property") or tag.get("name") or "").lower()
        said.setdefault(name, str(tag.get("content") or "").strip())
    for name, kind in METAS:
        value = said.get(name.lower(), "")
        if kind == "posted":
            day = DAY.search(value)
            value = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else ""
        if value:
            yield Fact(kind, value, None, f"html/{name}")
    link = soup.find("link", rel="canonical")
    if isinstance(link, Tag) and link.get("href"):
        yield Fact("url", str(link["href"]), None, "html/canonical")
    if soup.title and soup.title.get_text(strip=True):
        yield Fact("page_title", soup.title.get_text(strip=True), None, "html/title")


SPOKEN = re.compile("(?:讲话|致辞|致词|发言|报告|演讲|贺词|献词|寄语)(?:稿|全文)?$")
"""What the title of a speech ends with; the name of a site, which ends the title of a page, does not."""
STRANGE = re.compile(r"<!\[(?!(?:temp|cdata|ignore|include|rcdata|if|else|endif)[\s\[\]>!(])", re.IGNORECASE)
"""A marked section of a kind that neither SGML nor Word knows: html.parser gives such a page up as a whole."""


def _closed(text: str) -> str:
    """``text`` with every < behind the last > written as text: the parser would look for its end again and again. So is
    the start of an unknown marked section."""
    last = text.rfind(">") + 1
    return STRANGE.sub("&lt;![", text[:last]) + text[last:].replace("<", "&lt;")


def _h1(text: str, inside: bool, titles: Sequence[str]) -> Zone:
    """What an h1 is. Many sites set their own name in one; the page's title tells it from the title of the text, since it
    ends with the name of the site."""
    own = bare(text)
    known = [t for t in map(bare, titles) if t]
    if any(t.endswith(own) and 2 * len(own) < len(t) for t in known):
        return "aside"
    if not known or any(own in t or t in own for t in known):
        return "title"
    return "heading" if inside else "aside"


def _zones(found: Sequence[Block], main: Tag | None, titles: Sequence[str]) -> list[Zone]:
    within = {id(main), *(id(t) for t in main.descendants)} if main is not None else set()
    zones: list[Zone] = []
    for block in found:
        inside = main is None or id(block.owner) in within
        zone: Zone = "" if inside else "aside"
        if block.owner.name == "h1":
            zone = _h1(block.text, inside, titles)
        elif inside and block.owner.name in HEADINGS:
            zone = "heading"
        elif inside and block.linked * 2 >= len(block.text) and all(map(PAGER.fullmatch, block.text.split())):
            zone = "aside"
        zones.append("aside" if block.hidden else zone)
    first = next((i for i, zone in enumerate(zones) if zone in ("", "heading") and prose(found[i])), None)
    return zones if first is None else _head_kept(found[:first], zones[:first], titles) + zones[first:]


def _head_kept(head: Sequence[Block], zones: list[Zone], titles: Sequence[str]) -> list[Zone]:
    """What stands above the prose: a line that says the page's own title is the title, where no h1 is; bylines and dates
    below it are of the speech."""
    known = [bare(t) for t in titles]
    if "title" not in zones:
        said = [i for i, b in enumerate(head) if b.linked * 3 < len(b.text) and _says(b.text, known)]
        if said:
            zones[said[-1]] = "title"
    title = zones.index("title") if "title" in zones else len(zones)
    kept = False  # from the last line up: a name alone is one above a date
    for i in range(len(zones) - 1, title, -1):
        form = HEAD_OR_NAME if kept else HEAD_LINE
        kept = zones[i] == "aside" and not head[i].hidden and bool(form.fullmatch(head[i].text.strip("\u00a0\u3000 ")))
        if kept:
            zones[i] = ""
    return zones


def _says(text: str, titles: Sequence[str]) -> bool:
    """Whether a line is a page's title, with or without the name of the site behind it. A column's or a speaker's name before
    it (书记讲话 | …, 何远山：…) is the page's dress; the text has the title without it."""
    own = bare(text)
    if len(own) < SHORTEST_TITLE or DRESSED.search(text):
        return False
    return any(t.startswith(own) or (t.endswith(own) and SPOKEN.search(own)) for t in titles)


def _lines(found: Sequence[Block], zones: Sequence[Zone]) -> Iterable[tuple[str, Zone]]:
    for block, zone in zip(found, zones, strict=True):
        head, rest = ("", block.text) if zone else apart(block.text, block.bold)
        if head:
            yield head, "heading"
        if rest:
            yield rest, zone
        if block.beside:
            yield " ".join(" ".join(block.beside).split()), "aside"


def _problems(root: Tag, found: Sequence[Block]) -> Iterable[Problem]:
    links = [a for a in root("a") if NEXT_PAGE.fullmatch(a.get_text())]
    live = [a for a in links if not re.match(r"#|javascript:\s*(?:void|;)|$", str(a.get("href") or ""))]
    if live and any(prose(b) for b in found):
        yield Problem("warning", "网页分成几页，这里只存了一页", GO_ON)


def read(text: str) -> tuple[tuple[Line, ...], tuple[Fact, ...], tuple[Problem, ...]]:
    """Lines (numbered by block, from 1), facts and problems of the HTML source ``text``; no lines where it holds no text."""
    soup = BeautifulSoup(_closed(text), "html.parser")
    facts = tuple(_facts(soup))
    for tag in soup(INVISIBLE):
        tag.decompose()
    root = soup.body or soup
    found = blocks(root)
    shown = sum(len(b.text) for b in found if not b.hidden and prose(b))
    if shown * 2 < sum(len(b.text) for b in found if prose(b)):
        for block in found:  # a page that shows its text by script when it has loaded
            block.hidden = False
    zones = _zones(found, main_text(root, found), [f.value for f in facts if f.kind == "page_title"])
    lines = (Line(number, row, zone) for number, (row, zone) in enumerate(_lines(found, zones), 1))
    return tuple(lines), facts, tuple(_problems(root, found))


def emptiness(text: str) -> tuple[str, str]:
    """Why a page without text has none, and what to do: frames, scripts, or nothing there."""
    if re.search(r"<i?frame\b", text, re.IGNORECASE):
        return (
            "这是框架网页，正文在它引用的另一个文件里",
            "在浏览器里打开正文所在的框架，另存那一页；或复制正文另存为 .txt",
        )
    if re.search(r"<script\b", text, re.IGNORECASE):
        return "网页里没有正文，正文是打开时由脚本取来的，存盘时没有存下", "在浏览器里打开原网页，复制正文另存为 .txt"
    return "网页里没有正文", "在浏览器里打开原网页，复制正文另存为 .txt"
