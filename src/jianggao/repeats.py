"""What a page says twice: lines said again right below, and the title above the salutation, between paragraphs, below the text.

Each function is the finder of one audited rule (see `jianggao.audit.Rule`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .audit import Edit, Lines
from .layout import ends, is_body
from .rulebook import Rulebook

LISTED = re.compile("[（(]?[一二三四五六七八九十\\d]{1,3}[、.．)）]")
MAX_TITLE, MAX_AROUND = 60, 10
"""Characters of a title that may be said again below the text, and of what a site puts around it there."""
MIN_TITLE, HEAD_LINES = 6, 12
READ_OUT = re.compile("[念读]|题目|谢[！!。]?$")
LETTERS = re.compile(r"\s")


def repeated(lines: Lines) -> Iterable[Edit]:
    """A short line that says again what the line before it said (titles three and four times over)."""
    before = ""
    for i, line in enumerate(lines):
        text = line.text
        if not text:
            continue
        if text == before and 6 <= len(text) <= 120 and not ends(text):
            yield Edit(i, None)
        before = text


def repeated_inline(lines: Lines) -> Iterable[Edit]:
    """The first line says its title twice over, glued: 「题目题目 正文」."""
    for i, line in enumerate(lines[:6]):
        m = re.match(r"^(?P<t>[^。，；,;]{8,60}?)\s*(?P=t)(?=\s|$|[（(\u3400-\u9fff])", line.text)
        if m:
            yield Edit(i, line.text[: m.end("t")] + line.text[m.end() :])


def title_before_call(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """A title that stands on a line of its own above, said again right before the salutation, with other blanks in it."""
    filled = [i for i, line in enumerate(lines) if line.text][:HEAD_LINES]
    titles = [
        lines[i].text for i in filled if len(lines[i].text) <= MAX_TITLE and book.forms["title"].search(lines[i].text)
    ]
    for i in filled:
        text = lines[i].text
        for words in (LETTERS.sub("", title) for title in titles if title != text and title[:1] == text[:1]):
            found = re.match(r"\s*".join(map(re.escape, words)), text) if len(words) >= MIN_TITLE else None
            rest = text[found.end() :].strip() if found else ""
            if rest and book.forms["salutation"].match(rest):
                yield Edit(i, rest)
                break


def title_below(book: Rulebook, lines: Lines, first: int, last: int) -> Iterable[Edit]:
    """The title said again below the speech, with a site's name or a file's suffix around it. ``first`` and ``last`` are
    the indexes of the speech's first and last lines."""
    if last < first:
        return
    titles = [x.text for x in lines[:first] if 8 <= len(x.text) <= MAX_TITLE and book.forms["title"].search(x.text)]
    for i in range(last + 1, len(lines)):
        text = lines[i].text
        if text and not LISTED.match(text) and any(t in text and len(text) <= len(t) + MAX_AROUND for t in titles):
            yield Edit(i, None)


def title_again(book: Rulebook, lines: Lines) -> Iterable[Edit]:
    """The title said again between two paragraphs of the speech, as a site puts it there: the same words as a line of the
    head, below the first words of the speech, with prose behind it and no piece of a collection that begins there."""
    filled = [i for i, line in enumerate(lines) if line.text]
    opened = next((n for n, i in enumerate(filled) if is_body(lines[i].text) or _calls(book, lines[i].text)), None)
    if opened is None:
        return
    head = {lines[i].text for i in filled[:opened]}
    for n in range(opened + 1, len(filled) - 1):
        text = lines[filled[n]].text
        if len(text) < MIN_TITLE or text not in head or not book.forms["title"].search(text):
            continue
        below, above = lines[filled[n + 1]].text, lines[filled[n - 1]].text
        if book.forms["closing"].tail(above) or READ_OUT.search(above):
            continue  # the next piece of a collection, or what the speaker reads out
        if is_body(below) and not _calls(book, below):
            yield Edit(filled[n], None)


def _calls(book: Rulebook, text: str) -> bool:
    """Whether a line calls the audience, be it with the first character lost: 志们：."""
    return bool(book.forms["salutation"].match(text)) or text.rstrip("：: ") == "志们"
