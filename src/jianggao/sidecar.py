"""``name.txt.toml`` beside a raw file: what the editor knows better. It wins over what was read."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from . import dates
from .errors import SpeechError
from .model import Fact, Speech

KEYS = ("title", "subtitle", "speaker", "role", "date", "place", "occasion", "level", "publish")
FIELDS = KEYS[:-1]
MAX_VALUE = 300
"""Characters of one value, far above any title (the longest of seeds, corpus and samples has 36)."""
DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Piece:
    """What a ``[[speeches]]`` table says of one speech of a compilation."""

    fields: tuple[tuple[str, str], ...] = ()
    publish: bool = True


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The fields of one sidecar; they hold for every speech of the file unless its own piece, in order, says otherwise."""

    path: str
    fields: tuple[tuple[str, str], ...] = ()
    pieces: tuple[Piece, ...] = ()
    publish: bool = True


def _line(text: str, key: str) -> tuple[int | None, str]:
    for number, row in enumerate(text.splitlines(), 1):
        if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", row):
            return number, row.strip()
    return None, ""


def _fields(table: dict[str, object], path: str, text: str) -> tuple[tuple[str, str], ...]:
    out = []
    for key, value in table.items():
        if key in ("publish", "speeches"):
            continue
        line, row = _line(text, key)
        if key not in FIELDS:
            raise SpeechError(
                path, line, f"不认识的键 {key}", f"可用的键：{'、'.join(KEYS)}，合集另有 [[speeches]]", row, 0
            )
        if isinstance(value, date):
            value = value.isoformat()  # noqa: PLW2901 - TOML has dates of its own, and editors use them
        if not isinstance(value, str) or not value.strip():
            raise SpeechError(path, line, f"{key} 应当是不空的文字", f'写成 {key} = "…"；不知道就删掉这一行', row, 0)
        if key == "date" and not _is_date(value):
            raise SpeechError(
                path, line, f"日期 {value} 的写法不对", '写成 date = "2024-08-24"、"2024-08" 或 "2024"', row, 0
            )
        if len(value) > MAX_VALUE or any(unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") for c in value):
            cure = f"写成一行，不超过 {MAX_VALUE} 个字"
            raise SpeechError(path, line, f"{key} 里有换行、控制字符，或者太长", cure, row[:80], 0)
        out.append((key, value.strip()))
    return tuple(out)


def _is_date(value: str) -> bool:
    """YYYY, YYYY-MM or YYYY-MM-DD, and a day that exists."""
    parts = [int(p) for p in value.split("-")] if DATE.fullmatch(value) else []
    return bool(parts) and dates.iso(*parts) == value


def parse(raw: bytes, path: str) -> Sidecar:
    """The sidecar in ``raw``. Raises SpeechError with line, culprit and cure.

    >>> parse('title = "在某会上的讲话"'.encode(), "a.txt.toml").fields
    (('title', '在某会上的讲话'),)
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SpeechError(path, None, "旁注文件不是 UTF-8", "用记事本打开，另存为 UTF-8") from None
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found.group(1)) if found else None
        row = text.splitlines()[line - 1] if line and line <= len(text.splitlines()) else ""
        raise SpeechError(path, line, "旁注文件的写法不对", '每行写成 键 = "值"，引号用英文半角', row, 0) from None
    pieces = table.get("speeches", [])
    if not isinstance(pieces, list) or not all(isinstance(p, dict) for p in pieces):
        line, row = _line(text, "speeches")
        raise SpeechError(path, line, "speeches 的写法不对", "每一篇写一段 [[speeches]]", row, 0)
    told = tuple(Piece(_fields(p, path, text), _publish(p, path, text)) for p in pieces)
    return Sidecar(path, _fields(table, path, text), told, _publish(table, path, text))


def _publish(table: dict[str, object], path: str, text: str) -> bool:
    publish = table.get("publish", True)
    if not isinstance(publish, bool):
        line, row = _line(text, "publish")
        raise SpeechError(path, line, "publish 只能是 true 或 false", "写成 publish = false", row, 0)
    return publish


def apply(side: Sidecar, speeches: Sequence[Speech]) -> tuple[Speech, ...]:
    """``speeches`` with the sidecar's fields, without those that it keeps back. A changed date changes the id's year.

    Raises SpeechError when the sidecar tells of more pieces than were read.
    """
    if len(side.pieces) > len(speeches):
        what = f"旁注里有 {len(side.pieces)} 段 [[speeches]]，原件里只读出 {len(speeches)} 篇"
        raise SpeechError(side.path, None, what, "按原件里的次序，一篇写一段")
    if not side.publish:
        return ()
    out = []
    for index, speech in enumerate(speeches):
        piece = side.pieces[index] if index < len(side.pieces) else Piece()
        if piece.publish:
            out.append(_amended(speech, dict(side.fields) | dict(piece.fields)))
    return tuple(out)


def _amended(speech: Speech, fields: dict[str, str]) -> Speech:
    facts = tuple(Fact(k, v, None, "sidecar") for k, v in fields.items())
    year = fields.get("date", speech.date or "0000")[:4]
    return replace(
        speech,
        id=f"{year}-{speech.id.partition('-')[2]}",
        title=fields.get("title", speech.title),
        subtitle=fields.get("subtitle", speech.subtitle),
        speaker=fields.get("speaker", speech.speaker),
        role=fields.get("role", speech.role),
        date=fields.get("date", speech.date),
        place=fields.get("place", speech.place),
        occasion=fields.get("occasion", speech.occasion),
        level=fields.get("level", speech.level),
        evidence=speech.evidence + facts,
    )
