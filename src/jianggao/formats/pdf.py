"""A PDF with a text layer → lines, with pypdf: the rows of each page by their place, then paragraphs (`pdf_layout`)."""

from __future__ import annotations

import io
import logging
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from jianggao.errors import SpeechError
from jianggao.model import Line, Problem
from jianggao.plausible import DOUBTFUL, plausibility

from .pdf_layout import Row, lines_of
from .sniff import OCR

INSTALL = "运行 make install；不用 make 的，运行 pip install -e '.[pdf]'"
BROKEN = "重新下载或请对方重发；能打开的，复制文字另存为 UTF-8 的 .txt"
UNLOCK = "用阅读器打开，复制文字另存为 UTF-8 的 .txt，或去掉密码另存"
MAX_PAGES = 3_000
FEW = 20
"""Characters a page: below that on the average, what a PDF holds is page numbers or stamps, not a text."""
MAX_NAMED = 20
"""Pages that a warning names one by one."""
# Fonts that draw 长 and the radical ⻓ with one shape give the radical's code back. NFKC knows 2F00–2FDF; these it does not.
RADICALS = dict(
    zip(
        map(ord, "⺁⺇⺠⺩⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱⻳⺎⺏⺒⺓⺜⺝⺟⺫⺬⺮⺶⺼⺽⻊⻗⻡"),
        "厂几民王虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龜龟兀尢巳幺日月母目示竹羊肉臼足雨首",
        strict=True,
    )
)
RADICALS |= {
    code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2F00, 0x2FD6), *range(0xFB00, 0xFB05))
}
RADICALS |= {
    0x2F3E: "户",
    0x2E3A: "——",
}  # NFKC gives the other shape 戶; a two-em dash is two dashes in every other format


def _rows(page: Any, number: int) -> list[Row]:
    """The rows of one page in the order of its stream; what stands on one height and follows one another is one row."""
    rows: list[Row] = []

    def visit(text: str, outer: Sequence[float], inner: Sequence[float], _: Any, size: float) -> None:
        a, b, c, d, e, f = (float(x) for x in inner)
        oa, ob, oc, od, oe, of = (float(x) for x in outer)
        left, height = e * oa + f * oc + oe, e * ob + f * od + of
        tall = (size or 1.0) * math.hypot(c * oa + d * oc, c * ob + d * od)
        slanted = abs(a * ob + b * od) > 0.1 * abs(a * oa + b * oc)
        for piece in text.split("\n"):
            if not piece.strip() and not (rows and piece):
                continue
            said = piece.translate(RADICALS)
            if rows and rows[-1].takes(left, height, tall, slanted):
                rows[-1].add(said, left)
            elif said.strip():
                rows.append(Row(number, height, tall, slanted, [(left, said)]))

    page.extract_text(visitor_text=visit)
    return rows


def _opened(raw: bytes, path: str) -> Any:
    """A reader whose pages can be read. Raises SpeechError for what is broken, locked or endless."""
    import pypdf  # noqa: PLC0415  an extra: only who reads pdf needs it

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of the file's inner structure
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if locked else len(reader.pages)
    except (pypdf.errors.DependencyError, pypdf.errors.FileNotDecryptedError):
        locked, count = True, 0
    except Exception:  # whatever its parsers happen to raise on a damaged file
        raise SpeechError(path, None, "PDF 不完整或已损坏", BROKEN) from None
    if locked:
        raise SpeechError(path, None, "PDF 设了密码", UNLOCK)
    if count == 0:
        raise SpeechError(path, None, "PDF 不完整或已损坏，里面没有一页", BROKEN)
    if count > MAX_PAGES:
        raise SpeechError(path, None, f"PDF 有 {count} 页，超过 {MAX_PAGES} 页的上限", "拆成单篇再提交")
    return reader


def _pages(reader: Any) -> list[list[Row] | None]:
    """The rows of every page, None for a page that cannot be read."""
    pages: list[list[Row] | None] = []
    for number in range(len(reader.pages)):
        try:
            pages.append(_rows(reader.pages[number], number + 1))
        except Exception:  # as above, page by page
            pages.append(None)
    return pages


def _named(numbers: Sequence[int]) -> str:
    """第 2、5 页, the first `MAX_NAMED` of them."""
    more = "等" if len(numbers) > MAX_NAMED else ""
    return f"第 {'、'.join(map(str, numbers[:MAX_NAMED]))} 页{more}"


def _blank(pages: Sequence[list[Row] | None], path: str) -> Iterable[Problem]:
    """Warnings for pages that gave no text, which are scanned or broken."""
    broken = [n for n, rows in enumerate(pages, 1) if rows is None]
    if broken:
        what = f"PDF 的{_named(broken)}已损坏，没有读出来"
        yield Problem("warning", what, BROKEN, None, path)
    empty = [n for n, rows in enumerate(pages, 1) if rows == []]
    if empty:
        what = f"PDF 的{_named(empty)}没有文字层，像是图片或空白页，没有收进来"
        yield Problem("warning", what, f"对照原件；有文字的页{OCR}", None, path)


def read(raw: bytes, path: str) -> tuple[Sequence[Line], tuple[Problem, ...]]:
    """Lines and problems of the PDF ``raw``. A line is a paragraph, joined from the rows of a page and over its end; its number
    is that of its first row, counted from 1 through the whole document. Page numbers and running heads are of the zone
    ``aside``, a title set in large type is of the zone ``title``.

    ``path`` is only named in errors. Raises SpeechError when pypdf is missing, and for what is broken, locked or without a
    text layer that reads like text.
    """
    try:
        import pypdf  # noqa: F401, PLC0415
    except ImportError:
        raise SpeechError(path, None, "这是 PDF 文件，本机还没有装读它的 pypdf", INSTALL) from None
    pages = _pages(_opened(raw, path))
    said = "".join(row.text for rows in pages for row in rows or ())
    if not any(pages) and None in pages:
        raise SpeechError(path, None, "PDF 不完整或已损坏，一页也读不出来", BROKEN)
    if len(re.sub(r"\s", "", said)) < FEW * len(pages):
        raise SpeechError(path, None, "PDF 没有文字层，是扫描的图片", OCR)
    if plausibility(said) < DOUBTFUL:
        raise SpeechError(path, None, "PDF 的文字层是乱码，字体没有带上对照表", OCR)
    return lines_of([rows or [] for rows in pages]), tuple(_blank(pages, path))
