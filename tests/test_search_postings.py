"""Numbers as text, postings and shards: what was written is read back, and is every place of every pair."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.model import Heading, Paragraph, Speech
from jianggao.search import postings
from jianggao.search.codec import decode, encode, pack_lists, unpack
from jianggao.search.postings import FIRST_ONLY, Line, records
from jianggao.search.scan import plain_units
from jianggao.search.shards import Keys, data_parts, data_text, manifest_keys, read_directory, shards

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "search" / "cases.json").read_text("utf-8"))
numbers = st.one_of(st.integers(0, 5), st.integers(0, 4000), st.integers(0, 2**31 - 1))
words = st.lists(st.sampled_from(["党", "建", "作", "𠀀", "gdp", "2", "，", " ", "$x"]), max_size=12).map("".join)


@pytest.mark.parametrize(("values", "text"), CASES["numbers"])
def test_shared_numbers(values: list[int], text: str) -> None:
    assert encode(np.array(values, dtype=np.int64)) == text


@given(st.lists(numbers))
def test_numbers_come_back(values: list[int]) -> None:
    text = encode(np.array(values, dtype=np.int64))
    assert decode(text).tolist() == values
    assert not set(text) & set(' !"\\')


@given(st.lists(st.lists(numbers, min_size=1, max_size=40), min_size=1, max_size=6))
def test_lists_come_back(lists: list[list[int]]) -> None:
    opens = np.cumsum([0, *map(len, lists[:-1])])
    packed = pack_lists(np.array(list(itertools.chain(*lists)), dtype=np.int64), opens)
    assert [unpack(text.decode()).tolist() for text in packed] == lists


@pytest.mark.parametrize("text", ["", " ", "!", "(", "(&", "(&#", "#S", '#"'])
def test_damaged_lists_are_refused(text: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        unpack(text)


@given(st.text(max_size=20))
def test_data_files_carry_any_text(text: str) -> None:
    assert data_parts(data_text("t", text, [text])) == [text, [text]]


def _speech(title: str, parts: list[tuple[str, bool]]) -> Speech:
    """One paragraph a part; where the flag is set the paragraph's beginning is a heading."""
    paragraphs = tuple(Paragraph(f"p{i}", text, i) for i, (text, _) in enumerate(parts))
    heads = tuple(
        Heading(1, "", text[:4], f"s{i}", i, paragraph=i, start=0, end=len(text[:4]))
        for i, (text, head) in enumerate(parts)
        if head
    )
    return Speech(id=title, file="", title=title, paragraphs=paragraphs, outline=heads)


def _expected(speeches: list[Speech]) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    base = 0
    for speech in speeches:
        stream = plain_units(f"{speech.title}\n{speech.text}")
        for i, pair in enumerate(itertools.pairwise([*stream, "$"])):
            found.setdefault(pair, []).append(base + i)
        base += len(stream) + 1
    return found


archives = st.lists(
    st.builds(_speech, words, st.lists(st.tuples(words, st.booleans()), max_size=4)), min_size=1, max_size=4
)


@given(archives)
def test_records_hold_every_place_of_every_pair(speeches: list[Speech]) -> None:
    found: dict[tuple[str, str], list[int]] = {}
    for record in records(Line(speeches)):
        found.setdefault((record.first, record.second), []).extend(np.cumsum(unpack(record.gaps.decode())).tolist())
    assert found == _expected(speeches)


@given(archives, st.integers(1, 60))
def test_every_pair_is_in_the_shards_that_the_manifest_names(speeches: list[Speech], bound: int) -> None:
    made = list(shards(records(Line(speeches)), bound))
    keys = Keys(manifest_keys(made))
    found: dict[tuple[str, str], list[int]] = {}
    for pair in _expected(speeches):
        for number in keys.pair(*pair):
            for other, text in zip(
                read_directory(made[number].directory), made[number].records.split(" "), strict=True
            ):
                if other == pair:
                    found.setdefault(pair, []).extend(np.cumsum(unpack(text.partition("!")[0])).tolist())
    assert found == _expected(speeches)
    for first in {first for first, _ in found}:
        holding = {n for n, s in enumerate(made) if any(one == first for one, _ in read_directory(s.directory))}
        assert holding <= set(keys.unit(first))
        assert len(keys.unit(first)) <= len(holding) + 1


def test_large_pairs_are_cut_into_parts_and_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    speeches = [_speech("党建", [("党建" * 50, True), ("党，建" * 30, False)]), _speech("建党", [("党建党", False)])]
    usual = [(r.first, r.second) for r in records(Line(speeches))]
    monkeypatch.setattr(postings, "PART", 7)
    monkeypatch.setattr(postings, "BATCH", 10)
    found: dict[tuple[str, str], list[int]] = {}
    cut = list(records(Line(speeches)))
    for record in cut:
        places = np.cumsum(unpack(record.gaps.decode())).tolist()
        assert len(places) <= 7
        found.setdefault((record.first, record.second), []).extend(places)
    assert found == _expected(speeches)
    assert len(cut) > len(usual) == len(found)
    made = list(shards(cut, 40))
    assert any(shard.goes_on for shard in made)


def test_heading_states_tell_what_lies_in_one_heading() -> None:
    speech = _speech("题", [("党建一二三", True), ("工作", False)])
    states: dict[tuple[str, str], int] = {}
    for record in records(Line([speech])):
        states[record.first, record.second] = int(unpack(record.marks.decode())[0]) % 3 + 1 if record.marks else 0
    assert states["党", "建"] == states["一", "二"] == 1
    assert states["二", "三"] == FIRST_ONLY
    assert states["工", "作"] == states["|", "党"] == 0
