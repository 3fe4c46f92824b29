"""Title, speaker, post, date, occasion, place, level, source: read from the head of a speech, each with its evidence.

Nothing is guessed: a field that no line bears out stays None. Head lines that nothing claims are handed back as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from jianggao import clues, dates, titles
from jianggao.byline import Head, claim, give, labelled, named, set_date, signed
from jianggao.model import Block, Draft, Fact, Source
from jianggao.rulebook import BYLINES, Rulebook
from jianggao.words import bare

GENERIC_SITES = ("首页", "主页", "网站首页", "本站", "网友投稿", "网络", "互联网", "未知", "网友上传")
FILE_NUMBER = re.compile(
    r"^(?:\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?[\s_\-]*|[\s_\-]+|(?=在))|[\d\s\-_.]{2,}|\d{1,3}[、.\s])|[\s\-_.]+\d+$"
)
DASH = re.compile("[—─]{2,}|－－+")
SIDE_LINES = {"note-line": "note", "rule-line": "note", "page-person": "page"}
"""Forms of lines that are claimed and fill no field, and what they are called in the evidence."""


def _key(block: Block, book: Rulebook) -> str:
    """What a title says, without dress and without the column that stands beside it."""
    return bare(titles.from_page(block.text, book) if block.zone == "title" else titles.undressed(block.text, book))


def _unrepeated(head: Head, candidates: Sequence[Block], book: Rulebook) -> list[Block]:
    """The candidate lines, each once; what is said again, or cut short with …, is claimed as such."""
    unique: list[Block] = []
    said = {bare(head.subtitle or "")}
    texts = [b.text for b in candidates]
    for block in candidates:
        key = _key(block, book)
        if key in said or titles.cut_short(block.text, texts):
            claim(head, block, "repeat", "form/title")
            set_date(head, dates.find(block.text), block.line, "title")
        else:
            unique.append(block)
            said.add(key)
    return unique


def _choose(
    head: Head, unique: list[Block], candidates: Sequence[Block], page: str, closed: bool, book: Rulebook
) -> list[Block]:
    """Which lines are the title: what the format marks as one, else the full title that is said most often or last with
    its upper lines, else what stands above a subtitle, else the first line and the headlines below it, unless the page
    has a title of its own."""
    full = [i for i, b in enumerate(unique) if titles.is_title(b.text, book)]
    marked = [i for i, b in enumerate(unique) if b.zone == "title"]
    if marked and (not full or set(full) & set(marked)):
        return [unique[next((i for i in reversed(marked) if i in full), marked[-1])]]
    if full:
        last = max(full, key=lambda i: (_said(unique[i], candidates), i))
        return unique[_top(unique, last, full) : last + 1]
    if head.subtitle is not None:
        return unique
    if page:
        return [b for b in unique if len(bare(b.text)) >= 6 and bare(b.text) in bare(page)][:1]
    count = 1
    while closed and count < min(4, len(unique)) and titles.is_slogan(unique[count].text, book):
        count += 1
    return unique[:count]


def _top(unique: list[Block], last: int, full: list[int]) -> int:
    """The index of the first line of a title whose last line is ``last``."""
    for index in range(max([i + 1 for i in full if i < last], default=0), last):
        if titles.is_open(unique[index].text):
            return index
    first = last
    while first > 0 and first - 1 not in full and titles.reads_on(unique[first - 1].text, unique[first].text):
        first -= 1
    return first


def _said(block: Block, candidates: Sequence[Block]) -> int:
    """How many candidate lines say this title, alone or within a longer line: a page says its own title again."""
    return min(2, sum(bare(block.text) in bare(other.text) for other in candidates))


def _headlines(head: Head, unique: list[Block], chosen: list[Block], closed: bool, book: Rulebook) -> None:
    """Headlines without a dash: above 在……上的讲话 they are the title and it the subtitle; below it they are the subtitle.

    Only where the head is ``closed`` by a salutation or a byline are they headlines and not the first words of the text.
    """
    if head.subtitle is not None or not closed or not titles.is_full(head.title or ""):
        return
    start, end = unique.index(chosen[0]), unique.index(chosen[-1]) + 1
    above, below = start, end
    while above > 0 and titles.is_slogan(unique[above - 1].text, book):
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


def _titles(head: Head, candidates: list[Block], page: str, closed: bool, book: Rulebook) -> None:
    """Title and, where it is glued to it with a dash, subtitle from the candidate lines."""
    unique = _unrepeated(head, candidates, book)
    chosen = _choose(head, unique, candidates, page, closed, book)
    for block in chosen:
        claim(head, block, "title", "form/title")
    if chosen:
        full = any(titles.is_title(b.text, book) for b in chosen)
        whole = titles.joined([b.text for b in chosen], full)
        set_date(head, dates.find(whole), chosen[0].line, "title")
        marked = chosen[0].zone == "title"
        head.title = titles.undressed(titles.from_page(whole, book) if marked else whole, book)
        upper, dash, lower = DASH.sub("——", head.title).partition("——")
        if dash and upper.strip() and head.subtitle is None and titles.is_title(lower, book):
            head.title, head.subtitle = upper.strip(), lower.strip()
        if full:
            _headlines(head, unique, chosen, closed, book)
    _leftover(head, unique, chosen, book)


def _leftover(head: Head, unique: list[Block], chosen: list[Block], book: Rulebook) -> None:
    """Other titles are evidence; lines that are no title stay in the text."""
    for block in unique:
        if block not in chosen:
            if titles.is_title(block.text, book) or titles.is_column(block.text, head.title or "", book):
                claim(head, block, "other-title", "form/title")
            else:
                head.left_above.append(block)


def _source(facts: Iterable[Fact]) -> tuple[Source, int | None]:
    """Source and stated length from what removed notices and the container said; the first of each kind counts."""
    said: dict[str, str] = {}
    for fact in facts:
        if fact.kind == "site" and fact.value in GENERIC_SITES:
            continue
        said.setdefault(fact.kind, fact.value)
    posted = said.get("posted")
    if posted:
        year, month, day = (int(x) for x in posted.split("-"))
        posted = dates.iso(year, month, day)
    stated = said.get("stated_chars")
    return Source(said.get("site"), said.get("url"), posted, said.get("rights")), int(stated) if stated else None


def _title_like(block: Block, book: Rulebook) -> bool:
    return (block.zone == "title" or titles.is_title(block.text, book)) and block.text[0] not in "—-－─"


def _subtitle(head: Head, block: Block, book: Rulebook) -> bool:
    m = book.forms["subtitle"].search(block.text)
    if not m:
        return False
    head.subtitle = m["text"].strip()
    set_date(head, dates.find(head.subtitle), block.line, "subtitle")
    claim(head, block, "subtitle", "form/subtitle")
    return True


def _dashed_byline(block: Block, book: Rulebook) -> bool:
    """——县委书记王某某: a byline behind a dash, no subtitle."""
    return any(book.forms[f].search(block.text) for f in ("byline", "byline-glued"))


def _side_line(head: Head, block: Block, book: Rulebook) -> bool:
    """Lines about the text: how it was taken down, who edited the page, an editor's sentence before the speech."""
    for form, kind in SIDE_LINES.items():
        if book.forms[form].search(block.text):
            claim(head, block, kind, f"form/{form}")
            return True
    if book.forms["preface"].search(block.text):
        clues.from_preface(head, block.text, block.line, book)
        claim(head, block, "preface", "form/preface")
        return True
    return False


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


