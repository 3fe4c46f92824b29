"""How a line pass is run and recorded: one funnel, so that nothing disappears unrecorded.

A rule looks at all lines at once and yields edits; only `run` applies them. A rule never sees a line that an earlier rule
removed, and never adds one: joining two lines is an edit of the first and a removal of the second. Hence the whole trail
is a list of `Change`, and `replay` is a few lines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from .model import Change, Fact, Line

Lines = Sequence[Line]
T = TypeVar("T")


class _Told(dict[str, bool]):
    """What a question says of texts, asked when it is first looked for."""

    def __init__(self, ask: Callable[[str], bool]) -> None:
        self.ask = ask

    def __missing__(self, text: str) -> bool:
        told = self[text] = self.ask(text)
        return told


class Sheet(list[Line]):
    """The lines as `run` shows them to a rule. What many rules ask about all of them is worked out once; most rules look
    there for what they need, and into the lines only when it is there. In ``notes``, which all sheets of a run share, a
    finder keeps what it knows, under a key of its own."""

    def __init__(self, lines: Iterable[Line], before: Sheet | None = None) -> None:
        super().__init__(lines)
        self.notes: dict[Any, Any] = before.notes if before else {}
        self._answers: dict[Any, Any] = {}

    def once(self, key: Any, ask: Callable[[], T]) -> T:
        """What ``ask`` says of these very lines, asked once for all who come with the same ``key``."""
        if key not in self._answers:
            self._answers[key] = ask()
        answer: T = self._answers[key]
        return answer

    def told(self, key: Any, ask: Callable[[str], bool]) -> Callable[[str], bool]:
        """``ask`` with a memory: what it says of a text it is asked once in a run."""
        told: _Told = self.notes.setdefault(key, _Told(ask))
        return told.__getitem__

    @cached_property
    def whole(self) -> str:
        """The text, line by line."""
        return "\n".join([line.text for line in self])

    @cached_property
    def characters(self) -> set[str]:
        return set(self.whole)

    @cached_property
    def alphabet(self) -> set[str]:
        """The characters of the lines, and of other lines of the run: what is not there need not be looked for. Sheets of
        which only few lines differ share it."""
        return set(self.characters)

    def edited(self, lines: Iterable[Line], new: Sequence[str], makes: str | None) -> Sheet:
        """The sheet with ``lines`` in place of its own, of which the texts ``new`` may have other characters: those that
        the rule ``makes``, if it tells."""
        other = Sheet(lines, self)
        if "alphabet" in vars(self) and (makes is not None or 2 * len(new) <= len(self)):
            other.alphabet = self.alphabet
            other.alphabet.update(*(new if makes is None else makes))
        return other


def sheet(lines: Lines) -> Sheet:
    """``lines`` as a sheet; those that a rule is given by `run` are one."""
    return lines if isinstance(lines, Sheet) else Sheet(lines)


@dataclass(frozen=True, slots=True)
class Edit:
    """What a rule wants done to the line at ``index`` (from 0, in the lines it was given): None removes it."""

    index: int
    after: str | None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A named line pass. ``id`` is the one word for it: in the trail, in the docs, in the tests. ``makes`` are the characters
    that it may bring into a line, among others; None where they may be any."""

    id: str
    find: Callable[[Lines], Iterable[Edit]]
    makes: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Rules that run in order, of which most have nothing to do with most texts. ``due`` gives the positions, rising, of
    those that may find something in the lines; it is asked again when one of them has changed any."""

    rules: tuple[Rule, ...]
    due: Callable[[Lines], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Passed:
    """The lines after some rules, the trail and what the removed notices said."""

    lines: tuple[Line, ...]
    changes: tuple[Change, ...] = ()
    facts: tuple[Fact, ...] = ()


def run(rules: Iterable[Rule | Group], lines: Lines) -> Passed:
    """Apply ``rules`` in order to ``lines``. An edit that changes nothing leaves only its facts.

    >>> hide = Rule("x/hide", lambda ls: [Edit(i, None) for i, l in enumerate(ls) if l.text == "广告"])
    >>> run([hide], [Line(1, "正文"), Line(2, "广告")]).changes
    (Change(rule='x/hide', line=2, before='广告', after=None),)
    """
    now = sheet(lines)
    changes: list[Change] = []
    facts: list[Fact] = []
    for rule in rules:
        if isinstance(rule, Rule):
            now = _apply(rule, now, changes, facts)
            continue
        at, due = -1, rule.due(now)
        while (place := bisect_right(due, at)) < len(due):
            at, before = due[place], now
            now = _apply(rule.rules[at], now, changes, facts)
            due = due if now is before else rule.due(now)
    return Passed(tuple(now), tuple(changes), tuple(facts))


def _apply(rule: Rule, now: Sheet, changes: list[Change], facts: list[Fact]) -> Sheet:
    """The lines after one rule; what it did and found is added to ``changes`` and ``facts``."""
    edited: list[Line | None] = []
    new: list[str] = []
    for edit in rule.find(now):
        facts.extend(edit.facts)
        current = (edited or now)[edit.index]
        if current is None or edit.after == current.text:
            continue
        if edit.after is not None and "\n" in edit.after:
            raise ValueError(f"{rule.id}: a line pass must not split line {current.number}")
        edited = edited or list(now)
        changes.append(Change(rule.id, current.number, current.text, edit.after))
        if (after := edit.after) is None:
            edited[edit.index] = None
            continue
        edited[edit.index] = Line(current.number, after, current.zone)
        if after not in current.text:
            new.append(after)
    return now.edited((line for line in edited if line is not None), new, rule.makes) if edited else now


def replay(lines: Lines, changes: Iterable[Change]) -> tuple[Line, ...]:
    """The decoded ``lines`` with the trail applied: exactly the final lines of the reading.

    Raises ValueError when an entry does not fit the line it names, that is, when the trail is not the text's own.
    """
    now = {line.number: line for line in lines}
    for change in changes:
        line = now.get(change.line)
        if line is None or line.text != change.before:
            raise ValueError(f"{change.rule}: line {change.line} does not say {change.before!r}")
        if change.after is None:
            del now[change.line]
        else:
            now[change.line] = replace(line, text=change.after)
    return tuple(now.values())
