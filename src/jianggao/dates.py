"""Dates as these texts write them → ISO 8601, as exact as they are written and no more."""

from __future__ import annotations

import re
from datetime import date, timedelta

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "0": 0, "Ｏ": 0}
TENS = {"十": 10, "廿": 20, "卅": 30}
CN_YEAR = r"[一二][〇○零0Ｏ一二三四五六七八九]{3}"
CN_NUMBER = r"[一二三四五六七八九十廿卅]{1,3}"
NUMBER = rf"(?:\d{{1,2}}|{CN_NUMBER})"
MONTH_DAY = rf"\s*(?P<m>{NUMBER})\s*月(?:份)?(?:\s*(?P<d>{NUMBER})\s*[日号])?"
NO_DATE = "(?!度|级|届|代|来|间|前|后|内|以|多|的时间)"
"""What follows 年 where a year counts or names something and dates nothing: 2023年度, 2020年来."""
FORMS = (
    re.compile(rf"(?<!\d)(?P<y>(?:18|19|20)\d\d)\s*年{NO_DATE}(?:{MONTH_DAY})?"),
    re.compile(rf"(?<!国)(?P<y>{CN_YEAR})\s*年{NO_DATE}(?:{MONTH_DAY})?"),
    re.compile(
        r"民国\s*(?P<roc>\d{1,3}|[元一二三四五六七八九十百〇○零]{1,5})\s*年(?:\s*[（(]\s*\d{4}\s*年?\s*[）)])?"
        rf"(?:{MONTH_DAY})?"
    ),
    re.compile(r"(?<!\d)(?P<roc>1[01]\d)\s*年\s*(?P<m>0?[1-9]|1[0-2])\s*月\s*(?P<d>\d{1,2})\s*日"),
    re.compile(r"^(?P<roc>1[01]\d)\s*[/.]\s*(?P<m>\d{1,2})\s*[/.]\s*(?P<d>\d{1,2})$"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*[-/.．／]\s*(?P<m>\d{1,2})\s*[-/.．／]\s*(?P<d>\d{1,2})(?!\d)"),
)
WITHOUT_YEAR = re.compile(rf"(?P<m>{NUMBER})\s*月\s*(?P<d>{NUMBER})\s*[日号]")
THIS_DAY = re.compile(r"今日?\s*[（(]\s*(?P<d>\d{1,2}|[一二三四五六七八九十廿]{1,3})\s*日?\s*[）)]")
"""今（10）日: the day of the month in which the page was posted."""
SHORT_WHILE = 60
"""Days between a speech and the page that carries it, at most, when the page alone tells the year."""
NEW_YEAR = re.compile("元旦(?:献词|献辞|贺词|贺辞|祝词|祝辞|致辞|致词|讲话|寄语|文告|升旗)|开国纪念日")
NATIONAL_DAY = re.compile(r"^中华民国(?P<roc>\d{2,3}|[一二三四五六七八九十百零〇]{2,5})年的?国庆(?:日|$)")
ROC_FILE = re.compile(r"(?<![A-Za-z])(?:roc|民国)\s*_?0?(?P<y>\d{2,3})(?!\d)", re.IGNORECASE)
ROC_YEAR = re.compile(r"(?<![\d一二三四五六七八九十百零〇])(?P<y>\d{2,3}|[一二三四五六七八九十百零〇]{2,5})年")
COMPACT = re.compile(r"(?<!\d)(?P<y>20\d\d|19\d\d)[-_.]?(?P<m>0[1-9]|1[0-2])[-_.]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
FILED_YEAR = re.compile(r"(?<=[稿话辞词])\s*20\d\d$")
"""The year in which a site put a text up, behind its title: 开学典礼讲话稿2023."""
BARE_YEAR = re.compile(
    r"(?<![\d\-—~至])(?P<y>19[4-9]\d|20[0-4]\d)(?![\d.．%％万亿元名个届级]|\s*(?:学年|年[度级])|[-—~至])"
)


def chinese_number(text: str) -> int:
    """一百零八 → 108; digits pass through. Good for 1 to 999.

    >>> chinese_number("二十四"), chinese_number("一百零三"), chinese_number("9"), chinese_number("廿六")
    (24, 103, 9, 26)
    """
    if text.isdecimal():
        return int(text)
    if text == "元":
        return 1
    total, current = 0, 0
    for char in text:
        if char == "百":
            total, current = total + (current or 1) * 100, 0
        elif char in TENS:
            total, current = total + (current or 1) * TENS[char], 0
        else:
            current = current * 10 + DIGITS[char]
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
    """The first date with a year that is written in ``text``; 2023年度 is none.

    >>> find("（2024年8月24日）"), find("二〇二四年八月"), find("民國102年".replace("國", "国")), find("2019-5-6")
    ('2024-08-24', '2024-08', '2013', '2019-05-06')
    >>> find("2023年度考核"), find("民国一一三年元旦"), find("公元2020年5月廿三日"), find("2024／8／24")
    (None, '2024', '2020-05-23', '2024-08-24')
    """
    found = [(m.start(), value) for form in FORMS if (m := form.search(text)) and (value := _from(m))]
    return min(found)[1] if found else None


def completed(text: str, year: str | None) -> str | None:
    """The first month and day written in ``text``, in the year that ``year`` (any ISO date) begins with.

    >>> completed("（8月24日）", "2024"), completed("八月二十四日", None), completed("2月30日", "2024")
    ('2024-08-24', None, None)
    """
    found = WITHOUT_YEAR.search(text) if year else None
    if not found or not year:
        return None
    return iso(int(year[:4]), chinese_number(found["m"]), chinese_number(found["d"]))


def shortly_before(text: str, posted: str) -> str | None:
    """The month and day of ``text``, or its 今（10）日, in the year that the day ``posted`` (YYYY-MM-DD) of a page tells.

    >>> shortly_before("9月28日，大会开幕", "2020-09-29"), shortly_before("12月30日", "2021-01-02")
    ('2020-09-28', '2020-12-30')
    >>> shortly_before("总统今（10）日上午", "2021-05-10"), shortly_before("3月5日", "2021-11-02")
    ('2021-05-10', None)
    """
    if len(posted) != len("2020-09-29"):
        return None
    until = date.fromisoformat(posted)
    if found := THIS_DAY.search(text):
        told = [iso(d.year, d.month, chinese_number(found["d"])) for d in (until, until.replace(day=1) - timedelta(1))]
    else:
        told = [completed(text, str(year)) for year in (until.year, until.year - 1)]
    near = (d for d in told if d and 0 <= (until - date.fromisoformat(d)).days <= SHORT_WHILE)
    return next(near, None)


def feast(text: str, file_name: str = "") -> str | None:
    """New Year's Day of the year that ``text`` names together with its 元旦, or Taiwan's national day; a year without 民国
    only if the file name has it.

    >>> feast("中华民国八十八年元旦"), feast("2019年元旦献词"), feast("2019年元旦春节期间")
    ('1999-01-01', '2019-01-01', None)
    >>> feast("九十三年的元旦", "roc093.txt"), feast("九十三年的元旦"), feast("中华民国106年国庆")
    ('2004-01-01', None, '2017-10-10')
    """
    if national := NATIONAL_DAY.search(text):
        return iso(chinese_number(national["roc"]) + 1911, 10, 10)
    if not (NEW_YEAR.search(text) or re.search("年的?元旦(?!春节|期间|假|前|后|晚|、)", text)):
        return None
    if written := find(text):
        return f"{written[:4]}-01-01" if len(written) == 4 else None
    named, said = ROC_FILE.search(file_name), ROC_YEAR.search(text)
    if named and said and chinese_number(said["y"]) == int(named["y"]):
        return iso(int(named["y"]) + 1911, 1, 1)
    return None


def find_compact(text: str) -> str | None:
    """A date as file names have it: 20180312 or 2018-03-12.

    >>> find_compact("20180312 在推进会上的讲话"), find_compact("000_ef2bc8ba")
    ('2018-03-12', None)
    """
    found = COMPACT.search(text)
    return _from(found) if found else None


def year_in_title(title: str) -> str | None:
    """A year that a title names without 年, as in 2023区党建工作座谈会; a class, a school year or a span is none.

    >>> year_in_title("2023区座谈会讲话"), year_in_title("1949.5公里"), year_in_title("座谈会讲话")
    ('2023', None, None)
    >>> year_in_title("开学典礼讲话稿2023")
    >>> year_in_title("2024届毕业典礼"), year_in_title("2023年度总结会"), year_in_title("2021-2025年规划")
    (None, None, None)
    """
    found = BARE_YEAR.search(FILED_YEAR.sub("", title))
    return found["y"] if found else None
