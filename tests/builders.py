"""Tiny builders that keep a test to what matters: ``speech(...)`` and ``corpus(...)`` fill in everything else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from jianggao.corpus import Corpus
from jianggao.model import Change, Heading, Paragraph, Problem, Reading, Speech


@dataclass(frozen=True, slots=True)
class Head:
    """A heading on its own line; ``level`` counts from 1, ``closing`` is the mark that the outline drops (。：)."""

    text: str
    level: int = 1
    number: str = ""
    closing: str = ""


@dataclass(frozen=True, slots=True)
class RunIn:
    """A run-in heading 段首小标题: ``text`` opens a paragraph that goes on with ``rest``, its closing mark first."""

    text: str
    rest: str
    level: int = 1
    number: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A heading that only the source's own 目录 lists."""

    text: str
    level: int = 1
    number: str = ""


Item = str | Head | RunIn | Listed


def _heading_id(levels: list[int], level: int) -> str:
    """Count ``levels`` up at ``level`` (from 1) and say the id, ``s1-2`` for the second child of the first heading."""
    while len(levels) < level:
        levels.append(0)
    del levels[level:]
    levels[level - 1] += 1
    return "s" + "-".join(str(n or 1) for n in levels)


def speech(*items: Item, id: str = "2024-00000001", title: str = "在全县工作会议上的讲话", **fields: Any) -> Speech:
    """A speech of these paragraphs. Ids count as in the edition: ``p1``… for text, ``s1-2``… for headings.

    >>> speech("同志们：", Head("一、抓落实"), RunIn("一是抓人。", "人要够。", level=2)).text
    '同志们：\\n一、抓落实\\n一是抓人。人要够。'
    """
    paragraphs: list[Paragraph] = []
    outline: list[Heading] = []
    levels: list[int] = []
    texts = 0
    for line, item in enumerate(items, start=1):
        at = len(paragraphs)
        if isinstance(item, str):
            texts += 1
            kind = "salutation" if item.endswith("：") and len(item) < 20 else "text"
            paragraphs.append(Paragraph(f"p{texts}", item, line, kind))  # type: ignore[arg-type]
            continue
        anchor = _heading_id(levels, item.level)
        if isinstance(item, Listed):
            outline.append(Heading(item.level, item.number, item.text, anchor, line, attested="contents"))
            continue
        entry = Heading(item.level, item.number, item.text, anchor, line, paragraph=at, end=len(item.text))
        outline.append(entry)
        if isinstance(item, Head):
            paragraphs.append(Paragraph(anchor, item.text + item.closing, line, "heading"))
        else:
            texts += 1
            paragraphs.append(Paragraph(f"p{texts}", item.text + item.rest, line))
    whole = Speech(id=id, file=f"{id}.txt", title=title, paragraphs=tuple(paragraphs), outline=tuple(outline))
    return replace(whole, **fields)


def reading(*speeches: Speech, file: str | None = None, changes: Iterable[Change] = (), **fields: Any) -> Reading:
    """One raw file that gave these speeches."""
    name = file or (speeches[0].file if speeches else "empty.txt")
    facts: dict[str, Any] = {"format": "txt", "encoding": "utf-8", "script": "simplified"} | fields
    return Reading(file=name, speeches=speeches, changes=tuple(changes), **facts)


def corpus(*speeches: Speech, problems: Iterable[Problem] = (), root: str = "speeches") -> Corpus:
    """An archive with one raw file a speech."""
    return Corpus(root=root, readings=tuple(reading(s) for s in speeches), problems=tuple(problems))
