"""Who, as what, when and where: the head of a speech being filled from its byline lines.

Every line that gives a field is claimed once, and the claim is its evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import dates
from .model import Block, Fact, Source
from .rulebook import DATES, Rulebook

MASK = re.compile("[×XＸ*＊_某]+")
SPACES = re.compile(r"[\s\u3000]+")
EVENT = re.compile(r"在(?P<o>[^。；，]{4,60}(?:会议?|大会|仪式|活动|班|论坛|典礼))")
SPEAKER_KEYS = ("讲话人", "致辞人", "发言人", "作者", "主讲人", "发布机关")
FORMS = ("name-date", *DATES, "byline", "byline-glued", "byline-reversed", "role-line")


@dataclass(slots=True)
class Head:
    """What a head told. ``left_above`` and ``left_below`` are blocks that nothing claimed: they stay in the text."""

    title: str | None = None
    subtitle: str | None = None
    speaker: str | None = None
    role: str | None = None
    date: str | None = None
    place: str | None = None
    occasion: str | None = None
    kind: str | None = None
    source: Source = field(default_factory=Source)
    stated_chars: int | None = None
    left_above: list[Block] = field(default_factory=list)
    left_below: list[Block] = field(default_factory=list)
    evidence: list[Fact] = field(default_factory=list)


def claim(head: Head, block: Block, kind: str, rule: str, value: str | None = None) -> None:
    head.evidence.append(Fact(kind, block.text if value is None else value, block.line, rule))


def set_date(head: Head, value: str | None) -> None:
    """The more exact date wins; the first one among equals."""
    if value and (head.date is None or len(value) > len(head.date)):
        head.date = value


def plain_name(text: str) -> str:
    """A name without the spaces that set it off (李　强). A mask such as ××× names nobody and gives nothing."""
    name = SPACES.sub("", text)
    return "" if MASK.fullmatch(name) else name


def labelled(head: Head, block: Block, book: Rulebook) -> bool:
    """讲话人：… 时间：… 地点：…: True when the block is such a line."""
    m = book.forms["labelled"].search(block.text)
    if not m:
        return False
    key, value = m["key"], m["value"].strip()
    if key in SPEAKER_KEYS:
        named = book.forms["byline"].search(value)
        if named:
            head.role, head.speaker = head.role or named["role"], head.speaker or plain_name(named["name"]) or None
        elif book.forms["name-line"].search(value):
            head.speaker = head.speaker or plain_name(value) or None
        else:
            head.role = head.role or value
    elif "时间" in key or key == "日期":
        set_date(head, dates.find(value))
    elif "地点" in key:
        head.place = head.place or value
    else:
        head.occasion = head.occasion or value
    claim(head, block, "byline", "form/labelled")
    return True


def signed(head: Head, block: Block, book: Rulebook) -> bool:
    """Post and name, name and date, a date alone, a post alone: True when one of these forms claims the block."""
    for name in FORMS:
        m = book.forms[name].search(block.text)
        if not m:
            continue
        said = {k: v.strip() for k, v in m.groupdict().items() if v}
        head.speaker = head.speaker or plain_name(said.get("name", "")) or None
        head.role = head.role or said.get("role")
        set_date(head, dates.find(said.get("date", "")))
        if name == "date-line" and (event := EVENT.search(said.get("rest", ""))):
            head.occasion = head.occasion or event["o"]
        claim(head, block, "date" if name in DATES else "byline", f"form/{name}")
        return True
    return False


def named(head: Head, block: Block, book: Rulebook) -> bool:
    """A name alone on its line; only the first one counts."""
    if head.speaker or not book.forms["name-line"].search(block.text):
        return False
    head.speaker = plain_name(block.text)
    claim(head, block, "byline", "form/name-line")
    return True
