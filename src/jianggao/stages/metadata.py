"""Title, speaker, post, date, occasion, place, source: read from the head of a speech, each with its evidence.

Nothing is guessed: a field that no line bears out stays None. Head lines that nothing claims are handed back as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from .. import dates
from ..model import Block, Draft, Fact, Source
from ..rulebook import Rulebook

SPACES = re.compile(r"[\s\u3000]+")
OCCASION = re.compile(r"(?:^|在)(?P<o>[^在][^。；]{3,80}?)上?(?:作)?的(?:主持|点评|表态|重要|开幕|闭幕|即席|总结|任职|动员|辅导)?(?:讲话|致辞|致词|发言|报告|点评|演讲)")
EVENT = re.compile(r"在(?P<o>[^。；，]{4,60}(?:会议?|大会|仪式|活动|班|论坛|典礼))")
TITLE_ROLE = re.compile(
    r"^(?P<role>[\u4e00-\u9fffXx×*]{0,14}?(?:书记|市长|县长|区长|镇长|乡长|州长|省长|主任|部长|局长|厅长|主席|校长|院长|总理))"
    r"(?P<name>[\u4e00-\u9fff]{2,3})?(?:同志)?在"
)
TITLE_NAME = re.compile(r"^(?P<name>[\u4e00-\u9fff]{2,3})(?P<role>市长|县长|区长|镇长|乡长|省长|州长|书记|主任|部长|局长|厅长|主席|校长|院长)(?:同志)?在")
PLAIN_EVENT = re.compile(r"^(?P<o>[^。；，]{4,60}?(?:座谈会|推进会|动员会|会议|大会|仪式|典礼))(?:上|辅导|讲话|发言|致辞|总结)")
PLACE = re.compile(
    r"^(?:中共|中国共产党)?(?P<place>(?:[\u4e00-\u9fff]{2,4}?省)?(?:[\u4e00-\u9fff]{2,4}?[市州盟])?(?:[\u4e00-\u9fff]{1,4}?[县区旗市])?"
    r"(?:[\u4e00-\u9fff]{1,4}?(?:镇|乡|街道))?)"
    r"(?=委|党委|党工委|党组|人民政府|政府|人大|政协|纪委|[省市县区镇乡州盟旗]?长|[\u4e00-\u9fff]{1,8}[局厅])"
)
GENERIC_SITES = ("首页", "主页", "网站首页", "本站")


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


def bare(text: str) -> str:
    """``text`` without marks and spaces, for comparing titles and headings."""
    return re.sub(r"[\W_]+", "", text)


def _claim(head: Head, block: Block, kind: str, rule: str, value: str | None = None) -> None:
    head.evidence.append(Fact(kind, block.text if value is None else value, block.line, rule))


def _set_date(head: Head, value: str | None) -> None:
    """The more exact date wins; the first one among equals."""
    if value and (head.date is None or len(value) > len(head.date)):
        head.date = value


def _name(text: str) -> str:
    return SPACES.sub("", text)


def _byline(head: Head, block: Block, book: Rulebook) -> bool:
    """Byline forms in their order; True when one of them claims the block."""
    forms, text = book.forms, block.text
    if m := forms["labelled"].search(text):
        value = m["value"].strip()
        key = m["key"]
        if key in ("讲话人", "致辞人", "发言人", "作者", "主讲人", "发布机关"):
            named = forms["byline"].search(value)
            if named:
                head.role, head.speaker = head.role or named["role"], head.speaker or _name(named["name"])
            elif forms["name-line"].search(value):
                head.speaker = head.speaker or _name(value)
            else:
                head.role = head.role or value
        elif "时间" in key or key == "日期":
            _set_date(head, dates.find(value))
        elif "地点" in key:
            head.place = head.place or value
        else:
            head.occasion = head.occasion or value
        _claim(head, block, "byline", "form/labelled")
        return True
    for name in ("name-date", "date-line", "byline", "role-line"):
        m = forms[name].search(text)
        if not m:
            continue
        groups = m.groupdict()
        if groups.get("name"):
            head.speaker = head.speaker or _name(groups["name"])
        if groups.get("role"):
            head.role = head.role or groups["role"].strip()
        if groups.get("date"):
            _set_date(head, dates.find(groups["date"]))
        if name == "date-line" and (event := EVENT.search(groups.get("rest") or "")):
            head.occasion = head.occasion or event["o"]
        _claim(head, block, "date" if name == "date-line" else "byline", f"form/{name}")
        return True
    return False


def _titles(head: Head, candidates: list[Block], book: Rulebook) -> None:
    """The title from its candidate lines: repeated, in two lines, or several lines above a subtitle."""
    unique: list[Block] = []
    for block in candidates:
        if bare(block.text) in {bare(b.text) for b in unique} or (head.subtitle and bare(block.text) == bare(head.subtitle)):
            _claim(head, block, "repeat", "form/title")
        else:
            unique.append(block)
    if not unique:
        return
    marked = [b for b in unique if b.zone == "title"]
    full = [i for i, b in enumerate(unique) if book.forms["title"].search(b.text)]
    if marked:
        chosen = marked[-1:]
    elif full:
        last = max(full, key=lambda i: (_said(unique[i], candidates), i))
        first = last
        while first > 0 and first - 1 not in full and _upper_half(unique[first - 1].text, unique[last].text):
            first -= 1
        chosen = unique[first : last + 1]
    elif head.subtitle or len(unique) == 1:
        chosen = unique
    else:
        chosen = unique[:1]
    if len(chosen) == 1 and head.subtitle is None and (cut := re.search("[—－]{2}", chosen[0].text)):
        upper, lower = chosen[0].text[: cut.start()].strip(), chosen[0].text[cut.end() :].strip()
        if upper and book.forms["title"].search(lower):
            head.title, head.subtitle = upper, lower
            _claim(head, chosen[0], "title", "form/title")
            _leftover(head, unique, chosen, full)
            return
    glue = "" if full and len(chosen) > 1 and re.search("[暨的在和与]$|会议?$", chosen[0].text) else " "
    head.title = glue.join(b.text.strip() for b in chosen)
    for block in chosen:
        _claim(head, block, "title", "form/title")
    _leftover(head, unique, chosen, full)


def _leftover(head: Head, unique: list[Block], chosen: list[Block], full: list[int]) -> None:
    """Other titles are evidence; lines that are no title stay in the text."""
    for index, block in enumerate(unique):
        if block not in chosen:
            if index in full:
                _claim(head, block, "other-title", "form/title")
            else:
                head.left_above.append(block)


def _said(block: Block, candidates: list[Block]) -> int:
    """How many candidate lines say this title, alone or within a longer line: a page says its own title again."""
    return min(2, sum(bare(block.text) in bare(other.text) for other in candidates))


def _upper_half(upper: str, lower: str) -> bool:
    """Whether ``upper`` reads on into ``lower``: an occasion cut in two, or a headline above 在……上的讲话."""
    return bool(re.search("暨$|[和与、]$", upper)) or (upper.startswith("在") and not lower.startswith("在"))


def _from_title(head: Head, book: Rulebook) -> None:
    """What the title itself says: occasion, its type, post and name before 在, a year."""
    title = " ".join(t for t in (head.title, head.subtitle) if t)
    if found := OCCASION.search(head.subtitle or "") or OCCASION.search(head.title or "") or EVENT.search(title) or PLAIN_EVENT.search(head.title or ""):
        head.occasion = head.occasion or re.sub(r"^.*?(?:书记|市长|县长|区长|镇长|部长|局长|厅长|主席)(?:同志)?在", "", found["o"])
    named = TITLE_NAME.search(head.title or "")
    if named and book.forms["name-line"].search(named["name"]) and not re.search("[市县区镇乡省州委府政党]$", named["name"]):
        head.role, head.speaker = head.role or named["role"], head.speaker or named["name"]
    elif m := TITLE_ROLE.search(head.title or ""):
        head.role = head.role or m["role"]
        if m["name"] and book.forms["name-line"].search(m["name"]):
            head.speaker = head.speaker or m["name"]
    _set_date(head, dates.find(title) or dates.year_in_title(title))
    source = f"{title} {head.occasion or ''}"
    head.kind = next((o.id for o in book.occasions if o.pattern.search(source)), None)
    if head.place is None and head.role and (place := PLACE.match(head.role)) and len(place["place"]) > 2:
        head.place = place["place"]


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


def read_head(draft: Draft, facts: Iterable[Fact], book: Rulebook, path: str) -> Head:
    """All fields of one speech. ``facts`` are those of its lines and of the whole file; ``path`` is its raw file."""
    said = tuple(facts)
    head = Head()
    candidates: list[Block] = []
    label: Block | None = None
    for index, block in enumerate(draft.head):
        before = draft.head[index - 1] if index else None
        if m := book.forms["label"].search(block.text):
            label = block
            _claim(head, block, "label", "form/label", None)
        elif book.forms["labelled"].search(block.text) and _byline(head, block, book):
            continue
        elif (block.zone == "title" or book.forms["title"].search(block.text)) and not block.text.startswith(("—", "-", "－", "─")):
            candidates.append(block)
        elif m := book.forms["subtitle"].search(block.text):
            head.subtitle = m["text"].strip()
            _set_date(head, dates.find(head.subtitle))
            _claim(head, block, "subtitle", "form/subtitle")
        elif book.forms["name-line"].search(block.text) and (candidates or before is not None) and not head.speaker:
            head.speaker = _name(block.text)
            _claim(head, block, "byline", "form/name-line")
        elif not _byline(head, block, book):
            candidates.append(block)
    _titles(head, candidates, book)
    if head.title is None and label is not None and (m := book.forms["label"].search(label.text)) and m["text"].strip():
        head.title = m["text"].strip()
    for block in draft.tail:
        if book.forms["name-line"].search(block.text):
            head.speaker = head.speaker or _name(block.text)
            _claim(head, block, "byline", "form/name-line")
        elif not _byline(head, block, book):
            head.left_below.append(block)
    if head.title is None:
        _outer_title(head, said, path)
    _from_title(head, book)
    if head.date is None and (named := dates.find_compact(PurePosixPath(path).name) or dates.find(PurePosixPath(path).stem)):
        head.date = named
        head.evidence.append(Fact("date", PurePosixPath(path).name, None, "file/name"))
    head.source, head.stated_chars = _source(said)
    return head


def _outer_title(head: Head, facts: Iterable[Fact], path: str) -> None:
    """A title from outside the text: the page's own, else a Chinese file name without its date."""
    page = next((f for f in facts if f.kind == "page_title"), None)
    stem = re.sub(r"^[\d\s\-_.]+|[\s\-_.]+\d+$", "", PurePosixPath(path).stem)
    if page:
        head.title = re.split(r"[_|]|\s-\s", page.value)[0].strip()
        head.evidence.append(page)
    elif len(re.findall("[\u3400-\u9fff]", stem)) >= 4:
        head.title = stem
        head.evidence.append(Fact("title", PurePosixPath(path).name, None, "file/name"))
