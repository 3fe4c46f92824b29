"""Title, speaker, post, date, occasion, place, source: read from the head of a speech, each with its evidence.

Nothing is guessed: a field that no line bears out stays None. Head lines that nothing claims are handed back as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from jianggao import dates
from jianggao.byline import EVENT, Head, claim, labelled, named, set_date, signed
from jianggao.model import Block, Draft, Fact, Source
from jianggao.rulebook import Rulebook
from jianggao.words import bare

OCCASION = re.compile(
    r"(?:^|在)(?P<o>[^在][^。；]{1,80}?)上?(?:作)?的(?:主持|点评|表态|重要|开幕|闭幕|即席|总结|任职|动员|辅导)?(?:讲话|致辞|致词|发言|报告|点评|演讲)"
)
TITLE_ROLE = re.compile(
    r"^(?P<role>[\u4e00-\u9fffXx×*]{0,14}?(?:书记|市长|县长|区长|镇长|乡长|州长|省长|主任|部长|局长|厅长|主席|校长|院长|总理))"
    r"(?P<name>[\u4e00-\u9fff]{2,3})?(?:同志)?在"
)
TITLE_NAME = re.compile(
    r"^(?P<name>[\u4e00-\u9fff]{2,3})(?P<role>市长|县长|区长|镇长|乡长|省长|州长|书记|主任|部长|局长|厅长|主席|校长|院长)(?:同志)?在"
)
PLAIN_EVENT = re.compile(
    r"^(?P<o>[^。；，]{4,60}?(?:座谈会|推进会|动员会|会议|大会|仪式|典礼))(?:上|辅导|讲话|发言|致辞|总结)"
)
PLACE = re.compile(
    r"^(?:中共|中国共产党)?(?P<place>(?:[\u4e00-\u9fff]{2,4}?省)?(?:[\u4e00-\u9fff]{2,4}?[市州盟])?(?:(?!副)[\u4e00-\u9fff]{1,4}?[县区旗市])?"
    r"(?:[\u4e00-\u9fff]{1,4}?(?:镇|乡|街道))?)"
    r"(?=委|党委|党工委|党组|人民政府|政府|人大|政协|纪委|副?[省市县区镇乡州盟旗]?长|[\u4e00-\u9fff]{1,8}[局厅])"
)
SPEAKER_BEFORE = re.compile("^.*?(?:书记|市长|县长|区长|镇长|部长|局长|厅长|主席)(?:同志)?在")
GENERIC_EVENTS = ("会议", "大会", "会上", "有关会议")
GENERIC_SITES = ("首页", "主页", "网站首页", "本站", "网友投稿", "网络", "互联网", "未知", "网友上传")


def _unrepeated(head: Head, candidates: list[Block]) -> list[Block]:
    """The candidate lines, each once; what is said again is claimed as such."""
    unique: list[Block] = []
    said = {bare(head.subtitle or "")}
    for block in candidates:
        if bare(block.text) in said:
            claim(head, block, "repeat", "form/title")
        else:
            unique.append(block)
            said.add(bare(block.text))
    return unique


def _choose(
    unique: list[Block], full: list[int], often: list[int], has_subtitle: bool, page_title: bool
) -> list[Block]:
    """Which lines are the title: what the format marks as one, else the full title that is said most often or last with
    its upper half, else what stands above a subtitle, else the first line, unless the container has a title of its own."""
    marked = [b for b in unique if b.zone == "title"]
    if marked:
        return marked[-1:]
    if full:
        last = max(full, key=lambda i: (often[i], i))
        first = last
        while first > 0 and first - 1 not in full and _upper_half(unique[first - 1].text, unique[last].text):
            first -= 1
        return unique[first : last + 1]
    if has_subtitle:
        return unique
    return [] if page_title else unique[:1]


def _titles(head: Head, candidates: list[Block], book: Rulebook, page_title: bool) -> None:
    """Title and, where it is glued to it with a dash, subtitle from the candidate lines."""
    unique = _unrepeated(head, candidates)
    full = [i for i, b in enumerate(unique) if book.forms["title"].search(b.text)]
    chosen = _choose(unique, full, [_said(b, candidates) for b in unique], head.subtitle is not None, page_title)
    for block in chosen:
        claim(head, block, "title", "form/title")
    _leftover(head, unique, chosen, full)
    if not chosen:
        return
    glue = "" if full and re.search("[暨的在和与]$|会议?$", chosen[0].text) else " "
    head.title = glue.join(b.text.strip() for b in chosen)
    upper, dash, lower = head.title.partition("——")
    if dash and upper.strip() and head.subtitle is None and book.forms["title"].search(lower):
        head.title, head.subtitle = upper.strip(), lower.strip()


def _leftover(head: Head, unique: list[Block], chosen: list[Block], full: list[int]) -> None:
    """Other titles are evidence; lines that are no title stay in the text."""
    for index, block in enumerate(unique):
        if block not in chosen:
            if index in full:
                claim(head, block, "other-title", "form/title")
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
    found = OCCASION.search(head.subtitle or "") or OCCASION.search(head.title or "") or EVENT.search(title)
    found = found or PLAIN_EVENT.search(head.title or "")
    if found and head.occasion is None and found["o"] not in GENERIC_EVENTS:
        head.occasion = SPEAKER_BEFORE.sub("", found["o"])
    person = TITLE_NAME.search(head.title or "")
    if (
        person
        and book.forms["name-line"].search(person["name"])
        and not re.search("[市县区镇乡省州委府政党]$", person["name"])
    ):
        head.role, head.speaker = head.role or person["role"], head.speaker or person["name"]
    elif m := TITLE_ROLE.search(head.title or ""):
        head.role = head.role or m["role"]
        if m["name"] and book.forms["name-line"].search(m["name"]):
            head.speaker = head.speaker or m["name"]
    set_date(head, dates.find(title) or dates.year_in_title(title))
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


def _title_like(block: Block, book: Rulebook) -> bool:
    return (block.zone == "title" or bool(book.forms["title"].search(block.text))) and block.text[0] not in "—-－─"


def _subtitle(head: Head, block: Block, book: Rulebook) -> bool:
    m = book.forms["subtitle"].search(block.text)
    if not m:
        return False
    head.subtitle = m["text"].strip()
    set_date(head, dates.find(head.subtitle))
    claim(head, block, "subtitle", "form/subtitle")
    return True


def _head_lines(head: Head, draft: Draft, book: Rulebook, page_title: bool) -> str | None:
    """Each head block goes to the first form that claims it, the rest are candidates for the title. Gives the label's
    own words (第三篇：…), which are the title of a piece that has none."""
    candidates: list[Block] = []
    label: str | None = None
    for index, block in enumerate(draft.head):
        if m := book.forms["label"].search(block.text):
            label = (m["text"] or "").strip() or label
            claim(head, block, "label", "form/label")
        elif labelled(head, block, book):
            continue
        elif _title_like(block, book) or not (
            _subtitle(head, block, book) or (index and named(head, block, book)) or signed(head, block, book)
        ):
            candidates.append(block)
    _titles(head, candidates, book, page_title)
    return label


def read_head(draft: Draft, facts: Iterable[Fact], book: Rulebook, path: str) -> Head:
    """All fields of one speech. ``facts`` are those of its lines and of the whole file; ``path`` is its raw file."""
    said = tuple(facts)
    head = Head()
    label = _head_lines(head, draft, book, any(f.kind == "page_title" for f in said))
    for block in draft.tail:
        if not (named(head, block, book) or signed(head, block, book)):
            head.left_below.append(block)
    if head.title is None:
        head.title = label
    if head.title is None and head.occasion and book.forms["title"].search(head.occasion):
        head.title, head.occasion = head.occasion, None  # 【致辞背景】某会致辞 is the title by another name
    if head.title is None:
        _outer_title(head, said, path, book)
    _from_title(head, book)
    name = PurePosixPath(path)
    if head.date is None and (written := dates.find_compact(name.name) or dates.find(name.stem)):
        head.date = written
        head.evidence.append(Fact("date", name.name, None, "file/name"))
    head.source, head.stated_chars = _source(said)
    return head


def _outer_title(head: Head, facts: Iterable[Fact], path: str, book: Rulebook) -> None:
    """A title from outside the text: the page's own (of 专栏 | 在某会上的讲话 the part that reads like one), else a Chinese
    file name without its date."""
    page = next((f for f in facts if f.kind == "page_title"), None)
    stem = re.sub(r"^[\d\s\-_.]+|[\s\-_.]+\d+$", "", PurePosixPath(path).stem)
    if page:
        parts = re.split(r"[_|｜]|\s-\s", re.sub(r"^[\[【][^\]】]{1,6}[\]】]", "", page.value))
        head.title = next((p for p in parts if book.forms["title"].search(p)), parts[0]).strip()
        head.evidence.append(page)
    elif len(re.findall("[\u3400-\u9fff]", stem)) >= 4:
        head.title = stem
        head.evidence.append(Fact("title", PurePosixPath(path).name, None, "file/name"))
