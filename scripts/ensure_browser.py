"""Finds the browsers that the tests drive; installs them where that is allowed; else says in Chinese what to do.

    python scripts/ensure_browser.py chromium firefox      # prints the path of each, one that starts; alone: chromium

The order: the variable CHROMIUM or FIREFOX, a browser on PATH, the usual places of macOS, what Playwright keeps; then the
system's package manager (as root or with a sudo that asks nothing); then Playwright's own download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from scripts._cli import Parser, start


@dataclass(frozen=True)
class Sort:
    """A sort of browser: its names on PATH and as programs of macOS, and what package managers call it (with fonts)."""

    title: str
    names: tuple[str, ...]
    mac_apps: tuple[str, ...]
    packages: dict[str, tuple[str, ...]]
    kept_by_playwright: bool  # its own Firefox is a changed one, which only Playwright can drive


SORTS = {
    "chromium": Sort(
        "Chromium",
        ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"),
        ("Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome",
         "Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
        {
            "apt-get": ("chromium", "fonts-noto-cjk"),
            "dnf": ("chromium", "google-noto-sans-cjk-fonts"),
            "zypper": ("chromium", "noto-sans-sc-fonts"),
            "pacman": ("chromium", "noto-fonts-cjk"),
            "brew": ("google-chrome",),
        },
        kept_by_playwright=True,
    ),
    "firefox": Sort(
        "Firefox",
        ("firefox-esr", "firefox"),
        ("Firefox.app/Contents/MacOS/firefox",),
        {
            # The package called firefox is Ubuntu's stub for snap; Debian has firefox-esr alone.
            "apt-get": ("firefox-esr",),
            "dnf": ("firefox",),
            "zypper": ("MozillaFirefox",),
            "pacman": ("firefox",),
            "brew": ("firefox",),
        },
        kept_by_playwright=False,
    ),
}  # fmt: skip
# One entry a package manager: the commands to give it, the last of which takes the packages.
MANAGERS = {
    "apt-get": [["apt-get", "update"], ["apt-get", "install", "-y"]],
    "dnf": [["dnf", "install", "-y"]],
    "zypper": [["zypper", "--non-interactive", "install"]],
    "pacman": [["pacman", "-Sy", "--noconfirm"]],
    "brew": [["brew", "install", "--cask"]],
}
SYSTEMS = {"apt-get": "Debian       ", "dnf": "Fedora       ", "brew": "macOS        "}


def advice(name: str = "chromium") -> str:
    """What to do where there is no browser of this sort."""
    sort = SORTS[name]
    rows = [
        f"  {system}  {'' if manager == 'brew' else 'sudo '}{' '.join([*MANAGERS[manager][-1], *sort.packages[manager]])}"
        for manager, system in SYSTEMS.items()
    ]
    head = f"没有找到能启动的 {sort.title}，也没能自动装上，浏览器测试无法运行。\n怎么办（任选一种）："
    return "\n".join([head, *rows, f"  已经装在别处   {name.upper()}=/路径/{name} make test"])


def starts(path: str) -> bool:
    """Whether the program answers ``--version``: some systems ship a stub that only asks for another installer."""
    try:
        done = subprocess.run(
            [path, "--version"], capture_output=True, timeout=60, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and any(char.isdigit() for char in done.stdout.decode(errors="replace"))


def of_playwright() -> str | None:
    """The Chromium that Playwright keeps in its own folder, if it was ever installed there."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find(name: str = "chromium") -> str | None:
    """Path of a browser that starts, or None. One that was chosen and does not start is an error, not a hint."""
    sort, variable = SORTS[name], name.upper()
    if chosen := os.environ.get(variable):
        if not starts(chosen):
            raise SystemExit(f"{variable}={chosen} 启动不了。\n怎么办：改成能启动的浏览器，或去掉这个变量。")
        return chosen
    on_path = (path for called in sort.names if (path := shutil.which(called)))
    on_mac = (f"/Applications/{app}" for app in sort.mac_apps)
    found = next((path for path in (*on_path, *on_mac) if starts(path)), None)
    return found or (of_playwright() if sort.kept_by_playwright else None)


def privilege(manager: str) -> list[str] | None:
    """What to put before the package manager's command, or None when it may not be used without a person."""
    if manager == "brew" or os.geteuid() == 0:
        return []
    asks_nothing = (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    )
    return ["sudo", "-n"] if asks_nothing else None


def install(name: str) -> None:
    """Try the system's package manager, then Playwright. The tools tell their failures; ``find`` tells the result."""
    sort = SORTS[name]
    for manager, commands in MANAGERS.items():
        before = privilege(manager) if shutil.which(manager) else None
        if before is None:
            continue
        print(f"没有找到 {sort.title}，用 {manager} 安装……", file=sys.stderr)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (*commands[:-1], [*commands[-1], *sort.packages[manager]]):
            subprocess.run(
                [*before, *command], stdout=sys.stderr, stdin=subprocess.DEVNULL, check=False, env=environment
            )
        if find(name):
            return
    if sort.kept_by_playwright:
        print(f"用 Playwright 安装 {sort.title}……", file=sys.stderr)
        command = [sys.executable, "-m", "playwright", "install", name]
        subprocess.run(command, stdout=sys.stderr, stdin=subprocess.DEVNULL, check=False)


def main() -> int:
    parser = Parser("找到或装上浏览器测试用的浏览器，打印它们的路径。")
    parser.add_argument("sorts", nargs="*", metavar="浏览器", choices=list(SORTS), default="chromium")
    given = parser.parse_args().sorts
    wanted = [given] if isinstance(given, str) else given
    missing = 0
    for name in wanted:
        path = find(name)
        if path is None:
            install(name)
            path = find(name)
        missing += path is None
        print(path or advice(name), file=sys.stdout if path else sys.stderr)
    return int(missing > 0)


if __name__ == "__main__":
    start(main)
