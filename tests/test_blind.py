"""Forty raw files and a reading of them, both written by someone who did not know the rules (tests/blind): the floors.

A floor is what was measured when it was set. A better reading raises it; nothing lowers it in silence.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import opencc

from jianggao import corpus
from jianggao.model import Reading, Speech

BLIND = Path(__file__).parent / "blind"
LABELS: dict[str, dict[str, Any]] = json.loads((BLIND / "labels.json").read_text("utf-8"))
FLOORS = {"headings": 0.96, "levels": 1.0, "split": 38, "title": 43, "speaker": 43, "date": 41, "noise": 92}
_t2s = opencc.OpenCC("t2s")


def bare(text: str | None) -> str:
    """Letters and digits, Simplified, compatibility forms folded."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", _t2s.convert(text or "")))


def paired() -> list[tuple[dict[str, Any], Speech]]:
    out = []
    for label, reading in read():
        if len(reading.speeches) == len(label["speeches"]):
            out += list(zip(label["speeches"], reading.speeches, strict=True))
    return out


def read() -> list[tuple[dict[str, Any], Reading]]:
    readings = {r.file: r for r in corpus.load(BLIND / "raw", processes=1).readings}
    return [(label, readings[name]) for name, label in LABELS.items()]


def test_splits() -> None:
    right = sum(len(label["speeches"]) == len(reading.speeches) for label, reading in read())
    assert right >= FLOORS["split"]


def test_fields() -> None:
    for field in ("title", "speaker", "date"):
        right = 0
        for expected, speech in paired():
            wanted = {bare(w) for w in (expected.get(field), *(expected.get("alt", ()) if field == "title" else ()))}
            right += bare(getattr(speech, field)) in wanted
        assert right >= FLOORS[field], field


def test_headings() -> None:
    right = extra = missed = level_right = 0
    for expected, speech in paired():
        left = {bare(h.text): h.level for h in speech.outline if h.attested == "body"}
        for level, _, optional, text in expected["headings"]:
            read_level = left.pop(bare(text), None)
            if not optional:
                right, missed = right + (read_level is not None), missed + (read_level is None)
                level_right += read_level == level
        extra += len(left)
    assert 2 * right / (2 * right + extra + missed) >= FLOORS["headings"]
    assert level_right / right >= FLOORS["levels"]


def test_noise_goes_and_no_word_of_a_speech() -> None:
    gone = lost = 0
    for label, reading in read():
        texts = bare("\n".join(s.text for s in reading.speeches))
        gone += sum(bare(n) not in texts for n in label["noise"])
        whole = bare("\n".join(f"{s.title}\n{s.text}" for s in reading.speeches))
        lost += sum(bare(k) not in whole for e in label["speeches"] for k in e["keeps"])
    assert gone >= FLOORS["noise"]
    assert lost == 0
