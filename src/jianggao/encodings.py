"""Bytes → text: which encoding, by how plausible the decoded text is, and what to do with a few bytes that do not fit.

Every Big5 text is also valid GB18030, so "it decodes" decides nothing; what decides is whether the result reads like
Chinese (`jianggao.plausible`).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from charset_normalizer import from_bytes

from . import euc_tw
from .errors import SpeechError
from .model import Problem
from .plausible import CERTAIN, DOUBTFUL, FOREIGN, LOOK, PLAUSIBLE, RUBBISH, SAMPLE, common, plausibility

MENDED = "□"
"""What stands for bytes that are no character: in Chinese editions the mark of an illegible one."""
MEND = "对照原件补上缺字，或换一份完好的原件"
CUT_OFF = ("文件末尾有半个字，像是没有传完", "核对结尾，不全就换一份原件")
TAIL = 200
"""Characters at the end that must read well too: a byte lost from UTF-16 spoils all that follows it."""
MOST_MENDED = 200_000
"""Bytes of damaged lines for which the best reading is looked for; what is beyond is decoded from left to right."""
BOMS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
EIGHT_BIT = (("gb18030", "gb18030"), ("big5hkscs", "big5"))
SIXTEEN_BIT = (("utf-16-le", "utf-16"), ("utf-16-be", "utf-16"))
THIRTY_TWO_BIT = (("utf-32-le", "utf-32"), ("utf-32-be", "utf-32"))
LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
ODD_BREAKS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
LOST_WORDS = ("\ufffd", "锟斤拷", "烫烫烫", "锘挎")
LOST = re.compile("|".join((*LOST_WORDS, MENDED)))
DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*(gb|big5|utf-?8)""", re.IGNORECASE)


def split_lines(text: str) -> list[str]:
    """The lines of ``text``, as `LINE_BREAK` parts them; most texts have line feeds alone."""
    return LINE_BREAK.split(text) if any(map(text.__contains__, ODD_BREAKS)) else text.split("\n")


