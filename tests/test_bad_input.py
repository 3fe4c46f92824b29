"""Bad input is a problem with path, line, what and next step; the rest of the archive is read all the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import jianggao
from jianggao import corpus, encodings, pipeline, rulebook, sidecar
from jianggao.errors import SpeechError
from jianggao.formats import sniff
from jianggao.model import Reading
from jianggao.stages import decode

GOOD = "在全县会议上的讲话\n同志们：\n今天我们开一个短会，主要任务是安排春耕，大家都要重视起来，抓紧抓实抓好。\n"


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "空的"),
        (b"\xef\xbb\xbf \r\n", "空的|没有文字"),
        ("　\n　".encode(), "没有文字"),
        (b"%PDF-1.4 \x00\x01", "PDF"),
        (b"PK\x03\x04\x00\x00", "Office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "doc"),
        (bytes(range(256)) * 20, "看不出文字编码"),
        (b"\xff\xfe\x00", "utf-16"),
        ("讲".encode() * (decode.MAX_BYTES // 3 + 1), "上限"),
        ("讲\n".encode() * sniff.MAX_LINES + "讲".encode(), "行的上限"),
        (("讲" + "\r\n" * sniff.MAX_LINES + "讲").encode("utf-16"), "行的上限"),
    ],
)
def test_unreadable_bytes_name_their_trouble_and_cure(raw: bytes, what: str) -> None:
    reading = jianggao.read(raw, "坏/文件.txt")
    assert reading.speeches == ()
    (problem,) = reading.problems
    assert problem.severity == "error"
    assert problem.path == "坏/文件.txt"
    assert any(w in problem.what for w in what.split("|"))
    assert problem.next_step


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"]
)
def test_simplified_encodings(codec: str) -> None:
    reading = jianggao.read(GOOD.encode(codec), "a.txt")
    assert reading.speeches[0].title == "在全县会议上的讲话"
    assert reading.encoding in codec.replace("utf-8-sig", "utf-8").replace("gbk", "gb18030")


@pytest.mark.parametrize("codec", ["big5", "big5hkscs", "utf-8", "utf-16"])
def test_traditional_encodings_become_simplified(codec: str) -> None:
    text = "在全縣會議上的講話\n同志們：\n今天我們開一個短會，主要任務是安排春耕，大家都要重視起來，抓緊抓實抓好。\n"
    reading = jianggao.read(text.encode(codec), "a.txt")
    assert reading.script == "traditional"
    assert (
        reading.speeches[0].text.split("\n")[1]
        == "今天我们开一个短会，主要任务是安排春耕，大家都要重视起来，抓紧抓实抓好。"
    )


@pytest.mark.parametrize(
    "text", ["", "甲", "甲\n", "甲\r\n乙\r丙\n\r丁", "甲\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029乙", "\r\r\n\n"]
)
def test_lines_are_counted_as_they_are_parted(text: str) -> None:
    assert encodings.count_lines(text) == len(encodings.LINE_BREAK.split(text))


def archive(root: Path, **files: str) -> None:
    for name, text in files.items():
        (root / name.replace("_", ".")).write_text(text, "utf-8")


def test_the_rest_of_the_archive_is_read(tmp_path: Path) -> None:
    archive(tmp_path, good_txt=GOOD)
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "假.txt").mkdir()
    (tmp_path / "断链.txt").symlink_to(tmp_path / "没有")
    (tmp_path / "下级").mkdir()
    (tmp_path / "下级" / "也好.txt").write_text(GOOD + "再见。\n", "utf-8")
    loaded = corpus.load(tmp_path)
    assert {s.file for s in loaded.speeches} == {"good.txt", "下级/也好.txt"}
    assert {(p.path, p.severity) for p in loaded.problems} == {
        ("空.txt", "error"),
        ("断链.txt", "error"),
        ("假.txt", "error"),
    }


def test_an_unreadable_file_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(tmp_path, a_txt=GOOD)

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (problem,) = corpus.load(tmp_path).problems
    assert "读不出" in problem.what


def test_a_fault_of_the_program_takes_only_its_file_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(tmp_path, a_txt=GOOD, b_txt=GOOD + "再见。\n")
    real = pipeline.read

    def fail(raw: bytes, path: str, side: sidecar.Sidecar | None = None) -> Reading:
        if path == "a.txt":
            raise RuntimeError("坏了")
        return real(raw, path, side)

    monkeypatch.setattr(pipeline, "read", fail)
    loaded = corpus.load(tmp_path)
    assert [s.file for s in loaded.speeches] == ["b.txt"]
    assert "RuntimeError：坏了" in loaded.problems[0].what


def test_the_head_of_a_markdown_file_is_read_and_not_published() -> None:
    head = "---\ntitle: 在全县春耕会上的讲话\ntags: [农业]\n---\n"
    text = head + "同志们：\n今天开会，专门讲春耕，大家要抓紧，不误农时，把地整好，把水备足。\n"
    (speech,) = jianggao.read(text.encode(), "a.md").speeches
    assert speech.title == "在全县春耕会上的讲话"
    assert "tags" not in speech.text


@pytest.mark.parametrize(
    "head",
    [
        "---\n在全县春耕会上的讲话\n同志们：\n春耕的事今天就定下来，大家听好，会后照办。\n---\n",
        "---\n同志们:\n春耕的事今天就定下来，大家听好，会后照办。\n---\n",
        "---\ntitle: 春耕\n春耕的事今天就定下来，大家听好，会后照办。\n---\n",
        "---\n- 春耕的事今天就定下来，大家听好，会后照办。\n---\n",
    ],
)
def test_two_rules_in_a_markdown_file_are_no_head(head: str) -> None:
    text = head + "\n种子、化肥和农机都已经到了乡镇，各村明天就去领，领了就下地，一天也不要等。\n"
    (speech,) = jianggao.read(text.encode(), "a.md").speeches
    assert "今天就定下来" in speech.text


def test_a_markdown_head_with_lists_and_blank_lines_is_one() -> None:
    head = "---\ntitle: 在全县春耕会上的讲话\n\ntags:\n  - 农业\n- 春耕\n# 存档用\nlayout: post\n---\n"
    reading = jianggao.read((head + GOOD).encode(), "a.md")
    assert {line.zone for line in reading.decoded[:9]} == {"aside"}
    assert "存档" not in reading.speeches[0].text


def test_the_same_bytes_twice_are_one_speech_and_an_error_of_both_files(tmp_path: Path) -> None:
    archive(tmp_path, a_txt=GOOD, b_txt=GOOD)
    loaded = corpus.load(tmp_path)
    assert [s.file for s in loaded.speeches] == ["a.txt"]
    assert [(p.path, p.what) for p in loaded.problems] == [
        ("a.txt", "和 b.txt 是同一份原件"),
        ("b.txt", "和 a.txt 是同一份原件"),
    ]


def test_a_sidecar_wins(tmp_path: Path) -> None:
    fields = 'title = "改过的标题"\nspeaker = "某人"\ndate = 2019-05-06\nplace = "望川县"\noccasion = "春耕会"\nrole = "县长"\n'
    archive(tmp_path, a_txt=GOOD, a_txt_toml=fields)
    (speech,) = corpus.load(tmp_path).speeches
    assert (speech.title, speech.speaker, speech.date, speech.place) == ("改过的标题", "某人", "2019-05-06", "望川县")
    assert (speech.occasion, speech.role, speech.id[:4]) == ("春耕会", "县长", "2019")


def test_publish_false_keeps_a_speech_out_without_a_problem(tmp_path: Path) -> None:
    archive(tmp_path, a_txt=GOOD, a_txt_toml="publish = false\n")
    loaded = corpus.load(tmp_path)
    assert (loaded.speeches, loaded.problems) == ((), ())


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('title = "好"\nspeeker = "某人"\n', 2, "不认识的键 speeker"),
        ('date = "2024年8月"\n', 1, "日期"),
        ("title = 3\n", 1, "不空的文字"),
        ('title = "没有关上\n', 1, "写法不对"),
        ('publish = "no"\n', 1, "true 或 false"),
        ("speeches = 3\n", 1, "speeches"),
        ('date = "2024-02-31"\n', 1, "日期"),
        ('title = "甲\\n乙"\n', 1, "换行"),
        (f'title = "{"长" * 400}"\n', 1, "太长"),
    ],
)
def test_a_bad_sidecar_is_told_with_its_line_and_nothing_is_published_until_it_is_mended(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    archive(tmp_path, a_txt=GOOD, a_txt_toml=text)
    loaded = corpus.load(tmp_path)
    assert loaded.speeches == ()
    (problem,) = loaded.problems
    assert (problem.path, problem.line, problem.severity) == ("a.txt.toml", line, "error")
    assert what in problem.what


def test_a_sidecar_that_is_not_utf8() -> None:
    with pytest.raises(SpeechError, match="UTF-8"):
        sidecar.parse("title = 讲话".encode("gb18030"), "a.txt.toml")


def test_a_sidecar_without_its_file_is_an_error(tmp_path: Path) -> None:
    archive(tmp_path, b_txt_toml='title = "孤儿"\n')
    (problem,) = corpus.load(tmp_path).problems
    assert "旁边没有" in problem.what


def test_pieces_of_a_compilation_have_fields_of_their_own(tmp_path: Path) -> None:
    two = f"第一篇：甲\n{GOOD}第二篇：乙\n{GOOD.replace('春耕', '秋收')}"
    side = '[[speeches]]\nspeaker = "甲某"\n[[speeches]]\nspeaker = "乙某"\n'
    archive(tmp_path, a_txt=two, a_txt_toml=side)
    assert [s.speaker for s in corpus.load(tmp_path).speeches] == ["甲某", "乙某"]


def test_a_piece_can_be_kept_back_and_the_rest_inherits_the_file(tmp_path: Path) -> None:
    two = f"第一篇：甲\n{GOOD}第二篇：乙\n{GOOD.replace('春耕', '秋收')}"
    archive(tmp_path, a_txt=two, a_txt_toml='place = "望川县"\n[[speeches]]\npublish = false\n')
    (speech,) = corpus.load(tmp_path).speeches
    assert "秋收" in speech.text
    assert speech.place == "望川县"


def test_more_pieces_than_speeches_are_an_error(tmp_path: Path) -> None:
    archive(tmp_path, a_txt=GOOD, a_txt_toml='[[speeches]]\n[[speeches]]\ntitle = "多了"\n')
    loaded = corpus.load(tmp_path)
    assert loaded.speeches == ()
    assert "2 段" in loaded.problems[0].what


def test_the_same_bytes_are_found_whatever_date_the_file_name_gives(tmp_path: Path) -> None:
    archive(tmp_path, a_txt=GOOD)
    (tmp_path / "2019年3月4日讲话.txt").write_text(GOOD, "utf-8")
    loaded = corpus.load(tmp_path)
    assert len(loaded.speeches) == 1
    assert len([p for p in loaded.problems if "同一份原件" in p.what]) == 2


def test_a_folder_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(tmp_path, a_txt=GOOD)
    real = os.walk

    def walk(top: Path, onerror: Callable[[OSError], None] | None = None) -> Iterator[tuple[str, list[str], list[str]]]:
        if onerror:
            onerror(PermissionError(13, "Permission denied", str(tmp_path / "锁")))
        return real(top)

    monkeypatch.setattr(os, "walk", walk)
    (problem,) = corpus.load(tmp_path).problems
    assert (problem.path, problem.what) == ("锁", "打不开这个文件夹（没有权限）")


def test_a_missing_folder_is_told() -> None:
    with pytest.raises(SpeechError, match="找不到讲话稿文件夹"):
        corpus.load(Path("/没有这个文件夹"))


RULE = """
[[rule]]
id = "noise/x"
reason = "理由"
pattern = '{pattern}'
action = "{action}"
example = ["广告"]
counterexample = ["正文"]
"""


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (RULE.format(pattern="广告", action="remove"), "action"),
        (RULE.format(pattern="广(告", action="drop"), "正则"),
        (RULE.format(pattern="标语", action="drop"), "抓不到自己的例子"),
        (RULE.format(pattern=".*", action="drop"), "误伤反例"),
        (RULE.format(pattern="广告", action="drop").replace('reason = "理由"\n', ""), "缺少 reason"),
        (RULE.format(pattern="广告", action="drop") + 'colour = "red"\n', "不认识的键 colour"),
        (RULE.format(pattern="广告", action="drop") * 2, "出现了两次"),
        ("[[rule\n", "不是合格的 TOML"),
    ],
)
def test_a_bad_rule_stops_the_rulebook(tmp_path: Path, text: str, what: str) -> None:
    for path in rulebook.RULES.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
    (tmp_path / "noise.toml").write_text(text, "utf-8")
    with pytest.raises(SpeechError) as caught:
        rulebook.load(tmp_path)
    assert what in caught.value.what
