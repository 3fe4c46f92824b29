"""Where a further speech begins: what one block, its neighbours and the head around it tell.

`jianggao.stages.split` walks through a file with these questions.
"""

from __future__ import annotations

import re
from itertools import accumulate

from .heads import HEAD_FORMS
from .layout import is_body
from .model import Block
from .numbers import formal
from .rulebook import BYLINES, DATES, Rulebook
from .series import SURE_TITLE
from .signature import sign
from .titles import is_full
from .words import bare

MAX_HEAD = 10
SHORT = 60
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
"""Characters that a preview and the text below it must share at least; a closing in a line of its own has fewer."""
LATE = 12
"""Blocks at the top of a file among which the first title may stand below what a page put there."""
DOCUMENT = re.compile("报告[》】]?(?:[（(][^（）()]{1,24}[）)])?$")
"""What is named in the middle of a speech with its day and is no title there: 政府工作报告."""
HOSTED = re.compile("主持")
STEP = re.compile("^(?:下面|现在|接下来|首先|最后|请|有请|进行|第.{1,3}项|[大会]会|.{0,6}宣布|附)")
"""What a host says between two speakers."""
ENDED = frozenset("。！!？?…”")
NUMBERED_END = re.compile("[稿话辞词][（(][一二三四五六七八九十]{1,3}[）)]\\s*[：:]?\\s*$")
FIRST = re.compile("[一1①]")
MAX_FIRST = 40
"""Characters of a label in which its number stands."""
LISTED_RANK = 4
"""Families of numbers up to this rank open no title."""
MAX_STRAY = 600
"""Characters above the first title that are the end of another text, or a page's words; more is a speech of its own."""


