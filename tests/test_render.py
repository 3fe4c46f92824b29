"""The page of a speech, read back from HTML, is the speech: character by character, whatever the source holds."""

from __future__ import annotations

import markdown
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.utils import meta
from tests.builders import Head, Listed, RunIn, reading, speech
from tests.rendered import converter, one, page

from jianggao import remarks, rulebook
from jianggao.markup import carried
from jianggao.model import Change, Completeness, Gap, Source, Speech
from jianggao.remarks import Remark
from jianggao.stages.render import render

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


@pytest.fixture
def site() -> markdown.Markdown:
    return converter()


def read_back(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """Id and words of each paragraph of the body; marks of holes and paragraph links are no words of the speech."""
    holder = soup.select_one(".speech-body")
    assert holder is not None
    for mark in holder.select("span.gap, a.para-link"):
        mark.decompose()
    return [(str(e["id"]), e.get_text()) for e in holder.find_all(["p", "h2", "h3", "h4", "h5", "h6"], id=True)]


def expected(what: Speech) -> list[tuple[str, str]]:
    return [(p.id, carried(p.text)) for p in what.paragraphs]


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


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("锚定目标　接续奋斗 为建设新县而努力", ["锚定目标　", "接续奋斗", "为建设新县而努力"]),
        ("在GDP 核算会上的讲话", []),
        ("1. 甲　乙*_", ["1. 甲　", "乙*_"]),
        (" 甲 乙", [" 甲", "乙"]),
    ],
)
def test_each_line_of_a_title_stays_together(site: markdown.Markdown, title: str, lines: list[str]) -> None:
    head = one(page(site, speech("文。", title=title)), "h1")
    assert head.get_text() == title
    assert [span.get_text() for span in head.select("span")] == lines


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
    fields = [li.get_text(" ", strip=True) for li in soup.select(".speech-fields li")]
    assert {"讲话人 未署名", "日期 不详", "发布日期 2025年9月30日"} <= set(fields)


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


def test_a_paragraph_with_a_long_address_is_not_stretched(site: markdown.Markdown) -> None:
    soup = page(site, speech("请看 https://example.org/2024/03/05/jianghua.html 这一页。", "请看《3-5年规划》。"))
    assert [e["id"] for e in soup.select(".speech-body .ragged")] == ["p1"]


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


def test_masks_and_doubtful_words_are_marked_and_explained(site: markdown.Markdown) -> None:
    what = speech(RunIn("一是**县的原那么", "要守，×××主任讲了原那么。"), Head("二、X镇"))
    soup = page(site, what, remarks=remarks.of(what.paragraphs, rulebook.default()))
    marked = [(e["class"][0], e.get_text(), e["title"]) for e in soup.select(".speech-body span[title]")]
    mask, doubt = "原文如此，应是隐去的字", "疑似“原则”之误，照录未改"
    assert marked == [
        ("mask", "**", mask),
        ("doubt", "原那么", doubt),
        ("mask", "×××", mask),
        ("doubt", "原那么", doubt),
        ("mask", "X", mask),
    ]
    assert one(soup, ".run-in").get_text() == "一是**县的原那么"
    assert read_back(soup) == expected(what)
    told = [li.get_text() for li in soup.select(".speech-source li")]
    assert told[0].startswith("隐去的字 3处，")
    assert told[1].startswith("疑似讹误 2处，")
    assert "隐去的字" not in one(page(site, what), ".speech-source").get_text()


@settings(max_examples=80, deadline=None)
@given(
    texts,
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6)), max_size=5),
    st.lists(st.integers(0, 40), max_size=3),
)
def test_marks_of_any_places_never_touch_the_words(text: str, places: list[tuple[int, int]], holes: list[int]) -> None:
    gaps = tuple(Gap(None, "", 1, 0, offset) for offset in holes)
    what = speech(RunIn("一是" + text, "抓落实**的原那么"), completeness=Completeness("partial", None, gaps))
    size, reached, told = len(what.paragraphs[0].text), 0, []
    for start, length in sorted(places):
        if reached <= start < min(start + length, size):
            reached = min(start + length, size)
            told.append(Remark(0, start, reached, "mask", '甲"<乙>&'))
    soup = page(converter(), what, remarks=told)
    assert len(soup.select(".speech-body span.gap")) == len(gaps)
    assert read_back(soup) == expected(what)


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


def test_front_matter_gives_back_any_title() -> None:
    title = '一: "二"\\ \u2028{三} # 四 --- \x85 五'
    _, head = meta.get_data(render(speech("文。", title=title), "raw").markdown)
    assert head["title"] == carried(title)
