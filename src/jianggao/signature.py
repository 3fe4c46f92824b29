"""The signature below a speech: name, post, date, in lines of their own. What is not surely one stays in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .layout import is_body
from .model import Block
from .rulebook import BYLINES, Form

MAX_SIGNS = 6
"""Lines of a signature: note, two offices, name, post, date."""
MAX_UNITS, MAX_BELOW = 2, 5
"""Offices of a signature; lines of the page below its date."""
LISTS = re.compile("名单|下列|以下|如下|单位[。：]?$")
"""The line above offices that are named, not signing: 县委决定表彰下列单位。"""
MAX_REST = 12
"""Characters behind the date of a signature: 于县委礼堂."""
PAGE_DAY = re.compile("香港时间")
"""Words that make a day below the text that of the page."""
WHERE = re.compile(
    "于(?:(?![中里上下])[\u3400-\u9fff]){2,5}|(?:星期|周)[一二三四五六日天]|[上下]午|晚上?"
    "|[^全各\\W]{1,6}[省市县区镇乡]"
)
"""What may stand behind the date of a signature beside a place: it was said or written there, on that weekday."""
ENDED = re.compile("[。！!？?…”’）)】〕]\\s*$|^(?:此致|敬礼|敬上)$")
LEADS_ON = re.compile("[：:、，,；;]\\s*$")
"""The end of a line that goes on below: what follows is a list, no signature."""
Forms = Mapping[str, Form]


def sign(block: Block, forms: Forms) -> str:
    """What a line of a signature gives, or nothing: ``date``, ``dated`` (name and date), ``byline`` (name and post), ``post``,
    ``name``, ``note``, ``unit``."""
    text = block.text
    if block.salutation or forms["closing"].search(text) or re.search("[！!。；？?]", text):
        return ""
    dated = forms["date-line"].search(text)
    if dated and "月" in dated["date"] and _place(dated["rest"], forms):
        return "date"
    for form in BYLINES:
        if found := forms[form].search(text):
            said = {k.rstrip("23") for k, v in found.groupdict().items() if v}
            return "dated" if {"name", "date"} <= said else "byline" if "name" in said else "post"
    if forms["note-line"].search(text):
        return "note"
    if forms["unit-line"].search(text):
        return "unit"
    return "name" if forms["name-line"].search(text) else ""


def _place(rest: str, forms: Forms) -> bool:
    rest = rest.strip("，, \u3000（(）)")
    return len(rest) <= MAX_REST and bool(not rest or WHERE.fullmatch(rest) or forms["place-line"].search(rest))


def tail(body: Sequence[Block], forms: Forms) -> int:
    """How many blocks at the end of ``body`` are a signature.

    A date alone is one; a post with its name is one below a date or below a text that has ended; a name or a post alone
    proves nothing. Two names are a list, and so is whatever stands below a line that leads on (名单如下：).
    """
    below = _below_date(body, forms)
    rest = body[: len(body) - below]
    signs: list[str] = []
    while len(signs) < min(MAX_SIGNS, len(rest) - 1) and (told := sign(rest[-1 - len(signs)], forms)):
        signs.append(told)
    if not signs or LEADS_ON.search(rest[-1 - len(signs)].text):
        return 0
    dates = sum(s in ("date", "dated") for s in signs)
    if dates > 1:
        return 0
    if sum(s in ("byline", "dated", "name") for s in signs) > 1 or signs.count("post") > 1:
        signs = signs[:1] if signs[0] == "date" else []
    if signs.count("unit") > MAX_UNITS or ("unit" in signs and LISTS.search(rest[-1 - len(signs)].text)):
        signs = signs[: signs.index("unit")]  # offices in a row are a list of those who are named
    if dates and signs:
        return len(signs) + below
    posted = "byline" in signs or {"post", "name"} <= set(signs)
    return len(signs) if posted and ENDED.search(rest[-1 - len(signs)].text) else 0


def _below_date(body: Sequence[Block], forms: Forms) -> int:
    """How many short lines of the page stand below the date of a signature."""
    for count, block in enumerate(reversed(body[-MAX_BELOW:])):
        if sign(block, forms) == "date" or forms["name-date"].search(block.text):
            return count
        if block.salutation or is_body(block.text) or block.text[-1] in "。！!？”" or PAGE_DAY.search(block.text):
            break
    return 0
