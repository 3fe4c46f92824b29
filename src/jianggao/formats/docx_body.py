"""The paragraphs, tables, notes and text boxes of a Word document in order, as lines with what their styles say of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jianggao.model import Fact, Zone

from .docx_numbering import VAL, Numbering, W
from .docx_styles import Style, list_of, outlined, styles
from .docx_text import Words, on, paragraphs_and_tables, words
from .runin import apart

Parts = Mapping[str, Sequence[Any]]
"""Roots of the parts that belong to a document, by kind: styles, numbering, footnotes, endnotes, header, footer."""
CELL = "\t"
DATA_CELL = 80
"""A table cell with more characters than this holds text that is read paragraph by paragraph, not data of a row."""
PROSE = 40
"""A note waits for a paragraph of this length (characters), so that it stands neither in a title nor under a heading."""
CONTENTS_TITLE = re.compile(r"[目提][\s\u3000]*[录纲]")
APART = re.compile(r"[（(—]|.{0,12}\d{4}\s*年|[一二三四五六七八九十]、")
MAX_NESTED = 20
"""Tables and text boxes inside one another; what is deeper is no document that a person made."""


class Reader:
    """Goes through a document once, in order, since its lists count on."""

    def __init__(self, parts: Parts) -> None:
        self.styles = styles(next(iter(parts["styles"]), None))
        listed = {key: s.list_id for key, s in self.styles.items() if s.list_id}
        self.numbering = Numbering(next(iter(parts["numbering"]), None), listed)
        self.notes = {
            (kind, note.get(W + "id", "")): note
            for kind in ("footnote", "endnote")
            for root in parts[f"{kind}s"]
            for note in root.findall(W + kind)
        }
        self.lines: list[tuple[str, Zone]] = []
        self.facts: list[Fact] = []
        self.waiting: list[tuple[str, str]] = []
        self.carried: Words | None = None

    def add(self, text: str, zone: Zone = "") -> None:
        self.lines.append((text, zone))

    def container(self, element: Any, depth: int = 0) -> None:
        """All paragraphs and tables of a body, a cell or a text box."""
        for block in paragraphs_and_tables(element):
            if block.tag == W + "p":
                self.paragraph(block, depth)
            elif depth < MAX_NESTED:
                self.table(block, depth)

    def number(self, properties: Any, style: Style, style_id: str) -> str:
        own_list, own_level = list_of(properties)
        list_id = style.list_id if own_list is None else own_list
        if not list_id or list_id == "0":
            return ""
        level = own_level if own_level is not None else self.numbering.level_of_style(list_id, style_id)
        return self.numbering.label(list_id, level if level is not None else style.list_level or 0)

    def paragraph(self, element: Any, depth: int) -> None:
        said = words(element)
        properties = element.find(W + "pPr")
        if self.carried is not None:
            said.text, said.notes = self.carried.text + said.text, self.carried.notes + said.notes
            self.carried = None
        if _mark_deleted(properties):
            self.carried = said  # its paragraph mark is deleted: it goes on in the next one
            return
        found = properties.find(W + "pStyle") if properties is not None else None
        style_id = str(found.get(VAL, "")) if found is not None else ""
        style = self.styles.get(style_id, Style())
        number = self.number(properties, style, style_id) if said.text.strip() else ""
        self.place(number, said, style, outlined(properties, style.outlined))
        if said.hidden.strip():
            self.add(said.hidden.strip(), "aside")
        self.waiting += said.notes
        for box in said.boxes:
            if depth < MAX_NESTED:
                self.container(box, depth + 1)
        if len(said.text) >= PROSE:
            self.flush()

    def place(self, number: str, said: Words, style: Style, outlined: bool) -> None:
        """The lines of one paragraph, with what its style says of them."""
        text = number + said.text.lstrip() if number else said.text
        if style.contents:
            self.contents(text)
            return
        zone: Zone = "title" if style.title and not style.heading else "heading" if style.heading or outlined else ""
        if zone:
            for piece in _joined(text.split("\n")):
                self.add(piece, zone)
            return
        bold = (number + said.bold.lstrip() if said.bold and number else said.bold).split("\n")[0]
        for index, row in enumerate(text.split("\n")):
            head, rest = apart(row, bold) if index == 0 else ("", row)
            if head:
                self.add(head, "heading")
            self.add(rest)

    def contents(self, text: str) -> None:
        """A line of the document's own table of contents: evidence for the outline, not text."""
        if self.lines and CONTENTS_TITLE.fullmatch(self.lines[-1][0].strip()):
            self.lines[-1] = (self.lines[-1][0], "aside")
        bare = re.sub(r"(?<![\s.…·\d])[\s.…·\d]++$", "", text).strip()
        self.add(text, "aside")
        if bare and not CONTENTS_TITLE.fullmatch(bare):
            self.facts.append(Fact("contents", bare, len(self.lines), "docx/contents"))

    def table(self, element: Any, depth: int) -> None:
        """Each row is one line, its cells parted by `CELL`; a row with longer text in it is read cell by cell."""
        for row in element.iter(W + "tr"):
            deleted = on(row.find(W + "trPr"), "del")
            if deleted or next(row.iterancestors(W + "tbl")) is not element:
                continue
            cells = [c for c in row.iter(W + "tc") if next(c.iterancestors(W + "tr")) is row]
            before = len(self.lines)
            ends = []
            for cell in cells:
                self.container(cell, depth + 1)
                ends.append(len(self.lines))
            said = [self.lines[a:b] for a, b in zip([before, *ends], ends, strict=False)]
            filled = [t for cell in said if (t := "".join(text.strip() for text, _ in cell))]
            plain = not any(zone for _, zone in self.lines[before:])
            if plain and len(filled) > 1 and max(map(len, filled)) <= DATA_CELL:
                self.lines[before:] = [(CELL.join(filled), "")]

    def flush(self) -> None:
        """The notes that wait, each a line of its own."""
        waiting, self.waiting = self.waiting, []
        for key in waiting:
            note = self.notes.get(key)
            text = "".join(words(p).text for p in paragraphs_and_tables(note)).strip() if note is not None else ""
            if text:
                self.add(f"〔注：{text}〕")


def _mark_deleted(properties: Any) -> bool:
    """Whether a tracked change deleted the end of this paragraph."""
    marks = properties.find(W + "rPr") if properties is not None else None
    return marks is not None and on(marks, "del")


def _joined(pieces: Iterable[str]) -> list[str]:
    """Lines of a title or heading that was broken for its looks are one again; a date, a subtitle, a note stay apart."""
    out: list[str] = []
    for piece in pieces:
        if out and not APART.match(piece.strip()):
            out[-1] += piece.strip()
        else:
            out.append(piece.strip())
    return out
