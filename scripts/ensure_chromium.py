"""Finds the browser that the tests drive; installs one where that is allowed; else says in Chinese what to do.

    python scripts/ensure_chromium.py        # prints the path of a Chromium that starts

The order: the variable CHROMIUM, a browser on PATH, the usual places of macOS, what Playwright keeps; then the system's
package manager (as root or with a sudo that asks nothing); then Playwright's own download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from scripts._cli import Parser, start

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
MAC_APPS = ("Chromium", "Google Chrome", "Microsoft Edge")
# One entry a package manager: the commands to give it, the last of which brings the browser.
MANAGERS = {
    "apt-get": [["apt-get", "update"], ["apt-get", "install", "-y", "chromium", "fonts-noto-cjk"]],
    "dnf": [["dnf", "install", "-y", "chromium", "google-noto-sans-cjk-fonts"]],
    "zypper": [["zypper", "--non-interactive", "install", "chromium", "noto-sans-sc-fonts"]],
    "pacman": [["pacman", "-Sy", "--noconfirm", "chromium", "noto-fonts-cjk"]],
    "brew": [["brew", "install", "--cask", "google-chrome"]],
}
ADVICE = """没有找到能启动的 Chromium，也没能自动装上，浏览器测试无法运行。
怎么办（任选一种）：
  Debian/Ubuntu   sudo apt-get install chromium fonts-noto-cjk
  Fedora          sudo dnf install chromium google-noto-sans-cjk-fonts
  macOS           brew install --cask google-chrome
  已经装在别处    CHROMIUM=/路径/chrome make test"""


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
    """The browser that Playwright keeps in its own folder, if it was ever installed there."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find() -> str | None:
    """Path of a browser that starts, or None. An explicit CHROMIUM that does not start is an error, not a hint."""
    if chosen := os.environ.get("CHROMIUM"):
        if not starts(chosen):
            raise SystemExit(f"CHROMIUM={chosen} 启动不了。\n怎么办：改成能启动的浏览器，或去掉这个变量。")
        return chosen
    on_path = (path for name in NAMES if (path := shutil.which(name)))
    on_mac = (f"/Applications/{app}.app/Contents/MacOS/{app}" for app in MAC_APPS)
    return next((path for path in (*on_path, *on_mac) if starts(path)), None) or of_playwright()


def privilege(manager: str) -> list[str] | None:
    """What to put before the package manager's command, or None when it may not be used without a person."""
    if manager == "brew" or os.geteuid() == 0:
        return []
    asks_nothing = (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    )
    return ["sudo", "-n"] if asks_nothing else None


def install() -> None:
    """Try the system's package manager, then Playwright. The tools tell their failures; ``find`` tells the result."""
    for manager, commands in MANAGERS.items():
        before = privilege(manager) if shutil.which(manager) else None
        if before is None:
            continue
        print(f"没有找到 Chromium，用 {manager} 安装……", file=sys.stderr)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in commands:
            subprocess.run(
                [*before, *command], stdout=sys.stderr, stdin=subprocess.DEVNULL, check=False, env=environment
            )
        if find():
            return
    print("用 Playwright 安装 Chromium……", file=sys.stderr)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(command, stdout=sys.stderr, stdin=subprocess.DEVNULL, check=False)


def main() -> int:
    Parser("找到或装上浏览器测试用的 Chromium，打印它的路径。").parse_args()
    path = find()
    if path is None:
        install()
        path = find()
    print(path or ADVICE, file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


if __name__ == "__main__":
    start(main)
