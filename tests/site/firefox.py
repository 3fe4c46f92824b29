"""A Firefox as it is installed, driven over WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), which it speaks by itself.

Playwright wants a Firefox of its own, which no package brings.
"""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from websockets.sync.client import ClientConnection, connect

PATIENCE = 60
"""Seconds for an answer: the first start of a profile is slow."""
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004"}
# No page of Mozilla's own, no update, no telemetry: the browser is to ask nobody.
PREFERENCES = {
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.events.testing.asyncClipboard": True,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "remote.active-protocols": 1,
    "toolkit.telemetry.server": "",
}


class Firefox:
    """One window of a running Firefox: go to an address, ask the page, press keys and buttons, read the console."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.said: list[str] = []
        self.asked: list[str] = []
        self._number = 0
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self.window = self.send("browsingContext.getTree")["contexts"][0]["context"]

    def send(self, method: str, **values: Any) -> dict[str, Any]:
        """Send a command and wait for its answer; what happens meanwhile is noted. Raises RuntimeError for an error."""
        self._number += 1
        self.socket.send(json.dumps({"id": self._number, "method": method, "params": values}))
        while True:
            told = json.loads(self.socket.recv(timeout=PATIENCE))
            if told["type"] == "event":
                self._note(told["method"], told["params"])
            elif told["id"] == self._number:
                if told["type"] == "error":
                    raise RuntimeError(f"{method}: {told['message']}")
                return cast(dict[str, Any], told["result"])

    def _note(self, event: str, told: dict[str, Any]) -> None:
        if event == "log.entryAdded":
            self.said.append(f"{told['level']}: {told['text']}")
        else:
            self.asked.append(told["request"]["url"])

    def open(self, address: str) -> None:
        """Open an address and wait until all of it is loaded."""
        self.send("browsingContext.navigate", context=self.window, url=address, wait="complete")

    def size(self, width: int, height: int) -> None:
        """The window's inside, in CSS pixels."""
        self.send("browsingContext.setViewport", context=self.window, viewport={"width": width, "height": height})

    def ask(self, expression: str) -> Any:
        """The value of an expression in the page, as JSON; of a promise, what it becomes."""
        wrapped = f"Promise.resolve({expression}).then((one) => JSON.stringify(one === undefined ? null : one))"
        answer = self.send("script.evaluate", expression=wrapped, target={"context": self.window}, awaitPromise=True)
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def until(self, expression: str) -> Any:
        """Wait until the expression is true in the page; its value. What cannot be asked yet, on a page that is still to
        come, is asked again. Raises TimeoutError after ten seconds."""
        end, failure = time.monotonic() + 10, ""
        while time.monotonic() < end:
            try:
                # An element is told as an empty object.
                if (value := self.ask(expression)) not in (None, False, ""):
                    return value
            except RuntimeError as error:
                failure = str(error)
            time.sleep(0.03)
        raise TimeoutError(f"{expression} {failure}")

    def click(self, selector: str) -> None:
        """Press the first element that the selector names, as a mouse does."""
        node = self.send(
            "script.evaluate",
            expression=f"""(() => {{ const one = document.querySelector({json.dumps(selector)});
                one.scrollIntoView({{ block: "center", behavior: "instant" }}); return one; }})()""",
            target={"context": self.window},
            awaitPromise=False,
        )["result"]
        origin = {"type": "element", "element": {"sharedId": node["sharedId"]}}
        steps = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act({"type": "pointer", "id": "mouse", "actions": steps})

    def type(self, text: str) -> None:
        """Type a text, or one of the keys ``KEYS`` by its name, into what has the focus."""
        keys = [KEYS[text]] if text in KEYS else list(text)
        steps = [{"type": way, "value": key} for key in keys for way in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keyboard", "actions": steps})

    def _act(self, source: dict[str, Any]) -> None:
        self.send("input.performActions", context=self.window, actions=[source])


@contextmanager
def running(path: str, profile: Path) -> Iterator[Firefox]:
    """A Firefox without a screen and with an empty profile; it is gone afterwards."""
    profile.mkdir(parents=True)
    rows = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items())
    (profile / "user.js").write_text("".join(rows), encoding="utf-8")
    command = [path, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    log = profile.with_suffix(".log")
    with (
        log.open("wb") as told,
        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=told, stderr=told) as program,
    ):
        try:
            with connect(f"{_address(program, log)}/session", max_size=None, proxy=None) as socket:
                yield Firefox(socket)
        finally:
            program.kill()


def _address(program: subprocess.Popen[bytes], log: Path) -> str:
    """Where the browser listens, which it says on its error stream once it does."""
    for _ in range(PATIENCE * 20):
        if found := LISTENING.search(log.read_text("utf-8", errors="replace")):
            return found[1]
        if program.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"Firefox did not start:\n{log.read_text('utf-8', errors='replace')}")
