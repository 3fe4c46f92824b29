"""Bytes → numbered lines: the format by what the content is, then by the name; the encoding by how plausible the text is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from jianggao import encodings
from jianggao.errors import SpeechError
from jianggao.formats import docx, html, mht, pdf, sniff
from jianggao.model import Document, Fact, Line, Problem, Zone

MAX_BYTES = 16 * 1024 * 1024
"""A speech of 30,000 characters has 90 kB; the largest collected volume known to us 2.2 MB."""
SUFFIXES = {
    "txt": (".txt", ".text"),
    "md": (".md", ".markdown"),
    "html": (".html", ".htm", ".mht", ".mhtml"),
    "docx": (".docx", ".docm"),
    "pdf": (".pdf",),
}
MAX_ABOVE = 60
"""Longest line (characters) above the title of a Markdown page: a path of links, a date, no prose."""
BOLD_LINE = re.compile(r"\*\*(?!\s)[^*。；]{4,40}(?<!\s)\*\*")
"""A whole line in bold type is a heading, as on pages."""
FRONT_MATTER = {"title": "page_title", "date": "front_date", "author": "front_author"}
"""Keys of a YAML head that tell something, and the facts they become."""
MAX_FRONT = 30
"""Lines in which a YAML head has to close."""
YAML_KEY = re.compile(r"[A-Za-z_][\w.-]{0,40}\s*:(?:\s|$)", re.ASCII)
YAML_MORE = re.compile(r"[ \t]+\S|-\s|#")
"""A line of a YAML head that begins with a key, and one that goes on: indented, an item of a list, a comment."""
NAMES = {"docx": "Word 文档（.docx）", "pdf": "PDF 文件"}
TAG = re.compile(
    r"<(?:!doctype|html|head|body|meta|title|p|div|br|span|td|tr|table|font|h\d|article|a|b|strong|ul|li)\b[^<>]*+>",
    re.IGNORECASE,
)
CLOSED = re.compile(r"</(?:p|div|span|td|tr|table|h\d|li|font)>|<br\s*/?>", re.IGNORECASE)


def named_format(path: str) -> str:
    """The format that a file's name claims; ``txt`` where it claims none that we know."""
    suffix = PurePosixPath(path).suffix.lower()
    return next((kind for kind, known in SUFFIXES.items() if suffix in known), "txt")


def detect_format(path: str, text: str) -> str:
    """``txt``, ``md`` or ``html``: by the name, and by the content where the name says something else."""
    named = named_format(path)
    head = text[:2000].lstrip("\ufeff \t\r\n").lower()
    if named == "html":
        return "html" if TAG.search(text) or re.search(r"&(?:nbsp|#\d+|[a-z]{2,8});", text) else "txt"
    if head.startswith(("<!doctype html", "<html", "<head", "<body", "<meta ")) or "<body" in head:
        return "html"
    if head.startswith("<") and TAG.match(text, text.index("<")) and len(CLOSED.findall(text)) >= 3:
        return "html"
    return "md" if named == "md" else "txt"


def _markdown_lines(rows: list[str]) -> tuple[tuple[Line, ...], tuple[Fact, ...]]:
    """Lines with what Markdown says of them, and title, date and author of a YAML head (--- … ---), which is not text."""
    closes = _front_matter(rows)
    facts = [
        Fact(FRONT_MATTER[m["key"]], m["value"].strip("\"' "), i, "md/front-matter")
        for i, row in enumerate(rows[:closes], 1)
        if (m := re.match(r"(?P<key>title|date|author)\s*:\s*(?P<value>\S.*)", row))
    ]

    top = _top_heading(rows[closes:]) + closes if not any(row.startswith("# ") for row in rows) else -1

    def zone(index: int, row: str) -> Zone:
        if closes and index <= closes:
            return "aside"
        if row.startswith("# ") or index == top:
            return "title"
        return "heading" if re.match(r"#{2,6} ", row) or BOLD_LINE.fullmatch(row.strip()) else ""

    return tuple(Line(i + 1, row, zone(i, row)) for i, row in enumerate(rows)), tuple(facts)


