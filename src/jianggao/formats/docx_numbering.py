"""The numbers that Word draws before list paragraphs and that stand nowhere in their text: 一、 （一） 1. 第一章.

They are worked out from numbering.xml as Word does it: a paragraph names a list (``numId``) and a level, the list names an
abstract list, and every level of that has a start, a format and a pattern such as ``（%1）`` or ``%1.%2``. Paragraph styles
can name a list too. Source: ECMA-376, part 1, section 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
LEVELS = 9
LARGEST = 9_999
"""Above this a number is written in digits: no speech counts so far, and no format has signs for it."""
SIMPLE = "〇一二三四五六七八九"
LEGAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def _counted(number: int, digits: str, units: str) -> str:
    """十一, 二十, 一百零五: ``units`` are the signs for ten, hundred and thousand."""
    if number <= 0 or number > LARGEST:
        return str(number)
    out, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(out)
            continue
        one_ten = place == 1 and digit == 1 and not out and digits is SIMPLE
        zero = "零" if gap else ""
        out += zero + ("" if one_ten else digits[digit]) + (units[place - 1] if place else "")
        gap = False
    return out


def _digits(number: int) -> str:
    return "".join(SIMPLE[int(d)] for d in str(number))


def _roman(number: int) -> str:
    signs = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"],
        strict=True,
    )
    out = ""
    for value, sign in signs:
        out += sign * (number // value)
        number %= value
    return out


def _letters(number: int) -> str:
    """a … z, then aa … zz, as Word counts on."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else str(number)


def _signs(first: str, count: int) -> Callable[[int], str]:
    """Formats whose signs follow one another in Unicode (①②…), digits beyond the last."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= count else str(number)


def _chinese(number: int) -> str:
    return _counted(number, SIMPLE, "十百千")


FORMATS: Mapping[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": lambda n: str(n).translate({ord("0") + d: 0xFF10 + d for d in range(10)}),
    "upperRoman": lambda n: _roman(n) if 0 < n <= LARGEST else str(n),
    "lowerRoman": lambda n: _roman(n).lower() if 0 < n <= LARGEST else str(n),
    "upperLetter": lambda n: _letters(n).upper() if n <= LARGEST else str(n),
    "lowerLetter": lambda n: _letters(n) if n <= LARGEST else str(n),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _digits,
    "taiwaneseDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "chineseLegalSimplified": lambda n: _counted(n, LEGAL_SIMPLIFIED, "拾佰仟"),
    "ideographLegalTraditional": lambda n: _counted(n, LEGAL_TRADITIONAL, "拾佰仟"),
    "ideographTraditional": lambda n: STEMS[(n - 1) % 10],
    "ideographZodiac": lambda n: BRANCHES[(n - 1) % 12],
    "decimalEnclosedCircle": _signs("①", 20),
    "decimalEnclosedCircleChinese": _signs("①", 20),
    "decimalEnclosedParen": _signs("⑴", 20),
    "decimalEnclosedFullstop": _signs("⒈", 20),
    "ideographEnclosedCircle": _signs("㊀", 10),
}
"""Word's names of the formats that Chinese documents use; every other one is written in digits."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. ``restart`` is the level (from 1) whose next item starts it anew, 0 never, None any above."""

    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    legal: bool = False
    restart: int | None = None
    suffix: str = "tab"
    style: str = ""


@dataclass(slots=True)
class _List:
    """One ``numId``: its levels, the counters that it shares with all lists of the same abstract list, own starts."""

    levels: tuple[Level, ...]
    counters: list[int | None]
    starts: dict[int, int] = field(default_factory=dict)


def _value(parent: Any, tag: str, default: str = "") -> str:
    found = parent.find(W + tag) if parent is not None else None
    return default if found is None else str(found.get(VAL, default))


def _number(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else default


def _level(element: Any) -> Level:
    restart = _value(element, "lvlRestart")
    legal = element.find(W + "isLgl")
    return Level(
        start=_number(_value(element, "start"), 1),
        format=_value(element, "numFmt", "decimal"),
        pattern=_value(element, "lvlText"),
        legal=legal is not None and legal.get(VAL, "1") not in ("0", "false"),
        restart=_number(restart, 0) if restart else None,
        suffix=_value(element, "suff", "tab"),
        style=_value(element, "pStyle"),
    )


def _levels(element: Any, into: tuple[Level, ...]) -> tuple[Level, ...]:
    out = list(into)
    for child in element.findall(W + "lvl"):
        index = _number(child.get(W + "ilvl", "0"), 0)
        if index < LEVELS:
            out[index] = _level(child)
    return tuple(out)


class Numbering:
    """All lists of a document and how far each has counted. ``label`` has to be asked in document order."""

    def __init__(self, root: Any | None, style_lists: Mapping[str, str] | None = None) -> None:
        """``root`` is the element of numbering.xml, None where there is none; ``style_lists`` maps the id of a list style
        to the list that it names."""
        self.lists: dict[str, _List] = {}
        if root is None:
            return
        abstract: dict[str, Any] = {a.get(W + "abstractNumId"): a for a in root.findall(W + "abstractNum")}
        named = {n.get(W + "numId"): _value(n, "abstractNumId") for n in root.findall(W + "num")}
        blank = (Level(),) * LEVELS
        levels: dict[str, tuple[Level, ...]] = {}
        for key, element in abstract.items():
            link = (style_lists or {}).get(_value(element, "numStyleLink"), "")
            levels[key] = _levels(abstract.get(named.get(link, ""), element), blank)
        counters: dict[str, list[int | None]] = {key: [None] * LEVELS for key in abstract}
        for num in root.findall(W + "num"):
            self._add(num, levels, counters)

    def _add(self, num: Any, levels: Mapping[str, tuple[Level, ...]], counters: Mapping[str, list[int | None]]) -> None:
        key = _value(num, "abstractNumId")
        if key not in levels:
            return
        made = _List(levels[key], counters[key])
        for override in num.findall(W + "lvlOverride"):
            index = _number(override.get(W + "ilvl", "0"), 0)
            made.levels = _levels(override, made.levels)
            begin = _value(override, "startOverride")
            if begin and index < LEVELS:
                made.starts[index] = _number(begin, 1)
        self.lists[num.get(W + "numId")] = made

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level that a list gives to paragraphs of ``style``."""
        found = self.lists.get(list_id)
        return next((i for i, x in enumerate(found.levels) if x.style == style), None) if found else None

    def label(self, list_id: str, level: int) -> str:
        """The number of the next paragraph of list ``list_id`` at ``level`` (from 0) as Word shows it, with a space behind
        it where it ends in no mark; empty for bullets and unknown lists."""
        found = self.lists.get(list_id)
        if found is None or not 0 <= level < LEVELS:
            return ""
        begin = found.starts.pop(level, None)
        before = found.counters[level]
        own = found.levels[level]
        found.counters[level] = begin if begin is not None else own.start if before is None else before + 1
        for deeper in range(level + 1, LEVELS):
            restart = found.levels[deeper].restart
            if restart is None or level < restart:
                found.counters[deeper] = None
        return _drawn(found, level)


def _drawn(found: _List, level: int) -> str:
    own = found.levels[level]
    if own.format == "bullet":
        return ""

    def one(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        shown = replace(found.levels[index], format="decimal") if own.legal else found.levels[index]
        number = found.counters[index]
        return FORMATS.get(shown.format, str)(shown.start if number is None else number)

    text = re.sub("%([1-9])", one, own.pattern)
    close = own.suffix == "nothing" or not text or re.search(r"[、，。．：；）)\]】〕.·]\s*$", text)
    return text if close else f"{text.rstrip()} "
