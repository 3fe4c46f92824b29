"""The words of one Word paragraph: what a reader of the final version sees, without fields' codes and deleted text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .docx_numbering import VAL, W

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DELETED = frozenset((W + "del", W + "moveFrom", W + "delText", W + "instrText", W + "delInstrText", W + "rt"))
PROPERTIES = frozenset(
    (W + "pPr", W + "rPr", W + "sdtPr", W + "sdtEndPr", W + "tblPr", W + "tcPr", W + "trPr", W + "rubyPr")
)
SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}


@dataclass(slots=True)
class Words:
    """One paragraph: its text (line breaks kept), its bold beginning, hidden text and readings, its notes and text boxes."""

    text: str = ""
    bold: str = ""
    hidden: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    still_bold: bool = True


def on(parent: Any, tag: str) -> bool:
    """Whether a switch such as ``w:b`` is there and not turned off."""
    found = parent.find(W + tag) if parent is not None else None
    return found is not None and found.get(VAL, "1") not in ("0", "false", "off", "none")


def seen(parent: Any) -> Iterator[Any]:
    """The child elements of the final version: of alternatives the first, nothing deleted, no properties."""
    for child in parent:
        if not isinstance(child.tag, str) or child.tag in DELETED or child.tag in PROPERTIES:
            continue
        if child.tag == MC + "AlternateContent":
            chosen = child.find(MC + "Choice")
            yield from seen(chosen if chosen is not None else child.find(MC + "Fallback")) if len(child) else ()
        else:
            yield child


def paragraphs_and_tables(container: Any) -> Iterator[Any]:
    """Every ``w:p`` and ``w:tbl`` directly in ``container``, content controls and accepted insertions opened."""
    for child in seen(container):
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag"):
            yield from paragraphs_and_tables(child)


def _symbol(element: Any) -> str:
    """A sign of a symbol font: those fonts put their own shapes on private code points, which say nothing here."""
    code = int(element.get(W + "char", "0") or "0", 16)
    return chr(code) if 0x20 < code < 0xE000 else ""


def _ruby(element: Any, into: Words) -> None:
    """Base text; its reading goes beside the line."""
    into.hidden += " ".join(t.text or "" for t in element.iterfind(f"{W}rt//{W}t"))
    _gather(element, into)


def _add(into: Words, text: str, bold: bool) -> None:
    into.text += text
    into.still_bold = into.still_bold and (bold or not text.strip())
    if into.still_bold:
        into.bold += text


def _run(run: Any, into: Words) -> None:
    properties = run.find(W + "rPr")
    hidden, bold = on(properties, "vanish"), on(properties, "b")
    for child in seen(run):
        sign = SIGNS.get(child.tag)
        if child.tag == W + "t" or sign:
            text = sign or child.text or ""
            if hidden:
                into.hidden += text
            else:
                _add(into, text, bold)
        elif child.tag == W + "sym":
            _add(into, _symbol(child), bold)
        elif child.tag in (W + "footnoteReference", W + "endnoteReference"):
            into.notes.append((child.tag.removeprefix(W).removesuffix("Reference"), child.get(W + "id", "")))
        elif child.tag == W + "ruby":
            _ruby(child, into)
        elif child.tag in (W + "drawing", W + "pict", W + "object"):
            into.boxes.extend(_boxes(child))


def _boxes(element: Any) -> Iterable[Any]:
    """The contents of the text boxes in a drawing, outermost only, each once although it is stored for old Words too."""
    for child in seen(element):
        if child.tag == W + "txbxContent":
            yield child
        else:
            yield from _boxes(child)


def _gather(element: Any, into: Words) -> None:
    for child in seen(element):
        if child.tag == W + "r":
            _run(child, into)
        elif child.tag != W + "p":
            _gather(child, into)


def words(paragraph: Any) -> Words:
    """What ``paragraph`` (a ``w:p``) says."""
    into = Words()
    _gather(paragraph, into)
    return into
