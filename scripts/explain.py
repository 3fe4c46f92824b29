"""Tell how a raw file was read. 用法：python scripts/explain.py 文件或文件夹… [--json] [--all]"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from jianggao import corpus, explain
from jianggao.errors import SpeechError
from jianggao.model import Reading


def readings(paths: list[Path]) -> Iterable[Reading]:
    """The readings of files and folders, in path order; a folder's files are named from the folder."""
    for path in paths:
        if path.is_dir():
            yield from corpus.load(path).readings
        else:
            yield corpus.read_file(path, path.parent)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="逐级说明一份原始讲话稿是怎样读成的", add_help=False)
    parser.add_argument("paths", nargs="+", type=Path, metavar="路径", help="原始文件或文件夹")
    parser.add_argument("--json", action="store_true", help="每个文件输出一行 JSON")
    parser.add_argument("--all", action="store_true", help="列出每一处改动，包括标点和版面")
    parser.add_argument("-h", "--help", action="help", help="显示这份说明")
    args = parser.parse_args(argv)
    failed = False
    try:
        for reading in readings(args.paths):
            failed |= any(p.severity == "error" for p in reading.problems)
            if args.json:
                print(json.dumps(explain.reading_json(reading), ensure_ascii=False))
            else:
                print(explain.reading_text(reading, args.all))
    except SpeechError as error:
        print(error, file=sys.stderr)
        return 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
