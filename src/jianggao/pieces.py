"""Paragraphs in the making: the words of a block, the holes in them, and how they are cut and joined."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .model import Block

GAP = re.compile(r"〔(?:此处原网页省略(?P<chars>\d+)字|原文至此中断(?:，全文\d+字)?)〕")
BLANKS = " \u3000"
BROKEN_HEADING = re.compile(
    r"(?:[，、的和与及对把以在]|[，、](?:切实|进一步|不断|全面|着力|坚决|努力|扎实|持续|全力)"
    r"(?:增强|提高|抓好|做好|推进|加强|落实|确保|推动|实现|促进|强化|打好|夯实|筑牢|维护|提升))$"
)
SECOND_LINE = 30


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph in the making. ``gaps`` are (character, missing characters where stated, note) of each hole."""

    line: int
    text: str
    zone: str = ""
    salutation: bool = False
    gaps: tuple[tuple[int, int | None, str], ...] = ()


def from_block(block: Block) -> Piece:
    """The block's words, and where in them which holes are."""
    if "〔" not in block.text:
        return Piece(block.line, block.text, block.zone, block.salutation)
    gaps: list[tuple[int, int | None, str]] = []
    words, at = "", 0
    for m in GAP.finditer(block.text):
        words += block.text[at : m.start()]
        at = m.end()
        gaps.append((len(words), int(m["chars"]) if m["chars"] else None, m.group(0)))
    return Piece(block.line, words + block.text[at:], block.zone, block.salutation, tuple(gaps))


def break_at(pieces: Sequence[Piece], places: Iterable[tuple[int, int]]) -> list[Piece]:
    """Cut paragraphs at (paragraph, character) places; blanks at a cut go."""
    cuts: dict[int, list[int]] = {}
    for paragraph, at in places:
        if 0 < at < len(pieces[paragraph].text):
            cuts.setdefault(paragraph, []).append(at)
    out: list[Piece] = []
    for index, piece in enumerate(pieces):
        if index not in cuts and not piece.gaps:
            out.append(
                piece if piece.text.strip(BLANKS) == piece.text else replace(piece, text=piece.text.strip(BLANKS))
            )
            continue
        bounds = [0, *sorted(set(cuts.get(index, []))), len(piece.text)]
        for start, end in itertools.pairwise(bounds):
            last = end == len(piece.text)
            gaps = tuple((o - start, c, n) for o, c, n in piece.gaps if start <= o < end or (last and o == end))
            text = piece.text[start:end]
            lead = len(text) - len(text.lstrip(BLANKS))
            gaps = tuple((max(0, o - lead), c, n) for o, c, n in gaps)
            out.append(replace(piece, text=text.strip(BLANKS), gaps=gaps))
    return out


def join_broken(pieces: Sequence[Piece], numbered: Sequence[bool]) -> list[Piece]:
    """A numbered heading that breaks off in the middle of its words gets back the short line below it.

    ``numbered`` tells which paragraphs begin with a number of the formal families.
    """
    out: list[Piece] = []
    heading = False
    for piece, has_number in zip(pieces, numbered, strict=True):
        short = heading and len(piece.text) <= SECOND_LINE and not re.search("[。！？；：].", piece.text)
        if short and piece.text and not has_number and not piece.salutation and not piece.gaps:
            out[-1] = replace(out[-1], text=out[-1].text + piece.text)
            heading = False
            continue
        out.append(piece)
        own = has_number and len(piece.text) <= 2 * SECOND_LINE and not re.search("[。！？；]", piece.text)
        heading = own and not piece.gaps and bool(BROKEN_HEADING.search(piece.text))
    return out
