"""The noise rules come in packs: one file a kind, read in the order of their names."""

from __future__ import annotations

import re
import shutil
import time
import tomllib
from pathlib import Path

import pytest

import jianggao
from jianggao import audit, patterns, rulebook
from jianggao.errors import SpeechError
from jianggao.model import Line
from jianggao.stages import clean, punctuate, simplify
from jianggao.words import bare

RULE = """
[[rule]]
id = "{id}"
reason = "只为检验规则包的读法。"
pattern = '某某广告'
action = "drop"
example = ["某某广告"]
counterexample = ["不是广告"]
"""

SAID = tomllib.loads((Path(__file__).parent / "cases/clean/said.toml").read_text("utf-8"))
BOOK = rulebook.default()
PASSES = (*simplify.rules(BOOK), *clean.rules(BOOK, "txt"), *simplify.words(BOOK), *punctuate.rules())
TITLE, CALL = "在全县防汛备汛会上的讲话", "同志们："
BEFORE = "今天把人叫齐，是要把入夏以前该清的沟、该修的闸、该备的料一样一样点清楚，让田里的水进得来、出得去。"
BEHIND = "雨水一年比一年来得早，等云到了头顶再动手就迟了，所以这个月底以前，每一道闸都要试开一次。"


def places(said: str) -> dict[str, list[str]]:
    """A speech with ``said`` in it, at each place where a rule could take it for a site's."""
    lines = said.split("\n")
    return {
        "in the middle": [TITLE, CALL, BEFORE, *lines, BEHIND],
        "first": [TITLE, CALL, *lines, BEFORE, BEHIND],
        "last": [TITLE, CALL, BEFORE, BEHIND, *lines],
        "before the thanks": [TITLE, CALL, BEFORE, BEHIND, *lines, "谢谢大家！"],
        "without salutation": [TITLE, *lines, BEFORE, BEHIND],
        "behind a short opening": [TITLE, "今年雨水早。", *lines, BEFORE, BEHIND],
    }


def _noisy(count: int, step: int) -> list[str]:
    """A speech with ``count`` notices of the rules above it, between its lines and below it."""
    notices = [example.split("\n")[0] for rule in BOOK.noise for example in rule.examples][
        step :: len(BOOK.noise) // count
    ]
    third = len(notices) // 3
    return [*notices[:third], TITLE, CALL, BEFORE, *notices[third : 2 * third], BEHIND, *notices[2 * third :]]


@pytest.mark.parametrize("rows", [_noisy(count, step) for count in (3, 9, 30) for step in range(6)])
def test_rules_that_need_not_run_would_find_nothing(rows: list[str]) -> None:
    lines = [Line(i, row) for i, row in enumerate(rows, 1)]
    group = patterns.Noise(BOOK, "txt").passes()
    every = audit.Group(group.rules, lambda _: range(len(group.rules)))
    passed = audit.run([group], lines)
    assert passed == audit.run([every], lines)
    assert passed.changes


@pytest.mark.parametrize("said", SAID["said"] + SAID["lines"])
def test_what_is_said_stays_wherever_it_stands(said: str) -> None:
    for place, rows in places(said).items():
        passed = audit.run(PASSES, [Line(i, row) for i, row in enumerate(rows, 1)])
        left = bare("".join(line.text for line in passed.lines))
        assert all(bare(row) in left for row in said.split("\n")), place


@pytest.mark.parametrize("rule", [r for r in BOOK.noise if r.action != "rest"], ids=lambda r: r.id)
def test_no_notice_takes_the_speech_with_it_that_is_glued_to_it(rule: rulebook.NoiseRule) -> None:
    opening, end = f"{CALL}{BEFORE}", f"{BEHIND}{BEFORE}"
    for notice in rule.examples:
        for text in (
            f"{TITLE}\n{notice}{opening}\n{end}",
            f"{TITLE}\n{opening}{notice}\n{end}",
            f"{TITLE}\n{opening}\n{end}{notice}",
            f"{notice}\n{opening}\n{end}",
        ):
            read = bare("".join(speech.text for speech in jianggao.read(text.encode(), "a.txt").speeches))
            assert [said for said in (opening, end) if bare(said) not in read] == [], text


def test_a_site_s_sentence_goes_from_where_the_speaker_s_stays() -> None:
    rows = [TITLE, CALL, BEFORE, "以上就是小编为大家整理的防汛讲话稿，希望对您有所帮助！", BEHIND]
    passed = audit.run(PASSES, [Line(i, row) for i, row in enumerate(rows, 1)])
    assert [line.text for line in passed.lines if line.text] == [TITLE, CALL, BEFORE, BEHIND]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The rules of the house in a folder of their own."""
    return Path(shutil.copytree(rulebook.RULES, tmp_path / "rules"))


def test_packs_are_read_in_the_order_of_their_names(folder: Path) -> None:
    (folder / "noise/00-first.toml").write_text(RULE.format(id="x/first"), "utf-8")
    (folder / "noise/99-last.toml").write_text(RULE.format(id="x/last"), "utf-8")
    names = [rule.id for rule in rulebook.load(folder).noise]
    assert (names[0], names[-1]) == ("x/first", "x/last")


def test_a_changed_pack_is_another_rulebook(folder: Path) -> None:
    before = rulebook.load(folder).digest
    (folder / "noise/99-last.toml").write_text(RULE.format(id="x/last"), "utf-8")
    assert rulebook.load(folder).digest != before


def test_one_id_in_two_packs_is_refused(folder: Path) -> None:
    for name in ("98-one", "99-two"):
        (folder / f"noise/{name}.toml").write_text(RULE.format(id="x/same"), "utf-8")
    with pytest.raises(SpeechError, match="x/same 出现了两次"):
        rulebook.load(folder)


def test_a_rulebook_without_packs_is_refused(folder: Path) -> None:
    shutil.rmtree(folder / "noise")
    with pytest.raises(SpeechError, match="缺少噪声规则"):
        rulebook.load(folder)


@pytest.mark.parametrize("pack", sorted((rulebook.RULES / "noise").glob("*.toml")), ids=lambda p: p.stem)
def test_every_pack_says_what_it_is_for(pack: Path) -> None:
    text = pack.read_text("utf-8")
    assert text.startswith("# ")
    assert tomllib.loads(text)["rule"]
    assert f"`{pack.stem}`" in (rulebook.RULES / "README.md").read_text("utf-8")


@pytest.mark.parametrize("rule", rulebook.default().noise, ids=lambda r: r.id)
def test_no_rule_takes_long_over_a_line_of_its_own_words(rule: rulebook.NoiseRule) -> None:
    """Lines that nearly match: the words of the examples again and again, and then something else."""
    words = {w for text in rule.examples for w in re.findall(r"[\u4e00-\u9fff]{1,4}|\w+|\W", text)}
    start = time.perf_counter()
    for word in sorted(words | set(rule.examples)):
        for line in ((word * 400)[:399] + "☃", f"{word} " * (399 // (len(word) + 1)) + "☃"):
            rulebook.matches(rule, line)
    assert time.perf_counter() - start < 2
