"""Measures search in a real browser: ours against what it has to hold, then against its peers; --write keeps the tables.

python scripts/bench_search.py --size 10000 --peers 1000     # how many speeches each of the two parts takes
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from playwright.sync_api import Browser
from scripts import bench
from scripts._cli import Parser, start
from scripts.measure import cost, material, ourselves, pagefind, report, texts
from scripts.measure.browser import chromium, served
from scripts.measure.peer import Built, Figures, measure

from jianggao import corpus
from jianggao.search.archive import Archive
from jianggao.search.scan import Scan
from jianggao.search.selftest import Truth

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "scale" / "make_corpus.py"
PAGE = ROOT / "docs" / "benchmarks.md"
SEED = 77
# In a process of its own, whose memory the system tells.
INDEX = """
import pickle, sys
from pathlib import Path
from hooks.search import sources
from jianggao.search.build import build
speeches = pickle.loads(Path(sys.argv[1]).read_bytes())
build(speeches, Path(sys.argv[2]), sources(Path(sys.argv[3])))
"""


def make(number: int, folder: Path) -> Path:
    """``number`` raw speeches: dealt from real paragraphs where these lie beside the checkout, else made up."""
    if CORPUS.is_file():
        subprocess.run([sys.executable, CORPUS, str(number), folder, "--seed", str(SEED)], check=True)
    else:
        bench.make(folder, number)
    return folder


def index_cost(speeches: Path, scratch: Path) -> cost.Cost:
    """Seconds and memory of building the search data alone, the speeches given."""
    held = scratch / "speeches.pickle"
    held.write_bytes(pickle.dumps(corpus.load(speeches).speeches))
    return cost.run([sys.executable, "-c", INDEX, held, scratch / "data", ROOT / "docs"], ROOT)


def held(browser: Browser, speeches: Path, scratch: Path, queries: int) -> list[report.Point]:
    """Every point of what has to hold."""
    site = scratch / "site"
    cost.site(speeches, site)
    truth = Truth(Archive(site))
    drawn = list(truth.draw(queries, SEED))
    documents = texts.published(site)
    raw = sum(len(one.title.encode()) + len(one.text.encode()) for one in documents)
    spent = index_cost(speeches, scratch)
    first, later = texts.substrings(documents, 40, 2, 8), texts.substrings(documents, 100, 4, 4, seed=78)
    rows = report.sizes(ourselves.index_bytes(site), raw, spent.seconds, spent.memory)
    with served(site) as (base, sent):
        for way, address in (("http", base), ("file", f"{site.resolve().as_uri()}/")):
            rows += report.exact(way, ourselves.exactness(browser, address, drawn))
            speed = ourselves.speed(browser, address, sent, first, later)
            rows += report.fast(way, speed)
            if way == "http":
                rows.append(report.loaded(speed))
        rows += report.slow(ourselves.speed(browser, base, sent, first[:10], later[:30], slower=4))
    return rows


def compared(speeches: Path, scratch: Path, tools: Path) -> tuple[list[tuple[Built, Figures]], float]:
    """All searches on the same speeches, and the milliseconds of looking through everything once for a query."""
    site = scratch / "site"
    ours = ourselves.as_peer(site, cost.site(speeches, site))
    documents = texts.published(site)
    rows = [(ours, measure(ours.peer, documents))]
    for prepare in (material.prepare, pagefind.prepare):
        built = prepare(documents, tools, scratch / prepare.__module__.rpartition(".")[2])
        rows.append((built, measure(built.peer, documents)))
    return rows, _scanned([f"{one.title}\n{one.text}" for one in documents], texts.substrings(documents, 30, 2, 8))


def _scanned(speeches: Sequence[str], queries: Sequence[str]) -> float:
    scan = Scan((str(number), text) for number, text in enumerate(speeches))
    begun = time.perf_counter()
    for query in queries:
        scan.count(query)
    return (time.perf_counter() - begun) * 1000 / len(queries)


def main(arguments: list[str] | None = None) -> int:
    parser = Parser("测量检索：查得全不全、准不准、快不快，和别家比。")
    parser.add_argument("--size", type=int, default=10_000, metavar="篇数", help="自己量多少篇（默认 10000）")
    parser.add_argument("--peers", type=int, default=1_000, metavar="篇数", help="和别家比多少篇（默认 1000，0 不比）")
    parser.add_argument("--queries", type=int, default=500, metavar="次数", help="随机检索多少次（默认 500）")
    parser.add_argument(
        "--tools", type=Path, default=ROOT / ".cache" / "peers", metavar="文件夹", help="别家的程序装在哪里"
    )
    parser.add_argument("--write", action="store_true", help="把结果写进 docs/benchmarks.md")
    options = parser.parse_args(arguments)
    parts: list[str] = []
    holds = True
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        scratch = Path(folder)
        day = report.machine(browser)
        if options.size:
            rows = held(browser, make(options.size, scratch / "raw"), scratch / "ours", options.queries)
            holds = all(row.holds for row in rows)
            parts.append(f"## {options.size:,} 篇\n\n{report.points(rows)}")
    if options.peers:
        options.tools.mkdir(parents=True, exist_ok=True)
        subprocess.run(["sh", ROOT / "scripts" / "measure" / "peers.sh", options.tools], check=True)
        with tempfile.TemporaryDirectory() as folder:
            scratch = Path(folder)
            found, scanned = compared(make(options.peers, scratch / "raw"), scratch, options.tools.resolve())
        parts.append(report.beside(options.peers, found, scanned))
    text = "\n\n".join([day, *parts])
    print(text)
    if options.write:
        head, mark, _ = PAGE.read_text(encoding="utf-8").partition("<!-- 以下由 make bench-search 写成 -->\n")
        PAGE.write_text(f"{head}{mark}\n{text}\n", encoding="utf-8")
    return 0 if holds else 1


if __name__ == "__main__":
    start(main)
