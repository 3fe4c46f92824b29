"""Search a built site from the terminal. 用法：python scripts/search.py "检索词" [--site site] [--json]"""

from __future__ import annotations

import html
import json
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from scripts._cli import Parser, start

from jianggao.search.archive import Archive, DataError
from jianggao.search.engine import search


def told(result: dict[str, Any]) -> str:
    """The result for a person: marked words between 【】."""
    lines = [result["message"]] if result.get("message") else []
    if result["total"] or not lines:
        lines.append(f"找到 {result['total']} 篇")
    for hit in result["hits"]:
        facts = " · ".join([hit["date"] or "日期不详", hit["speaker"] or "讲话人未署名", f"{hit['count']} 处"])
        lines += ["", f"{hit['title'] or '无题'}（{facts}）", f"  {hit['url']}"]
        lines += [f"  {_plain(snippet['html'])}" for snippet in hit["snippets"]]
    return "\n".join(lines)


def _plain(marked: str) -> str:
    return html.unescape(re.sub("</mark>", "】", re.sub("<mark>", "【", marked)))


def main(argv: list[str] | None = None) -> int:
    parser = Parser("在已经生成的网站里检索，结果与网页上相同", "几个词之间有空格时，整个用引号括起来；加 -h 看说明")
    parser.add_argument("query", metavar="检索词", help="写法与网页上相同，例如：党建 -考核")
    parser.add_argument("--site", type=Path, default=Path("site"), metavar="文件夹", help="生成的网站，默认 site")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--offset", type=int, default=0, metavar="数", help="跳过前几篇")
    parser.add_argument("--limit", type=int, default=10, metavar="数", help="最多显示几篇，默认 10")
    parser.add_argument("--sort", choices=["relevance", "newest", "oldest"], default="relevance", help="排序")
    args = parser.parse_args(_guarded(sys.argv[1:] if argv is None else argv))
    try:
        result = search(Archive(args.site), args.query.strip(), offset=args.offset, limit=args.limit, sort=args.sort)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(result, ensure_ascii=False) if args.json else told(result))
    return 2 if result.get("message") and not result["total"] else 0


def _guarded(argv: list[str]) -> list[str]:
    """A query that begins with one minus sign (``-考核``, ``-gdp``) is no option: a space before it keeps it from argparse."""
    return [f" {a}" if re.match(r"-[^-]", a) and a != "-h" else a for a in argv]


if __name__ == "__main__":
    start(main)
