"""Body blocks → paragraphs, outline 提纲 and holes.

Headings stand on their own line, run in (段首小标题: heading, full stop, then its paragraph) or are glued to the paragraph
without any mark. Which numbers are headings at all is told by their sequences (`jianggao.numbering`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from jianggao import glued, numbering
from jianggao.model import Block, Fact, Gap, Heading, Paragraph
from jianggao.numbering import Found, Run
from jianggao.rulebook import Rulebook
from jianggao.tree import UNNUMBERED_RANK, Entry, ids_of, levels_of, merge
from jianggao.words import bare

GAP = re.compile(r"〔(?:此处原网页省略(?P<chars>\d+)字|原文至此中断(?:，全文\d+字)?)〕")
FIRST_SENTENCE = re.compile(r"[。！？!?：:](?:[”’」]?)")
CLOSING_MARKS = "。：；:;.． 　"
MAX_OWN_LINE = 90
MAX_RUN_IN = 64
MAX_SPOKEN_LINE = 30
SPOKEN_RANK = 5


@dataclass(frozen=True, slots=True)
class Shape:
    """What this stage gives: ``outline`` in document order, contents-only headings among them."""

    paragraphs: tuple[Paragraph, ...]
    outline: tuple[Heading, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph in the making."""

    line: int
    text: str
    zone: str = ""
    salutation: bool = False
    gaps: tuple[tuple[int, int | None, str], ...] = ()


def _without_gaps(block: Block) -> _Text:
    """The block's words, and where in them which holes are."""
    gaps: list[tuple[int, int | None, str]] = []
    words, at = "", 0
    for m in GAP.finditer(block.text):
        words += block.text[at : m.start()]
        at = m.end()
        gaps.append((len(words), int(m["chars"]) if m["chars"] else None, m.group(0)))
    return _Text(block.line, words + block.text[at:], block.zone, block.salutation, tuple(gaps))


def _break_at(texts: list[_Text], places: Iterable[tuple[int, int]]) -> list[_Text]:
    """Cut paragraphs at (paragraph, character) places."""
    cuts: dict[int, list[int]] = {}
    for paragraph, at in places:
        if 0 < at < len(texts[paragraph].text):
            cuts.setdefault(paragraph, []).append(at)
    out: list[_Text] = []
    for index, text in enumerate(texts):
        bounds = [0, *sorted(set(cuts.get(index, []))), len(text.text)]
        for start, end in itertools.pairwise(bounds):
            last = end == len(text.text)
            gaps = tuple((o - start, c, n) for o, c, n in text.gaps if start <= o < end or (last and o == end))
            piece = text.text[start:end]
            lead = len(piece) - len(piece.lstrip(" \u3000"))
            gaps = tuple((max(0, o - lead), c, n) for o, c, n in gaps)
            out.append(replace(text, text=piece.strip(" \u3000"), gaps=gaps))
    return out


def _holes(texts: Sequence[_Text]) -> set[int]:
    """Paragraphs at or before which something is missing."""
    return {i for i, t in enumerate(texts) if t.gaps}


def _numbered(texts: Sequence[_Text], book: Rulebook) -> list[Run]:
    found = numbering.find([t.text if not t.salutation else "" for t in texts], book.markers)
    holes = _holes(texts)
    open_end = bool(texts and texts[-1].gaps)
    built = numbering.sequences(found, holes, open_end)
    listed = numbering.lists(built, [t.text for t in texts])
    if listed:
        built = numbering.sequences([f for f in found if (f.paragraph, f.start) not in listed], holes, open_end)
    return built


def _drop_preamble(built: list[Run]) -> list[Run]:
    """Spoken enumerations (一是…二是…) before the first 一、 are what the speaker looks back on, not his outline."""
    formal = [s.items[0] for s in built if s.rank <= 2]
    if not formal:
        return built
    first = min((f.paragraph, f.start) for f in formal)
    return [s for s in built if s.rank < SPOKEN_RANK or (s.items[0].paragraph, s.items[0].start) > first]


