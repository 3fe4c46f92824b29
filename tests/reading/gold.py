"""What people read in raw files, from the places where such readings are kept, as one kind of record.

Our own texts have labels in words: the samples, forty files of people who did not know the rules (tests/blind), and files
that wear the dress of real pages, their frames, heads and slips, over sentences of our own (tests/pages, tests/dress;
tests/unseen was scored before anybody mended a rule for it).
Texts that are not ours are labelled by line and column only (tests/labels/README.md), so that no word of them stands here.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jianggao import rulebook
from jianggao.audit import run
from jianggao.model import Line
from jianggao.stages import simplify

TESTS = Path(__file__).parents[1]
SHARED = TESTS.parents[1] / "shared"
FIELDS = ("title", "subtitle", "speaker", "role", "date")

HeadingKind = Literal["own-line", "run-in", "glued", ""]
_BOOK = rulebook.default()
_SIMPLIFY = (*simplify.rules(_BOOK), *simplify.words(_BOOK))


@dataclass(frozen=True, slots=True)
class GoldHeading:
    """One heading as a person lists it; an ``optional`` one may be listed or not. ``kind`` is empty where nobody said."""

    level: int
    text: str
    kind: HeadingKind = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldSpeech:
    """``fields`` maps each labelled field to the values that are right; (None,) when the text does not tell it.

    A field that is not in it is not scored. ``keeps`` are passages that must be published.
    """

    fields: Mapping[str, tuple[str | None, ...]]
    headings: tuple[GoldHeading, ...]
    keeps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldFile:
    """One raw file: ``noise`` must be in none of its speeches. Of a ``doubtful`` one nothing else is scored."""

    path: Path
    root: Path
    speeches: tuple[GoldSpeech, ...]
    noise: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class GoldSet:
    """The labelled files of one origin."""

    name: str
    files: tuple[GoldFile, ...]


def simplified(text: str) -> str:
    """``text`` as the edition writes its characters, so that labels and readings can be compared."""
    lines = tuple(Line(number, row) for number, row in enumerate(text.split("\n"), 1))
    return "\n".join(line.text for line in run(_SIMPLIFY, lines).lines)


def samples() -> GoldSet:
    """speeches/ by tests/golden/samples.toml."""
    root = TESTS.parent / "speeches"
    rows = tomllib.loads((TESTS / "golden" / "samples.toml").read_text("utf-8"))["file"]
    files = []
    for row in rows:
        speeches = tuple(_sample(s) for s in row["speeches"])
        noise = tuple(n for s in row["speeches"] for n in s["noise"])
        files.append(GoldFile(root / row["path"], root, speeches, noise))
    return GoldSet("samples", tuple(files))


def _sample(row: Mapping[str, Any]) -> GoldSpeech:
    optional = [o if isinstance(o, list) else [0, o] for o in row.get("optional", [])]
    headings = [GoldHeading(level, text) for level, text in row["headings"]]
    headings += [GoldHeading(level, text, "", True) for level, text in optional]
    keeps = (row["starts"], row.get("ends", ""), *row.get("keeps", []))
    return GoldSpeech({f: (row.get(f),) for f in FIELDS}, tuple(headings), tuple(k for k in keeps if k))


def folder(name: str, root: Path) -> GoldSet:
    """``root/raw`` by ``root/labels.json``: headings as [level, kind, optional, text]; ``alt`` are other right titles, and
    ``date_alt`` and ``role_alt`` other right days and posts (a post that only the title tells may be listed or not)."""
    labels: dict[str, Any] = json.loads((root / "labels.json").read_text("utf-8"))
    files = []
    for file, row in labels.items():
        speeches = []
        for one in row["speeches"]:
            fields = {
                f: (one.get(f), *one.get({"title": "alt", "date": "date_alt", "role": "role_alt"}.get(f, ""), ()))
                for f in FIELDS
            }
            headings = tuple(GoldHeading(level, text, kind, opt) for level, kind, opt, text in one["headings"])
            speeches.append(GoldSpeech(fields, headings, (one["first"], one["last"], *one.get("keeps", ()))))
        files.append(GoldFile(root / "raw" / file, root / "raw", tuple(speeches), tuple(row["noise"])))
    return GoldSet(name, tuple(files))


def spans(prefix: str) -> GoldSet:
    """The files below ../shared/``prefix`` by tests/labels/shared.toml; empty where ../shared is absent."""
    rows = tomllib.loads((TESTS / "labels" / "shared.toml").read_text("utf-8"))
    files = [_spanned(SHARED / key, row) for key, row in rows.items() if key.startswith(prefix + "/")]
    return GoldSet(prefix.rsplit("/", 1)[-1], tuple(f for f in files if f.path.exists()))


@cache
def _raw_lines(path: Path) -> tuple[str, ...]:
    raw = path.read_bytes()
    text = raw.decode("big5hkscs" if "big5" in str(path) else "utf-8-sig")
    return tuple(text.replace("\r", "").split("\n"))


PINYIN = re.compile("[（(][a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ][a-zü]*[）)]")


def _at(path: Path, span: Iterable[int]) -> str:
    line, start, end = span
    return simplified(PINYIN.sub("", _raw_lines(path)[line - 1][start:end]))


def _value(path: Path, row: Mapping[str, Any], field: str) -> str | None:
    found = row.get(field)
    if found is None or isinstance(found, str):
        return found
    return " ".join(_at(path, s) for s in (found if isinstance(found[0], list) else [found]))


def _values(path: Path, row: Mapping[str, Any], field: str) -> tuple[str | None, ...]:
    """All values of a field that are right."""
    value = _value(path, row, field)
    if field == "date" and row.get("date_inferred"):
        return (value, None, value[:4] if value else None)
    return (value,)


def _heading(path: Path, label: list[Any]) -> GoldHeading:
    line, start, end, level, kind, *rest = label
    optional, last = bool(rest and rest[0]), rest[1] if len(rest) > 1 else line
    if last == line:
        words = _at(path, (line, start, end))
    else:
        between = [_raw_lines(path)[n - 1] for n in range(line + 1, last)]
        words = simplified("".join([_raw_lines(path)[line - 1][start:], *between, _raw_lines(path)[last - 1][:end]]))
    return GoldHeading(level, words, kind, optional)


def _spanned(path: Path, row: Mapping[str, Any]) -> GoldFile:
    noise = [simplified(_raw_lines(path)[n - 1]).strip() for n in row.get("noise", [])]
    noise += [_at(path, c) for c in row.get("cuts", [])]
    speeches = []
    for one in row.get("speech", []):
        scored = [f for f in FIELDS if not one.get(f"{f}_doubtful") and not (f == "title" and one.get("title_text"))]
        fields = {f: _values(path, one, f) for f in scored}
        headings = tuple(_heading(path, h) for h in one.get("headings", []))
        speeches.append(GoldSpeech(fields, headings, tuple(_kept(path, row, one))))
    return GoldFile(path, path.parent, tuple(speeches), tuple(noise), bool(row.get("doubtful")))


def _kept(path: Path, row: Mapping[str, Any], one: Mapping[str, Any]) -> Iterable[str]:
    """Every raw line of the speech that nothing is cut from: all of it must be published."""
    lines = _raw_lines(path)
    (first, start), (last, end) = one["first"], one["last"]
    cut = {c[0] for c in row.get("cuts", [])} | set(row.get("noise", [])) | {g["line"] for g in one.get("gaps", [])}
    for number in range(first, last + 1):
        text = lines[number - 1]
        text = text[: end if number == last else None][start if number == first else 0 :]
        if number not in cut and text.strip() and not row.get("pinyin"):
            yield simplified(text)
