"""Half-width marks to full-width where the context is Chinese; corner quotes to the mainland's. Never in numbers, times,
addresses, formulas or Latin text (GB/T 15834-2011 is the standard for the marks)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from jianggao.audit import Edit, Lines, Rule

HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
CJK = HAN + "“”‘’《》（）、。，；：？！…—〔〕【】○〇％"
URL = re.compile(
    r"(?:https?://|www\.)[^\s" + CJK + r"]+|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]++@[A-Za-z0-9-]++\.[A-Za-z0-9.]++"
)
FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
MARK = re.compile(rf"(?<=[{CJK}])[,;:?!](?!//)|(?<=[0-9A-Za-z%_*×)])[,;:?!](?=[{CJK}])(?!//)")
STOP = re.compile(rf"(?<=[{HAN}”）》])\.(?=$|[{HAN}“])(?<![一二三四五六七八九十]\.)")
DOTS = re.compile(r"(?<!\.)\.{3,6}(?!\.)|。{3,6}|·{3,6}")
BRACKETS = re.compile(r"\((?P<in>[^()（）]*)\)")
INNER_SPACE = re.compile(r"(?<=[，。；：、！？“（《])[ \u3000]+|(?<![ \u3000])[ \u3000]++(?=[，。；：、！？”）》])")
SPACED_QUOTE = re.compile(rf"(?<=[{HAN}])[ \u3000]+(?=“)|(?<=”)[ \u3000]+(?=[{HAN}])")


def _outside_urls(text: str, change: Callable[[str], str]) -> str:
    """``change`` applied to the parts of ``text`` between addresses, each with its neighbours in view."""
    found = list(URL.finditer(text)) if re.search("://|www|@", text) else []
    if not found:
        return change(text)
    hidden = URL.sub(lambda m: "\ue000" * len(m.group(0)), text)
    changed = change(hidden)
    addresses = iter(m.group(0) for m in found)
    return re.sub("\ue000+", lambda _: next(addresses), changed)


def _each(change: Callable[[str], str]) -> Callable[[Lines], Iterable[Edit]]:
    def find(lines: Lines) -> Iterable[Edit]:
        for i, line in enumerate(lines):
            yield Edit(i, line.text if "\ue000" in line.text else _outside_urls(line.text, change))

    return find


WIDE = {c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


def ascii_width(text: str) -> str:
    """Full-width digits and Latin letters to half-width, and the point and the per cent sign between them.

    >>> ascii_width("２０１９年５月，增长１２．５％，ＧＤＰ")
    '2019年5月，增长12.5%，GDP'
    """
    text = text.translate(WIDE)
    text = re.sub(r"(?<=\d)．(?=\d)", ".", text)
    return re.sub(r"(?<=\d)％", "%", text)


def full_width(text: str) -> str:
    """Commas, colons, semicolons, question and exclamation marks beside Chinese.

    >>> full_width("全市1,234家,占11%;时间9:30,比1:2好,见OK,yes")
    '全市1,234家，占11%；时间9:30，比1:2好，见OK,yes'
    """
    text = MARK.sub(lambda m: FULL[m.group(0)], text)
    return STOP.sub("。", text)


def brackets(text: str) -> str:
    """Round brackets that hold or touch Chinese, always both of a pair.

    >>> brackets("市党委(党工委)书记(PPP)和f(x)")
    '市党委（党工委）书记（PPP）和f(x)'
    """

    def one(m: re.Match[str]) -> str:
        near = text[m.start() - 1 : m.start()] + text[m.end() : m.end() + 1] + m["in"]
        before = text[m.start() - 1 : m.start()]
        if re.search(f"[{HAN}“”《》]", m["in"]) or (
            re.search(f"[{HAN}”》]", near) and not re.match(r"[A-Za-z0-9_]", before)
        ):
            return f"（{m['in']}）"
        return m.group(0)

    return BRACKETS.sub(one, text)


def quotes(text: str) -> str:
    """Corner quotes and straight double quotes, only where they pair within the line.

    >>> quotes('「一國」和"两制"')
    '“一國”和“两制”'
    """
    if text.count("「") == text.count("」"):
        text = text.replace("「", "“").replace("」", "”")
    if text.count("『") == text.count("』"):
        text = text.replace("『", "‘").replace("』", "’")
    if text.count('"') and text.count('"') % 2 == 0 and re.search(f"[{HAN}]", text):
        parts = text.split('"')
        text = "".join(p + ("“" if i % 2 == 0 else "”") for i, p in enumerate(parts[:-1])) + parts[-1]
    return text


def ellipsis(text: str) -> str:
    """Three to six dots after or before Chinese are one ellipsis.

    >>> ellipsis("等等...大家")
    '等等……大家'
    """
    return DOTS.sub("……", text) if re.search(f"[{HAN}]", text) else text


def spaces(text: str) -> str:
    """Spaces beside Chinese punctuation go; those between words, names and parts of a title stay.

    >>> spaces("形成 “一个支部”， 李　强")
    '形成“一个支部”，李　强'
    """
    return SPACED_QUOTE.sub("", INNER_SPACE.sub("", text))


STEPS = (
    ("punctuation/ascii-width", ascii_width),
    ("punctuation/quotes", quotes),
    ("punctuation/ellipsis", ellipsis),
    ("punctuation/brackets", brackets),
    ("punctuation/full-width", full_width),
    ("punctuation/spaces", spaces),
)


def text(words: str) -> str:
    """All steps on words outside the line passes, such as a heading that only the source's contents list."""
    for _, step in STEPS:
        words = step(words)
    return words


def rules() -> tuple[Rule, ...]:
    """The line passes of this stage, in order."""
    return tuple(Rule(name, _each(step)) for name, step in STEPS)
