"""What a reviewer of a pull request must see. 用法：python scripts/check.py [--since 版本] [--dir 文件夹]"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from scripts._cli import Parser, start

from jianggao import corpus, review
from jianggao.errors import SpeechError


def main(argv: list[str] | None = None) -> int:
    parser = Parser("审读讲话稿：删了什么、读成什么、缺什么、是否重复；有错误就不通过")
    parser.add_argument("--since", metavar="版本", help="只看这个 git 版本以来改动的文件，如 origin/main")
    parser.add_argument(
        "--dir",
        type=Path,
        default=Path(os.environ.get("SPEECHES_DIR", "speeches")),
        metavar="文件夹",
        help="讲话稿文件夹",
    )
    args = parser.parse_args(argv)
    try:
        archive = corpus.load(args.dir)
        changes = review.changes(args.dir, args.since) if args.since is not None else None
    except SpeechError as error:
        print(error, file=sys.stderr)
        return 1
    only = changes.files if changes else None
    reminders = review.reminders(changes) if changes else []
    print("\n\n".join([*review.report(archive, only), *reminders]))
    return 1 if review.has_errors(archive, only) else 0


if __name__ == "__main__":
    start(main)
