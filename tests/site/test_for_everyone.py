"""For everyone: nothing that axe-core objects to, on paper as a document, without scripts, whatever the speech is like."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from importlib import resources

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from tests.site.conftest import Built

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
  (found) => found.id + ": " + found.nodes.map((node) => node.target.join(" ") + " " + node.failureSummary).join(" | ")
)"""


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page in a light and in a dark system."""
    context = browser.new_context(color_scheme=request.param, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def places(built: Built) -> dict[str, str]:
    """A name for each kind of page, and its address."""
    full = next(one for one in built.speeches.values() if one.outline and one.speaker and one.date)
    kinds = sorted(path.name for path in (built.site / "outlines").glob("*.html"))
    return {
        "home": "index.html",
        "speech": f"speeches/{full.id}.html",
        "holes": f"speeches/{next(one.id for one in built.speeches.values() if one.completeness.gaps)}.html",
        "marks": f"speeches/{full.id}.html?q=工作",
        "search": "search.html",
        "hits": "search.html?q=工作",
        "lines": "search.html?q=工作&view=lines",
        "trend": "search.html?q=工作 责任&view=trend",
        "nothing": "search.html?q=麒麟送子",
        "list": "years.html",
        "speakers": "speakers.html",
        "outlines": "outlines.html",
        "kind": f"outlines/{kinds[0]}",
        "figures": "figures.html",
        "about": "about.html",
        "lost": "404.html",
    }


@pytest.mark.parametrize(
    "name",
    ["home", "speech", "holes", "marks", "search", "hits", "lines", "trend", "nothing", "list", "speakers", "outlines",
     "kind", "figures", "about", "lost"],
)  # fmt: skip
def test_axe_finds_nothing_to_object_to(page: Page, built: Built, bases: dict[str, str], name: str) -> None:
    page.goto(bases["http"] + places(built)[name])
    if "?q=" in page.url and "search" in page.url:
        page.wait_for_selector('[data-search-status]:not([data-state="loading"])[data-state]', state="attached")
        page.wait_for_timeout(300)
    for details in page.locator("details:not([open]) > summary").all():
        if details.is_visible():
            details.click()
    page.evaluate(AXE)
    assert page.evaluate(RUN) == []


def test_axe_would_tell_of_a_fault(page: Page, bases: dict[str, str]) -> None:
    page.goto(bases["http"] + "about.html")
    page.evaluate(
        "document.querySelector('article').innerHTML += '<img src=x><p style=\"color:#777;background:#666\">暗处的几个字看不清</p>'"
    )
    page.evaluate(AXE)
    assert {found.partition(":")[0] for found in page.evaluate(RUN)} == {"image-alt", "color-contrast"}


def test_a_speech_on_paper_is_a_document(browser: Browser, built: Built, bases: dict[str, str]) -> None:
    speech = max((one for one in built.speeches.values() if one.outline), key=lambda one: one.chars)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{bases['http']}speeches/{speech.id}.html")
    plain, numbered = page.pdf(prefer_css_page_size=True), b""
    page.get_by_role("button", name="下载").click()
    page.get_by_label("打印时标出段号").check()
    numbered = page.pdf(prefer_css_page_size=True)
    context.close()
    sheets = PdfReader(io.BytesIO(plain)).pages
    assert {(round(float(s.mediabox.width)), round(float(s.mediabox.height))) for s in sheets} <= {
        (595, 842),
        (594, 842),
    }
    # Some glyphs are read back as the radicals that look like them.
    texts = ["".join(unicodedata.normalize("NFKC", sheet.extract_text()).split()) for sheet in sheets]
    assert all(f"—{number}—" in text for number, text in enumerate(texts, start=1))
    assert all(speech.id in text for text in texts)
    for chrome in ("检索全文", "跳到正文", "引用", "下载", "复制报错信息", "清洗记录", "浏览"):
        assert chrome not in "".join(texts), chrome
    assert texts[0].count("".join(speech.title.split())) == 2  # below the page, and above the text
    body = "".join(texts)
    opened = ["".join(unicodedata.normalize("NFKC", p.text).split())[:12] for p in speech.paragraphs]
    assert sum(words in body for words in opened) >= len(opened) - len(texts)  # a page may end within these twelve
    extra = _digits(numbered) - _digits(plain)
    texts_only = [p for p in speech.paragraphs if p.kind != "heading"]
    assert extra == sum(len(str(number)) for number in range(1, len(texts_only) + 1))


def _digits(printed: bytes) -> int:
    return sum(char.isdigit() for sheet in PdfReader(io.BytesIO(printed)).pages for char in sheet.extract_text())
