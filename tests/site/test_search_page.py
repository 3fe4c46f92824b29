"""The search page: filters, what to do when there is nothing, keys, history, landmarks."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from tests.site import archive
from tests.site.conftest import Built, Reader
from tests.site.searching import HIT, STATUS, ready, settled, total

from jianggao.search.archive import Archive
from jianggao.search.engine import search

BLOCKED = "() => { Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } }); }"


def test_filters_have_counts_narrow_the_results_and_stand_in_the_address(reader: Reader, data: Archive) -> None:
    page = ready(reader, "search.html?q=安全")
    facets: dict[str, dict[str, int]] = search(data, "安全", limit=0)["facets"]
    shown = page.locator("[data-facet]").evaluate_all("all => all.map(e => e.dataset.facet)")
    assert shown == [
        name for name in ("year", "speaker", "level", "kind", "place", "source", "completeness") if facets.get(name)
    ]
    year = page.locator("[data-facet=year]")
    first = max(facets["year"])
    assert year.locator("li").first.inner_text().split() == [first, str(facets["year"][first])]
    year.get_by_label(first).check()
    settled(page, facets["year"][first])
    assert f"year={first}" in page.url
    narrowed = search(data, "安全", filters={"year": [first]})
    assert page.locator(HIT).evaluate_all("all => all.map(e => e.dataset.id)") == [h["id"] for h in narrowed["hits"]]
    assert year.get_by_label(first).is_checked()
    page.go_back()
    settled(page, search(data, "安全", limit=0)["total"])
    page.go_forward()
    settled(page, facets["year"][first])
    page.get_by_role("link", name=f"去掉筛选条件：年份 {first}").click()
    settled(page, search(data, "安全", limit=0)["total"])
    assert "year=" not in page.url


def test_only_headings_can_be_searched_and_only_they_are_marked(reader: Reader, data: Archive) -> None:
    page = ready(reader, "search.html?q=责任")
    page.get_by_label("只搜小标题").check()
    want = search(data, "责任", only="heading")
    assert 0 < want["total"] < search(data, "责任")["total"]
    settled(page, want["total"])
    assert "only=heading" in page.url
    page.locator(f"{HIT} a").first.click()
    page.wait_for_selector("[data-match-bar]")
    assert page.locator("mark.search-match").count() == want["hits"][0]["count"]
    assert page.locator("mark.search-match").evaluate_all(
        "all => all.every(e => e.closest('h1,h2,h3,h4,h5,h6,.run-in'))"
    )
    page.get_by_title("回到检索结果").click()
    settled(page, want["total"])


def test_a_slip_of_the_pen_is_answered_with_what_the_archive_says(reader: Reader, data: Archive) -> None:
    page = ready(reader, "search.html?q=同志们 榫铆相接", "empty")
    note = page.locator("[data-search-note]")
    expect(note).to_contain_text("全部讲稿里都没有：“榫铆相接”")
    note.get_by_role("link", name=archive.RARE).click()
    settled(page, search(data, f"同志们 {archive.RARE}")["total"])
    assert page.locator("input[name=q]").first.input_value() == f"同志们 {archive.RARE}"


def test_words_that_never_meet_and_filters_that_are_too_narrow_are_told_apart(reader: Reader) -> None:
    page = ready(reader, f"search.html?q={archive.RARE} 黨建工作不是虛功", "empty")
    expect(page.locator("[data-search-note]")).to_contain_text("没有一篇同时符合")
    page = ready(reader, f"search.html?q={archive.RARE}&year=2012", "empty")
    expect(page.locator("[data-search-note]")).to_contain_text("去掉筛选条件")


def test_keys_lead_through_the_results(reader: Reader) -> None:
    page = ready(reader, "search.html?q=安全")
    page.locator("body").click(position={"x": 2, "y": 2})
    page.keyboard.press("/")
    focused = "() => document.activeElement"
    assert page.evaluate(f"({focused})().name") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator(f"{HIT} .jg-hit__title").nth(1)
    expect(second).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(f"({focused})().name") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"speeches/.*\?q="))


def test_the_last_query_wins(reader: Reader, data: Archive) -> None:
    page = reader.open("search.html")
    page.evaluate("""() => {
      const search = window.jianggao.search;
      window.jianggao.search = async (query, options) => {
        const answer = await search(query, options);
        if (query === '安') await new Promise((done) => setTimeout(done, 600));
        return answer;
      };
    }""")
    box = page.locator("input[name=q]").first
    box.fill("安")
    page.wait_for_timeout(250)
    box.fill("榫卯")
    settled(page, search(data, "榫卯")["total"])
    page.wait_for_timeout(700)
    assert total(page) == search(data, "榫卯")["total"]
    assert "q=" in page.url
    assert page.locator(HIT).count() == 1


def test_the_last_queries_are_kept_in_this_browser_and_can_be_cleared(reader: Reader, data: Archive) -> None:
    page = reader.open("search.html")
    for words in ("安全生产", "榫卯相接", "安全生产"):
        page.locator("input[name=q]").first.fill(words)
        page.keyboard.press("Enter")
        settled(page, search(data, words)["total"])
        page.wait_for_timeout(50)
    page = reader.open("search.html")
    past = page.locator("[data-search-past]")
    assert past.locator("li").all_inner_texts() == ["安全生产", "榫卯相接"]
    past.get_by_role("link", name="榫卯相接").click()
    page.wait_for_selector(HIT)
    expect(past).to_be_hidden()
    reader.open("search.html")
    past.get_by_role("button", name="清空").click()
    expect(past).to_be_hidden()
    reader.open("search.html")
    expect(page.locator("input[name=q]").first).to_be_focused()
    assert past.locator("li").count() == 0


def test_a_browser_that_keeps_nothing_searches_all_the_same(reader: Reader) -> None:
    reader.page.add_init_script(f"({BLOCKED})()")
    page = ready(reader, "search.html?q=安全")
    assert page.locator(HIT).count()


def test_results_are_announced_and_the_page_can_be_read_by_its_landmarks(reader: Reader) -> None:
    page = ready(reader, "search.html?q=安全")
    expect(page.get_by_role("status")).to_contain_text("找到")
    assert page.locator(STATUS).get_attribute("aria-live") == "polite"
    assert page.get_by_role("search").count() == 1
    assert page.get_by_role("list", name="检索结果").count() == 1
    assert page.locator("fieldset[data-facet=year] legend").inner_text() == "年份"


def test_on_a_narrow_window_the_filters_are_folded(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 800})
    page = ready(reader, "search.html?q=安全")
    expect(page.locator("[data-facet=year]")).to_be_hidden()
    page.locator(".jg-search__side summary").click()
    expect(page.locator("[data-facet=year]")).to_be_visible()


def test_the_search_page_asks_for_nothing_that_it_was_told(reader: Reader) -> None:
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2].partition("?")[0]))
    ready(reader, "search.html?q=安全")
    data = [name for name in asked if re.fullmatch(r"(core|names|program|page)-\w{8}\.js", name)]
    assert len(data) == 4
    assert "manifest.js" not in asked
    assert len(set(asked)) == len(asked)


def test_typing_on_is_one_step_of_the_way_back(reader: Reader, data: Archive) -> None:
    page = ready(reader, "search.html?q=安全")
    box = page.locator("input[name=q]").first
    for words in ("项", "项目"):
        box.fill(words)
        settled(page, search(data, words)["total"])
    box.press("Enter")
    page.wait_for_timeout(100)
    page.go_back()
    settled(page, search(data, "安全")["total"])
    assert box.input_value() == "安全"


def test_what_is_typed_while_an_answer_comes_stays_in_the_box(reader: Reader) -> None:
    page = ready(reader, "search.html?q=安全")
    page.evaluate("""() => {
      const search = window.jianggao.search;
      window.jianggao.search = async (query, options) => {
        document.querySelector("input[name=q]").value = "项目建设";
        return search(query, options);
      };
    }""")
    page.get_by_label("只搜小标题").check()
    page.wait_for_selector(HIT)
    page.wait_for_timeout(300)
    assert page.locator("input[name=q]").first.input_value() == "项目建设"


def test_a_query_too_long_for_servers_stands_behind_the_number_sign(reader: Reader, built: Built) -> None:
    speech = max(built.speeches.values(), key=lambda one: len(one.text))
    passage = " ".join(speech.text[:700].split())
    page = reader.open("search.html")
    page.locator("input[name=q]").first.fill(f'"{passage}"')
    page.keyboard.press("Enter")
    page.wait_for_selector(HIT)
    page.wait_for_url(re.compile(r"search\.html#q="))
    reader.page.reload()
    page.wait_for_selector(HIT)
    assert total(page) == len(built.scan.count(passage))
    page.locator(f'{HIT}[data-id="{speech.id}"] .jg-hit__snippet').first.click()
    page.wait_for_url(re.compile(r"speeches/.*#q="))
    expect(page.locator("mark.search-match").first).to_be_in_viewport()
    page.get_by_title("回到检索结果").click()
    page.wait_for_selector(HIT)


def test_half_a_character_is_no_reason_to_stop(reader: Reader) -> None:
    page = ready(reader, "search.html?q=安全")
    page.evaluate("""() => {
      document.querySelector("input[name=q]").value = "安全\\ud83d";
      document.querySelector("form.jg-search__form").requestSubmit();
    }""")
    page.wait_for_selector(f'{STATUS}:not([data-state="loading"])', state="attached")
    page.locator("input[name=q]").first.fill("安全")
    page.keyboard.press("Enter")
    page.wait_for_selector(HIT)


def test_each_kind_of_nothing_has_its_own_way_out(reader: Reader, data: Archive) -> None:
    note = reader.page.locator("[data-search-note]")
    ready(reader, "search.html?q=-同志 -工作 -的", "empty")
    expect(note).to_contain_text("每一篇都有要排除的词")
    ready(reader, f"search.html?q={archive.RARE}&only=heading", "empty")
    expect(note).to_contain_text("小标题里没有")
    note.get_by_role("link", name="在全文里找").click()
    settled(reader.page, search(data, archive.RARE)["total"])
    ready(reader, f"search.html?q={archive.RARE}&year=2012&year=2012&year=", "empty")
    assert reader.page.locator(".jg-chip").all_inner_texts() == ["年份：2012 ×", "全部去掉"]
    note.get_by_role("link", name="全部去掉").click()
    settled(reader.page, search(data, archive.RARE)["total"])
    ready(reader, f"search.html?q={archive.RARE} 虛功&year=2012", "empty")
    expect(note).to_contain_text("没有一篇同时符合")


def test_the_focus_goes_to_the_new_answer(reader: Reader) -> None:
    page = ready(reader, "search.html?q=安全")
    page.get_by_role("link", name="下一页").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-search-pages] [aria-current]")).to_have_text("2")
    expect(page.locator(STATUS)).to_be_focused()
