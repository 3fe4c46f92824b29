"""What only its row makes a label: the numbers of the pieces of a collection, and the collection's own table of contents.

一, 1、, （一）, 样本1 or PART 2 stand in single speeches too. They set pieces apart where two of one kind count on and each
stands above a salutation, a byline or a title. Blocks that prove to be labels get the zone ``label``; nothing else changes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .dates import chinese_number
from .layout import is_body
from .model import Block
from .rulebook import BYLINES, DATES, Form
from .words import bare

SURE_TITLE = re.compile(
    "^(?:在|出席)[^，。；：]{4,60}(?:上的(?:讲话|致辞|致词|发言|报告|点评|演讲|祝酒[词辞]|贺[词辞]|祝[词辞])|会上(?:讲话|演讲))。?$"
)
"""A title that no heading of a speech looks like: 在某会上的讲话."""
ENDED = frozenset("。！!？?…”）)")
MAX_BELOW = 5
"""Lines of a head between a number and the salutation: title, byline, date."""
MAX_REST = 60
"""Characters of a title behind a number."""
SENTENCE = re.compile("[。；！？!?：:]|，$")
PAGE = re.compile(r"[\s.…·．。\-—_]+\d{1,3}\s*$|[.…·．]{2,}\s*\d*\s*$")
"""The dots and the page behind an entry of a table of contents."""
SPOKEN = re.compile("讲话|[致贺祝献]|发言|演讲|报告|点评|[词辞稿]")
"""Words without which a line is no title of a speech."""
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
Forms = Mapping[str, Form]


@dataclass(frozen=True, slots=True)
class _Number:
    """A numbered block: ``shape`` is its mark without the number; ``sure`` when it needs no second of its kind."""

    index: int
    end: int
    shape: str
    value: int
    sure: bool = False


def marked(blocks: Sequence[Block], forms: Forms) -> list[Block]:
    """``blocks`` with those that are labels in the zone ``label``; 一、在某会上的讲话 is two blocks then."""
    contents = _contents(blocks, forms)
    apart = contents | _turns(blocks, forms)
    rows = [replace(b, zone="label") if i in apart else b for i, b in enumerate(blocks)]
    numbers = _numbers(rows, forms)
    near = {(n.shape, n.value) for n in numbers}
    ends = {n.index: n.end for n in numbers if n.sure or {(n.shape, n.value - 1), (n.shape, n.value + 1)} & near}
    out: list[Block] = []
    for i, block in enumerate(rows):
        out.extend(_cut(block, ends[i], forms) if i in ends else (block,))
    return out


def _turns(blocks: Sequence[Block], forms: Forms) -> set[int]:
    """Indexes of the bylines of several speakers, post and name, each right above a salutation and below the end of what
    the one before said: a page that gives the speeches of a meeting without their titles."""
    found: list[tuple[int, str]] = []
    for i, (block, below) in enumerate(pairwise(blocks)):
        above = blocks[i - 1].text if i else "。"
        if not below.salutation or block.salutation or (above[-1] not in ENDED and found):
            continue
        if by := next((m for k in ("byline", "byline-glued") if (m := forms[k].search(block.text))), None):
            found.append((i, by["name"]))
    if found and any(b.salutation for b in blocks[: found[0][0]]):
        return set()  # somebody speaks already, and reads letters out
    return {i for i, _ in found} if len({name for _, name in found}) == len(found) > 1 else set()


def _cut(block: Block, at: int, forms: Forms) -> list[Block]:
    """The label that ends at ``at``, and what stands behind it: a title, or a salutation and the first sentence."""
    label, rest = Block(block.line, block.text[:at].strip(" \u3000"), "label"), block.text[at:].strip(" \u3000")
    if not rest:
        return [label]
    if not (call := forms["salutation"].match(rest)):
        return [label, Block(block.line, rest, block.zone)]
    said = rest[call.end() :].strip(" \u3000")
    return [label, Block(block.line, call[0].strip(), salutation=True), *([Block(block.line, said)] if said else [])]


def _numbers(blocks: Sequence[Block], forms: Forms) -> list[_Number]:
    out = []
    for i, block in enumerate(blocks):
        long = (
            len(block.text) > 2 * MAX_REST and "：" not in block.text[:MAX_REST]
        )  # no title, and no salutation either
        if long or block.salutation or block.zone == "label" or not (found := _mark(block, forms)):
            continue
        rest = block.text[found.end() :].strip()
        if len(rest) > MAX_REST and not forms["salutation"].match(rest):
            continue
        number = _Number(i, found.end(), _shape(found), _value(found["number"]))
        if told := _piece(blocks, number, rest, forms):
            out.append(replace(number, sure=told == "sure"))
    return out


def _mark(block: Block, forms: Forms) -> re.Match[str] | None:
    return forms["piece-number"].match(block.text)


def _shape(found: re.Match[str]) -> str:
    """A mark without its number: （#）, 样本d; figures, characters and circled figures are different kinds."""
    number = found["number"]
    kind = "d" if number.isdecimal() else "c" if number in CIRCLED else "#"
    return re.sub(r"[\s：:]+", "", found["mark"].replace(number, kind, 1))


