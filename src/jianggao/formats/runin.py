"""A numbered heading set in bold at the start of a paragraph, with nothing but the type to part it from what follows."""

from __future__ import annotations

import re

NUMBERED = re.compile(
    r"[\s\u3000]*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．](?!\d)|第[一二三四五六七八九十]{1,3}[章节部条])"
)
LONGEST = 40
"""Characters of a heading; a longer bold run is emphasis."""
MARK = re.compile(r"[。，、；：！？!?;:,.…—）)”’]$")
GOES_ON = re.compile(r"[。，、；：！？!?;:,.…—）)”’的地得了]")


def apart(row: str, bold: str) -> tuple[str, str]:
    """(heading, rest) where ``row`` begins with a bold numbered heading that no mark closes; else ("", ``row``).

    >>> apart("一、抓住春耕今年雨水来得早。", "一、抓住春耕")
    ('一、抓住春耕', '今年雨水来得早。')
    >>> apart("一、抓住春耕。今年雨水来得早。", "一、抓住春耕。")
    ('', '一、抓住春耕。今年雨水来得早。')
    """
    head, rest = bold.strip(), row.lstrip()[len(bold.strip()) :]
    number = NUMBERED.match(head)
    if not number or not rest.strip() or not row.lstrip().startswith(head) or len(head) > LONGEST:
        return "", row
    words = head[number.end() :].strip()
    if len(words) < 2 or MARK.search(head) or GOES_ON.match(rest.strip()):
        return "", row
    return head, rest.strip()
