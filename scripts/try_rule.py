"""Every line that a new rule would touch. 用法：python scripts/try_rule.py 新规则.toml [文件或文件夹…]"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from scripts._cli import Parser, start

from jianggao import rulebook, trial
from jianggao.errors import SpeechError

WIDTH = 70


def clip(text: str | None) -> str:
    if text is None:
        return "删去"
    return f"「{text if len(text) <= WIDTH else text[: WIDTH - 1] + '…'}」"


def told(found: trial.Touched | trial.Difference) -> str:
    """One difference as a line; what was published speech until now is marked."""
    if isinstance(found, trial.Difference):
        return f"  {found.file}  {found.what}"
    mark = "！正文" if found.published else "  框架"
    before = "（原来删去）" if found.before is None else clip(found.before)
    return f"{mark}  {found.file} 第 {found.line} 行  {before} → {clip(found.after)}"


def main(argv: list[str] | None = None) -> int:
    parser = Parser("试一条新规则：把它会动到的每一行、会改变的标题和提纲都列出来")
    parser.add_argument("rule", type=Path, metavar="新规则.toml", help="写着 [[rule]]、[[form]] 或 [[marker]] 的文件")
    parser.add_argument("paths", nargs="*", type=Path, metavar="路径", help="原始文件或文件夹；不写就是 speeches/")
    args = parser.parse_args(argv)
    paths = args.paths or [Path(os.environ.get("SPEECHES_DIR") or "speeches")]
    old = rulebook.default()
    try:
        if missing := next((p for p in (args.rule, *paths) if not p.exists()), None):
            raise SpeechError(str(missing), None, "找不到这个文件或文件夹", "看看名字和所在的文件夹写对没有")
        new, names = rulebook.extended(old, args.rule)
    except SpeechError as error:
        print(error, file=sys.stderr)
        return 1
    lines = published = differences = read = 0
    for path in paths:
        root, files = trial.files(path)
        read += len(files)
        for found in trial.compare(files, root, old, new):
            print(told(found))
            if isinstance(found, trial.Touched):
                lines, published = lines + 1, published + found.published
            else:
                differences += 1
    print(f"规则 {'、'.join(names)}：读了 {read} 个文件，动到 {lines} 行，其中正文 {published} 行；")
    print(f"标题、署名、提纲等另有 {differences} 处不同。正文的每一行都要看过，确认不是讲话，才可以收。")
    return 0


if __name__ == "__main__":
    start(main)
