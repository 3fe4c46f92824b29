"""One file holds one or more speeches: where each begins, and which lines are its head.

A new speech begins where a title or a label (第三篇：…) stands among head lines and is borne out by a salutation, a byline
or the label itself. Every character of the lines given ends up in exactly one block of exactly one draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from jianggao.audit import Lines
from jianggao.model import Block, Draft, Line
from jianggao.rulebook import BYLINES, DATES, Form, Rulebook

HEAD_FORMS = ("subtitle", "label", "labelled", *BYLINES, *DATES)
MAX_HEAD = 10
SHORT = 60
MAX_REST = 12
"""Characters behind the date of a signature: 于县委礼堂, not the next item of the agenda."""


def _cut(line: Line, forms: Mapping[str, Form], first: bool) -> Iterable[Block]:
    """The blocks of one line."""
    text = line.text.strip(" \u3000")
    glued = forms["glued-title"].tail(text)
    if glued and glued.start("title") > 40:
        yield from _cut(Line(line.number, text[: glued.start("title")], line.zone), forms, first)
        yield Block(line.number, glued["title"])
        return
    call = forms["salutation"].match(text)
    if call:
        yield Block(line.number, call["call"].strip(), line.zone, salutation=True)
        if rest := text[call.end() :].strip(" \u3000"):
            yield Block(line.number, rest)
        return
    inner = _inner_call(text, forms)
    if inner:
        start, end = inner
        yield Block(line.number, text[:start].strip(" \u3000"), line.zone)
        yield Block(line.number, text[start:end].strip(), salutation=True)
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
    yield Block(line.number, text, line.zone)


def _inner_call(text: str, forms: Mapping[str, Form]) -> tuple[int, int] | None:
    """Where a salutation stands that is glued to a title, a byline or a date before it."""
    for m in re.finditer(r"(?:各位|尊敬的|同志们|同学们|老师们|朋友们)", text[:160]):
        prefix = text[: m.start()].strip(" \u3000")
        call = forms["salutation"].match(text[m.start() :])
        if call and prefix and any(forms[k].search(prefix) for k in ("title", *HEAD_FORMS)):
            return m.start(), m.start() + call.end()
    return None


class _Reader:
    def __init__(self, blocks: list[Block], book: Rulebook) -> None:
        self.blocks, self.forms = blocks, book.forms
        self.markers = [m.pattern for m in book.markers if m.rank <= 4]

    def form(self, block: Block, *names: str) -> bool:
        return any(self.forms[n].search(block.text) for n in names)

    def marker(self, block: Block) -> bool:
        return any(m.match(block.text) for m in self.markers)

    def title(self, block: Block) -> bool:
        return not block.salutation and not self.marker(block) and (block.zone == "title" or self.form(block, "title"))

    def headish(self, block: Block) -> bool:
        """Whether a block can be part of a head: a known form, or a short line without any mark of a sentence."""
        if block.salutation or block.text.startswith("〔"):
            return False
        if self.title(block) or self.form(block, *HEAD_FORMS):
            return True
        plain = len(block.text) <= SHORT and not re.search("[。；！？;!?：:]", block.text)
        return plain and not self.marker(block) and block.zone != "heading"

    def could_be_title(self, block: Block) -> bool:
        """A first line that is no sentence, when nothing better is there."""
        return (
            not block.salutation
            and len(block.text) <= SHORT
            and not re.search("[。；！？，]", block.text)
            and not self.marker(block)
        )

    def group(self, start: int) -> int:
        """End of the run of head blocks that begins at ``start``."""
        end = start
        while end < len(self.blocks) and end - start < MAX_HEAD and self.headish(self.blocks[end]):
            end += 1
        return end

    def begins(self, index: int) -> bool:
        """Whether a further speech begins at ``index``."""
        block = self.blocks[index]
        label = self.form(block, "label") and not block.salutation
        if not (label or self.title(block) or (self.form(block, "title-start") and not self.marker(block))):
            return False
        end = self.group(index)
        if end >= len(self.blocks) or not any(self.title(b) or self.form(b, "label") for b in self.blocks[index:end]):
            return False
        signed = any(self.form(b, "name-date", "byline", "byline-glued", *DATES) for b in self.blocks[index:end])
        return label or self.blocks[end].salutation or signed or block.zone == "title"


def _signs(reader: _Reader, block: Block) -> str:
    """What a line of a signature gives: ``date``, ``post``, ``name``, or nothing."""
    if reader.form(block, "closing") or block.salutation:
        return ""
    dated = reader.forms["date-line"].search(block.text)
    if dated and "月" in dated["date"] and len(dated["rest"]) <= MAX_REST:
        return "date"
    if reader.form(block, *BYLINES):
        return "post"
    return "name" if reader.form(block, "name-line") else ""


def _tail(reader: _Reader, body: list[Block]) -> int:
    """How many blocks at the end of ``body`` are a signature: name, post, date. A name alone proves nothing."""
    signs: list[str] = []
    while len(signs) < min(4, len(body) - 1) and (sign := _signs(reader, body[-1 - len(signs)])):
        signs.append(sign)
    return len(signs) if {"date", "post"} & set(signs) else 0


def split(lines: Lines, book: Rulebook) -> tuple[Draft, ...]:
    """The speeches of a file in order; at least one when any line has text."""
    blocks: list[Block] = []
    for line in lines:
        if line.text.strip(" \u3000"):
            blocks.extend(b for b in _cut(line, book.forms, not blocks) if b.text)
    if not blocks:
        return ()
    reader = _Reader(blocks, book)
    starts, index = [0], max(1, reader.group(0))
    while index < len(blocks):
        if reader.begins(index):
            starts.append(index)
            index = max(index + 1, reader.group(index))
        else:
            index += 1
    drafts = []
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        cut = min(reader.group(start), end)
        head, body = blocks[start:cut], blocks[cut:end]
        if body and not any(reader.title(b) or reader.form(b, *HEAD_FORMS) for b in head) and len(head) > 2:
            head, body = head[:1], head[1:] + body  # short lines, but nothing says that they are a head
        if not body:
            head, body = head[:1], head[1:]
        if not head and len(body) > 1 and reader.could_be_title(body[0]):
            head, body = body[:1], body[1:]
        tail = _tail(reader, body)
        drafts.append(Draft(tuple(head), tuple(body[: len(body) - tail]), tuple(body[len(body) - tail :])))
    return tuple(drafts)
