"""Near duplicates: speeches that share much of their text, as reposts with masked names do.

Each speech is represented by the hashes of a sample of its runs of 12 characters (marks left out): those whose hash is
0 modulo 8. Two speeches share what their samples share; sampling by value keeps the same runs in both (Broder 1997,
"On the resemblance and containment of documents").
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .model import Speech
from .words import bare

RUN = 12
KEEP_ONE_IN = 8
NEAR = 0.3
"""From this containment on an editor should look. Independent samples share at most 0.006, the masked repost 0.80."""
COMMON = 64
"""A run that stands in more speeches than this is a set phrase and proves nothing."""


@dataclass(frozen=True, slots=True)
class Twin:
    """Two speeches and the share (0 to 1) of the smaller one's text that also stands in the other."""

    first: Speech
    second: Speech
    shared: float


def sample(text: str) -> frozenset[int]:
    """Hashes of the sampled runs of ``text``."""
    plain = bare(text).encode("utf-32-le")
    hashes = (zlib.crc32(plain[i : i + 4 * RUN]) for i in range(0, len(plain) - 4 * RUN + 1, 4))
    return frozenset(h for h in hashes if h % KEEP_ONE_IN == 0)


def near_duplicates(speeches: Sequence[Speech], floor: float = NEAR) -> list[Twin]:
    """Pairs that share at least ``floor`` of the smaller one, most shared first; ties in the order of their ids."""
    samples = [sample(s.text) for s in speeches]
    where: defaultdict[int, list[int]] = defaultdict(list)
    for index, hashes in enumerate(samples):
        for value in hashes:
            where[value].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for places in where.values():
        if len(places) <= COMMON:
            shared.update((a, b) for i, a in enumerate(places) for b in places[i + 1 :])
    twins = []
    for (a, b), count in shared.items():
        smaller = min(len(samples[a]), len(samples[b]))
        if count >= floor * smaller and smaller >= 8:
            twins.append(Twin(speeches[a], speeches[b], count / smaller))
    return sorted(twins, key=lambda t: (-t.shared, t.first.id, t.second.id))
