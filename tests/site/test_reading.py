"""A reader at the browser, over http and from files. Afterwards no request went out and the console is empty."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.site import archive
from tests.site.conftest import Built, Reader
from tests.site.reference import scan, stream

MARKS = "mark.search-match"
COUNT_SEARCHES = """() => {
  const search = window.jianggao.search;
  window.searches = 0;
  window.jianggao.search = (...given) => { window.searches += 1; return search(...given); };
}"""


def ask(page: Page, words: str) -> None:
    """Type a query into the box of the page and send it off."""
    box = page.locator("input[name=q]").first
    box.fill(words)
    box.press("Enter")


def hits(page: Page) -> dict[str, int]:
    """Id → count of the hits that the page shows."""
    shown = page.locator("[data-search-hit]").all()
    return {str(hit.get_attribute("data-id")): int(str(hit.get_attribute("data-count"))) for hit in shown}


def expected(built: Built, query: str) -> dict[str, int]:
    """Id → count by brute force."""
    return scan(query, {id_: stream(speech) for id_, speech in built.speeches.items()})


def place(page: Page) -> int:
    """Which mark, from 0, is the current one."""
    call = "e => [...document.querySelectorAll('mark.search-match')].indexOf(e)"
    return int(page.locator(f"{MARKS}.is-current").evaluate(call))


def test_a_reader_finds_a_traditional_word_and_opens_the_speech_at_its_first_match(
    reader: Reader, built: Built
) -> None:
    page = reader.open("index.html")
    ask(page, "榫卯相接")
    page.wait_for_url(re.compile(r"search\.html\?"))
    assert reader.result() == "ready"
    want = expected(built, archive.RARE)
    assert list(want.values()) == [2]
    assert hits(page) == want
    page.locator("[data-search-hit] a").first.click()
    page.wait_for_url(re.compile(r"speeches/"))
    expect(page.locator(MARKS).first).to_be_visible()
    assert page.locator(MARKS).all_inner_texts() == [archive.RARE] * 2
    expect(page.locator(MARKS).first).to_be_in_viewport()


def test_a_traditional_query_marks_the_simplified_words(reader: Reader, built: Built) -> None:
    page = reader.open("search.html")
    ask(page, "嚴絲合縫")
    assert reader.result() == "ready"
    assert hits(page) == expected(built, "严丝合缝")
    page.locator("[data-search-hit] a").first.click()
    page.wait_for_url(re.compile(r"speeches/"))
    expect(page.locator(MARKS).first).to_be_visible()
    assert page.locator(MARKS).all_inner_texts() == ["严丝合缝"]


def test_buttons_lead_to_the_next_match_and_back_again(reader: Reader) -> None:
    page = reader.open("search.html?q=" + "同志")
    assert reader.result() == "ready"
    most = max(hits(page).items(), key=lambda item: item[1])[0]
    page.locator(f'[data-search-hit][data-id="{most}"] a').first.click()
    page.wait_for_url(re.compile(r"speeches/"))
    expect(page.locator(MARKS).first).to_be_visible()
    assert page.locator(MARKS).count() >= 2
    assert place(page) == 0
    page.get_by_role("button", name=re.compile("下一")).click()
    assert place(page) == 1
    page.get_by_role("button", name=re.compile("上一")).click()
    assert place(page) == 0
    page.keyboard.press("p")  # from the first round to the last
    assert place(page) == page.locator(MARKS).count() - 1
    expect(page.locator(MARKS).last).to_be_in_viewport()
    page.keyboard.press("n")
    assert place(page) == 0
    page.keyboard.press("Escape")
    assert page.locator(MARKS).count() == 0


def test_the_address_of_a_result_list_can_be_kept(reader: Reader, built: Built) -> None:
    page = reader.open("search.html?q=安全生产")
    assert reader.result() == "ready"
    want = expected(built, "安全生产")
    assert page.get_attribute("[data-search-status]", "data-total") == str(len(want))
    assert want.items() >= hits(page).items()
    assert page.locator("input[name=q]").first.input_value() == "安全生产"


def test_words_that_are_still_being_composed_are_not_searched(reader: Reader, built: Built) -> None:
    page = reader.open("search.html")
    page.evaluate(COUNT_SEARCHES)
    page.locator("input[name=q]").first.focus()
    devices = page.context.new_cdp_session(page)
    for letters in ("a", "an", "anq", "anquan"):
        end = len(letters)
        devices.send("Input.imeSetComposition", {"text": letters, "selectionStart": end, "selectionEnd": end})
        page.wait_for_timeout(100)
    page.wait_for_timeout(500)
    assert page.evaluate("window.searches") == 0
    assert page.locator("[data-search-hit]").count() == 0
    assert "q=" not in page.url
    devices.send("Input.insertText", {"text": "安全"})
    page.wait_for_selector("[data-search-hit]")
    assert page.evaluate("window.searches") == 1
    assert page.get_attribute("[data-search-status]", "data-total") == str(len(expected(built, "安全")))


@pytest.mark.parametrize(
    "query", ['"未闭合', "-", "标题:", "小标题:", '""', "。。。", "😀", "<script>alert(1)</script>x"]
)
def test_a_query_that_cannot_be_answered_gets_a_message_and_the_page_goes_on(
    reader: Reader, built: Built, query: str
) -> None:
    page = reader.open("search.html")
    ask(page, query)
    page.wait_for_selector('[data-search-status]:is([data-state="error"],[data-state="empty"])', state="attached")
    assert re.search(r"[\u4e00-\u9fff]", page.locator("[data-search-status]").inner_text())
    ask(page, "安全生产")
    page.wait_for_selector("[data-search-hit]")
    assert page.get_attribute("[data-search-status]", "data-total") == str(len(expected(built, "安全生产")))


def test_ten_thousand_pasted_characters_do_not_stop_the_page(reader: Reader) -> None:
    page = reader.open("search.html")
    ask(page, "安全生产这根弦" * 1500)
    page.wait_for_selector(
        '[data-search-status]:is([data-state="error"],[data-state="empty"])', state="attached", timeout=20_000
    )
    ask(page, "安全生产")
    page.wait_for_selector("[data-search-hit]")


def test_every_speech_can_be_reached_from_home_by_year(reader: Reader, built: Built) -> None:
    page = reader.open("index.html")
    page.get_by_role("link", name="按年份").first.click()
    page.wait_for_url(re.compile(r"years\.html"))
    lists, seen = {page.url}, set[str]()
    while lists - seen:
        address = (lists - seen).pop()
        seen.add(address)
        page.goto(address)
        lists |= {
            a
            for a in page.eval_on_selector_all("a[href]", "all => all.map(a => a.href.split('#')[0])")
            if "/years/" in a
        }
        seen |= {
            a
            for a in page.eval_on_selector_all("a[href]", "all => all.map(a => a.href.split('#')[0])")
            if "/speeches/" in a
        }
    linked = {re.sub(r".*/speeches/|\.html$", "", address) for address in seen if "/speeches/" in address}
    assert linked == set(built.speeches)
