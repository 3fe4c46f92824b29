"""Headings that end at a comma: 一、要看好闸门，今年的水来得早，…… beside 二、要备好沙袋，仓库里还剩四百条，……

One first clause proves nothing; a run whose first clauses are built alike, while what follows them is not, does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .numbering import Run

MAX_RANK = 3
SHORTEST, LONGEST = 4, 12
"""Characters of a first clause that may be a heading."""
LONG = 20
"""A sentence over this length goes on behind its heading."""
MAX_HEADING = 40
"""Sentences up to this length with as many clauses each are headings as a whole."""
MANY = 3
SENTENCE = re.compile("[^。！？；]*")
OPENS = re.compile(f"([^，。！？；：]{{{SHORTEST},{LONGEST}}})，")


def _alike(clauses: Sequence[str]) -> bool:
    """The same last two characters, or the same first one and the same length."""
    same_end = len({c[-2:] for c in clauses}) == 1
    same_shape = len({c[0] for c in clauses}) == 1 and len({len(c) for c in clauses}) == 1
    return (same_end or same_shape) and len(set(clauses)) == len(clauses)


def ends(built: Sequence[Run], texts: Sequence[str]) -> dict[tuple[int, int], int]:
    """(paragraph, start) of numbers → end of their heading, for the runs whose headings are first clauses."""
    out: dict[tuple[int, int], int] = {}
    for run in built:
        if run.rank > MAX_RANK or len(run.items) < MANY:
            continue
        words = [texts[f.paragraph][f.after :] for f in run.items]
        opened = [OPENS.match(w) for w in words]
        sentences = [m.group() for w in words if (m := SENTENCE.match(w))]
        uniform = len({s.count("，") for s in sentences}) == 1 and max(map(len, sentences)) <= MAX_HEADING
        run_on = not uniform and all(len(s) > LONG and s.count("，") >= 2 for s in sentences)
        firsts = [m[1] for m in opened if m]
        if run_on and len(firsts) == len(words) and _alike(firsts):
            out |= {(f.paragraph, f.start): f.after + len(c) for f, c in zip(run.items, firsts, strict=True)}
    return out
