"""A text reduced to its words, for comparing titles, headings and passages whatever marks they carry."""

from __future__ import annotations

import re

MARKS = re.compile(r"[\W_]+")


def bare(text: str) -> str:
    """``text`` without marks, spaces and underscores.

    >>> bare("一、抓 “落实”。")
    '一抓落实'
    """
    return MARKS.sub("", text)
