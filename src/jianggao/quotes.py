"""Quotation marks: corner and straight ones made curly, marks that point the wrong way turned, lost ones mended.

Mended is only what something in the file bears out (see `_closing` and `_opening`); the rest is left and told by `unpaired`.
Each finder is that of one audited rule (see `jianggao.audit.Rule`). A quotation may run over paragraphs: then each of
them opens it again, or only the first opens and only the last closes it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .audit import Edit, Lines, sheet

HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
CORNERS = str.maketrans("﹁﹂﹃﹄｢｣〝〞〟＂＇", "「」『』「」“””\"'")
CORNER = re.compile("[「」『』]")
ANY = re.compile("[「」『』“”‘’]")
ODD = frozenset("﹁﹂﹃﹄｢｣〝〞〟＂＇「」『』")
PAIRS = {"「": "」", "『": "』"}
INNER = {"“": "‘", "‘": "“"}
CLOSE = {"“": "”", "‘": "’"}
HAS_HAN = re.compile(f"[{HAN}]")
INCHES = re.compile(r'\d"')
INCH = re.compile(r'(?<!\d)"')
SINGLE = re.compile(rf"(?<![A-Za-z0-9])'([^'\"“”‘’]{{0,40}}[{HAN}][^'\"“”‘’]{{0,40}})'(?![A-Za-z0-9])")
MARKS = re.compile("[“”]")
SOUND = re.compile("[^“”]*+(?:“[^“”]*+”[^“”]*+)*+")
"""A line whose marks pair; most lines are such."""
BEHIND = "，。；：、！？）》…”’"
"""No opening mark stands right before these."""
BEFORE = "：（《、“‘"
"""No closing mark stands right behind these."""
QUOTED = re.compile("“([^“”，。；：！？…]{2,16})”")
BROKEN = re.compile("[。；：！？，]")
TERM = re.compile(f"“([{HAN}A-Za-z0-9]{{2,8}})(?=[，。；！？]|$)")
ITEM = re.compile(f"“[{HAN}A-Za-z0-9]{{2,12}}(?=、“)")
LINKING = re.compile("[和与及或、到跟同是的]")


def _open_at_end(text: str) -> bool:
    """Whether a corner quotation that ``text`` opens is still open at its end."""
    return text.count("「") == text.count("」") + 1 and text.rfind("「") > text.rfind("」")


def _spans_lines(texts: Sequence[str]) -> set[int]:
    """Indexes of the lines over which a corner quotation runs, with a line that closes it within twenty lines."""
    out: set[int] = set()
    for start, text in enumerate(texts):
        if start in out or not _open_at_end(text):
            continue
        for end in range(start + 1, min(start + 20, len(texts))):
            now = texts[end]
            if now and now.count("」") == now.count("「") + (0 if now.startswith("「") else 1) and "」" in now:
                out |= set(range(start, end + 1))
                break
            if ANY.search(now) and not (now.startswith("「") and _open_at_end(now)):
                break
    return out


def corner(lines: Lines) -> Iterable[Edit]:
    """Corner quotes become “” outside and ‘’ inside, where they pair within the line or over several lines."""
    now = sheet(lines)
    if not any(mark in now.whole for mark in ODD & now.alphabet):
        return
    texts = [line.text.translate(CORNERS) for line in lines]
    plain = not any("「" in text for text in texts)
    spanning = _spans_lines(texts)
    for i, text in enumerate(texts):
        if CORNER.search(text) and (i in spanning or _paired(text)):
            text = _curled(text, plain)  # noqa: PLW2901 - the line as it will be
        if text != lines[i].text:
            yield Edit(i, text)


def _paired(text: str) -> bool:
    """Whether every corner mark of a line has its other half, each inside the other."""
    waiting: list[str] = []
    for mark in CORNER.findall(text):
        if mark in PAIRS:
            waiting.append(PAIRS[mark])
        elif not waiting or waiting.pop() != mark:
            return False
    return not waiting


def _curled(text: str, plain: bool) -> str:
    """「」 become “”, 『』 become ‘’; inside one of them the other kind. 『』 are the outer ones where they hold 「」, and in
    a file that has no 「」 at all (``plain``)."""
    open_marks: list[str] = []
    out = []
    for at, char in enumerate(text):
        if char in "「『":
            outer = plain or char == "「" or "「" in text[at : text.find("』", at) + 1]
            out.append(INNER[open_marks[-1]] if open_marks else "“" if outer else "‘")
            open_marks.append(out[-1])
        elif char in "」』":
            out.append(CLOSE[open_marks.pop()] if open_marks else "”’"[char == "』" and not plain])
        else:
            if char in "“‘":
                open_marks.append(char)
            elif char in "”’" and open_marks:
                open_marks.pop()
            out.append(char)
    return "".join(out)


def straight(text: str) -> str:
    """Straight quotes become curly ones: double ones where they are even in number and none is a measure of inches, single
    ones around Chinese words. Apostrophes stay.

    >>> straight('要抓"关键少数"，也要抓"绝大多数"')
    '要抓“关键少数”，也要抓“绝大多数”'
    """
    if '"' in text and text.count('"') % 2 == 0 and HAS_HAN.search(text) and not INCHES.search(text):
        parts = text.split('"')
        text = "".join(p + ("“" if i % 2 == 0 else "”") for i, p in enumerate(parts[:-1])) + parts[-1]
    return SINGLE.sub(r"‘\1’", text) if "'" in text else text


def turned(text: str) -> str:
    """Marks that point the wrong way: “甲“， and ：”甲”, and a line where all are the wrong way round (抓”甲“促”乙“).

    >>> turned("落实“三会一课“，做到：”讲实话”")
    '落实“三会一课”，做到：“讲实话”'
    """
    if SOUND.fullmatch(text):
        return text
    found = "".join(MARKS.findall(text))
    if found in ("”“" * (len(found) // 2), "") and found and _reversed(text):
        return text.translate(str.maketrans("“”", "”“"))
    chars = list(text)
    inside = False
    for m in MARKS.finditer(text):
        at, before, after = m.start(), text[m.start() - 1 : m.start()], text[m.end() : m.end() + 1]
        if inside and m[0] == "“" and (not after or after in BEHIND):
            chars[at] = "”"
        elif not inside and m[0] == "”" and before and before in BEFORE and re.match(f"[{HAN}0-9A-Za-z]", after):
            rest = MARKS.search(text, m.end())
            if rest is not None and not BROKEN.search(text, m.end(), rest.start()):
                chars[at] = "“"
        inside = chars[at] == "“"
    return "".join(chars)


def _reversed(text: str) -> bool:
    """Whether every ”…“ holds a word or two and not the words between two quotations that began in another line."""
    inner = text.replace("“", "”").split("”")[1::2]
    return all(2 <= len(words) <= 16 and not BROKEN.search(words) and not LINKING.match(words) for words in inner)


def _sound(text: str) -> bool:
    """Whether every double mark of a line has its other half there; most lines have none at all."""
    return ("“" not in text and "”" not in text) or bool(SOUND.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Lost:
    """A mark without its other half: the text at ``index`` of the lines, ``at`` characters in."""

    index: int
    at: int
    mark: str


def _lost(lines: Lines) -> list[Lost]:
    """All double marks without their other half, those of quotations over several lines left out."""
    out: list[Lost] = []
    held: Lost | None = None  # opened in an earlier line
    for i, line in enumerate(lines):
        if not line.text or (held is None and _sound(line.text)):
            continue
        if held is not None and line.text[0] == "“":
            held = None
        last: Lost | None = None
        for m in MARKS.finditer(line.text):
            here = Lost(i, m.start(), m[0])
            if m[0] == "“":
                out += [x for x in (last, held) if x]
                last, held = here, None
            elif last or held:
                last = held = None
            else:
                out.append(here)
        if last:
            held = last
        elif held and i - held.index > 20:
            out.append(held)
            held = None
    return out + ([held] if held else [])


@dataclass(frozen=True, slots=True)
class Evidence:
    """Terms that the file itself sets in quotes, each with the character ``behind`` or ``before`` it (see `_beside`):
    those that are paired somewhere, and behind also those opened twice and more with a mark right behind the term. Every
    term is there with 。 too."""

    behind: frozenset[tuple[str, str]]
    before: frozenset[tuple[str, str]]


def _beside(char: str) -> str:
    """A neighbour of a quotation: a character of a word, or 。 for any mark and for the end of the line."""
    return char if HAS_HAN.match(char) else "。"


def _evidence(lines: Lines, lost: Sequence[Lost]) -> Evidence:
    behind: set[tuple[str, str]] = set()
    before: set[tuple[str, str]] = set()
    for line in lines:
        for m in QUOTED.finditer(line.text):
            behind |= {(m[1], "。"), (m[1], _beside(line.text[m.end() : m.end() + 1]))}
            before |= {(m[1], "。"), (m[1], _beside(line.text[m.start() - 1 : m.start()]))}
    opened = (TERM.match(lines[x.index].text, x.at) for x in lost if x.mark == "“")
    often = Counter(m[1] for m in opened if m)
    return Evidence(frozenset(behind | {(w, "。") for w, count in often.items() if count >= 2}), frozenset(before))


def _closing(text: str, at: int, known: Evidence) -> int | None:
    """Where the lost closing mark of the “ at ``at`` stood. Sure are: before 、“ (one of several parallel items), and
    behind a term that the file sets in quotes elsewhere, the longest one."""
    parallel = ITEM.match(text, at)
    if parallel:
        return parallel.end()
    for end in range(min(at + 17, len(text)), at + 2, -1):
        words = text[at + 1 : end]
        if (words, "。") in known.behind and (words, _beside(text[end : end + 1])) in known.behind:
            return end
    return None


def _opening(text: str, at: int, known: Evidence) -> int | None:
    """Where the lost opening mark of the ” at ``at`` stood: before a term that the file sets in quotes elsewhere."""
    for start in range(max(0, at - 16), at - 1):
        words, char = text[start:at], text[start - 1 : start]
        told = (words, "。") in known.before and (words, _beside(char)) in known.before
        if told and char not in ("“", "”"):
            return start
    return None


def _mended(lines: Lines) -> dict[int, str]:
    lost = _lost(lines)
    if not lost:
        return {}
    known = _evidence(lines, lost)
    places: dict[int, set[tuple[int, str]]] = {}
    for x in lost:
        find = _closing if x.mark == "“" else _opening
        place = find(lines[x.index].text, x.at, known)
        if place is not None:
            places.setdefault(x.index, set()).add((place, "”" if x.mark == "“" else "“"))
    out = {}
    for index, marks in places.items():
        text = lines[index].text
        pieces, last = [], 0
        for place, mark in sorted(marks):
            pieces += [text[last:place], mark]
            last = place
        out[index] = "".join(pieces) + text[last:]
    return out


def mended(lines: Lines) -> Iterable[Edit]:
    """Lost marks put back where the file itself tells where they stood. What is mended tells of more: four rounds."""
    now = list(lines)
    touched: set[int] = set()
    for _ in range(4):
        found = _mended(now)
        touched |= set(found)
        now = [replace(line, text=found[i]) if i in found else line for i, line in enumerate(now)]
        if not found:
            break
    yield from (Edit(i, now[i].text) for i in sorted(touched))


def unpaired(lines: Lines) -> list[tuple[int, str, int]]:
    """What is left: line number, the words at its first mark without other half (up to 12 characters), and how many."""
    first: dict[int, Lost] = {}
    count: Counter[int] = Counter()
    for x in _lost(lines):
        first.setdefault(x.index, x)
        count[x.index] += 1
    whole = "\n".join([line.text for line in lines])
    for i, line in enumerate(lines if any(map(whole.__contains__, '「」『』"')) else ()):
        left = CORNER.search(line.text) or (
            line.text.count('"') % 2 and HAS_HAN.search(line.text) and INCH.search(line.text)
        )
        if left and i not in first:
            first[i], count[i] = Lost(i, left.start(), left[0]), 1
    return [(lines[i].number, _words(lines[i].text, first[i]), count[i]) for i in sorted(first)]


def _words(text: str, lost: Lost) -> str:
    return text[lost.at : lost.at + 12] if lost.mark != "”" else text[max(0, lost.at - 11) : lost.at + 1]
