"""Corpus → the page 统计: how long, when, which set phrases, how outlines are built. All counted, nothing estimated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from urllib.parse import quote

from .listings import by_year
from .markup import escaped
from .model import Page, Speech
from .parts import amount, chips, list_page, timeline

LENGTHS = (1000, 2000, 3000, 4000, 6000, 8000)
"""Upper ends of the groups of lengths in characters; the last group is open."""
PHRASE = re.compile(r"[\u3400-\u9fff]{4,10}")
PHRASES = 80
LEAST = 3
"""A set phrase stands in so many speeches at least."""
_CLAUSES = re.compile(r"[^\w.%％]+")
_BEGINNINGS = (
    ("一、", re.compile(r"[一二三四五六七八九十]+、")),
    ("（一）", re.compile(r"[（(][一二三四五六七八九十]+[）)]")),
    ("第一", re.compile(r"第[一二三四五六七八九十]+")),
    ("一是、一要", re.compile(r"[一二三四五六七八九十]+[是要]")),
    ("1.", re.compile(r"\d+[.．、]")),
)


def page(speeches: Sequence[Speech]) -> Page:
    """``figures.md``."""
    if not speeches:
        return list_page("figures.md", "统计", ["# 统计", "档案里还没有讲稿。"])
    sizes = by_year(speeches)
    rows = [
        "# 统计",
        f'<p class="lead">以网站收录的{len(speeches):,}篇讲稿为准，逐篇数出来的。</p>',
        _overview(speeches),
        *(["## 每年的篇数", timeline(sizes, lambda year: f"years/{year}.md")] if len(sizes) > 1 else []),
        "## 讲稿的长短",
        _bars(_lengths(speeches), "篇"),
        "## 提纲的样子",
        *_outlines(speeches),
        *_phrases(speeches),
    ]
    return list_page("figures.md", "统计", rows)


def _overview(speeches: Sequence[Speech]) -> str:
    sizes = sorted(speech.chars for speech in speeches)
    whole = sum(speech.completeness.status == "complete" for speech in speeches)
    rows = (
        f"共 **{amount(sum(sizes))}** 字",
        f"平均每篇 **{round(sum(sizes) / len(sizes)):,}** 字",
        f"中位数 **{round(median(sizes)):,}** 字",
        f"最短 **{sizes[0]:,}** 字，最长 **{sizes[-1]:,}** 字",
        f"完整 **{whole:,}** 篇，有缺失 **{len(speeches) - whole:,}** 篇",
    )
    items = "\n".join(f"- {row}" for row in rows)
    return f'<div class="figures" markdown="1">\n\n{items}\n\n</div>'


def _lengths(speeches: Iterable[Speech]) -> list[tuple[str, int]]:
    """Names of the groups of lengths, from the first to the last that has a speech, and how many speeches are in each."""
    count = Counter(next((n for n, end in enumerate(LENGTHS) if s.chars < end), len(LENGTHS)) for s in speeches)
    names = [
        f"不到{LENGTHS[0]:,}字",
        *(f"{low:,}—{high - 1:,}字" for low, high in pairwise(LENGTHS)),
    ]
    names.append(f"{LENGTHS[-1]:,}字以上")
    return [(names[n], count[n]) for n in range(min(count), max(count) + 1)]


def _outlines(speeches: Sequence[Speech]) -> list[str]:
    told = [speech for speech in speeches if speech.outline]
    if not told:
        return ["档案里还没有带提纲的讲稿。"]
    firsts = [sum(heading.level == 1 for heading in speech.outline) for speech in told]
    parts = Counter(min(number, 8) for number in firsts)
    heads = Counter(_beginning(speech) for speech in told)
    depth = Counter(max(heading.level for heading in speech.outline) for speech in told)
    average = sum(len(speech.outline) for speech in told) / len(told)
    lead = f"{len(told):,}篇有提纲，平均{average:.1f}条标题。"
    return [
        f'<p class="lead">{lead}</p>',
        "### 分几个大问题",
        _bars([(f"{n}个" if n < 8 else "8个以上", parts[n]) for n in sorted(parts)], "篇"),
        "### 大标题用什么编号",
        _bars(sorted(heads.items(), key=lambda row: (-row[1], row[0])), "篇"),
        "### 提纲有几层",
        _bars([(f"{n}层", depth[n]) for n in sorted(depth)], "篇"),
    ]


def _beginning(speech: Speech) -> str:
    """How the first heading of the first level is numbered."""
    first = next((heading.number for heading in speech.outline if heading.level == 1), "")
    return next((name for name, form in _BEGINNINGS if form.match(first)), "不编号")


def _phrases(speeches: Iterable[Speech]) -> list[str]:
    """What stands between two marks in most speeches: 真抓实干, 求真务实. Salutations and headings are none."""
    count: Counter[str] = Counter()
    for speech in speeches:
        told = {
            words
            for paragraph in speech.paragraphs
            if paragraph.kind == "text"
            for words in _CLAUSES.split(paragraph.text)
            if PHRASE.fullmatch(words)
        }
        count.update(told)
    rows = sorted(((words, n) for words, n in count.items() if n >= LEAST), key=lambda row: (-row[1], row[0]))
    if not rows:
        return []
    shown = chips((words, f"search.md?q={quote(words)}", number) for words, number in rows[:PHRASES])
    lead = "两个标点之间的四到十个字，在最多的讲稿里原样出现；数字是篇数，点开就是检索。"
    return ["## 常用的提法", f'<p class="lead">{lead}</p>', shown]


def _bars(rows: Sequence[tuple[str, int]], unit: str) -> str:
    """Names with bars as long as their numbers, and the numbers beside them."""
    most = max((number for _, number in rows), default=1) or 1
    made = (
        f'- <span class="bars__name">{escaped(name, opens=True)}</span><span class="bars__bar" '
        f'style="--share:{number / most:.3f}"></span><span>{number:,}{unit}</span>'
        for name, number in rows
    )
    return f'<div class="bars" markdown="1">\n\n{chr(10).join(made)}\n\n</div>'
