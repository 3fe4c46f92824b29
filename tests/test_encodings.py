"""Text in every encoding, short, mixed, with bytes lost or broken: read where it can be, told where it was not whole."""

from __future__ import annotations

import pytest

import jianggao
from jianggao import encodings, euc_tw
from jianggao.errors import SpeechError
from jianggao.plausible import plausibility

SIMPLIFIED = (
    "在全县春耕会上的讲话\n同志们：\n今天我们开一个短会，主要任务是安排春耕，大家都要重视起来，抓紧抓实抓好。\n"
    "种子要备足，化肥要到位，水渠要修通，这三件事一件也不能拖。\n各乡镇回去以后马上行动，月底以前见到成效。\n"
)
TRADITIONAL = (
    "在全縣春耕會上的講話\n同志們：\n今天我們開一個短會，主要任務是安排春耕，大家都要重視起來，抓緊抓實抓好。\n"
    "種子要備足，化肥要到位，水渠要修通，這三件事一件也不能拖。\n"
)


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("utf-32", "utf-32"),
        ("utf-32-le", "utf-32"),
        ("utf-32-be", "utf-32"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("hz", "hz"),
    ],
)
@pytest.mark.parametrize("text", [SIMPLIFIED, SIMPLIFIED[:10], SIMPLIFIED.replace("\n", "\r\n")])
def test_simplified_text(codec: str, name: str, text: str) -> None:
    assert encodings.to_text(text.encode(codec), "a.txt") == encodings.Text(name, text)


@pytest.mark.parametrize("codec", ["big5", "big5hkscs", "utf-16-be", "utf-8"])
@pytest.mark.parametrize("text", [TRADITIONAL, TRADITIONAL[:10]])
def test_traditional_text(codec: str, text: str) -> None:
    assert encodings.to_text(text.encode(codec), "a.txt").text == text


def test_hong_kong_characters_beyond_big5() -> None:
    text = TRADITIONAL + "深水埗、鰂魚涌、大角咀的街坊都來了，着重講民生。\n"
    read = encodings.to_text(text.encode("big5hkscs"), "a.txt")
    assert (read.encoding, read.text) == ("big5", text)


def in_euc_tw(text: str) -> bytes:
    back = {char: pair for pair, char in reversed(euc_tw._table().items())}
    return b"".join(back.get(c, c.encode("ascii", "ignore")) for c in text)


def test_euc_tw() -> None:
    # the first characters of both planes: anchors beside the round trip
    assert euc_tw.decode(b"\xc4\xa1\xc4\xa2") == "一乙"
    assert euc_tw.decode(b"\x8e\xa2\xa1\xa1") == "乂"
    assert len(euc_tw._table()) == len(set(euc_tw._table()))
    read = encodings.to_text(in_euc_tw(TRADITIONAL), "a.txt")
    assert (read.encoding, read.text) == ("euc-tw", TRADITIONAL)
    assert euc_tw.decode(b"\xff") is None
    assert euc_tw.decode(b"\x8e\xa3\xa1\xa1") == "\ufffd"


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_one_broken_byte_costs_one_character_and_is_told_with_its_line(codec: str) -> None:
    raw = SIMPLIFIED.encode(codec)
    at = raw.index("化肥".encode(codec))
    read = encodings.to_text(raw[:at] + b"\xff" + raw[at + 1 :], "a.txt")
    assert read.text.split("\n")[:3] == SIMPLIFIED.split("\n")[:3]
    assert read.text.split("\n")[4:] == SIMPLIFIED.split("\n")[4:]
    assert encodings.MENDED in read.text.split("\n")[3]
    assert "肥要到位，水渠要修通" in read.text
    (problem,) = read.problems
    assert (problem.severity, problem.line, problem.path) == ("warning", 4, "a.txt")
    assert "第 4 行" in problem.what
    assert encodings.MENDED in problem.what


