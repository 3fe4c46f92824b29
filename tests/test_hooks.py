"""The hooks, run as `mkdocs build` runs them: pages from the archive, problems as messages, no other host asked."""

from __future__ import annotations

import gzip
import json
import logging
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from tests.hooked import ROOT, files, hook, made, sample

from jianggao import corpus as archive
from jianggao.corpus import Corpus
from jianggao.errors import SpeechError
from jianggao.model import Problem


def test_a_strict_build_of_a_clean_archive_gives_pages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    site = made(monkeypatch, tmp_path, sample(), strict=True)
    soup = BeautifulSoup((site / "speeches/2024-0000000a.html").read_text(encoding="utf-8"), "html.parser")
    assert not soup.select('script:not([src]):not([type="application/ld+json"])')
    assert soup.select_one("title").get_text() == "<script>alert(1)</script> - 讲稿"  # type: ignore[union-attr]
    assert [a["href"] for a in soup.select("[data-outline] a")] == ["#s1", "#s1-1"]
    assert [a.get_text() for a in soup.select("[data-outline] a")] == ["一、抓<实>", "一是抓人"]
    assert [a["href"] for a in soup.select(".neighbours a")] == ["2023-0000000b.html"]
    assert "二是抓事 仅见于原目录" in soup.select_one(".outline").get_text()  # type: ignore[union-attr]


