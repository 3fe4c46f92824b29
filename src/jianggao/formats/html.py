"""A saved web page → its text blocks, each marked as main text or as what stands around it.

Nothing is thrown away here: what is outside the main text becomes lines of the zone ``aside``, which a recorded rule
removes. Only script, style and the like, which no reader ever sees, are not text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, Doctype, NavigableString, PageElement

from jianggao.model import Fact, Line, Zone

INVISIBLE = ("script", "style", "noscript", "template", "iframe", "svg", "head", "object", "textarea", "select")
# html and the document itself own what stands in no block: a fragment without a body is text all the same
BLOCKS = frozenset(
    re.split(
        r"\s+",
        "[document] html address article aside blockquote body caption center dd div dl dt fieldset figcaption figure "
        "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul br",
    )
)
MOST = 0.66
SPEECH_SIGN = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|(?:同志们|各位|尊敬的).{0,30}[：:]\s*$)"
)
ASIDE_NAMES = re.compile(
    r"comment|relat|recommend|sidebar|footer|foot\b|breadcrumb|hot|rank|share|copyright|reply", re.IGNORECASE
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class _Block:
    """A run of visible text in one block element; ``linked`` counts its characters inside links."""

    owner: Tag
    text: str
    linked: int = 0


def _owner(node: PageElement, known: dict[int, tuple[Tag | None, bool]]) -> tuple[Tag | None, bool]:
    """The innermost block element around ``node``, and whether a link stands between. Remembered, so that the deepest
    nesting costs no more than the page is long."""
    path: list[Tag] = []
    here = node.parent
    while here is not None and here.name not in BLOCKS and id(here) not in known:
        path.append(here)
        here = here.parent
    found, linked = known.get(id(here), (here, False)) if here is not None else (None, False)
    for tag in reversed(path):
        linked = linked or tag.name == "a"
        known[id(tag)] = (found, linked)
    return found, linked


def _blocks(root: Tag) -> list[_Block]:
    """Every run of visible text, in document order."""
    out: list[_Block] = []
    known: dict[int, tuple[Tag | None, bool]] = {}
    open_block: Tag | None = None
    for node in root.descendants:
        if isinstance(node, Tag):
            if node.name in BLOCKS:
                open_block = None
            continue
        if not isinstance(node, NavigableString) or isinstance(node, (Comment, Doctype)):
            continue
        owner, linked = _owner(node, known)
        if owner is None:
            continue
        if open_block is not owner or not out:
            out.append(_Block(owner, ""))
            open_block = owner
        out[-1].text += str(node)
        out[-1].linked += len(node.strip()) if linked else 0
    for block in out:
        block.text = SPACE.sub(" ", block.text).strip(" ")
    return [b for b in out if b.text]


def _apart(tag: Tag | None, known: dict[int, bool]) -> bool:
    """Whether an element or one around it calls itself a comment, a list of related pages or the like."""
    path: list[Tag] = []
    while tag is not None and id(tag) not in known:
        path.append(tag)
        tag = tag.parent
    state = known[id(tag)] if tag is not None else False
    for inner in reversed(path):
        names = f"{inner.get('id') or ''} {' '.join(inner.get('class') or ())}"
        state = state or inner.name in ("nav", "footer", "aside", "form") or bool(ASIDE_NAMES.search(names))
        known[id(inner)] = state
    return state


def _main(root: Tag, blocks: list[_Block]) -> Tag | None:
    """The innermost element that holds the main text: from the top down while one child holds ``MOST`` of the prose and
    every line that only a speech has (salutation, 一、). Prose has sentence marks and few links and stands in nothing
    that calls itself a comment."""
    prose: dict[int, int] = {}
    signs: dict[int, int] = {}
    known: dict[int, bool] = {}
    for block in blocks:
        sign = bool(SPEECH_SIGN.match(block.text))
        plain = re.search("[，。；！？,;]", block.text) and block.linked <= len(block.text) / 3
        if (plain or sign) and not _apart(block.owner, known):
            prose[id(block.owner)] = prose.get(id(block.owner), 0) + len(block.text)
            signs[id(block.owner)] = signs.get(id(block.owner), 0) + sign
    for tag in reversed([t for t in root.descendants if isinstance(t, Tag)]):
        if id(tag) in prose and tag.parent is not None:
            prose[id(tag.parent)] = prose.get(id(tag.parent), 0) + prose[id(tag)]
            signs[id(tag.parent)] = signs.get(id(tag.parent), 0) + signs[id(tag)]
    if not prose.get(id(root)):
        return None
    enough, all_signs = MOST * prose[id(root)], signs[id(root)]
    here: Tag = root
    inner: Tag | None = root
    while inner is not None:
        here = inner
        inside = (t for t in here.children if isinstance(t, Tag) and prose.get(id(t), 0) >= enough)
        inner = next((t for t in inside if signs[id(t)] == all_signs), None)
    return here.parent if here.name in ("p", "br", "li") else here


def _facts(soup: BeautifulSoup) -> tuple[Fact, ...]:
    """What the page's own head says: its title and its address."""
    out: list[Fact] = []
    for name, kind in (("og:title", "page_title"), ("og:url", "url"), ("og:site_name", "site")):
        tag = soup.find("meta", property=name)
        if isinstance(tag, Tag) and (value := str(tag.get("content") or "").strip()):
            out.append(Fact(kind, value, None, f"html/{kind}"))
    link = soup.find("link", rel="canonical")
    if isinstance(link, Tag) and link.get("href"):
        out.append(Fact("url", str(link["href"]), None, "html/canonical"))
    if soup.title and soup.title.get_text(strip=True):
        out.append(Fact("page_title", soup.title.get_text(strip=True), None, "html/title"))
    return tuple(out)


def _closed(text: str) -> str:
    """``text`` with every < behind the last > written as text: the parser would look for its end again and again."""
    last = text.rfind(">") + 1
    return text[:last] + text[last:].replace("<", "&lt;")


def read(text: str) -> tuple[tuple[Line, ...], tuple[Fact, ...]]:
    """Lines (numbered by block, from 1) and facts of the HTML source ``text``."""
    soup = BeautifulSoup(_closed(text), "html.parser")
    facts = _facts(soup)
    for tag in soup(INVISIBLE):
        tag.decompose()
    root = soup.body or soup
    blocks = _blocks(root)
    main = _main(root, blocks)
    within = {id(main), *(id(t) for t in main.descendants)} if main is not None else set()
    lines = []
    for number, block in enumerate(blocks, 1):
        inside = main is None or id(block.owner) in within
        zone: Zone = "" if inside else "aside"
        if block.owner.name == "h1":
            zone = "title"
        elif inside and block.owner.name in HEADINGS:
            zone = "heading"
        lines.append(Line(number, block.text, zone))
    return tuple(lines), facts
