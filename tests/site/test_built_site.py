"""The built site as files: no other host, no dead link, the same bytes twice, a bad file named and the rest built."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.site import archive
from tests.site.conftest import ROOT, Built, build

from jianggao import linkcheck


def contents(site: Path) -> dict[str, bytes]:
    """Path → bytes of every file of a site."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_the_small_archive_asks_no_other_host_and_has_no_dead_link(built: Built) -> None:
    assert linkcheck.check(built.site) == []
    assert {f"speeches/{id_}.html" for id_ in built.speeches} <= set(linkcheck.site_files(built.site))


def test_the_same_input_gives_the_same_bytes(built: Built, tmp_path: Path) -> None:
    archive.write(tmp_path / "again")
    build(tmp_path / "again", tmp_path / "site")
    first, second = contents(built.site), contents(tmp_path / "site")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.parametrize(
    ("name", "content"),
    [("空.txt", b""), ("二进制.txt", bytes(range(256)) * 40), ("讲话01.txt.toml", 'speeker = "某人"\n'.encode())],
)
def test_a_bad_file_is_named_the_rest_is_built_and_strict_stops(tmp_path: Path, name: str, content: bytes) -> None:
    raw = tmp_path / "raw"
    archive.write(raw)
    (raw / "2013" / name).write_bytes(content)
    for strict in ([], ["--strict"]):
        command = [sys.executable, "-m", "mkdocs", "build", *strict, "--site-dir", str(tmp_path / "site")]
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "SPEECHES_DIR": str(raw)}, capture_output=True, text=True, check=False
        )
        assert (done.returncode != 0) == bool(strict), done.stderr
        assert f"2013/{name}" in done.stderr
        assert "怎么办" in done.stderr
    assert len(list((tmp_path / "site" / "speeches").glob("*.html"))) >= 10