def test_the_home_page_is_filled_from_the_archive(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = (made(monkeypatch, tmp_path, sample()) / "index.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(page, "html.parser")
    form = soup.select_one("form[role=search]")
    assert form
    assert (form["action"], form.select_one("input")["name"]) == ("search.html", "q")  # type: ignore[index]
    assert "档案：" not in page
    assert [a["href"] for a in soup.select(".speech-list a")] == [
        "speeches/2024-0000000a.html",
        "speeches/2023-0000000b.html",
    ]


def test_no_page_asks_another_host_and_links_are_relative(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = hook("offline").asked
    for path in made(monkeypatch, tmp_path, sample()).rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert asked(html) == [], path
        for tag in BeautifulSoup(html, "html.parser").select("[href], [src]"):
            address = str(tag.get("href") or tag.get("src"))
            if not address.startswith(("#", "data:")):
                assert (path.parent / re.split("[?#]", address)[0]).is_file(), f"{path.name}: {address}"


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://cdn.example.org/a.js"></script>',
        "<link rel=stylesheet href=//fonts.example.org/css>",
        "<img alt=\"\" src = 'http://example.org/a.png'>",
        "<style>@import 'https://example.org/a.css'</style>",
        '<p style="background:url(https://example.org/a.png)">',
    ],
)
def test_what_would_be_loaded_from_another_host_is_found(html: str) -> None:
    assert len(hook("offline").asked(html)) == 1


def test_links_that_a_reader_may_follow_are_no_requests() -> None:
    assert (
        hook("offline").asked('<a href="https://example.org/">来源</a><link rel="canonical" href="https://a.cn/">')
        == []
    )


def test_the_same_archive_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings: dict[str, Any] = {"site_url": "https://example.org/jianggao/"}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    first = files(made(monkeypatch, tmp_path / "1", sample(), **settings))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    second = files(made(monkeypatch, tmp_path / "2", sample(), **settings))
    assert first == second
    assert gzip.decompress(first["sitemap.xml.gz"]) == first["sitemap.xml"]
    assert b"<lastmod>" not in first["sitemap.xml"]


def test_one_more_speech_leaves_other_addresses_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = files(made(monkeypatch, tmp_path / "1", sample()))
    after = files(made(monkeypatch, tmp_path / "2", sample(extra=True)))
    assert {name for name in before if name.endswith(".html")} < set(after)
    one, two = (BeautifulSoup(made["speeches/2023-0000000b.html"], "html.parser") for made in (before, after))
    for list_ in (*one.select(".related"), *two.select(".related")):
        list_.decompose()  # another speech may be nearer
    assert "".join(str(one).split()) == "".join(str(two).split())


def test_an_error_stops_a_strict_build_but_not_the_rest(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bad = sample(problems=(Problem("error", "文件是空的。", "换一份有内容的文件", 1, "坏.txt"),))
    site = made(monkeypatch, tmp_path / "1", bad)
    assert (site / "speeches/2024-0000000a.html").is_file()
    assert "坏.txt:1: 文件是空的。怎么办：换一份有内容的文件" in caplog.text
    with pytest.raises(Abort):
        made(monkeypatch, tmp_path / "2", bad, strict=True)


def test_a_warning_does_not_stop_a_strict_build(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    made(monkeypatch, tmp_path, sample(problems=(Problem("warning", "没有日期", "加一个附表"),)), strict=True)
    assert "档案: 没有日期。怎么办：加一个附表" in caplog.text


@pytest.mark.parametrize("error", [SpeechError("坏.toml", 2, "不认识的键", "删掉它"), RuntimeError("意外")])
def test_a_failure_to_load_leaves_a_site_that_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    def fail(*_: object) -> Corpus:
        raise error

    monkeypatch.setattr(archive, "load", fail)
    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(tmp_path)))
    assert "档案里还没有讲稿" in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "怎么办：" in caplog.text


def test_the_folder_of_raw_files_can_be_chosen_and_is_watched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[Path] = []

    def load(root: Path) -> Corpus:
        asked.append(root)
        return sample()

    monkeypatch.setattr(archive, "load", load)
    monkeypatch.setenv("SPEECHES_DIR", str(tmp_path))
    config = hook("speeches").on_config(load_config(str(ROOT / "mkdocs.yml")))
    assert asked == [tmp_path]
    assert str(tmp_path) in config.watch


def test_raw_files_are_linked_where_the_repository_is_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings: dict[str, Any] = {"repo_url": "https://example.org/jianggao", "edit_uri": "blob/main/docs/"}
    site = made(monkeypatch, tmp_path, sample(), **settings)
    soup = BeautifulSoup((site / "speeches/2024-0000000a.html").read_text(encoding="utf-8"), "html.parser")
    assert [a["href"] for a in soup.select(".speech-source a")] == [
        "https://example.org/jianggao/blob/main/speeches/2024-0000000a.txt",
        "../raw/2024-0000000a.txt",
    ]


def test_the_feed_names_the_latest_speeches_and_is_xml(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for number, (settings, base) in enumerate(
        (({}, ""), ({"site_url": "https://example.org/a/"}, "https://example.org/a/"))
    ):
        site = made(monkeypatch, tmp_path / str(number), sample(extra=True), **settings)
        items = ElementTree.parse(site / "feed.xml").findall("channel/item")
        assert [item.findtext("link") for item in items] == [
            f"{base}speeches/{name}.html" for name in ("2025-0000000c", "2024-0000000a", "2023-0000000b")
        ]
        assert [item.findtext("pubDate") is None for item in items] == [False, False, True]  # one has a year only
        assert items[1].findtext("title") == "<script>alert(1)</script>"
        page = BeautifulSoup((site / "speeches/2024-0000000a.html").read_text("utf-8"), "html.parser")
        assert [tag["href"] for tag in page.select('link[type="application/rss+xml"]')] == ["../feed.xml"]
        address = page.select_one('meta[property="og:url"]')
        assert (address["content"] if address else "") == (f"{base}speeches/2024-0000000a.html" if base else "")


def test_the_record_of_a_page_is_data_whatever_stands_in_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    site = made(monkeypatch, tmp_path, sample())
    page = BeautifulSoup((site / "speeches/2024-0000000a.html").read_text("utf-8"), "html.parser")
    told = json.loads(page.select_one('script[type="application/ld+json"]').text)  # type: ignore[union-attr]
    assert told["name"] == "<script>alert(1)</script>"
    assert told["author"] == {"@type": "Person", "name": "何远山"}
    assert "isBasedOn" not in told
    assert [tag["content"] for tag in page.select('meta[property="og:title"]')] == [told["name"]]


def test_the_raw_text_is_kept_as_it_was_decoded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    site = made(monkeypatch, tmp_path, sample())
    assert {path.name for path in (site / "raw").iterdir()} == {"2024-0000000a.txt", "2023-0000000b.txt"}
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in (site / "raw").iterdir())


def test_word_documents_are_made_only_where_the_site_wants_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wanted = {**load_config(str(ROOT / "mkdocs.yml"))["extra"], "word": True}
    for number, settings in enumerate(({}, {"extra": wanted})):
        site = made(monkeypatch, tmp_path / str(number), sample(), **settings)
        page = BeautifulSoup((site / "speeches/2024-0000000a.html").read_text("utf-8"), "html.parser")
        made_for = page.select_one("[data-speech]").get("data-word")  # type: ignore[union-attr]
        assert made_for == (None if not number else "2024-0000000a.docx")
        assert (site / "speeches/2024-0000000a.docx").exists() == bool(number)


def test_the_menu_takes_links_and_groups(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nav = [{"首页": "index.md"}, {"浏览": ["years.md", {"更多": ["places.md"]}]}, {"仓库": "https://example.org/"}]
    page = BeautifulSoup(
        (made(monkeypatch, tmp_path, sample(), nav=nav) / "years/2024.html").read_text("utf-8"), "html.parser"
    )
    assert [(a.get_text(), a.get("aria-current")) for a in page.select(".ways a")] == [("浏览", "true"), ("仓库", None)]