class Reader:
    """The blocks of a file, and what can be asked of each."""

    def __init__(self, blocks: list[Block], book: Rulebook) -> None:
        self.blocks, self.forms = blocks, book.forms
        self.number = formal(book.markers, LISTED_RANK)
        self.chars = list(accumulate((len(b.text) for b in blocks), initial=0))
        self.heads: dict[int, bool] = {}
        self.titles: dict[int, bool] = {}
        self.seen = (0, 0, False, 0)
        self.hosted = any(HOSTED.search(b.text) for b in blocks[:MAX_FOREWORD] if self.form(b, "title"))

    def form(self, block: Block, *names: str) -> bool:
        return any(self.forms[n].search(block.text) for n in names)

    def marker(self, block: Block) -> bool:
        return bool(self.number.match(block.text))

    def title(self, block: Block) -> bool:
        text = block.text
        if (
            block.salutation
            or block.zone == "label"
            or len(text) > MAX_TITLE
            or (len(text) > SHORT and text[-1] in "！？；，”")
        ):
            return False
        if text[-1] == "。" and block.zone != "title" and not STOPPED.search(text[-12:]):
            return False
        return not self.marker(block) and (block.zone == "title" or self.form(block, "title"))

    def headish(self, block: Block) -> bool:
        """Whether a block can be part of a head: a known form, or a short line without any mark of a sentence."""
        if block.salutation or block.text.startswith("〔") or TORN_CALL.search(block.text):
            return False
        if block.zone == "label" or self.title(block) or self.form(block, *HEAD_FORMS):
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
        while end < len(self.blocks) and end - start < MAX_HEAD and self.in_head(end):
            end += 1
        return end

    def in_head(self, index: int) -> bool:
        """`headish`, asked once of each block: heads overlap."""
        if index not in self.heads:
            self.heads[index] = self.titled(index) or self.headish(self.blocks[index])
        return self.heads[index]

    def titled(self, index: int) -> bool:
        """`title`, asked once of each block."""
        if index not in self.titles:
            self.titles[index] = self.title(self.blocks[index])
        return self.titles[index]

    def begins(self, index: int) -> bool:
        """Whether a further speech begins at ``index``."""
        block = self.blocks[index]
        if block.zone == "label":
            return True
        if block.salutation or len(block.text) > MAX_TITLE:
            return False
        label = self.labelled(index)
        if not (label or self.titled(index) or (self.form(block, "title-start") and not self.marker(block))):
            return self.headline(index)
        return self.borne_out(index, label)

    def labelled(self, index: int) -> bool:
        """Whether a block is the label of a piece."""
        return self.blocks[index].zone == "label" or self.form(self.blocks[index], "label")

    def borne_out(self, index: int, label: bool) -> bool:
        """Whether the head that begins at ``index`` with a title or a ``label`` is that of a speech."""
        block, end = self.blocks[index], self.group(index)
        head = self.blocks[index:end]
        named = [self.blocks[i].text for i in range(index, end) if self.titled(i)]
        if end >= len(self.blocks) or not (named or any(self.form(b, "label") for b in head)):
            return False
        if label or block.zone == "title" or any(NUMBERED_END.search(b.text) for b in head):
            return True
        if self.hosted and not any(is_full(t) or HOSTED.search(t) for t in named):
            return self.headline(index)
        signed = any(self.form(b, "name-date", "byline", "byline-glued") for b in head)
        signed = signed or (any(map(is_full, named)) and any(self.form(b, "labelled") for b in head))
        if not signed and any(self.form(b, *DATES) for b in head):
            signed = self.closed(index) or not all(DOCUMENT.search(t) and not is_full(t) for t in named)
        return signed or self.blocks[end].salutation or self.stands_alone(index, end)

    def closed(self, index: int) -> bool:
        """Whether the text above ``index`` has come to its end: words of thanks, a signature, a rule."""
        before = self.blocks[index - 1]
        return self.form(before, "closing", "rule-line") or bool(sign(before, self.forms))

    def headline(self, index: int) -> bool:
        """A headline of any words, where the text above has ended and a salutation follows: with a byline between them,
        or right behind words of thanks."""
        end = self.called_below(index) if len(self.blocks[index].text) <= SHORT // 2 else 0
        if not end or not (self.closed(index) or self.blocks[index - 1].text[-1] in ENDED):
            return False
        if any(self.form(b, *BYLINES) for b in self.blocks[index + 1 : end]):
            return True
        alone = len(self.blocks[index - 1].text) <= AGAIN
        return end == index + 1 and alone and self.closed(index) and not self.hosted

    def called_below(self, index: int) -> int:
        """Index of the salutation below a headline of any words; 0 if there is none or the line is no headline."""
        block = self.blocks[index]
        short = 2 <= len(block.text) <= SHORT // 2 and not re.search("[。；！？!?：:，、]", block.text)
        if block.salutation or not short or self.marker(block) or STEP.match(block.text):
            return 0
        if self.form(block, *HEAD_FORMS):
            return 0
        end = self.group(index + 1)
        return end if end < len(self.blocks) and self.blocks[end].salutation else 0

    def stands_alone(self, index: int, end: int) -> bool:
        """A title in full between the end of one text and the prose of the next: enough without byline and salutation."""
        before, behind = self.blocks[index - 1], self.blocks[end]
        ended = self.form(before, "closing") or (is_body(before.text) and before.text[-1] in "。！!”")
        return end == index + 1 and ended and is_body(behind.text) and bool(SURE_TITLE.match(self.blocks[index].text))

    def late_title(self, start: int, end: int) -> int:
        """End of the head that begins at ``start``: ``end``, or further down where the first title stands below what a
        page put above it."""
        if end < len(self.blocks) and self.blocks[end].zone == "heading" and (below := self.called_below(end)):
            return below
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
        """Whether blocks hold a speech: a salutation, the mark of a hole, a paragraph, or many short ones.

        Asked with one start and a rising end, it looks at each block once.
        """
        begun, index, spoken, loose = self.seen if self.seen[0] == start else (start, start, False, 0)
        while index < end and not spoken:
            block = self.blocks[index]
            spoken = block.salutation or block.text.startswith("〔")
            spoken = spoken or (is_body(block.text) and not self.form(block, "preface"))
            loose += 0 if spoken or self.in_head(index) else len(block.text)
            spoken = spoken or loose >= PREVIEW
            index += 1
        self.seen = (begun, index, spoken, loose)
        return spoken

    def stray(self, start: int, index: int, end: int) -> bool:
        """Whether what stands above the first title of a file is no speech: short, without title, byline or salutation, and
        a title with a byline or a salutation below."""
        if start or self.chars[index] > MAX_STRAY or any(b.salutation for b in self.blocks[:index]):
            return False
        told = ("title", "label", "closing", *BYLINES)
        if any(self.title(b) or b.zone == "label" or self.form(b, *told) for b in self.blocks[:index]):
            return False
        head = self.blocks[index:end]
        named = any(b.zone == "title" or is_full(b.text) for b in head)
        called = end < len(self.blocks) and self.blocks[end].salutation
        return named and (called or any(self.form(b, *BYLINES) for b in head))

    def introduced(self, start: int, index: int) -> bool:
        """Whether what stands above the label of the first piece of a file is no speech: a site's words on the genre."""
        label = FIRST.search(self.blocks[index].text[:MAX_FIRST])
        if start or not label or self.chars[index] > MAX_STRAY:
            return False
        return not any(b.salutation or self.form(b, "closing", *BYLINES) for b in self.blocks[:index])

    def preview(self, start: int, end: int, behind: int) -> bool:
        """Whether the piece from ``start`` to ``end`` only announces the one that begins at ``behind``."""
        chars = self.chars[end] - self.chars[start]
        if chars > PREVIEW + MAX_HEAD * SHORT:
            return False
        blocks = self.blocks[start:end]
        top = self.group(behind)
        if self.said_again(blocks, self.blocks[top : top + 4]):
            return True
        if any(b.salutation for b in blocks) or chars > PREVIEW + 2 * SHORT:
            return False
        own = {bare(b.text) for b in blocks if self.title(b)}
        return any(self.title(b) and bare(b.text) in own for b in self.blocks[behind:top])

    def said_again(self, blocks: list[Block], behind: list[Block]) -> bool:
        """Whether the text of ``blocks``, but for its last character, is how the text of the next piece begins."""
        mine = bare(
            "".join(b.text for b in blocks if not (b.salutation or self.title(b) or self.form(b, *HEAD_FORMS)))
        )[:-1]
        rest = bare("".join(b.text for b in behind if not b.salutation)) if AGAIN <= len(mine) <= PREVIEW else ""
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
        while index - 1 > floor and self.form(self.blocks[index - 1], "rule-line"):
            index -= 1
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
