"""The numbers that Word draws before list paragraphs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from docx.document import Document
from tests.builders_formats import OFFICIAL, element, item, list_like, outline_list, word

from jianggao.formats import docx as reader
from jianggao.formats.docx_numbering import FORMATS


def lines(build: Callable[[Document], object]) -> list[tuple[str, str]]:
    """(text, zone) of every line of the document that ``build`` makes."""
    return [(line.text, line.zone) for line in reader.read(word(build), "a.docx")[0]]


def texts(build: Callable[[Document], object]) -> list[str]:
    return [text for text, _ in lines(build)]


def test_four_levels_count_and_start_anew() -> None:
    def build(document: Document) -> None:
        number = outline_list(document)
        for text, level in (("甲", 0), ("乙", 1), ("丙", 2), ("丁", 3), ("戊", 3), ("己", 2), ("庚", 0), ("辛", 1)):
            item(document, text, number, level)

    assert texts(build) == ["一、甲", "（一）乙", "1.丙", "（1）丁", "（2）戊", "2.己", "二、庚", "（一）辛"]


@pytest.mark.parametrize(
    ("levels", "shown"),
    [
        ((("chineseCountingThousand", "第%1章"), ("decimal", "%1.%2")), ["第一章 甲", "一.1 乙"]),
        ((("japaneseCounting", "第%1条"), ("upperLetter", "%2．")), ["第一条 甲", "A．乙"]),
        ((("decimalEnclosedCircle", "%1"), ("lowerRoman", "%2)")), ["① 甲", "i)乙"]),
        ((("ideographTraditional", "%1、"), ("bullet", "\uf0b7")), ["甲、甲", "乙"]),
        ((("chineseLegalSimplified", "%1、"), ("none", "其中，")), ["壹、甲", "其中，乙"]),
    ],
)
def test_formats_of_numbers(levels: tuple[tuple[str, str], ...], shown: list[str]) -> None:
    def build(document: Document) -> None:
        number = outline_list(document, levels)
        item(document, "甲", number, 0)
        item(document, "乙", number, 1)

    assert texts(build) == shown


@pytest.mark.parametrize(
    ("number", "words"),
    [(10, "十"), (11, "十一"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (1005, "一千零五")],
)
def test_chinese_numbers(number: int, words: str) -> None:
    assert FORMATS["chineseCounting"](number) == words


def test_a_second_list_goes_on_or_starts_anew() -> None:
    def build(document: Document) -> None:
        first = outline_list(document)
        item(document, "甲", first)
        item(document, "乙", list_like(document, first))
        again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        item(document, "丙", list_like(document, first, again))

    assert texts(build) == ["一、甲", "二、乙", "一、丙"]


def test_legal_numbering_shows_all_levels_in_digits() -> None:
    def build(document: Document) -> None:
        number = outline_list(document, (("chineseCounting", "%1、"), ("decimal", "%1.%2")))
        levels = [e for e in document.part.numbering_part.element.iter() if e.tag.endswith("}lvlText")]
        next(e for e in levels if "%1.%2" in e.values()).addprevious(element("<w:isLgl/>"))
        item(document, "甲", number, 0)
        item(document, "乙", number, 1)

    assert texts(build) == ["一、甲", "1.1 乙"]


def test_numbers_that_a_style_brings() -> None:
    def build(document: Document) -> None:
        number = outline_list(document, OFFICIAL)
        style = document.styles["Heading 2"].element.get_or_add_pPr()
        style.append(element(f'<w:numPr><w:ilvl w:val="1"/><w:numId w:val="{number}"/></w:numPr>'))
        document.add_paragraph("甲", "Heading 2")
        document.add_paragraph("乙", "Heading 2")
        off = document.add_paragraph("丙", "Heading 2")
        off._p.get_or_add_pPr().append(element('<w:numPr><w:numId w:val="0"/></w:numPr>'))

    assert lines(build) == [("（一）甲", "heading"), ("（二）乙", "heading"), ("丙", "heading")]


def test_levels_that_name_their_style() -> None:
    def build(document: Document) -> None:
        number = outline_list(document, (*OFFICIAL[:2],))
        patterns = [e for e in document.part.numbering_part.element.iter() if e.tag.endswith("}lvlText")]
        for level, style in enumerate(("Heading 1", "Heading 2")):
            name = document.styles[style].style_id
            found = next(e for e in patterns if OFFICIAL[level][1] in e.values())
            found.addprevious(element(f'<w:pStyle w:val="{name}"/>'))
            properties = document.styles[style].element.get_or_add_pPr()
            properties.append(element(f'<w:numPr><w:numId w:val="{number}"/></w:numPr>'))
        for text, style in (("甲", "Heading 1"), ("乙", "Heading 2"), ("丙", "Heading 2"), ("丁", "Heading 1")):
            document.add_paragraph(text, style)

    assert texts(build) == ["一、甲", "（一）乙", "（二）丙", "二、丁"]


def test_an_empty_paragraph_of_a_list_takes_no_number() -> None:
    def build(document: Document) -> None:
        number = outline_list(document)
        for text in ("甲", "", "乙"):
            item(document, text, number)

    assert texts(build) == ["一、甲", "", "二、乙"]
