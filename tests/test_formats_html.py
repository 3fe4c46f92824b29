"""Web pages: which block is the title, which is the text, and what stands beside it."""

from __future__ import annotations

import base64

import pytest

import jianggao
from jianggao.formats import html, mht
from jianggao.model import Line
from jianggao.stages import decode

TEXT = "今天开会专门说抗旱，沿河各村都要行动起来，一户不落，抓紧蓄水。"
BODY = f"<p>同志们：</p><p>{TEXT}</p><p>水库要蓄满，渠道要修通，机井要检修，责任要到人到户到田头。</p>"


def lines(page: str) -> list[tuple[str, str]]:
    return [(line.text, line.zone) for line in html.read(page)[0]]


def test_byline_and_date_between_title_and_text_are_of_the_speech() -> None:
    page = (
        "<title>在全县抗旱会上的讲话_清溪网</title><body><h1 class=logo>清溪网</h1><h1>在全县抗旱会上的讲话</h1>"
        f"<p>县委书记　何远山</p><p>（2020年6月1日）</p><p>字号：大 中 小</p><div>{BODY}</div></body>"
    )
    assert lines(page)[:5] == [
        ("清溪网", "aside"),
        ("在全县抗旱会上的讲话", "title"),
        ("县委书记　何远山", ""),
        ("（2020年6月1日）", ""),
        ("字号：大 中 小", "aside"),
    ]
    (said,) = jianggao.read(page.encode(), "a.html").speeches
    assert (said.title, said.speaker, said.date) == ("在全县抗旱会上的讲话", "何远山", "2020-06-01")


@pytest.mark.parametrize(
    ("title", "h1", "zone"),
    [
        ("在全县抗旱会上的讲话_清溪网", "在全县抗旱会上的讲话", "title"),
        ("清溪网-在全县抗旱会上的讲话", "在全县抗旱会上的讲话", "title"),
        ("在全县抗旱会上的讲话_清溪网", "清溪网", "aside"),
        ("", "在全县抗旱会上的讲话", "title"),
        ("在全县抗旱会上的讲话", "今日要闻", "aside"),
    ],
)
def test_an_h1_is_the_title_or_the_name_of_the_site(title: str, h1: str, zone: str) -> None:
    page = f"<title>{title}</title><body><div><h1>{h1}</h1></div><div>{BODY}</div></body>"
    assert lines(page)[0] == (h1, zone)


@pytest.mark.parametrize(
    ("line", "zone"),
    [("在全县抗旱会上的讲话", "title"), ("书记讲话｜在全县抗旱会上的讲话", "aside"), ("抗旱", "aside")],
)
def test_a_line_above_the_text_that_says_the_title_of_the_page(line: str, zone: str) -> None:
    page = f"<title>在全县抗旱会上的讲话_清溪网</title><body><div>{line}</div><div>{BODY}</div></body>"
    assert lines(page)[0] == (line, zone)


def test_spans_that_the_page_parts_by_margins() -> None:
    page = f"<body><h1>抗旱会上的讲话</h1><div><span>来源：清溪报</span><span>2020-01-02</span></div><div>{BODY}</div></body>"
    assert ("来源：清溪报 2020-01-02", "aside") in lines(page)
    source = jianggao.read(page.encode(), "a.html").speeches[0].source
    assert (source.site, source.posted) == ("清溪报", "2020-01-02")
    assert lines("<p><span>抗</span><span>旱</span>，<b>要</b>抓紧。</p>") == [("抗旱，要抓紧。", "")]


def test_meta_elements_of_government_sites() -> None:
    page = (
        '<head><meta name="ArticleTitle" content="在全县抗旱会上的讲话"><meta name="PubDate" content="2020/6/5 09:00">'
        f'<meta name="ContentSource" content="县政府办"><title>清溪县人民政府</title></head><body>{BODY}</body>'
    )
    facts = {(f.kind, f.value) for f in html.read(page)[1]}
    assert facts >= {("page_title", "在全县抗旱会上的讲话"), ("posted", "2020-06-05"), ("site", "县政府办")}


