"""Numbers that open a heading, found and put into sequences: 一、 … 二、 … ; the outline is told by what follows on what.

A single "一、" proves nothing; 一 followed by 二 of the same family, at the right depth, does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from .numbers import Found

MAX_LISTED = 36
MAX_ALONE, LONG_ANNOUNCEMENT = 40, 80
OPENS = re.compile("[^。！？；：]{4,24}[。：]?")
SAYS = re.compile("[^，。！？；：]{2,20}[。：]")
"""A short sentence, which may be a heading; and one of one clause."""
ALONE_RANK = 2
SELDOM = ("roman", "cn-blank", "jia", "zhi", "ar-zero", "ar-bare")
"""Families that are no numbers often enough that one of them proves nothing."""
ANNOUNCES = re.compile(
    "(?:[一两二三四五六七八九十几]|\\d)个?(?:点|条|项|件|方面|句话|问题|部分|层面|层)?(?:具体|重点)?(?:的?(?:意见|要求|建议|体会|希望|看法|想法|措施|工作|问题|内容|任务|事情?))?[^。！？：:]{0,6}[。：:]\\s*$"
)
AGENDA = re.compile(
    r"(?:请|由|奏唱|齐唱|全体起立|观看|播放|宣读|颁发|签订|上午|下午|晚上|\d{1,2}[:：]\d\d).{0,34}$|.{1,20}(?:讲话|发言|致辞|致词|宣读文件)[；。]?$"
)
"""An item of an agenda 议程: what will be done, and by whom."""
HOSTED = re.compile("颁奖|表彰|交流|表决|选举|合影|休息|授牌|授旗|签约|通报|表态|讲话|报到|点评|升国旗")
"""What a host 主持人 calls next by its number: 第二项：颁奖."""
GREETS, TAKES_LEAVE = re.compile("各位|大家|出席|欢迎|高兴|荣幸|早晨"), re.compile("谢|祝")
"""What is said in the first and in the last paragraph of a speech, but below no heading."""
AR_RANK = 3
MIN_COUNTED = 4
"""Fewest numbered paragraphs that are numbered as paragraphs."""
LOOK_AHEAD = 60
SPOKEN_RANK = 5
RESUMING_RANK = 4
PASSES = 12
"""Rounds of dropping numbers that belong to no sequence; real texts need two or three."""


@dataclass(slots=True, eq=False)
class Run:
    """A run of numbers of one family below one parent; ``items`` in text order."""

    family: tuple[str, str]
    rank: float
    parent: Found | None
    items: list[Found] = field(default_factory=list)

    @property
    def last(self) -> Found:
        return self.items[-1]


def _same_row(run: Run, found: Found) -> bool:
    """首先，… 其次，… 第三，…: one row of spoken numbers in two families."""
    return run.family[0] == "first-next" and found.family == ("di", "") and found.start == 0


class _Builder:
    """Puts numbers into nested sequences in one pass, looking ahead where a new 一 could be a child or a sibling."""

    def __init__(self, numbers: Sequence[Found], holes: set[int]) -> None:
        self.numbers, self.holes = numbers, holes
        self.stack: list[Run] = []
        self.done: list[Run] = []
        self.nested: set[tuple[int, tuple[str, str]]] = set()  # which families have stood below which run
        self.closed: dict[tuple[str, str], int] = {}  # how far the families have counted whose runs are over

    def _pop_to(self, depth: int) -> None:
        self.closed.update((run.family, run.last.ordinal) for run in self.stack[depth:])
        del self.stack[depth:]

    def _follows(self, found: Found) -> int | None:
        """Depth of the open sequence that ``found`` goes on, or None."""
        for depth in range(len(self.stack) - 1, -1, -1):
            sequence = self.stack[depth]
            if sequence.family != found.family and not _same_row(sequence, found):
                continue
            step = found.ordinal - sequence.last.ordinal
            hole = any(sequence.last.paragraph < h <= found.paragraph for h in self.holes)
            if step == 1 or (step > 1 and hole) or (found.marker == "first-next" and step >= 1):
                return depth
            if step == 0 and found.ordinal == 1 and sequence.last.start:
                continue  # a list in a sentence, then headings
            if step in (0, 2) and found.start == 0 and found.rank <= (3 if step else 2):
                return depth  # a number lost, mistyped or said twice, in a form that nothing but a heading has
        return None

    def _goes_on(self, index: int, sequence: Run, limit: float) -> bool:
        """Whether ``sequence`` is continued after ``index`` before a number of a lower rank than ``limit``."""
        for later in self.numbers[index + 1 : index + LOOK_AHEAD]:
            if later.rank < limit:
                return False
            if later.family == sequence.family:
                return later.ordinal == sequence.last.ordinal + 1
        return False

    def _resumes(self, found: Found) -> bool:
        """Whether a formal family counts on below the next parent (一、 1. 2. 二、 3. 4.)."""
        formal = found.start == 0 and 2 <= found.rank <= RESUMING_RANK
        return formal and bool(self.stack) and self.closed.get(found.family) == found.ordinal - 1

    def _lost_first(self, index: int, found: Found) -> bool:
        """Whether ``found`` is a two whose one was lost or mistyped: a three stands at the start of a paragraph below."""
        if found.ordinal != 2 or found.start or any(run.family == found.family for run in self.stack):
            return False
        same = (n for n in self.numbers[index + 1 : index + LOOK_AHEAD] if n.family == found.family)
        later = next(same, None)
        return later is not None and later.ordinal == 3 and later.start == 0

    def _open(self, index: int, found: Found) -> None:
        for depth, sequence in enumerate(self.stack):
            if sequence.family == found.family:  # the same family counts anew: a sibling run below the same parent
                self._pop_to(depth)
                break
        while self.stack and self.stack[-1].rank > found.rank:
            self._pop_to(len(self.stack) - 1)
        if self.stack and self.stack[-1].rank == found.rank and not self._child(index, found, self.stack[-1]):
            self._pop_to(len(self.stack) - 1)
        parent = self.stack[-1].last if self.stack else None
        if self.stack:
            self.nested.add((id(self.stack[-1]), found.family))
        sequence = Run(found.family, found.rank, parent, [found])
        self.stack.append(sequence)
        self.done.append(sequence)

    def _child(self, index: int, found: Found, top: Run) -> bool:
        """Whether a new run of the same rank as the open one belongs below its last item."""
        if self._goes_on(index, top, found.rank):
            return True
        return found.paragraph == top.last.paragraph or (id(top), found.family) in self.nested

    def _after_hole(self, found: Found) -> bool:
        return bool(self.holes) and min(self.holes) <= found.paragraph

    def run(self) -> list[Run]:
        for index, found in enumerate(self.numbers):
            depth = self._follows(found)
            if depth is not None:
                self._pop_to(depth + 1)
                self.stack[depth].items.append(found)
            elif (
                found.ordinal == 1 or self._after_hole(found) or self._resumes(found) or self._lost_first(index, found)
            ):
                self._open(index, found)
        return self.done


def _holds(outer: Sequence[int], firsts: Sequence[int]) -> int:
    """Behind how many of the numbers ``outer`` another family begins anew before ``outer`` goes on. ``firsts`` are the places
    of that family's first numbers; all are places in the row of numbers, in order."""
    return sum(bisect_right(firsts, here) < bisect_left(firsts, there) for here, there in pairwise((*outer, 1 << 60)))


