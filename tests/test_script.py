"""Script, punctuation and damaged words beyond single cases: whole alphabets, OpenCC's own cases, and what is reported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jianggao
from jianggao import audit, damage, rulebook
from jianggao.errors import SpeechError
from jianggao.model import Line, Paragraph
from jianggao.stages import punctuate, simplify

BOOK = rulebook.default()
CASES = Path(__file__).parents[2] / "shared" / "corpus" / "opencc_cases" / "cases.json"
OTHERS = {"潀": "溪名，没有通行的写法", "么": "什么的么", "著": "只在 phrase 里转"}
"""What hk2s or tw2s convert, t2s does not, and neither do we, with the reason."""
OPEN = {"BYVoid_OpenCC_Issue_767_solace", "BYVoid_OpenCC_Issue_1469_simplified_me_passthrough"}
"""tw2s cases that we leave: one says the contrary of the t2s case of the same id, the other makes 老么 老幺."""

HAN = st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=12)
TRICKY = st.text(
    "著着於于乾干瞭了藉借覆复徵征後后沈坏昇陞祕甦氾釐蒐剋畢張隆坤關們體证这书个为产看沿，。《》", max_size=16
)
TEXTS = st.lists(st.one_of(HAN, TRICKY, st.just("")), min_size=1, max_size=4).map("\n".join)
MARKS = st.text("“”「」『』\"'‘’《》()（）,.;:?!~-—…。，、甲乙丙丁戊1２A％ \u3000@/", max_size=24)
MARKED = st.lists(MARKS, min_size=1, max_size=4).map("\n".join)


def lines_of(text: str) -> tuple[Line, ...]:
    return tuple(Line(i, row) for i, row in enumerate(text.split("\n"), 1))


def simplified(text: str) -> str:
    return "\n".join(x.text for x in audit.run(simplify.rules(BOOK), lines_of(text)).lines)


@given(TEXTS)
def test_simplify_twice_is_simplify_once(text: str) -> None:
    once = audit.run(simplify.rules(BOOK), lines_of(text))
    assert audit.replay(lines_of(text), once.changes) == once.lines
    assert [len(x.text) for x in once.lines] == [len(row) for row in text.split("\n")]
    assert audit.run(simplify.rules(BOOK), once.lines).changes == ()


@given(MARKED)
def test_punctuate_twice_is_punctuate_once(text: str) -> None:
    once = audit.run(punctuate.rules(), lines_of(text))
    assert audit.replay(lines_of(text), once.changes) == once.lines
    assert audit.run(punctuate.rules(), once.lines).changes == ()


@pytest.mark.parametrize("name", ["hk2s", "tw2s"])
def test_what_the_regional_dictionaries_know_is_decided(name: str) -> None:
    regional, plain = opencc.OpenCC(name), opencc.OpenCC("t2s")
    every = [chr(code) for code in (*range(0x3400, 0xA000), *range(0x20000, 0x323B0))]
    wanted = dict(zip(every, regional.convert("\n".join(every)).split("\n"), strict=True))
    left = plain.convert("\n".join(every)).split("\n")
    asked = {char for char, same in zip(every, left, strict=True) if same == char != wanted[char]}
    assert {c for c in asked if BOOK.script.variants.get(c) != wanted[c]} == asked & set(OTHERS)


def test_the_variants_need_us_and_lead_to_plain_characters() -> None:
    plain = opencc.OpenCC("t2s")
    before, after = "".join(BOOK.script.variants), "".join(BOOK.script.variants.values())
    assert [c for c in before if plain.convert(c) != c] == []
    assert plain.convert("\n".join(after)) == "\n".join(after)
    assert after.encode("gb2312").decode("gb2312") == after


def test_simplified_characters_stay_as_they_are() -> None:
    """All of GB 2312, each alone and beside itself, but 後 and what only a phrase would change."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    known = [c for code in codes if (c := code.decode("gb2312", "ignore")) and c != "後"]
    text = "\n".join(c + c for c in known)
    assert simplified(text) == text


