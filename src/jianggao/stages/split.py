"""One file holds one or more speeches: where each begins, and which lines are its head.

A new speech begins where a title or a label (第三篇：…) stands among head lines and is borne out by a salutation, a byline
or the label itself. What has neither prose nor a salutation (a table of contents, a preview) is no speech and goes to the
one below it. Every character of the lines given ends up in exactly one block of exactly one draft.
"""

from __future__ import annotations

import re

from jianggao.audit import Lines
from jianggao.heads import HEAD_FORMS, cut
from jianggao.layout import is_body
from jianggao.model import Block, Draft
from jianggao.rulebook import BYLINES, DATES, Rulebook
from jianggao.signature import sign
from jianggao.signature import tail as signature
from jianggao.words import bare

MAX_HEAD = 10
SHORT = 60
MAX_HEADLINES = 4
"""Lines without any form that may stand above a salutation as the headlines of a speech."""
PREVIEW = 200
"""A piece shorter than this (characters), without salutation, is a preview of the next one when both have one title."""
TORN_CALL = re.compile("^(?:尊敬|敬爱|亲爱|各位).{0,40}(?:[，、,]|的|各位)$")
"""The upper line of a salutation in two lines."""
MAX_FOREWORD = 5
"""Lines between a title and the salutation that are neither: buttons of a page, a reporter's sentences."""
FULL_TEXT = re.compile("^(?!.*(?:传达|我|同志们)).*全文(?:为|如下|是)?\\s*[：:]\\s*$")
MAX_TITLE = 200
"""Longest block (characters) that is tried as a title or a label."""
STOPPED = re.compile("(?:讲话|致辞|致词|发言|演讲|报告)(?:稿|材料)?。$")
AGAIN = 20
"""Characters that a preview and the text below it must share at least."""
LATE = 12
"""Blocks at the top of a file among which the first title may stand below what a page put there."""
SURE_TITLE = re.compile("^在[^，。；：]{4,60}(?:上的(?:讲话|致辞|致词|发言|报告|点评|演讲)|会上(?:讲话|演讲))。?$")
NUMBERED = re.compile(
    r"^\s*(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[、．.]|[（(]\d{1,2}[）)])\s*(?P<rest>\S.{3,60})$"
)
BARE_NUMBER = re.compile(r"^\s*[（(【]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[）)】]\s*$")
OF_ONE = re.compile("^\\s*第\\s*[一二三四五六七八九十0-9]{1,3}\\s*篇\\s*[：:、 \u3000]?\\s*[\u3400-\u9fff]{2,8}$")
"""The heading of a part that one speech calls 第一篇: 第二篇：团结."""


