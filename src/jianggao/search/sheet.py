"""Tables for a spreadsheet: CSV that opens as it is and runs nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

Cell = str | int | float | None
# What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def rows_as_csv(rows: Sequence[Sequence[Cell]]) -> str:
    r"""``rows`` as CSV, every cell quoted. A text that a spreadsheet would run gets an apostrophe before it.

    >>> rows_as_csv([["词", 3, None]]).rstrip()
    '"词","3",""'
    >>> rows_as_csv([["=1+1", 0.5]]).startswith("\"'=1+1")
    True
    """
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for cells in rows:
        writer.writerow([f"'{c}" if isinstance(c, str) and c.startswith(FORMULA) else c for c in cells])
    return out.getvalue()
