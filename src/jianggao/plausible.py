"""How much a text reads like Chinese: what tells a right encoding from a wrong one."""

from __future__ import annotations

import re
from functools import lru_cache

SAMPLE = 4_000
"""Characters beyond ASCII that are looked at; the six Big5 texts of the corpus are told apart within 200."""
LOOK = 200_000
"""Characters among which that sample is looked for: the head of a web page holds few of them."""
CERTAIN, PLAUSIBLE, DOUBTFUL = 1.0, 0.6, 0.2
"""Measured on 9,066 pieces of 20 characters of seeds, corpus and samples: in a wrong encoding none scores above 0.0; in its
own 99 of 100 reach 0.5, 95 reach 0.84 and 90 reach 1.0."""
FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "這個國為時來們對會發動過說產種後學經與將從還黨開關進實現務業點體應當無間長書記議設導區縣鎮總"
    "党开关进实现务业点体应当无间长书记议设导区县镇总，。、：；“”「」（）"
)
GOOD = re.compile(f"[{''.join(FREQUENT)}]+")
FOREIGN = re.compile(r"[^\x00-\x7f\s]+")
RUBBISH = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffd\U000e0000-\U0010ffff]")


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """The characters of everyday use: GB2312 level 1, Big5 level 1, and the marks of both."""
    pairs = [(b"", r, c) for r in (*range(0xA1, 0xAA), *range(0xB0, 0xD8)) for c in range(0xA1, 0xFF)]
    gb = b"".join(bytes((r, c)) for _, r, c in pairs).decode("gb2312", "ignore")
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    big5 = b"".join(bytes((r, c)) for r in range(0xA1, 0xC7) for c in trails).decode("big5", "ignore")
    return frozenset(gb + big5) | frozenset("“”‘’—…·〔〕《》〇")


@lru_cache(maxsize=1)
def _rare() -> re.Pattern[str]:
    """Runs of characters that are not of everyday use."""
    return re.compile(f"[^{re.escape(''.join(common()))}]+")


def plausibility(text: str) -> float:
    """How much ``text`` reads like Chinese prose, 1.0 and more for real texts, about 0 and less for rubbish.

    The share of very frequent characters and Chinese punctuation (0.28 to 0.50 of all that is not ASCII in the 60 texts
    of seeds, corpus and samples), less what real texts hardly hold: characters outside the everyday tables of both
    scripts, and private and control characters.
    """
    foreign = "".join(FOREIGN.findall(text[:LOOK]))[:SAMPLE]
    if not foreign:
        sample = text[:SAMPLE]
        return 1.0 - 20 * len(RUBBISH.findall(sample)) / max(1, len(sample))
    good = sum(map(len, GOOD.findall(foreign)))
    rare = sum(map(len, _rare().findall(foreign)))
    return (good - rare - 4 * len(RUBBISH.findall(foreign))) / (0.25 * len(foreign))
