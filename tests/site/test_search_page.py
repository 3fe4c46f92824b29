"""The search page: filters, the concordance, the trend, what to do when there is nothing, keys, history, damage."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.site import archive
from tests.site.conftest import WAYS, Built, Reader

from jianggao.search.archive import Archive
from jianggao.search.concordance import concordance, line_rows
from jianggao.search.engine import search
from jianggao.search.sheet import rows_as_csv
from jianggao.search.trend import trend, trend_rows

STATUS = "[data-search-status]"
HIT = "[data-search-hit]"
LINE = "[data-search-line]"
BLOCKED = "() => { Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } }); }"


@pytest.fixture
def data(built: Built) -> Archive:
    return Archive(built.site)


def ready(reader: Reader, address: str, state: str = "ready") -> Page:
    """Open the search page and wait for its answer."""
    page = reader.open(address)
    page.wait_for_selector(f'{STATUS}[data-state="{state}"]:not([data-total=""])', state="attached")
    return page


def total(page: Page) -> int:
    return int(str(page.get_attribute(STATUS, "data-total")))


def settled(page: Page, number: int) -> None:
    """Wait until the page tells ``number`` in all."""
    page.wait_for_selector(f'{STATUS}[data-total="{number}"]', state="attached")


def saved(page: Page, name: str) -> tuple[str, str]:
    """Press the button and give the saved file's name and text."""
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes().decode("utf-8")


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


def test_every_place_is_a_line_and_lines_are_sorted_by_either_side(reader: Reader, data: Archive) -> None:
    want = concordance(data, "基层", limit=1000)
    page = ready(reader, "search.html?q=基层&view=lines")
    assert total(page) == want["total"] > 50
    assert page.locator(LINE).count() == 50

    def contexts() -> list[str]:
        return [
            str(text)
            for text in page.locator(f"{LINE} .jg-line__words").evaluate_all("all => all.map(e => e.textContent)")
        ]

    def expected(lines: str) -> list[str]:
        return [f"{one['left']}{one['match']}{one['right']}" for one in concordance(data, "基层", lines=lines)["lines"]]

    assert contexts() == expected("text")
    for lines in ("left", "right"):
        page.locator("[data-search-lines]").select_option(lines)
        expect(page.locator(f"{LINE} .jg-line__words").first).to_have_text(expected(lines)[0])
        assert contexts() == expected(lines)
        assert f"lines={lines}" in page.url
    page.get_by_role("link", name="下一页").click()
    expect(page.locator("[data-search-pages] [aria-current]")).to_have_text("2")
    first = concordance(data, "基层", lines="right", offset=50)["lines"][0]
    page.locator(f"{LINE} a").first.click()
    page.wait_for_selector("[data-match-bar]")
    assert first["url"] in page.url
    assert page.url.endswith(f"#{first['anchor']}")


def test_the_lines_are_saved_as_a_table(reader: Reader, data: Archive) -> None:
    page = ready(reader, "search.html?q=基层&view=lines")
    name, text = saved(page, "存为 CSV")
    assert name == "逐条语境 基层.csv"
    assert text == "\ufeff" + rows_as_csv(line_rows(concordance(data, "基层", limit=1000)["lines"]))


def test_the_trend_has_a_line_for_each_word_and_the_table_behind_it(reader: Reader, data: Archive) -> None:
    page = ready(reader, "search.html?q=安全 项目 群众&view=trend")
    result = trend(data, "安全 项目 群众")
    rows = trend_rows(result)
    assert total(page) == sum(one["total"] for one in result["series"])
    assert page.locator("svg.jg-chart .jg-series").count() == 3
    cells = page.locator(".jg-scroll tr").evaluate_all("all => all.map(r => [...r.children].map(c => c.textContent))")
    assert cells == [["—" if c is None else f"{c:,}" if isinstance(c, int) else c for c in row] for row in rows]
    assert saved(page, "存表（CSV）") == ("词频趋势 安全 项目 群众.csv", "\ufeff" + rows_as_csv(rows))
    name, picture = saved(page, "存图（SVG）")
    assert name == "词频趋势 安全 项目 群众.svg"
    assert picture.startswith("<svg")
    assert "安全" in picture
    assert not re.search(r"href|url\(|https?://(?!www\.w3\.org/)", picture)
    page.locator("[data-search-measure]").select_option("rate")
    expect(page.locator("svg.jg-chart")).to_contain_text("每万字")
    assert "measure=rate" in page.url


def test_a_count_of_the_trend_leads_to_the_speeches_of_that_year(reader: Reader, data: Archive) -> None:
    page = ready(reader, "search.html?q=项目 安全 -榫卯&view=trend")
    result = trend(data, "项目 安全 -榫卯")
    counts = result["series"][1]["counts"]
    at = next(n for n, count in enumerate(counts) if count)
    year = result["years"][at]["year"]
    row = page.locator(".jg-scroll tr").filter(has_text=re.compile(f"^{year}"))
    row.locator("td").nth(4).get_by_role("link").click()
    want = search(data, "安全 -榫卯", filters={"year": [year]})
    page.wait_for_selector(HIT)
    assert (total(page), want["occurrences"]) == (want["total"], counts[at])
    assert page.locator("input[name=q]").first.input_value() == "安全 -榫卯"


