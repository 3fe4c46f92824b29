"""What the paragraph styles of a Word document say: headings, titles, contents, and lists that paragraphs take part in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .docx_numbering import VAL, W

HEADING = re.compile(r"(?:heading|标题)\s*\d", re.IGNORECASE)
TITLE = re.compile(r"(?:title|标题|文档标题|公文标题)", re.IGNORECASE)
CONTENTS = re.compile(r"(?:toc|(?:WPSOffice手动)?目录)\s*(?P<level>\d|heading|标题)", re.IGNORECASE)
MAX_BASED = 20
"""Steps from a style to the one it is based on; Word itself allows ten or so."""


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style, with what it takes over from the style it is based on."""

    name: str = ""
    list_id: str = ""
    list_level: int | None = None
    outlined: bool = False
    heading: bool = False
    title: bool = False
    contents: str = ""


def styles(root: Any | None) -> dict[str, Style]:
    """All paragraph styles by their id."""
    if root is None:
        return {}
    elements = {e.get(W + "styleId", ""): e for e in root.findall(W + "style")}
    made: dict[str, Style] = {}

    def style(key: str, depth: int) -> Style:
        if key not in made and key in elements:
            element = elements[key]
            based = element.find(W + "basedOn")
            base = style(based.get(VAL, ""), depth + 1) if based is not None and depth < MAX_BASED else Style()
            made[key] = _style(element, base)
        return made.get(key, Style())

    for key in elements:
        style(key, 0)
    return made


def _style(element: Any, base: Style) -> Style:
    found = element.find(W + "name")
    name = "" if found is None else str(found.get(VAL, "")).strip()
    properties = element.find(W + "pPr")
    list_id, list_level = list_of(properties)
    toc = CONTENTS.fullmatch(name)
    return Style(
        name=name,
        list_id=list_id if list_id is not None else base.list_id,
        list_level=list_level if list_level is not None else base.list_level,
        outlined=outlined(properties, base.outlined),
        heading=bool(HEADING.match(name)) or (base.heading and not toc),
        title=bool(TITLE.fullmatch(name)) or base.title,
        contents=toc["level"] if toc else base.contents,
    )


def list_of(properties: Any) -> tuple[str | None, int | None]:
    """(list, level) that paragraph properties name; None for what they leave open."""
    named = properties.find(W + "numPr") if properties is not None else None
    if named is None:
        return None, None
    list_id, level = named.find(W + "numId"), named.find(W + "ilvl")
    found = level.get(VAL, "") if level is not None else ""
    return (
        None if list_id is None else str(list_id.get(VAL, "")),
        int(found) if re.fullmatch(r"\d", found) else None,
    )


def outlined(properties: Any, default: bool) -> bool:
    level = properties.find(W + "outlineLvl") if properties is not None else None
    return default if level is None else level.get(VAL, "9") in "012345678"