class _Reader:
    def __init__(self, blocks: list[Block], book: Rulebook) -> None:
        self.blocks, self.forms = blocks, book.forms
        self.markers = [m.pattern for m in book.markers if m.rank <= 4]
        self.numbered = {b for i, b in enumerate(blocks) if self._numbered(i, b)}

    def _numbered(self, index: int, block: Block) -> bool:
        """A title with its number in a compilation (2、在某会上的讲话): only a salutation right below tells it from a heading."""
        if block.salutation or index + 1 == len(self.blocks):
            return False
        found = NUMBERED.match(block.text) if len(block.text) <= SHORT + 8 else None
        if not self.blocks[index + 1].salutation:  # the first line of all may have a number too: 1、在某会上的讲话
            return not index and bool(found and SURE_TITLE.match(found["rest"]))
        return bool(found and self.forms["title"].search(found["rest"]))

    def form(self, block: Block, *names: str) -> bool:
        return any(self.forms[n].search(block.text) for n in names)

    def marker(self, block: Block) -> bool:
        return any(m.match(block.text) for m in self.markers)

    def title(self, block: Block) -> bool:
        text = block.text
        if block.salutation or len(text) > MAX_TITLE or (len(text) > SHORT and text[-1] in "！？；，”"):
            return False
        if text[-1] == "。" and block.zone != "title" and not STOPPED.search(text[-12:]):
            return False
        if self.marker(block) and block not in self.numbered:
            return False
        return block.zone == "title" or block in self.numbered or self.form(block, "title")

    def headish(self, block: Block) -> bool:
        """Whether a block can be part of a head: a known form, or a short line without any mark of a sentence."""
        if block.salutation or block.text.startswith("〔") or TORN_CALL.search(block.text):
            return False
        if self.title(block) or self.form(block, *HEAD_FORMS):
            return True
        plain = len(block.text) <= SHORT and not re.search("[。；！？;!?：:]", block.text)
        return plain and not self.marker(block) and block.zone != "heading"

    def could_be_title(self, block: Block) -> bool:
        """A first line that is no sentence, when nothing better is there; not a menu, a label or a list."""
        return (
            not block.salutation
            and block.text[0] != "〔"
            and len(block.text) <= SHORT
            and not re.search("[。；！？，]|[：:]\\s*$|(?:\\S+[ \u3000]+){3}", block.text)
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
        if len(block.text) > MAX_TITLE:
            return False
        label = self.form(block, "label") and not block.salutation
        if not block.salutation and BARE_NUMBER.match(block.text):
            return index + 1 < len(self.blocks) and self.blocks[index + 1].salutation
        if not (label or self.title(block) or (self.form(block, "title-start") and not self.marker(block))):
            return False
        end = self.group(index)
        if end >= len(self.blocks) or not any(self.title(b) or self.form(b, "label") for b in self.blocks[index:end]):
            return False
        signed = any(self.form(b, "name-date", "byline", "byline-glued", *DATES) for b in self.blocks[index:end])
        label = label or bool(re.search("[稿话辞词][（(][一二三四五六七八九十]{1,3}[）)]\\s*[：:]?\\s*$", block.text))
        return label or self.blocks[end].salutation or signed or block.zone == "title" or self.stands_alone(index, end)

    def stands_alone(self, index: int, end: int) -> bool:
        """A title in full between the end of one text and the prose of the next: enough without byline and salutation."""
        before, behind = self.blocks[index - 1], self.blocks[end]
        ended = self.form(before, "closing") or (is_body(before.text) and before.text[-1] in "。！!”")
        return end == index + 1 and ended and is_body(behind.text) and bool(SURE_TITLE.match(self.blocks[index].text))

    def late_title(self, start: int, end: int) -> int:
        """End of the head that begins at ``start``: ``end``, or further down where the first title stands below what a
        page put above it."""
        if any(self.form(b, "title", "label") for b in self.blocks[start:end]):
            return end
        for index in range(end, min(len(self.blocks), start + LATE)):
            block = self.blocks[index]
            if block.salutation or (is_body(block.text) and not self.form(block, "preface")):
                return end
            if self.title(block):
                return self.group(index)
        return end

    def prose(self, start: int, end: int) -> bool:
        """Whether blocks hold a speech: a salutation, the mark of a hole, a paragraph, or many short ones."""
        blocks = self.blocks[start:end]
        if any(b.salutation or b.text.startswith("〔") for b in blocks):
            return True
        if any(is_body(b.text) and not self.form(b, "preface") for b in blocks):
            return True
        return sum(len(b.text) for b in blocks if not self.headish(b)) >= PREVIEW

    def preview(self, start: int, end: int, behind: int) -> bool:
        """Whether the piece from ``start`` to ``end`` only announces the one that begins at ``behind``."""
        blocks = self.blocks[start:end]
        if self.said_again(blocks, self.blocks[self.group(behind) :]):
            return True
        if any(b.salutation for b in blocks) or sum(len(b.text) for b in blocks) > PREVIEW + 2 * SHORT:
            return False
        own = {bare(b.text) for b in blocks if self.title(b)}
        return any(self.title(b) and bare(b.text) in own for b in self.blocks[behind : self.group(behind)])

    def said_again(self, blocks: list[Block], behind: list[Block]) -> bool:
        """Whether the text of ``blocks``, but for its last character, is how the text of the next piece begins."""
        mine = bare(
            "".join(b.text for b in blocks if not (b.salutation or self.title(b) or self.form(b, *HEAD_FORMS)))
        )[:-1]
        rest = bare("".join(b.text for b in behind[:4] if not b.salutation)) if AGAIN <= len(mine) <= PREVIEW else ""
        return bool(rest) and rest.startswith(mine)

    def foreword(self, end: int) -> int:
        """End of the head that ends at ``end``, or of what a page or an editor put between it and the salutation."""
        prose = False
        told = end
        for index in range(end, min(len(self.blocks), end + MAX_FOREWORD)):
            block = self.blocks[index]
            if block.salutation:
                return told if prose and not self.form(self.blocks[index - 1], "preface") else index
            if (self.form(block, "preface") and FULL_TEXT.search(block.text)) or (
                not prose and self.form(block, "labelled", *BYLINES, *DATES)
            ):
                told = index + 1
            if self.marker(block) or block.text.startswith("〔") or block.zone == "heading":
                break
            prose = prose or is_body(block.text)
        return max(told, self.group(told)) if told > end else end

    def own_post(self, index: int, floor: int) -> int:
        """``index`` of a title, or of what belongs to it right above: 市长 above 在某会上的致辞, a headline above a subtitle."""
        above = index - 1
        if above > floor and self.form(self.blocks[index], "subtitle"):
            text = self.blocks[above].text
            return (
                above
                if self.headish(self.blocks[above]) and not sign(self.blocks[above], self.forms) and len(text) > 3
                else index
            )
        if (
            above <= floor
            or not self.blocks[index].text.startswith("在")
            or not self.form(self.blocks[above], "role-line")
        ):
            return index
        signature = sign(self.blocks[above - 1], self.forms) or self.blocks[above].salutation
        return index if signature else above


def _starts(reader: _Reader) -> list[tuple[int, int]]:
    """For each speech where it begins and where its head ends."""
    count = len(reader.blocks)
    pieces = [(0, reader.foreword(reader.late_title(0, reader.group(0))))]
    index = max(1, pieces[0][1])
    while index < count:
        if reader.begins(index):
            start = pieces[-1][0]
            announced = not reader.prose(start, index) or reader.preview(start, index, index)
            end = reader.foreword(max(index + 1, reader.group(index)))
            begin = reader.own_post(index, pieces[-1][1])
            pieces[-1:] = [(start, end)] if announced else [pieces[-1], (begin, end)]
            index = end
        else:
            index += 1
    return _united(reader, pieces)


def _united(reader: _Reader, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """``pieces``, or one speech where they are only its parts: each headed 第几篇 and a few words below the first title, and
    none with a salutation, byline, closing or title of its own."""
    blocks = reader.blocks
    start, end = pieces[0]
    first = next((i for i in range(start, end) if OF_ONE.match(blocks[i].text)), None)
    heads = [p for p in pieces[1:] if OF_ONE.match(blocks[p[0]].text)]
    if first == start or len(heads) < len(pieces) - 1 or len(heads) + (first is not None) < 2:
        return pieces
    ends = [p[0] for p in pieces[1:]]
    own = ("title", "closing", *BYLINES)
    parts = [*([(first, end)] if first is not None else []), *heads]
    for begin, top in parts:
        last = next((e for e in ends if e > begin), len(blocks))
        called = top < len(blocks) and blocks[top].salutation
        closed = last < len(blocks) and reader.form(blocks[last - 1], *own)
        if called or closed or any(reader.form(b, *own) for b in blocks[begin:top]):
            return pieces
    return [(start, end if first is None else first)]


def _repeated(head: list[Block], body: list[Block], reader: _Reader) -> list[Block]:
    """``body`` with the title cut off that its first line says again, glued to the first sentence."""
    if not body or body[0].salutation:
        return body
    text = body[0].text
    for title in (b.text for b in head if reader.title(b) and len(b.text) >= 8):
        at = text.find(title, 0, SHORT + len(title))
        said = text[: at + len(title)]
        if 0 <= at <= 12 and len(said) < len(text) and reader.form(Block(0, said), "title"):
            head.append(Block(body[0].line, said))
            return [Block(body[0].line, text[len(said) :].strip(" \u3000")), *body[1:]]
    return body


def split(lines: Lines, book: Rulebook) -> tuple[Draft, ...]:
    """The speeches of a file in order; at least one when any line has text."""
    blocks: list[Block] = []
    top = True
    for line in lines:
        if line.text.strip(" \u3000"):
            blocks.extend(b for b in cut(line, book.forms, top) if b.text)
            top = top and not is_body(line.text)
    if not blocks:
        return ()
    reader = _Reader(blocks, book)
    pieces = _starts(reader)
    ends = [start for start, _ in pieces[1:]] + [len(blocks)]
    return tuple(_draft(reader, start, cut, end) for (start, cut), end in zip(pieces, ends, strict=True))


def _draft(reader: _Reader, start: int, cut: int, end: int) -> Draft:
    cut = min(cut, end)
    head, body = reader.blocks[start:cut], reader.blocks[cut:end]
    called = bool(body) and body[0].salutation and len(head) <= MAX_HEADLINES
    if body and not called and not any(reader.title(b) or reader.form(b, *HEAD_FORMS) for b in head) and len(head) > 2:
        head, body = head[:1], head[1:] + body  # short lines, but nothing says that they are a head
    if not body:
        head, body = head[:1], head[1:]
    if not head and len(body) > 1 and reader.could_be_title(body[0]):
        head, body = body[:1], body[1:]
    body = _repeated(head, body, reader)
    tail = signature(body, reader.forms)
    return Draft(tuple(head), tuple(body[: len(body) - tail]), tuple(body[len(body) - tail :]))
