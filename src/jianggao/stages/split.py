"""One file holds one or more speeches: where each begins, and which lines are its head.

A new speech begins where a title or a label (第三篇：…) stands among head lines and is borne out by a salutation, a byline
or the label itself, or where the title of a collection says how many there are. What has neither prose nor a salutation
(a table of contents, a preview) is no speech and goes to the one below it. Every character of the lines given ends up in
exactly one block of exactly one draft.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from jianggao.audit import Lines
from jianggao.dates import chinese_number
from jianggao.dress import is_title
from jianggao.heads import HEAD_FORMS, cut
from jianggao.layout import is_body
from jianggao.model import Block, Draft, Fact
from jianggao.rulebook import BYLINES, DATES, Rulebook
from jianggao.series import marked
from jianggao.signature import tail as signature
from jianggao.starts import SHORT, Reader

MAX_HEADLINES = 4
"""Lines without any form that may stand above a salutation as the headlines of a speech."""
MAX_NUMBER = 6
"""Characters of a label that is nothing but the number of a piece."""
OF_ONE = re.compile("^\\s*第\\s*[一二三四五六七八九十0-9]{1,3}\\s*篇\\s*[：:、 \u3000]?\\s*[\u3400-\u9fff]{1,8}$")
"""The heading of a part that one speech calls 第一篇: 第二篇：团结."""


def _starts(reader: Reader) -> list[tuple[int, int]]:
    """For each speech where it begins and where its head ends."""
    count = len(reader.blocks)
    pieces = [(0, reader.foreword(reader.late_title(0, reader.group(0))))]
    index = max(1, pieces[0][1])
    while index < count:
        if reader.begins(index):
            start = pieces[-1][0]
            announced = not reader.prose(start, index) or reader.preview(start, index, index)
            announced = announced or (reader.labelled(index) and reader.introduced(start, index))
            end = reader.foreword(max(index + 1, reader.group(index)))
            begin = reader.own_post(index, pieces[-1][1])
            if reader.stray(start, index, end):
                pieces = [(begin, end)]
            else:
                pieces[-1:] = [(start, end)] if announced else [pieces[-1], (begin, end)]
            index = end
        else:
            index += 1
    if len(pieces) > 1 and _only_heads(reader, pieces[-1][0]):
        pieces.pop()
    return _counted(reader, _united(reader, pieces))


def _only_heads(reader: Reader, start: int) -> bool:
    """Whether nothing but titles and labels stands from ``start`` to the end of the file: a list of other texts."""
    sentence = any(b.text[-1] in "。！!" for b in reader.blocks[start:])
    return not sentence and not reader.prose(start, len(reader.blocks))


def _counted(reader: Reader, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """``pieces``, or those that begin with the salutations, where the title says how many there are (致辞三则) and just so
    many salutations stand in the file, or stand behind words of thanks."""
    blocks = reader.blocks
    counts = (reader.forms["collection"].search(b.text) for b in blocks[: pieces[0][1]])
    number = next((chinese_number(m["n"].replace("两", "二")) for m in counts if m and m["n"]), 0)
    if len(pieces) >= number:
        return pieces
    calls = [i for i, b in enumerate(blocks) if b.salutation]
    tops = [_top(reader, before, i) for before, i in zip([0, *calls], calls, strict=False)]
    if len(calls) != number:
        ended = [n for n, top in enumerate(tops) if not n or reader.closed(top)]
        calls, tops = [calls[n] for n in ended], [tops[n] for n in ended]
    if len(calls) != number:
        return pieces
    return [pieces[0] if calls[0] >= pieces[0][1] else (0, calls[0]), *zip(tops[1:], calls[1:], strict=True)]


def _top(reader: Reader, before: int, call: int) -> int:
    """Where the head above the salutation at ``call`` begins: its short lines, down from what ends the text above."""
    top = call
    while top - 1 > before and call - top < MAX_HEADLINES and reader.in_head(top - 1):
        if reader.form(reader.blocks[top - 1], "closing") or reader.blocks[top - 1].text[-1] in "，、！":
            break
        top -= 1
    return top - (top - 1 > before and reader.blocks[top - 1].zone == "heading")


def _united(reader: Reader, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
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


def _repeated(head: list[Block], body: list[Block], reader: Reader) -> list[Block]:
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
    reader = Reader(marked(blocks, book.forms), book)
    pieces = _starts(reader)
    if len(pieces) > 1:
        _collected(reader, *pieces[0])
    ends = [start for start, _ in pieces[1:]] + [len(reader.blocks)]
    drafts = [_draft(reader, start, cut, end) for (start, cut), end in zip(pieces, ends, strict=True)]
    stray = tuple(reader.blocks[: pieces[0][0]])
    return (replace(drafts[0], body=stray + drafts[0].body), *drafts[1:])


def shared_title(drafts: Sequence[Draft], book: Rulebook) -> list[Fact]:
    """The title of a collection whose pieces have nothing but numbers, as a fact ``collection`` of each of those below the
    first: it stands above the number of the first one, which has no other."""
    head = drafts[0].head if len(drafts) > 1 else ()
    number = next((i for i, b in enumerate(head) if b.zone == "label"), 0)
    above = next((b for b in head[:number] if is_title(b.text, book)), None)
    if above is None or any(is_title(b.text, book) for b in head[number:]):
        return []
    bare_ones = [d.head[0] for d in drafts[1:] if d.head and d.head[0].zone == "label" and _no_title(d, book)]
    return [Fact("collection", above.text, block.line, "form/label") for block in bare_ones]


def _no_title(draft: Draft, book: Rulebook) -> bool:
    number, *others = draft.head
    known = (*BYLINES, *DATES, "role-line")
    return len(number.text) <= MAX_NUMBER and all(any(book.forms[k].search(b.text) for k in known) for b in others)


def _collected(reader: Reader, start: int, end: int) -> None:
    """What a collection says of itself above the first piece's own title is no part of that piece: its title and its number
    are labels, and so is its day where the piece has one of its own."""
    titled = dated = False
    lower = any(b.zone == "heading" for b in reader.blocks[start:end])
    for index in range(end - 1, start - 1, -1):
        block = reader.blocks[index]
        day, whole = reader.form(block, *DATES), reader.form(block, "collection", "volume")
        whole = whole or (lower and titled and block.zone == "title")
        if titled and (whole or (day and dated)):
            reader.blocks[index] = replace(block, zone="label")
        own = reader.title(block) or not (block.zone == "label" or reader.form(block, *HEAD_FORMS))
        titled, dated = titled or (own and not whole), dated or (day and not titled)


def _draft(reader: Reader, start: int, cut: int, end: int) -> Draft:
    cut = min(cut, end)
    head, body = reader.blocks[start:cut], reader.blocks[cut:end]
    called = bool(body) and body[0].salutation and len(head) <= MAX_HEADLINES
    if body and not called and not any(reader.title(b) or reader.form(b, *HEAD_FORMS) for b in head) and len(head) > 2:
        head, body = head[:1], head[1:] + body  # short lines, but nothing says that they are a head
    said = [b for b in head if len(b.text) > SHORT and is_body(b.text) and not reader.form(b, *HEAD_FORMS, "title")]
    if said and body:
        head, body = [b for b in head if b not in said], said + body
    if not body:
        head, body = head[:1], head[1:]
    if not head and len(body) > 1 and reader.could_be_title(body[0]):
        head, body = body[:1], body[1:]
    body = _repeated(head, body, reader)
    tail = signature(body, reader.forms)
    return Draft(tuple(head), tuple(body[: len(body) - tail]), tuple(body[len(body) - tail :]))
