"""The records that travel through the house: frozen, without behaviour beyond reading themselves.

Units used everywhere: lines count from 1, characters are Unicode code points, offsets count from 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Script = Literal["simplified", "traditional", "mixed"]
Severity = Literal["error", "warning"]
Zone = Literal["", "title", "heading", "aside", "label"]
Kind = Literal["text", "heading", "salutation"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a decoded file. ``zone`` is what the format itself says of the line.

    ``number`` is the line of the raw file (txt, md) or the running number of the block (html, docx), from 1; no two
    lines of a reading share one. ``zone`` is ``aside`` for what stands outside the main text of a web page.
    """

    number: int
    text: str
    zone: Zone = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the audit trail: line ``line`` said ``before`` and says ``after`` now; None when it was removed."""

    rule: str
    line: int
    before: str
    after: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a removed notice or the format said: ``kind`` is a field name such as ``url`` or ``stated_chars``."""

    kind: str
    value: str
    line: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What a person should look at; an ``error`` keeps a file out of the edition, a ``warning`` does not."""

    severity: Severity
    what: str
    next_step: str
    line: int | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A decoded file: its lines and what the container told (``facts``), before any rule has run."""

    format: str
    encoding: str
    lines: tuple[Line, ...]
    facts: tuple[Fact, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a line: a line is cut only where a title, a byline or a salutation is glued to something else.

    ``zone`` is the line's, or ``label`` for the number of a piece in a collection and an entry of its table of contents.
    """

    line: int
    text: str
    zone: Zone = ""
    salutation: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """One speech, not yet understood: head blocks (title, byline, date), body blocks, and what stands below the closing."""

    head: tuple[Block, ...]
    body: tuple[Block, ...]
    tail: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the published text. ``id`` is its anchor: ``p3``, or the heading's ``s1-2`` when it is a heading."""

    id: str
    text: str
    line: int
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Heading:
    """One entry of the outline 提纲.

    ``text`` keeps its number and drops the closing mark; it is ``paragraphs[paragraph].text[start:end]``. A heading that
    only the source's own 目录 lists has ``attested='contents'`` and no paragraph.
    """

    level: int
    number: str
    text: str
    id: str
    line: int
    attested: Literal["body", "contents"] = "body"
    paragraph: int | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """A hole of the source. It stands before character ``offset`` of paragraph ``paragraph`` (counted from 0; at the end of
    the text ``paragraph`` is the number of paragraphs). ``chars`` is the number of missing characters where stated."""

    chars: int | None
    note: str
    line: int
    paragraph: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text was found and what that place claims; ``posted`` is the day of the web page, never of the speech."""

    site: str | None = None
    url: str | None = None
    posted: str | None = None
    rights: str | None = None


@dataclass(frozen=True, slots=True)
class Completeness:
    """``partial`` when the source itself says, or shows, that something is missing."""

    status: Literal["complete", "partial"] = "complete"
    stated_chars: int | None = None
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Speech:
    """One speech as it is published. ``kind`` is the type of occasion (述职评议, 动员部署 …),
    ``level`` the rank or sort of the speaker's office (县区, 学校 …); None when nothing tells."""

    id: str
    file: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    outline: tuple[Heading, ...] = ()
    subtitle: str | None = None
    speaker: str | None = None
    role: str | None = None
    place: str | None = None
    occasion: str | None = None
    kind: str | None = None
    level: str | None = None
    date: str | None = None
    source: Source = field(default_factory=Source)
    completeness: Completeness = field(default_factory=Completeness)
    evidence: tuple[Fact, ...] = ()

    @property
    def text(self) -> str:
        """The speech as published, paragraphs separated by line breaks."""
        return "\n".join(p.text for p in self.paragraphs)

    @property
    def chars(self) -> int:
        """Length of the published text in characters, line breaks not counted."""
        return sum(len(p.text) for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one raw file gave. ``file`` is its path below the archive's folder, with forward slashes."""

    file: str
    format: str
    encoding: str
    script: Script
    decoded: tuple[Line, ...] = ()
    final: tuple[Line, ...] = ()
    speeches: tuple[Speech, ...] = ()
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site before MkDocs: where it stands (``speeches/2024-1a2b3c4d.md``) and its Markdown."""

    uri: str
    markdown: str
