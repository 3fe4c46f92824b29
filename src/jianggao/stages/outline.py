"""Body blocks → paragraphs, outline 提纲 and holes.

Headings stand on their own line, run in (段首小标题: heading, full stop, then its paragraph) or are glued to the paragraph
without any mark. Which numbers are headings at all is told by their sequences (`jianggao.numbering`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from jianggao import clauses, glued, numbering, numbers, unnumbered
from jianggao.lexicon import lexicon
from jianggao.model import Block, Fact, Gap, Heading, Paragraph
from jianggao.numbering import Run
from jianggao.numbers import Finder, Found
from jianggao.openings import NUMBER_CHARS, sentence_behind_blank
from jianggao.pieces import Piece, break_at, from_block, join_broken
from jianggao.rulebook import Rulebook
from jianggao.tree import BESIDE_RANK, PART_RANK, Entry, ids_of, levels_of, lists, merge, rank_of_unnumbered
from jianggao.words import bare

FIRST_SENTENCE = re.compile(r"[。！？!?：:](?:[”’」]?)")
SENTENCE = re.compile("[。！？；]")
QUOTED = re.compile("“[^“”]{8,60}”(?=[^的\\W])")
"""What a speaker quotes and then explains, without a mark between: 第一句叮嘱是“……”说的是……"""
LEADS_IN = re.compile("，(?:强调|要求|指出|提出|具体|主要|就是|包括|做到)：$")
ENDED = re.compile("[。！？!?；;：:…][”’）」)]*$|[”’）」)]$")
CLOSING_MARKS = "。：；:;.． 　"
NOT_MARKED = re.compile(
    r"[。；]|^[（(\[【〔〖].*[）)\]】〕〗]$|^[—－─-]{1,2}|[！!]$|(?:同志|先生|女士)(?:的?(?:讲话|发言))$|^(?:纪要|注释|附注|全文|正文)$"
)
"""What bold type or a heading tag may also dress: remarks and sentences."""
LISTED_ON = re.compile("；[二三四]、")
"""One line that holds several numbers of a list: 一、祝身体好；二、祝学习好。"""
BESIDE = (unnumbered.labels, unnumbered.refrains, unnumbered.topics)
"""What tells the run-in headings of paragraphs that stand side by side."""
MAX_OWN_LINE = 90
MAX_RUN_IN = 64
MAX_SPOKEN_LINE = 30
SPOKEN_RANK = 5
BREAKING_RANK = 2
"""Families whose headings begin a paragraph of their own also where the source runs on: 一、 and （一）."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What this stage gives: ``outline`` in document order, contents-only headings among them."""

    paragraphs: tuple[Paragraph, ...]
    outline: tuple[Heading, ...]
    gaps: tuple[Gap, ...]


def _breaks_off(last: Piece) -> bool:
    """Whether the text ends in the middle of a sentence: the source shows its beginning only."""
    return len(last.text) > MAX_SPOKEN_LINE and not ENDED.search(last.text)


def _numbered(pieces: Sequence[Piece], finder: Finder) -> list[Run]:
    texts = ["" if p.salutation else p.text for p in pieces]
    found = finder.find(texts)
    holes = {i for i, p in enumerate(pieces) if p.gaps}
    open_end = bool(pieces) and (bool(pieces[-1].gaps) or _breaks_off(pieces[-1]))
    alone = numbering.alone(found, texts)
    built = numbering.sequences(found, holes, open_end, alone)
    listed = numbering.lists(built, texts)
    listed |= numbering.paragraph_numbers(found, built, texts, [p.salutation for p in pieces])
    if listed:
        found = [f for f in found if (f.paragraph, f.start) not in listed]
        built = numbering.sequences(found, holes, open_end, alone - listed)
    return built


def _drop_preamble(built: list[Run]) -> list[Run]:
    """Spoken enumerations (一是…二是…) before the first 一、 are what the speaker looks back on, not his outline."""
    formal = [s.items[0] for s in built if s.rank <= 2]
    if not formal:
        return built
    first = min((f.paragraph, f.start) for f in formal)
    return [s for s in built if s.rank < SPOKEN_RANK or (s.items[0].paragraph, s.items[0].start) > first]


