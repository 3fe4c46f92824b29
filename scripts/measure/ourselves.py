"""Our own search: as one peer among others, and against what it has to hold at ten thousand speeches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser
from scripts.measure import cost
from scripts.measure.browser import Sent, fresh, heap_with_garbage
from scripts.measure.peer import Built, Peer

from jianggao.search.program import FOLDERS
from jianggao.search.selftest import Query, Score, score

SCRIPT = """
window.peer = {
  ready: () => window.jianggao.prepare(),
  search: (query) => window.jianggao.search(query, {limit: 10}).then((answer) => Object.assign(answer, {query})),
  texts: async () => {},  // they come with the answer
  pages: async (answer) => (await window.jianggao.search(answer.query, {limit: 1e9, snippets: false})).hits.map((hit) => hit.id),
  show(query) {
    const root = document.querySelector("[data-search-page]"), status = root.querySelector("[data-search-status]");
    root.querySelector("form").elements.q.value = query;
    root.querySelector("form").requestSubmit();
    return new Promise((done) => {
      new MutationObserver((_, self) => { if (status.dataset.total !== "") { self.disconnect(); done(); } })
        .observe(status, {attributes: true});
    });
  },
};
"""
# The moment at which the page shows an answer, noted by the page itself: asking from outside would cost milliseconds.
WATCH = """
window.shown = null;
new MutationObserver(() => {
  const status = document.querySelector("[data-search-status]");
  if (window.shown === null && status && status.dataset.total !== "") window.shown = performance.now();
}).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ["data-state", "data-total"]});
"""
CALL = "(query) => window.jianggao.search(query, {limit: 10}).then((answer) => answer.ms)"
FIND = """async (query) => {
  const answer = await window.jianggao.search(query, {limit: 1e9, snippets: false});
  if (answer.message && !answer.total) throw new Error(answer.message);
  return answer.hits.map((hit) => [hit.id, hit.count]);
}"""


@dataclass(slots=True)
class Speed:
    """Milliseconds and bytes of single queries. All are to the answer with the snippets of ten hits.
    ``called``: since the call, on a page that had loaded nothing of the search. ``asked``: since the question was sent
    off on a search page that had just loaded, until it is shown. ``shown``: since the beginning of the navigation to a
    search page with the question in its address. ``later``: since the call, on one page."""

    called: list[float] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)
    later_bytes: list[float] = field(default_factory=list)
    heap: int = 0


def index_bytes(site: Path) -> int:
    """All that a search needs but excerpts and programs."""
    data = site / "assets" / "search" / "data"
    programs = tuple(f"{name}-" for name in FOLDERS)
    return cost.size(
        path for path in data.rglob("*.js") if path.parent.name != "t" and not path.name.startswith(programs)
    )


def as_peer(site: Path, spent: cost.Cost) -> Built:
    """Our site as a peer."""
    peer = Peer("讲稿", site, "search.html", SCRIPT, {"照常写": "{}"}, lambda found: found, ("assets/search/",))
    return Built(peer, index_bytes(site), spent.seconds, spent.memory)


def exactness(browser: Browser, base: str, queries: Sequence[Query]) -> Score:
    """The answers of one page to all queries, against the true ones."""
    with fresh(browser) as page:
        page.goto(f"{base}index.html")
        return score([(query, dict(page.evaluate(FIND, query.text))) for query in queries])


def speed(
    browser: Browser, base: str, sent: Sent, first: Sequence[str], later: Sequence[str], slower: float = 1
) -> Speed:
    """First answers, each on fresh pages, then later ones on one page. Bytes are counted where ``base`` is served."""
    found = Speed()
    for query in first:
        with fresh(browser, slower=slower) as page:
            page.goto(f"{base}index.html", wait_until="load")
            found.called.append(page.evaluate(CALL, query))
        with fresh(browser, WATCH, slower) as page:
            page.goto(f"{base}search.html?q={query}", wait_until="commit")
            page.wait_for_function("() => window.shown !== null")
            found.shown.append(page.evaluate("() => window.shown"))
        with fresh(browser, SCRIPT, slower) as page:
            page.goto(f"{base}search.html", wait_until="load")
            found.asked.append(
                page.evaluate(
                    """async (query) => {
              const begun = performance.now(); await window.peer.show(query); return performance.now() - begun;
            }""",
                    query,
                )
            )
    with fresh(browser, slower=slower) as page:
        page.goto(f"{base}search.html?q={first[0]}")
        page.evaluate(CALL, first[0])
        for query in later:
            sent.clear()
            found.later.append(page.evaluate(CALL, query))
            found.later_bytes.append(sum(number for _, number in sent))
        found.heap = heap_with_garbage(page)
    return found
