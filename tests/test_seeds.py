"""The five raw texts that the project exists for, where they lie beside the checkout, against tests/golden/seeds.toml."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import opencc
import pytest

from jianggao import corpus
from jianggao.model import Reading

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
LABELS = tomllib.loads((Path(__file__).parent / "golden" / "seeds.toml").read_text("utf-8"))["file"]


def bare(text: str | None) -> str:
    return re.sub(r"[\W_]+", "", text or "")


def told(text: str | None) -> str | None:
    return hashlib.sha256(bare(text).encode()).hexdigest()[:10] if text else None


def reading(label: dict[str, Any]) -> Reading:
    return corpus.read_file(SEEDS / label["name"], SEEDS)


def raw_lines(label: dict[str, Any]) -> list[str]:
    simplified: str = opencc.OpenCC("t2s").convert((SEEDS / label["name"]).read_text("utf-8"))
    return simplified.split("\n")


def test_the_labels_tell_ten_speeches() -> None:
    assert sum(len(f["speeches"]) for f in LABELS) == 10


@pytest.mark.parametrize("label", LABELS, ids=lambda f: f["name"])
def test_titles_dates_and_outline_are_those_of_a_person(label: dict[str, Any]) -> None:
    read = reading(label)
    assert len(read.speeches) == len(label["speeches"])
    for expected, speech in zip(label["speeches"], read.speeches, strict=True):
        assert told(speech.title) == expected["title"]
        assert told(speech.subtitle) == expected.get("subtitle")
        assert speech.date == expected.get("date")
        outline = [
            [h.level, h.line, told(h.text)] + (["contents"] * (h.attested == "contents")) for h in speech.outline
        ]
        assert outline == expected["outline"]


@pytest.mark.parametrize("label", LABELS, ids=lambda f: f["name"])
def test_speakers_and_posts_are_what_the_bylines_say(label: dict[str, Any]) -> None:
    lines = raw_lines(label)
    for expected, speech in zip(label["speeches"], reading(label).speeches, strict=True):
        if "speaker_line" not in expected:
            assert speech.speaker is None
            continue
        assert speech.role == lines[expected["role_line"] - 1].strip()
        assert speech.speaker == lines[expected["speaker_line"] - 1].strip().partition("（")[0]


@pytest.mark.parametrize("label", LABELS, ids=lambda f: f["name"])
def test_no_line_of_chrome_or_advertisement_is_left(label: dict[str, Any]) -> None:
    lines = raw_lines(label)
    texts = "\n".join(bare(s.title + s.text) for s in reading(label).speeches)
    for number in label["noise_lines"]:
        noise = bare(lines[number - 1])[-24:]  # the end of a line that only ends in noise, the whole of a short one
        assert noise == "" or noise not in texts


def test_the_holes_are_told_in_characters() -> None:
    for label in LABELS:
        gaps = [g for s in reading(label).speeches for g in s.completeness.gaps]
        stated = [s.completeness.stated_chars for s in reading(label).speeches if s.completeness.stated_chars]
        expected = ([830, None], [4425]) if label["name"].startswith("000") else ([], [])
        assert ([g.chars for g in gaps], stated) == expected
