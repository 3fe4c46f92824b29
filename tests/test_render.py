"""The page of a speech, read back from HTML, is the speech: character by character, whatever the source holds."""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path

import markdown
import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config
from mkdocs.utils import meta
from tests.builders import Head, Listed, RunIn, reading, speech

from jianggao import explain
from jianggao.markup import carried
from jianggao.model import Change, Completeness, Fact, Gap, Problem, Source, Speech
from jianggao.stages.render import render

ROOT = Path(__file__).parents[1]
HOSTILE = [
    *"*_`#+-=:.!?<>&|~\\[](){}\"'/^$%@　 \t",
    *"\x00\x02\x03\x0b\x0c\r\x1b\x1c\x85\u00a0\u200b\u2028\u2029\ufeff\ufffe\U0001ffff",
    *("1.", "2023.", "1)", "```", "~~~", "---", "***", "===", ":::", "!!!", "??? note", "|a|b|", "|-|-|", "    ", "  "),
    *(
        "<script>alert(1)</script>",
        "</div>",
        "<!--",
        "-->",
        "<p>",
        "<?php",
        "<![CDATA[",
        "&amp;",
        "&#42;",
        "&lt",
        "&nbsp;",
    ),
    *(
        "[x](y)",
        "![x](y)",
        "[x]: y",
        "[^1]",
        "[TOC]",
        "*[HTML]: x",
        "{: #id .x }",
        "{.x}",
        "{#p1}",
        "{{ x }}",
        "{% raw %}",
    ),
    *(
        "https://a.cn/?b=1&c=2",
        "<https://a.cn>",
        "a@b.cn",
        "wzxhzdk:0",
        "klzzwxh:0000",
        "\x02wzxhzdk:0\x03",
        "　　",
        "20xx",
    ),
    *("**个县", "×× 同志", "_总书记", "X镇", "党建", "一、", "（一）", "。", "𠀀", "㐀", "́", "\ud800", "😀"),
]
texts = st.one_of(st.lists(st.sampled_from(HOSTILE), max_size=12).map("".join), st.text(max_size=40)).map(
    lambda text: text.replace("\n", "")
)


