"""Word documents: what their readers see, and nothing that only Word sees."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from docx.document import Document
from tests.builders_formats import element, item, outline_list, repacked, word

import jianggao
from jianggao.formats import docx as reader
from jianggao.formats.runin import apart
from jianggao.model import Line

PROSE = "今年雨水来得早，农时不等人，各乡镇要抢在惊蛰以前把地整好，把种备足，把水渠修通，一天也不能耽误。"


def lines(build: Callable[[Document], object]) -> list[tuple[str, str]]:
    """(text, zone) of every line of the document that ``build`` makes."""
    return [(line.text, line.zone) for line in reader.read(word(build), "a.docx")[0]]


def texts(build: Callable[[Document], object]) -> list[str]:
    return [text for text, zone in lines(build) if zone != "aside"]


def speech(document: Document) -> None:
    document.add_paragraph("在全县春耕备播现场会上的讲话", "Title")
    document.add_paragraph("（2021年3月2日）")
    document.add_paragraph("县长　何远山")
    document.add_paragraph("同志们：")
    number = outline_list(document)
    for heading, items in (("认清形势", ("种子要好", "化肥要足")), ("抓好落实", ("包片到人", "督查到田"))):
        item(document, heading, number, 0)
        document.add_paragraph(PROSE)
        for text in items:
            item(document, text, number, 1)
            document.add_paragraph(PROSE.replace("今年", text))


def test_a_document_whose_numbers_stand_nowhere_in_its_text() -> None:
    reading = jianggao.read(word(speech), "a.docx")
    (said,) = reading.speeches
    assert (reading.format, reading.encoding, reading.problems) == ("docx", "utf-8", ())
    assert (said.title, said.speaker, said.role, said.date) == (
        "在全县春耕备播现场会上的讲话",
        "何远山",
        "县长",
        "2021-03-02",
    )
    assert [(h.level, h.text) for h in said.outline] == [
        (1, "一、认清形势"),
        (2, "（一）种子要好"),
        (2, "（二）化肥要足"),
        (1, "二、抓好落实"),
        (2, "（一）包片到人"),
        (2, "（二）督查到田"),
    ]


def test_lines_are_numbered_from_one_without_gap() -> None:
    found = reader.read(word(speech), "a.docx")[0]
    assert [line.number for line in found] == list(range(1, len(found) + 1))
    assert found[0] == Line(1, "在全县春耕备播现场会上的讲话", "title")


def test_styles_tell_titles_and_headings() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("在全县水利会上\n的讲话", "Title")
        document.add_paragraph("修渠", "Heading 1")
        document.add_paragraph(PROSE)

    assert lines(build) == [("在全县水利会上的讲话", "title"), ("修渠", "heading"), (PROSE, "")]


@pytest.mark.parametrize(("second", "zone"), [("一、修渠", "title"), ("修渠", "heading")])
def test_a_title_set_as_the_first_heading(second: str, zone: str) -> None:
    def build(document: Document) -> None:
        document.add_paragraph("水利会上的几点意见", "Heading 1")
        document.add_paragraph(second, "Heading 1")

    assert lines(build)[0] == ("水利会上的几点意见", zone)


@pytest.mark.parametrize(("property_", "zone"), [("水利会上的几点意见", "title"), ("空白模板", ""), ("", "")])
def test_the_title_of_the_properties_counts_where_the_text_says_it_too(property_: str, zone: str) -> None:
    def build(document: Document) -> None:
        document.core_properties.title = property_
        document.core_properties.author = "打字员"
        document.add_paragraph("水利会上的几点意见")
        document.add_paragraph(PROSE)

    assert lines(build)[0] == ("水利会上的几点意见", zone)
    assert all(s.speaker is None for s in jianggao.read(word(build), "a.docx").speeches)


def test_a_table_is_read_row_by_row_and_laid_out_text_paragraph_by_paragraph() -> None:
    def build(document: Document) -> None:
        table = document.add_table(2, 2)
        for cell, text in zip(
            (c for row in table.rows for c in row.cells), ("乡镇", "面积", "青石镇", "三千亩"), strict=True
        ):
            cell.text = text
        frame = document.add_table(1, 2)
        frame.cell(0, 0).text = PROSE
        frame.cell(0, 0).add_paragraph(PROSE[::-1] + PROSE)
        frame.cell(0, 1).text = "旁注"

    assert texts(build) == ["乡镇\t面积", "青石镇\t三千亩", PROSE, PROSE[::-1] + PROSE, "旁注"]


def test_tracked_changes_are_accepted() -> None:
    def build(document: Document) -> None:
        paragraph = document.add_paragraph("春耕")._p
        paragraph.append(element("<w:del><w:r><w:delText>不</w:delText></w:r></w:del>"))
        paragraph.append(element("<w:ins><w:r><w:t>要</w:t></w:r></w:ins>"))
        paragraph.append(element("<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"))
        paragraph.append(element("<w:r><w:t>早</w:t></w:r>"))
        paragraph.get_or_add_pPr().append(element("<w:rPr><w:del/></w:rPr>"))
        document.add_paragraph("，不误农时。")

    assert texts(build) == ["春耕要早，不误农时。"]


def test_fields_breaks_links_and_signs() -> None:
    def build(document: Document) -> None:
        paragraph = document.add_paragraph()._p
        for xml in (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
            "<w:r><w:instrText>PAGE</w:instrText></w:r>",
            "<w:hyperlink><w:r><w:t>春耕</w:t></w:r></w:hyperlink>",
            "<w:sdt><w:sdtContent><w:r><w:t>要</w:t><w:br/><w:t>早</w:t></w:r></w:sdtContent></w:sdt>",
            '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/><w:noBreakHyphen/></w:r>',
        ):
            paragraph.append(element(xml))

    assert texts(build) == ["春耕要", "早-"]


def test_hidden_text_and_readings_are_kept_beside_the_text() -> None:
    def build(document: Document) -> None:
        paragraph = document.add_paragraph("开")._p
        ruby = (
            "<w:ruby><w:rt><w:r><w:t>huì</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>会</w:t></w:r></w:rubyBase></w:ruby>"
        )
        paragraph.append(element(f"<w:r>{ruby}</w:r>"))
        paragraph.append(element("<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部水印</w:t></w:r>"))

    assert lines(build) == [("开会", ""), ("huì内部水印", "aside")]


def test_a_text_box_is_read_once() -> None:
    def build(document: Document) -> None:
        box = "<w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent>"
        both = f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        both += f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
        document.add_paragraph("正文")._p.append(element(f"<w:r>{both}</w:r>"))

    assert texts(build) == ["正文", "框里的话"]


def test_page_heads_and_feet_stand_aside() -> None:
    def build(document: Document) -> None:
        document.add_paragraph(PROSE)
        document.sections[0].header.paragraphs[0].text = "清溪县人民政府文件"
        document.sections[0].footer.paragraphs[0].text = "— 1 —"

    assert lines(build) == [(PROSE, ""), ("清溪县人民政府文件", "aside"), ("— 1 —", "aside")]
    reading = jianggao.read(word(build), "a.docx")
    assert {c.before for c in reading.changes if c.rule == "noise/outside-main"} == {"清溪县人民政府文件", "— 1 —"}


def test_the_contents_that_word_made_are_evidence_and_no_text() -> None:
    def build(document: Document) -> None:
        document.styles.add_style("toc 1", 1)
        document.add_paragraph("目　录")
        document.add_paragraph("一、修渠\t2", "toc 1")
        document.add_paragraph(PROSE)

    found, facts = reader.read(word(build), "a.docx")
    assert [(x.text, x.zone) for x in found] == [("目　录", "aside"), ("一、修渠\t2", "aside"), (PROSE, "")]
    assert [(f.kind, f.value, f.line) for f in facts] == [("contents", "一、修渠", 2)]


def test_footnotes_wait_for_the_end_of_a_paragraph_of_prose() -> None:
    notes = '<w:footnote w:id="7"><w:p><w:r><w:t>据会议录音整理。</w:t></w:r></w:p></w:footnote>'

    def build(document: Document) -> None:
        document.add_paragraph("水利会上的讲话", "Title")._p.append(
            element('<w:r><w:footnoteReference w:id="7"/></w:r>')
        )
        document.add_paragraph(PROSE)
        document.add_paragraph("修渠。")

    def change(name: str, content: bytes) -> bytes:
        if name == "[Content_Types].xml":
            kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
            extra = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
            return content.replace(b"</Types>", extra.encode())
        if name == "word/_rels/document.xml.rels":
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
            extra = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
            return content.replace(b"</Relationships>", extra.encode())
        return content

    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    part = f'<w:footnotes xmlns:w="{space}">{notes}</w:footnotes>'.encode()
    found = reader.read(repacked(word(build), change, [("word/footnotes.xml", part)]), "a.docx")[0]
    assert [line.text for line in found] == ["水利会上的讲话", PROSE, "〔注：据会议录音整理。〕", "修渠。"]


def test_a_document_with_macros_is_read() -> None:
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    raw = repacked(
        word(speech), lambda _, x: x.replace(plain, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    )
    assert reader.read(raw, "a.docm") == reader.read(word(speech), "a.docx")


@pytest.mark.parametrize(
    ("row", "bold", "head"),
    [
        ("一、抓住春耕今年雨水来得早。", "一、抓住春耕", "一、抓住春耕"),
        ("（二）修好水渠各村都要动手。", "（二）修好水渠", "（二）修好水渠"),
        ("一、抓住春耕。今年雨水来得早。", "一、抓住春耕。", ""),
        ("一、抓住春耕，今年雨水来得早。", "一、抓住春耕", ""),
        ("一、春耕的事不能拖。", "一、春耕", ""),
        ("春耕今年来得早。", "春耕", ""),
        ("一、抓住春耕", "一、抓住春耕", ""),
        ("1.5万亩今年种小麦。", "1.5万亩", ""),
    ],
)
def test_a_bold_numbered_heading_without_mark_is_a_line_of_its_own(row: str, bold: str, head: str) -> None:
    assert apart(row, bold)[0] == head
    assert "".join(apart(row, bold)) == row
