"""What a file is by its first bytes, whatever its name says; and for what cannot be read, what to do instead."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from jianggao.errors import SpeechError

Container = Literal["text", "docx", "pdf", "mht"]

MAX_UNPACKED = 128 * 1024 * 1024
"""Bytes that the parts of a docx may have unpacked: eight times the largest file that is read at all."""
MAX_LINES = 200_000
"""Lines, blocks or paragraphs of a file, blank ones too; `MAX_BYTES` of nothing but line ends would be sixteen million."""
SHORTEN = "拆成单篇再提交；空行多的，先把空行删掉"
SAVE_AS = "用 Word/WPS 打开，另存为 .docx 或“纯文本 (.txt)”"
OCR = "先做文字识别（OCR），校对以后提交文字"
UNPACK = "先解压，把里面的讲话稿一个一个放进来"
SIGNATURES = (
    (rb"\{\\rtf", "RTF 文档", SAVE_AS),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftyphei", "图片", OCR),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b\x08|BZh\d1AY|\xfd7zXZ", "压缩包", UNPACK),
    (rb"CAJ\0|HN\0\0|KDH ", "知网 CAJ 文件", "用 CAJViewer 打开，复制文字另存为 UTF-8 的 .txt"),
    (rb"bplist00", "苹果浏览器存的网页归档", "在浏览器里重新打开，另存为“网页，仅 HTML”"),
    (rb"<\?xml[^>]*>\s*<\?mso-application", "Word 2003 的 XML 文档", SAVE_AS),
    (rb"MZ.{58}|\x7fELF", "程序文件", "删掉它；讲话稿应当是文字"),
    (rb"ID3|.{4}ftyp|OggS|RIFF.{4}(?:WAVE|AVI )|#!AMR", "录音或录像", "先整理成文字稿，再提交"),
    (rb"%!PS", "PostScript 文件", "转成 PDF，或复制文字另存为 UTF-8 的 .txt"),
)
SIGNED = re.compile(b"|".join(pattern for pattern, _, _ in SIGNATURES), re.DOTALL)
OLE = b"\xd0\xcf\x11\xe0"
OLE_KINDS = (
    ("EncryptedPackage", "设了打开密码的 Office 文档", "用 Word/WPS 打开，去掉密码后另存"),
    ("WordDocument", "旧版 Word/WPS 文档（.doc/.wps）", SAVE_AS),
    ("Workbook", "Excel 表格", "讲话稿在表格里的，复制成文字另存为 .txt"),
    ("PowerPoint Document", "PowerPoint 演示文稿", "把讲稿文字复制出来，另存为 .txt"),
)
ZIP_KINDS = (
    ("xl/", "Excel 表格", "讲话稿在表格里的，复制成文字另存为 .txt"),
    ("ppt/", "PowerPoint 演示文稿", "把讲稿文字复制出来，另存为 .txt"),
    ("OFD.xml", "OFD 版式文件", "用 OFD 阅读器打开，复制文字另存为 UTF-8 的 .txt"),
    ("META-INF/container.xml", "EPUB 电子书", "复制其中的讲话，另存为 UTF-8 的 .txt"),
    ("content.xml", "OpenDocument 文档（.odt）", SAVE_AS),
)
BLANK = b"\xef\xbb\xbf\0 \t\r\n\f"
"""What may stand before the first byte that tells: a byte order mark, white space."""
MHT_STARTS = (b"from:", b"mime-version:", b"subject:", b"date:", b"content-type:", b"x-saved-by:", b"snapshot-")


def _refused(path: str, what: str, cure: str) -> SpeechError:
    return SpeechError(path, None, f"这是{what}，读不了", cure)


def _zip(raw: bytes, path: str) -> Container:
    """``docx`` for a Word document. Raises SpeechError for every other and every broken archive, and for one that would
    unpack to more than ``MAX_UNPACKED``."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        kind = (
            "Word 文档（.docx）" if b"word/" in raw[:8192] or path.lower().endswith(".docx") else "压缩包或 Office 文档"
        )
        what = f"{kind}不完整或已损坏"
        raise SpeechError(path, None, what, "重新下载或请对方重发；还能打开的，用 Word/WPS 另存一次") from None
    if sum(i.file_size for i in infos) > MAX_UNPACKED:
        what = f"解开后超过 {MAX_UNPACKED // (1 << 20)} MB，不像讲话稿"
        raise SpeechError(path, None, what, "去掉图片和附件再存，或另存为“纯文本 (.txt)”")
    if any(i.flag_bits & 1 for i in infos):
        raise _refused(path, "设了密码的压缩包", UNPACK)
    names = [i.filename for i in infos]
    if "[Content_Types].xml" in names and any(n.startswith("word/") for n in names):
        return "docx"
    for prefix, what, cure in ZIP_KINDS:
        if any(n.startswith(prefix) for n in names):
            raise _refused(path, what, cure)
    raise _refused(path, "压缩包", UNPACK)


def container(raw: bytes, path: str) -> Container:
    """How ``raw`` has to be read. ``path`` is only named in errors. Raises SpeechError, with the cure, for what is known
    but not read: old Word documents, images, archives, encrypted documents."""
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(raw, path)
    # a text may speak of %PDF-; only a file that is named so may have something else before it
    if raw[:1024].lstrip(BLANK).startswith(b"%PDF-") or (path.lower().endswith(".pdf") and b"%PDF-" in raw[:1024]):
        return "pdf"
    if raw.startswith(OLE):
        found = next((row for row in OLE_KINDS if row[0].encode("utf-16-le") in raw), OLE_KINDS[1])
        raise _refused(path, found[1], found[2])
    for pattern, what, cure in SIGNATURES if SIGNED.match(raw) else ():
        if re.match(pattern, raw, re.DOTALL):
            raise _refused(path, what, cure)
    head = raw[:4096].lstrip().lower()
    if head.startswith(MHT_STARTS) and b"mime-version:" in head and re.search(rb"multipart/related|text/html", head):
        return "mht"
    return "text"
