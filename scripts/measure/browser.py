"""A real browser in front of a site that is served on this machine or opened as files; bytes sent and memory held."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from scripts.ensure_browser import advice, find

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 300_000  # milliseconds: a slow peer is measured, a dead one is not waited for
Sent = list[tuple[str, int]]
"""Paths and bytes that a server has sent."""
Send = Callable[[str, dict[str, Any]], dict[str, Any]]


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections stay open, as with any real host
    disable_nagle_algorithm = True  # else the head and the body of an answer wait 40 ms for each other

    def __init__(self, *given: Any, sent: Sent, **named: Any) -> None:
        self.sent = sent
        super().__init__(*given, **named)

    def send_header(self, keyword: str, value: str) -> None:
        # Counted here, not in the browser, whose log of a page leaves out what its workers fetch.
        if keyword == "Content-Length":
            self.sent.append((self.path.partition("?")[0].lstrip("/"), int(value)))
        super().send_header(keyword, value)

    def log_message(self, format: str, *given: object) -> None:
        """Be quiet."""


@contextmanager
def served(site: Path) -> Iterator[tuple[str, Sent]]:
    """Serve a folder on this machine: its address, which ends in a slash, and a growing list of what was sent."""
    sent: Sent = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site), sent=sent))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", sent
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """One headless Chromium. Raises ``SystemExit`` with advice when there is none."""
    path = find()
    if not path:
        raise SystemExit(advice())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def fresh(browser: Browser, script: str = "", slower: float = 1) -> Iterator[Page]:
    """A page with nothing in its cache; ``script`` runs before its own, ``slower`` times slower than the machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    if script:
        context.add_init_script(script)
    page = context.new_page()
    if slower > 1:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    try:
        yield page
    finally:
        context.close()


def workers(page: Page, session: CDPSession) -> dict[str, Send]:
    """How to speak to each worker of a page: no call in the page tells of their memory, and Playwright opens no session."""
    found: dict[str, Send] = {}
    answers: dict[tuple[str, int], dict[str, Any]] = {}

    def attach(event: dict[str, Any]) -> None:
        found[f"worker {len(found) + 1}"] = partial(send, event["sessionId"])

    def answer(event: dict[str, Any]) -> None:
        said = json.loads(event["message"])
        if "id" in said:
            answers[event["sessionId"], said["id"]] = said

    def send(to: str, method: str, values: dict[str, Any]) -> dict[str, Any]:
        number = len(answers)
        message = json.dumps({"id": number, "method": method, "params": values})
        session.send("Target.sendMessageToTarget", {"sessionId": to, "message": message})
        for _ in range(PATIENCE // 20):
            if (to, number) in answers:
                break
            page.wait_for_timeout(20)  # events come in while Playwright waits
        result: dict[str, Any] = answers[to, number]["result"]
        return result

    session.on("Target.attachedToTarget", attach)
    session.on("Target.receivedMessageFromTarget", answer)
    session.send("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False})
    page.wait_for_timeout(500)
    return found


def heap(page: Page) -> int:
    """Bytes in use after collections, of the page and its workers: objects, buffers, memory of WebAssembly."""
    session = page.context.new_cdp_session(page)
    places: list[Send] = [session.send, *workers(page, session).values()]
    for _ in range(3):  # what the page lets go, a worker lets go next
        for send in places:
            send("HeapProfiler.collectGarbage", {})
        page.wait_for_timeout(200)
    return sum(map(_in_use, places))


def _in_use(send: Send) -> int:
    use = send("Runtime.getHeapUsage", {})
    # The memory of a WebAssembly program is in neither number.
    kind = send("Runtime.evaluate", {"expression": "WebAssembly.Memory.prototype"})["result"]["objectId"]
    held = send("Runtime.queryObjects", {"prototypeObjectId": kind})["objects"]["objectId"]
    add = "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0); }"
    call = {"objectId": held, "functionDeclaration": add, "returnByValue": True}
    return int(use["usedSize"] + use["backingStorageSize"] + send("Runtime.callFunctionOn", call)["result"]["value"])


def heap_with_garbage(page: Page) -> int:
    """Bytes of JavaScript objects and buffers as they lie there, garbage included: what an old machine has to hold."""
    use = page.context.new_cdp_session(page).send("Runtime.getHeapUsage")
    return int(use["usedSize"] + use["backingStorageSize"])


def median(values: Sequence[float]) -> float:
    """The middle value; nought of none."""
    return statistics.median(values) if values else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` of all do not exceed (nearest rank); nought of none.

    >>> percentile([4.0, 1.0, 3.0, 2.0], 0.5), percentile([4.0, 1.0, 3.0, 2.0], 0.95)
    (2.0, 4.0)
    """
    ranked = sorted(values)
    return ranked[max(-int(-len(ranked) * share // 1) - 1, 0)] if ranked else 0.0
