"""Files that are not what their name says, broken, locked or hostile: read where the content allows it, else the cure named."""

from __future__ import annotations

import builtins
import io
import re
import zipfile
from collections.abc import Mapping, Sequence

import pytest
from docx.document import Document
from tests.builders_formats import archive, pdf, repacked, set_in_rows, word

import jianggao
from jianggao.formats import docx, html, sniff
from jianggao.model import Problem

ROWS = (
    "在全县春耕会上的讲话",
    "同志们：",
    "今天我们开一个短会，主要任务是安排春耕，大家都要重视起来，抓紧抓实抓好，一天也不能耽误，一亩也不能荒。",
)


def _fill(document: Document) -> None:
    for row in ROWS:
        document.add_paragraph(row)


WORD = word(_fill)
PDF = pdf(set_in_rows(ROWS))
PAGE = f"<!DOCTYPE html><html><body>{''.join(f'<p>{row}</p>' for row in ROWS)}</body></html>".encode()
TEXT = "\n".join(ROWS).encode()


def only_problem(raw: bytes, name: str) -> Problem:
    reading = jianggao.read(raw, name)
    assert reading.speeches == ()
    (problem,) = reading.problems
    assert (problem.severity, problem.path) == ("error", name)
    assert re.search(r"[\u4e00-\u9fff]{2}", problem.next_step)
    return problem


@pytest.mark.parametrize(
    ("raw", "name", "kind", "warned"),
    [
        (WORD, "a.txt", "docx", True),
        (WORD, "a.pdf", "docx", True),
        (WORD, "a", "docx", True),
        (WORD, "a.DOCX", "docx", False),
        (PDF, "a.docx", "pdf", True),
        (PDF, "a.PDF", "pdf", False),
        (PAGE, "a.txt", "html", False),
        (PAGE, "a.doc", "html", False),
        (PAGE, "a.docx", "html", False),
        (PAGE.replace(b"<!DOCTYPE html><html><body>", b"").replace(b"</body></html>", b""), "a.txt", "html", False),
        (TEXT, "a.docx", "txt", False),
        (TEXT, "a.pdf", "txt", False),
        (TEXT, "a.html", "txt", False),
        (TEXT, "a.md", "md", False),
        (b"\n\n" + PDF, "a.pdf", "pdf", False),
        (b"\xef\xbb\xbf\r\n" + PDF, "a.txt", "pdf", True),
        (b"HTTP/1.1 200 OK\r\n\r\n" + PDF, "a.pdf", "pdf", False),
        (TEXT + "\n文件开头是 %PDF-1.4 的，才是这一种。".encode(), "a.txt", "txt", False),
        (PAGE.replace(b"<p>", b"<p data-x='" + b"x" * 3000 + b"'>", 1), "a.html", "html", False),
        (f"<div style='{'x' * 3000}'>{'<br>'.join(ROWS)}<br></div>".encode(), "a.html", "html", False),
        (f"<div style='{'x' * 3000}'>{'<br>'.join(ROWS)}<br></div>".encode(), "a.txt", "html", False),
    ],
)
def test_content_decides_whatever_the_name_says(raw: bytes, name: str, kind: str, warned: bool) -> None:
    reading = jianggao.read(raw, name)
    assert reading.format == kind
    assert reading.speeches[0].title == ROWS[0]
    assert ROWS[2] in reading.speeches[0].text
    assert [p.severity for p in reading.problems if "名字不像" in p.what] == ["warning"] * warned


@pytest.mark.parametrize("text", ["5<6，7>3。\n<注>一次\n", "见<p>一段</p>的写法。\n"])
def test_text_with_angle_brackets_is_no_page(text: str) -> None:
    assert jianggao.read(text.encode() + TEXT, "a.txt").format == "txt"


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream.encode("utf-16-le") + b"\0" * 200