def _front_matter(rows: list[str]) -> int:
    """Index of the line that closes a YAML head; 0 where the first lines are none: speakers' texts have rules of --- too."""
    closes = next((i for i, row in enumerate(rows[1:MAX_FRONT], 1) if row.strip() == "---"), 0)
    inside = [row for row in rows[1:closes] if row.strip()]
    if rows[0].strip() != "---" or not inside or not YAML_KEY.match(inside[0]):
        return 0
    return closes if all(YAML_KEY.match(row) or YAML_MORE.match(row) for row in inside) else 0


def _top_heading(rows: list[str]) -> int:
    """Index of the ``##`` above all text of a page that has no ``#``: its title. Far below 0 when there is none."""
    for index, row in enumerate(rows):
        if re.match(r"## \S", row):
            return index
        if len(row) > MAX_ABOVE and "](" not in row:
            break
    return -(1 << 30)


def _page(path: str, read: encodings.Text, facts: tuple[Fact, ...] = ()) -> Document:
    if (count := read.text.count("<")) > html.MAX_TAGS:
        raise SpeechError(path, None, f"网页里有 {count} 个标记，超过 {html.MAX_TAGS} 个的上限", html.COPY)
    lines, said, problems = html.read(read.text)
    if not any(line.text.strip("\u00a0\u3000 ") for line in lines):
        raise SpeechError(path, None, *html.emptiness(read.text))
    # the lines of a page are its blocks; those of its source mean nothing to who reads the report
    problems = tuple(replace(p, line=None, path=path) for p in (*read.problems, *problems))
    return Document("html", read.encoding, lines, (*said, *facts), problems)


def _limited(count: int, path: str) -> None:
    """Raises SpeechError for more lines than are read."""
    if count > sniff.MAX_LINES:
        raise SpeechError(path, None, f"文件有 {count} 行，超过 {sniff.MAX_LINES} 行的上限", sniff.SHORTEN)


def _text(raw: bytes, path: str) -> Document:
    read = encodings.to_text(raw, path)
    kind = detect_format(path, read.text)
    if kind == "html":
        return _page(path, read)
    _limited(encodings.count_lines(read.text), path)
    rows = encodings.split_lines(read.text)
    while rows and not rows[-1].strip():
        rows.pop()
    if not rows:
        raise SpeechError(path, None, "文件里没有文字", "删掉它，或换一份有内容的原件")
    if kind == "md":
        lines, facts = _markdown_lines(rows)
        return Document(kind, read.encoding, lines, facts, read.problems)
    lines = tuple(Line(i, row) for i, row in enumerate(rows, 1))
    return Document(kind, read.encoding, lines, problems=read.problems)


def _misnamed(kind: str, path: str) -> Iterable[Problem]:
    """A warning for a name that would make a reader's computer open the file with the wrong program."""
    if named_format(path) != kind:
        what = f"名字不像，内容却是{NAMES[kind]}，已按内容读出"
        yield Problem("warning", what, f"把后缀改成 {SUFFIXES[kind][0]}", None, path)


def decode(raw: bytes, path: str) -> Document:
    """The lines of a raw file, numbered from 1, not yet changed in any way but the splitting at line ends.

    ``path`` is used for its suffix and in errors. The encoding of a Word document and of a PDF is given as ``utf-8``: in both
    every character is a Unicode code point, whatever bytes the container has for it. Raises SpeechError for empty, oversized,
    binary, broken and undecodable input.
    """
    if len(raw) > MAX_BYTES:
        raise SpeechError(path, None, f"文件太大，超过 {MAX_BYTES >> 20} MB 的上限", "拆成单篇再提交")
    if not raw.strip(b"\0 \t\r\n"):
        raise SpeechError(path, None, "文件是空的", "删掉它，或换一份有内容的原件")
    kind = sniff.container(raw, path)
    if kind == "docx":
        lines, facts = docx.read(raw, path)
        return Document(kind, "utf-8", tuple(lines), facts, tuple(_misnamed(kind, path)))
    if kind == "pdf":
        lines, problems = pdf.read(raw, path)
        return Document(kind, "utf-8", tuple(lines), problems=(*problems, *_misnamed(kind, path)))
    if kind == "mht":
        page, facts = mht.read(raw)
        return _page(path, encodings.to_text(page, path), facts)
    return _text(raw, path)
