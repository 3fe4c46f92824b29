"""A reader at the browser, over http and from files. Afterwards no request went out and the console is empty."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.site import archive
from tests.site.conftest import Built, Reader

from jianggao.search import columns

MARKS = "mark.search-match"
IN_VIEW = """() => {
  const box = document.querySelector('mark.search-match').getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight;
}"""
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
    return built.scan.count(query)


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


def test_a_match_across_elements_is_one_mark(reader: Reader, built: Built) -> None:
    query = "上的讲话。同志们"  # the end of the title and the beginning of the text
    found = expected(built, query)
    assert len(found) > 5
    page = reader.open(f"search.html?q={query}")
    assert reader.result() == "ready"
    page.locator("[data-search-hit] a").first.click()
    page.wait_for_url(re.compile(r"speeches/"))
    expect(page.locator(MARKS).first).to_be_in_viewport()
    assert page.locator(MARKS).all_inner_texts() == ["上的讲话"]
    assert page.locator("mark.is-current").all_inner_texts() == ["上的讲话", "同志们"]
    page.keyboard.press("Escape")
    assert page.locator("mark").count() == 0


def test_overlapping_matches_are_one_mark_each(reader: Reader, built: Built) -> None:
    ((id_, count),) = expected(built, "好好").items()
    assert count == 2
    page = reader.open(f"speeches/{id_}.html?q=好好")
    expect(page.locator(MARKS).first).to_be_in_viewport()
    assert page.locator(MARKS).count() == count
    assert "".join(page.locator("p mark").all_inner_texts()) == "好好好"


def test_the_first_match_is_in_view_at_once_however_far_down(reader: Reader, built: Built) -> None:
    ((id_, _),) = expected(built, archive.RARE).items()
    page = reader.page
    page.set_viewport_size({"width": 390, "height": 300})
    reader.open(f"speeches/{id_}.html?q={archive.RARE}")
    page.wait_for_selector("[data-match-bar]")
    assert page.evaluate(IN_VIEW)
    assert page.evaluate("scrollY") > 600


def test_no_page_is_wider_than_the_window(reader: Reader, built: Built) -> None:
    ((id_, _),) = expected(built, archive.LONG_WORD).items()
    names = [path.relative_to(built.site).as_posix() for path in sorted(built.site.rglob("*.html"))]
    around = [name for name in names if archive.LONG_WORD in (built.site / name).read_text(encoding="utf-8")]
    assert {f"speeches/{id_}.html", "index.html", "years.html", "speakers.html"} <= set(around)
    assert len([name for name in around if name.startswith("speeches/")]) > 1  # as a neighbour by date
    for width in (390, 1280):
        reader.page.set_viewport_size({"width": width, "height": 800})
        for name in [*around, f"search.html?q={archive.LONG_WORD}", f"search.html?q={archive.LONG_WORD}x"]:
            page = reader.open(name)
            if name.startswith("search"):
                reader.result()
            page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width, (name, width)


def test_what_others_put_into_an_address_is_no_filter(reader: Reader, built: Built) -> None:
    page = reader.open("search.html?q=安全生产&utm_source=mail&fbclid=x&__proto__=y")
    assert reader.result() == "ready"
    assert page.get_attribute("[data-search-status]", "data-total") == str(len(expected(built, "安全生产")))


@pytest.mark.parametrize("name", columns.FACETS)
def test_every_facet_of_the_archive_is_a_filter_in_the_address(reader: Reader, name: str) -> None:
    reader.open(f"search.html?q=安全生产&{name}=没有这样的值")
    assert reader.result() == "empty"


def test_a_page_behind_the_last_one_is_the_last_one(reader: Reader, built: Built) -> None:
    total = len(expected(built, "同志"))
    page = reader.open("search.html?q=同志&page=999")
    page.wait_for_selector("[data-search-hit]")
    assert page.locator("[data-search-hit]").count() == (total - 1) % 10 + 1
    assert page.locator("[data-search-pages] [aria-current]").inner_text() == str(-(-total // 10))
    assert page.url.endswith(f"&page={-(-total // 10)}")


def test_a_long_pasted_passage_is_answered(reader: Reader, built: Built) -> None:
    speech = max(built.speeches.values(), key=lambda one: one.chars)  # its lines of text, as one line
    passage = '"' + speech.text[10:5010].replace("\\n", "。").replace('"', "”") + '"'
    assert len(passage) > 600
    page = reader.open("search.html")
    ask(page, passage)
    page.wait_for_selector("[data-search-hit]")
    assert hits(page) == {speech.id: 1}


def test_the_page_for_a_wrong_address_leads_home(reader: Reader, built: Built) -> None:
    page = reader.page
    if reader.base.startswith("http"):
        page.route(re.compile("/speeches/"), lambda route: route.fulfill(path=built.site / "404.html"))
        reader.open("speeches/2024-ffffffff.html")
    else:
        reader.open("404.html")
    page.wait_for_function("window.jianggao && window.jianggao.search")
    assert reader.search("安全生产")["total"] == len(expected(built, "安全生产"))
    page.get_by_role("searchbox").fill("安全生产")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    assert reader.result() == "ready"
    page.go_back()
    page.get_by_role("link", name="回到首页").click()
    page.wait_for_selector(".home__search")


def test_a_heading_of_the_contents_list_only_is_named_beside_the_text(reader: Reader, built: Built) -> None:
    listed = {s.id: [h.text for h in s.outline if h.attested == "contents"] for s in built.speeches.values()}
    ((id_, names),) = ((id_, names) for id_, names in listed.items() if names)
    page = reader.open(f"speeches/{id_}.html")
    shown = page.locator("[data-outline] .listed")
    assert shown.all_inner_texts() == [f"{name}〔仅见于原目录〕" for name in names]
    assert page.locator("[data-outline] li").count() == len(built.speeches[id_].outline)
    assert page.locator("[data-outline] ol ol li").all_inner_texts() == ["（一）补设施", "（二）补队伍〔仅见于原目录〕"]
    assert page.locator("[data-outline] > ol > li").count() == 3


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
    page.get_by_role("link", name="浏览").first.click()
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
