"""Bytes → numbered lines: format by name and content, encoding by how plausible the decoded text is.

Every Big5 text is also valid GB18030, so "it decodes" decides nothing; what decides is whether the result reads like
Chinese (`plausibility`).
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from charset_normalizer import from_bytes

from jianggao.errors import SpeechError
from jianggao.formats import html
from jianggao.model import Document, Fact, Line, Zone

SAMPLE = 4_000
"""Characters that are looked at to tell an encoding; the six Big5 texts of the corpus are told apart within 200."""
MAX_BYTES = 16 * 1024 * 1024
"""A speech of 30,000 characters has 90 kB; the largest collected volume known to us 2.2 MB."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
SIGNATURES = (
    (b"%PDF", "PDF 文件", "用阅读器打开，复制文字另存为 UTF-8 的 .txt"),
    (b"PK\x03\x04", "压缩包或 Office 文档（docx 等）", "用 Word/WPS 打开，另存为“纯文本 (.txt)”"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 文档（.doc）", "用 Word/WPS 打开，另存为“纯文本 (.txt)”"),
    (b"{\\rtf", "RTF 文档", "用 Word/WPS 打开，另存为“纯文本 (.txt)”"),
    (b"\x89PNG", "图片", "先做文字识别，再提交文字"),
    (b"\xff\xd8\xff", "图片", "先做文字识别，再提交文字"),
)
FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "這個國為時來們對會發動過說產種後學經與將從還黨開關進實現務業點體應當無間長書記議設導區縣鎮總"
    "党开关进实现务业点体应当无间长书记议设导区县镇总，。、：；“”「」（）"
)
LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
SUFFIX_FORMATS = {".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}


def plausibility(text: str) -> float:
    """How much ``text`` reads like Chinese prose, 1.0 and more for real texts, about 0 for rubbish.

    The share of very frequent characters and Chinese punctuation (0.28 to 0.50 of all that is not ASCII in the 60 texts
    of seeds, corpus and samples) less what real texts do not hold: private use, unassigned and control characters.
    """
    sample = text[:SAMPLE]
    foreign = [c for c in sample if c > "\x7f" and not c.isspace()]
    if not foreign:
        bad = sum(unicodedata.category(c) == "Cc" and c not in "\t\r\n\f" for c in sample)
        return 1.0 - 20 * bad / max(1, len(sample))
    good = sum(c in FREQUENT for c in foreign)
    bad = sum(unicodedata.category(c) in ("Co", "Cn", "Cc") or c == "\ufffd" for c in foreign)
    return (good - 4 * bad) / (0.25 * len(foreign))


def _try(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


def _candidates(raw: bytes) -> Iterable[tuple[str, str]]:
    """Encoding name and text for every encoding that fits ``raw`` without an error, most usual first."""
    if b"\0" in raw[:4096]:
        codecs_tried: tuple[tuple[str, str], ...] = (("utf-16-le", "utf-16"), ("utf-16-be", "utf-16"))
    else:
        codecs_tried = (
            ("utf-8", "utf-8"),
            ("gb18030", "gb18030"),
            ("big5hkscs", "big5"),
            ("utf-16-le", "utf-16"),
            ("utf-16-be", "utf-16"),
        )
    for codec, name in codecs_tried:
        text = _try(raw, codec)
        if text is not None:
            yield name, text
            if name == "utf-8":
                return  # strict UTF-8 of a non-ASCII text does not happen by chance


def _trusted(name: str, text: str) -> float:
    """`plausibility`, but strict UTF-8 is believed whatever it says, as long as it is not full of control characters."""
    score = plausibility(text)
    if name != "utf-8" or score >= 0.5:
        return score
    odd = sum(unicodedata.category(c) in ("Cc", "Cn", "Co") and c not in "\t\r\n\f" for c in text[:SAMPLE])
    return 0.5 if odd * 50 <= min(len(text), SAMPLE) else score


def to_text(raw: bytes, path: str) -> tuple[str, str]:
    """(encoding, text) of ``raw``. Raises SpeechError for what is no text in any encoding we know."""
    for bom, codec, name in BOMS:
        if raw.startswith(bom):
            text = _try(raw, codec)
            if text is None:
                raise SpeechError(
                    path, None, f"文件以 {name} 的标记开头，后面却不是 {name}", "用记事本打开，另存为 UTF-8"
                )
            return name, text
    for magic, what, cure in SIGNATURES:
        if raw.startswith(magic):
            raise SpeechError(path, None, f"这是{what}，不是文本", cure)
    scored = [(_trusted(name, text), -i, name, text) for i, (name, text) in enumerate(_candidates(raw))]
    score, _, name, text = max(scored, default=(0.0, 0, "", ""))
    if score < 0.2:
        guess = from_bytes(raw[:200_000]).best()
        guessed = _try(raw, guess.encoding) if guess else None
        if guess is None or guessed is None or plausibility(guessed) < 0.2:
            raise SpeechError(
                path, None, "看不出文字编码，内容像是二进制或已损坏", "换一份原件，或用记事本打开后另存为 UTF-8"
            )
        name, text = guess.encoding.replace("_", "-"), guessed
    return name, text


def named_format(path: str) -> str:
    """The format that a file's name claims."""
    return SUFFIX_FORMATS.get(PurePosixPath(path).suffix.lower(), "txt")


def detect_format(path: str, text: str) -> str:
    """``txt``, ``md`` or ``html``: by the name, and by the content where the name says something else."""
    named = named_format(path)
    head = text[:2000].lstrip("\ufeff \t\r\n").lower()
    if named != "html" and (head.startswith(("<!doctype html", "<html")) or "<body" in head):
        return "html"
    return named


def _markdown_lines(rows: list[str]) -> tuple[tuple[Line, ...], tuple[Fact, ...]]:
    """Lines with what Markdown says of them, and the title of a YAML head (--- … ---), which is not text."""
    closes = (
        next((i for i, row in enumerate(rows[1:30], 1) if row.strip() == "---"), 0) if rows[0].strip() == "---" else 0
    )
    facts = [
        Fact("page_title", m["value"].strip("\"' "), i, "md/front-matter")
        for i, row in enumerate(rows[:closes], 1)
        if (m := re.match(r"title\s*:\s*(?P<value>\S.*)", row))
    ]

    def zone(index: int, row: str) -> Zone:
        if closes and index <= closes:
            return "aside"
        return "title" if row.startswith("# ") else "heading" if re.match(r"#{2,6} ", row) else ""

    return tuple(Line(i + 1, row, zone(i, row)) for i, row in enumerate(rows)), tuple(facts)


def decode(raw: bytes, path: str) -> Document:
    """The lines of a raw file, numbered from 1, not yet changed in any way but the splitting at line ends.

    ``path`` is used for its suffix and in errors. Raises SpeechError for empty, oversized, binary and undecodable input.
    """
    if len(raw) > MAX_BYTES:
        raise SpeechError(
            path, None, f"文件有 {len(raw) / 1e6:.0f} MB，超过 {MAX_BYTES / 1e6:.0f} MB 的上限", "拆成单篇再提交"
        )
    if not raw.strip(b"\0 \t\r\n"):
        raise SpeechError(path, None, "文件是空的", "删掉它，或换一份有内容的原件")
    encoding, text = to_text(raw, path)
    text = text.removeprefix("\ufeff")
    kind = detect_format(path, text)
    if kind == "html":
        lines, facts = html.read(text)
        if not lines:
            raise SpeechError(path, None, "网页里没有正文", "在浏览器里打开原网页，复制正文另存为 .txt")
        return Document(kind, encoding, lines, facts)
    rows = LINE_BREAK.split(text)
    while rows and not rows[-1].strip():
        rows.pop()
    if not rows:
        raise SpeechError(path, None, "文件里没有文字", "删掉它，或换一份有内容的原件")
    if kind == "md":
        lines, facts = _markdown_lines(rows)
        return Document(kind, encoding, lines, facts)
    return Document(kind, encoding, tuple(Line(i, row) for i, row in enumerate(rows, 1)))
