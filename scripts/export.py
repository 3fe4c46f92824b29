"""Export the archive for other programs. 用法：python scripts/export.py 目标文件夹 --format markdown|text|word|jsonl"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from scripts._cli import Parser, start

from jianggao import corpus
from jianggao.corpus import Corpus
from jianggao.errors import SpeechError
from jianggao.export import FORMATS, export

SPEECHES = Path(__file__).parents[1] / "speeches"


def chosen(archive: Corpus, ids: list[str]) -> Corpus:
    """The archive with only these speeches. Raises ``SpeechError`` for an id that it does not have."""
    if not ids:
        return archive
    known = {speech.id for speech in archive.speeches}
    for name in ids:
        if name not in known:
            raise SpeechError(archive.root, None, f"没有编号为 {name} 的讲稿", "编号在讲稿页末，也是网页的文件名")
    readings = (
        replace(reading, speeches=tuple(s for s in reading.speeches if s.id in ids)) for reading in archive.readings
    )
    return replace(archive, readings=tuple(reading for reading in readings if reading.speeches))


def main(argv: list[str] | None = None) -> int:
    parser = Parser("把档案导出成别的程序能用的文件：Markdown 网页源、纯文本、Word 公文、JSON Lines")
    parser.add_argument("place", type=Path, metavar="目标文件夹", help="新建的文件夹，已有内容的不覆盖")
    parser.add_argument("--format", required=True, choices=sorted(FORMATS), help="导出成什么")
    parser.add_argument("--only", nargs="+", default=[], metavar="编号", help="只导出这几篇")
    root = Path(os.environ.get("SPEECHES_DIR") or SPEECHES)
    parser.add_argument(
        "--from", dest="root", type=Path, default=root, metavar="文件夹", help="原始文件所在，默认 speeches"
    )
    args = parser.parse_args(argv)
    try:
        archive = corpus.load(args.root)
        for problem in archive.problems:
            if problem.severity == "error":
                print(f"{problem.path or args.root}：{problem.what}。怎么办：{problem.next_step}", file=sys.stderr)
        count = export(chosen(archive, args.only), args.format, args.place)
    except SpeechError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{args.place}：写不进去（{error.strerror}）。怎么办：看看磁盘满没满、有没有权限", file=sys.stderr)
        return 1
    print(f"导出 {count} 个文件到 {args.place}")
    return 1 if any(problem.severity == "error" for problem in archive.problems) else 0


if __name__ == "__main__":
    start(main)
