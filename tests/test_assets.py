"""Styles and scripts of ours: how big they are, where they stand, and what older browsers would lose by them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from tests.builders import Head, RunIn, corpus, speech
from tests.hooked import LONG, ROOT, files, hook, made, sample

ASSETS = Path(__file__).parents[1] / "docs" / "assets"


def test_no_rule_is_lost_in_older_browsers() -> None:
    """A selector that a browser does not know voids its whole list; and in Chromium up to 127 a smooth scroll of the page
    stops where the outline beside it is scrolled (measured in 92 to 127), so that no link into a speech arrives."""
    for path in ASSETS.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        for selectors in re.findall(r"([^{}]+)\{", text):
            assert ":has(" not in selectors or "," not in selectors, f"{path.name}: {selectors.strip()}"
        assert not re.search(r"(?<!over)scroll-behavior", text)


def test_the_themes_scripts_stay_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = files(made(monkeypatch, tmp_path, sample()))
    assert not [name for name in found if name.startswith("assets/javascripts/") or name.endswith(".map")]
    assert not [name for name, data in found.items() if b"sourceMappingURL" in data]


def test_a_page_stays_light(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    items = [RunIn(f"{n}是抓落实", "。" + LONG) if n % 3 else Head(f"{n}、抓落实") for n in range(48)]
    what = speech(*items, id="2024-0000000d", date="2024")
    assert 3_500 < what.chars < 4_500
    site = made(monkeypatch, tmp_path, corpus(what))
    assert (site / "speeches/2024-0000000d.html").stat().st_size < 60_000
    ours = [p for folder in ("assets/css", "assets/reader") for p in (site / folder).iterdir()]
    assert sum(p.stat().st_size for p in ours) < 120_000


def test_a_changed_style_or_script_has_another_address(tmp_path: Path) -> None:
    stamped = hook("offline").stamped
    (tmp_path / "a.js").write_text("1", "utf-8")
    first = stamped(tmp_path, "a.js")
    (tmp_path / "a.js").write_text("2", "utf-8")
    assert re.fullmatch(r"a\.js\?\w{8}", first)
    assert stamped(tmp_path, "a.js") != first
    assert stamped(tmp_path, "gone.js") == "gone.js"


def test_all_pages_ask_for_the_styles_and_scripts_of_this_build(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site, stamped = made(monkeypatch, tmp_path, sample()), hook("offline").stamped
    for page in ("index.html", "search.html", "speeches/2024-0000000a.html"):
        soup = BeautifulSoup((site / page).read_text(encoding="utf-8"), "html.parser")
        asked = [
            str(tag.get("src") or tag["href"]).removeprefix("../")
            for tag in soup.select("script[src], link[rel=stylesheet]")
        ]
        own = [address for address in asked if not address.startswith("assets/stylesheets/")]
        assert "assets/search/boot.js" in [address.partition("?")[0] for address in own]
        assert own == [stamped(ROOT / "docs", address.partition("?")[0]) for address in own]


def test_styles_and_scripts_of_ours_are_small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    site = made(monkeypatch, tmp_path, sample())
    own = [path for folder in hook("offline").OWN for path in (site / folder).glob("*.*")]
    sizes = {path.name: path.stat().st_size for path in own}
    for path in (site / "assets/search/data").glob("*.js"):
        name = path.name.partition("-")[0]
        if name in ("page", "study", "marks"):
            sizes[name] = path.stat().st_size
        elif name == "program":  # lunr before ours and tables behind it are not ours
            text = path.read_text("utf-8")
            sizes[name] = len(text[text.index("(function(J)") : text.index('jianggao.take(["tables"')].encode())
    assert {"program", "page", "study", "marks", "boot.js", "jianggao.css", "print.css"} <= set(sizes)
    assert sum(sizes.values()) <= 120_000, sizes
