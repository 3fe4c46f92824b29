"""What readers do most, in Firefox, over http and from files: other engines set, copy, load and focus in ways of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from scripts.ensure_browser import advice, find
from tests.site.conftest import WAYS, Built
from tests.site.firefox import Firefox, running

from jianggao.model import Speech
from jianggao.search.archive import Archive
from jianggao.search.concordance import concordance
from jianggao.search.engine import search


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """One Firefox for all these tests. A missing one is a failure that says what to do, never a skip."""
    path = find("firefox") or pytest.fail(advice("firefox"))
    with running(path, tmp_path_factory.mktemp("firefox") / "profile") as browser:
        yield browser


@pytest.fixture(params=WAYS)
def base(request: pytest.FixtureRequest, bases: dict[str, str]) -> str:
    return bases[request.param]


@pytest.fixture
def firefox(started: Firefox, base: str) -> Iterator[Firefox]:
    """The browser, which at the end has asked no other host and whose console is empty."""
    started.said.clear()
    started.asked.clear()
    started.size(1280, 800)
    yield started
    assert started.said == []
    assert [url for url in started.asked if not url.startswith((base, "data:", "blob:", "about:"))] == []


@pytest.fixture
def nested(built: Built) -> Speech:
    return next(s for s in built.speeches.values() if s.file == "缺尾.txt")


def settled(firefox: Firefox) -> int:
    """Wait for the answer of the search page; how many it tells."""
    ready = """(() => { const status = document.querySelector("[data-search-status]");
        return status.dataset.state === "ready" && status.dataset.total; })()"""
    return int(firefox.until(ready))


def test_a_typed_query_is_answered_and_its_first_place_is_marked(firefox: Firefox, base: str, data: Archive) -> None:
    want = search(data, "落實")
    firefox.open(f"{base}search.html")
    firefox.click("[name=q]")
    firefox.type("落實")
    firefox.type("Enter")
    assert settled(firefox) == want["total"] > 5
    ids = firefox.ask("[...document.querySelectorAll('[data-search-hit]')].map((one) => one.dataset.id)")
    assert ids == [hit["id"] for hit in want["hits"]]
    firefox.click(".jg-hit__title")
    firefox.until("document.querySelector('.search-match.is-current, .is-current .search-match')")
    assert firefox.ask("document.querySelectorAll('mark.search-match').length") == want["hits"][0]["count"]
    assert firefox.ask("[...document.querySelectorAll('mark.search-match')].every((one) => one.textContent === '落实')")


def test_each_place_has_its_line_and_each_year_its_point(firefox: Firefox, base: str, data: Archive) -> None:
    want = concordance(data, "基层", limit=1000)
    firefox.open(f"{base}search.html?q={quote('基层')}&view=lines")
    assert settled(firefox) == want["total"]
    first = want["lines"][0]
    line = firefox.ask("document.querySelector('.jg-line__words').textContent")
    assert line == f"{first['left']}{first['match']}{first['right']}"
    firefox.click("[data-view=trend]")
    firefox.until("document.querySelector('svg.jg-chart .jg-series')")
    assert firefox.ask("document.querySelector('.jg-scroll table').rows.length") > 3


def test_a_query_without_answer_says_so(firefox: Firefox, base: str) -> None:
    firefox.open(f"{base}search.html?q={quote('绝无此词')}")
    firefox.until("document.querySelector('[data-search-status][data-state=empty]')")
    assert "没有找到" in firefox.ask("document.querySelector('[data-search-status]').textContent")


def test_a_speech_is_shown_whole_with_an_outline_that_follows(firefox: Firefox, base: str, nested: Speech) -> None:
    firefox.open(f"{base}speeches/{nested.id}.html")
    words = """[...document.querySelectorAll(".speech-body [id]:is(p, h2, h3, h4)")].map((block) => {
        const copy = block.cloneNode(true);
        copy.querySelectorAll(".gap, .para-link").forEach((one) => one.remove());
        return [block.id, copy.textContent]; })"""
    assert firefox.ask(words) == [[p.id, p.text] for p in nested.paragraphs]
    heading = nested.outline[1]
    firefox.ask(f"document.getElementById({json.dumps(heading.id)}).scrollIntoView({{ behavior: 'instant' }})")
    here = "(document.querySelector('[data-outline] [aria-current]') || {}).textContent"
    assert firefox.until(f"{here} === {json.dumps(heading.text)}")
    firefox.click(".fold")
    assert firefox.ask("document.querySelector('.fold').getAttribute('aria-expanded')") == "false"
    assert not firefox.ask("document.querySelector('.fold + ol').checkVisibility()")


def test_the_outline_is_copied_and_a_paragraph_is_cited(firefox: Firefox, base: str, nested: Speech) -> None:
    firefox.open(f"{base}speeches/{nested.id}.html#p2")
    firefox.click("[data-copy-outline]")
    firefox.until("document.querySelector('[data-copy-outline]').textContent === '已复制'")
    firefox.click(".tools__row button")
    told = firefox.ask("document.querySelector('.cite').textContent")
    assert nested.id in told
    assert "第2段" in told


def test_a_speech_is_taken_away_as_text(firefox: Firefox, base: str, nested: Speech) -> None:
    firefox.open(f"{base}speeches/{nested.id}.html")
    text = firefox.ask("jianggaoReader.asText(document.querySelector('[data-speech]'))")
    assert all(paragraph.text in text for paragraph in nested.paragraphs)
    firefox.click(".tools__row button:last-child")
    firefox.ask("""(() => { URL.createObjectURL = ((make) => (blob) => { window.kept = blob; return make.call(URL, blob); })
        (URL.createObjectURL); HTMLAnchorElement.prototype.click = () => {}; })()""")
    firefox.click(".take__row button")
    assert firefox.ask("window.kept.text()") == text.removeprefix("\ufeff")


def test_dark_pages_stay_dark(firefox: Firefox, base: str) -> None:
    firefox.open(f"{base}index.html")
    tone = "document.body.dataset.mdColorScheme || document.documentElement.dataset.mdColorScheme"
    before = firefox.ask(tone)
    firefox.click("[data-tone]")
    after = firefox.ask(tone)
    assert {before, after} == {"default", "slate"}
    firefox.open(f"{base}years.html")
    assert firefox.ask(tone) == after
    firefox.click("[data-tone]")
    assert firefox.ask(tone) == before


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_is_wider_than_the_window(firefox: Firefox, base: str, built: Built, width: int) -> None:
    firefox.size(width, 800)
    speech = max(built.speeches.values(), key=lambda one: len(one.title))
    search_page = f"search.html?q={quote('基层')}"
    for page in (
        "index.html",
        f"speeches/{speech.id}.html",
        search_page,
        "years.html",
        "outlines.html",
        "figures.html",
    ):
        firefox.open(base + page)
        assert firefox.ask("document.documentElement.scrollWidth <= innerWidth"), page


def test_the_library_of_outlines_is_opened_and_searched(firefox: Firefox, base: str, data: Archive) -> None:
    firefox.open(f"{base}outlines.html")
    folder = firefox.ask("document.querySelector(\".chips a[href^='outlines/']\").getAttribute('href')")
    firefox.open(base + folder)
    firefox.click(".outline-card summary")
    firefox.until("document.querySelector('.outline-card').open")
    firefox.open(f"{base}outlines.html")
    firefox.click(".outline-search input[name=q]")
    firefox.type("责任")
    firefox.type("Enter")
    firefox.until("location.pathname.endsWith('search.html')")
    assert settled(firefox) == search(data, "责任", only="heading")["total"] > 0