def _extent(found: Found, text: str, region: int, has_children: bool) -> int | None:
    """End of the heading that ``found`` opens, or None when what follows is no heading but an item of a list.

    ``region`` is the end of the words that belong to it: the next number in the same paragraph, or the paragraph's end.
    ``has_children`` says that this next number stands below it, so that its single sentence is a heading although no words
    of its own follow.
    """
    words = text[found.after : region]
    if found.rank >= SPOKEN_RANK and (quoted := QUOTED.match(words)):
        return found.after + quoted.end()
    sentence = FIRST_SENTENCE.search(words)
    whole = found.start == 0 and region == len(text)
    if whole and len(words) <= MAX_RUN_IN and not SENTENCE.search(words):
        return region
    if sentence is None:
        own_line = whole and len(words) <= MAX_OWN_LINE and not LISTED_ON.search(words)
        if own_line or (has_children and len(words.strip()) <= MAX_RUN_IN):
            return found.after + len(words.rstrip())
        return None
    led_in = LEADS_IN.search(words, 0, sentence.end())
    end = led_in.start() if led_in else sentence.end()
    rest = words[end:].strip(" \u3000")
    if rest or has_children:
        return found.after + end if end <= MAX_RUN_IN else None
    limit = MAX_RUN_IN if found.rank <= 3 else MAX_SPOKEN_LINE
    return found.after + end if whole and end <= limit else None


def _entries(built: list[Run], texts: Sequence[str]) -> list[Entry]:
    owner = {id(f): s for s in built for f in s.items}
    items = sorted((f for s in built for f in s.items), key=lambda f: (f.paragraph, f.start))
    told = clauses.ends(built, texts)
    out = []
    for found, following in zip_longest(items, items[1:]):
        beside = following if following and following.paragraph == found.paragraph else None
        text = texts[found.paragraph]
        nested = beside is not None and owner[id(beside)].parent is found
        end = told.get((found.paragraph, found.start))
        end = end or _extent(found, text, beside.start if beside else len(text), nested)
        if end is not None and (text[found.after : end].strip(CLOSING_MARKS) or not text[end:].strip(CLOSING_MARKS)):
            out.append(Entry(found, end, owner[id(found)]))
    listed = lists(out, texts)
    out = [e for e in out if id(e.sequence) not in listed]
    bodies: dict[int, int] = {}
    for entry in out:
        bodies[id(entry.sequence)] = bodies.get(id(entry.sequence), 0) + 1
    # a run of which most items are plain list items is a list, and its few short items are no headings either
    return [
        e
        for e in out
        if e.found.rank < SPOKEN_RANK or 2 * bodies[id(e.sequence)] > len(e.sequence.items if e.sequence else [])
    ]


def _unnumbered(pieces: Sequence[Piece], numbered: Sequence[Entry]) -> list[Entry]:
    """Headings without a number: those that the format marks, those that the speech announces, and short lines of one kind."""
    taken = {e.found.paragraph for e in numbered if e.found.start == 0}
    marked = [
        (i, len(p.text), "format")
        for i, p in enumerate(pieces)
        if p.zone == "heading"
        and 0 < len(p.text) <= MAX_OWN_LINE
        and not p.salutation
        and not NOT_MARKED.search(p.text)
    ]
    texts = [p.text for p in pieces]
    said = [(i, end, "announced") for i, end in unnumbered.announced(texts) if not pieces[i].salutation]
    known = {i for i, _, _ in marked + said} | taken
    opens = [p.salutation or i in known for i, p in enumerate(pieces)]
    parts = [(i, len(texts[i]), "part") for i in unnumbered.parts(texts, opens, lexicon().parts)]
    opens = [before or (i, len(texts[i]), "part") in parts for i, before in enumerate(opens)]
    short = [
        (i, len(texts[i]), "short")
        for i in ([] if marked else unnumbered.short_lines(texts, opens) or unnumbered.questions(texts, opens))
    ]
    found = {i: (end, kind) for i, end, kind in (*short, *said, *parts, *marked) if i not in taken}
    rank = rank_of_unnumbered(sorted(found), numbered)
    beside = [found for find in BESIDE for found in find(texts, opens)]
    beside += unnumbered.dashes(texts)
    found |= {i: (end, "beside") for i, end in beside if i not in taken and i not in found}
    ranks = {"beside": BESIDE_RANK, "part": PART_RANK}
    return [
        Entry(Found(i, 0, 0, kind, "", ranks.get(kind, rank), 0, ""), end, None) for i, (end, kind) in found.items()
    ]


def _closing_trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in CLOSING_MARKS:
        end -= 1
    return end


def _listed(contents: Sequence[Fact], book: Rulebook) -> list[Heading]:
    """The headings of the source's own 目录, with levels by the same rules."""
    texts = [f.value for f in contents]
    built = numbering.sequences(Finder(book.markers).find(texts), set(), True)
    entries = [e for e in _entries(built, texts) if e.found.start == 0]
    entries.sort(key=lambda e: e.found.paragraph)
    out = []
    for entry, depth in zip(entries, levels_of(entries), strict=True):
        fact = contents[entry.found.paragraph]
        words = fact.value[: _closing_trimmed(fact.value, 0, entry.end)]
        out.append(Heading(depth, entry.found.label, words, "", fact.line or 0, "contents"))
    return out


