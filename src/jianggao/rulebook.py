"""rules/*.toml → a frozen Rulebook. What a rule of the trade says stands there as data, with its reason and examples.

A rulebook refuses what is empty, duplicate, unknown or without example, and every example must be caught and every
counterexample left alone, so a bad rule stops the build and not the reader.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from . import literals, wording
from .errors import SpeechError

BYLINES = ("byline", "byline-glued", "byline-reversed", "role-line", "name-date")
DATES = ("date-line", "date-bracket", "date-roc", "date-unit", "date-no-year", "date-lunar")
"""Forms that tell who speaks, and when."""
NOTES = ("name-line", "unit-line", "note-line", "place-line", "preface", "page-person", "rule-line")
"""Other lines that stand between a title and the salutation."""
MAX_FORM = 300
"""Longest line (characters) that can be a title, byline or label; the longest title of seeds, corpus and samples has 36."""
RULES = Path(__file__).parent / "rules"
REQUIRED = {"id", "reason", "pattern", "example", "counterexample"}
PART = re.compile(r"\{([a-z][a-z-]*)\}")
"""A part of a pattern by its name, ``{surname}``; a quantifier has digits."""

Action = Literal["drop", "cut", "replace", "rest"]
Where = Literal["any", "lead", "head", "tail", "edge"]
ACTIONS: dict[str, Action] = {"drop": "drop", "cut": "cut", "replace": "replace", "rest": "rest"}
WHERES: dict[str, Where] = {"any": "any", "lead": "lead", "head": "head", "tail": "tail", "edge": "edge"}


@dataclass(frozen=True, slots=True)
class NoiseRule:
    """One rule of rules/noise/*.toml. ``drop`` wants the whole line, ``cut`` and ``replace`` a part of it, ``rest`` the
    line and all below it to the end of the file, as long as those lines are short or ``below`` finds its words in them.

    ``where`` is ``head`` for what may only stand before the first line of the speech, ``tail`` after its last,
    ``edge`` for both; ``lead`` for prose that may only stand before the salutation or the first heading.
    ``facts`` maps a field to a template over the pattern's named groups; ``asks`` are sets of words of
    each of which ``pattern`` needs one, the most telling set first.
    """

    id: str
    reason: str
    pattern: re.Pattern[str]
    action: Action
    where: Where
    replacement: str
    formats: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    below: re.Pattern[str] | None
    asks: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Marker:
    """A family of numbering, such as 一、 or 一是. ``rank`` orders families that may hold one another: a lower one never
    stands below a higher one. ``start_only`` families count at the beginning of a paragraph only."""

    id: str
    pattern: re.Pattern[str]
    rank: int
    start_only: bool


@dataclass(frozen=True, slots=True)
class Form:
    """A word form of rules/forms.toml. What it looks for is short, so no pattern ever runs over a whole long line; and
    nowhere does it run without ``word``, which stands in all that it matches."""

    pattern: re.Pattern[str]
    word: str

    def search(self, text: str) -> re.Match[str] | None:
        """For forms that are a line of their own: None on any line over ``MAX_FORM`` characters."""
        return self.pattern.search(text) if len(text) <= MAX_FORM and self.word in text else None

    def match(self, text: str) -> re.Match[str] | None:
        """For forms that open a line, however long it is."""
        return self.pattern.match(text[:MAX_FORM])

    def tail(self, text: str) -> re.Match[str] | None:
        """For forms that end a line, however long it is; offsets are those of ``text``."""
        return self.pattern.search(text, max(0, len(text) - MAX_FORM)) if self.word in text else None


@dataclass(frozen=True, slots=True)
class Named:
    """A named pattern: a word form of the genre (title, salutation, label, byline …)."""

    id: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """All editorial data, compiled once; each book is equal to itself alone. ``digest`` changes when any rule file changes."""

    noise: tuple[NoiseRule, ...]
    markers: tuple[Marker, ...]
    forms: Mapping[str, Form]
    occasions: tuple[Named, ...]
    levels: tuple[Named, ...]
    script: wording.Script
    damage: tuple[wording.Damage, ...]
    masks: tuple[wording.Mask, ...]
    openers: tuple[str, ...]
    steps: Mapping[str, str]
    digest: str

    def reasons(self) -> dict[str, str]:
        """Id of every rule that can stand in a trail → why it is there, in Chinese."""
        return {r.id: r.reason for r in self.noise} | dict(self.steps)


class _File:
    """A rule file being read; knows how to complain with a line number."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        try:
            self.data: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            where = re.search(r"line (\d+)", str(error))
            line = int(where.group(1)) if where else None
            raise SpeechError(
                str(path), line, f"规则文件不是合格的 TOML：{error}", "按 rules/README.md 的样例改正这一行"
            ) from None

    def complain(self, key: str, what: str, next_step: str) -> SpeechError:
        found = next((i for i, row in enumerate(self.text.splitlines(), 1) if f'"{key}"' in row), None)
        return SpeechError(str(self.path), found, what, next_step)

    def rows(self, table: str, required: set[str], optional: set[str] = frozenset()) -> Iterable[dict[str, Any]]:  # type: ignore[assignment]
        for row in self.data.get(table, []):
            name = str(row.get("id", ""))
            if not name:
                raise self.complain("", f"[[{table}]] 里有一条没有 id", "给它一个小写英文的 id，如 noise/breadcrumb")
            for missing in sorted(required - row.keys()):
                raise self.complain(name, f"规则 {name} 缺少 {missing}", "补上；收录标准见 rules/README.md")
            for extra in sorted(row.keys() - required - optional):
                raise self.complain(
                    name, f"规则 {name} 有不认识的键 {extra}", f"可用的键：{'、'.join(sorted(required | optional))}"
                )
            if any(row[k] in ("", []) for k in required):
                raise self.complain(name, f"规则 {name} 有空值", "把理由、模式和例子都写出来")
            yield row

    def compile(self, name: str, pattern: str, parts: Mapping[str, str] | None = None) -> re.Pattern[str]:
        """The pattern of rule ``name``; ``{part}`` in it stands for that part of the file."""

        def part(found: re.Match[str]) -> str:
            if found[1] not in (parts or {}):
                raise self.complain(name, f"规则 {name} 用到没有写过的零件 {found[1]}", "先写一条 [[part]]，或改名字")
            return f"(?:{(parts or {})[found[1]]})"

        try:
            return re.compile(PART.sub(part, pattern) if parts is not None else pattern)
        except re.error as error:
            raise self.complain(name, f"规则 {name} 的 pattern 不是合格的正则表达式：{error}", "改正 pattern") from None


def matches(rule: NoiseRule, text: str) -> re.Match[str] | None:
    """Where ``rule`` would act on a line that says ``text``: the whole line for ``drop`` and ``rest``, else its first place."""
    return rule.pattern.fullmatch(text) if rule.action in ("drop", "rest") else rule.pattern.search(text)


def _parts(file: _File) -> dict[str, str]:
    """The parts that the patterns of a file share, each with the earlier ones filled in."""
    parts: dict[str, str] = {}
    for row in file.rows("part", REQUIRED):
        pattern = file.compile(row["id"], row["pattern"], parts)
        wrong = [x for x in row["example"] if not pattern.fullmatch(x)]
        wrong += [x for x in row["counterexample"] if pattern.fullmatch(x)]
        if wrong:
            raise file.complain(row["id"], f"零件 {row['id']} 与自己的例子不合：{wrong[0]}", "改 pattern 或改例子")
        parts[row["id"]] = pattern.pattern
    return parts


def _noise(file: _File) -> Iterable[NoiseRule]:
    parts = _parts(file)
    for row in file.rows("rule", {*REQUIRED, "action"}, {"where", "with", "facts", "formats", "below"}):
        name = row["id"]
        if row["action"] not in ACTIONS or row.get("where", "any") not in WHERES:
            raise file.complain(
                name,
                f"规则 {name} 的 action 或 where 不认识",
                "action：drop、cut、replace、rest；where：any、lead、head、tail、edge",
            )
        pattern = file.compile(name, row["pattern"], parts)
        rule = NoiseRule(
            name,
            row["reason"],
            pattern,
            ACTIONS[row["action"]],
            WHERES[row.get("where", "any")],
            row.get("with", ""),
            tuple(row.get("formats", ())),
            tuple(row.get("facts", {}).items()),
            tuple(row["example"]),
            tuple(row["counterexample"]),
            file.compile(name, row["below"]) if row.get("below") else None,
            literals.needed(pattern),
        )
        for text in rule.examples:
            if not matches(rule, text):
                raise file.complain(name, f"规则 {name} 抓不到自己的例子：{text}", "改 pattern 或改例子")
        for text in rule.counterexamples:
            if matches(rule, text):
                raise file.complain(name, f"规则 {name} 误伤反例：{text}", "把 pattern 写得更严")
        yield rule


def _checked(file: _File, table: str) -> Iterable[tuple[dict[str, Any], re.Pattern[str]]]:
    parts = _parts(file)
    for row in file.rows(table, REQUIRED, {"rank", "start_only"}):
        pattern = file.compile(row["id"], row["pattern"], parts)
        for text in row["example"]:
            if not pattern.search(text):
                raise file.complain(row["id"], f"{row['id']} 抓不到自己的例子：{text}", "改 pattern 或改例子")
        for text in row["counterexample"]:
            if pattern.search(text):
                raise file.complain(row["id"], f"{row['id']} 误伤反例：{text}", "把 pattern 写得更严")
        yield row, pattern


def _markers(file: _File) -> Iterable[Marker]:
    for row, pattern in _checked(file, "marker"):
        yield Marker(row["id"], pattern, int(row.get("rank", 0)), bool(row.get("start_only", False)))


def _forms(file: _File) -> dict[str, Form]:
    return {row["id"]: Form(pattern, literals.word(pattern)) for row, pattern in _checked(file, "form")}


def _unique(names: Iterable[str], path: Path) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise SpeechError(str(path), None, f"规则 {name} 出现了两次", "留下一条，或换一个 id")
        seen.add(name)


def load(folder: Path = RULES) -> Rulebook:
    """Read and check every rule file of ``folder``. Raises SpeechError naming file, line and what to mend."""
    files = {path.stem: _File(path) for path in sorted(folder.glob("*.toml"))}
    packs = [_File(path) for path in sorted((*folder.glob("noise*.toml"), *folder.glob("noise/*.toml")))]
    for need in ("outline", "forms", "guard", "occasions", "script", "damage", "masks", "steps"):
        if need not in files:
            raise SpeechError(str(folder), None, f"缺少规则文件 {need}.toml", "从版本库恢复它")
    if not packs:
        raise SpeechError(str(folder), None, "缺少噪声规则 noise/*.toml", "从版本库恢复它")
    noise = tuple(rule for pack in packs for rule in _noise(pack))
    markers = tuple(_markers(files["outline"]))
    forms = _forms(files["forms"]) | _forms(files["guard"])
    occasions = tuple(Named(row["id"], pattern) for row, pattern in _checked(files["occasions"], "occasion"))
    levels = tuple(Named(row["id"], pattern) for row, pattern in _checked(files["levels"], "level"))
    words = wording.script(files["script"]), wording.damage(files["damage"]), wording.masks(files["masks"])
    _unique([r.id for r in noise] + [m.id for m in markers] + list(forms), folder)
    digest = hashlib.sha256("\0".join(f.text for f in (*files.values(), *packs)).encode()).hexdigest()[:16]
    openers = tuple(files["outline"].data.get("openers", ()))
    steps = {row["id"]: row["reason"] for row in files["steps"].rows("step", {"id", "reason"})}
    return Rulebook(noise, markers, forms, occasions, levels, *words, openers, steps, digest)


def extended(book: Rulebook, path: Path) -> tuple[Rulebook, tuple[str, ...]]:
    """``book`` with the rules of one more file, and their ids: [[rule]], [[form]] and [[marker]], checked like all others.

    One whose id the book has already takes its place, so that a change of a rule can be tried too.
    Raises SpeechError for a file that holds none of these or a rule that is not sound.
    """
    file = _File(path)
    noise = {r.id: r for r in book.noise} | {r.id: r for r in _noise(file)}
    markers = {m.id: m for m in book.markers} | {m.id: m for m in _markers(file)}
    forms = dict(book.forms) | _forms(file)
    names = tuple(str(row.get("id")) for table in ("rule", "form", "marker") for row in file.data.get(table, []))
    if not names:
        raise SpeechError(str(path), None, "文件里没有 [[rule]]、[[form]] 或 [[marker]]", "照 rules/README.md 写一条")
    _unique(names, path)
    digest = hashlib.sha256(f"{book.digest}\0{file.text}".encode()).hexdigest()[:16]
    new = replace(book, noise=tuple(noise.values()), markers=tuple(markers.values()), forms=forms, digest=digest)
    return new, names


@lru_cache(maxsize=1)
def default() -> Rulebook:
    """The rulebook that ships with the package, compiled once in a process."""
    return load()
