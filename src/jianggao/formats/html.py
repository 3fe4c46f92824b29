"""A saved web page → its text blocks, each marked as main text or as what stands around it.

Nothing is thrown away here: what is outside the main text becomes lines of the zone ``aside``, which a recorded rule
removes. Only script, style and the like, which no reader ever sees, are not text.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, Doctype, NavigableString

from jianggao.model import Fact, Line, Zone

INVISIBLE = ("script", "style", "noscript", "template", "iframe", "svg", "head", "object", "textarea", "select")
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "br",
    ]
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SPACE = re.compile(r"[ \t\r\n\f]+")


def _blocks(root: Tag) -> list[tuple[Tag, str]]:
    """(innermost block element, text) of every run of visible text, in document order."""
    out: list[tuple[Tag, list[str]]] = []
    open_block: Tag | None = None
    for node in root.descendants:
        if isinstance(node, Tag):
            if node.name in BLOCKS:
                open_block = None
            continue
        if not isinstance(node, NavigableString) or isinstance(node, (Comment, Doctype)):
            continue
        owner = node.parent
        while owner is not None and owner.name not in BLOCKS:
            owner = owner.parent
        if owner is None:
            continue
        if open_block is owner and out:
            out[-1][1].append(str(node))
        else:
            out.append((owner, [str(node)]))
            open_block = owner
    joined = ((owner, SPACE.sub(" ", "".join(parts)).strip(" ")) for owner, parts in out)
    return [(owner, text) for owner, text in joined if text]


def _link_chars(block: Tag) -> int:
    return sum(len(a.get_text()) for a in block.find_all("a"))


def _main(blocks: list[tuple[Tag, str]]) -> Tag | None:
    """The element that holds the main text: prose blocks vote for their parent and, half, for its parent.

    The vote counts characters of prose (sentence punctuation, few links), as in the Readability family of extractors.
    """
    votes: dict[int, float] = {}
    element: dict[int, Tag] = {}
    for owner, text in blocks:
        prose = len(text) if re.search("[，。；！？,;]", text) else 0
        if not prose or _link_chars(owner) > len(text) / 3:
            continue
        holder = owner.parent if owner.name in ("p", "br", "li") else owner
        for weight in (1.0, 0.5):
            if holder is None:
                break
            votes[id(holder)] = votes.get(id(holder), 0.0) + weight * prose
            element[id(holder)] = holder
            holder = holder.parent
    return element[max(votes, key=lambda key: votes[key])] if votes else None


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


def read(text: str) -> tuple[tuple[Line, ...], tuple[Fact, ...]]:
    """Lines (numbered by block, from 1) and facts of the HTML source ``text``."""
    soup = BeautifulSoup(text, "html.parser")
    facts = _facts(soup)
    for tag in soup(INVISIBLE):
        tag.decompose()
    blocks = _blocks(soup.body or soup)
    main = _main(blocks)
    lines = []
    for number, (owner, content) in enumerate(blocks, 1):
        inside = main is None or owner is main or main in owner.parents
        zone: Zone = "" if inside else "aside"
        if owner.name == "h1":
            zone = "title"
        elif inside and owner.name in HEADINGS:
            zone = "heading"
        lines.append(Line(number, content, zone))
    return tuple(lines), facts