def test_rows_of_data_and_tables_that_lay_out_text() -> None:
    data = "<table><tr><td>村名</td><td><p>长度</p></td></tr><tr><th>柳湾村</th><td>三里</td></tr></table>"
    layout = f"<table><tr><td>栏目</td><td>{BODY}</td></tr></table>"
    assert [text for text, _ in lines(f"<body>{BODY}{data}</body>")][-2:] == ["村名\t长度", "柳湾村\t三里"]
    assert [text for text, _ in lines(layout)][:3] == ["栏目", "同志们：", TEXT]


def test_readings_and_hidden_words_stand_aside_without_tearing_the_line() -> None:
    ruby = "<ruby>会<rp>(</rp><rt>huì</rt><rp>)</rp>议<rt>yì</rt></ruby>"
    page = (
        f'<body>{BODY}<p>今天{ruby}短，<span style="display: none">水印</span>只说三件事。</p><p hidden>采集</p></body>'
    )
    assert lines(page)[-3:] == [
        ("今天会议短，只说三件事。", ""),
        ("huì yì 水印", "aside"),
        ("采集", "aside"),
    ]


def test_a_page_that_script_would_show_is_read() -> None:
    page = f'<body><div style="display:none">{BODY}</div><p>加载中</p></body>'
    assert (TEXT, "") in lines(page)


def test_bold_headings_that_run_into_their_paragraph() -> None:
    page = f"<body>{BODY}<p><b>一、抓学习</b>早上要早起，晚上要早睡。</p><p>这里有<b>二、重点</b>两个字。</p></body>"
    assert lines(page)[-3:] == [
        ("一、抓学习", "heading"),
        ("早上要早起，晚上要早睡。", ""),
        ("这里有二、重点两个字。", ""),
    ]


def test_the_first_of_several_pages_is_told() -> None:
    pager = '<p><a href="a_1.html">上一页</a> <a href="a_2.html">[2]</a> <a href="a_3.html">下一页</a></p>'
    found, _, problems = html.read(f"<body>{BODY}{pager}</body>")
    assert found[-1] == Line(len(found), "上一页 [2] 下一页", "aside")
    assert [p.severity for p in problems] == ["warning"]
    assert html.read(f'<body>{BODY}<a href="#">下一页</a></body>')[2] == ()
    assert html.read(f"<body>{BODY}<p>请翻到下一页。</p></body>")[2] == ()


@pytest.mark.parametrize("gap", ["<br><br>", "<br/>\n<br />", "</p><p>", "</div><div>"])
def test_paragraphs_however_they_are_parted(gap: str) -> None:
    page = f"<body><div>&nbsp;&nbsp;同志们：{gap}　　{TEXT}{gap}&emsp;{TEXT[::-1]}</div></body>"
    assert [text.strip("\u00a0\u3000\u2003") for text, _ in lines(page)] == ["同志们：", TEXT, TEXT[::-1]]


MHT = """From: <Saved by Blink>
Snapshot-Content-Location: https://www.qingxi.invalid/a.html
Subject: =?utf-8?B?5oqX5pex?=
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="x"

--x
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

{}
--x
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--x--
"""


@pytest.mark.parametrize("name", ["a.mht", "a.mhtml", "a.txt"])
def test_a_page_saved_as_one_file(name: str) -> None:
    page = f"<html><body><h1>抗旱会上的讲话</h1>{BODY}</body></html>"
    document = decode.decode(MHT.format(base64.b64encode(page.encode("gb18030")).decode()).encode(), name)
    assert (document.format, document.encoding) == ("html", "gb18030")
    assert document.lines[0] == Line(1, "抗旱会上的讲话", "title")
    assert ("url", "https://www.qingxi.invalid/a.html") in [(f.kind, f.value) for f in document.facts]


def test_a_saved_page_without_html_has_no_text() -> None:
    assert mht.read(b"MIME-Version: 1.0\nContent-Type: image/png\n\nx") == (b"", ())


def test_readings_beside_the_characters_stay_on_one_line() -> None:
    reading = jianggao.read(
        "<html><body><p>同志们<ruby>渠<rt>qú\n\x08</rt></ruby>要修。</p></body></html>".encode(), "a.html"
    )
    assert all("\n" not in line.text for line in reading.decoded)
    assert not [p for p in reading.problems if p.severity == "error"]