@functools.cache
def converter() -> markdown.Markdown:
    """Python-Markdown as the site sets it up, MkDocs' own extensions included."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    return markdown.Markdown(extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"])


@pytest.fixture
def site() -> markdown.Markdown:
    return converter()


def page(site: markdown.Markdown, what: Speech, **more: object) -> BeautifulSoup:
    source, _ = meta.get_data(render(what, "speeches/raw.txt", **more).markdown)  # type: ignore[arg-type]
    html = site.reset().convert(source)
    html.encode("utf-8")
    # Beautiful Soup folds a run of spaces that stands alone, which a browser does not.
    return BeautifulSoup(html, "html.parser", preserve_whitespace_tags={"h1", "h2", "h3", "h4", "h5", "h6", "p", "li"})


def read_back(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """Id and words of each paragraph of the body; marks of holes and paragraph links are no words of the speech."""
    holder = soup.select_one(".speech-body")
    assert holder is not None
    for mark in holder.select("span.gap, a.para-link"):
        mark.decompose()
    return [(str(e["id"]), e.get_text()) for e in holder.find_all(["p", "h2", "h3", "h4", "h5", "h6"], id=True)]


def expected(what: Speech) -> list[tuple[str, str]]:
    return [(p.id, carried(p.text)) for p in what.paragraphs]


def one(soup: BeautifulSoup, selector: str) -> Tag:
    found = soup.select(selector)
    assert len(found) == 1, f"{selector}: {len(found)}"
    return found[0]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["text", "head", "run-in"]), texts, texts), min_size=1, max_size=6), texts)
def test_every_character_survives(parts: list[tuple[str, str, str]], title: str) -> None:
    items = [
        text if kind == "text" else Head(text or "一、") if kind == "head" else RunIn(text or "一是", rest, level=2)
        for kind, text, rest in parts
    ]
    what = speech(*items, title=title, speaker=title, place=title, occasion=title)
    soup = page(converter(), what)
    assert read_back(soup) == expected(what)
    assert one(soup, "h1").get_text() == (carried(title) or "无题")
    assert not soup.select("script, img, table, pre, code, em, hr, blockquote, ol")
    assert [e.get_text() for e in soup.select(".speech-body strong.run-in")] == [
        carried(i.text) for i in items if isinstance(i, RunIn)
    ]
    assert [e.get_text() for e in soup.select(".outline li a")] == [
        carried(i.text) for i in items if isinstance(i, Head | RunIn)
    ]


@settings(max_examples=60, deadline=None)
@given(texts, st.lists(st.integers(0, 40), max_size=4), texts)
def test_holes_never_touch_the_words(text: str, offsets: list[int], note: str) -> None:
    gaps = tuple(Gap(None, note, 1, 0, offset) for offset in offsets)
    what = speech(RunIn(text or "一是", "抓落实"), completeness=Completeness("partial", None, gaps))
    soup = page(converter(), what)
    assert len(soup.select(".speech-body span.gap")) == len(gaps)
    assert read_back(soup) == expected(what)


def test_the_page_has_its_parts_in_reading_order(site: markdown.Markdown) -> None:
    what = speech(
        "同志们：", Head("一、抓落实"), "要抓。", speaker="何远山", role="县委书记", date="2024-03", place="云溪县"
    )
    soup = page(site, what, reading=reading(what, changes=[Change("noise/ad", 3, "广告", None)]))
    names = [" ".join(e.get("class") or [e.name]) for e in soup.find_all(recursive=False)]
    assert names == ["h1", "speech-fields", "outline", "speech-body", "speech-source", "record"]
    fields = [li.get_text(" ", strip=True) for li in soup.select(".speech-fields li")]
    assert fields == [
        "讲话人 何远山",
        "职务 县委书记",
        "日期 2024年3月",
        "地点 云溪县",
        "完整性 完整",
        "字数 12字",
    ]


def test_what_is_unknown_is_said_and_never_guessed(site: markdown.Markdown) -> None:
    soup = page(site, speech("同志们：", source=Source(posted="2025-09-30")))
    fields = one(soup, ".speech-fields").get_text()
    assert "讲话人未署名" in fields
    assert "日期不详" in fields
    assert "发布日期 2025年9月30日" in fields


def test_headings_stand_in_the_outline_as_a_tree_with_links(site: markdown.Markdown) -> None:
    what = speech(
        Head("一、责", closing="。"),
        RunIn("一是知责", "。要知。", level=2),
        Listed("二是履责", level=2),
        Head("二、干", level=1),
    )
    soup = page(site, what)
    assert [a["href"] for a in soup.select(".outline a")] == ["#s1", "#s1-1", "#s2"]
    assert one(soup, ".outline li li:last-child").get_text() == "二是履责 仅见于原目录"
    assert one(soup, "h2#s1").get_text() == "一、责。"
    assert one(soup, "p#p1 strong#s1-1.run-in").get_text() == "一是知责"
    assert soup.find(id="s1-2") is None


def test_a_level_that_jumps_still_makes_one_tree(site: markdown.Markdown) -> None:
    soup = page(site, speech(Head("一、甲"), Head("（1）乙", level=4), Head("深", level=9), Head("二、丙")))
    assert [len(a.find_parents("ul")) for a in soup.select(".outline a")] == [1, 2, 3, 1]
    assert one(soup, "h6").get_text() == "深"


def test_holes_are_shown_at_their_place(site: markdown.Markdown) -> None:
    gaps = (Gap(830, "此处原网页省略830字", 3, 1, 0), Gap(20, "", 4, 1, 2), Gap(None, "原文至此中断，全文4425字", 9, 3))
    what = speech("前文。", "后文尾。", Head("一、结"), completeness=Completeness("partial", 4425, gaps))
    soup = page(site, what)
    assert one(soup, "#p2").get_text() == "〔此处原网页省略830字〕后文〔此处原文省略20字〕尾。"
    holder = one(soup, ".speech-body")
    assert holder.get_text().strip().endswith("〔原文至此中断，全文4425字〕")
    assert "有缺失（原文称全文4,425字，注明2处省略850字）" in one(soup, ".speech-fields").get_text()


def test_masks_stay_as_written(site: markdown.Markdown) -> None:
    soup = page(site, speech("**个县（区）、××同志、X镇、_总书记、20xx年。"))
    assert one(soup, "#p1").get_text() == "**个县（区）、××同志、X镇、_总书记、20xx年。"


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://example.org/a(1)_b.html?x=1&y=“2”", "https://example.org/a%281%29_b.html?x=1&y=%E2%80%9C2%E2%80%9D"),
        ("javascript:alert(1)", None),
        ("http://[bad", None),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
    ],
)
def test_only_web_addresses_become_links(site: markdown.Markdown, url: str, href: str | None) -> None:
    soup = page(site, speech("文。", source=Source(url=url)))
    assert [a["href"] for a in soup.select(".speech-source a")] == ([href] if href else [])
    assert url in one(soup, ".speech-source").get_text()


def test_the_raw_file_is_a_link_where_the_repository_is_known(site: markdown.Markdown) -> None:
    what = speech("文。", file="县/讲话 1.txt")
    soup = BeautifulSoup(
        site.reset().convert(render(what, "https://example.org/县/讲话 1.txt").markdown), "html.parser"
    )
    link = one(soup, ".speech-source a")
    assert (link.get_text(), link["href"]) == (
        "县/讲话 1.txt",
        "https://example.org/%E5%8E%BF/%E8%AE%B2%E8%AF%9D%201.txt",
    )
    assert not page(site, what).select(".speech-source a")


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
        "网站广告 noise/ad 2处",
        "网页杂质 noise/contact 1处",
        "标点与空格 punctuation/full-width、punctuation/spaces 2处",
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


def test_front_matter_gives_back_any_title() -> None:
    title = '一: "二"\\ \u2028{三} # 四 --- \x85 五'
    _, head = meta.get_data(render(speech("文。", title=title), "raw").markdown)
    assert head["title"] == carried(title)