def _pieces(body: Sequence[Block], book: Rulebook) -> list[Piece]:
    pieces = [from_block(b) for b in body]
    formal = numbers.formal(book.markers)
    return join_broken(pieces, [bool(formal.match(x.text)) for x in pieces])


def shape(
    body: Sequence[Block], book: Rulebook, contents: Sequence[Fact] = (), known: frozenset[str] = frozenset()
) -> Shape:
    """Paragraphs, outline and holes of one speech.

    ``contents`` are the lines of the source's own 目录; ``known`` are bare headings that stand on their own line elsewhere
    in the file, evidence for headings that are glued here.
    """
    pieces, finder = _pieces(body, book), Finder(book.markers)
    built = _numbered(pieces, finder)
    inner = [(f.paragraph, f.start) for s in built for f in s.items if f.start and (f.glued or s.rank <= BREAKING_RANK)]
    if inner:
        pieces = break_at(pieces, inner)
        built = _numbered(pieces, finder)
    known = known | set(_without_numbers([f.value for f in contents], book))
    cuts = glued.boundaries([p.text for p in pieces], built, book.openers, known)
    if cuts:
        pieces = break_at(pieces, cuts)
        built = _numbered(pieces, finder)
    entries = _entries(_drop_preamble(built), [p.text for p in pieces])
    entries += _unnumbered(pieces, entries)
    entries.sort(key=lambda e: (e.found.paragraph, e.found.start))
    return _finish(pieces, entries, _listed(contents, book) if contents else [])


def _without_numbers(texts: Iterable[str], book: Rulebook) -> Iterable[str]:
    """Bare words of the lines that open with a formal number, those apart that say nothing else."""
    formal = numbers.formal(book.markers)
    found = ((text, formal.match(text)) for text in texts)
    return filter(None, (bare(text[m.end() :]) for text, m in found if m))


def own_line_headings(body: Sequence[Block], book: Rulebook) -> frozenset[str]:
    """Bare words of the 一、 and （一） headings that stand on their own line: evidence for glued ones in the same file."""
    short = [b.text for b in body if len(b.text) <= MAX_RUN_IN and not sentence_behind_blank(b.text, NUMBER_CHARS)]
    return frozenset(
        _without_numbers((text for text in short if not SENTENCE.search(text.rstrip(CLOSING_MARKS))), book)
    )


def _finish(pieces: Sequence[Piece], entries: Sequence[Entry], listed: list[Heading]) -> Shape:
    """Final records: empty paragraphs go, ids are given, holes find their place."""
    place: dict[int, int] = {}
    for index, piece in enumerate(pieces):
        if piece.text:
            place[index] = len(place)
    headings = []
    depths = levels_of(entries)
    for entry, depth, own_id in zip(entries, depths, ids_of(depths), strict=True):
        found, piece = entry.found, pieces[entry.found.paragraph]
        end = _closing_trimmed(piece.text, found.start, entry.end)
        words = piece.text[found.start : end]
        at = place[found.paragraph]
        headings.append(Heading(depth, found.label, words, own_id, piece.line, "body", at, found.start, end))
    outline = tuple(_renumbered(merge(headings, listed)) if listed else headings)
    filled = [p.text for p in pieces if p.text]
    own = {h.paragraph: h.id for h in outline if h.paragraph is not None and _fills(h, filled[h.paragraph])}
    paragraphs: list[Paragraph] = []
    gaps: list[Gap] = []
    number = 0
    for index, piece in enumerate(pieces):
        at = place.get(index, len(paragraphs))
        if piece.gaps:
            gaps.extend(Gap(chars, note, piece.line, at, offset) for offset, chars, note in piece.gaps)
        if not piece.text:
            continue
        if at in own:
            paragraphs.append(Paragraph(own[at], piece.text, piece.line, "heading"))
            continue
        number += 1
        paragraphs.append(Paragraph(f"p{number}", piece.text, piece.line, "salutation" if piece.salutation else "text"))
    return Shape(tuple(paragraphs), outline, tuple(gaps))


def _renumbered(headings: Sequence[Heading]) -> Iterable[Heading]:
    """Headings with ids by their position among all of them."""
    ids = ids_of([h.level for h in headings])
    return (replace(h, id=own_id) for h, own_id in zip(headings, ids, strict=True))


def _fills(heading: Heading, text: str) -> bool:
    """Whether a heading is its whole paragraph, closing marks apart."""
    return heading.start == 0 and not text[heading.end :].strip(CLOSING_MARKS)
