"""Related speeches 相近的讲稿: those that dwell on the same things.

A speech is told by the pairs of neighbouring characters on which it dwells more than others do: each weighs (1 + ln count) ×
ln(speeches / speeches that have it), the heaviest ``TELLING`` of them are kept, and two speeches are as near as the cosine
of what is kept (Salton & Buckley 1988, "Term-weighting approaches in automatic text retrieval"). No segmenter is needed:
what a word splits into is heavy as well.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .model import Speech
from .words import bare

MOST = 5
"""Related speeches told of one."""
TELLING = 80
"""Pairs that are kept of a speech."""
BUCKETS = 1 << 21
"""Pairs are told apart by a hash of 21 bits: an archive has some 400,000, and a clash in eighty pairs moves nothing."""
FLOOR = 0.015
"""Read on the 28 samples: drafts on one subject (floods, schools, investors) meet at 0.015 to 0.04, a repost at 0.17; of the
nearest three of each, drafts on different subjects come up to 0.019, most of them below 0.012."""

_Weights = tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]


def related(speeches: Sequence[Speech]) -> dict[str, tuple[Speech, ...]]:
    """For each id at most ``MOST`` speeches, the nearest first; ties go by id. None is nearer than ``FLOOR``: none is told."""
    speeches = sorted(speeches, key=lambda speech: speech.id)
    kept = _telling([_pairs(f"{speech.title}\n{speech.text}") for speech in speeches])
    return {
        speech.id: tuple(speeches[other] for other in nearest)
        for speech, nearest in zip(speeches, _nearest(kept), strict=True)
    }


def _pairs(text: str) -> _Weights:
    """Hashes of the pairs of a text, and how often each stands there. No pair reaches over a line's end."""
    found = []
    for line in text.split("\n"):
        codes = np.frombuffer(bare(line).encode("utf-32-le", "replace"), dtype="<u4").astype(np.int64)
        found.append((codes[:-1] * 1_000_003 + codes[1:] * 7_919) % BUCKETS)
    hashes, counts = np.unique(np.concatenate(found), return_counts=True)
    return hashes, counts.astype(np.float64)


def _telling(texts: Sequence[_Weights]) -> list[_Weights]:
    """Of each text its heaviest pairs that another text has too, with weights of length 1."""
    known = np.zeros(BUCKETS)
    for hashes, _ in texts:
        known[hashes] += 1
    kept = []
    for hashes, counts in texts:
        weights = np.where(known[hashes] > 1, (1 + np.log(counts)) * np.log(len(texts) / known[hashes]), 0.0)
        # Rounded, so that no platform's last digit decides which pair is kept.
        first = np.lexsort((hashes, -np.round(weights, 9)))[:TELLING]
        norm = float(np.sqrt(np.sum(weights**2))) or 1.0
        kept.append((hashes[first], weights[first] / norm))
    return kept


def _nearest(kept: Sequence[_Weights]) -> list[list[int]]:
    """For each text the numbers of those nearest to it."""
    if not kept:
        return []
    owners = np.repeat(np.arange(len(kept)), [len(hashes) for hashes, _ in kept])
    hashes = np.concatenate([hashes for hashes, _ in kept])
    weights = np.concatenate([weights for _, weights in kept])
    order = np.lexsort((owners, hashes))
    owners, hashes, weights = owners[order], hashes[order], weights[order]
    found = []
    for number, (own, heavy) in enumerate(kept):
        starts, ends = np.searchsorted(hashes, own, "left"), np.searchsorted(hashes, own, "right")
        places = np.concatenate(
            [np.arange(start, end) for start, end in zip(starts, ends, strict=True)] or [np.arange(0)]
        )
        shared = np.bincount(
            owners[places], weights[places] * np.repeat(heavy, ends - starts), minlength=len(kept)
        ).round(9)
        shared[number] = 0
        best = np.argsort(-shared, kind="stable")[:MOST]
        found.append([int(other) for other in best if shared[other] >= FLOOR])
    return found
