"""Search a built site from the terminal. 用法：python scripts/search.py "检索词" [--site site] [--json]

With --lines every place in a line, with --trend places by year; --csv makes a table of any of them. --self-test N draws N queries
from the archive itself and fails unless a plain scan of all its texts finds the same.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from scripts._cli import Parser, start

from jianggao.search.archive import Archive, DataError
from jianggao.search.concordance import SORTS, concordance, line_rows
from jianggao.search.engine import hit_rows, search
from jianggao.search.selftest import Truth, score
from jianggao.search.sheet import rows_as_csv
from jianggao.search.trend import trend, trend_rows

SEED = 20
SHOWN = 10


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


def told_lines(result: dict[str, Any]) -> str:
    """The concordance for a person."""
    if result.get("message"):
        return str(result["message"])
    rows = [
        f"{one['left']}【{one['match']}】{one['right']}　（{one['date'] or '日期不详'} {one['title'] or '无题'}）"
        for one in result["lines"]
    ]
    shown = f"，下面是 {len(rows)} 处" if len(rows) < result["total"] else ""
    return "\n".join([f"共 {result['total']} 处，在 {result['speeches']} 篇里{shown}", *rows])


def told_trend(result: dict[str, Any]) -> str:
    """The trend for a person: a row a year."""
    if result.get("message"):
        return str(result["message"])
    return "\n".join("\t".join("—" if cell is None else str(cell) for cell in row) for row in trend_rows(result))


def self_test(archive: Archive, number: int) -> int:
    """Draw queries from the archive and compare with a scan; tells the figures, and each query that fails."""
    begun = time.perf_counter()
    truth = Truth(archive)
    answers = []
    for query in truth.draw(number, SEED):
        result = search(archive, query.text, limit=archive.size, with_snippets=False)
        answers.append((query, {hit["id"]: hit["count"] for hit in result["hits"]}))
    figures = score(answers)
    if not answers:
        print("网站里没有讲稿，无从自检。", file=sys.stderr)
        return 1
    for text in figures.wrong:
        print(f"检索结果和逐字扫描不同：{text}", file=sys.stderr)
    print(
        f"自检 {figures.queries} 次检索：查全率 {figures.recall:.4f}，查准率 {figures.precision:.4f}，"
        f"处数不符 {figures.miscounted} 篇，用时 {time.perf_counter() - begun:.1f} 秒"
    )
    return 1 if figures.wrong else 0


def main(argv: list[str] | None = None) -> int:
    parser = Parser("在已经生成的网站里检索，结果与网页上相同", "几个词之间有空格时，整个用引号括起来；加 -h 看说明")
    parser.add_argument("query", metavar="检索词", nargs="?", help="写法与网页上相同，例如：党建 -考核")
    parser.add_argument("--site", type=Path, default=Path("site"), metavar="文件夹", help="生成的网站，默认 site")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--offset", type=int, default=0, metavar="数", help="跳过前几篇")
    parser.add_argument("--limit", type=int, metavar="数", help="最多几篇、几处，默认 10；存表默认全部")
    parser.add_argument("--sort", choices=["relevance", "newest", "oldest"], default="relevance", help="排序")
    parser.add_argument("--only", choices=["heading", "title"], default="", help="只搜小标题或标题")
    parser.add_argument(
        "--filter", action="append", default=[], metavar="项=值", help="筛选，如 year=2024；可以多写几个"
    )
    parser.add_argument("--lines", action="store_true", help="逐条语境：每一处一行")
    parser.add_argument(
        "--by", choices=SORTS, default="text", help="逐条语境的排列：text 按讲稿，left、right 按左边、右边的字"
    )
    parser.add_argument("--trend", action="store_true", help="各年的次数，最多五个词")
    parser.add_argument("--csv", action="store_true", help="输出为 CSV 表格")
    parser.add_argument("--self-test", type=int, metavar="次数", help="自检：从档案里随机取词检索，和逐字扫描核对")
    args = parser.parse_args(_guarded(sys.argv[1:] if argv is None else argv))
    if args.self_test is not None and args.self_test < 1:
        parser.error("argument --self-test: must be at least 1")
    if args.query is None and args.self_test is None:
        parser.error("the following arguments are required: 检索词")
    try:
        archive = Archive(args.site)
        return self_test(archive, args.self_test) if args.self_test else _answer(archive, args)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1


def _answer(archive: Archive, args: argparse.Namespace) -> int:
    """Ask, print, and say by the exit status whether the query could be run."""
    query, filters = args.query.strip(), _filters(args.filter)
    limit = args.limit if args.limit is not None else sys.maxsize if args.csv else SHOWN
    if args.trend:
        result = trend(archive, query, only=args.only, filters=filters)
        text, rows = told_trend(result), [] if result.get("message") else trend_rows(result)
    elif args.lines:
        result = concordance(
            archive,
            query,
            offset=args.offset,
            limit=limit,
            lines=args.by,
            sort=args.sort,
            only=args.only,
            filters=filters,
        )
        text, rows = told_lines(result), line_rows(result["lines"])
    else:
        result = search(
            archive,
            query,
            offset=args.offset,
            limit=limit,
            sort=args.sort,
            only=args.only,
            with_snippets=not args.csv,
            filters=filters,
        )
        text, rows = told(result), hit_rows(result["hits"])
    refused = bool(result.get("message")) and not result.get("total")
    if args.json:
        print(json.dumps(result, ensure_ascii=False))
    elif args.csv and not refused:
        # The mark at the beginning tells spreadsheets that this is UTF-8.
        print("\ufeff" + rows_as_csv(rows), end="")
    else:
        print(text)
    return 2 if refused else 0


def _filters(given: list[str]) -> dict[str, list[str]]:
    """``["year=2023", "year=2024"]`` → ``{"year": ["2023", "2024"]}``."""
    filters: dict[str, list[str]] = {}
    for one in given:
        name, _, value = one.partition("=")
        filters.setdefault(name, []).append(value)
    return filters


def _guarded(argv: list[str]) -> list[str]:
    """A query that begins with one minus sign (``-考核``, ``-gdp``) is no option: a space before it keeps it from argparse."""
    return [f" {a}" if re.match(r"-[^-]", a) and a != "-h" else a for a in argv]


if __name__ == "__main__":
    start(main)