def _label(m: re.Match[str]) -> str | None:
    """The words of a label: behind its number (第三篇：某会讲话) or before it (某会讲话 篇3)."""
    return (m["text"] or m["before"] or "").strip() or None


def _head_lines(head: Head, draft: Draft, page: str, book: Rulebook) -> str | None:
    """Each head block goes to the first form that claims it, the rest are candidates for the title. Gives the label's
    own words (第三篇：…), which are the title of a piece that has none."""
    candidates: list[Block] = []
    above: list[Block] = []  # of the label: the title of the collection
    label: str | None = None
    post_above = titled = closed = False
    for index, block in enumerate(draft.head):
        after_post, post_above = post_above, False
        if m := book.forms["label"].search(block.text):
            label = _label(m) or label
            claim(head, block, "label", "form/label")
            above, candidates = above + candidates, []
        elif labelled(head, block, book) or _side_line(head, block, book):
            closed = titled
        elif _title_like(block, book):
            candidates.append(block)
            titled = True
        elif not _dashed_byline(block, book) and _subtitle(head, block, book):
            titled = True
        elif (index and named(head, block, book, after_post)) or signed(head, block, book):
            closed = titled
            post_above = head.role is not None and head.speaker is None
        elif not (titled and _stage(head, block, book)):
            candidates.append(block)
    closed = closed or bool(draft.body and draft.body[0].salutation)
    if candidates or label:
        _leftover(head, above, [], book)
    _titles(head, candidates if candidates or label else above, page, closed, book)
    return label


