"""Measures what a host pays: seconds, pages a second, bytes of search data, peak memory; a table a run.

python scripts/bench.py --sizes 100 1000        # speeches made up on the spot
SPEECHES_DIR=/some/folder python scripts/bench.py
"""

from __future__ import annotations

import os
import platform
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from scripts._cli import Parser, start
from scripts.measure import cost

ROOT = Path(__file__).parents[1]
# Words of made-up speeches; a sentence takes one of each row, so that pairs vary more than a stock of sentences would.
ROWS = """
各级干部 有关部门 乡镇街道 广大党员 驻村队员 项目专班 企业负责人 窗口单位
要紧盯 要研究 要落实 要摸清 要解决 要推动 要总结 要通报
产业升级 水库除险 春耕备耕 老旧小区 危房改造 山林防火 学校食堂 河道清淤 市场监管 招商引资 养老服务 干部作风
存在的短板 的实际困难 的时间节点 的责任分工 的资金缺口 的长效机制 的重点环节 的群众意见
，说了算、定了干 ，一件一件销号 ，把账算细算实 ，到现场去看 ，月底前见效 ，不留空档 ，让群众看得见 ，按季度报告
"""
WORDS = tuple(row.split() for row in ROWS.strip().splitlines())
HEADINGS = ("提高认识，扛起责任", "突出重点，补齐短板", "改进作风，务求实效", "加强领导，狠抓落实")


@dataclass(frozen=True, slots=True)
class Row:
    """One run: speeches, bytes of raw text, seconds, bytes of search data and snippet texts, peak memory in bytes."""

    speeches: int
    raw: int
    seconds: float
    index: int
    texts: int
    memory: int


def speech(chance: random.Random, number: int) -> str:
    """A made-up speech of about 3,000 characters."""
    place = f"{chance.choice('青白云石望鹤')}{chance.choice('槐榆溪桥江岭')}{chance.choice('县市区镇')}"
    person = chance.choice("陆沈顾韩魏苏") + chance.choice("致若明一长映") + chance.choice("远川谦苇庚雪")
    day = f"{2009 + number % 17}年{1 + number % 12}月{1 + number % 28}日"
    lines = [
        f"在{place}{chance.choice(WORDS[2])}工作会议上的讲话",
        f"（{day}）",
        f"{place}委书记　{person}",
        "",
        "同志们：",
    ]
    for ordinal, heading in zip("一二三四", HEADINGS, strict=True):
        lines.append(f"{ordinal}、{heading}")
        lines += ["　　" + "".join("".join(map(chance.choice, WORDS)) + "。" for _ in range(9)) for _ in range(4)]
    return "\n".join([*lines, "　　谢谢大家！", ""])


def make(folder: Path, number: int) -> None:
    """Write ``number`` speeches, the same ones in every run."""
    chance = random.Random(number)
    for one in range(number):
        path = folder / f"{one // 500:03}" / f"{one:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(speech(chance, one), encoding="utf-8")


def run(speeches: Path, site: Path) -> Row:
    """Build once in a process of its own, whose time and memory the system tells.

    :raises SystemExit: with the build's own words, if it fails.
    """
    spent = cost.site(speeches, site)
    data = next(path.parent for path in site.rglob("manifest.js"))
    texts = cost.size((data / "t").rglob("*"))
    index = cost.size(data.rglob("*")) - texts
    pages = sum(1 for _ in (site / "speeches").glob("*.html"))
    return Row(pages, cost.size(speeches.rglob("*")), spent.seconds, index, texts, spent.memory)


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table, with Chinese headings."""
    heads = (
        "讲话（篇）",
        "原稿（MB）",
        "生成（秒）",
        "每秒（篇）",
        "检索数据（MB）",
        "与原稿之比",
        "摘录（MB）",
        "内存峰值（MB）",
    )
    lines = [f"| {' | '.join(heads)} |", "| ---: " * len(heads) + "|"]
    for row in rows:
        cells = (
            f"{row.speeches:,}",
            f"{row.raw / 1e6:.2f}",
            f"{row.seconds:.1f}",
            f"{row.speeches / row.seconds:.0f}",
            f"{row.index / 1e6:.2f}",
            f"{row.index / row.raw:.2f}",
            f"{row.texts / 1e6:.2f}",
            f"{row.memory / 1e6:.0f}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    parser = Parser("测量生成网站的速度、检索数据的大小和内存，列成表。")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[100, 1000], metavar="篇数", help="各测多少篇（默认 100 1000）"
    )
    options = parser.parse_args(arguments)
    given = os.environ.get("SPEECHES_DIR")
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for number in [0] if given else options.sizes:
            folder = Path(given).resolve() if given else Path(scratch) / f"speeches-{number}"
            if not given:
                make(folder, number)
            rows.append(run(folder, Path(scratch) / f"site-{number}"))
    print(table(rows))
    print(f"\n{platform.system()} {platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}。")
    if not given:
        print("讲话是现造的，用词重复：检索数据与原稿之比低于真实档案。用 SPEECHES_DIR 测自己的档案。")
    return 0


if __name__ == "__main__":
    start(main)