def count_lines(text: str) -> int:
    """Number of lines that `LINE_BREAK` makes of ``text``, without making them."""
    return 1 + sum(map(text.count, "\n" + ODD_BREAKS)) - text.count("\r\n")


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text. ``problems`` name bytes that were no characters, and lines in another encoding than the rest."""

    encoding: str
    text: str
    problems: tuple[Problem, ...] = ()


def _try(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


def _candidates(raw: bytes) -> Iterable[tuple[str, str]]:
    """Encoding and text for every encoding that fits ``raw`` without an error, most usual first."""
    nuls = raw[:4096].count(0)
    tried: list[tuple[str, str]] = []
    if nuls:
        tried += [*THIRTY_TWO_BIT, *SIXTEEN_BIT]
    if nuls * 20 <= len(raw[:4096]):
        tried += [*EIGHT_BIT, *(() if nuls else SIXTEEN_BIT)]
    for codec, name in tried:
        even = raw[: len(raw) - len(raw) % (4 if "32" in codec else 2)] if codec.startswith("utf") else raw
        text = _try(even, codec)
        if text is not None:
            yield name, text


def _utf8(raw: bytes) -> Text | None:
    """Strict UTF-8, which other text is not by chance; but not what is full of control characters or NULs."""
    text = _try(raw, "utf-8")
    if text is None or len(RUBBISH.findall(text[:SAMPLE])) * 50 > min(len(text), SAMPLE):
        return None
    if "~{" in text and text.isascii() and (hz := _try(raw, "hz")) and plausibility(hz) >= DOUBTFUL:
        return Text("hz", hz)
    return Text("utf-8", text)


def _declared(raw: bytes) -> str:
    """What a web page says of itself, which is often wrong and only tips the scales."""
    found = DECLARED.search(raw[:2048])
    said = found.group(1).lower() if found else b""
    return "gb18030" if said == b"gb" else "utf-8" if said.startswith(b"utf") else said.decode()


def _best(raw: bytes) -> tuple[float, str, str]:
    """Score, encoding and text of the most plausible encoding that fits without an error; −9 where none does."""
    said = _declared(raw)
    best = (-9.0, "", "")
    for name, text in _candidates(raw):
        score = plausibility(text) + 0.1 * (name == said)
        if score > best[0]:
            best = (score, name, text)
        if score >= CERTAIN:
            break
    if best[0] < PLAUSIBLE and (taiwanese := euc_tw.decode(raw)):
        score = plausibility(taiwanese)
        if score > max(best[0], DOUBTFUL):
            best = (score, "euc-tw", taiwanese)
    return best


def _read_pair(row: bytes, at: int, codec: str) -> tuple[str, int, float] | None:
    """The character that begins at byte ``at``, its length and what it is worth; None where none does."""
    if row[at] < 0x80:
        return chr(row[at]), 1, 0.2
    for size in (2, 4) if codec == "gb18030" else (2,):
        char = _try(row[at : at + size], codec)
        if char is not None and not RUBBISH.search(char):
            return char, size, 1.0 if size == 2 and char in common() else 0.1
    return None


def _mended_line(row: bytes, codec: str) -> str:
    """The best reading of a damaged line in a double-byte encoding: one lost byte shifts all that follow it, so every way
    to cut the line into characters and stray bytes is weighed."""
    best: list[tuple[float, int, str]] = [(0.0, -1, "")] + [(-1e9, -1, "")] * len(row)
    for at in range(len(row)):
        here = best[at][0]
        found = _read_pair(row, at, codec)
        # a broken byte spoils the one that belongs to it: two strays at once cost little more than one
        steps = [(at + 1, here - 3.0, MENDED), (min(at + 2, len(row)), here - 3.5, MENDED)]
        if found:
            steps.append((at + found[1], here + found[2], found[0]))
        for end, score, char in steps:
            if score > best[end][0]:
                best[end] = (score, at, char)
    out, at = [], len(row)
    while at > 0:
        _, at, char = best[at]
        out.append(char)
    return "".join(reversed(out))


def _mend(row: bytes, codec: str, closely: bool) -> str:
    """A line that is not valid in ``codec``, each run of bytes that are no character as one `MENDED`."""
    if codec == "utf-8" or not closely:
        return re.sub("\ufffd+", MENDED, row.decode(codec, "replace"))
    return re.sub(f"{MENDED}+", MENDED, _mended_line(row, codec))


def _other(row: bytes, codec: str, fits: bool) -> tuple[str, str] | None:
    """(encoding, text) of a line that stands in another encoding than ``codec``; it must be long enough to tell. UTF-8 does
    not happen by chance where ``codec`` does not fit, so two characters are enough."""
    for other, name in (("utf-8", "utf-8"), *EIGHT_BIT):
        text = _try(row, other) if other != codec else None
        length = len("".join(FOREIGN.findall(text))) if text else 0
        if text and (
            (length >= 6 and plausibility(text) >= PLAUSIBLE) or (name == "utf-8" and not fits and length >= 2)
        ):
            return name, text
    return None


def _by_line(raw: bytes, codec: str, name: str, path: str) -> Text:
    """``raw`` line by line: what fits ``codec``, what is plainly in another encoding, and what has to be mended."""
    out: list[str] = []
    strays: dict[str, list[int]] = {}
    mended: list[int] = []
    looked_at = 0
    for number, row in enumerate(raw.split(b"\n"), 1):
        text = _try(row, codec)
        suspect = text is None or (codec != "utf-8" and not row.isascii() and plausibility(text) < PLAUSIBLE)
        other = _other(row, codec, text is not None) if suspect else None
        if other:
            strays.setdefault(other[0], []).append(number)
            text = other[1]
        elif suspect:
            looked_at += len(row)
            better = _mend(row, codec, looked_at <= MOST_MENDED)
            if text is None or plausibility(better) > plausibility(text) + 0.3:
                mended.append(number)
                text = better
        out.append(text or "")
    problems = []
    if mended:
        what = f"有 {len(mended)} 行里有不成字的字节，已用 {MENDED} 代替，首处在第 {mended[0]} 行"
        problems.append(Problem("warning", what, MEND, mended[0], path))
    for stray, numbers in strays.items():
        what = f"全文是 {name} 编码，从第 {numbers[0]} 行起却有 {len(numbers)} 行是 {stray}，已分别读出"
        problems.append(Problem("warning", what, "核对这些行；最好把原件统一存成 UTF-8", numbers[0], path))
    return Text(name, "\n".join(out), tuple(problems))


def _damaged(raw: bytes, path: str) -> Text | None:
    """``raw`` in the encoding that fits it best although some bytes do not fit; None when too many do not."""
    scored = [
        (plausibility(raw.decode(codec, "replace")), codec, name) for codec, name in (("utf-8", "utf-8"), *EIGHT_BIT)
    ]
    _, codec, name = max(scored)
    read = _by_line(raw, codec, name, path)
    marks = read.text.count(MENDED)
    return read if marks * 20 <= len(read.text) and plausibility(read.text) >= PLAUSIBLE else None


def _marked(raw: bytes, path: str) -> Text | None:
    """A text that begins with a byte order mark, or None without one. Raises SpeechError when the mark does not fit."""
    for bom, codec, name in BOMS:
        if not raw.startswith(bom):
            continue
        body = raw[len(bom) :]
        unit = 4 if "32" in codec else 2 if "16" in codec else 1
        whole = body[: len(body) - len(body) % unit]
        text = _try(whole, codec)
        cut = len(whole) < len(body)
        if text is not None and (text or not body) and not (cut and plausibility(text[-TAIL:]) < DOUBTFUL):
            return Text(name, text, (Problem("warning", *CUT_OFF, None, path),) if cut else ())
        mended = re.sub("\ufffd+", MENDED, whole.decode(codec, "replace"))
        whole_way = min(plausibility(mended), plausibility(mended[-TAIL:]))
        if whole_way >= DOUBTFUL and 0 < mended.count(MENDED) * 20 <= len(mended):
            return Text(name, mended, (_mended(mended, path),))
        raise SpeechError(path, None, f"文件以 {name} 的标记开头，后面却不是 {name}", "用记事本打开，另存为 UTF-8")
    return None


def _mended(text: str, path: str) -> Problem:
    line = len(LINE_BREAK.findall(text, 0, text.index(MENDED))) + 1
    what = f"有不成字的字节，已用 {MENDED} 代替，首处在第 {line} 行"
    return Problem("warning", what, MEND, line, path)


def _lost(read: Text, path: str) -> Text:
    """``read`` with a warning where an earlier program has already destroyed characters: �, 锟斤拷."""
    told = any(word in read.text for word in LOST_WORDS)
    found = next((m for m in LOST.finditer(read.text) if m.group() != MENDED), None) if told else None
    if found is None:
        return read
    line = len(LINE_BREAK.findall(read.text, 0, found.start())) + 1
    count = sum(m.group() != MENDED for m in LOST.finditer(read.text))
    what = f"有 {count} 处乱码（如“{found.group()}”），原来的字在存盘以前就丢了"
    problem = Problem("warning", what, "换一份没有乱码的原件", line, path)
    return Text(read.encoding, read.text, (*read.problems, problem))


def to_text(raw: bytes, path: str) -> Text:
    """The text of ``raw``, without a byte order mark. Raises SpeechError for what is no text in any encoding we know.

    A problem's line is that of the raw file, from 1.
    """
    read = _marked(raw, path) or _utf8(raw) or _guessed(raw, path)
    return _lost(Text(read.encoding, read.text.removeprefix("\ufeff"), read.problems), path)


def _guessed(raw: bytes, path: str) -> Text:
    """What is neither marked nor UTF-8."""
    score, name, text = _best(raw)
    if score >= PLAUSIBLE and name not in ("gb18030", "big5"):
        return Text(name, text)
    if score >= PLAUSIBLE:
        codec = "big5hkscs" if name == "big5" else name
        return _by_line(raw, codec, name, path)
    damaged = _damaged(raw, path)
    if damaged and plausibility(damaged.text) > score:
        return damaged
    if score >= DOUBTFUL:
        return Text(name, text)
    guess = from_bytes(raw[:LOOK]).best()
    guessed = _try(raw, guess.encoding) if guess else None
    if guess is None or guessed is None or plausibility(guessed) < DOUBTFUL:
        raise SpeechError(
            path, None, "看不出文字编码，内容像是二进制或已损坏", "换一份原件，或用记事本打开后另存为 UTF-8"
        )
    return Text(guess.encoding.replace("_", "-"), guessed)
