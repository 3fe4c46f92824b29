"""Search over files: exact against a plain scan, ranked as lunr ranks, clear about what cannot be."""

from __future__ import annotations

import hashlib
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from scripts import search as script
from tests.search import small, whole
from tests.search.naive import headings, naive_count, stream

from jianggao.model import Speech
from jianggao.search import columns
from jianggao.search.archive import Archive, DataError
from jianggao.search.engine import search
from jianggao.search.query import Clause, QueryError, lunr_query, parse
from jianggao.search.rank import partial_index
from jianggao.search.scan import plain_units
from jianggao.search.shards import data_parts, digest

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "search" / "cases.json").read_text("utf-8"))
SPEECHES = columns.ordered(small.speeches())


def found(archive: Archive, query: str) -> dict[str, int]:
    result = search(archive, query, limit=1000, with_snippets=False)
    assert result["total"] == len(result["hits"])
    return {hit["id"]: hit["count"] for hit in result["hits"]}


def scanned(term: str, scope: str = "") -> dict[str, int]:
    """Speeches and counts by looking through everything."""
    units = plain_units(term)

    def places(speech: Speech) -> int:
        if scope == "title":
            return naive_count(units, plain_units(speech.title))
        if scope == "heading":
            return sum(naive_count(units, heading) for heading in headings(speech))
        return naive_count(units, stream(speech))

    return {s.id: n for s in SPEECHES if (n := places(s))}


def test_any_substring_is_found_everywhere_it_stands(archive: Archive) -> None:
    rng = random.Random(11)
    tried = 0
    for _ in range(400):
        speech = rng.choice(SPEECHES)
        text = f"{speech.title}\n{speech.text}"
        start = rng.randrange(len(text))
        term = text[start : start + rng.choice([1, 2, 2, 3, 4, 5, 6, 9, 12, 60])]
        if '"' in term or not plain_units(term):
            continue
        tried += 1
        assert found(archive, f'"{term}"') == scanned(term), term
    assert tried > 300


@pytest.mark.parametrize("scope", ["title", "heading"])
def test_title_and_heading_hold_the_whole_match(archive: Archive, scope: str) -> None:
    rng = random.Random(12)
    hit = 0
    for _ in range(200):
        speech = rng.choice(SPEECHES)
        text = f"{speech.title}\n{speech.text}"
        start = rng.randrange(len(text))
        term = text[start : start + rng.choice([1, 2, 3, 4, 5, 7])]
        if '"' in term or not plain_units(term):
            continue
        expected = scanned(term, scope)
        hit += bool(expected)
        assert found(archive, f'{scope}:"{term}"') == expected, term
    assert hit > 20


def test_headings_side_by_side_are_two_headings(archive: Archive) -> None:
    assert found(archive, "小标题:加强领导") == {"2022-00000003": 1}
    assert found(archive, "小标题:1提高认识") == {"2022-00000003": 1}
    assert found(archive, "小标题:五") == {"2022-00000003": 1}
    assert found(archive, "小标题:领导1提高") == {}
    assert found(archive, "小标题:只在目录里") == {}


def test_no_match_runs_from_one_speech_into_the_next(archive: Archive) -> None:
    assert found(archive, "结尾是基层党建") == found(archive, "基层党建打头") == {}


def test_terms_are_joined_and_excluded(archive: Archive) -> None:
    one, two, three = scanned("党建"), scanned("基层"), scanned("述职")
    expected = {k: n + two[k] for k, n in one.items() if k in two and k not in three}
    assert expected
    assert found(archive, "党建 基层 -述职") == expected
    assert set(found(archive, "-党建")) == {s.id for s in SPEECHES} - set(one)


@pytest.mark.parametrize("field", ["speaker", "occasion", "place"])
def test_fields_hold_the_units(archive: Archive, field: str) -> None:
    for term in ("罗志", "党建", "青川", "o neil", "市"):
        value = plain_units(term)
        expected = {s.id for s in SPEECHES if naive_count(value, plain_units(getattr(s, field) or ""))}
        assert set(found(archive, f'{field}:"{term}"')) == expected


@pytest.mark.parametrize("clauses", whole.PAIR_QUERIES, ids=str)
def test_partial_index_ranks_as_the_whole_one(archive: Archive, clauses: list[tuple[str, str, str, str]]) -> None:
    oracle = whole.index([whole.document(n, s) for n, s in enumerate(SPEECHES)])
    expected = sorted(whole.ask(oracle, clauses), key=lambda hit: (-round(hit[1], 6), hit[0]))
    mine = [Clause((first, second), field, sign == "-") for sign, field, first, second in clauses]
    index, _ = partial_index(archive, mine)
    hits = [(int(hit["ref"]), float(hit["score"])) for hit in index.search(lunr_query(mine))]
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    hits.sort(key=lambda hit: (-round(hit[1], 6), hit[0]))
    assert expected
    assert [number for number, _ in hits] == [number for number, _ in expected]
    assert [score for _, score in hits] == pytest.approx([score for _, score in expected], abs=1e-6)


