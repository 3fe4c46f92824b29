"""Half-width marks to full-width where the context is Chinese; quotes to the mainland's (see `jianggao.quotes`). Never in
numbers, times, addresses, formulas or Latin text (GB/T 15834-2011 is the standard for the marks)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from jianggao import quotes
from jianggao.audit import Edit, Lines, Rule, run, sheet
from jianggao.layout import paragraphs
from jianggao.model import Line

HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
CJK = HAN + "“”‘’《》（）、。，；：？！…—〔〕【】○〇％"
URL = re.compile(
    r"(?:https?://|www\.)[^\s" + CJK + r"]+|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]++@[A-Za-z0-9-]++\.[A-Za-z0-9.]++"
)
FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
MARK = re.compile(
    rf"[,;:?!](?:(?<=[{CJK}][,;:?!])|(?<=[0-9A-Za-z%_*×)\ue000][,;:?!])(?=[{CJK}]))(?!//)"  # the mark first: it is rare
)
LAST = re.compile(r"[,;](?<=[0-9%][,;])$")
STOP = re.compile(rf"\.(?<=[{HAN}”）》]\.)(?=$|“)(?<![一二三四五六七八九十]\.)")
INNER_STOP = re.compile(rf"\.(?<=[{HAN}”）》]\.)(?=[{HAN}])(?<![一二三四五六七八九十]\.)")
WIDE = {c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
WIDTHS = "".join(map(chr, (*WIDE, *range(0xFE50, 0xFE6B)))) + "％．｡､"
WIDTH = re.compile(f"[{WIDTHS}]")
HAS_HAN = re.compile(f"[{HAN}]")
DOTS = re.compile(rf"(?<!\.)\.{{3,6}}(?!\.)|。{{3,6}}|·{{3,6}}|…{{3,}}|(?<=[{HAN}”》）])…(?!…)")
DASH = re.compile(rf"(?<![-─―－])(?:--|──|――|－－)(?=[{HAN}“《])|(?<=[{HAN}”》])(?:--|──|――|－－)(?![-─―－])")
BRACKETS = re.compile(r"\((?P<in>[^()（）]*)\)")
CHINESE, CHINESE_BESIDE = re.compile(f"[{HAN}“”《》]"), re.compile(f"[{HAN}”》]")
LATIN_BEFORE = re.compile(r"[A-Za-z0-9_'′]")
HALVES = re.compile(r"(?P<left>（[^()（）]*)\)|\((?P<right>[^()（）]*）)")
NESTED = re.compile(r"《(?P<before>[^《》]*)《(?P<in>[^《》]*)》(?P<after>[^《》]*)》")
RANGE = re.compile(rf"~(?<=[0-9%％℃{HAN}]~)(?=[0-9])")
LETTER_SPACED = re.compile(rf"(?<![{HAN}] )(?<![{HAN}])[{HAN}](?: [{HAN}]){{5,200}}(?![{HAN}])(?! [{HAN}])")
SINGLE = re.compile(" . . ")
"""Single characters between spaces, without which no word is set letter by letter; the space first: it is rare."""
SMALL = str.maketrans("﹐﹑﹔﹕﹖﹗﹙﹚｡､", "，、；：？！（）。、")
SPACE = re.compile(r"[ \u3000]++")
BEHIND_MARK, BEFORE_MARK = "，。；：、！？“（《", "，。；：、！？”）》"


def _outside_urls(text: str, change: Callable[[str], str]) -> str:
    """``change`` applied to the parts of ``text`` between addresses, each with its neighbours in view."""
    found = list(URL.finditer(text)) if "://" in text or "www" in text or "@" in text else []
    if not found:
        return change(text)
    hidden = URL.sub(lambda m: "\ue000" * len(m.group(0)), text)
    changed = change(hidden)
    addresses = iter(m.group(0) for m in found)
    return re.sub("\ue000+", lambda _: next(addresses), changed)


ROUNDS = 8
"""What one mark becomes may be the context of the next (，,,), so a change is made until nothing moves, at most so often."""


def _each(change: Callable[[str], str], *asks: str) -> Callable[[Lines], Iterable[Edit]]:
    """The finder that applies ``change`` to the lines that hold one of ``asks``; most texts hold none of most of them. A
    text that it leaves as it is it does not look at again in the same run."""

    def find(lines: Lines) -> Iterable[Edit]:
        lines = sheet(lines)
        alphabet, whole = lines.alphabet, lines.whole
        held = [ask for ask in asks if ask[0] in alphabet and ask in whole]
        left: set[str] = lines.notes.setdefault(find, set())
        for i, line in enumerate(lines if held else ()):
            text = line.text
            if text in left or "\ue000" in text or not any(map(text.__contains__, held)):
                continue
            after = _settled(text, change, asks, left)
            if after != text:
                yield Edit(i, after)

    return find


def _settled(text: str, change: Callable[[str], str], asks: Sequence[str], left: set[str]) -> str:
    """``text`` changed until nothing moves; what does not move is added to ``left``."""
    for _ in range(ROUNDS):
        before, text = text, _outside_urls(text, change)
        if text == before or not any(map(text.__contains__, asks)):
            left.add(text)
            break
    return text


def ascii_width(text: str) -> str:
    """Full-width digits and Latin letters to half-width, and the point and the per cent sign between them.

    >>> ascii_width("２０１９年５月，增长１２．５％，ＧＤＰ")
    '2019年5月，增长12.5%，GDP'
    """
    if not WIDTH.search(text):
        return text
    text = text.translate(WIDE).translate(SMALL)
    text = re.sub(r"(?<=\d)．(?=\d)", ".", text)
    return re.sub(r"(?<=\d)[％﹪]", "%", text)


def full_width(text: str) -> str:
    """Commas, colons, semicolons, question and exclamation marks beside Chinese.

    >>> full_width("全市1,234家,占11%;时间9:30,比1:2好,见OK,yes")
    '全市1,234家，占11%；时间9:30，比1:2好，见OK,yes'
    """
    beside = MARK.findall(text)
    if all(beside.count(mark) == text.count(mark) for mark in set(beside)):  # as most often: faster than one by one
        for mark in set(beside):
            text = text.replace(mark, FULL[mark])
    else:
        text = MARK.sub(lambda m: FULL[m.group(0)], text)
    if not HAS_HAN.search(text):
        return text
    if "," in text or ";" in text:
        text = LAST.sub(lambda m: FULL[m.group(0)], text)
    if "." in text:
        text = STOP.sub("。", text)
        if "。" not in text.rstrip("。") and len(INNER_STOP.findall(text)) >= 2:  # one alone may part a foreign name
            text = INNER_STOP.sub("。", text)
    return RANGE.sub("～", text) if "~" in text else text


def brackets(text: str) -> str:
    """Round brackets that hold or touch Chinese, always both of a pair.

    >>> brackets("市党委(党工委)书记(PPP)和f(x)")
    '市党委（党工委）书记（PPP）和f(x)'
    """

    def one(m: re.Match[str]) -> str:
        before, inside = text[m.start() - 1 : m.start()], m["in"]
        near = before + text[m.end() : m.end() + 1]  # what it holds is asked for by itself
        if CHINESE.search(inside) or (CHINESE_BESIDE.search(near) and not LATIN_BEFORE.match(before)):
            return f"（{inside}）"
        return m.group(0)

    if "(" in text or ")" in text:
        text = BRACKETS.sub(one, text)
    if "(" in text or ")" in text:
        text = HALVES.sub(lambda m: f"{m['left']}）" if m["left"] else f"（{m['right']}", text)
    return NESTED.sub(r"《\g<before>〈\g<in>〉\g<after>》", text) if text.count("《") > 1 else text


def ellipsis(text: str) -> str:
    """Dots beside Chinese are an ellipsis of six dots, two hyphens or box lines a dash.

    >>> ellipsis("等等...大家--都来")
    '等等……大家——都来'
    """
    if not HAS_HAN.search(text):
        return text
    return DASH.sub("——", DOTS.sub("……", text))


def spaces(text: str) -> str:
    """Spaces beside Chinese punctuation go, and those of words set letter by letter (six and more); those between words,
    names and parts of a title stay, and so do the indents of paragraphs that lost their line breaks.

    >>> spaces("形成 “一个支部”， 李　强")
    '形成“一个支部”，李　强'
    """
    if SINGLE.search(text):
        text = LETTER_SPACED.sub(lambda m: m.group(0).replace(" ", ""), text)

    def one(m: re.Match[str]) -> str:
        before, after = text[m.start() - 1 : m.start()], text[m.end() : m.end() + 1]
        beside = (before and before in BEHIND_MARK) or (after and after in BEFORE_MARK)
        around = (after == "“" and HAS_HAN.match(before)) or (before == "”" and HAS_HAN.match(after))
        return "" if beside or around else m.group(0)

    return "\u3000\u3000".join(SPACE.sub(one, piece) for piece in paragraphs(text))


MARKING = (
    Rule("punctuation/ellipsis", _each(ellipsis, "...", "。。。", "···", "…", "--", "──", "――", "－－"), "…—"),
    Rule("punctuation/brackets", _each(brackets, "(", ")", "《"), "（）〈〉"),
    Rule("punctuation/full-width", _each(full_width, *FULL, ".", "~"), "，；：？！。～"),
    Rule("punctuation/spaces", _each(spaces, " ", "\u3000"), "\u3000"),
    Rule("punctuation/turned-quotes", _each(quotes.turned, "“", "”"), "“”"),
)
RULES = (
    Rule("punctuation/ascii-width", _each(ascii_width, *WIDTHS)),
    Rule("punctuation/quotes", quotes.corner),
    Rule("punctuation/quotes", _each(quotes.straight, '"', "'"), "“”‘’"),
    *MARKING,
    *MARKING,  # a space that went, or a quote that turned, may leave a mark beside Chinese
    Rule("punctuation/mended-quotes", quotes.mended),
)


def text(words: str) -> str:
    """All passes on words outside the lines, such as a heading that only the source's contents list."""
    return run(RULES, [Line(1, words)]).lines[0].text


def rules() -> tuple[Rule, ...]:
    """The line passes of this stage, in order."""
    return RULES
