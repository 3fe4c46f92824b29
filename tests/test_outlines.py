"""提纲库 and 统计: every outline by occasion, every heading a way into its speech, all figures counted."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from tests.builders import Head, Listed, RunIn, speech

from jianggao import figures, outlines
from jianggao.model import Completeness, Heading, Speech
from jianggao.outlines import PER_PAGE, bare

PHRASES = "我们要真抓实干，求真务实，总面积3.5万平方米，做到底。"


def archive() -> list[Speech]:
    return [
        speech(Head("一、提高认识", number="一、"), PHRASES, Head("二、抓好<重点>"), RunIn("（一）抓项目", "。" + PHRASES, level=2),
               id="2024-0000000a", date="2024-03-05", speaker="何远山", kind="动员部署"),
        speech(Head("一、提高认识", number="一、"), PHRASES, Head("二、强化担当"), Listed("三、抓好落实"),
               id="2023-0000000b", date="2023-01-02", kind="动员部署"),
        speech(Head("第一，提高认识", number="第一，"), "工作工作。", id="2019-0000000c", date="2019", kind="党课",
               completeness=Completeness("partial")),
        speech("没有提纲的讲稿，真抓实干，求真务实。", id="undated-000d", title="无提纲"),
    ]  # fmt: skip


def soup(markdown: str) -> BeautifulSoup:
    return BeautifulSoup(markdown, "html.parser")


def test_the_library_holds_every_outline_and_each_heading_leads_into_its_speech() -> None:
    made = {page.uri: page.markdown for page in outlines.pages(archive())}
    links = [a["href"] for text in made.values() for a in soup(text).select("[data-outline-text] a")]
    want = [
        f"../speeches/{one.id}.html#{heading.id}"
        for one in archive()
        for heading in one.outline
        if heading.attested == "body"
    ]
    assert sorted(map(str, links)) == sorted(want)
    assert "3篇讲稿有提纲，共7条标题" in made["outlines.md"]
    shown = "".join(soup(text).get_text() for text in made.values())
    assert "二、抓好<重点>" in shown
    assert "三、抓好落实〔仅见于原目录〕" in shown


def test_an_outline_keeps_its_shape() -> None:
    page = next(page for page in outlines.pages(archive()) if "2024-0000000a" in page.markdown)
    card = soup(page.markdown).select("details")[0]
    assert [li.get_text() for li in card.select("ol ol > li")] == ["（一）抓项目"]
    inner = card.select_one("ol ol")
    assert inner
    assert inner.parent
    assert inner.parent.get_text().startswith("二、抓好<重点>")


def test_headings_that_recur_lead_to_the_search_for_them_in_headings() -> None:
    page = next(iter(outlines.pages(archive()))).markdown
    assert "- [提高认识 <small>3</small>](search.md?q=%E6%8F%90%E9%AB%98%E8%AE%A4%E8%AF%86&only=heading)" in page
    assert "强化担当" not in page  # it stands in one speech


def test_long_parts_of_the_library_are_paged_and_lose_nothing() -> None:
    many = [speech(Head("一、事"), id=f"2024-{n:08x}", date="2024", kind="党课") for n in range(PER_PAGE + 1)]
    made = [page for page in outlines.pages(many) if "/" in page.uri]
    assert [len(soup(page.markdown).select("details")) for page in made] == [PER_PAGE, 1]
    assert [page.uri.endswith("-2.md") for page in made] == [False, True]


def test_a_page_of_the_library_keeps_its_address_when_a_speech_is_added() -> None:
    more = [*archive(), speech(Head("一、事"), id="2025-0000000f", date="2025", kind="述职评议")]
    assert {page.uri for page in outlines.pages(archive())} < {page.uri for page in outlines.pages(more)}


@pytest.mark.parametrize(
    ("number", "text", "words"),
    [
        ("一、", "一、提高认识", "提高认识"),
        ("第一句，", "第一句，不要急", "不要急"),
        ("", "一体推进三项改革", "一体推进三项改革"),
    ],
)
def test_the_number_of_the_record_is_set_aside_and_nothing_else(number: str, text: str, words: str) -> None:
    assert bare(Heading(1, number, text, "s1", 1)) == words


def test_figures_are_counted() -> None:
    page = figures.page(archive()).markdown
    text = re.sub(r"\s+", " ", soup(page).get_text(" "))
    sizes = sorted(one.chars for one in archive())
    assert f"最短 **{sizes[0]}** 字，最长 **{sizes[-1]}** 字" in text
    assert "完整 **3** 篇，有缺失 **1** 篇" in text
    assert "3篇有提纲，平均2.3条标题" in text
    bars = {
        row.select_one(".bars__name").text: row.get_text(" ").split()[-1]  # type: ignore[union-attr]
        for row in (soup(line) for line in page.splitlines() if "bars__name" in line)
    }
    assert bars["不到1,000字"] == "4篇"
    assert "8,000字以上" not in bars  # no row behind the last one that has a speech
    assert (bars["1个"], bars["2个"], bars["3个"]) == ("1篇", "1篇", "1篇")
    assert (bars["一、"], bars["第一"]) == ("2篇", "1篇")
    assert (bars["1层"], bars["2层"]) == ("2篇", "1篇")


def test_a_set_phrase_stands_between_two_marks_in_several_speeches() -> None:
    page = figures.page(archive()).markdown
    phrases = dict(re.findall(r"(?m)^- \[(\S+) <small>(\d+)</small>\]\(search\.md\?q=", page))
    assert phrases == {"求真务实": "3"}  # 真抓实干 stands alone in one speech only, 万平方米 behind a number


def test_an_archive_without_speeches_or_outlines_has_both_pages() -> None:
    assert [page.uri for page in outlines.pages([])] == ["outlines.md"]
    assert figures.page([]).uri == "figures.md"
    bare_one = [speech("没有提纲。")]
    assert "还没有带提纲" in next(iter(outlines.pages(bare_one))).markdown
    assert "还没有带提纲" in figures.page(bare_one).markdown
