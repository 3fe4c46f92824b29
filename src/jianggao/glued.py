"""Where a heading ends that is glued to its paragraph without any mark: 一、统一思想提高认识今年以来，我们……

No single sign proves such a boundary, so each possible place collects points; the best place wins if it beats reading the
first sentence as the heading. The weights were set by reading the seeds and the reports of the corpus that glue.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .numbering import Found, Run
from .words import bare

MIN_WORDS, MAX_WORDS = 5, 48
MAX_CLOSED = 24
"""A heading on its own line seldom has a full stop; a longer line with one may well be heading and sentence glued."""
SURE = 3.0
"""A boundary with this many points of its own is not given up for a shape that others share."""
SHORT_HEAD, ALIKE, LONG_SENTENCE = 16, 5, 22
"""Headings of one shape are told by the shape alone up to ``SHORT_HEAD`` characters, longer ones only where ``ALIKE`` places
say the same; a first sentence up to ``LONG_SENTENCE`` is a heading by itself."""
GOOD_END = re.compile(
    "(?:工作|关系|成果|落地|落实|水平|能力|建设|发展|基础|任务|责任|保障|作用|实效|局面|体系|机制|担当|重点|目标|方向|意义|认识|形势|力度|"
    "环境|作风|队伍|回顾|安排|要求|改革|治理|安全|质量|活力|合力|民生|服务|氛围|思想|意识|自觉|情况|进展|成效|问题|措施|统一|稳定|纪律)$"
)
BAD_END = re.compile("[的和与、，在对把了是为及而以从于被让将着之不更最（“《]$")
BAD_START = re.compile("^[的和与、，。；：了着过等）”》们性化]")


def _repeat(head: str, tail: str) -> int:
    """Length of the longest beginning of ``tail`` that ``head`` already holds."""
    length = 0
    while length < min(12, len(tail)) and tail[: length + 1] in head:
        length += 1
    return length


def _parallel(head: str, other: str) -> float:
    """How much two headings are built alike: the same number of clauses, clauses of one length, the same first words and
    last words (要正确处理……的关系)."""
    mine, theirs = head.split("，"), other.split("，")
    if len(mine) != len(theirs):
        return 0.0
    points = 0.7
    for a, b in zip(mine, theirs, strict=True):
        points += 0.4 if len(a) == len(b) else 0.0
        points += 0.6 if a[:2] == b[:2] else 0.0
        points += 0.6 if a[-2:] == b[-2:] else 0.0
        points += 1.0 if a[:3] == b[:3] and a[-3:] == b[-3:] else 0.0
    return min(points, 3.2)


def _local(words: str, at: int, openers: Sequence[str], whole: str) -> float:
    """What speaks for a boundary at ``at`` without any other heading in view."""
    head, tail = words[:at], words[at:]
    if BAD_END.search(head) or BAD_START.match(tail):
        return -9.0
    points = 1.5 if GOOD_END.search(head) else 0.0
    points += min(2.0, max((len(o) for o in openers if tail.startswith(o)), default=0) * 0.9)
    repeat = _repeat(head, tail)
    points += repeat * 0.5 if repeat >= 4 else 0.0
    return points - (2.0 if whole.count(head[-2:] + tail[:2]) > 1 else 0.0)


def _agreement(heads: Sequence[str]) -> int:
    """Places where headings of one shape all say the same character: 把…当…，在…上来一次大…"""
    return sum(len(set(column)) == 1 for column in zip(*heads, strict=True))


def _joint(all_words: Sequence[str], openers: Sequence[str], whole: str) -> dict[int, str]:
    """Headings by item when every item is glued: one shape of clauses (4+6, 8+9) that fits all items, or all but one.

    With two items chance equality is near, so their boundaries must also be good in themselves.
    """
    shapes: dict[tuple[int, ...], dict[int, tuple[float, str]]] = {}
    sure: dict[int, tuple[float, str]] = {}
    for item, words in enumerate(all_words):
        for at in _candidates(words):
            points = _local(words, at, openers, whole)
            sure[item] = max(sure.get(item, (SURE, "")), (points, words[:at]))
            shape = tuple(len(c) for c in words[:at].split("，"))
            if points > -9.0 and min(shape) >= 2:
                shapes.setdefault(shape, {})[item] = (points, words[:at])
    best, chosen = 2.0 * len(all_words), dict[int, str]()
    for shape, found in shapes.items():
        if len(found) < max(2, len(all_words) - 1):
            continue
        heads = [head for _, head in found.values()]
        if any(head and head != found.get(item, (0.0, ""))[1] for item, (_, head) in sure.items()):
            continue
        if len(heads[0]) > SHORT_HEAD and _agreement(heads) < ALIKE:
            continue
        points = sum(p for p, _ in found.values()) + (1.2 + 0.5 * (len(shape) - 1)) * len(found)
        points += 0.4 * _agreement(heads) * len(found)
        if points > best and (len(found) >= 3 or points >= 6.0):
            best, chosen = points, {item: head for item, (_, head) in found.items()}
    return chosen


def _score(
    words: str, at: int, siblings: Sequence[str], openers: Sequence[str], known: frozenset[str], whole: str
) -> float:
    head = words[:at]
    points = _local(words, at, openers, whole)
    if points <= -9.0:
        return points
    said = bare(head)
    # a heading of the contents has its number before its words: up to three characters more
    if len(said) >= MIN_WORDS and any(k.endswith(said) and len(k) - len(said) <= 3 for k in known):
        points += 6.0
    points += max((_parallel(head, other) for other in siblings), default=0.0)
    if siblings:
        points -= min(2.0, 0.08 * min(abs(len(head) - len(o)) for o in siblings))
    return points


def _plain(words: str) -> float:
    """What speaks for the whole first sentence as the heading: it is short and closed by a full stop."""
    stop = re.search("[。！？：:]", words)
    if stop is None:
        return 9.0 if len(words) <= MAX_WORDS * 2 else 0.0
    length = stop.start()
    return 4.5 if length <= 24 else 3.4 if length <= 32 else 2.2 if length <= 45 else 0.6


def _candidates(words: str) -> range:
    stop = re.search("[。！？；]", words)
    return range(MIN_WORDS, min(MAX_WORDS, (stop.start() if stop else len(words)) - 3))


def _of_sequence(sequence: Run, texts: Sequence[str], openers: Sequence[str], known: frozenset[str]) -> dict[int, int]:
    """Paragraph → character of the boundary, for one run of numbers. Headings found first help to find the others."""
    items = [f for f in sequence.items if f.start == 0 and f.rank <= 2]
    own = [texts[f.paragraph][f.after :].rstrip("。：；") for f in items if _is_own_line(texts[f.paragraph], f)]
    open_items = [f for f in items if not _is_own_line(texts[f.paragraph], f)]
    whole = "\n".join(texts) if open_items else ""
    long = [f for f in open_items if len(re.split("[。！？：]", texts[f.paragraph][f.after :])[0]) > LONG_SENTENCE]
    joint = {} if own else _joint([texts[f.paragraph][f.after :] for f in long], openers, whole)
    out = {long[item].paragraph: long[item].after + len(head) for item, head in joint.items()}
    open_items = [f for f in open_items if f.paragraph not in out]
    for _ in range(2):
        for found in open_items:
            words = texts[found.paragraph][found.after :]
            solved = [
                texts[p][f.after : at]
                for f in open_items
                for p, at in out.items()
                if p == f.paragraph and f is not found
            ]
            siblings = own + solved or list(joint.values()) or _rough(items, texts, found)
            scored = [(_score(words, at, siblings, openers, known, whole), -at, at) for at in _candidates(words)]
            best, _, at = max(scored, default=(0.0, 0, 0))
            if best > max(_plain(words), 2.4):
                out[found.paragraph] = found.after + at
            else:
                out.pop(found.paragraph, None)
    return out


def boundaries(
    texts: Sequence[str], built: Sequence[Run], openers: Sequence[str], known: frozenset[str]
) -> list[tuple[int, int]]:
    """(paragraph, character) of every place where a heading of rank 一、 or （一） ends inside its paragraph unmarked."""
    return [place for sequence in built for place in _of_sequence(sequence, texts, openers, known).items()]


def _is_own_line(text: str, found: Found) -> bool:
    words = text[found.after :].rstrip("。：；")
    if text.endswith("。") and len(words) > MAX_CLOSED:
        return False
    return len(words) <= MAX_WORDS and not re.search("[。！？；]", words)


def _rough(items: Sequence[Found], texts: Sequence[str], found: Found) -> list[str]:
    """Likely headings of the other items when all of them are glued: pairs that share a frame 要……的关系 show each other."""
    mine = texts[found.paragraph][found.after :][:MAX_WORDS]
    out = []
    for other in items:
        if other is found:
            continue
        theirs = texts[other.paragraph][other.after :][:MAX_WORDS]
        front = next((i for i, (x, y) in enumerate(zip(mine, theirs, strict=False)) if x != y), 0)
        if front < 2:
            continue
        for end in range(front + 3, len(theirs)):
            suffix = theirs[max(front, end - 3) : end]
            if len(suffix) == 3 and GOOD_END.search(theirs[:end]) and suffix in mine[front:]:
                out.append(theirs[:end])
                break
    return out
