"""Folding and units: the shared cases, and any text against the plain rule."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import opencc
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.search.naive import naive_count, rules

from jianggao.search import fold
from jianggao.search.codec import decode
from jianggao.search.scan import Scan, plain_units
from jianggao.search.units import count, cut, units

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "search" / "cases.json").read_text("utf-8"))
TELLING = (
    "黨建後裏，。…①½㎡ \n\t\r工作GDPgdpΣςσİı１２．ﬁé\u0301\u0323e"
    "각각\u200b\u00ad𠀀㐀が\u3099か™“”²٣\u093c\u09be〇々😀Ⅳ㈠\u2028\x1c"
)
texts = st.text(st.one_of(st.sampled_from(TELLING), st.characters(exclude_categories=["Cs"])), max_size=24)


@pytest.mark.parametrize(("text", "expected"), CASES["units"])
def test_shared_cases(text: str, expected: list[list[object]]) -> None:
    piece = cut(text)
    assert [[u, *span] for u, span in zip(piece.texts(), piece.spans(), strict=True)] == expected


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.__module__)
@given(text=texts)
@example("ΑΣ\u0301 ΑΣ")
def test_any_text_falls_into_the_units_of_the_rule(rule: Callable[[str], list[str]], text: str) -> None:
    assert units(text) == rule(text)


@given(texts)
def test_units_stand_in_order_where_their_span_says(text: str) -> None:
    piece = cut(text)
    spans = piece.spans()
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    for unit, (start, end) in zip(piece.texts(), spans, strict=True):
        assert unit == "|" or "ς" in unit or unit in plain_units(text[start:end])


@given(texts, st.data())
def test_count_is_the_number_of_places(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    term = text[start : data.draw(st.integers(start, len(text)))]
    assert count(term, units(text)) == naive_count(plain_units(term), plain_units(text))


@given(st.lists(texts, max_size=4), st.data())
def test_a_scan_counts_every_place_of_a_term_for_its_owner(several: list[str], data: st.DataObject) -> None:
    whole = "".join(several)
    start = data.draw(st.integers(0, len(whole)))
    term = whole[start : data.draw(st.integers(start, len(whole)))]
    owned = [(str(n % 2), text) for n, text in enumerate(several)]
    want = {
        owner: sum(naive_count(plain_units(term), plain_units(t)) for o, t in owned if o == owner) for owner in "01"
    }
    assert Scan(owned).count(term) == {owner: n for owner, n in want.items() if n}


def test_tables_simplify_as_opencc_does_character_by_character() -> None:
    table, convert = fold.tables(), opencc.OpenCC("t2s").convert
    for char in "黨建發后裏臺著衞揹𠀀㐀龥鿿豈":
        new = convert(char)
        assert chr(int(table.simple[ord(char)])) == (new if len(new) == 1 else char)


def test_the_browser_gets_every_traditional_character_with_its_simplified_one() -> None:
    gaps, ways = (decode(part) for part in fold.browser_tables()["simple"])
    codes = np.cumsum(gaps)
    simple = codes + np.where(ways % 2, -(ways + 1) // 2, ways // 2)
    table = {chr(one): chr(other) for one, other in zip(codes.tolist(), simple.tolist(), strict=True)}
    assert table["黨"] == "党"
    assert "党" not in table
    assert len(table) > 3000
