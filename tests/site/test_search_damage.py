"""A search whose files are gone or torn says so, and goes on when they are back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.site.conftest import WAYS, Reader
from tests.site.searching import STATUS, settled

from jianggao.search.archive import Archive
from jianggao.search.engine import search


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
