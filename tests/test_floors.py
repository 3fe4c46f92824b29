"""Reading against people's labels never gets worse in silence: every figure of every set stands at its floor or above."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from tests.reading import sets
from tests.reading.gold import GoldFile, GoldHeading, GoldSet, GoldSpeech
from tests.reading.score import score

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("name", sets.names())
def test_no_figure_is_below_its_floor(name: str) -> None:
    figures, counted = sets.measured(name)
    faults = "\n".join(counted.faults) if counted else ""
    assert sets.below(name, figures, sets.floors().get(name, {})) == [], faults


def test_floors_only_rise() -> None:
    old = {"a": {"title": 0.9, "date": 0.5}, "absent": {"title": 0.7}}
    new = sets.raised({"a": {"title": 0.8, "date": 0.61239, "noise": None}}, old)
    assert tomllib.loads(new) == {"a": {"title": 0.9, "date": 0.612}, "absent": {"title": 0.7}}


def test_a_figure_without_a_floor_and_one_that_is_no_longer_measured_are_told() -> None:
    assert sets.below("a", {"title": 0.5, "noise": None}, {}) == ["a 的 title 还没有底线，量得 0.500"]
    assert sets.below("a", {}, {"title": 0.5}) == ["a 的 title 跌破底线 0.500：没有量到"]


def test_the_scorer_sees_what_is_missed_invented_and_lost(tmp_path: Path) -> None:
    text = (
        "在全县例会上的讲话\n同志们：\n一、抓人\n人要够，心要齐，劲要往一处使才行。\n"
        "二、抓钱\n钱要省，账要清，每一分都要有出处。\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    gold = GoldSpeech(
        {"title": ("在全县例会上的讲话",), "speaker": ("何远山",), "date": (None,)},
        (
            GoldHeading(1, "一、抓人", "own-line"),
            GoldHeading(2, "二、抓钱", "own-line"),
            GoldHeading(1, "三、抓事", "own-line"),
        ),
        ("人要够，心要齐", "从来没有说过"),
    )
    counted = score(GoldSet("x", (GoldFile(tmp_path / "a.txt", tmp_path, (gold,), ("钱要省", "网站广告")),)))
    figures = counted.figures()
    assert (counted.right, counted.missed, counted.extra, counted.levels) == (2, 1, 0, 1)
    assert (figures["title"], figures["speaker"], figures["date"]) == (1.0, 0.0, 1.0)
    assert (figures["noise"], figures["text"], figures["splits"]) == (0.5, 0.5, 1.0)
    assert len(counted.faults) == 5


def test_there_are_many_cases_and_a_third_of_them_must_be_left_alone() -> None:
    rows = [case for path in CASES.glob("*/*.toml") for case in tomllib.loads(path.read_text("utf-8"))["case"]]
    negative = sum(bool(case.get("negative")) for case in rows)
    assert len(rows) >= 200
    assert negative * 3 >= len(rows)
