"""The visible text of a web page, one run for each block element, in document order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from bs4 import Tag
from bs4.element import Comment, Doctype, NavigableString, PageElement

# html and the document itself own what stands in no block: a fragment without a body is text all the same
BLOCKS = frozenset(
    re.split(
        r"\s+",
        "[document] html address article aside blockquote body caption center dd div dl dt fieldset figcaption figure "
        "footer form frameset h1 h2 h3 h4 h5 h6 header hr li main nav noframes ol p pre section table tbody td tfoot th thead "
        "tr ul br",
    )
)
SPACE = re.compile(r"[ \t\r\n\f]+")
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
LABEL = re.compile(r"(?:来源|作者|发布|编辑|责任编辑|责编|浏览|点击|阅读|时间|日期|字号|字体|打印|\d{4}[-年/.]\d)")
CELLS = ("td", "th")
DATA_CELL = 60
"""Characters of a table cell that is one datum of a row; what is longer, or in several blocks, is text laid out by a table."""


@dataclass(slots=True)
class Block:
    """A run of visible text in one block element; ``linked`` counts its characters inside links, ``bold`` is its bold
    beginning, ``beside`` the pronunciation above it and hidden words in it; ``hidden`` says that the page does not show it."""

    owner: Tag
    text: str = ""
    linked: int = 0
    bold: str = ""
    hidden: bool = False
    beside: list[str] = field(default_factory=list)
    still_bold: bool = True


class _Around(NamedTuple):
    """What stands around a piece of text: the innermost block element and whether that is hidden, and inside it a link, bold
    type, or what is no text of the line: <rt>, a hidden element."""

    owner: Tag | None = None
    linked: bool = False
    bold: bool = False
    beside: bool = False
    hidden: bool = False


def _around(node: PageElement, known: dict[int, _Around]) -> _Around:
    """What stands around ``node``. Remembered, so that the deepest nesting costs no more than the page is long."""
    path: list[Tag] = []
    here = node.parent
    while here is not None and id(here) not in known:
        path.append(here)
        here = here.parent
    state = known[id(here)] if here is not None else _Around()
    for tag in reversed(path):
        block = tag.name in BLOCKS
        hides = tag.has_attr("hidden") or bool(HIDDEN.search(str(tag.get("style") or "")))
        state = _Around(
            owner=tag if block else state.owner,
            linked=not block and (state.linked or tag.name == "a"),
            bold=not block and (state.bold or tag.name in ("b", "strong")),
            beside=not block and (state.beside or hides or tag.name == "rt"),
            hidden=state.hidden or (block and hides),
        )
        known[id(tag)] = state
    return state


def _add(block: Block, text: str, around: _Around) -> None:
    if block.text and not block.text[-1].isspace() and LABEL.match(text) and re.search(r"[\w）)\]】]$", block.text):
        block.text += " "  # <span>来源：甲报</span><span>2020-01-02</span>: the page parts them by a margin
    block.text += text
    block.linked += len(text.strip()) if around.linked else 0
    block.still_bold = block.still_bold and (around.bold or not text.strip())
    if block.still_bold:
        block.bold += text


def _runs(root: Tag) -> list[Block]:
    out: list[Block] = []
    known: dict[int, _Around] = {}
    open_block: Tag | None = None
    for node in root.descendants:
        if isinstance(node, Tag):
            if node.name in BLOCKS:
                open_block = None
            continue
        if not isinstance(node, NavigableString) or isinstance(node, (Comment, Doctype)):
            continue
        around = _around(node, known)
        if around.owner is None:
            continue
        if open_block is not around.owner or not out:
            out.append(Block(around.owner, hidden=around.hidden))
            open_block = around.owner
        if around.beside:
            out[-1].beside.append(node.strip())
        else:
            _add(out[-1], str(node), around)
    return out


def _cell(block: Block) -> Tag | None:
    """The table cell of which ``block`` is the content, directly or in one paragraph."""
    for tag in (block.owner, block.owner.parent):
        if tag is not None and tag.name in CELLS:
            return tag
    return None


def _row(block: Block) -> Tag | None:
    cell = _cell(block)
    return cell.parent if cell is not None else None


def _rows_joined(blocks: list[Block]) -> list[Block]:
    """The cells of a row of data as one block, parted by tabs. Each holds one short block; else the row only lays out text."""
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        row = _row(blocks[at])
        end = at + 1
        while row is not None and end < len(blocks) and _row(blocks[end]) is row:
            end += 1
        group = blocks[at:end]
        cells = {id(_cell(b)) for b in group}
        data = len(group) > 1 and len(cells) == len(group) and max(len(b.text) for b in group) <= DATA_CELL
        if data and not any(b.hidden or b.beside for b in group):
            out.append(Block(group[0].owner, "\t".join(b.text for b in group), sum(b.linked for b in group)))
        else:
            out += group
        at = end
    return out


def blocks(root: Tag) -> list[Block]:
    """Every run of visible text below ``root``, in document order, its white space as a browser shows it."""
    out = _runs(root)
    for block in out:
        block.text = SPACE.sub(" ", block.text).strip(" ")
        block.bold = SPACE.sub(" ", block.bold).strip(" ")
        block.beside = [b for b in block.beside if b]
    return _rows_joined([b for b in out if b.text or b.beside])
