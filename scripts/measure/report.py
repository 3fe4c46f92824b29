"""The figures as tables in Markdown, with Chinese heads."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Browser
from scripts.measure.browser import median, percentile
from scripts.measure.ourselves import Speed
from scripts.measure.peer import Built, Figures

from jianggao.search.selftest import Score


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that has to hold: what, measured, the most that it may be, as text, and whether it holds."""

    what: str
    measured: str
    target: str
    holds: bool


def _at_most(what: str, value: float, most: float, unit: str, digits: int = 0) -> Point:
    return Point(what, f"{value:,.{digits}f} {unit}", f"≤ {most:,g} {unit}", value <= most)


def exact(way: str, figures: Score) -> list[Point]:
    """Recall and precision of one way of opening the site."""
    counts = Point(f"{way}：处数不符的篇数", str(figures.miscounted), "0", figures.miscounted == 0)
    return [
        Point(f"{way}：{figures.queries} 次随机检索的查全率", f"{figures.recall:.4f}", "1.0000", figures.recall == 1),
        Point(f"{way}：查准率", f"{figures.precision:.4f}", "1.0000", figures.precision == 1),
        counts,
    ]


def sizes(index: int, raw: int, seconds: float, memory: int) -> list[Point]:
    """The search data and its build."""
    return [
        _at_most("检索数据与正文字节之比", index / raw, 0.95, "", 3),
        _at_most("生成检索数据", seconds, 60, "秒", 1),
        _at_most("生成检索数据的内存峰值", memory / 1e6, 2000, "MB"),
    ]


def fast(way: str, found: Speed) -> list[Point]:
    """First and later answers."""
    return [
        _at_most(f"{way}：没有载入过检索的页面，第一次检索，中位数", median(found.called), 300, "毫秒"),
        _at_most(f"{way}：同上，95% 分位", percentile(found.called, 0.95), 800, "毫秒"),
        _at_most(f"{way}：刚打开的检索页，第一次检索到看见结果，中位数", median(found.asked), 300, "毫秒"),
        _at_most(f"{way}：同上，95% 分位", percentile(found.asked, 0.95), 800, "毫秒"),
        _at_most(f"{way}：以后各次，中位数", median(found.later), 60, "毫秒"),
        _at_most(f"{way}：以后各次，95% 分位", percentile(found.later, 0.95), 300, "毫秒"),
        Point(
            f"{way}：连打开检索页（带 ?q=）在内，到看见结果",
            f"中位数 {median(found.shown):.0f}，95% 分位 {percentile(found.shown, 0.95):.0f} 毫秒",
            "—",
            True,
        ),
        _at_most(f"{way}：检索 100 次以后的内存（未回收）", found.heap / 1e6, 150, "MB"),
    ]


def slow(found: Speed) -> list[Point]:
    """With the processor slowed four times."""
    return [
        _at_most("处理器放慢四倍：第一次检索，最慢的一次", max(found.called + found.asked), 1500, "毫秒"),
        _at_most("处理器放慢四倍：以后各次，最慢的一次", max(found.later), 1500, "毫秒"),
        _at_most("处理器放慢四倍：从打开检索页到看见结果，最慢的一次", max(found.shown), 1500, "毫秒"),
    ]


def loaded(found: Speed) -> Point:
    """What a later query of four characters loads."""
    return _at_most("一次四字检索载入，中位数", median(found.later_bytes) / 1e3, 300, "kB")


def points(rows: Sequence[Point]) -> str:
    """What has to hold, as a table."""
    lines = ["| 项目 | 实测 | 要求 | |", "| --- | ---: | ---: | --- |"]
    lines += [f"| {row.what} | {row.measured} | {row.target} | {'' if row.holds else '**未达到**'} |" for row in rows]
    return "\n".join(lines)


def comparison(rows: Sequence[tuple[Built, Figures]]) -> str:
    """One column for each search."""
    heads = [built.peer.name for built, _ in rows]
    lines = [f"| | {' | '.join(heads)} |", f"| --- |{' ---: |' * len(rows)}"]

    def row(what: str, cells: Sequence[str]) -> None:
        lines.append(f"| {what} | {' | '.join(cells)} |")

    for kind, name in enumerate(("随机片段（2–8 字）", "整个分句（2–8 字）")):
        row(f"{name}：查全率 / 查准率 / 无结果", ["<br>".join(_qualities(figures, kind)) for _, figures in rows])
    row("检索数据（不含摘录和程序）", [f"{built.index / 1e6:.2f} MB" for built, _ in rows])
    row("可以提问：从网页载入完毕算起", [f"{figures.ready:.0f} 毫秒" for _, figures in rows])
    row("第一次检索：从提问到看见结果", [f"{figures.first:.0f} 毫秒" for _, figures in rows])
    row("第一次检索：从打开网页算起", [f"{figures.navigation:.0f} 毫秒" for _, figures in rows])
    row("检索为此载入（程序、数据、摘录）", [f"{figures.start_bytes / 1e6:.2f} MB" for _, figures in rows])
    row("以后各次四字检索：中位数 / 95% 分位 / 载入", ["<br>".join(_laters(figures)) for _, figures in rows])
    row("检索 100 次以后的内存", [f"{figures.heap / 1e6:.0f} MB" for _, figures in rows])
    row("双击打开（file://）", [figures.from_folder for _, figures in rows])
    row("生成检索数据", [f"{built.seconds:.1f} 秒，{built.memory / 1e6:.0f} MB" for built, _ in rows])
    return "\n".join(lines)


def _laters(figures: Figures) -> list[str]:
    return [
        f"{f'{way} ' if len(figures.later) > 1 else ''}{one.median:.0f} / {one.p95:.0f} 毫秒 / {one.bytes / 1e3:.0f} kB"
        for way, one in figures.later.items()
    ]


def beside(number: int, rows: Sequence[tuple[Built, Figures]], scanned: float) -> str:
    """The comparison with what was compared."""
    return (
        f"## 和别家比：{number:,} 篇\n\n{comparison(rows)}\n\n"
        f"逐字扫描全部正文（正文已经归一、放在内存里，Python）：每次 {scanned:.1f} 毫秒。查全率、查准率就是和它比出来的。"
    )


def _qualities(figures: Figures, kind: int) -> list[str]:
    rows = []
    for way, both in figures.quality.items():
        one = both[kind]
        name = f"{way} " if len(figures.quality) > 1 else ""
        rows.append(f"{name}{one.recall:.3f} / {one.precision:.3f} / {one.empty:.0%}")
    return rows


def machine(browser: Browser) -> str:
    """Day and machine."""
    return (
        f"{date.today().isoformat()}，{platform.system()} {platform.machine()}，{os.cpu_count()} 核，"
        f"Python {platform.python_version()}，Chromium {browser.version}。"
    )
