"""Every labelled set there is on this machine, and what each of them measures."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.reading import gold, pages
from tests.reading.score import Score, score

FLOORS = Path(__file__).with_name("floors.toml")
Figures = dict[str, float | None]


def _spans(prefix: str) -> Callable[[], gold.GoldSet]:
    return lambda: gold.spans(prefix)


OURS: dict[str, Callable[[], gold.GoldSet]] = {
    "samples": gold.samples,
    "blind": lambda: gold.folder("blind", gold.TESTS / "blind"),
    "pages": lambda: gold.folder("pages", gold.TESTS / "pages"),
    "dress": lambda: gold.folder("dress", gold.TESTS / "dress"),
    "unseen": lambda: gold.folder("unseen", gold.TESTS / "unseen"),
}
SHARED: dict[str, Callable[[], gold.GoldSet]] = {
    "seeds": _spans("seeds"),
    "work_reports": _spans("corpus/work_reports"),
    "page_heads": _spans("corpus/page_heads"),
    "taiwan_big5": _spans("corpus/taiwan_big5"),
}


def names() -> list[str]:
    """The sets that can be measured here: ours always, those of ../shared where it lies beside the checkout."""
    return [*OURS, *SHARED, "html_pages"] if gold.SHARED.is_dir() else list(OURS)


def measured(name: str) -> tuple[Figures, Score | None]:
    """The figures of one set; the score behind them, where there is one, tells the faults."""
    if name == "html_pages":
        return pages.figures(), None
    counted = score((OURS | SHARED)[name]())
    return counted.figures(), counted


def floors() -> dict[str, dict[str, float]]:
    """What each figure of each set must reach: what was measured when it was last raised."""
    return tomllib.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}


def below(name: str, figures: Figures, floor: Mapping[str, float]) -> list[str]:
    """What is worse than its floor, what has none and what is no longer measured, as sentences."""
    out = []
    for figure in sorted(figures.keys() | floor.keys()):
        value, least = figures.get(figure), floor.get(figure)
        if value is not None and least is None:
            out.append(f"{name} 的 {figure} 还没有底线，量得 {value:.3f}")
        elif least is not None and (value is None or value < least):
            out.append(f"{name} 的 {figure} 跌破底线 {least:.3f}：{'没有量到' if value is None else f'{value:.3f}'}")
    return out


def raised(now: Mapping[str, Figures], old: Mapping[str, Mapping[str, float]]) -> str:
    """The floors file with every figure at the higher of old and new, cut to three digits; nothing in it ever falls."""
    lines = [
        "# 各套标注上应当达到的数，由 make bench-reading 量出。只升不降：scripts/bench_reading.py --raise 只会往上改。"
    ]
    for name in sorted(now.keys() | old.keys()):
        lines += ["", f"[{name}]"]
        known = old.get(name, {})
        for figure in sorted(now.get(name, {}).keys() | known.keys()):
            value = now.get(name, {}).get(figure)
            best = max(known.get(figure, 0.0), int((value or 0.0) * 1000 + 1e-6) / 1000)
            if value is not None or figure in known:
                lines.append(f"{figure} = {best:.3f}")
    return "\n".join(lines) + "\n"