def _value(number: str) -> int:
    return CIRCLED.index(number) + 1 if number in CIRCLED else chinese_number(number)


def _piece(blocks: Sequence[Block], number: _Number, rest: str, forms: Forms) -> str:
    """What shows that a piece begins at a number: ``sure`` where it needs no other number, ``row`` else, empty if nothing."""
    if forms["salutation"].match(rest):
        return "row"
    below = blocks[number.index + 1 : number.index + 2 + MAX_BELOW]
    if rest and not SPOKEN.search(rest) and not any(b.salutation for b in below):
        return ""  # a heading, as most numbered lines are
    signed = any(forms[k].search(rest) for k in BYLINES)
    called = titled = False
    for block in below:
        called = block.salutation
        known = any(forms[k].search(block.text) for k in ("title", *BYLINES, *DATES))
        again = _mark(block, forms)
        if called or (again and _shape(again) == number.shape) or not (known or _plain(block.text)):
            break
        signed = signed or any(forms[k].search(block.text) for k in BYLINES)
        titled = titled or bool(SURE_TITLE.match(block.text))
    if not rest:
        return "row" if called or titled else ""
    full = bool(SURE_TITLE.match(rest))
    if full or forms["title"].search(rest):
        sure = number.shape[0] not in "（(" or number.shape.strip("（()）") != "#"
        next_called = bool(below) and below[0].salutation
        if sure and (next_called or (full and not number.index)):
            return "sure"
        return "row" if called or signed or full else ""
    return "row" if called and signed and _plain(rest) else ""


def _plain(text: str) -> bool:
    return len(text) <= MAX_REST and not SENTENCE.search(text)


def _contents(blocks: Sequence[Block], forms: Forms) -> set[int]:
    """Indexes of the entries of a table of contents above the first text: two titles or more that are said again below."""
    top = next((i for i, b in enumerate(blocks) if b.salutation or is_body(b.text)), 0)
    keys = [_key(b, forms) for b in blocks[:top]]
    if sum(bool(forms["title"].search(b.text)) for b in blocks[:top]) < 3:
        return set()
    last = {bare(b.text): i for i, b in enumerate(blocks) if len(b.text) <= MAX_REST}
    listed = [i for i, key in enumerate(keys) if last.get(key, -1) > i]
    return set(listed) if len({keys[i] for i in listed}) > 1 and any(last[keys[i]] > top for i in listed) else set()


def _key(block: Block, forms: Forms) -> str:
    """What an entry of a table of contents says, without number, dots and page."""
    found = _mark(block, forms)
    return bare(PAGE.sub("", block.text[found.end() if found else 0 :]))
