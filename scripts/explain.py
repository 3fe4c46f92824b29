"""Tell how a raw file was read. 用法：python scripts/explain.py 文件或文件夹… [--json] [--all]"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from scripts._cli import Parser, start

from jianggao import corpus, explain, rulebook
from jianggao.errors import SpeechError
from jianggao.model import Reading


def refusals(paths: Iterable[Path]) -> Iterator[SpeechError]:
    """What is wrong with the paths themselves: nothing there, or a sidecar where a raw file is wanted."""
    for path in paths:
        if not os.path.lexists(path):
            yield SpeechError(str(path), None, "找不到这个文件或文件夹", "看看名字和所在的文件夹写对没有")
        elif path.suffix == ".toml" and not path.is_dir():
            raw = path.with_suffix("")
            there = "" if raw.exists() else "（现在也找不到它）"
            yield SpeechError(str(path), None, "这是旁注，不是原始文件", f"写它说明的原始文件：{raw}{there}")


def readings(paths: Iterable[Path]) -> list[Reading]:
    """The readings of files and folders in path order, no file twice; a folder's files are named from the folder."""
    found: dict[Path, Reading] = {}
    # Outer folders come first and files last, so that a file has the same name in whatever order the paths are given.
    for path in sorted(paths, key=lambda path: (not path.is_dir(), len(path.resolve().parts), path)):
        folder = path if path.is_dir() else path.parent
        for reading in corpus.load(path).readings if path.is_dir() else [corpus.read_file(path, folder)]:
            full = folder / reading.file
            found.setdefault(full.parent.resolve() / full.name, reading)
    return [reading for _, reading in sorted(found.items(), key=lambda item: item[0].as_posix())]


def main(argv: list[str] | None = None) -> int:
    parser = Parser("逐级说明一份原始讲话稿是怎样读成的")
    parser.add_argument("paths", nargs="+", type=Path, metavar="路径", help="原始文件或文件夹")
    parser.add_argument("--json", action="store_true", help="每个文件输出一行 JSON")
    parser.add_argument("--all", action="store_true", help="版面、字形、标点也一处一处列出来")
    args = parser.parse_args(argv)
    if refused := list(refusals(args.paths)):
        print("\n".join(map(str, refused)), file=sys.stderr)
        return 1
    failed = False
    for reading in readings(args.paths):
        failed |= any(p.severity == "error" for p in reading.problems)
        if args.json:
            print(json.dumps(explain.reading_json(reading), ensure_ascii=False))
        else:
            print(explain.reading_text(reading, args.all, rulebook.default().reasons()))
    return 1 if failed else 0


if __name__ == "__main__":
    start(main)
