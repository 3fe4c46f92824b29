"""The cases of tests/cases, one folder a stage. Negative cases are texts that look like a rule's business and are not."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import jianggao
from jianggao import audit, quotes, rulebook
from jianggao.model import Block, Fact, Line, Reading
from jianggao.stages import clean, outline, punctuate, simplify

CASES = Path(__file__).parent / "cases"
Case = Mapping[str, Any]
BOOK = rulebook.default()


def cases(stage: str) -> list[Any]:
    """The cases of one stage as parameters named by their sentence."""
    found = []
    for path in sorted((CASES / stage).glob("*.toml")):
        found += [pytest.param(c, id=c["name"]) for c in tomllib.loads(path.read_text("utf-8"))["case"]]
    return found


def lines_of(text: str) -> tuple[Line, ...]:
    return tuple(Line(i, row) for i, row in enumerate(text.strip("\n").split("\n"), 1))


@pytest.mark.parametrize("case", cases("clean"))
def test_clean(case: Case) -> None:
    rules = (*simplify.rules(BOOK), *clean.rules(BOOK, "txt"), *simplify.words(BOOK), *punctuate.rules())
    decoded = lines_of(case["raw"])
    passed = audit.run(rules, decoded)
    expected = case["raw"] if case.get("negative") else case["clean"]
    assert [x.text for x in passed.lines if x.text] == [x for x in expected.strip("\n").split("\n") if x]
    for kind, value in case.get("facts", []):
        assert (kind, value) in {(f.kind, f.value) for f in passed.facts}
    assert audit.replay(decoded, passed.changes) == passed.lines
    assert audit.run(rules, passed.lines).lines == passed.lines, "a second run must change nothing"


@pytest.mark.parametrize("case", cases("simplify"))
def test_simplify(case: Case) -> None:
    after = case.get("after", case["before"])
    decoded = lines_of(case["before"])
    passed = audit.run(simplify.rules(BOOK), decoded)
    assert "\n".join(x.text for x in passed.lines) == after.strip("\n")
    assert audit.replay(decoded, passed.changes) == passed.lines
    assert audit.run(simplify.rules(BOOK), passed.lines).changes == (), "a second run must change nothing"
    if "script" in case:
        assert simplify.script_of(decoded, BOOK) == case["script"]


@pytest.mark.parametrize("case", cases("punctuate"))
def test_punctuate(case: Case) -> None:
    after = case.get("after", case["before"])
    decoded = lines_of(case["before"])
    passed = audit.run(punctuate.rules(), decoded)
    assert "\n".join(x.text for x in passed.lines) == after.strip("\n")
    assert audit.run(punctuate.rules(), passed.lines).changes == (), "a second run must change nothing"
    if "unpaired" in case:
        assert [line for line, _, _ in quotes.unpaired(passed.lines)] == case["unpaired"]


@pytest.mark.parametrize("case", cases("outline"))
def test_outline(case: Case) -> None:
    text = case["text"]
    if case.get("traditional"):
        text = "\n".join(x.text for x in audit.run(simplify.rules(BOOK), lines_of(text)).lines)
    body = [Block(i, row) for i, row in enumerate(text.strip("\n").split("\n"), 1)]
    contents = [Fact("contents", words, 0, "contents/listed") for words in case.get("contents", [])]
    shape = outline.shape(body, BOOK, contents, frozenset(case.get("known", [])))
    told = [[h.level, h.text] + ([h.attested] if h.attested != "body" else []) for h in shape.outline]
    assert told == case["outline"]
    for h in shape.outline:
        if h.paragraph is not None:
            assert shape.paragraphs[h.paragraph].text[h.start : h.end] == h.text
    assert len({h.id for h in shape.outline}) == len(shape.outline)


def read(case: Case) -> Reading:
    return jianggao.read(case["text"].lstrip("\n").encode(), case.get("path", "case.txt"))


FIELDS: Mapping[str, Callable[[Any], str | None]] = {
    "title": lambda s: s.title,
    "subtitle": lambda s: s.subtitle,
    "speaker": lambda s: s.speaker,
    "role": lambda s: s.role,
    "date": lambda s: s.date,
    "place": lambda s: s.place,
    "occasion": lambda s: s.occasion,
    "posted": lambda s: s.source.posted,
}


@pytest.mark.parametrize("case", cases("metadata"))
def test_metadata(case: Case) -> None:
    (speech,) = read(case).speeches
    assert {k: get(speech) for k, get in FIELDS.items()} == {k: case.get(k) for k in FIELDS}
    assert {k: getattr(speech, k) or "" for k in ("kind", "level") if k in case} == {
        k: case[k] for k in ("kind", "level") if k in case
    }
    if "first" in case:
        assert next(p.text for p in speech.paragraphs if p.kind != "salutation").startswith(case["first"])
    for field in ("speaker", "role", "date", "place", "occasion", "kind", "level"):
        told = [f.value for f in speech.evidence if f.kind == field and f.rule.startswith("field/")]
        assert told == ([getattr(speech, field)] if getattr(speech, field) else []), field


@pytest.mark.parametrize("case", cases("split"))
def test_split(case: Case) -> None:
    speeches = read(case).speeches
    assert [s.title for s in speeches] == case["titles"]
    for speech, first in zip(speeches, case["first"], strict=True):
        assert next(p.text for p in speech.paragraphs if p.kind == "text").startswith(first)


@pytest.mark.parametrize("rule", BOOK.noise, ids=lambda r: r.id)
def test_every_noise_rule_has_reason_example_and_counterexample(rule: rulebook.NoiseRule) -> None:
    assert rule.reason
    assert all(rulebook.matches(rule, text) for text in rule.examples)
    assert not any(rulebook.matches(rule, text) for text in rule.counterexamples)
