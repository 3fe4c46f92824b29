"""A Python-Markdown extension for the edition's own marks: a link at each paragraph and heading with an id of ours."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_PARAGRAPH = re.compile(r"p(\d+)")
_HEADING = re.compile(r"s\d+(-\d+)*")
_TAGS = frozenset(("p", "h2", "h3", "h4", "h5", "h6"))


class ParagraphLinks(Treeprocessor):
    """Appends ``<a class="para-link" href="#p3">`` to what carries ``p3`` or ``s1-2``.

    The link has no text of its own (the style sheet draws its sign), so that copying or reading a paragraph gives the
    speech's words alone.
    """

    def run(self, root: ElementTree.Element) -> None:
        """Every paragraph and heading of the tree gets its link, in place."""
        for element in list(root.iter()):
            if element.tag in _TAGS and (name := label(element.get("id", ""))):
                anchor = f"#{element.get('id')}"
                ElementTree.SubElement(element, "a", {"class": "para-link", "href": anchor, "aria-label": name})


def label(anchor: str) -> str | None:
    """What a screen reader says of the link to ``anchor``; None when the anchor is none of ours.

    >>> label("p12"), label("s1-2"), label("_1")
    ('第12段的链接', '本标题的链接', None)
    """
    if number := _PARAGRAPH.fullmatch(anchor):
        return f"第{number[1]}段的链接"
    return "本标题的链接" if _HEADING.fullmatch(anchor) else None


class Marks(Extension):
    """``jianggao.marks`` in the list of Markdown extensions."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Run after attribute lists (8) and after MkDocs has looked at the links (0): ours need no looking at."""
        md.treeprocessors.register(ParagraphLinks(md), "jianggao_links", -10)


def makeExtension(**options: Any) -> Marks:  # noqa: N802 - the name is Python-Markdown's
    """The entry point that Python-Markdown looks for."""
    return Marks(**options)


def slug(text: str, separator: str) -> str:
    """An anchor for a heading of the handbook that keeps its Chinese words.

    >>> slug("一、怎样 提交？", "-")
    '一怎样-提交'
    """
    kept = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum() or c.isspace() or c in "-_")
    return separator.join(kept.lower().split())
