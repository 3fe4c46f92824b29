"""EUC-TW, which Python does not know, by way of Big5, which it does.

Planes 1 and 2 of CNS 11643 hold the characters of Big5 in nearly the same order, so 89 runs say all: at ``start`` in the
plane stand ``count`` characters that follow one another in Big5 from ``big5`` on. Both are counted in cells, 94 to a row
of the plane, 157 to a row of Big5 (A140 is cell 0). The runs were derived from the table of the GNU C library, and give
the same characters but for six symbols.
"""

from __future__ import annotations

import re
from functools import lru_cache

# fmt: off
PLANE_1 = (
    (0, 0, 5), (6, 6, 15), (21, 23, 2), (24, 22, 1), (29, 29, 44), (73, 74, 1), (74, 73, 1), (75, 75, 22), (98, 98, 1),
    (100, 100, 27), (127, 128, 1), (128, 127, 1), (129, 129, 19), (148, 149, 1), (149, 148, 1), (150, 150, 4), (155, 21, 1),
    (156, 158, 2), (158, 158, 76), (282, 234, 29), (312, 264, 1), (314, 266, 142), (470, 6101, 20), (3290, 471, 1412),
    (4702, 1884, 424), (5126, 1883, 1), (5127, 2308, 1876), (7003, 4571, 1), (7004, 4184, 387), (7391, 4572, 525),
    (7916, 5286, 1), (7917, 5097, 105), (8023, 5203, 83), (8106, 5287, 84), (8190, 5517, 1), (8191, 5371, 54), (8245, 5426, 1),
    (8246, 5425, 1), (8247, 5427, 90), (8337, 5518, 354),
)
PLANE_2 = (
    (0, 6280, 10), (10, 6291, 33), (43, 6372, 1), (44, 6324, 48), (92, 6373, 46), (138, 6586, 1), (139, 6419, 167),
    (306, 6587, 1840), (2146, 9074, 1), (2147, 8428, 108), (2255, 8537, 537), (2792, 8427, 1), (2793, 9075, 100),
    (2893, 8536, 1), (2894, 9175, 399), (3293, 9575, 1637), (4930, 11761, 1), (4931, 11212, 146), (5077, 11899, 1),
    (5078, 11358, 287), (5365, 12508, 1), (5366, 11645, 116), (5482, 11762, 137), (5619, 11900, 104), (5723, 12425, 1),
    (5724, 12004, 222), (5946, 12227, 198), (6144, 12426, 82), (6226, 12509, 86), (6312, 12226, 1), (6313, 12595, 8),
    (6321, 12604, 153), (6474, 12758, 56), (6530, 13114, 1), (6531, 12814, 113), (6644, 12603, 1), (6645, 12927, 142),
    (6787, 12757, 1), (6788, 13069, 45), (6833, 13115, 71), (6904, 13380, 1), (6905, 13186, 194), (7099, 13381, 490),
    (7589, 13914, 1), (7590, 13871, 43), (7633, 13915, 1), (7634, 13917, 11), (7645, 13916, 1), (7646, 13928, 4),
)
# fmt: on
PIECE = re.compile(rb"[\x00-\x7f]+|[\xa1-\xfe]{2}|\x8e[\xa1-\xb0][\xa1-\xfe]{2}")
UNKNOWN = "\ufffd"


def _big5(cell: int) -> str:
    row, column = divmod(cell, 157)
    pair = bytes((0xA1 + row, column + (0x40 if column < 63 else 0xA1 - 63)))
    return pair.decode("cp950", "replace")


@lru_cache(maxsize=1)
def _table() -> dict[bytes, str]:
    """Bytes of one character → the character, for the 13,467 characters of both planes."""
    out: dict[bytes, str] = {}
    for lead, runs in ((b"", PLANE_1), (b"\x8e\xa2", PLANE_2)):
        for start, big5, count in runs:
            for cell in range(count):
                row, column = divmod(start + cell, 94)
                out[lead + bytes((0xA1 + row, 0xA1 + column))] = _big5(big5 + cell)
    out |= {b"\x8e\xa1" + pair: char for pair, char in out.items() if len(pair) == 2}
    return out


def decode(raw: bytes) -> str | None:
    """The text of ``raw``, or None where it is no EUC-TW. A character of the planes 3 to 16, which Big5 has not, is U+FFFD."""
    table = _table()
    out: list[str] = []
    at = 0
    while at < len(raw):
        piece = PIECE.match(raw, at)
        if piece is None:
            return None
        found = piece.group()
        out.append(found.decode("ascii") if found[0] < 0x80 else table.get(found, UNKNOWN))
        at = piece.end()
    return "".join(out)
