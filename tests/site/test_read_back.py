"""The text of every built page is the speech's text, character by character; every address in it stays when one is added."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from tests.conftest import SEEDS
from tests.site.conftest import ROOT, Built, build

from jianggao import corpus, linkcheck
from jianggao.markup import carried
from jianggao.model import Speech

# The seeds lie beside the checkout where the project is made; elsewhere the samples alone are read.
ARCHIVES = [ROOT / "speeches", *([SEEDS] if SEEDS.is_dir() else [])]
BLOCKS = ("p", "h2", "h3", "h4", "h5", "h6")


def text_of(page: Path) -> tuple[Tag, list[tuple[str, str]]]:
    """The body of a speech's page without what stands beside the words, and its blocks: id and words."""
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser", preserve_whitespace_tags=set(BLOCKS))
    (body,) = soup.select(".speech-body")
    for beside in body.select(".gap, .para-link"):
        beside.decompose()
    return body, [(str(one["id"]), one.get_text()) for one in body.find_all(BLOCKS) if one.get("id")]


def expected(speech: Speech) -> list[tuple[str, str]]:
    return [(p.id, carried(p.text)) for p in speech.paragraphs]


@pytest.fixture(scope="module", params=ARCHIVES, ids=lambda folder: folder.name)
def read(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A built archive of real or sample texts."""
    site = tmp_path_factory.mktemp("read") / "site"
    build(request.param, site)
    return Built(request.param, site, {s.id: s for s in corpus.load(request.param).speeches})


def test_each_page_reads_back_as_its_speech_and_nothing_else(read: Built) -> None:
    pages = sorted((read.site / "speeches").glob("*.html"))
    assert [page.stem for page in pages] == sorted(read.speeches)
    for page in pages:
        speech = read.speeches[page.stem]
        body, blocks = text_of(page)
        assert blocks == expected(speech), speech.file
        # Nothing stands in the body outside its blocks.
        assert "".join(body.get_text().split()) == "".join("".join(t for _, t in expected(speech)).split())


def test_every_page_asks_no_other_host_and_has_no_dead_link(read: Built) -> None:
    assert linkcheck.check(read.site) == []


def test_every_id_and_address_stays_when_a_speech_is_added(read: Built, tmp_path: Path) -> None:
    shutil.copytree(read.raw, tmp_path / "raw")
    words = "\n".join(["在新增的座谈会上的讲话", "（2016年6月7日）", "同志们：", *["要抓好落实，一件一件地办。"] * 6])
    (tmp_path / "raw" / "000新增.txt").write_text(words + "\n", "utf-8")
    build(tmp_path / "raw", tmp_path / "site")
    before, after = (addresses(site) for site in (read.site, tmp_path / "site"))
    assert len(list((tmp_path / "site" / "speeches").glob("*.html"))) == len(read.speeches) + 1
    lost = {page: sorted(ids - after.get(page, set())) for page, ids in before.items() if ids - after.get(page, set())}
    assert set(before) <= set(after)
    assert lost == {}


def addresses(site: Path) -> dict[str, set[str]]:
    """Each page of a site and the ids in it."""
    return {
        page.relative_to(site).as_posix(): {
            str(one["id"]) for one in BeautifulSoup(page.read_text("utf-8"), "html.parser").find_all(id=True)
        }
        for page in site.rglob("*.html")
    }
