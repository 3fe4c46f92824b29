"""For the tests in JavaScript: write the small archive's search data and all that Python says of it. usage: make_site.py DIR"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(HOME), str(HOME / "src")]

from tests.search import small, whole  # noqa: E402

from jianggao.search import archive, columns, engine, rank, snippets  # noqa: E402
from jianggao.search.concordance import concordance, line_rows  # noqa: E402
from jianggao.search.postings import stream_text  # noqa: E402
from jianggao.search.sheet import rows_as_csv  # noqa: E402
from jianggao.search.trend import trend, trend_rows  # noqa: E402


def main(site: Path) -> None:
    small.make(site)
    data = archive.Archive(site)
    answers = []
    for query, options in small.QUERIES:
        given = {"with_snippets" if name == "snippets" else name: value for name, value in options.items()}
        answers.append(["search", query, options, engine.search(data, query, **given)])  # type: ignore[arg-type]
    for query, options in small.CONCORDANCES:
        answers.append(["concordance", query, options, concordance(data, query, **options)])  # type: ignore[arg-type]
    for query, options in small.TRENDS:
        answers.append(["trend", query, options, trend(data, query, **options)])  # type: ignore[arg-type]
    sheets = [
        ["search", "党建", rows_as_csv(engine.hit_rows(engine.search(data, "党建")["hits"]))],
        ["concordance", "党建", rows_as_csv(line_rows(concordance(data, "党建")["lines"]))],
        ["concordance", "O'Neil & 子", rows_as_csv(line_rows(concordance(data, "O'Neil & 子")["lines"]))],
        ["trend", "党建 =基层", rows_as_csv(trend_rows(trend(data, "党建 =基层")))],
    ]
    ordered = columns.ordered(small.speeches())
    told = {
        "answers": answers,
        "sheets": sheets,
        "documents": [whole.document(n, speech) for n, speech in enumerate(ordered)],
        "pairs": whole.PAIR_QUERIES,
        "boosts": rank.BOOSTS,
        "streams": [stream_text(s) for s in ordered],
        "most": snippets.MOST,
    }
    (site / "told.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
