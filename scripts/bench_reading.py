"""How well and how fast raw files are read, against labels made by people. 用法：python scripts/bench_reading.py [选项]"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from scripts._cli import Parser, start
from tests.reading import gold, sets
from tests.reading.score import Score, score

from jianggao import corpus, pipeline

COLUMNS = (
    ("headings", "提纲F1"),
    ("precision", "准"),
    ("recall", "全"),
    ("levels", "级别"),
    ("own-line", "独行F1"),
    ("run-in", "段首"),
    ("glued", "粘连"),
    ("title", "标题"),
    ("speaker", "讲话人"),
    ("role", "职务"),
    ("date", "日期"),
    ("splits", "分篇"),
    ("noise", "噪声已去"),
    ("text", "文字未失"),
    ("body", "网页正文"),
    ("posted", "发布日"),
)
ROUNDS = 5


def row(name: str, figures: sets.Figures) -> str:
    cells = ["" if (value := figures.get(key)) is None else f"{value:.3f}" for key, _ in COLUMNS]
    return f"| {name} | {' | '.join(cells)} |"


def table(measured: dict[str, sets.Figures]) -> str:
    """One line a set, one column a figure; an empty cell was not labelled there."""
    heads = ["标注", *(name for _, name in COLUMNS)]
    lines = [f"| {' | '.join(heads)} |", "| --- " + "| ---: " * len(COLUMNS) + "|"]
    return "\n".join(lines + [row(name, figures) for name, figures in measured.items()])


def pace(folder: Path) -> str:
    """Milliseconds for 4,000 published characters of the files in ``folder``: each file's best of ``ROUNDS``."""
    seconds, chars = 0.0, 0
    for path in corpus.raw_files(folder):
        raw = path.read_bytes()
        best = 0.0
        for number in range(ROUNDS):
            begun = time.perf_counter()
            reading = pipeline.read(raw, path.name)
            took = time.perf_counter() - begun
            best = took if number == 0 else min(best, took)
        seconds += best
        chars += sum(s.chars for s in reading.speeches)
    return f"阅读速度：每 4000 字 {seconds / chars * 4e6:.2f} 毫秒（{folder.name}，{chars} 字，单核）"


def main(argv: list[str] | None = None) -> int:
    parser = Parser("量一量读得准不准、快不快：与人工标注比，低于底线就不通过")
    parser.add_argument("--faults", action="store_true", help="列出每一处不同")
    parser.add_argument("--only", nargs="+", metavar="名字", help="只量这几套标注")
    parser.add_argument("--raise", dest="up", action="store_true", help="把底线提到这次量得的数，只升不降")
    parser.add_argument("--labels", type=Path, metavar="文件夹", help="另量一套：里面有 raw/ 和 labels.json")
    args = parser.parse_args(argv)
    wanted = args.only or ([] if args.labels else sets.names())
    measured: dict[str, sets.Figures] = {}
    scores: dict[str, Score] = {}
    for name in wanted:
        measured[name], counted = sets.measured(name)
        if counted:
            scores[name] = counted
    complaints = [c for n, f in measured.items() for c in sets.below(n, f, sets.floors().get(n, {}))]
    if args.labels:
        scores[args.labels.name] = score(gold.folder(args.labels.name, args.labels))
        measured[args.labels.name] = scores[args.labels.name].figures()
    print(table(measured))
    if args.faults:
        print("\n".join(f"{name}：{fault}" for name, counted in scores.items() for fault in counted.faults))
    print(pace(gold.TESTS.parent / "speeches"))
    if args.up:
        kept = {n: f for n, f in measured.items() if n in sets.names()}
        sets.FLOORS.write_text(sets.raised(kept, sets.floors()), encoding="utf-8")
        return 0
    print("\n".join(complaints) or "没有低于底线的。")
    return 1 if complaints else 0


if __name__ == "__main__":
    start(main)
