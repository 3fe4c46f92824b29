"""Asks a search in a real browser and tells waits, bytes, memory and what was found; knows nothing of which one it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page
from scripts.measure.browser import PATIENCE, Sent, chromium, fresh, heap, median, percentile, served
from scripts.measure.texts import Document, Quality, clauses, quality, substrings, truths

# Playwright waits for a script without end, so each wait has an end of its own, in milliseconds.
SOON = "const soon = one => Promise.race([one, new Promise((_, no) => setTimeout(no, limit, Error('no answer')))]);"
# Asks for the set of documents.
ASK = f"""async ([query, limit]) => {{ {SOON}
  return await peer.pages(await soon(peer.search(query)));
}}"""
# Asks, and brings what a reader sees of the first ten documents; tells how long both took.
LATER = f"""async ([query, limit]) => {{ {SOON}
  const begun = performance.now();
  await soon(peer.texts(await soon(peer.search(query))));
  return performance.now() - begun;
}}"""
# Asks as a reader would, through what is shown; tells the wait since asking, and since the page was asked for.
SHOW = f"""async ([query, limit]) => {{ {SOON}
  const begun = performance.now(); await soon(peer.show(query)); const shown = performance.now();
  return [shown - begun, shown];
}}"""
# How long after the page has loaded the search can take its first query.
READY = f"""async limit => {{ {SOON}
  const begun = performance.now(); await soon(peer.ready()); return performance.now() - begun;
}}"""
FIRSTS, LATERS = 11, 100


@dataclass(frozen=True, slots=True)
class Peer:
    """A built site and how to ask it.

    ``script`` runs before the page's own and defines ``window.peer``. Its ``ready()`` resolves once a query can be taken;
    ``show(query)`` once the first results stand in the page; ``search(query)`` to its own answer; ``texts(answer)`` once
    the excerpts of the first ten are there; ``pages(answer)`` to strings for all documents of the answer, which
    ``document`` turns into ids.
    """

    name: str
    site: Path
    page: str
    script: str
    ways: dict[str, str]  # how a reader may write a query: a name, and the query's dress
    document: Callable[[str], str]
    owned: tuple[str, ...]  # the paths that only search loads begin so


@dataclass(frozen=True, slots=True)
class Built:
    """A peer, bytes of what its search needs but excerpts and programs, seconds and peak memory in bytes of the build."""

    peer: Peer
    index: int
    seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class Later:
    """Queries of four characters on a page that has answered one, excerpts of the first ten included: milliseconds, and
    the bytes that the median one loads."""

    median: float
    p95: float
    bytes: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What a browser tells. Times are milliseconds: ``ready`` from the page having loaded until a query can be
    taken, all others to the first results with their excerpts: ``first`` since asking on a
    page that has just loaded, ``navigation`` since the page was asked for (both medians), ``start_bytes`` what
    search alone loads until then. ``quality`` (for substrings and for clauses) and ``later`` are by way of asking; ``way`` is
    the best one, by which the rest is told. ``heap`` is what all hold after 100 queries."""

    way: str
    quality: dict[str, tuple[Quality, Quality]]
    ready: float
    first: float
    navigation: float
    start_bytes: float
    later: dict[str, Later]
    heap: int
    from_folder: str


def ask(page: Page, peer: Peer, way: str, query: str) -> set[str]:
    """The set of documents that the peer finds."""
    pages = page.evaluate(ASK, [peer.ways[way].format(query), PATIENCE])
    return {peer.document(one) for one in pages} - {""}


def show(page: Page, peer: Peer, way: str, query: str) -> tuple[float, float]:
    """Ask through what is shown: milliseconds since asking, and since the page was asked for."""
    since_asking, since_navigation = page.evaluate(SHOW, [peer.ways[way].format(query), PATIENCE])
    return since_asking, since_navigation


def from_folder(browser: Browser, peer: Peer, way: str, query: str) -> str:
    """Open the page from its folder, ask, and tell in one line what came of it."""
    with fresh(browser, peer.script) as page:
        try:
            page.goto((peer.site / peer.page).resolve().as_uri(), wait_until="load")
            return f"能用，{page.evaluate(SHOW, [peer.ways[way].format(query), 60_000])[0]:.0f} 毫秒"
        except Exception as error:  # whatever the browser refuses with is the finding
            return f"不能用（{str(error).splitlines()[0].partition(': ')[2][:60]}）"


def measure(peer: Peer, documents: Sequence[Document]) -> Figures:
    """Everything that is measured in a browser."""
    kinds = (
        truths(documents, substrings(documents, 120, 2, 8)),
        truths(documents, clauses(documents, 120)),
    )
    four = substrings(documents, FIRSTS + LATERS, 4, 4, seed=78)
    with served(peer.site) as (base, sent), chromium() as browser:
        judged: dict[str, tuple[Quality, Quality]] = {}
        waiting: dict[str, Later] = {}
        for way in peer.ways:
            with fresh(browser, peer.script) as page:
                page.goto(base + peer.page, wait_until="load")
                show(page, peer, way, four[0])
                one, other = (
                    quality([(ask(page, peer, way, query), true) for query, true in kind.items()]) for kind in kinds
                )
                judged[way] = one, other
            with fresh(browser, peer.script) as page:
                page.goto(base + peer.page, wait_until="load")
                show(page, peer, way, four[0])
                waiting[way] = later(page, sent, peer, way, four[FIRSTS:])
        best = max(judged, key=lambda way: judged[way][0].balance)
        waits, starts, loads = [], [], []
        for query in four[:FIRSTS]:
            sent.clear()
            with fresh(browser, peer.script) as page:
                page.goto(base + peer.page, wait_until="load")
                waits.append(show(page, peer, best, query))
                loads.append(sum(number for path, number in sent if path.startswith(peer.owned)))
            with fresh(browser, peer.script) as page:
                page.goto(base + peer.page, wait_until="load")
                starts.append(page.evaluate(READY, PATIENCE))
        with fresh(browser, peer.script) as page:
            page.goto(base + peer.page, wait_until="load")
            show(page, peer, best, four[0])
            later(page, sent, peer, best, four[FIRSTS:])
            held = heap(page)
        folder = from_folder(browser, peer, best, four[0])
    return Figures(
        best,
        judged,
        ready=median(starts),
        first=median([asked for asked, _ in waits]),
        navigation=median([whole for _, whole in waits]),
        start_bytes=median(loads),
        later=waiting,
        heap=held,
        from_folder=folder,
    )


def later(page: Page, sent: Sent, peer: Peer, way: str, queries: Sequence[str]) -> Later:
    """Ask query after query."""
    times: list[float] = []
    loads: list[float] = []
    for query in queries:
        sent.clear()
        times.append(page.evaluate(LATER, [peer.ways[way].format(query), PATIENCE]))
        loads.append(sum(number for _, number in sent))
    return Later(median(times), percentile(times, 0.95), median(loads))