def _region(items: Sequence[Found], index: int, texts: Sequence[_Text]) -> int:
    """End of the words that belong to number ``index``: the next number in the same paragraph, or the paragraph's end."""
    here = items[index]
    following = items[index + 1] if index + 1 < len(items) else None
    return following.start if following and following.paragraph == here.paragraph else len(texts[here.paragraph].text)


def _extent(found: Found, text: str, region: int, has_children: bool) -> int | None:
    """End of the heading that ``found`` opens, or None when what follows is no heading but an item of a list.

    ``has_children`` says that the next number in the same paragraph stands below this one, so that its single sentence
    is a heading although no words of its own follow.
    """
    words = text[found.after : region]
    sentence = FIRST_SENTENCE.search(words)
    whole = found.start == 0 and region == len(text)
    if whole and len(words) <= MAX_RUN_IN and not re.search("[。！？；]", words):
        return region
    if sentence is None:
        if whole and len(words) <= MAX_OWN_LINE:
            return region
        return None
    end = sentence.end()
    rest = words[end:].strip(" \u3000")
    if rest or has_children:
        return found.after + end if end <= MAX_RUN_IN else None
    limit = MAX_OWN_LINE if found.rank <= 3 else MAX_SPOKEN_LINE
    return found.after + end if whole and end <= limit else None


def _entries(built: list[Run], texts: Sequence[_Text]) -> list[Entry]:
    owner = {id(f): s for s in built for f in s.items}
    items = sorted((f for s in built for f in s.items), key=lambda f: (f.paragraph, f.start))
    out = []
    for index, found in enumerate(items):
        following = items[index + 1] if index + 1 < len(items) else None
        nested = (
            following is not None and following.paragraph == found.paragraph and owner[id(following)].parent is found
        )
        end = _extent(found, texts[found.paragraph].text, _region(items, index, texts), nested)
        if end is not None:
            out.append(Entry(found, end, owner[id(found)]))
    bodies: dict[int, int] = {}
    for entry in out:
        bodies[id(entry.sequence)] = bodies.get(id(entry.sequence), 0) + 1
    # a run of which most items are plain list items is a list, and its few short items are no headings either
    return [
        e
        for e in out
        if e.found.rank < SPOKEN_RANK or 2 * bodies[id(e.sequence)] > len(e.sequence.items if e.sequence else [])
    ]


def _unnumbered(texts: Sequence[_Text]) -> list[Entry]:
    """Headings without a number: what the format marks as heading, and what the speech announces (今年要办好一件实事，守住
    两条底线 … then 守住两条底线：at the start of a paragraph)."""
    whole = "\n".join(t.text for t in texts)
    out: list[Entry] = []
    announced: list[Entry] = []
    for index, text in enumerate(texts):
        if text.salutation:
            continue
        if text.zone == "heading" and len(text.text) <= MAX_OWN_LINE:
            out.append(Entry(Found(index, 0, 0, "format", "", UNNUMBERED_RANK, 0, ""), len(text.text), None))
            continue
        m = re.match(r"(?P<words>[\u3400-\u9fff“”]{4,14})[：:]", text.text)
        if m and re.search(re.escape(m["words"]) + "[，、。]", whole[: whole.find(text.text)]):
            announced.append(Entry(Found(index, 0, 0, "announced", "", UNNUMBERED_RANK, 0, ""), m.end(), None))
    return out + (announced if len(announced) >= 2 else [])


def _closing_trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in CLOSING_MARKS:
        end -= 1
    return end


def _listed(contents: Sequence[Fact], book: Rulebook) -> list[Heading]:
    """The headings of the source's own 目录, with levels by the same rules."""
    texts = [_Text(f.line or 0, f.value) for f in contents]
    built = numbering.sequences(numbering.find([t.text for t in texts], book.markers), set(), True)
    entries = [e for e in _entries(built, texts) if e.found.start == 0]
    entries.sort(key=lambda e: e.found.paragraph)
    out = []
    for entry, depth in zip(entries, levels_of(entries), strict=True):
        text = texts[entry.found.paragraph]
        words = text.text[: _closing_trimmed(text.text, 0, entry.end)]
        out.append(Heading(depth, entry.found.label, words, "", text.line, "contents"))
    return out


