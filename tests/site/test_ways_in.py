"""A reader finds the way in: lists, the library of outlines, the figures. Over http and from files."""

from __future__ import annotations

import re

from tests.site.conftest import Built, Reader


def test_every_way_in_is_one_click_from_every_other(reader: Reader) -> None:
    page = reader.open("years.html")
    for name in ("按讲话人", "按场合", "按层级", "按地点", "按来源", "按年份"):
        page.locator(".axes").get_by_role("link", name=name).click()
        page.wait_for_selector(f"h1:text-is('{name}')")
        assert page.locator(".axes [aria-current=page]").inner_text() == name
        assert page.locator(".ways [aria-current]").inner_text() == "浏览"


def test_a_heading_of_the_library_leads_to_its_place_in_the_speech(reader: Reader, built: Built) -> None:
    page = reader.open("outlines.html")
    page.locator(".chips a[href^='outlines/']").first.click()
    page.wait_for_url(re.compile(r"/outlines/"))
    page.locator(".outline-card summary").first.click()
    link = page.locator(".outline-card[open] [data-outline-text] a").first
    words = link.inner_text()
    link.click()
    page.wait_for_url(re.compile(r"/speeches/"))
    id_, _, anchor = page.url.rpartition("/")[2].replace(".html", "").partition("#")
    heading = next(heading for heading in built.speeches[id_].outline if heading.id == anchor)
    assert heading.text == words
    assert page.locator(f"[id='{anchor}']").inner_text().startswith(words)


def test_an_outline_of_the_library_is_copied_as_text(reader: Reader, built: Built) -> None:
    page = reader.open("outlines.html")
    page.locator(".chips a[href^='outlines/']").first.click()
    card = page.locator(".outline-card").first
    card.locator("summary").click()
    page.evaluate("jianggaoReader.copy = (text) => { window.copied = text; }")
    card.get_by_role("button", name="复制提纲").click()
    told = str(page.evaluate("window.copied")).splitlines()
    id_ = str(card.get_by_role("link", name="读这一篇").get_attribute("href")).rpartition("/")[2].removesuffix(".html")
    speech = built.speeches[id_]
    assert told[0] == speech.title
    assert [line.strip("　") for line in told[1:]] == [heading.text for heading in speech.outline]


def test_headings_of_all_speeches_are_searched_from_the_library(reader: Reader, built: Built) -> None:
    page = reader.open("outlines.html")
    box = page.locator(".outline-search input[name=q]")
    box.fill("確保落實")
    box.press("Enter")
    page.wait_for_url(re.compile(r"search\.html\?.*only=heading"))
    assert reader.result() == "ready"
    want = sum(any("确保落实" in heading.text for heading in speech.outline) for speech in built.speeches.values())
    assert page.get_attribute("[data-search-status]", "data-total") == str(want)
    assert page.locator("[data-search-only]").is_checked()


def test_a_set_phrase_of_the_figures_is_found_as_often_as_they_say(reader: Reader) -> None:
    page = reader.open("figures.html")
    chip = page.locator(".chips a").first
    number = chip.locator("small").inner_text()
    chip.click()
    page.wait_for_url(re.compile(r"search\.html"))
    assert reader.result() == "ready"
    assert int(str(page.get_attribute("[data-search-status]", "data-total"))) >= int(number)


def test_no_list_is_wider_than_a_phone(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 844})
    for name in ("years", "speakers", "occasions", "levels", "places", "sources", "outlines", "figures"):
        page = reader.open(f"{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_of_many_years_the_latest_are_in_view_and_all_within_reach(reader: Reader) -> None:
    page = reader.open("years.html")
    page.evaluate("""() => {
      const list = document.querySelector(".timeline ul"), first = list.firstElementChild;
      for (let n = 0; n < 60; n++) list.prepend(first.cloneNode(true));
    }""")
    edges = """() => {
      const box = document.querySelector(".timeline"), list = box.querySelector("ul"), outer = box.getBoundingClientRect();
      const inside = (one) => {
        const inner = one.getBoundingClientRect();
        return inner.left >= outer.left - 1 && inner.right <= outer.right + 1;
      };
      return [inside(list.firstElementChild), inside(list.lastElementChild)];
    }"""
    assert page.evaluate(edges) == [False, True]
    page.evaluate("document.querySelector('.timeline').scrollLeft = -1e6")
    assert page.evaluate(edges) == [True, False]
