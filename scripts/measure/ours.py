"""Our own search, measured: exactness, size, speed of the first and of later answers, bytes, memory."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser
from scripts.measure.browser import Tab, tab

from jianggao.search.archive import Archive
from jianggao.search.selftest import Query, Score, score

# The moment at which the page shows an answer, noted by the page itself: asking from outside would cost milliseconds.
WATCH = """() => {
  window.shown = null;
  new MutationObserver(() => {
    const status = document.querySelector("[data-search-status]");
    if (window.shown === null && status && status.dataset.total !== "") window.shown = performance.now();
  }).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ["data-state", "data-total"]});
}"""
# The first frame that can hold the answer is counted in.
ASK = """(query) => new Promise((resolve) => {
  const root = document.querySelector("[data-search-page]"), status = root.querySelector("[data-search-status]");
  const began = performance.now();
  root.querySelector("form").elements.q.value = query;
  root.querySelector("form").requestSubmit();
  new MutationObserver((_, observer) => {
    if (status.dataset.total === "") return;
    observer.disconnect();
    resolve(performance.now() - began);
  }).observe(status, {attributes: true});
})"""
CALL = "(query) => window.jianggao.search(query, {limit: 10}).then((answer) => answer.ms)"
FIND = """async (query) => {
  const answer = await window.jianggao.search(query, {limit: 1e9, snippets: false});
  if (answer.message && !answer.total) throw new Error(answer.message);
  return answer.hits.map((hit) => [hit.id, hit.count]);
}"""


@dataclass
class Speed:
    """Milliseconds and bytes of single queries. ``called``: from the call to the answer on a page that had loaded
    nothing of the search. ``shown``: from the beginning of the navigation to the answer on the search page."""

    called: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)
    first_bytes: list[float] = field(default_factory=list)
    later_bytes: list[float] = field(default_factory=list)
    heap: float = 0.0


def words(site: Path, number: int, seed: int, sizes: Sequence[int]) -> list[str]:
    """Random stretches of Han characters out of the speeches of a site."""
    archive, chance, found = Archive(site), random.Random(seed), list[str]()
    while len(found) < number:
        _, text, _ = chance.choice(archive.rows(chance.randrange(archive.size)))
        size = chance.choice(sizes)
        start = chance.randrange(max(len(text) - size, 1))
        piece = text[start : start + size]
        if len(piece) == size and all("\u4e00" <= char <= "\u9fff" for char in piece):
            found.append(piece)
    return found


def exactness(browser: Browser, base: str, queries: Sequence[Query]) -> Score:
    """The answers of one page to all queries, against the true ones."""
    with tab(browser) as one:
        one.page.goto(f"{base}index.html")
        return score([(query, dict(one.page.evaluate(FIND, query.text))) for query in queries])


def _first(one: Tab, base: str, query: str, speed: Speed) -> None:
    one.page.add_init_script(f"({WATCH})()")
    one.page.goto(f"{base}search.html?q={query}", wait_until="commit")
    one.page.wait_for_function("() => window.shown !== null")
    speed.shown.append(one.page.evaluate("() => window.shown"))


def speed(browser: Browser, base: str, first: Sequence[str], later: Sequence[str], slower: float = 1) -> Speed:
    """First answers, each on a fresh page, then later ones on one page. Bytes are of ``later`` as they come."""
    found = Speed()
    for query in first:
        with tab(browser, slower) as one:
            one.page.goto(f"{base}index.html", wait_until="load")
            one.take()
            found.called.append(one.page.evaluate(CALL, query))
            found.first_bytes.append(one.take())
        with tab(browser, slower) as one:
            _first(one, base, query, found)
    with tab(browser, slower) as one:
        _first(one, base, first[0], Speed())
        one.take()
        for query in later:
            found.later.append(one.page.evaluate(ASK, query))
            found.later_bytes.append(one.take())
        found.heap = one.heap()
    return found
