"""Title, speaker, post, date, occasion, place, level, source: read from the head of a speech, each with its evidence.

Nothing is guessed: a field that no line bears out stays None. Head lines that nothing claims are handed back as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from jianggao import clues, dates, dress, title_lines, titles
from jianggao.byline import Head, claim, give, labelled, named, set_date, signed
from jianggao.model import Block, Draft, Fact
from jianggao.pieces import GAP
from jianggao.rulebook import BYLINES, Rulebook
from jianggao.words import bare

FILE_NUMBER = re.compile(
    r"^(?:\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?[\s_\-]*|[\s_\-]+|(?=在))|[\d\s\-_.]{2,}|\d{1,3}[、.\s])|[\s\-_.]+\d+$"
)
REPORT = re.compile("记者|讯|报道|今日?[（(]|[今昨]日?[上下]午|(?:出席|主持|发表)")
SHORT, MAX_REPEAT = 20, 400
FIRST_BLOCKS, LAST_BLOCKS = 12, 10
"""Blocks at either end of the text that may tell the day."""
TWICE = re.compile("上的(?:讲话|致辞|致词|发言|报告)(?:稿|材料)?\\s*(?=在.{4,60}上的)")
"""Where the piece's own title follows the label's in one run."""
PADDED = re.compile(r"^\d{4}年0\d月\d\d日$|^\d{4}年\d\d月0\d日$")
WEEKDAY = re.compile("(?:星期|周)[一二三四五六日天]")
SIDE_LINES = {"note-line": "note", "rule-line": "note", "page-person": "page"}
"""Forms of lines that are claimed and fill no field, and what they are called in the evidence."""


def _hole(block: Block) -> bool:
    return "〔" in block.text and bool(GAP.search(block.text))


def _title_like(block: Block, book: Rulebook) -> bool:
    return (block.zone == "title" or dress.is_title(block.text, book)) and block.text[0] not in "—-－─"


def _subtitle(head: Head, block: Block, book: Rulebook) -> bool:
    m = book.forms["subtitle"].search(block.text)
    if not m:
        return False
    head.subtitle = m["text"].strip()
    set_date(head, dates.find(head.subtitle), block.line, "subtitle")
    claim(head, block, "subtitle", "form/subtitle")
    return True


def _subtitle_goes_on(head: Head, block: Block, above: Sequence[Block]) -> bool:
    """The second line of a subtitle that stops inside its words: ——在望川县第十二届, then 人民代表大会第二次会议上."""
    line = next((f.line for f in head.evidence if f.kind == "subtitle"), None)
    torn = any(b.line == line and titles.OPEN_END.search(b.text) for b in above)
    if not torn or head.subtitle is None or len(block.text) > SHORT * 2:
        return False
    head.subtitle += block.text.strip()
    claim(head, block, "subtitle", "form/subtitle")
    return True


def _dashed_byline(block: Block, book: Rulebook) -> bool:
    """——县委书记王某某: a byline behind a dash, no subtitle."""
    return any(book.forms[f].search(block.text) for f in ("byline", "byline-glued"))


def _side_line(head: Head, block: Block, announced: bool, book: Rulebook) -> bool:
    """Lines about the text: how it was taken down, who edited the page, an editor's sentence before the speech; with
    ``announced`` a reporter's sentence above that one."""
    for form, kind in SIDE_LINES.items():
        if book.forms[form].search(block.text):
            claim(head, block, kind, f"form/{form}")
            return True
    if announced or book.forms["preface"].search(block.text):
        clues.from_preface(head, block.text, block.line, book)
        claim(head, block, "preface", "form/preface")
        return True
    return False


def _reported(draft: Draft, index: int, book: Rulebook) -> bool:
    """Whether a head block is a sentence of the report that ends in 致词全文为：."""
    text = draft.head[index].text
    if text[-1] not in "。！”" or len(text) <= SHORT or not REPORT.search(text):
        return False
    return any(book.forms["preface"].search(b.text) for b in draft.head[index + 1 :])


