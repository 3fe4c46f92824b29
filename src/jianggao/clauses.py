"""Headings that end at a comma: 一、要抢抓时节，从现在到封冻只有四十天，…… beside 二、要严把质量，坑要挖够六十公分，……

One first clause proves nothing; a run whose first clauses are built alike, while what follows them is not, does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .numbering import Run

MAX_RANK = 3
SHORTEST, LONGEST = 4, 12
"""Characters of a first clause that may be a heading."""
LONG = 24
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
        run_on = all(len(s) > LONG and s.count("，") >= 2 for s in sentences)
        firsts = [m[1] for m in opened if m]
        if run_on and len(firsts) == len(words) and _alike(firsts):
            out |= {(f.paragraph, f.start): f.after + len(c) for f, c in zip(run.items, firsts, strict=True)}
    return out