def _reranked(numbers: Sequence[Found]) -> list[Found]:
    """Spoken families (首先…其次…) that hold formal ones (1. 2.) here, against the usual order, get a rank above them."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, found in enumerate(numbers):
        places.setdefault(found.family, []).append(place)
    firsts = {family: [i for i in mine if numbers[i].ordinal == 1] for family, mine in places.items()}
    rank_of = {family: numbers[mine[0]].rank for family, mine in places.items()}
    formal = [family for family, rank in rank_of.items() if 2 <= rank < SPOKEN_RANK]
    ranks: dict[tuple[str, str], float] = {}
    for outer, mine in places.items():
        for inner in formal if rank_of[outer] >= SPOKEN_RANK and len(mine) >= 2 else ():
            under_it = any(first > places[inner][0] for first in firsts[outer])
            if not under_it and _holds(mine, firsts[inner]) >= 2:
                ranks[outer] = min(ranks.get(outer, 9.0), rank_of[inner] - 0.5)
    return [replace(f, rank=ranks[f.family]) if f.family in ranks else f for f in numbers]


def sequences(
    numbers: Sequence[Found], holes: set[int], open_end: bool, alone: frozenset[tuple[int, int]] = frozenset()
) -> list[Run]:
    """The sequences that are borne out, in order of their first item.

    ``holes`` are the paragraphs before which text is missing; a number after a hole needs no predecessor. ``open_end``
    tells that the text breaks off, so that a lone 一、 at the end may stand. ``alone`` are the places (paragraph,
    character) of numbers that prove themselves. A sequence of one is otherwise no sequence; what stood below it goes up to
    its parent. Numbers that drop out may free others, so this is done until nothing changes.
    """
    kept = _reranked(numbers)
    for _ in range(PASSES):
        builder = _Builder(kept, holes)
        built = builder.run()
        still_open = {id(s) for s in builder.stack} if open_end else set()
        weak = {id(s.items[0]) for s in built if not _stands(s, id(s) in still_open, holes, alone)}
        if not weak:
            return built
        kept = [n for n in kept if id(n) not in weak]
    return [s for s in built if id(s.items[0]) not in weak]


def _stands(run: Run, still_open: bool, holes: set[int], alone: frozenset[tuple[int, int]]) -> bool:
    first = run.items[0]
    if len(run.items) > 1 or (first.paragraph, first.start) in alone:
        return True
    if still_open:
        return first.marker not in SELDOM and not (
            first.marker == "di" and first.key
        )  # 第一个 is said of a first thing without a second
    return run.rank <= 2 and bool(holes) and first.start == 0


def alone(numbers: Sequence[Found], texts: Sequence[str]) -> frozenset[tuple[int, int]]:
    """Places of first numbers that prove themselves although nothing goes on from them (the source breaks off): a 一、 on its
    own line above prose, or one that the sentence before it announces (下面，我讲三点意见。)."""
    return frozenset((f.paragraph, f.start) for f in numbers if f.ordinal == 1 and _proves_itself(f, texts))


def _proves_itself(found: Found, texts: Sequence[str]) -> bool:
    text = texts[found.paragraph]
    before = text[: found.start] if found.start else texts[found.paragraph - 1] if found.paragraph else ""
    if found.marker == "di" and found.key and found.start == 0:  # 我想说四个词。 第一个词，……
        said = re.search(f"[两二三四五六七八九十几]{found.key}", before[-LONG_ANNOUNCEMENT:])
        return bool(said and SAYS.match(text, found.after))
    if found.rank > ALONE_RANK + 1 or found.marker in SELDOM:
        return False  # only the formal families; a lone 一是 proves nothing
    words = text[found.after :]
    if ANNOUNCES.search(before[-MAX_ALONE:]) and (found.rank <= 1 or (found.start == 0 and OPENS.match(words))):
        return True
    below = texts[found.paragraph + 1] if found.paragraph + 1 < len(texts) else ""
    own = found.start == 0 and 4 <= len(words) <= MAX_ALONE and not re.search("[。！？；：]", words)
    return bool(found.rank <= ALONE_RANK and own and len(below) > len(words) and re.search("[。！？，]", below))


def _lists_only(text: str) -> bool:
    long = 2 * MAX_LISTED if text.endswith(("；", ";")) else MAX_LISTED
    return len(text) <= long and not re.search("[。！？：].", text)


def lists(built: Sequence[Run], texts: Sequence[str]) -> set[tuple[int, int]]:
    """Places (paragraph, character) of numbers of runs that only list: items that fill their short paragraphs with nothing
    below them, or items of an agenda 议程. A heading has something below it.
    """
    out: set[tuple[int, int]] = set()
    for run in built:
        items = run.items
        filled = [f for f in items if f.start == 0 and _lists_only(texts[f.paragraph])]
        agenda = [f for f in filled if AGENDA.match(texts[f.paragraph][f.after :])]
        agenda = agenda or [f for f in items if _of_host(f, texts[f.paragraph])]
        if len(items) >= 2 and (
            2 * len(agenda) >= len(items) or (len(filled) == len(items) and _only_lists(run, texts))
        ):
            out |= {(f.paragraph, f.start) for f in items}
    return out


def _of_host(found: Found, text: str) -> bool:
    """Whether a number is that of an item of the agenda, as a host calls it: 第二项：颁奖, 第三项议程，请县长讲话。"""
    if not found.key.startswith("项"):
        return False
    words = re.split("[。！]", text[found.after :], maxsplit=1)[0]
    return bool(AGENDA.match(words) or HOSTED.match(words))


def paragraph_numbers(
    numbers: Sequence[Found], built: Sequence[Run], texts: Sequence[str], salutations: Sequence[bool]
) -> set[tuple[int, int]]:
    """Places of 1. 2. 3. that count the paragraphs of a speech: they start with its first paragraph, count on below the next
    heading, leave hardly a paragraph out, and greet or take leave."""
    items = [f for f in numbers if f.marker == "ar" and f.start == 0]
    headings = {f.paragraph for run in built if run.rank < AR_RANK for f in run.items}
    if len(items) < MIN_COUNTED or [f.ordinal for f in items] != list(range(1, len(items) + 1)):
        return set()
    first, last = items[0].paragraph, items[-1].paragraph
    counted = {f.paragraph for f in items}
    prose = {i for i, text in enumerate(texts[: last + 1]) if len(text) > MAX_LISTED and not salutations[i]} - headings
    before = any(i < first for i in prose)
    crossed = any(first < i < last for i in headings) and bool(
        GREETS.search(texts[first]) or TAKES_LEAVE.search(texts[last])
    )
    left_out = len(prose - counted)
    return {(f.paragraph, f.start) for f in items} if crossed and not before and 4 * left_out <= len(items) else set()


def _only_lists(run: Run, texts: Sequence[str]) -> bool:
    """Whether the filled items of a run stand one right behind the other, three or more of them or announced by a colon."""
    items = run.items
    adjacent = all(b.paragraph == a.paragraph + 1 for a, b in pairwise(items))
    before = texts[items[0].paragraph - 1] if items[0].paragraph else ""
    ends = any(texts[f.paragraph].endswith(("；", ";")) for f in items)
    return adjacent and (before.endswith(("：", ":")) or ends or len(items) >= 3)
