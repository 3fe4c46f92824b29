"""Packs the built site for people without a network: one zip, checksums, a leaflet; refuses a site that is not whole.

python scripts/bundle.py --site site --out dist
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from scripts._cli import Parser, start

from jianggao import bundle, linkcheck
from jianggao.errors import SpeechError


def main(arguments: list[str] | None = None) -> int:
    parser = Parser("把生成好的网站打成一个离线压缩包，附校验值和使用说明。")
    parser.add_argument("--site", type=Path, default=Path("site"), metavar="文件夹", help="生成好的网站（默认 site）")
    parser.add_argument(
        "--out", type=Path, default=Path("dist"), metavar="文件夹", help="压缩包放在哪个文件夹（默认 dist）"
    )
    options = parser.parse_args(arguments)
    try:
        findings = linkcheck.check(options.site, processes=os.cpu_count() or 1)
        if findings:
            for finding in findings:
                print(f"{finding.page}: {finding.address} {finding.what}", file=sys.stderr)
            print(f"不打包：有 {len(findings)} 处地址不合离线版的要求。", file=sys.stderr)
            print(
                "怎么办：改好上面每一处（第一栏是文件，第二栏是它写的地址），运行 make site，再打包。", file=sys.stderr
            )
            return 1
        made = bundle.write(options.site, options.out)
    except SpeechError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{made.path}  {made.bytes / 1e6:.1f} MB，{made.speeches} 篇讲话，{made.files} 个文件")
    print(f"SHA-256  {made.sha256}")
    return 0


if __name__ == "__main__":
    start(main)
