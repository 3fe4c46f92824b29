"""The concordance and the trend on the search page, and what they save."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect
from tests.site.conftest import Reader
from tests.site.searching import HIT, LINE, STATUS, ready, saved, total

from jianggao.search.archive import Archive
from jianggao.search.concordance import concordance, line_rows
from jianggao.search.engine import hit_rows, search
from jianggao.search.sheet import rows_as_csv
from jianggao.search.trend import trend, trend_rows


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
    head, *lines = line_rows(concordance(data, "基层", limit=1000)["lines"])
    table = rows_as_csv([head, *([*cells, f"{reader.base}{url}"] for *cells, url in lines)])
    assert saved(page, "存表（CSV）") == ("逐条语境 基层.csv", "\ufeff" + table)


def test_everything_that_was_found_is_saved_as_a_table(reader: Reader, data: Archive) -> None:
    page = ready(reader, "search.html?q=基层&sort=oldest")
    found = search(data, "基层", sort="oldest", limit=1000)
    assert page.locator(HIT).count() == 10 < found["total"]
    head, *hits = hit_rows(found["hits"])
    table = rows_as_csv([head, *([*cells, f"{reader.base}{url}"] for *cells, url in hits)])
    assert saved(page, "存表（CSV）") == ("检索结果 基层.csv", "\ufeff" + table)
    page = ready(reader, "search.html?q=-基层")
    assert page.get_by_role("button", name="存表（CSV）").is_visible()


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
