"""What the scenarios of the search page share: opening it, waiting for it, saving from it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page
from tests.site.conftest import Reader

STATUS = "[data-search-status]"
HIT = "[data-search-hit]"
LINE = "[data-search-line]"


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