def test_sorting_by_date_puts_undated_speeches_last(archive: Archive) -> None:
    newest = search(archive, "工作", limit=1000, sort="newest", with_snippets=False)["hits"]
    oldest = search(archive, "工作", limit=1000, sort="oldest", with_snippets=False)["hits"]
    dates = [hit["date"] for hit in newest if hit["date"]]
    assert dates == sorted(dates, reverse=True)
    assert [hit["date"] for hit in oldest if hit["date"]] == sorted(dates)
    for hits in (newest, oldest):
        assert [bool(hit["date"]) for hit in hits] == [True] * len(dates) + [False] * (len(hits) - len(dates))
    assert len(newest) > len(dates) > 0


def test_facets_count_what_the_other_filters_leave(archive: Archive) -> None:
    free = search(archive, "工作", limit=1000)
    result = search(archive, "工作", limit=1000, filters={"speaker": ["陈雨"]})
    assert result["total"] == free["facets"]["speaker"]["陈雨"] == len(result["hits"])
    assert {hit["speaker"] for hit in result["hits"]} == {"陈雨"}
    assert result["facets"]["speaker"] == free["facets"]["speaker"]
    assert sum(result["facets"]["year"].values()) == sum(bool(hit["date"]) for hit in result["hits"])


def test_pages_follow_each_other(archive: Archive) -> None:
    everything = search(archive, "工作", limit=1000)["hits"]
    pieces = [search(archive, "工作", offset=n, limit=4)["hits"] for n in range(0, len(everything), 4)]
    assert [hit for piece in pieces for hit in piece] == everything


def test_snippets_mark_whole_terms_and_carry_no_markup_of_the_text(archive: Archive) -> None:
    (hit,) = search(archive, "<b>不是标记</b>")["hits"]
    (snippet,) = hit["snippets"]
    assert "<mark>b&gt;不是标记&lt;/b</mark>&gt;" in snippet["html"]
    assert snippet["anchor"] == "p3"
    assert re.sub("</?mark>", "", snippet["html"]).count("<") == 0
    first = search(archive, "标题:基层党建工作会议 好好")["hits"][0]
    assert first["titleHtml"] == "在<mark>基层党建工作会议</mark>上的讲话"
    assert "<mark>好好好</mark>" in first["snippets"][0]["html"]
    assert first["count"] == 3


def test_a_long_pasted_passage_is_found_exactly(archive: Archive) -> None:
    one, other = small.long_speeches()
    for passage in (one.text[100:5100], one.text[1:4002]):
        assert found(archive, f'"{passage}"') == {one.id: 1}
    assert found(archive, f'"{other.text[100:5100]}"') == {other.id: 1}
    assert found(archive, f'"{one.text[100:5099]}谬"') == {}
    assert "6000" in search(archive, one.text + other.text)["message"]


@pytest.mark.parametrize(("query", "expected"), CASES["queries"])
def test_shared_queries(query: str, expected: str) -> None:
    assert lunr_query(parse(query)) == expected


@pytest.mark.parametrize("query", [*CASES["refused"], "长" * 6001, " ".join(f"a{n}" for n in range(31))])
def test_what_cannot_be_searched_is_said_in_chinese(archive: Archive, query: str) -> None:
    with pytest.raises(QueryError, match=r"[一-龥]{4}"):
        parse(query)
    assert search(archive, query)["message"]
    assert search(archive, query)["total"] == 0


def test_an_empty_archive_answers(tmp_path: Path) -> None:
    small.make(tmp_path, [])
    assert search(Archive(tmp_path), "党建")["total"] == 0


def test_two_speeches_with_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="编号相同"):
        small.make(tmp_path, [SPEECHES[0], SPEECHES[0]])


def test_the_same_speeches_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    def print_of(folder: Path) -> dict[str, str]:
        return {
            str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(folder.rglob("*"))
            if p.is_file()
        }

    one, two = tmp_path / "one", tmp_path / "two"
    small.make(one)
    small.make(two, SPEECHES[::-1])
    small.make(two, SPEECHES[::-1])
    assert print_of(one) == print_of(two)
    for path in (one / "assets/search/data").rglob("*-*.js"):
        assert digest(path.read_text("utf-8")) == path.stem[-8:]
    for path in (one / "assets/search/data/t").iterdir():
        assert columns.text_name(data_parts(path.read_text("utf-8"))) == path.stem


def test_missing_and_damaged_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"缺少检索数据文件.*mkdocs build"):
        Archive(tmp_path)
    small.make(tmp_path)
    for path in (tmp_path / "assets/search/data/p").iterdir():
        path.write_text("jianggao.take(['", encoding="utf-8")
    with pytest.raises(DataError, match="已损坏"):
        search(Archive(tmp_path), "党建")


def test_the_command_prints_what_the_page_answers(
    site: Path, archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.main(["黨建", "--site", str(site), "--json", "--limit", "3", "--sort", "newest"]) == 0
    assert json.loads(capsys.readouterr().out) == search(archive, "党建", limit=3, sort="newest")
    assert script.main(["好好 标题:工作会议", "--site", str(site)]) == 0
    out = capsys.readouterr().out
    assert "找到" in out
    assert "【好好好】" in out
    assert script.main(["-党建", "--site", str(site)]) == 0
    assert "不含这些词" in capsys.readouterr().out
    assert script.main(['"党建', "--site", str(site)]) == 2
    assert "引号" in capsys.readouterr().out
    assert script.main(["党建", "--site", str(site / "nowhere")]) == 1
    assert "缺少检索数据文件" in capsys.readouterr().err
