"""Pages in the midst of a text: their numbers, alone or before a line, and the heads that stand on each of them.

Each function is the finder of one audited rule (see `jianggao.audit.Rule`). A list has numbers too, a speech its refrains:
what does not break sentences, or stand as pages stand, is left.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from .audit import Edit, Lines
from .layout import CLAUSE, MARKERISH, ends, is_body, is_prose
from .model import Line

LEADING_NUMBER = re.compile(r"^\s*(\d{1,3})\s*[、.．]\s*")
PAGE_ONLY = re.compile(
    r"(?P<before>[-—–－]\s*+)?(?:第\s*+)?(?P<number>\d{1,3})(?!\d)\s*+(?P<page>页)?\s*+"
    r"(?P<of>[/／]?\s*+共?\s*+\d{1,3}\s*+页?)?\s*+(?P<behind>[-—–－])?"
)
SECTION = re.compile(r"(?:part\s*\.?\s*0?|0)(?P<number>[1-9])\s*[.、]?", re.IGNORECASE)
MAX_SECTION = 30
"""Characters of a heading below its number."""
MAX_PAGE_LINE = 40
"""Characters of a line that can hold only a page number."""
MAX_RUNNING, MIN_RUNNING = 40, 3
"""A running head is at most so long (characters), and said at least so often."""
TORN_PAGE = 40
"""A page torn out of running text is longer than this (characters); an item of a list is not."""
INSIDE, UNLIKE = 16, 2
"""A line shorter than this (characters) is a heading rather than the unfinished end of a page; and the longest page between
two bare numbers is at most so many times the shortest."""
BARE_PAGE = 300
"""Characters between two bare numbers at the ends of paragraphs that make a page: a section with a number above is often
shorter, and printed pages of Chinese have 500 and more."""
CUT_OFF = re.compile(r"[\u3400-\u9fff\w]")
ITEM = re.compile(
    "要|把|抓|让|以|对|在|为|坚持|加|推|强化|突出|落实|明确|严|狠|深|提高|提升|完善|健全|建|做|搞|开|创|注重|切实|全面|全力|"
    "进一步|大力|积极|认真|充分|扎实|努力|保|防|管好|组织|宣传|培|优化|改|统|是|关于|[^，。；：]{2,12}[。：:]"
)
"""How an item of a list begins: with what is to be done, or with a few words as its heading."""


def _number(line: Line) -> re.Match[str] | None:
    text = line.text.strip()
    return PAGE_ONLY.fullmatch(text) if len(text) <= MAX_PAGE_LINE else None


def section_numbers(lines: Lines) -> Iterable[Edit]:
    """01, 02, 03 or PART 1, PART 2 alone above the headings of a web article: each goes before its heading, a short line
    without the end of a sentence above prose; above one that has a number of its own it goes out. Two in a row at least,
    the first one first."""
    filled = [i for i, line in enumerate(lines) if line.text]
    found: list[tuple[int, int, str]] = []
    for n, i in enumerate(filled[:-2]):
        number = SECTION.fullmatch(lines[i].text.strip())
        heading = lines[filled[n + 1]].text
        short = len(heading) <= MAX_SECTION and heading[-1] not in "。！!；;，,、：:" and not SECTION.fullmatch(heading)
        if number and short and is_prose(lines[filled[n + 2]].text) and int(number["number"]) == len(found) + 1:
            own = bool(MARKERISH.match(heading))
            found.append((i, filled[n + 1], heading if own else f"{int(number['number']):02d} {heading}"))
    if len(found) > 1:
        for above, below, heading in found:
            yield Edit(above, heading)
            yield Edit(below, None)


def _stated(found: re.Match[str]) -> bool:
    """Whether a number says itself that it is a page's: - 3 -, 第3页, 3/12."""
    return bool(found["page"] or found["of"] or (found["before"] and found["behind"]))


def _unfinished(text: str) -> bool:
    """Whether ``text`` stops in the midst of a sentence, not even at a comma."""
    return len(text) >= INSIDE and bool(CUT_OFF.match(text.rstrip()[-1:]))


def _first_run(filled: Sequence[tuple[int, Line]], start: int) -> list[int]:
    """Places in ``filled``, from ``start``, of lines that follow one another with the numbers 1, 2, 3 …"""
    run: list[int] = []
    for place in range(start, len(filled)):
        found = LEADING_NUMBER.match(filled[place][1].text)
        if found is None or int(found.group(1)) != len(run) + 1:
            break
        run.append(place)
    return run


def _reads_on(head: str, tail: str) -> bool:
    """Whether a page goes on behind its number: the one before stops inside its second sentence or a later one, and what
    follows begins like no item of a list."""
    return _unfinished(head) and "。" in head and not ITEM.match(tail) and bool(CLAUSE.search(tail))