def _below_byline(head: Head, draft: Draft, facts: Sequence[Fact]) -> Fact | None:
    """A bare date right below a byline with a post, which cleaning took for the posting day of a page: 2021-08-26."""
    posts = [f.line for f in head.evidence if f.rule in {f"form/{b}" for b in BYLINES} and f.line is not None]
    start = draft.body[0].line if draft.body else 0
    if not posts or head.date is not None:
        return None
    sites = {f.line for f in facts if f.kind == "site"}
    below = (f for f in facts if f.rule == "noise/dateline" and f.kind == "posted" and f.line not in sites)
    return next((f for f in below if f.line is not None and max(posts) < f.line < start), None)


def read_head(draft: Draft, facts: Iterable[Fact], book: Rulebook, path: str) -> Head:
    """All fields of one speech. ``facts`` are those of its lines and of the whole file; ``path`` is its raw file."""
    said = tuple(facts)
    head = Head()
    page = next((f.value for f in said if f.kind == "page_title"), "")
    label = _head_lines(head, draft, page, book)
    for block in draft.tail:
        if not (named(head, block, book) or signed(head, block, book)):
            head.left_below.append(block)
    if day := _below_byline(head, draft, said):
        year, month, number = (int(x) for x in day.value.split("-"))
        set_date(head, dates.iso(year, month, number), day.line, "date-below-byline")
        said = tuple(f for f in said if f is not day)
    for fact in said:
        if fact.kind == "preface" and fact.line is not None:
            clues.from_preface(head, fact.value, fact.line, book)
    _title_from_elsewhere(head, label, said, path, book)
    line = next((f.line for f in head.evidence if f.kind in ("title", "label", "preface")), None)
    if head.title or head.subtitle:
        clues.from_title(head, line, book)
        head.title = clues.without_speaker(head.title or "", book) or None
    clues.from_file_name(head, path, book)
    clues.complete_day(head)
    clues.classify(head, draft.body, line, book)
    head.source, head.stated_chars = _source(said)
    return head


def _title_from_elsewhere(head: Head, label: str | None, facts: Sequence[Fact], path: str, book: Rulebook) -> None:
    """The title of a piece that has none of its own: its label's words, its occasion, the page's title, the file name."""
    if head.title is None and label:
        head.title = titles.undressed(label, book)
    if head.title is None and head.occasion and titles.is_title(head.occasion, book):
        head.title, head.occasion = head.occasion, None  # 【致辞背景】某会致辞 is the title by another name
        head.evidence[:] = [f for f in head.evidence if f.kind != "occasion"]
    if head.title is not None:
        return
    page = next((f for f in facts if f.kind == "page_title"), None)
    stem = titles.undressed(FILE_NUMBER.sub("", PurePosixPath(path).stem), book)
    if page:
        head.title = titles.from_page(page.value, book)
        head.evidence.append(page)
    elif head.preface_title:
        head.title = head.preface_title
    elif len(re.findall("[\u3400-\u9fff]", stem)) >= 4:
        head.title = stem
        head.evidence.append(Fact("title", PurePosixPath(path).name, None, "file/name"))
