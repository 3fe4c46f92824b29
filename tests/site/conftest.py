"""A built archive, served over http and opened as files, and a browser without a network in front of both."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright
from scripts.ensure_browser import advice, find
from scripts.measure.browser import QUIET
from tests.site import archive

from jianggao import corpus
from jianggao.model import Speech
from jianggao.search.archive import Archive
from jianggao.search.scan import Scan

ROOT = Path(__file__).parents[2]
WAYS = ("http", "file")


def build(speeches: Path, site: Path) -> str:
    """``mkdocs build --strict`` with another input and output, as a person types it. Says what the build said."""
    environment = {**os.environ, "SPEECHES_DIR": str(speeches)}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@dataclass(frozen=True)
class Built:
    """A built site: the raw files, the site's folder, and its speeches by id."""

    raw: Path
    site: Path
    speeches: dict[str, Speech]

    @functools.cached_property
    def scan(self) -> Scan:
        """All speeches, to be looked through from beginning to end."""
        return Scan((id_, f"{speech.title}\n{speech.text}") for id_, speech in self.speeches.items())


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small archive, built once in each test process."""
    folder = tmp_path_factory.mktemp("archive")
    archive.write(folder / "原稿")
    build(folder / "原稿", folder / "网站 一")  # a blank and Chinese in the path, as on a real desk
    loaded = corpus.load(folder / "原稿")
    return Built(folder / "原稿", folder / "网站 一", {speech.id: speech for speech in loaded.speeches})


class Silent(SimpleHTTPRequestHandler):
    """A plain file server that keeps no log."""

    def log_message(self, format: str, *args: Any) -> None:
        del format, args


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves a folder over http; gives its address, which ends with a slash."""
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def bases(built: Built, serve: Callable[[Path], str]) -> dict[str, str]:
    """Where the site begins, for each way of opening it; ends with a slash."""
    return {"http": serve(built.site), "file": f"{built.site.as_uri()}/"}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for each test process. A missing one is a failure that says what to do, never a skip."""
    path = find() or pytest.fail(advice())
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield chromium
        chromium.close()


@dataclass
class Reader:
    """A person at a browser: the page, where the site begins, whom the pages asked and what the console said."""

    page: Page
    base: str
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        """Open an address below the site's beginning."""
        self.page.goto(self.base + address)
        return self.page

    def search(self, query: str, **options: Any) -> dict[str, Any]:
        """``await window.jianggao.search(query, options)`` on the page that is open."""
        call = "([query, options]) => window.jianggao.search(query, options)"
        return cast(dict[str, Any], self.page.evaluate(call, [query, options]))

    def result(self) -> str:
        """Wait until the search page has settled; say its state."""
        self.page.wait_for_selector('[data-search-status]:not([data-state="loading"])[data-state]', state="attached")
        return cast(str, self.page.get_attribute("[data-search-status]", "data-state"))


@pytest.fixture
def new_reader(browser: Browser) -> Iterator[Callable[[str], Reader]]:
    """Makes readers whose requests to other hosts are cut and recorded; afterwards nothing may have been recorded."""
    readers: list[Reader] = []

    def make(base: str) -> Reader:
        context = browser.new_context(service_workers="block", viewport={"width": 1280, "height": 800})
        context.set_default_timeout(10_000)
        reader = Reader(context.new_page(), base)
        readers.append(reader)

        def guard(route: Route) -> None:
            if route.request.url.startswith((base, "data:", "blob:")):
                route.continue_()
            else:
                reader.asked.append(route.request.url)
                route.abort()

        context.route("**/*", guard)
        context.on(
            "request",
            lambda request: (
                None if request.url.startswith((base, "data:", "blob:")) else reader.asked.append(request.url)
            ),
        )
        context.on("console", lambda message: reader.said.append(f"{message.type}: {message.text}"))
        context.on("weberror", lambda error: reader.said.append(f"error: {error.error}"))
        return reader

    yield make
    for reader in readers:
        reader.page.context.close()
    assert [reader.asked for reader in readers] == [[] for _ in readers], "pages asked other hosts"
    assert [reader.said for reader in readers] == [[] for _ in readers], "the console was not empty"


@pytest.fixture(params=WAYS)
def reader(request: pytest.FixtureRequest, new_reader: Callable[[str], Reader], bases: dict[str, str]) -> Reader:
    """A reader of the small archive, once over http and once from files."""
    return new_reader(bases[request.param])


@pytest.fixture
def data(built: Built) -> Archive:
    """The search data of the built site."""
    return Archive(built.site)


@pytest.fixture
def site_copy(built: Built, tmp_path: Path) -> Path:
    """The built site, to be damaged."""
    return Path(shutil.copytree(built.site, tmp_path / "site"))
