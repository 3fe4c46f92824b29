"""Word documents, PDFs and archives for tests, made with the libraries that read them or by hand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import docx
from docx.document import Document
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
OFFICIAL = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）"))
"""The four levels of numbering in Chinese official documents, as Word's (format, pattern)."""


def word(build: Callable[[Document], object]) -> bytes:
    """A Word document that ``build`` fills."""
    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def element(xml: str) -> Any:
    """A WordprocessingML element from its XML, without the namespaces: ``<w:p><w:r/></w:p>``."""
    end = re.search(r"[ />]", xml)
    assert end is not None
    return parse_xml(f"{xml[: end.start()]} {NAMESPACES}{xml[end.start() :]}")


def outline_list(document: Document, levels: Sequence[tuple[str, str]] = OFFICIAL) -> int:
    """Adds a list with ``levels`` to the document's numbering and gives its number."""
    root = document.part.numbering_part.element
    abstract = 100 + sum(e.tag.endswith("}abstractNum") for e in root)
    rows = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for i, (fmt, pattern) in enumerate(levels)
    )
    first = next((i for i, e in enumerate(root) if e.tag.endswith("}num")), len(root))
    root.insert(first, element(f'<w:abstractNum w:abstractNumId="{abstract}">{rows}</w:abstractNum>'))
    return _instance(root, abstract, "")


def _instance(root: Any, abstract: int, extra: str) -> int:
    number: int = 500 + sum(e.tag.endswith("}num") for e in root)
    root.append(element(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{extra}</w:num>'))
    return number


def list_like(document: Document, number: int, extra: str = "") -> int:
    """A further list of the same abstract list as ``number``; ``extra`` is XML in its w:num, such as a start of its own."""
    root = document.part.numbering_part.element
    abstract = root.num_having_numId(number).abstractNumId.val
    return _instance(root, abstract, extra)


def item(document: Document, text: str, number: int, level: int = 0, style: str | None = None) -> Paragraph:
    """A paragraph of list ``number``; its text has no number."""
    made = document.add_paragraph(text, style)
    properties = made._p.get_or_add_pPr()
    properties.append(element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))
    return made


def repacked(
    raw: bytes, change: Callable[[str, bytes], bytes | None], added: Iterable[tuple[str, bytes]] = ()
) -> bytes:
    """The archive ``raw`` with every member passed through ``change`` (None drops it) and some added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
        for name, content in added:
            target.writestr(name, content)
    return out.getvalue()


def archive(**members: bytes) -> bytes:
    """A zip; ``__`` in a name stands for a slash, ``_`` for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


Placed = tuple[float, float, float, str]
"""Text on a page: left edge and height above the foot of the page in points, size of type, words."""


def _to_unicode(chars: Iterable[str]) -> bytes:
    """The table of a font in which each code is the code point of its character."""
    codes = [f"<{ord(c):04X}> <{ord(c):04X}>" for c in sorted(set(chars))]
    blocks = [codes[at : at + 100] for at in range(0, len(codes), 100)]
    rows = "\n".join(f"{len(b)} beginbfchar\n{chr(10).join(b)}\nendbfchar" for b in blocks)
    return f"begincmap\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{rows}\nendcmap".encode()


def _font(writer: PdfWriter, chars: Iterable[str]) -> DictionaryObject:
    """A font for ``chars``, with the table that says what its codes mean."""
    below = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): NameObject("/FangSong"),
            NameObject("/DW"): NumberObject(1000),
        }
    )
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject("/FangSong"),
            NameObject("/Encoding"): NameObject("/Identity-H"),
            NameObject("/DescendantFonts"): ArrayObject([writer._add_object(below)]),
        }
    )
    table = DecodedStreamObject()
    table.set_data(_to_unicode(chars))
    font[NameObject("/ToUnicode")] = writer._add_object(table)
    return font


def pdf(pages: Iterable[Sequence[Placed]], password: str | None = None, owner: str = "") -> bytes:
    """A PDF on A4 with a text layer; an empty page has none."""
    writer = PdfWriter()
    for placed in pages:
        page = writer.add_blank_page(595, 842)
        if not placed:
            continue
        fonts = DictionaryObject({NameObject("/F"): writer._add_object(_font(writer, "".join(t for *_, t in placed)))})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        rows = (f"BT /F {s} Tf 1 0 0 1 {x} {y} Tm <{t.encode('utf-16-be').hex()}> Tj ET" for x, y, s, t in placed)
        stream.set_data("\n".join(rows).encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password is not None:
        writer.encrypt(password, owner or None, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def set_in_rows(
    paragraphs: Iterable[str], wide: int = 28, size: float = 16, indent: int = 2, rows: int = 24
) -> list[list[Placed]]:
    """``paragraphs`` set in rows of ``wide`` characters, the first of each set in, cut into pages of ``rows`` rows."""
    lines: list[tuple[int, str]] = []
    for text in paragraphs:
        first = wide - indent
        lines.append((indent, text[:first]))
        lines += [(0, text[at : at + wide]) for at in range(first, len(text), wide)]
    return [
        [(70 + i * size, 760 - n * 28, size, t) for n, (i, t) in enumerate(lines[at : at + rows])]
        for at in range(0, len(lines), rows)
    ]
