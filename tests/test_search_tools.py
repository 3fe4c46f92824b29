"""The terminal asks what the page asks; the archive examines itself; the program is put together; figures are judged."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hooks.search import sources
from scripts import bench_search
from scripts import search as script
from scripts.measure import report
from scripts.measure.ourselves import Speed
from tests.search import small

from jianggao.search import columns, program
from jianggao.search.archive import Archive
from jianggao.search.concordance import concordance, line_rows
from jianggao.search.engine import hit_rows, search
from jianggao.search.selftest import FORMS, Query, Truth, score
from jianggao.search.sheet import rows_as_csv
from jianggao.search.trend import trend, trend_rows

ROOT = Path(__file__).parents[1]


def said(capsys: pytest.CaptureFixture[str], site: Path, *arguments: str) -> str:
    assert script.main([*arguments, "--site", str(site)]) == 0
    return capsys.readouterr().out


def test_the_terminal_lists_every_place_with_its_context_and_saves_tables(
    site: Path, archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    want = concordance(archive, "好好", lines="right", limit=10)
    assert json.loads(said(capsys, site, "好好", "--lines", "--by", "right", "--json")) == want
    every = concordance(archive, "好好", lines="right", limit=1000)["lines"]
    assert said(capsys, site, "好好", "--lines", "--by", "right", "--csv") == "\ufeff" + rows_as_csv(line_rows(every))
    hits = search(archive, "好好", limit=1000)["hits"]
    assert said(capsys, site, "好好", "--csv") == "\ufeff" + rows_as_csv(hit_rows(hits))
    told = said(capsys, site, "好好", "--lines").splitlines()
    assert told[0] == f"共 {want['total']} 处，在 {want['speeches']} 篇里，下面是 10 处"
    assert sum("【好好】" in line for line in told) == min(want["total"], 10)


def test_the_terminal_tells_the_trend(site: Path, archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    want = trend(archive, "党建 基层")
    assert json.loads(said(capsys, site, "党建 基层", "--trend", "--json")) == want
    assert said(capsys, site, "党建 基层", "--trend", "--csv") == "\ufeff" + rows_as_csv(trend_rows(want))
    assert said(capsys, site, "党建 基层", "--trend").splitlines()[0].split("\t")[:3] == ["年份", "讲稿（篇）", "字数"]


def test_the_terminal_filters_as_the_page_does(
    site: Path, archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(said(capsys, site, "工作", "--filter", "speaker=陈雨", "--filter", "place=青川市", "--json"))
    assert told == search(archive, "工作", filters={"speaker": ["陈雨"], "place": ["青川市"]})
    told = json.loads(said(capsys, site, "党建", "--only", "heading", "--json"))
    assert told == search(archive, "党建", only="heading")


@pytest.mark.parametrize("view", [["--trend"], ["--lines"], ["--trend", "--csv"], ["--lines", "--csv"], ["--csv"]])
def test_what_cannot_be_shown_is_said_in_chinese(
    site: Path, view: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.main(["-", "--site", str(site), *view]) == 2
    assert "减号" in capsys.readouterr().out


def test_the_archive_examines_itself(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, site, "--self-test", "60")
    assert "自检 60 次检索：查全率 1.0000，查准率 1.0000，处数不符 0 篇" in told


def test_the_self_test_fails_when_postings_are_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small.make(tmp_path)
    honest = Archive.postings

    def lossy(self: Archive, first: str, second: str | None) -> tuple[object, object]:
        place, state = honest(self, first, second)
        return place[::2], state[::2]

    monkeypatch.setattr(Archive, "postings", lossy)
    assert script.main(["--self-test", "30", "--site", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert "检索结果和逐字扫描不同" in told.err
    assert "查全率 1.0000" not in told.out


def test_an_empty_archive_cannot_examine_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small.make(tmp_path, [])
    assert script.main(["--self-test", "5", "--site", str(tmp_path)]) == 1
    assert "没有讲稿" in capsys.readouterr().err


def test_every_form_of_query_is_drawn_and_some_have_answers(archive: Archive) -> None:
    drawn = list(Truth(archive).draw(200, seed=3))
    forms = {query.form for query in drawn}
    assert forms == {form for form in FORMS if form != "field"} | {"speaker", "occasion", "place"}
    assert all(any(q.answer for q in drawn if q.form == form) for form in forms)
    assert any(max(query.answer.values(), default=0) > 1 for query in drawn)


def test_wrong_missing_and_miscounted_answers_are_told_apart() -> None:
    right, miscounted = Query("一", "one", {"a": 2}), Query("二", "one", {"a": 1, "b": 1})
    figures = score([(right, {"a": 2}), (miscounted, {"a": 3, "c": 1})])
    assert (figures.recall, figures.precision, figures.miscounted, figures.wrong) == (2 / 3, 2 / 3, 1, ("二",))
    assert score([(Query("三", "one", {}), {})]).recall == 1


def test_the_program_is_joined_without_comments_and_ends_with_its_name() -> None:
    files = program.files(sources(ROOT / "docs"))
    assert set(files) == {"program", "study", "page", "marks"}
    for name, text in files.items():
        assert text.endswith(f'jianggao.take(["{name}"]);\n')
        own = text[text.index("globalThis.jianggao") :] if name == "program" else text
        assert not re.search(r"\n\s|\n//", own)
    assert files["program"].startswith("/**\n * lunr - http")  # the licence notice of lunr stays


def test_a_script_with_another_beginning_is_refused() -> None:
    made = sources(ROOT / "docs")
    with pytest.raises(ValueError, match="开头和结尾"):
        program.files(replace(made, scripts={**made.scripts, "page/new.js": "alert(1);\n"}))


def test_a_program_without_scripts_is_refused() -> None:
    whole = sources(ROOT / "docs")
    with pytest.raises(ValueError, match="缺少检索程序"):
        program.files(replace(whole, scripts={k: v for k, v in whole.scripts.items() if not k.startswith("page/")}))


def test_two_text_files_with_one_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "NAME", 1)
    with pytest.raises(ValueError, match="重名"):
        small.make(tmp_path)


def test_odd_characters_are_those_that_fold_to_other_han_characters() -> None:
    assert columns.odd_characters("基层党建，GDP ＧＤＰ １２％e\u0301") == ""
    assert columns.odd_characters("黨\uf900㍿") == "㍿黨\uf900"


def test_what_does_not_hold_stands_out_in_the_table() -> None:
    speed = Speed([100.0, 900.0], [50.0], [200.0], [10.0, 20.0], later_bytes=[1000.0], heap=10**7)
    rows = report.fast("http", speed)
    assert [row.what for row in rows if not row.holds] == [
        "http：没有载入过检索的页面，第一次检索，中位数",
        "http：同上，95% 分位",
    ]
    table = report.points(rows)
    assert table.count("**未达到**") == 2
    assert report.loaded(speed).holds
    assert not report.slow(Speed(called=[1600.0], asked=[1.0], later=[1.0], shown=[2.0]))[0].holds
    assert [p.holds for p in report.exact("http", score([(Query("三", "one", {"a": 1}), {"b": 1})]))] == [
        False,
        False,
        True,
    ]


def test_speeches_for_a_measurement_are_made_where_the_corpus_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_search, "CORPUS", tmp_path / "nowhere.py")
    made = bench_search.make(3, tmp_path / "raw")
    assert len(list(made.rglob("*.txt"))) == 3
