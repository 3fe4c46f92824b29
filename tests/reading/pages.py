"""The saved news pages beside the checkout against their truth.jsonl: body by characters, title, posting day."""

from __future__ import annotations

import json
import re
from collections import Counter

from tests.reading.gold import SHARED
from tests.reading.score import bare

from jianggao import corpus

PAGES = SHARED / "corpus" / "html_pages"


def figures() -> dict[str, float | None]:
    """``body`` is the worst page's F1 by character, ``title`` and ``posted`` the share of pages read right.

    Truth bodies are Markdown, whose marks `bare` drops.
    """
    rows = [json.loads(row) for row in (PAGES / "truth.jsonl").read_text("utf-8").splitlines()]
    bodies, titles, posted = [], 0, 0
    for row in rows:
        speeches = corpus.read_file(PAGES / row["file"], PAGES).speeches
        read, true = Counter(bare("".join(s.text for s in speeches))), Counter(bare(row["body"]))
        shared = sum((read & true).values())
        bodies.append(2 * shared / (sum(read.values()) + sum(true.values())))
        titles += bool(speeches) and bare(speeches[0].title) == bare(row["title"])
        posted += bool(speeches) and re.sub(r"\D", "", speeches[0].source.posted or "") == row["date"]
    return {"body": min(bodies), "title": titles / len(rows), "posted": posted / len(rows)}
