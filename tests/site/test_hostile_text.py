"""A raw file that tries to become markup or script is published as the text that it is, and nothing runs."""

from __future__ import annotations

import re

import pytest
from tests.site import archive
from tests.site.conftest import Built, Reader

from jianggao.model import Speech

NOT_OURS = """() => [...document.querySelectorAll('*')].flatMap(e => [...e.attributes]
  .filter(a => a.name.startsWith('on') || /^\\s*javascript:/i.test(a.value)
    || ['src', 'href', 'data', 'action'].includes(a.name) && new URL(a.value, location).host === 'evil.example')
  .map(a => e.tagName + ' ' + a.name + '=' + a.value))"""


@pytest.fixture
def hostile(built: Built) -> Speech:
    """The speech of the hostile raw file."""
    (found,) = [speech for speech in built.speeches.values() if speech.file.startswith("怪样/")]
    return found


def test_hostile_text_is_kept_as_text(hostile: Speech) -> None:
    for piece in (
        "<script>window.owned=2</script>",
        "<img src=x onerror=window.owned=3>",
        "<form action=javascript:window.owned=5>",
    ):
        assert piece in hostile.text
    for piece in (
        "[link](javascript:",
        "[p](//evil.example/",
        "<svg onload=",
        "{: onclick=",
        "&lt;b&gt;",
        "{{ config.site_name }}",
    ):
        assert piece in hostile.text
    assert "<img src=x onerror=window.owned=1>" in hostile.title


def test_markup_that_a_rule_took_out_stands_in_the_record_as_text(reader: Reader, hostile: Speech) -> None:
    assert "<a href=javascript:" not in hostile.text
    page = reader.open(f"speeches/{hostile.id}.html")
    record = page.locator("details.record")
    record.locator("summary").click()
    assert "<a href=javascript:window.owned=9>" in record.inner_text()
    assert page.evaluate("window.owned") is None
    assert page.evaluate(NOT_OURS) == []


def test_nothing_of_a_hostile_speech_runs_on_its_page(reader: Reader, hostile: Speech) -> None:
    page = reader.open(f"speeches/{hostile.id}.html")
    page.wait_for_timeout(300)
    assert page.evaluate("window.owned") is None
    assert page.evaluate(NOT_OURS) == []
    assert page.locator("article img, article svg[onload], article iframe").count() == 0
    shown = re.sub(r"\s+", "", page.locator("article").first.inner_text())
    for paragraph in hostile.paragraphs:
        assert re.sub(r"\s+", "", paragraph.text) in shown


@pytest.mark.parametrize("query", ["window", "照原样给人看", "不能生效", "onerror", "evil.example", "标题:安全例会"])
def test_nothing_of_a_hostile_speech_runs_in_its_search_results(reader: Reader, hostile: Speech, query: str) -> None:
    page = reader.open(f"search.html?q={query}")
    assert reader.result() == "ready"
    page.wait_for_selector(f'[data-search-hit][data-id="{hostile.id}"]')
    page.wait_for_timeout(300)
    assert page.evaluate("window.owned") is None
    assert page.evaluate(NOT_OURS) == []
    page.locator(f'[data-search-hit][data-id="{hostile.id}"] a').first.click()
    page.wait_for_url(re.compile(r"speeches/"))
    page.wait_for_selector("mark.search-match", state="attached")
    assert page.evaluate("window.owned") is None
    assert page.evaluate(NOT_OURS) == []


def test_nothing_of_a_hostile_title_runs_in_lists(reader: Reader, built: Built) -> None:
    for path in sorted(built.site.rglob("*.html")):
        name = path.relative_to(built.site).as_posix()
        if not name.startswith("speeches/") and "onerror" in path.read_text(encoding="utf-8"):
            page = reader.open(name)
            assert page.evaluate("window.owned") is None
            assert page.evaluate(NOT_OURS) == []


def test_a_query_is_shown_as_text(reader: Reader) -> None:
    page = reader.open("search.html?q=%3Cimg%20src%3Dx%20onerror%3D%22window.owned%3D1%22%3E")
    reader.result()
    page.wait_for_timeout(300)
    assert page.evaluate("window.owned") is None
    assert page.evaluate(NOT_OURS) == []


def test_the_hostile_lines_are_those_of_the_raw_file(built: Built) -> None:
    raw = (built.raw / "怪样" / "标记.txt").read_text(encoding="utf-8")
    assert all(line in raw for line in (*archive.HOSTILE, archive.CUT))