def test_more_than_five_words_have_no_trend_and_are_told_so(reader: Reader) -> None:
    page = ready(reader, "search.html?q=一 二 三 四 五 六&view=trend", "error")
    assert "最多看 5 个词" in page.locator(STATUS).inner_text()


def test_a_slip_of_the_pen_is_answered_with_what_the_archive_says(reader: Reader, data: Archive) -> None:
    page = ready(reader, "search.html?q=同志们 榫铆相接", "empty")
    note = page.locator("[data-search-note]")
    expect(note).to_contain_text("全部讲稿里都没有：“榫铆相接”")
    note.get_by_role("link", name=archive.RARE).click()
    settled(page, search(data, f"同志们 {archive.RARE}")["total"])
    assert page.locator("input[name=q]").first.input_value() == f"同志们 {archive.RARE}"


def test_words_that_never_meet_and_filters_that_are_too_narrow_are_told_apart(reader: Reader) -> None:
    page = ready(reader, f"search.html?q={archive.RARE} 黨建工作不是虛功", "empty")
    expect(page.locator("[data-search-note]")).to_contain_text("没有一篇讲稿同时符合")
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


def test_the_last_queries_are_kept_in_this_browser_and_can_be_cleared(reader: Reader) -> None:
    page = reader.open("search.html")
    for words in ("安全生产", "榫卯相接", "安全生产"):
        page.locator("input[name=q]").first.fill(words)
        page.keyboard.press("Enter")
        page.wait_for_selector(HIT)
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


@pytest.fixture(params=WAYS)
def on_a_copy(
    request: pytest.FixtureRequest, new_reader: Callable[[str], Reader], site_copy: Path, serve: Callable[[Path], str]
) -> Reader:
    """A reader of a copy of the site that may be damaged."""
    return new_reader(serve(site_copy) if request.param == "http" else f"{site_copy.as_uri()}/")


@pytest.mark.parametrize("harm", ["missing", "damaged"])
def test_a_shard_that_is_gone_or_torn_is_told_and_the_page_goes_on(
    on_a_copy: Reader, site_copy: Path, data: Archive, harm: str
) -> None:
    shards = sorted((site_copy / "assets/search/data/p").iterdir())
    kept = {path: path.read_bytes() for path in shards}
    for path in shards:
        if harm == "missing":
            path.unlink()
        else:
            path.write_bytes(kept[path][: len(kept[path]) // 2])
    page = ready_or_error(on_a_copy, "search.html?q=安全")
    expect(page.locator(STATUS)).to_have_attribute("data-state", "error")
    expect(page.locator(STATUS)).to_contain_text("检索数据文件")
    expect(page.locator(STATUS)).to_contain_text("请刷新")
    for path, content in kept.items():
        path.write_bytes(content)
    page.locator("input[name=q]").first.fill("安全生产")
    page.keyboard.press("Enter")
    settled(page, search(data, "安全生产")["total"])
    # The browser itself tells of a file that is not there, and of one that is no script.
    assert all(
        re.search(r"Failed to load resource|ERR_FILE_NOT_FOUND|SyntaxError|Invalid or unexpected", said)
        for said in on_a_copy.said
    )
    on_a_copy.said.clear()


def ready_or_error(reader: Reader, address: str) -> Page:
    page = reader.open(address)
    page.wait_for_selector(f'{STATUS}[data-state="error"]', state="attached")
    return page


@pytest.mark.parametrize("part", ["program", "page", "core"])
def test_a_missing_part_of_the_program_is_told(on_a_copy: Reader, site_copy: Path, part: str) -> None:
    for path in (site_copy / "assets/search/data").glob(f"{part}-*.js"):
        path.unlink()
    page = ready_or_error(on_a_copy, "search.html?q=安全")
    expect(page.locator(STATUS)).to_contain_text(f"缺少检索数据文件：{part}-")
    on_a_copy.said.clear()


def test_an_answer_is_the_same_object_for_page_and_terminal(reader: Reader, data: Archive) -> None:
    page = reader.open("index.html")
    for ask, query, options, want in (
        ("concordance", "基层", {"lines": "left", "limit": 20}, concordance(data, "基层", lines="left", limit=20)),
        ("trend", "安全 项目", {}, trend(data, "安全 项目")),
    ):
        answer: dict[str, Any] = page.evaluate(
            "([ask, query, options]) => window.jianggao[ask](query, options)", [ask, query, options]
        )
        answer.pop("ms")
        assert answer == want


def test_the_search_page_asks_for_nothing_that_it_was_told(reader: Reader) -> None:
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2].partition("?")[0]))
    ready(reader, "search.html?q=安全")
    data = [name for name in asked if re.fullmatch(r"(core|names|program|page)-\w{8}\.js", name)]
    assert len(data) == 4
    assert "manifest.js" not in asked
    assert len(set(asked)) == len(asked)