if CASES.is_file():
    TOLD: list[dict[str, Any]] = json.loads(CASES.read_text("utf-8"))
    ROWS = [(c["id"], k, c["input"], text) for c in TOLD for k, text in c["expected"].items() if k != "tw2sp"]
    PHRASES = [
        (c["input"], c["expected"]["tw2sp"]) for c in TOLD if "tw2sp" in c["expected"] and "t2s" in c["expected"]
    ]

    @pytest.mark.parametrize(("case", "kind", "before", "after"), ROWS, ids=[f"{r[0]}-{r[1]}" for r in ROWS])
    def test_the_cases_of_opencc(case: str, kind: str, before: str, after: str) -> None:
        told_otherwise = kind == "tw2s" and case in OPEN
        assert (simplified(before) == after) is not told_otherwise

    def test_wording_is_never_that_of_tw2sp() -> None:
        rewritten = [(before, after) for before, after in PHRASES if opencc.OpenCC("t2s").convert(before) != after]
        assert rewritten
        assert [before for before, after in rewritten if simplified(before) == after] == []


def paragraphs(*texts: str) -> list[Paragraph]:
    return [Paragraph(f"p{i}", text, i * 10) for i, text in enumerate(texts, 1)]


def test_damaged_words_are_told_with_their_place_and_guess() -> None:
    told = damage.places(paragraphs("按公平的原那么办。", "好。", "制定细那么，讲原那么。"), BOOK)
    assert [(f.paragraph, f.word, f.guess) for f in told] == [
        (0, "原那么", "原则"),
        (2, "细那么", "细则"),
        (2, "原那么", "原则"),
    ]
    assert told[0].start == 4
    assert told[0].end == 7


def test_one_problem_a_line_and_word() -> None:
    (problem,) = damage.problems(paragraphs("讲原那么，守原那么。"), BOOK, "a.txt")
    assert (problem.severity, problem.line, problem.path) == ("warning", 10, "a.txt")
    assert problem.what == "疑似讹误：“原那么”或为“原则”"


def test_problems_of_a_wholly_rewritten_file_are_bounded() -> None:
    told = damage.problems(paragraphs(*["讲原那么。"] * 100), BOOK, "a.txt")
    assert len(told) == damage.MOST + 1
    assert told[-1].what == "疑似讹误还有 70 处，没有一一列出"


@pytest.mark.parametrize("rule", BOOK.damage, ids=lambda r: r.id)
def test_every_damage_rule_guesses_another_word(rule: Any) -> None:
    assert rule.wrong != rule.right
    assert not rule.pattern.search(rule.right)


def test_a_reading_reports_damage_and_lost_quotes_and_changes_neither() -> None:
    body = "同志们：\n今天讲三件事，都是大家关心的事，也是县里定下来的事。\n要抓住“牵头的人，按公开的原那么办，把好事办好。\n"
    reading = jianggao.read(("在全县水利工作会议上的讲话\n" + body).encode(), "a.txt")
    (speech,) = reading.speeches
    assert "要抓住“牵头的人，按公开的原那么办" in speech.text
    told = [(p.line, p.what) for p in reading.problems if p.what.startswith("疑似")]
    assert told == [(4, "疑似缺引号：“牵头的人，按公开的原那"), (4, "疑似讹误：“原那么”或为“原则”")]


ROW = 'id = "x"\nreason = "r"\n'
UNSOUND = [
    ("script", "[[variant]]", 'pairs = "衞卫生"\nexample = ["衞"]\ncounterexample = ["卫"]', "不是两个字"),
    (
        "script",
        "[[phrase]]",
        'char = "著"\nto = "着"\npattern = "看著"\nexample = ["听"]\ncounterexample = ["x"]',
        "抓不到",
    ),
    ("script", "[[protected]]", 'char = "乾"\npattern = "乾"\nexample = ["乾"]\ncounterexample = ["乾"]', "误伤反例"),
    (
        "damage",
        "[[damage]]",
        'wrong = "那么"\nright = "则"\npattern = "原"\nexample = ["原"]\ncounterexample = ["x"]',
        "没有“那么”",
    ),
]


@pytest.mark.parametrize(("table", "kind", "row", "said"), UNSOUND)
def test_a_row_that_is_not_sound_is_refused(tmp_path: Path, table: str, kind: str, row: str, said: str) -> None:
    for path in (*rulebook.RULES.glob("*.toml"), *rulebook.RULES.glob("noise/*.toml")):
        target = tmp_path / path.relative_to(rulebook.RULES)
        target.parent.mkdir(exist_ok=True)
        target.write_text(path.read_text("utf-8"), "utf-8")
    (tmp_path / f"{table}.toml").write_text(f"{kind}\n{ROW}{row}\n", "utf-8")
    with pytest.raises(SpeechError, match=said):
        rulebook.load(tmp_path)
