"""The archive for other programs: Markdown pages, plain text, Word documents, JSON Lines.

Everything is written beside the wanted place and moved there at the end, so a failure leaves nothing half done.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from . import explain, figures, listings, outlines
from .corpus import Corpus
from .errors import SpeechError
from .formats.docx import INSTALL
from .markup import carried
from .model import Speech
from .stages.render import UNTITLED, facts, gap_words, render

File = tuple[str, bytes]
"""A path below the place of the export, with forward slashes, and its bytes."""


def as_text(speech: Speech) -> str:
    """Title, record and text, a paragraph a line; holes stand as 〔…〕 in their place."""
    head = [speech.title or UNTITLED, *(f"{name}：{value}" for name, value in facts(speech))]
    body = []
    gaps = speech.completeness.gaps
    for number, paragraph in enumerate(speech.paragraphs):
        text = paragraph.text
        for gap in sorted((g for g in gaps if g.paragraph == number), key=lambda g: -g.offset):
            text = text[: gap.offset] + gap_words(gap, at_end=False) + text[gap.offset :]
        body.append(text)
    body += [gap_words(gap, at_end=True) for gap in gaps if gap.paragraph >= len(speech.paragraphs)]
    return carried("\n".join([*head, "", *body])) + "\n"


def _markdown(corpus: Corpus) -> Iterator[File]:
    """The pages of the site as any generator of sites can take them."""
    for reading in corpus.readings:
        for speech in reading.speeches:
            page = render(speech, reading.file, reading)
            yield page.uri, page.markdown.encode("utf-8")
    listed = (*listings.pages(corpus.speeches), *outlines.pages(corpus.speeches), figures.page(corpus.speeches))
    for page in listed:
        yield page.uri, page.markdown.encode("utf-8")


def _text(corpus: Corpus) -> Iterator[File]:
    for speech in corpus.speeches:
        yield f"{speech.id}.txt", as_text(speech).encode("utf-8")


def _word(corpus: Corpus) -> Iterator[File]:
    try:
        from .word import document  # noqa: PLC0415 - python-docx is an extra
    except ModuleNotFoundError as error:
        raise SpeechError("word", None, "没有装 python-docx，写不出 Word 文档", INSTALL) from error

    for speech in corpus.speeches:
        yield f"{speech.id}.docx", document(speech)


def _jsonl(corpus: Corpus) -> Iterator[File]:
    rows = (
        json.dumps({"file": reading.file, **explain.speech_json(speech)}, ensure_ascii=False)
        for reading in corpus.readings
        for speech in reading.speeches
    )
    yield "speeches.jsonl", "".join(f"{row}\n" for row in rows).encode("utf-8", "replace")


FORMATS: dict[str, Callable[[Corpus], Iterator[File]]] = {
    "markdown": _markdown,
    "text": _text,
    "word": _word,
    "jsonl": _jsonl,
}


def export(corpus: Corpus, form: str, place: Path) -> int:
    """Write the archive in one of ``FORMATS`` into the folder ``place``; gives the number of files.

    Raises ``SpeechError`` when something stands there already: an export never overwrites. Raises ``OSError`` when the disk
    refuses.
    """
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise SpeechError(str(place), None, "这个位置已经有东西了，没有写", "换一个新文件夹，或者先把它移走")
    beside = place.with_name(f"{place.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    count = 0
    for path, content in FORMATS[form](corpus):
        file = beside / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        count += 1
    beside.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rmdir()
    beside.replace(place)
    return count
