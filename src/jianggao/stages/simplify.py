"""Traditional → Simplified with OpenCC t2s, then our own tables for what it leaves. Wording is never touched.

A Traditional line is converted as a whole, since t2s knows its words. In any other line only characters change that no
Simplified text has: t2s reads the rest as Traditional too and would make 沉思 of the name 沈思 and 打坯 of 打坏.
``tw2sp`` and ``hk2sp`` rewrite words (程序→进程) and are not used anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Set
from functools import cache

import opencc

from jianggao.audit import Edit, Lines, Rule, Sheet, sheet
from jianggao.model import Script
from jianggao.rulebook import Rulebook
from jianggao.wording import Phrase

_t2s = opencc.OpenCC("t2s")
_s2t = opencc.OpenCC("s2t")
IDEOGRAPHS = (range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x323B0))
FEW = 30
SLIPS = 3
"""With fewer different Traditional characters a Simplified text is not mixed; mixed ones of corpus and samples have 17 and more."""
BARE = "後"
"""In GB 2312, though no Simplified word is written with it."""


def _told_apart(convert: Callable[[str], str], charset: str, more: str = "") -> frozenset[str]:
    """The ideographs that ``convert`` changes and ``charset``, the national set of its target, does not have."""
    every = [chr(code) for block in IDEOGRAPHS for code in block]
    known = set("".join(every).encode(charset, "ignore").decode(charset)) - set(more)
    after = convert("\n".join(every)).split("\n")  # a line each, so that no two make a word
    return frozenset(a for a, b in zip(every, after, strict=True) if a != b and a not in known)


@cache
def _traditional(names: frozenset[str]) -> tuple[frozenset[str], re.Pattern[str]]:
    """Characters that only Traditional text has, and a search for them. ``names`` are kept for names in Simplified text.

    乾, 於, 徵 and the like, which GB 2312 has too, are none of them.
    """
    only = _told_apart(_t2s.convert, "gb2312", BARE) - names
    plain = "".join(sorted(char for char in only if char < "\U00010000"))
    return only, re.compile(f"[{plain}\U00020000-\U000323af]")


@cache
def _simplified() -> frozenset[str]:
    """Characters that only Simplified text has; 里, 后 and the like, which Big5 has too, are none of them."""
    return _told_apart(_s2t.convert, "big5")


def _count(text: str, characters: Set[str]) -> int:
    """How many characters of ``text`` are among ``characters``: a few are counted one by one, which is faster."""
    return sum(map(text.count, characters) if len(characters) <= FEW else map(characters.__contains__, text))


def _counted(text: str, names: frozenset[str]) -> tuple[int, int]:
    """How many characters of ``text`` only Traditional, and only Simplified text has."""
    return _count(text, _traditional(names)[0]), _count(text, _simplified())


def script_of(lines: Lines, book: Rulebook) -> Script:
    """Which script the decoded lines are in, by the characters that only one of the two scripts has.

    The share of Traditional ones among them, measured on seeds, corpus, samples and the blind files: 0 in Simplified texts
    (0.006 in one with a slip), 0.025 and 0.049 where the scripts are mixed, from 0.975 on in Traditional ones.
    """
    return sheet(lines).once((script_of, book), lambda: _script_of(sheet(lines), book))


def _script_of(lines: Sheet, book: Rulebook) -> Script:
    only = lines.characters & _traditional(book.script.names)[0]
    if not only:
        return "simplified"
    simplified = _count(lines.whole, lines.characters & _simplified())
    if len(only) >= 9 * simplified:
        return "traditional"  # whatever their count is
    traditional = _count(lines.whole, only)
    slips = traditional < simplified and len(only) < SLIPS
    if slips or traditional * 100 <= traditional + simplified:
        return "simplified"
    return "traditional" if simplified * 10 <= traditional + simplified else "mixed"


def _only_where(only: frozenset[str], text: str) -> str:
    """``text`` with nothing but its Traditional characters converted, each as its words ask for."""
    after = _t2s.convert(text)
    if len(after) != len(text):  # no entry of t2s changes a length; a later release might
        after = "".join(_t2s.convert(char) for char in text)
    return "".join(b if a in only else a for a, b in zip(text, after, strict=True))


def _lines_converted(lines: Lines, book: Rulebook) -> Iterable[str]:
    """The lines of a Traditional text, each converted as a whole: all at once, since no word goes over the end of a line."""
    phrases = tuple(p for p in book.script.phrases if p.traditional)
    after = _t2s.convert(sheet(lines).whole).split("\n")
    if len(after) != len(lines):  # a line with a line break in it
        after = [_t2s.convert(line.text) for line in lines]
    for line, text in zip(lines, after, strict=True):
        yield _phrased(_guarded(line.text, book, text), book, phrases)


def _converted(text: str, whole: bool, book: Rulebook) -> str:
    """One line that has a Traditional character, or still has one although its file (``whole``) was Traditional."""
    only, search = _traditional(book.script.names)
    traditional, simplified = (0, 0) if whole else _counted(text, book.script.names)
    if traditional and traditional >= 2 * simplified:
        text = _guarded(text, book, _t2s.convert(text))
        text = _phrased(text, book, tuple(p for p in book.script.phrases if p.traditional))
    for _ in range(3):  # what t2s leaves inside a phrase of its own (不可貲計) is a character like any other
        if not search.search(text):
            break
        text = _guarded(text, book, _only_where(only, text))
    return text


def _guarded(text: str, book: Rulebook, after: str) -> str:
    """What became of ``text``, with the characters of protected places put back."""
    if after == text:
        return text
    spans = [m.span() for char, pattern in book.script.protected if char in text for m in pattern.finditer(text)]
    if spans and len(after) == len(text):
        held = {i for start, end in spans for i in range(start, end)}
        after = "".join(a if i in held else b for i, (a, b) in enumerate(zip(text, after, strict=True)))
    return after


def _phrased(text: str, book: Rulebook, phrases: tuple[Phrase, ...]) -> str:
    for phrase in phrases:
        if phrase.char in text:
            text = _guarded(text, book, phrase.pattern.sub(phrase.to, text))
    return text


def rules(book: Rulebook) -> tuple[Rule, ...]:
    """The line passes of this stage, in order."""
    table = book.script.variants
    old, search = frozenset(table), re.compile(f"[{''.join(table)}]")

    def t2s(lines: Lines) -> Iterable[Edit]:
        only, traditional = _traditional(book.script.names)
        if only.isdisjoint(sheet(lines).alphabet):
            return
        whole = script_of(lines, book) == "traditional"
        for index, text in enumerate(_lines_converted(lines, book) if whole else [line.text for line in lines]):
            if traditional.search(text):
                text = _converted(text, whole, book)  # noqa: PLW2901 - the line as it will be
            if text != lines[index].text:
                yield Edit(index, text)

    def variants(lines: Lines) -> Iterable[Edit]:
        here = not old.isdisjoint(sheet(lines).alphabet) and search.search(sheet(lines).whole)
        for index, line in enumerate(lines if here else ()):
            if (text := search.sub(lambda m: table[m[0]], line.text)) != line.text:
                yield Edit(index, text)

    return (Rule("script/t2s", t2s), Rule("script/variants", variants, "".join(table.values())), *words(book))


def words(book: Rulebook) -> tuple[Rule, ...]:
    """The phrases alone: once more behind the noise rules, which take out what stood inside a word (趴(pā)著)."""
    phrases = tuple(p for p in book.script.phrases if not p.traditional)

    def find(lines: Lines) -> Iterable[Edit]:
        here = tuple(p for p in phrases if p.char in sheet(lines).alphabet)
        for index, line in enumerate(lines if here else ()):
            if (text := _phrased(line.text, book, here)) != line.text:
                yield Edit(index, text)

    return (Rule("script/phrases", find, "".join(p.to for p in phrases)),)