@pytest.mark.parametrize(
    ("raw", "what", "cure"),
    [
        (ole("WordDocument"), ".doc", "另存为 .docx"),
        (ole("EncryptedPackage"), "密码", "去掉密码"),
        (ole("Workbook"), "Excel", ".txt"),
        (ole("PowerPoint Document"), "PowerPoint", ".txt"),
        (rb"{\rtf1\ansi\deff0 }", "RTF", "另存为 .docx"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "图片", "文字识别"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 40, "图片", "文字识别"),
        (b"GIF89a" + b"\0" * 40, "图片", "文字识别"),
        (b"Rar!\x1a\x07\0" + b"\0" * 40, "压缩包", "解压"),
        (b"7z\xbc\xaf\x27\x1c" + b"\0" * 40, "压缩包", "解压"),
        (b"\x1f\x8b\x08\0" + b"\0" * 40, "压缩包", "解压"),
        (b"CAJ\0" + b"\0" * 40, "CAJ", "CAJViewer"),
        (b"bplist00" + b"\0" * 40, "网页归档", "仅 HTML"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><x/>', "Word 2003", "另存为 .docx"),
        (b"ID3\x04" + b"\0" * 40, "录音", "整理"),
        (archive(**{"[Content_Types]_xml": b"x", "xl__workbook_xml": b"x"}), "Excel", ".txt"),
        (archive(**{"[Content_Types]_xml": b"x", "ppt__a_xml": b"x"}), "PowerPoint", ".txt"),
        (archive(OFD_xml=b"x"), "OFD", "OFD 阅读器"),
        (archive(mimetype=b"x", content_xml=b"x"), "OpenDocument", "另存为 .docx"),
        (archive(**{"META-INF__container_xml": b"x"}), "EPUB", ".txt"),
        (archive(a_txt=TEXT), "压缩包", "解压"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_cure(raw: bytes, what: str, cure: str) -> None:
    for name in ("a.txt", "a.docx", "a.pdf"):
        problem = only_problem(raw, name)
        assert what in problem.what
        assert cure in problem.next_step


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9, 0.99])
def test_a_truncated_word_document(share: float) -> None:
    problem = only_problem(WORD[: int(len(WORD) * share)], "a.docx")
    assert "不完整或已损坏" in problem.what
    assert "重新下载" in problem.next_step


def without(*names: str) -> bytes:
    return repacked(WORD, lambda name, content: None if name in names else content)


@pytest.mark.parametrize(
    "raw",
    [
        without("word/document.xml"),
        without("_rels/.rels"),
        repacked(WORD, lambda name, x: x[: len(x) // 2] if name == "word/document.xml" else x),
        repacked(WORD, lambda name, x: b"<a/>" if name == "word/document.xml" else x),
        repacked(WORD, lambda name, x: b"\0" if name == "word/styles.xml" else x),
        repacked(WORD, lambda name, x: b"" if name == "[Content_Types].xml" else x),
    ],
    ids=["正文不在", "关系不在", "正文断了", "正文换了", "样式坏了", "类型空了"],
)
def test_a_word_document_that_is_broken_inside(raw: bytes) -> None:
    problem = only_problem(raw, "a.docx")
    assert "已损坏" in problem.what or "没有文字" in problem.what


def test_a_word_document_without_text_says_so() -> None:
    assert "没有文字" in only_problem(word(lambda _: None), "a.docx").what


def test_a_flipped_byte_in_a_word_document_is_noticed() -> None:
    with zipfile.ZipFile(io.BytesIO(WORD)) as opened:
        at = opened.getinfo("word/document.xml").header_offset + 200
    assert "损坏" in only_problem(WORD[:at] + bytes([WORD[at] ^ 0xFF]) + WORD[at + 1 :], "a.docx").what


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "讲话讲话讲话讲话">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&i;</w:t>'
    "</w:r></w:p></w:body></w:document>"
).encode()


def test_an_entity_bomb_is_refused() -> None:
    raw = repacked(WORD, lambda name, x: BOMB if name == "word/document.xml" else x)
    assert "实体" in only_problem(raw, "a.docx").what


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    big = b"\0" * (sniff.MAX_UNPACKED // 4 + 1)
    raw = repacked(WORD, lambda _, x: x, [(f"word/media/{i}.bin", big) for i in range(4)])
    assert len(raw) < 1 << 20
    assert "解开后超过" in only_problem(raw, "a.docx").what


PARAGRAPH = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("added", "what"),
    [
        (b"<w:p/>" * (docx.MAX_TAGS + 1), "标记"),
        (PARAGRAPH * (sniff.MAX_LINES + 1), "段"),
        (b"<w:tbl><w:tr><w:tc>" + b"<w:p/>" * (sniff.MAX_LINES + 1) + b"</w:tc></w:tr></w:tbl>", "段"),
    ],
    ids=["标记太多", "段落太多", "表格里的段落太多"],
)
def test_a_small_word_document_that_unpacks_to_millions_of_paragraphs_is_refused(added: bytes, what: str) -> None:
    raw = repacked(WORD, lambda name, x: x.replace(b"<w:body>", b"<w:body>" + added) if "document.xml" in name else x)
    assert len(raw) < 1 << 20
    problem = only_problem(raw, "a.docx")
    assert f"多{what}" in problem.what or f"多个{what}" in problem.what
    assert "拆成单篇" in problem.next_step


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_a_page_of_more_tags_than_are_read_names_its_cure(name: str) -> None:
    page = f"<html><body>{'<p>讲，话</p>' * (html.MAX_TAGS // 2)}</body></html>"
    problem = only_problem(page.encode(), name)
    assert "个标记" in problem.what
    assert ".txt" in problem.next_step


def test_a_page_that_holds_its_pictures_is_read() -> None:
    picture = f'<img src="data:image/png;base64,{"iVBORw0KGgo" * 500_000}">'.encode()
    reading = jianggao.read(PAGE.replace(b"<body>", b"<body>" + picture), "a.html")
    assert ROWS[2] in reading.speeches[0].text


def test_a_locked_archive() -> None:
    raw = bytearray(archive(a_txt=TEXT))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(sign) + at] |= 1
    assert "密码" in only_problem(bytes(raw), "a.zip").what


@pytest.mark.parametrize("share", [0.1, 0.3])
def test_a_truncated_pdf(share: float) -> None:
    problem = only_problem(PDF[: int(len(PDF) * share)], "a.pdf")
    assert "PDF" in problem.what
    assert "重新下载" in problem.next_step or "文字识别" in problem.next_step


@pytest.mark.parametrize(
    ("raw", "what", "cure"),
    [
        (pdf(set_in_rows(ROWS), password="秘密"), "密码", "去掉密码"),
        (pdf([[], []]), "没有文字层", "文字识别"),
        (pdf([[(280, 40, 10, "1")], [(280, 40, 10, "2")]]), "没有文字层", "文字识别"),
        (
            pdf(set_in_rows([row.translate({ord(c): 0xE000 + i for i, c in enumerate(row)}) for row in ROWS])),
            "乱码",
            "文字识别",
        ),
        (b"%PDF-1.7\n%%EOF", "PDF", "重新下载"),
        (b"%PDF-1.4 \x00\x01" * 100, "PDF", "重新下载"),
    ],
    ids=["有密码", "没有文字", "只有页码", "乱码", "空壳", "垃圾"],
)
def test_a_pdf_that_cannot_be_read(raw: bytes, what: str, cure: str) -> None:
    problem = only_problem(raw, "a.pdf")
    assert what in problem.what
    assert cure in problem.next_step


@pytest.mark.parametrize(("raw", "name", "package"), [(WORD, "a.docx", "docx"), (PDF, "a.pdf", "pypdf")])
def test_a_missing_reader_is_told_with_the_command_that_installs_it(
    raw: bytes, name: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def absent(
        wanted: str,
        scope: Mapping[str, object] | None = None,
        local: Mapping[str, object] | None = None,
        names: Sequence[str] = (),
        level: int = 0,
    ) -> object:
        if level == 0 and wanted.split(".", maxsplit=1)[0] == package:
            raise ImportError(wanted)
        return real(wanted, scope, local, names, level)

    monkeypatch.setattr(builtins, "__import__", absent)
    problem = only_problem(raw, name)
    assert "还没有装" in problem.what
    assert "make install" in problem.next_step
    assert f"[{name.removeprefix('a.')}]" in problem.next_step


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("<html><head><title>讲话</title></head></html>", "没有正文"),
        ("<html><body>&nbsp;<p>　</p></body></html>", "没有正文"),
        ('<html><body><div id="app"></div><script src="a.js"></script></body></html>', "脚本"),
        ('<html><frameset cols="20%,80%"><frame src="a.htm"></frameset></html>', "框架"),
    ],
)
def test_a_page_without_text_says_why(page: str, what: str) -> None:
    problem = only_problem(page.encode(), "a.html")
    assert what in problem.what
    assert "浏览器" in problem.next_step
