"""What forums and sites write around a text: anti-copy scraps and lists of related titles.

Each function is the finder of one audited rule (see `jianggao.audit.Rule`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .audit import Edit, Lines
from .rulebook import Rulebook

JUNK_RUN = re.compile(r"[\x20-\x7e]{5,}")
MAX_TAIL, MAX_TAIL_LINE = 60, 100
"""A block below the speech is short, in lines and in characters a line; anything longer may be speech."""
SYMBOL = re.compile(r"[!-/:-@\[-`{-~]")


def _junk_strength(run: str, whole: bool) -> int:
    """2 for what only an anti-copy plugin writes (many one- and two-letter scraps with symbols), 1 for what could be."""
    tokens = run.split()
    short = sum(len(t) <= 2 for t in tokens)
    symbols = len(SYMBOL.findall(run))
    word = re.search("[A-Za-z]{4,}|[0-9]{4,}|https?:|www", run)
    if len(tokens) >= 5 and short >= 0.6 * len(tokens) and symbols >= 2 and not word:
        return 2
    if whole and len(tokens) >= 5 and short == len(tokens):
        return 1
    return 1 if len(tokens) >= 2 and symbols and (whole or len(tokens) >= 4) and short * 2 >= len(tokens) else 0


def forum_junk(lines: Lines) -> Iterable[Edit]:
    """Random strings that a forum's anti-copy plugin puts between, before and behind the lines. Weak ones count only in a
    file that has at least two strong ones."""
    found: list[tuple[int, int, int, int]] = []
    for i, line in enumerate(lines):
        for m in JUNK_RUN.finditer(line.text):
            run, end = m.group(0), m.end()
            if (number := re.search(r"\s\d+$", run)) and re.match("[年月日个名万亿人次%]", line.text[end:]):
                end = m.start() + number.start()
                run = line.text[m.start() : end]
            strength = _junk_strength(run, len(run.strip()) == len(line.text.strip()))
            if strength:
                found.append((strength, i, m.start(), end))
    if sum(f[0] == 2 for f in found) < 2:
        return
    texts = {i: lines[i].text for _, i, _, _ in found}
    for _, i, start, end in sorted(found, key=lambda f: (f[1], -f[2])):
        texts[i] = texts[i][:start].rstrip() + texts[i][end:].lstrip()
    for i, text in texts.items():
        yield Edit(i, text or None)


def tail_block(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """「相关文章：」 or a licence below the speech, with the short lines under it, to the end of the file."""
    for i, line in enumerate(lines):
        if book.forms["tail-block"].search(line.text):
            rest = range(i, len(lines))
            if len(rest) <= MAX_TAIL and all(len(lines[k].text) < MAX_TAIL_LINE for k in rest):
                for k in rest:
                    yield Edit(k, None)
                return