def shape(
    body: Sequence[Block], book: Rulebook, contents: Sequence[Fact] = (), known: frozenset[str] = frozenset()
) -> Shape:
    """Paragraphs, outline and holes of one speech.

    ``contents`` are the lines of the source's own 目录; ``known`` are bare headings that stand on their own line elsewhere
    in the file, evidence for headings that are glued here.
    """
    texts = [_without_gaps(b) for b in body]
    built = _numbered(texts, book)
    inner = [(f.paragraph, f.start) for s in built if s.rank <= 1 for f in s.items if f.start]
    if inner:
        texts = _break_at(texts, inner)
        built = _numbered(texts, book)
    cuts = glued.boundaries([t.text for t in texts], built, book.openers, known | {bare(f.value) for f in contents})
    if cuts:
        texts = _break_at(texts, cuts)
        built = _numbered(texts, book)
    built = _drop_preamble(built)
    entries = _entries(built, texts)
    taken = {e.found.paragraph for e in entries if e.found.start == 0}
    entries += [e for e in _unnumbered(texts) if e.found.paragraph not in taken]
    entries.sort(key=lambda e: (e.found.paragraph, e.found.start))
    return _finish(texts, entries, _listed(contents, book))


def own_line_headings(body: Sequence[Block], book: Rulebook) -> frozenset[str]:
    """Bare words of the 一、 and （一） headings that stand on their own line: evidence for glued ones in the same file."""
    out = set()
    for block in body:
        for marker in book.markers:
            m = marker.pattern.match(block.text) if marker.rank <= 2 else None
            words = block.text[m.end() :] if m else ""
            if words and len(words) <= MAX_RUN_IN and not re.search("[。！？；]", words.rstrip(CLOSING_MARKS)):
                out.add(bare(words))
    return frozenset(out)


def _finish(texts: Sequence[_Text], entries: Sequence[Entry], listed: list[Heading]) -> Shape:
    """Final records: empty paragraphs go, ids are given, holes find their place."""
    place: dict[int, int] = {}
    for index, text in enumerate(texts):
        if text.text:
            place[index] = len(place)
    headings = []
    for entry, depth in zip(entries, levels_of(entries), strict=True):
        text = texts[entry.found.paragraph]
        end = _closing_trimmed(text.text, entry.found.start, entry.end)
        headings.append(
            Heading(
                depth,
                entry.found.label,
                text.text[entry.found.start : end],
                "",
                text.line,
                "body",
                place[entry.found.paragraph],
                entry.found.start,
                end,
            )
        )
    merged = merge(headings, listed)
    outline = tuple(replace(h, id=i) for h, i in zip(merged, ids_of([h.level for h in merged]), strict=True))
    filled = [t.text for t in texts if t.text]
    own = {h.paragraph: h.id for h in outline if h.paragraph is not None and _fills(h, filled[h.paragraph])}
    paragraphs: list[Paragraph] = []
    gaps: list[Gap] = []
    number = 0
    for index, text in enumerate(texts):
        at = place.get(index, len(paragraphs))
        gaps.extend(Gap(chars, note, text.line, at, offset) for offset, chars, note in text.gaps)
        if not text.text:
            continue
        if at in own:
            paragraphs.append(Paragraph(own[at], text.text, text.line, "heading"))
            continue
        number += 1
        paragraphs.append(Paragraph(f"p{number}", text.text, text.line, "salutation" if text.salutation else "text"))
    return Shape(tuple(paragraphs), outline, tuple(gaps))


def _fills(heading: Heading, text: str) -> bool:
    """Whether a heading is its whole paragraph, closing marks apart."""
    return heading.start == 0 and not text[heading.end :].strip(CLOSING_MARKS)