def page_numbers_inside(lines: Lines) -> Iterable[Edit]:
    """Pages glued one after another, each as one line with its number: 1、 2、 3、 … in the middle of a sentence (seen where
    a viewer's pages were copied). The numbers go and the lines are one again. The first page is where the text begins; a list
    that stands below a sentence or a salutation keeps its numbers."""
    filled = [(i, x) for i, x in enumerate(lines) if x.text.strip()]
    for start, (_, line) in enumerate(filled):
        run = _first_run(filled, start)
        if len(run) >= 3:
            break
        if is_prose(line.text) or line.text.rstrip().endswith(("：", ":")):
            return
    else:
        return
    pieces = [LEADING_NUMBER.sub("", filled[k][1].text, count=1) for k in run]
    torn = sum(_reads_on(head, tail) for head, tail in pairwise(pieces))
    if torn * 2 > len(run) - 1 and all(len(filled[k][1].text) >= TORN_PAGE for k in run[:-1]):
        yield Edit(filled[run[0]][0], "".join(pieces))
        yield from (Edit(filled[k][0], None) for k in run[1:])


def _bare_pages(lines: Lines, found: Sequence[int]) -> bool:
    """Whether bare numbers at the indexes ``found`` stand as page numbers do: most of them inside a sentence, or long and even
    stretches apart without a heading below. The parts of a speech are numbered too, each at its beginning."""
    before = [next((x.text for x in reversed(lines[:i]) if x.text), "") for i in found]
    if sum(map(_unfinished, before)) * 2 >= len(found):
        return True
    behind = [next((x.text for x in lines[i + 1 : i + 4] if x.text), "") for i in found]
    headed = sum(bool(text) and not is_prose(text) for text in behind)
    apart = [sum(len(x.text) for x in lines[a + 1 : b]) for a, b in pairwise(found)]
    return bool(before[0]) and not headed and min(apart) >= BARE_PAGE and max(apart) <= UNLIKE * min(apart)


def _page_lines(lines: Lines) -> list[int]:
    """Indexes of the lines that hold only a page number: at least three of them, rising, with prose between most of them."""
    found = [(i, m) for i, x in enumerate(lines) if (m := _number(x))]
    if len(found) < 3:
        return []
    rising = [int(b["number"]) - int(a["number"]) for (_, a), (_, b) in pairwise(found)]
    apart = [any(is_prose(x.text) for x in lines[a + 1 : b]) for (a, _), (b, _) in pairwise(found)]
    if any(step not in (1, 2) for step in rising) or sum(apart) * 2 <= len(apart):
        return []
    places = [i for i, _ in found]
    return places if all(_stated(m) for _, m in found) or _bare_pages(lines, places) else []


def page_numbers_alone(lines: Lines) -> Iterable[Edit]:
    """Lines that hold only a page number."""
    yield from (Edit(i, None) for i in _page_lines(lines))


def running_heads(lines: Lines) -> Iterable[Edit]:
    """Running heads and feet of pages 页眉页脚: a short line said three times or more (its page number apart) that stands
    beside page numbers or breaks a sentence in two, most times that it is said."""
    filled = [i for i, x in enumerate(lines) if x.text]
    said: dict[str, list[int]] = defaultdict(list)
    for n, i in enumerate(filled):
        text = lines[i].text
        if len(text) <= MAX_RUNNING and not ends(text) and not _number(lines[i]):
            said[re.sub(r"[\d\s\-—–/|]+", " ", text).strip()].append(n)
    often = {words: places for words, places in said.items() if len(places) >= MIN_RUNNING and len(words) >= 4}
    if not often:
        return
    numbers = frozenset(_page_lines(lines)) | {i for i in filled if (m := _number(lines[i])) and _stated(m)}
    for words, places in often.items():
        if MARKERISH.match(words):
            continue
        framed = [n for n in places if _on_page_edge(lines, filled, n, numbers)]
        if len(framed) * 2 > len(places) and len(framed) >= 2:
            yield from (Edit(filled[n], None) for n in (places if len(framed) == len(places) else places[1:]))


def _on_page_edge(lines: Lines, filled: Sequence[int], n: int, numbers: frozenset[int]) -> bool:
    """Whether the line at place ``n`` of the filled ones stands beside one of the page ``numbers``, or inside a sentence. What
    stands behind a comma may be a refrain."""
    if numbers.intersection(filled[max(n - 1, 0) : n + 2]):
        return True
    before = lines[filled[n - 1]].text if n else ""
    behind = lines[filled[n + 1]].text if n + 1 < len(filled) else ""
    goes_on = behind and not MARKERISH.match(behind) and is_prose(behind)
    return bool(is_body(before) and _unfinished(before) and goes_on)
