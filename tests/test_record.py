"""The cleaning record of a speech, as its page and explain.py show it."""

from __future__ import annotations

from dataclasses import replace

import markdown
import pytest
from tests.builders import reading, speech
from tests.rendered import converter, one, page

from jianggao import explain
from jianggao.model import Change, Fact, Problem


@pytest.fixture
def site() -> markdown.Markdown:
    return converter()


def test_the_cleaning_record_lists_what_was_removed_and_counts_what_was_rewritten(site: markdown.Markdown) -> None:
    what = speech("文。")
    changes = [Change("noise/ad", n, "<b>广告", None) for n in (1, 2)] + [
        Change("punctuation/spaces", 3, ", ", ","),
        Change("punctuation/full-width", 3, ",", "，"),
        Change("noise/contact", 4, "找我电话要", "找我要"),
    ]
    soup = page(site, what, reading=reading(what, changes=changes), reasons={"noise/ad": "网站广告"})
    heads = [
        " ".join(part.get_text() for part in li.select(":scope > :not(ul)")) for li in soup.select(".record > ul > li")
    ]
    assert heads == [
        "网站广告 2处",
        "网页杂质 1处",
        "标点与空格 2处",
    ]
    # An editor finds the rules' names under the pointer; a reader has no use for them.
    assert [e["title"] for e in soup.select(".record .why")] == [
        "规则：noise/ad",
        "规则：noise/contact",
        "规则：punctuation/full-width、punctuation/spaces",
    ]
    lines = [li.get_text() for li in soup.select(".record .lines li")]
    assert lines == ["第1行 删去「<b>广告」", "第2行 删去「<b>广告」", "第4行 删去「电话」"]
    assert one(soup, ".record summary").get_text() == "清洗记录5处改动"


def test_the_record_lists_the_lines_of_the_head_that_are_not_published(site: markdown.Markdown) -> None:
    evidence = (
        Fact("title", "在全县会议上的讲话", 3, "form/title"),
        Fact("page", "新闻中心 <b>", 1, "form/above-title"),
        Fact("other-title", "在全县会议上的讲话_县报", 2, "form/title"),
        Fact("page_title", "县报网", None, "html/title"),
    )
    what = replace(speech("文。"), evidence=evidence)
    soup = page(site, what, reading=reading(what))
    assert [li.get_text() for li in soup.select(".record .lines li")] == [
        "第1行 「新闻中心 <b>」",
        "第2行 「在全县会议上的讲话_县报」",
    ]
    assert one(soup, ".record summary").get_text() == "清洗记录2处改动"
    told = explain.reading_text(reading(what))
    assert "不进正文的网页、刊物留在标题附近的行：第 1 行「新闻中心 <b>」" in told


def test_the_record_of_a_compilation_tells_of_the_own_piece_alone(site: markdown.Markdown) -> None:
    first, second = speech("甲。", id="2024-00000001"), speech("乙。", id="2024-00000002")
    second = replace(second, paragraphs=(replace(second.paragraphs[0], line=9),))
    changes = [Change("noise/ad", 3, "前面的广告", None), Change("noise/ad", 11, "后面的广告", None)]
    problems = [Problem("warning", "疑似讹误：某词", "核对原件", 10)]
    both = reading(first, second, changes=changes, problems=tuple(problems))
    texts = [one(page(site, s, reading=both), ".record").get_text() for s in (first, second)]
    assert ["前面的广告" in texts[0], "后面的广告" in texts[0], "疑似讹误" in texts[0]] == [True, False, False]
    assert ["前面的广告" in texts[1], "后面的广告" in texts[1], "第10行 疑似讹误：某词" in texts[1]] == [
        False,
        True,
        True,
    ]


def test_lines_that_were_joined_are_not_told_as_lost(site: markdown.Markdown) -> None:
    what = speech("文。")
    whole = "第一页的话说到一半，第二页接着把它说完。"
    changes = [
        Change("noise/page-number-inside", 1, "1、第一页的话说到一半，", whole),
        Change("noise/page-number-inside", 2, "2、第二页接着把它说完。", None),
    ]
    rows = page(site, what, reading=reading(what, changes=changes)).select(".record .lines li")
    assert [row.get_text() for row in rows] == ["第1行 删去「1、」，接上后面的行", "第2行 删去「2、」，其余接到第1行"]


def test_a_long_list_of_one_rule_is_cut_and_says_so(site: markdown.Markdown) -> None:
    what = speech("文。")
    changes = [Change("noise/ad", n, f"广告{n}", None) for n in range(1, 41)]
    rows = page(site, what, reading=reading(what, changes=changes)).select(".record .lines li")
    assert (len(rows), rows[-1].get_text()) == (13, "另有28处")
