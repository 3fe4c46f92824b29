"""The archive leaves the house: Markdown, text, Word, JSON Lines; nothing is overwritten, nothing half done."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from scripts import export as script
from tests.builders import Head, Listed, RunIn, corpus, speech

from jianggao.errors import SpeechError
from jianggao.explain import speech_json
from jianggao.export import FORMATS, as_text, export
from jianggao.model import Completeness, Gap, Speech
from jianggao.word import document

LONG = "全县上下一条心，把农田水利、农资供应和农机检修三件事办到田间地头。" * 3


def sample() -> Speech:
    return speech("同志们：", Head("一、抓实"), RunIn("一是抓人", "。" + LONG, level=2), Listed("二是抓事", 2), LONG,
                  id="2024-0000000a", date="2024-03-05", speaker="何远山", title="在会议上的讲话",
                  completeness=Completeness("partial", 900, (Gap(30, "", 3, 2, 4), Gap(None, "", 5, 9))))  # fmt: skip


def words(made: bytes) -> list[str]:
    return [block.text for block in docx.Document(io.BytesIO(made)).paragraphs]


def test_text_has_the_record_the_words_and_the_holes_in_their_place() -> None:
    told = as_text(sample()).splitlines()
    assert told[0] == "在会议上的讲话"
    assert "讲话人：何远山" in told
    body = told[told.index("") + 1 :]
    assert body[2].startswith("一是抓人〔此处原文省略30字〕。")
    assert body[-1] == "〔原文至此中断〕"
    bare = [line.replace("〔此处原文省略30字〕", "") for line in body[:-1]]
    assert bare == [paragraph.text for paragraph in sample().paragraphs]


def test_a_word_document_holds_every_word_of_the_speech_in_order() -> None:
    one = sample()
    told = words(document(one))
    assert told[:2] == [one.title, "（2024年3月5日）"]
    at = told.index(one.paragraphs[0].text)
    bare = [line.replace("〔此处原文省略30字〕", "") for line in told[at : at + len(one.paragraphs)]]
    assert bare == [paragraph.text for paragraph in one.paragraphs]
    assert told[at + len(one.paragraphs)] == "〔原文至此中断〕"
    assert told[-1] == f"编号：{one.id}"


def test_a_word_document_is_laid_out_as_the_standard_says() -> None:
    made: Any = docx.Document(io.BytesIO(document(sample())))
    section = made.sections[0]
    size = [round(length.mm) for length in (section.page_width, section.page_height)]
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert (size, [round(edge.mm) for edge in edges]) == ([210, 297], [37, 35, 28, 26])
    fonts = {}
    for block in made.paragraphs:
        for run in block.runs:
            fonts[run.text] = (run._r.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt)
    assert fonts["在会议上的讲话"] == ("方正小标宋简体", 22)
    assert fonts["一、抓实"] == ("黑体", 16)
    assert fonts["一是抓人"] == ("楷体_GB2312", 16)
    assert fonts[LONG] == ("仿宋_GB2312", 16)
    assert {block.paragraph_format.first_line_indent.pt for block in made.paragraphs if block.text == LONG} == {32}
    assert "PAGE" in "".join(part.text or "" for part in section.footer._element.iter(qn("w:instrText")))


def test_the_same_speech_gives_the_same_document() -> None:
    assert document(sample()) == document(sample())


@pytest.mark.parametrize("title", ["", "\x00控制\ud800符", "长" * 400])
def test_a_word_document_is_made_of_the_oddest_speech(title: str) -> None:
    assert words(document(speech(title=title, id="2024-0000000b")))[0] == (
        title.replace("\x00", "\ufffd").replace("\ud800", "\ufffd") or "无题"
    )


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_each_form_is_written_whole_and_alike_each_time(tmp_path: Path, form: str) -> None:
    archive = corpus(sample(), speech(LONG, id="2023-0000000b", title="另一篇"))
    counts = [export(archive, form, tmp_path / name) for name in ("一", "二")]
    first, second = (
        {p.relative_to(tmp_path / name).as_posix(): p.read_bytes() for p in (tmp_path / name).rglob("*") if p.is_file()}
        for name in ("一", "二")
    )
    assert counts == [len(first)] * 2
    assert first == second
    assert sorted(path.name for path in tmp_path.iterdir()) == ["一", "二"]


def test_json_lines_hold_each_speech_as_the_contract_has_it(tmp_path: Path) -> None:
    export(corpus(sample()), "jsonl", tmp_path / "出")
    rows = [json.loads(row) for row in (tmp_path / "出/speeches.jsonl").read_text("utf-8").splitlines()]
    assert rows == [{"file": sample().file, **json.loads(json.dumps(speech_json(sample())))}]


def test_what_stands_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "已有.txt").write_text("旧", "utf-8")
    with pytest.raises(SpeechError, match="已经有东西"):
        export(corpus(sample()), "text", tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["已有.txt"]


def test_the_command_exports_chosen_speeches(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = tmp_path / "原稿"
    raw.mkdir()
    (raw / "讲话.txt").write_text(f"在会议上的讲话\n同志们：\n{LONG}\n", "utf-8")
    (raw / "又一篇.txt").write_text(f"在座谈会上的讲话\n同志们：\n{LONG}又。\n", "utf-8")
    assert script.main([str(tmp_path / "甲"), "--format", "text", "--from", str(raw)]) == 0
    names = sorted(path.stem for path in (tmp_path / "甲").iterdir())
    assert len(names) == 2
    assert script.main([str(tmp_path / "乙"), "--format", "word", "--from", str(raw), "--only", names[0]]) == 0
    assert [path.name for path in (tmp_path / "乙").iterdir()] == [f"{names[0]}.docx"]
    assert re.search(r"导出 1 个文件", capsys.readouterr().out)
    assert script.main([str(tmp_path / "丙"), "--format", "word", "--from", str(raw), "--only", "没有"]) == 1
    assert "没有编号为 没有 的讲稿" in capsys.readouterr().err
    assert script.main([str(tmp_path / "甲"), "--format", "text", "--from", str(raw)]) == 1