def _stage(head: Head, block: Block, book: Rulebook) -> bool:
    """A place or the name of an office alone on its line, below the title."""
    if m := book.forms["place-line"].search(block.text):
        give(head, "place", m["place"], block.line, "place-line")
        claim(head, block, "place", "form/place-line")
        return True
    if m := book.forms["unit-line"].search(block.text):
        give(head, "role", m["role"], block.line, "unit-line")
        claim(head, block, "byline", "form/unit-line")
        return True
    return False


def _page_day(head: Head, block: Block, titled: bool, below: Sequence[Block], book: Rulebook) -> bool:
    """A day with its weekday above the title is that of the page: 2019年9月10日 星期二; so is one with zeros (2014年09月23日)
    above the title or the byline."""
    machine = PADDED.search(block.text) or (not titled and WEEKDAY.search(block.text))
    dated = block.text[0] not in "（(" and machine and book.forms["date-line"].search(block.text)
    if not dated or not any(_title_like(b, book) or _dashed_byline(b, book) for b in below):
        return False
    claim(head, block, "page", "form/date-line")
    return True


def _label(m: re.Match[str]) -> str | None:
    """The words of a label: behind its number (第三篇：某会讲话) or before it (某会讲话 篇3)."""
    words = (m["text"] or m["before"] or "").strip()
    return words[twice.end() :] if (twice := TWICE.search(words)) else words or None


def _claim_label(head: Head, block: Block, book: Rulebook) -> None:
    """A label is nothing but that, unless it is the post and name with which one of several speakers in turn begins."""
    by_turns = block.zone == "label" and any(book.forms[k].search(block.text) for k in ("byline", "byline-glued"))
    if not (by_turns and signed(head, block, book)):
        claim(head, block, "label", "form/label")


def _head_lines(head: Head, draft: Draft, page: str, book: Rulebook) -> str | None:
    """Each head block goes to the first form that claims it, the rest are candidates for the title. Gives the label's
    own words (第三篇：…), which are the title of a piece that has none."""
    candidates: list[Block] = []
    above: list[Block] = []  # of the label: the title of the collection
    label: str | None = None
    post_above = titled = closed = False
    body = bare("".join(b.text for b in draft.body[:3] if not b.salutation)[:MAX_REPEAT])
    for index, block in enumerate(draft.head):
        after_post, post_above = post_above, False
        if _hole(block):
            head.left_above.append(block)  # a hole is a hole in the text, never a title or a name
        elif block.salutation or (len(block.text) > SHORT and body.startswith(bare(block.text)[:-1])):
            claim(head, block, "repeat", "form/repeat")
        elif (m := book.forms["label"].search(block.text)) or block.zone == "label":
            label = (_label(m) if m else None) or label
            _claim_label(head, block, book)
            above, candidates = above + candidates, []
        elif labelled(head, block, book) or _side_line(head, block, _reported(draft, index, book), book):
            closed = titled
        elif _title_like(block, book):
            candidates.append(block)
            titled = True
        elif _subtitle_goes_on(head, block, draft.head[index - 1 : index]) or (
            not _dashed_byline(block, book) and _subtitle(head, block, book)
        ):
            titled = True
        elif _page_day(head, block, titled, draft.head[index + 1 :], book):
            pass
        elif (index and named(head, block, book, after_post)) or signed(head, block, book):
            closed = titled
            post_above = head.role is not None and head.speaker is None
        elif not (titled and _stage(head, block, book)):
            candidates.append(block)
    closed = closed or bool(draft.body and draft.body[0].salutation)
    for block in titles.volumes(candidates, head.subtitle is not None, book):
        claim(head, block, "volume", "form/volume")
        candidates.remove(block)
    if candidates or label:
        title_lines.leftover(head, above, [], False, book)
    title_lines.read(head, candidates if candidates or label else above, page, closed, book)
    return label


def _below_byline(head: Head, draft: Draft, facts: Sequence[Fact]) -> Fact | None:
    """A bare date right below a byline with a post, which cleaning took for the posting day of a page: 2021-08-26."""
    signs = {f"form/{b}" for b in (*BYLINES, "name-line")}
    posts = [f.line for f in head.evidence if f.rule in signs and f.line is not None]
    start = draft.body[0].line if draft.body else 0
    if not posts or head.date is not None:
        return None
    sites = {f.line for f in facts if f.kind == "site"}
    below = (f for f in facts if f.rule == "noise/dateline" and f.kind == "posted" and f.line not in sites)
    return next((f for f in below if f.line is not None and max(posts) < f.line < start), None)


