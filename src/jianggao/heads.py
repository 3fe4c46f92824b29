"""Lines in which a head stands in one run, cut into blocks: title, byline, date, salutation, the next piece's title.

Every character of a line is in exactly one of its blocks, but for the spaces at their ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice

from .model import Block, Line
from .rulebook import BYLINES, DATES, NOTES, Form

HEAD_FORMS = ("subtitle", "label", "labelled", *BYLINES, *DATES, *NOTES)
"""Forms of lines that can stand in the head of a speech beside its title."""
MAX_GLUED = 160
"""Characters at the start of a line in which a head and a salutation can be glued to one another."""
MAX_CLOSERS = 4
"""Words such as 讲话 at which a run is tried: the title is said early."""
CALLS = re.compile("(?:各位|尊敬的|敬爱的|亲爱的|同志们|同学们|老师们|朋友们|女士们)")
CLOSERS = re.compile(
    "(?:讲话|致辞|致词|发言|报告|点评|党课|主持词|演讲|贺词|祝词|讲稿)(?:稿|材料|摘要)?(?:[（(][^（）()]{1,10}[）)])?\\d{0,2}"
)
DOUBLED = re.compile(
    r"^.{0,14}?(?P<t>[^。；]{8,60}?(?:讲话|致辞|致词|发言|报告)稿?)(?:[（(][^（）()]{1,10}[）)])?\s*(?P<again>(?P=t)\d{0,2})$"
)
Forms = Mapping[str, Form]


def cut(line: Line, forms: Forms, first: bool) -> Iterable[Block]:
    """The blocks of one line; ``first`` when it is the first of the file."""
    text = line.text.strip(" \u3000")
    glued = forms["glued-title"].tail(text)
    if glued and glued.start("title") > 40:
        yield from cut(Line(line.number, text[: glued.start("title")], line.zone), forms, first)
        yield Block(line.number, glued["title"])
        return
    start, end = _call(text, forms)
    if end:
        for piece in _pieces(text[:start].strip(" \u3000"), forms):
            yield Block(line.number, piece, line.zone)
        yield Block(line.number, text[start:end].strip(), "" if start else line.zone, salutation=True)
        if rest := text[end:].strip(" \u3000"):
            yield Block(line.number, rest)
        return
    if (
        first
        and (space := re.match(r"^(?P<title>[^。；，]{6,80}?)[ \u3000]+(?P<rest>.{60,})$", text))
        and forms["title"].search(space["title"])
    ):
        yield Block(line.number, space["title"], line.zone)
        yield Block(line.number, space["rest"])
        return
    for piece in _pieces(text, forms) if len(text) <= MAX_GLUED and CLOSERS.search(text) else (text,):
        yield Block(line.number, piece, line.zone)


def _call(text: str, forms: Forms) -> tuple[int, int]:
    """Where the salutation of a line begins and ends: at its start, or glued to a title, a byline or a date. (0, 0) when
    there is none."""
    if call := forms["salutation"].match(text):
        return 0, call.end()
    for m in CALLS.finditer(text[:MAX_GLUED]):
        prefix = text[: m.start()].strip(" \u3000")
        call = forms["salutation"].match(text[m.start() :])
        if call and prefix and _is_head(prefix, forms):
            return m.start(), m.start() + call.end()
    return 0, 0


def _is_head(text: str, forms: Forms) -> bool:
    """Whether ``text`` is head lines glued to one another, or one of them; a title may stand in brackets (【某会致辞】)."""
    inner = text[1:-1] if text[0] in "【《" and text[-1] in "】》" else text
    return any(forms[k].search(inner) for k in ("title", *HEAD_FORMS)) or len(_pieces(text, forms)) > 1


def _pieces(text: str, forms: Forms, deep: bool = True) -> list[str]:
    """Title, byline and date that stand in one run, each by itself; ``[text]`` when they cannot be told apart."""
    if not text:
        return []
    if twice := DOUBLED.match(text):
        return [text[: twice.start("again")].strip(), twice["again"]]
    if any(forms[k].search(text) for k in ("title", *HEAD_FORMS)):
        return [text]
    for m in islice(CLOSERS.finditer(text), MAX_CLOSERS):
        first, rest = text[: m.end()].strip(), text[m.end() :].strip(" \u3000")
        if rest and forms["title"].search(first) and (side := _side(rest, forms, deep)):
            return [first, *side]
    return [text]


def _side(rest: str, forms: Forms, deep: bool) -> list[str]:
    """What stands behind a title in the same run: a bracket, a byline, a date, the title again. Empty when it is prose."""
    if len(rest) > MAX_GLUED:
        return []
    bracket = re.match(r"[（(][^（）()]{4,40}[）)]", rest)
    if bracket and bracket.end() < len(rest):
        behind = _side(rest[bracket.end() :].strip(" \u3000"), forms, deep)
        if behind and any(forms[k].search(bracket[0]) for k in HEAD_FORMS):
            return [bracket[0], *behind]
    if any(forms[k].search(rest) for k in (*HEAD_FORMS, "title")):
        return [rest]
    pieces = _pieces(rest, forms, deep=False) if deep else [rest]
    return pieces if len(pieces) > 1 else []
