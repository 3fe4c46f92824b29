"""The words that a pattern cannot do without: a wrong one would silence a rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao import rulebook
from jianggao.literals import Lookup, needed
from jianggao.stages import decode
from jianggao.wording import Damage

BOOK = rulebook.default()
TEXTS = "\n".join(
    line.text
    for path in sorted((Path(__file__).parent / "blind" / "raw").glob("*.txt"))
    for line in decode.decode(path.read_bytes(), path.name).lines
)


def may_match(asks: tuple[frozenset[str], ...], text: str) -> bool:
    return all(any(word in text for word in words) for words in asks)


@pytest.mark.parametrize(
    ("pattern", "asks"),
    [
        ("会员", [{"会员"}]),
        ("(?:会员|资料)群", [{"会员", "资料"}, {"群"}]),
        ("(?:会员|资料)交流群", [{"交流群"}, {"会员", "资料"}]),
        ("(?:会员|资料群[一二])", [{"会员", "资料群"}, {"会员", "一", "二"}]),
        ("(?:会员|[^会])", []),
        ("(?:上.页|下.页|末.?页)", [{"页"}, {"上", "下", "末"}]),
        ("(?:会员)?", []),
        ("(?:会员){2}群", [{"会员"}, {"群"}]),
        ("(?!会员)群", [{"群"}]),
        ("(?<=会员)群", [{"会员"}, {"群"}]),
        ("会[^会]员", [{"会"}, {"员"}]),
        ("[^会]", []),
        ("[会员]", [{"会", "员"}]),
        ("a*+(?>会员)b?", [{"会员"}]),
        ("(?i:vip)群", [{"群"}]),
    ],
)
def test_words_are_those_that_no_match_can_lack(pattern: str, asks: list[set[str]]) -> None:
    assert list(needed(re.compile(pattern))) == asks


@given(
    st.text("会员资料群a1 。", max_size=12),
    st.sampled_from(["(?:会员|资料)+群?", "会(?!员)", "(?:会|员a)1", "[会员]群"]),
)
def test_a_text_that_matches_is_never_passed_over(text: str, pattern: str) -> None:
    if re.search(pattern, text):
        assert may_match(needed(re.compile(pattern)), text)


@pytest.mark.parametrize("rule", BOOK.noise, ids=lambda r: r.id)
def test_no_rule_of_the_book_is_silenced(rule: rulebook.NoiseRule) -> None:
    asks = needed(rule.pattern)
    for line in (*rule.examples, *TEXTS.split("\n")):
        assert may_match(asks, line) or not rulebook.matches(rule, line)


@pytest.mark.parametrize("rule", BOOK.damage, ids=lambda rule: rule.id)
def test_a_damaged_word_is_found_from_where_it_stands(rule: Damage) -> None:
    text = rule.wrong.join(TEXTS.split("的")[:600]) + rule.pattern.pattern
    assert [m.span() for m in rule.find(text)] == [m.span() for m in rule.pattern.finditer(text)]


@given(st.text("会员资-]", max_size=14), st.sets(st.text("会员资-]", min_size=1, max_size=4)))
def test_words_looked_for_at_once_are_those_that_stand_there(text: str, words: set[str]) -> None:
    there = {word for word in words if word in text}
    assert Lookup(words).within(text) == Lookup(words).within(text, set(text)) == there
