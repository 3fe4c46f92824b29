"""What a reviewer of a pull request must see. 用法：python scripts/check.py [--since 版本] [--dir 文件夹]"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from jianggao import corpus, review
from jianggao.errors import SpeechError


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description="审读讲话稿：删了什么、读成什么、缺什么、是否重复；有错误就不通过", add_help=False
    )
    parser.add_argument("--since", metavar="版本", help="只看这个 git 版本以来改动的文件，如 origin/main")
    parser.add_argument(
        "--dir",
        type=Path,
        default=Path(os.environ.get("SPEECHES_DIR", "speeches")),
        metavar="文件夹",
        help="讲话稿文件夹",
    )
    parser.add_argument("-h", "--help", action="help", help="显示这份说明")
    args = parser.parse_args(argv)
    try:
        only = review.changed_files(args.dir, args.since) if args.since else None
        archive = corpus.load(args.dir)
    except SpeechError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n\n".join(review.report(archive, only)))
    return 1 if review.has_errors(archive, only) else 0


if __name__ == "__main__":
    sys.exit(main())
