"""Words into Markdown that gives back every character: whatever Markdown, HTML or YAML would act on is escaped.

So ``**个县``, ``2023.`` at the start of a line or ``<script>`` reach the reader as they stand in the source.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from html import escape as html_escape
from urllib.parse import quote, urlsplit

_BACKSLASHED = re.compile(r"([\\`*_{}\[\]#])")
_REFERRED = re.compile(r"[&<>|~]|[^\S \u3000]")
_NUMBERED = re.compile(r"(\d+)([.)])")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def carried(text: str) -> str:
    """``text`` as HTML can carry it: what no page may hold (controls, lone halves, non-characters) is �, one for one.

    >>> carried("甲\\x00乙")
    '甲�乙'
    """
    return text if text.isprintable() else "".join("\ufffd" if _is_uncarried(c) else c for c in text)


def _is_uncarried(char: str) -> bool:
    code = ord(char)
    if unicodedata.category(char) in ("Cc", "Cs"):
        return char not in "\t\n"
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def escaped(text: str, opens: bool = False, closes: bool = False) -> str:
    """``text`` as inline Markdown that reads as exactly these characters.

    ``opens`` and ``closes`` say whether it stands at the start and at the end of its block, where digits, signs and
    spaces mean more.

    >>> print(escaped("2023.**个县 <b>", opens=True))
    2023\\.\\*\\*个县 &lt;b&gt;
    """
    text = carried(text)
    head, tail = "", ""
    if opens:
        head, text = _opening(text)
    if closes and text and text[-1].isspace():
        text, tail = text[:-1], _reference(text[-1])
    text = _BACKSLASHED.sub(r"\\\1", text)
    return head + _REFERRED.sub(lambda m: _reference(m[0]), text) + tail


def _opening(text: str) -> tuple[str, str]:
    """What the first characters of a block become, and the rest, which is still to be escaped."""
    if numbered := _NUMBERED.match(text):
        return f"{numbered[1]}\\{numbered[2]}", text[numbered.end() :]
    if text[:1] in ("+", "-", "!"):
        return f"\\{text[0]}", text[1:]
    if text and (text[0].isspace() or text[0] in "=:?/"):
        return _reference(text[0]), text[1:]
    return "", text


def _reference(char: str) -> str:
    return _NAMED.get(char) or f"&#{ord(char)};"


def attribute(text: str) -> str:
    """``text`` as the value of a double-quoted HTML attribute."""
    return html_escape(carried(text).replace("\n", " "))


def web_address(url: str | None) -> str | None:
    """``url`` when a page may link to it (http or https, with a host), percent-encoded; None for everything else.

    >>> web_address("javascript:alert(1)"), web_address("https://example.org/讲话 1.html")
    (None, 'https://example.org/%E8%AE%B2%E8%AF%9D%201.html')
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return quote(carried(url.strip()), safe="/:?#[]@!$&'()*+,;=%~", errors="replace").translate(_NO_BRACKETS)


_NO_BRACKETS = str.maketrans({"(": "%28", ")": "%29", "[": "%5B", "]": "%5D", "*": "%2A", "'": "%27"})


def front_matter(fields: Mapping[str, str | int | None]) -> str:
    """A YAML head with these fields; those that are None are left out.

    >>> print(front_matter({"title": "讲话: 一", "date": None}), end="")
    ---
    title: "讲话: 一"
    ---
    """
    rows = [f"{key}: {_scalar(value)}\n" for key, value in fields.items() if value is not None]
    return f"---\n{''.join(rows)}---\n"


def _scalar(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    quoted = json.dumps(carried(value), ensure_ascii=False)
    return re.sub("[\u2028\u2029\ufeff]", lambda m: f"\\u{ord(m[0]):04x}", quoted)
