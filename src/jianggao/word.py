"""Speech → a Word document laid out as GB/T 9704-2012 lays out official documents (needs the extra ``docx``).

A4 with a text block of 156 × 225 mm, 22 lines to the page and 28 characters to the line; the title in 小标宋 of size 2
(22 pt), the text in 仿宋 of size 3 (16 pt), first headings in 黑体, second in 楷体; page numbers between dashes, outside.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from .markup import carried
from .model import Gap, Heading, Paragraph, Speech
from .stages.render import UNTITLED, chinese_date, completeness_note, gap_words

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as Block
    from docx.text.run import Run

TITLE, TEXT, NUMBER = 22, 16, 14
"""Sizes 2, 3 and 4 of Chinese type in points."""
LINE = 28.95
"""Points from line to line: 22 lines in 225 mm are at most 28.99."""
SONG_TITLE, FANGSONG, HEI, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
DOCUMENT_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of every part of the file: the same speech gives the same bytes."""


def document(speech: Speech) -> bytes:
    """The speech as the bytes of a .docx file; holes are marked where they are, and told at the end."""
    made = docx.Document()
    _page(made)
    _line(made, speech.title or UNTITLED, SONG_TITLE, TITLE, centred=True, line=36)
    if speech.subtitle:
        _line(made, speech.subtitle, KAI, TEXT, centred=True)
    for words in _below_title(speech):
        _line(made, words, KAI, TEXT, centred=True)
    _line(made, "", FANGSONG, TEXT)
    _body(made, speech)
    _line(made, "", FANGSONG, TEXT)
    for words in _colophon(speech):
        _line(made, words, SONG, 10.5, line=16)
    properties = made.core_properties
    properties.title, properties.author = carried(speech.title or UNTITLED)[:255], carried(speech.speaker or "")[:255]
    properties.identifier, properties.language, properties.comments = speech.id, "zh-CN", ""
    return _stable(made)


def _below_title(speech: Speech) -> list[str]:
    who = "　".join(part for part in (speech.role, speech.speaker) if part)
    return [part for part in (f"（{chinese_date(speech.date)}）" if speech.date else "", who) if part]


def _colophon(speech: Speech) -> list[str]:
    source = "，".join(part for part in (speech.source.site, speech.source.url) if part)
    rows = [f"完整性：{completeness_note(speech.completeness)}", f"来源：{source}" if source else ""]
    return [row for row in [*rows, f"编号：{speech.id}"] if row]


def _page(made: Document) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(35),
        Mm(28),
        Mm(26),
    )
    section.footer_distance = Mm(28)
    made.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        block = footer.paragraphs[0]
        block.alignment = side
        for text in ("— ", None, " —"):
            run = block.add_run(text or "")
            _dress(run, SONG, NUMBER)
            if text is None:
                _field(run, "PAGE")
        margin = "right_indent" if side == WD_ALIGN_PARAGRAPH.RIGHT else "left_indent"
        setattr(block.paragraph_format, margin, Pt(NUMBER))  # one character from the edge


def _field(run: Run, code: str) -> None:
    for kind in ("begin", None, "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = code
        run._r.append(part)


def _body(made: Document, speech: Speech) -> None:
    runs: dict[int, list[Heading]] = {}
    levels = {heading.id: heading.level for heading in speech.outline}
    for heading in speech.outline:
        if heading.paragraph is not None:
            runs.setdefault(heading.paragraph, []).append(heading)
    gaps = speech.completeness.gaps
    for number, paragraph in enumerate(speech.paragraphs):
        own = [gap for gap in gaps if gap.paragraph == number]
        if paragraph.kind == "heading":
            level = levels.get(paragraph.id, 1)
            _paragraph(made, paragraph, [Heading(level, "", "", "", 0, start=0, end=len(paragraph.text))], own)
        else:
            _paragraph(made, paragraph, runs.get(number, []), own)
    for gap in gaps:
        if gap.paragraph >= len(speech.paragraphs):
            _dress(_block(made).add_run(carried(gap_words(gap, at_end=True))), KAI, TEXT, hole=True)


def _paragraph(made: Document, paragraph: Paragraph, headings: list[Heading], gaps: list[Gap]) -> None:
    """One paragraph, its headings in their type and its holes in their place."""
    block, text = _block(made), paragraph.text
    if paragraph.kind == "salutation":
        block.paragraph_format.first_line_indent = Pt(0)
    if paragraph.kind == "heading":
        block.paragraph_format.keep_with_next = True
    cuts = sorted({0, len(text), *(c for h in headings for c in (h.start, h.end)), *(g.offset for g in gaps)})
    for start, end in zip(cuts, [*cuts[1:], None], strict=True):
        for gap in gaps:
            if min(gap.offset, len(text)) == start:
                _dress(block.add_run(carried(gap_words(gap, at_end=False))), KAI, TEXT, hole=True)
        level = next((h.level for h in headings if h.start <= start < h.end), 0)
        if end is not None and start < end:
            font = {0: FANGSONG, 1: HEI, 2: KAI}.get(level, FANGSONG)
            _dress(block.add_run(carried(text[start:end])), font, TEXT, bold=level > 2)


def _block(made: Document) -> Block:
    block = made.add_paragraph()
    _spacing(block, LINE)
    block.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    block.paragraph_format.first_line_indent = Pt(2 * TEXT)
    return block


def _line(made: Document, words: str, font: str, size: float, centred: bool = False, line: float = LINE) -> None:
    block = made.add_paragraph()
    _spacing(block, line)
    if centred:
        block.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _dress(block.add_run(carried(words)), font, size)


def _spacing(block: Block, line: float) -> None:
    form = block.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)


def _dress(run: Run, font: str, size: float, bold: bool = False, hole: bool = False) -> None:
    run.font.name, run.font.size, run.font.bold = font, Pt(size), bold
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if hole:
        run.font.color.rgb = RGBColor(0x80, 0x80, 0x80)


def _stable(made: Document) -> bytes:
    """The file with no trace of when it was written."""
    first, second = io.BytesIO(), io.BytesIO()
    made.save(first)
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            part = zipfile.ZipInfo(name, DOCUMENT_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return second.getvalue()
