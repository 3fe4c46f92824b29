"""A Word document (.docx, .docm) → lines: headings and titles by their styles, automatic numbers worked out, tables row by row.

python-docx opens the package and parses its parts with a parser that expands no entities; what stands in them is read in
`docx_body`, because python-docx has no numbers, notes and tracked changes, and mammoth, which makes HTML, gives up the wording
of the numbers (（一） becomes an item of a list), which is most of the outline of an office document.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from jianggao.errors import SpeechError
from jianggao.model import Fact, Line, Zone

from .docx_body import Parts, Reader
from .docx_numbering import W
from .docx_text import words
from .runin import NUMBERED
from .sniff import MAX_LINES, OCR, SHORTEN

INSTALL = "运行 make install；不用 make 的，运行 pip install -e '.[docx]'"
BROKEN = "用 Word/WPS 打开，另存为一份新的 .docx；打不开就请对方重发"
KINDS = ("styles", "numbering", "footnotes", "endnotes", "header", "footer")
MAX_TAGS = 2_000_000
"""Tags in all parts of a package: a volume of 700,000 characters in runs of ten has half as many. Each is an object in memory,
so that a file of 400 kB could unpack to more than a machine has."""
CHUNK = 1 << 20
HEAD = 10
"""Lines from the top among which the title can stand."""


def _root(part: Any) -> Any:
    from docx.oxml.parser import parse_xml  # noqa: PLC0415

    # a document with macros is a part that python-docx only stores
    element = getattr(part, "element", None)
    return parse_xml(part.blob) if element is None else element


def _opened(raw: bytes) -> tuple[Any, Parts, str]:
    """The body, the parts by their kind, and the title in the properties, "" where there is none."""
    from docx.opc.package import OpcPackage  # noqa: PLC0415  an extra: only who reads docx needs it

    package = OpcPackage.open(io.BytesIO(raw))
    main = package.main_document_part
    parts: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for relation in main.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in parts and not relation.is_external:
            parts[kind].append(_root(relation.target_part))
    return _root(main).find(W + "body"), parts, package.core_properties.title or ""


def _with_title(lines: list[tuple[str, Zone]], said: str) -> list[tuple[str, Zone]]:
    """Where no line is set as the title: the one that the properties call so, else a heading above all other text that has no
    number while all others have: many set their title in 标题 1 because it is the first that the menu offers."""
    filled = [i for i, (text, zone) in enumerate(lines) if text.strip() and zone != "aside"]
    if any(lines[i][1] == "title" for i in filled):
        return lines
    squeezed = re.sub(r"\s", "", said)
    named = [i for i in filled[:HEAD] if len(squeezed) >= 4 and re.sub(r"\s", "", lines[i][0]) == squeezed]
    headings = [i for i in filled if lines[i][1] == "heading"]
    plain = [i for i in headings if not NUMBERED.match(lines[i][0])]
    title = named[0] if named else plain[0] if plain and plain == filled[:1] else None
    if title is not None:
        lines[title] = (lines[title][0], "title")
    return lines


def _around(parts: Parts) -> list[tuple[str, Zone]]:
    """Page heads and feet, each once."""
    found = (words(p).text for kind in ("header", "footer") for root in parts[kind] for p in root.iter(W + "p"))
    return [(text, "aside") for text in dict.fromkeys(" ".join(text.split()) for text in found) if text]


def _looked_through(raw: bytes) -> tuple[bool, int]:
    """Whether a part of the archive declares a document type, which no Word document does and every XML bomb needs; and how
    many tags its parts have, counted no further than `MAX_TAGS`."""
    tags = 0
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in (i for i in archive.infolist() if i.filename.endswith((".xml", ".rels"))):
            with archive.open(name) as part:
                chunk = part.read(CHUNK)
                if b"<!DOCTYPE" in chunk[:2048]:
                    return True, tags
                while chunk and tags <= MAX_TAGS:
                    tags += chunk.count(b"<")
                    chunk = part.read(CHUNK)
    return False, tags


def _limited(path: str, count: int, most: int, unit: str) -> None:
    if count > most:
        raise SpeechError(path, None, f"Word 文档里有 {most} 多{unit}，不像讲话稿", SHORTEN)


def read(raw: bytes, path: str) -> tuple[Sequence[Line], tuple[Fact, ...]]:
    """Lines (numbered from 1: a paragraph, a row of a table, a note each) and facts of the document ``raw``.

    Page heads and feet, the document's own contents and hidden text are lines of the zone ``aside``; deleted text of tracked
    changes is left out. ``path`` is only named in errors. Raises SpeechError when python-docx is missing, when the document
    is broken, or holds no text.
    """
    try:
        import docx  # noqa: F401, PLC0415
    except ImportError:
        raise SpeechError(path, None, "这是 Word 文档，本机还没有装读它的 python-docx", INSTALL) from None
    try:
        entities, tags = _looked_through(raw)
        body, parts, title = (None, {}, "") if entities or tags > MAX_TAGS else _opened(raw)
    except Exception:  # all that a package made by others can have wrong: a part missing, bad XML, a bad checksum
        raise SpeechError(path, None, "Word 文档已损坏，或不是标准的 .docx", BROKEN) from None
    if entities:
        raise SpeechError(path, None, "文档里夹带了实体定义，正常的 Word 文档没有，可能是恶意文件", BROKEN)
    _limited(path, tags, MAX_TAGS, "个标记")
    if body is None:
        raise SpeechError(path, None, "Word 文档已损坏，里面没有正文", BROKEN)
    _limited(path, sum(1 for _ in body.iter(W + "p")), MAX_LINES, "段")
    reader = Reader(parts)
    reader.container(body)
    reader.flush()
    lines = _with_title(reader.lines, title)
    if not any(text.strip() and zone != "aside" for text, zone in lines):
        raise SpeechError(path, None, "Word 文档里没有文字，可能全是图片", OCR)
    lines += _around(parts)
    return [Line(i, text, zone) for i, (text, zone) in enumerate(lines, 1)], tuple(reader.facts)