def _signature(head: Head, tail: Sequence[Block], book: Rulebook) -> None:
    """Name, post and date below the text; the offices there are whose post it is, or who signs where no person does."""
    offices = []
    for block in tail:
        if _hole(block):
            head.left_below.append(block)
        elif book.forms["unit-line"].search(block.text):
            offices.append(block)
        elif not (named(head, block, book) or signed(head, block, book) or _side_line(head, block, False, book)):
            head.left_below.append(block)
    for block in offices:
        if head.speaker is None:
            give(head, "role", block.text.strip(), block.line, "unit-line")
        claim(head, block, "byline", "form/unit-line")


def read_head(draft: Draft, facts: Iterable[Fact], book: Rulebook, path: str) -> Head:
    """All fields of one speech. ``facts`` are those of its lines and of the whole file; ``path`` is its raw file."""
    said = tuple(facts)
    head = Head(reports=[f.line for f in said if f.kind == "preface" and f.line is not None])
    page = next((f.value for f in said if f.kind == "page_title"), "")
    label = _head_lines(head, draft, page, book)
    head.left_above.sort(key=draft.head.index)
    _signature(head, draft.tail, book)
    if day := _below_byline(head, draft, said):
        year, month, number = (int(x) for x in day.value.split("-"))
        set_date(head, dates.iso(year, month, number), day.line, "date-below-byline")
        said = tuple(f for f in said if f is not day)
    for fact in said:
        if fact.kind == "preface" and fact.line is not None:
            clues.from_preface(head, fact.value, fact.line, book)
    for fact in said:
        if fact.kind == "speaker_label":
            give(head, "speaker", fact.value, fact.line, "speaker-label")
    _title_from_elsewhere(head, label, said, path, book)
    line = next((f.line for f in head.evidence if f.kind in ("title", "label", "preface")), None)
    if head.title or head.subtitle:
        clues.from_title(head, line, book)
        head.title = clues.without_speaker(head.title or "", book) or None
    clues.from_contents(head, said, book)
    clues.from_front_matter(head, said)
    clues.from_file_name(head, path, book)
    clues.from_first_words(head, draft.body[:FIRST_BLOCKS], path)
    head.source, head.stated_chars = clues.source(said)
    clues.complete_day(head, (*draft.head, *draft.body[-LAST_BLOCKS:], *draft.tail))
    clues.classify(head, draft.body, line, book)
    return head


def _title_from_elsewhere(head: Head, label: str | None, facts: Sequence[Fact], path: str, book: Rulebook) -> None:
    """The title of a piece that has none of its own: its label's words, its occasion, the page's title, the file name."""
    if head.title is None and label:
        head.title = dress.undressed(label, book)
    if head.title is None and head.occasion and dress.is_title(head.occasion, book):
        head.title, head.occasion = head.occasion, None  # 【致辞背景】某会致辞 is the title by another name
        head.evidence[:] = [f for f in head.evidence if f.kind != "occasion"]
    if head.title is not None:
        return
    page = next((f for f in facts if f.kind == "page_title"), None)
    stem = dress.undressed(FILE_NUMBER.sub("", PurePosixPath(path).stem), book)
    if page:
        head.title = dress.from_page(page.value, book)
        head.evidence.append(page)
    elif head.preface_title:
        head.title = head.preface_title
    elif named_by_site := _told_by_site(facts, book):
        head.title = named_by_site[0]
        head.evidence.append(named_by_site[1])
    elif len(re.findall("[\u3400-\u9fff]", stem)) >= 4:
        head.title = stem
        head.evidence.append(Fact("title", PurePosixPath(path).name, None, "file/name"))


def _told_by_site(facts: Sequence[Fact], book: Rulebook) -> tuple[str, Fact] | None:
    """The title that a removed line of a site names, and that line: the title of the collection, or one quoted in a blurb."""
    for fact in facts:
        if fact.kind == "collection" and dress.is_title(title := dress.undressed(fact.value, book), book):
            return title, fact
        if fact.kind == "blurb" and (titles_said := dress.offered(fact.value, book)):
            return titles_said[0], fact
    return None