@pytest.mark.parametrize(
    "change", [lambda raw, at: raw[:at] + raw[at + 1 :], lambda raw, at: raw[:at] + b"\xff" + raw[at:]]
)
def test_a_byte_lost_or_added_does_not_shift_the_rest_of_the_line(change: object) -> None:
    assert callable(change)
    raw = SIMPLIFIED.encode("gb18030")
    read = encodings.to_text(change(raw, raw.index("化肥".encode("gb18030"))), "a.txt")
    assert "肥要到位，水渠要修通，这三件事一件也不能拖。\n" in read.text
    assert [p.line for p in read.problems] == [4]


def test_a_broken_byte_in_big5() -> None:
    raw = TRADITIONAL.encode("big5")
    at = raw.index("化肥".encode("big5"))
    read = encodings.to_text(raw[:at] + b"\xff" + raw[at + 1 :], "a.txt")
    assert read.encoding == "big5"
    assert "要到位，水渠要修通，這三件事一件也不能拖。" in read.text
    assert [p.line for p in read.problems] == [4]


def test_two_encodings_in_one_file() -> None:
    rows = SIMPLIFIED.split("\n")
    raw = "\n".join(rows[:3]).encode("gb18030") + b"\n" + "\n".join(rows[3:]).encode()
    read = encodings.to_text(raw, "a.txt")
    assert read.text == SIMPLIFIED
    (problem,) = read.problems
    assert (problem.severity, problem.line) == ("warning", 4)
    assert "utf-8" in problem.what


def test_half_a_character_at_the_end() -> None:
    read = encodings.to_text(SIMPLIFIED.encode("utf-16")[:-1], "a.txt")
    assert read.text == SIMPLIFIED[:-1]
    assert "没有传完" in read.problems[0].what


def test_a_byte_lost_from_utf16_is_an_error_and_not_rubbish() -> None:
    raw = SIMPLIFIED.encode("utf-16")
    with pytest.raises(SpeechError, match="utf-16"):
        encodings.to_text(raw[:21] + raw[22:], "a.txt")


def test_characters_that_an_earlier_program_destroyed_are_told() -> None:
    read = encodings.to_text(SIMPLIFIED.replace("化肥", "锟斤拷").encode(), "a.txt")
    assert [(p.line, p.severity) for p in read.problems] == [(4, "warning")]
    assert encodings.to_text(SIMPLIFIED.replace("化肥", "□□").encode(), "a.txt").problems == ()


def test_a_stray_nul_does_not_make_a_text_utf16() -> None:
    read = encodings.to_text(SIMPLIFIED.replace("化肥", "化\0肥").encode("gb18030"), "a.txt")
    assert read.encoding == "gb18030"


@pytest.mark.parametrize("declared", ["gb2312", "big5", "utf-8"])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5hkscs"])
def test_a_page_is_read_whatever_it_says_of_its_encoding(declared: str, codec: str) -> None:
    text = SIMPLIFIED if codec != "big5hkscs" else TRADITIONAL
    page = f"<html><head><meta charset={declared}></head><body>{text.replace(chr(10), '<br>')}</body></html>"
    (speech,) = jianggao.read(page.encode(codec), "a.html").speeches
    assert "水渠要修通" in speech.text


def test_the_line_of_a_broken_byte_is_no_line_of_a_web_page() -> None:
    page = f"<html><body>{SIMPLIFIED.replace(chr(10), '<br>')}</body></html>".encode()
    at = page.index("化肥".encode())
    (problem,) = [p for p in jianggao.read(page[:at] + b"\xff" + page[at + 1 :], "a.html").problems if "□" in p.what]
    assert problem.line is None


def test_rubbish_is_not_plausible() -> None:
    assert plausibility(SIMPLIFIED) > 1
    assert plausibility(TRADITIONAL.encode("big5").decode("gb18030")) < 0.2
    assert plausibility(SIMPLIFIED.encode("gb18030").decode("big5hkscs", "replace")) < 0.2
    assert plausibility("plain ASCII") == 1.0
