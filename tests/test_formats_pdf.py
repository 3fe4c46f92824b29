"""PDFs: rows of pages become paragraphs again, page numbers and running heads stand aside."""

from __future__ import annotations

import pytest
from tests.builders_formats import Placed, pdf, set_in_rows

import jianggao
from jianggao.formats import pdf as reader

SPEECH = (
    "在全县抗旱保苗会上的讲话",
    "县长　何远山",
    "（2019年6月3日）",
    "同志们：",
    "入夏以来全县三个月没有下过一场透雨，河塘水位降到近年最低，二十万亩玉米等着水喝，形势很急，我们今天开会就是要把水的事情一件一件说透。",
    "一、把水源找出来",
    "水库的水要算着用，机井要一口一口检修，能打的新井抓紧打，打不了的就拉水，村村都要有账，户户都要见水，谁的地旱死了就问谁的责任。",
    "二、把干部派下去",
    "县里抽调三百名干部包村，吃住在村里，白天看水渠，晚上算水账，一直干到下雨为止，中间谁也不许换，换一个就要在全县大会上说明白。",
)


def found(raw: bytes) -> list[tuple[str, str]]:
    return [(line.text, line.zone) for line in reader.read(raw, "a.pdf")[0]]


@pytest.mark.parametrize("rows", [4, 5, 7, 30])
@pytest.mark.parametrize("indent", [2, 0])
def test_rows_become_paragraphs_wherever_pages_end(rows: int, indent: int) -> None:
    assert [text for text, _ in found(pdf(set_in_rows(SPEECH, rows=rows, indent=indent)))] == list(SPEECH)


def test_the_reading_of_a_pdf() -> None:
    reading = jianggao.read(pdf(set_in_rows(SPEECH)), "a.pdf")
    (said,) = reading.speeches
    assert (reading.format, reading.encoding, reading.problems) == ("pdf", "utf-8", ())
    assert (said.title, said.speaker, said.date) == (SPEECH[0], "何远山", "2019-06-03")
    assert [h.text for h in said.outline] == ["一、把水源找出来", "二、把干部派下去"]


def test_the_number_of_a_line_is_that_of_its_first_row() -> None:
    numbers = [line.number for line in reader.read(pdf(set_in_rows(SPEECH, wide=28)), "a.pdf")[0]]
    assert numbers == [1, 2, 3, 4, 5, 8, 9, 12, 13]


def dressed(pages: list[list[Placed]], foot: str = "— {} —", head: str = "清溪县人民政府文件") -> list[list[Placed]]:
    """Every page with a running head and a page number."""
    return [[(200, 800, 10, head), *rows, (280, 40, 10, foot.format(n))] for n, rows in enumerate(pages, 1)]


@pytest.mark.parametrize("foot", ["— {} —", "{}", "第 {} 页", "- {} -", "第{}页 共4页", "{}/4"])
def test_page_numbers_and_running_heads_stand_aside(foot: str) -> None:
    lines = found(pdf(dressed(set_in_rows(SPEECH, rows=4), foot)))
    assert [text for text, zone in lines if not zone] == list(SPEECH)
    assert {text for text, zone in lines if zone == "aside"} >= {"清溪县人民政府文件", foot.format(1)}
    reading = jianggao.read(pdf(dressed(set_in_rows(SPEECH, rows=4), foot)), "a.pdf")
    assert {c.rule for c in reading.changes if "清溪县人民政府" in c.before} == {"noise/outside-main"}


def test_what_looks_like_a_page_number_or_a_head_inside_the_page_stays() -> None:
    said = (*SPEECH, "2018", "全县减产的面积，一亩一亩都记在这里，大家回去对一对，少一亩也不行，多一亩也不行。")
    pages = set_in_rows(said, rows=30)
    assert [text for text, _ in found(pdf(pages))] == list(said)


def test_a_title_in_large_type_is_one_line_of_the_zone_title() -> None:
    (page,) = set_in_rows(SPEECH[1:])
    title: list[Placed] = [(120, 810, 22, "在全县抗旱保苗暨夏季农业"), (230, 780, 22, "生产会上的讲话")]
    lines = found(pdf([[*title, *page]]))
    assert lines[0] == ("在全县抗旱保苗暨夏季农业生产会上的讲话", "title")
    assert all(zone == "" for _, zone in lines[1:])


def test_radicals_of_fonts_are_characters_again() -> None:
    (page,) = set_in_rows(["⻓江⼤桥⾥的⻋很多，⼾⼾都有⽔喝，⻔⼝就是⻢路，⽼⼈⼩孩都⾼兴，⼀⽉⼀⽇通⻋。"], wide=60)
    assert found(pdf([page])) == [
        ("长江大桥里的车很多，户户都有水喝，门口就是马路，老人小孩都高兴，一月一日通车。", "")
    ]


def test_pages_without_text_are_told() -> None:
    raw = pdf([*set_in_rows(SPEECH), [], []])
    lines, problems = reader.read(raw, "a.pdf")
    assert [line.text for line in lines] == list(SPEECH)
    assert [(p.severity, "第 2、3 页" in p.what) for p in problems] == [("warning", True)]


def test_a_pdf_that_opens_without_a_password_is_read() -> None:
    raw = pdf(set_in_rows(SPEECH), password="", owner="秘书科")
    assert [text for text, _ in found(raw)] == list(SPEECH)
