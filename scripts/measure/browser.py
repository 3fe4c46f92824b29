"""A real browser in front of a built site: served over http by a process of its own, or opened as files."""

from __future__ import annotations

import contextlib
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from scripts.ensure_chromium import ADVICE, find

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 120_000  # milliseconds; a slow peer is measured, a dead one is not waited for


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """One headless Chromium. Raises ``SystemExit`` with advice when there is none."""
    path = find()
    if not path:
        raise SystemExit(ADVICE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of ``folder`` on a plain file server; in its own process, so that measuring does not slow it."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise SystemExit("本机的网页服务没有起来，无从测量")


@dataclass
class Tab:
    """A fresh page with nothing in its cache; ``loaded`` counts the bytes that came over the wire."""

    page: Page
    wire: CDPSession
    loaded: int = 0

    def take(self) -> int:
        """Bytes since the last call."""
        bytes_, self.loaded = self.loaded, 0
        return bytes_

    def heap(self) -> float:
        """Megabytes of JavaScript objects as they lie there, garbage included."""
        return float(self.wire.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


@contextlib.contextmanager
def tab(browser: Browser, slower: float = 1) -> Iterator[Tab]:
    """A tab in a context of its own; ``slower`` times slower than the machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    made = Tab(page, wire)

    def count(event: dict[str, float]) -> None:
        made.loaded += int(event["encodedDataLength"])

    wire.on("Network.loadingFinished", count)
    wire.send("Network.enable")
    if slower > 1:
        wire.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    yield made
    context.close()


def median(values: Sequence[float]) -> float:
    """The middle value; nought of none."""
    return statistics.median(values) if values else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` of all do not exceed (nearest rank); nought of none.

    >>> percentile([1.0, 2.0, 3.0, 4.0], 0.95)
    4.0
    """
    ranked = sorted(values)
    return ranked[max(-(-int(len(ranked) * share * 1000) // 1000) - 1, 0)] if ranked else 0.0
