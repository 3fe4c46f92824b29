"""Which lines of a head are its title and its subtitle, and what becomes of the other lines that read like one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import dates, dress, titles
from .byline import Head, claim, give, set_date
from .guard import spoken
from .model import Block
from .rulebook import Rulebook
from .words import bare

DASH = re.compile("[—─━]{2,}|－－+")
MIN_AGAIN, MAX_GENRE = 8, 6
"""Characters of a title that a headline says again; and behind a dash those that only name the sort of text: ——离职感言."""
SIGNED = re.compile(r"^(?P<name>[\u4e00-\u9fff]{2,4})\s*《(?P<title>[^《》]{6,60})》$")
"""A repost that puts the speaker before the title: 王某某《某某》."""
STRAY = re.compile(
    r"[\d\s·.\-—/]{1,12}|(?:人民|新华|求是)?[\u3400-\u9fff]{0,3}(?:日报|月报|周刊|月刊|通讯)|(?:时政|政治|经济|文化|综合|要闻)"
)
"""A page's number, issue, paper or column between the title and the salutation."""
YEAR_FIRST = re.compile(r"^\s*(?:19|20)\d\d年\s*(?=在)")
"""The year in which a site filed a title: 2018年在某会上的讲话."""


def _unrepeated(head: Head, candidates: Sequence[Block], book: Rulebook) -> list[Block]:
    """The candidate lines, each once; what is said again, or cut short with …, is claimed as such."""
    unique: list[Block] = []
    said = {bare(head.subtitle or "")}
    texts = [b.text for b in candidates]
    for block in candidates:
        key = titles.key(block, book)
        if key in said or titles.cut_short(block.text, texts):
            claim(head, block, "repeat", "form/title")
            set_date(head, dates.find(YEAR_FIRST.sub("", block.text)), block.line, "title")
        else:
            unique.append(block)
            said.add(key)
    return unique


def _headlines(head: Head, unique: list[Block], chosen: list[Block], closed: bool, book: Rulebook) -> None:
    """Headlines without a dash: above 在……上的讲话 they are the title and it the subtitle; below it they are the subtitle.

    Only where the head is ``closed`` by a salutation or a byline are they headlines and not the first words of the text.
    """
    closed = closed or chosen[-1].text.endswith("：")
    if head.subtitle is not None or not closed or not titles.is_full(head.title or ""):
        return

    def apart(index: int) -> bool:  # the headline of a report is not that of the speech
        return any(unique[index].line < n < chosen[0].line for n in head.reports)

    start, end = unique.index(chosen[0]), unique.index(chosen[-1]) + 1
    above, below = start, end
    while above > 0 and not apart(above - 1) and titles.is_slogan(unique[above - 1].text, book):
        above -= 1
    while below < len(unique) and titles.is_slogan(unique[below].text, book):
        below += 1
    lines = unique[above:start] or unique[end:below]
    if not lines or len(lines) > 3:
        return
    for block in lines:
        claim(head, block, "title", "form/title")
    words = titles.joined([b.text for b in lines], full=False)
    if above < start:
        head.title, head.subtitle = words, head.title
    else:
        head.subtitle = words
    unique[:] = [b for b in unique if b not in lines]


def read(head: Head, candidates: list[Block], page: str, closed: bool, book: Rulebook) -> None:
    """Title and, where it is glued to it with a dash, subtitle from the candidate lines."""
    unique = _unrepeated(head, candidates, book)
    claimed = {f.line for f in head.evidence if f.line is not None}
    below = next((f.line for f in head.evidence if f.kind == "subtitle" and f.line is not None), None)
    if below is not None and (above := titles.above_subtitle(unique, below, book)):
        chosen = above
    elif head.subtitle is not None and not any(dress.is_title(b.text, book) or b.zone == "title" for b in unique):
        chosen = list(unique)
    else:
        chosen = titles.choose(unique, candidates, page, closed, claimed, book)
    for block in chosen:
        claim(head, block, "title", "form/title")
    if chosen:
        full = any(dress.is_title(b.text, book) for b in chosen)
        whole = titles.joined([b.text for b in chosen], full)
        set_date(head, dates.find(YEAR_FIRST.sub("", whole)), chosen[0].line, "title")
        marked = chosen[0].zone == "title"
        head.title = dress.undressed(dress.from_page(whole, book) if marked else whole, book)
        if signed := SIGNED.match(head.title):
            _by(head, signed, chosen[0].line, book)
        upper, dash, lower = DASH.sub("——", head.title).partition("——")
        if dash and upper.strip() and len(lower) > MAX_GENRE and head.subtitle is None and dress.is_title(lower, book):
            head.title, head.subtitle = upper.strip(), lower.strip()
        if full:
            _headlines(head, unique, chosen, closed, book)
    leftover(head, unique, chosen, closed, book)


def _by(head: Head, signed: re.Match[str], line: int, book: Rulebook) -> None:
    """The speaker's name before a title in 《》; anything else there, 纪念《某某》, belongs to the title."""
    if book.forms["name-line"].search(signed["name"]):
        give(head, "speaker", signed["name"], line, "title")
        head.title = signed["title"].strip()


def leftover(head: Head, unique: list[Block], chosen: list[Block], closed: bool, book: Rulebook) -> None:
    """Other titles are evidence, and so is what a page or a folder put above the title; other lines that are no title
    stay in the text."""
    sure = closed or any(b.zone == "title" or dress.is_title(b.text, book) for b in chosen)
    top = chosen[0].line if chosen and sure else 0
    for block in unique:
        if block in chosen:
            continue
        title = bare(head.title or "")
        again = len(title) >= MIN_AGAIN and title in bare(block.text)
        page = again or (
            block.zone == "title" and bool(chosen)
        )  # the headline of a page is never the first line of a text
        if page or dress.is_title(block.text, book) or dress.is_column(block.text, head.title or "", book):
            claim(head, block, "other-title", "form/title")
        elif closed and top and block.line > top and STRAY.fullmatch(block.text):
            claim(head, block, "page", "form/below-title")
        elif block.line < top and not titles.is_slogan(block.text, book) and not spoken(book, block.text):
            claim(head, block, "page", "form/above-title")
        else:
            head.left_above.append(block)
