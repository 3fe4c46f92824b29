"""Dates as these texts write them → ISO 8601, as exact as they are written and no more."""

from __future__ import annotations

import re
from datetime import date

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "0": 0, "Ｏ": 0}
CN_YEAR = r"[一二][〇○零0一二三四五六七八九]{3}"
CN_NUMBER = r"[一二三四五六七八九十]{1,3}"
FORMS = (
    re.compile(r"(?<!\d)(?P<y>(?:18|19|20)\d\d)\s*年(?:度)?(?:\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*[日号])?)?"),
    re.compile(rf"(?P<y>{CN_YEAR})\s*年(?:\s*(?P<m>{CN_NUMBER})\s*月(?:\s*(?P<d>{CN_NUMBER})\s*[日号])?)?"),
    re.compile(
        rf"民国\s*(?P<roc>\d{{1,3}}|[一二三四五六七八九十百〇○零]{{1,5}})\s*年(?:\s*(?:[（(]\d{{4}}年[）)])?\s*(?P<m>\d{{1,2}}|{CN_NUMBER})\s*月(?:\s*(?P<d>\d{{1,2}}|{CN_NUMBER})\s*[日号])?)?"
    ),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
)
COMPACT = re.compile(r"(?<!\d)(?P<y>20\d\d|19\d\d)[-_.]?(?P<m>0[1-9]|1[0-2])[-_.]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
BARE_YEAR = re.compile(r"(?<!\d)(?P<y>19[4-9]\d|20[0-4]\d)(?![\d.．%％万亿元名个])")


def chinese_number(text: str) -> int:
    """一百零八 → 108; digits pass through. Good for 1 to 999.

    >>> chinese_number("二十四"), chinese_number("一百零三"), chinese_number("9")
    (24, 103, 9)
    """
    if text.isdecimal():
        return int(text)
    total, current = 0, 0
    for char in text:
        if char == "百":
            total, current = total + (current or 1) * 100, 0
        elif char == "十":
            total, current = total + (current or 1) * 10, 0
        else:
            current = current * 10 + DIGITS[char] if set(text) <= DIGITS.keys() else DIGITS[char]
    return total + current


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; None when there is no such day."""
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")


def _from(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    roc = groups.get("roc")
    year = chinese_number(roc) + 1911 if roc else chinese_number(groups["y"])
    month, day = groups.get("m"), groups.get("d")
    return iso(year, chinese_number(month) if month else None, chinese_number(day) if day else None)


def find(text: str) -> str | None:
    """The first date written in ``text``.

    >>> find("（2024年8月24日）"), find("二〇二四年八月"), find("民國102年".replace("國", "国")), find("2019-5-6")
    ('2024-08-24', '2024-08', '2013', '2019-05-06')
    """
    found = [(m.start(), value) for form in FORMS if (m := form.search(text)) and (value := _from(m))]
    return min(found)[1] if found else None


def find_compact(text: str) -> str | None:
    """A date as file names have it: 20180312 or 2018-03-12.

    >>> find_compact("20180312 在推进会上的讲话"), find_compact("000_ef2bc8ba")
    ('2018-03-12', None)
    """
    found = COMPACT.search(text)
    return _from(found) if found else None


def year_in_title(title: str) -> str | None:
    """A year that a title names without 年, as in 2023区党建工作座谈会.

    >>> year_in_title("2023区座谈会讲话"), year_in_title("1949.5公里"), year_in_title("座谈会讲话")
    ('2023', None, None)
    """
    found = BARE_YEAR.search(title)
    return found["y"] if found else None
