"""rules/*.toml → a frozen Rulebook. What a rule of the trade says stands there as data, with its reason and examples.

A rulebook refuses what is empty, duplicate, unknown or without example, and every example must be caught and every
counterexample left alone, so a bad rule stops the build and not the reader.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from .errors import SpeechError

BYLINES = ("byline", "byline-glued", "byline-reversed", "role-line", "name-date")
DATES = ("date-line", "date-bracket")
"""Forms that tell who speaks, and when."""
MAX_FORM = 300
"""Longest line (characters) that can be a title, byline or label; the longest title of seeds, corpus and samples has 36."""
RULES = Path(__file__).parent / "rules"

Action = Literal["drop", "cut", "replace"]
Where = Literal["any", "head", "tail", "edge"]
ACTIONS: dict[str, Action] = {"drop": "drop", "cut": "cut", "replace": "replace"}
WHERES: dict[str, Where] = {"any": "any", "head": "head", "tail": "tail", "edge": "edge"}


@dataclass(frozen=True, slots=True)
class NoiseRule:
    """One rule of rules/noise*.toml. ``drop`` wants the whole line, ``cut`` and ``replace`` a part of it.

    ``where`` is ``head`` for what may only stand before the first line of the speech, ``tail`` after its last,
    ``edge`` for both.
    ``facts`` maps a field to a template over the pattern's named groups.
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
    """A word form of rules/forms.toml. What it looks for is short, so no pattern ever runs over a whole long line."""

    pattern: re.Pattern[str]

    def search(self, text: str) -> re.Match[str] | None:
        """For forms that are a line of their own: None on any line over ``MAX_FORM`` characters."""
        return self.pattern.search(text) if len(text) <= MAX_FORM else None

    def match(self, text: str) -> re.Match[str] | None:
        """For forms that open a line, however long it is."""
        return self.pattern.match(text[:MAX_FORM])

    def tail(self, text: str) -> re.Match[str] | None:
        """For forms that end a line, however long it is; offsets are those of ``text``."""
        return self.pattern.search(text, max(0, len(text) - MAX_FORM))


@dataclass(frozen=True, slots=True)
class Named:
    """A named pattern: a word form of the genre (title, salutation, label, byline …)."""

    id: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All editorial data, compiled once. ``digest`` changes when any rule file changes."""

    noise: tuple[NoiseRule, ...]
    markers: tuple[Marker, ...]
    forms: Mapping[str, Form]
    occasions: tuple[Named, ...]
    variants: Mapping[str, str]
    openers: tuple[str, ...]
    digest: str


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

    def compile(self, name: str, pattern: str) -> re.Pattern[str]:
        try:
            return re.compile(pattern)
        except re.error as error:
            raise self.complain(name, f"规则 {name} 的 pattern 不是合格的正则表达式：{error}", "改正 pattern") from None


def matches(rule: NoiseRule, text: str) -> re.Match[str] | None:
    """Where ``rule`` would act on a line that says ``text``: the whole line for ``drop``, else its first place."""
    return rule.pattern.fullmatch(text) if rule.action == "drop" else rule.pattern.search(text)


def _noise(file: _File) -> Iterable[NoiseRule]:
    required = {"id", "reason", "pattern", "action", "example", "counterexample"}
    for row in file.rows("rule", required, {"where", "with", "facts", "formats"}):
        name = row["id"]
        if row["action"] not in ACTIONS or row.get("where", "any") not in WHERES:
            raise file.complain(
                name,
                f"规则 {name} 的 action 或 where 不认识",
                "action：drop、cut、replace；where：any、head、tail、edge",
            )
        rule = NoiseRule(
            name,
            row["reason"],
            file.compile(name, row["pattern"]),
            ACTIONS[row["action"]],
            WHERES[row.get("where", "any")],
            row.get("with", ""),
            tuple(row.get("formats", ())),
            tuple(row.get("facts", {}).items()),
            tuple(row["example"]),
            tuple(row["counterexample"]),
        )
        for text in rule.examples:
            if not matches(rule, text):
                raise file.complain(name, f"规则 {name} 抓不到自己的例子：{text}", "改 pattern 或改例子")
        for text in rule.counterexamples:
            if matches(rule, text):
                raise file.complain(name, f"规则 {name} 误伤反例：{text}", "把 pattern 写得更严")
        yield rule


def _checked(file: _File, table: str) -> Iterable[tuple[dict[str, Any], re.Pattern[str]]]:
    required = {"id", "reason", "pattern", "example", "counterexample"}
    for row in file.rows(table, required, {"rank", "start_only"}):
        pattern = file.compile(row["id"], row["pattern"])
        for text in row["example"]:
            if not pattern.search(text):
                raise file.complain(row["id"], f"{row['id']} 抓不到自己的例子：{text}", "改 pattern 或改例子")
        for text in row["counterexample"]:
            if pattern.search(text):
                raise file.complain(row["id"], f"{row['id']} 误伤反例：{text}", "把 pattern 写得更严")
        yield row, pattern


def _unique(names: Iterable[str], path: Path) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise SpeechError(str(path), None, f"规则 {name} 出现了两次", "留下一条，或换一个 id")
        seen.add(name)


def load(folder: Path = RULES) -> Rulebook:
    """Read and check every rule file of ``folder``. Raises SpeechError naming file, line and what to mend."""
    files = {path.stem: _File(path) for path in sorted(folder.glob("*.toml"))}
    for need in ("noise", "outline", "forms", "occasions", "script"):
        if need not in files:
            raise SpeechError(str(folder), None, f"缺少规则文件 {need}.toml", "从版本库恢复它")
    noise = tuple(r for stem, f in files.items() if stem.startswith("noise") for r in _noise(f))
    outline = files["outline"]
    markers = tuple(
        Marker(row["id"], pattern, int(row.get("rank", 0)), bool(row.get("start_only", False)))
        for row, pattern in _checked(outline, "marker")
    )
    forms = {row["id"]: Form(pattern) for row, pattern in _checked(files["forms"], "form")}
    occasions = tuple(Named(row["id"], pattern) for row, pattern in _checked(files["occasions"], "occasion"))
    variants = {row["id"]: row["to"] for row in files["script"].rows("variant", {"id", "to", "reason", "example"})}
    _unique([r.id for r in noise] + [m.id for m in markers] + list(forms), folder)
    digest = hashlib.sha256("\0".join(f.text for f in files.values()).encode()).hexdigest()[:16]
    return Rulebook(noise, markers, forms, occasions, variants, tuple(outline.data.get("openers", ())), digest)


@lru_cache(maxsize=1)
def default() -> Rulebook:
    """The rulebook that ships with the package, compiled once in a process."""
    return load()
