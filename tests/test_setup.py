"""Setting up on a strange machine: what is missing is installed where that is allowed, else said in Chinese."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from scripts import ensure_browser

ROOT = Path(__file__).parents[1]


def program(folder: Path, name: str, body: str) -> Path:
    """A small shell program in ``folder``."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any browser: PATH is one empty folder, Playwright keeps nothing."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    for name, sort in ensure_browser.SORTS.items():
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.setitem(ensure_browser.SORTS, name, replace(sort, mac_apps=()))
    monkeypatch.setattr(ensure_browser, "of_playwright", lambda: None)
    return folder


def test_a_browser_that_starts_is_taken_and_a_stub_is_passed_over(bare: Path) -> None:
    program(bare, "chromium", "echo 'install me first'; exit 1")
    real = program(bare, "google-chrome", "echo 'Chrome 120.0'")
    assert ensure_browser.find() == str(real)


def test_a_chosen_browser_that_does_not_start_is_an_error(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare, "chromium", "echo 'Chromium 120.0'")
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    with pytest.raises(SystemExit, match="启动不了"):
        ensure_browser.find()


@pytest.mark.parametrize(("name", "package"), [("chromium", "chromium"), ("firefox", "firefox-esr")])
def test_a_missing_browser_is_installed_with_the_package_manager(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], name: str, package: str
) -> None:
    browser = bare / package
    chmod = shutil.which("chmod", path=os.defpath)
    write = f'printf "#!/bin/sh\\necho Browser 120.0\\n" > "{bare}/$3"; {chmod} +x "{bare}/$3"'
    program(bare, "apt-get", f'[ "$1" = update ] || {{ {write}; }}')
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr("sys.argv", ["ensure_browser.py", name])
    assert ensure_browser.main() == 0
    said = capfd.readouterr()
    assert said.out == f"{browser}\n"
    assert "用 apt-get 安装" in said.err


def test_what_cannot_be_installed_is_said_in_chinese(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    program(bare, "apt-get", "exit 100")
    failing = program(bare, "python", "exit 1")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)  # and no sudo on PATH: the package manager may not be used
    monkeypatch.setattr("sys.executable", str(failing))
    monkeypatch.setattr("sys.argv", ["ensure_browser.py", "chromium", "firefox"])
    assert ensure_browser.main() == 1
    said = capfd.readouterr()
    assert said.out == ""
    assert "用 apt-get 安装" not in said.err
    assert "apt-get install -y chromium" in said.err
    assert "apt-get install -y firefox-esr" in said.err
    assert "怎么办" in said.err


def make_venv(path: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run scripts/make_venv.sh with nothing on PATH but the programs of ``path``."""
    command = ["/bin/sh", str(ROOT / "scripts" / "make_venv.sh"), str(folder)]
    return subprocess.run(command, env={"PATH": str(path)}, capture_output=True, text=True, check=False)


def test_an_old_python_is_refused_with_what_to_do(tmp_path: Path) -> None:
    program(tmp_path / "bin", "python3", 'case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac')
    done = make_venv(tmp_path / "bin", tmp_path / "venv")
    assert done.returncode == 1
    assert "需要 Python 3.11" in done.stderr
    assert "Python 3.9.2" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_a_python_without_venv_is_told_apart(tmp_path: Path) -> None:
    program(tmp_path / "bin", "python3", 'case "$1" in -c) exit 0;; *) exit 1;; esac')
    done = make_venv(tmp_path / "bin", tmp_path / "venv")
    assert done.returncode == 1
    assert "python3-venv" in done.stderr
