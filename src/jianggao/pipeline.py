"""The whole flow on one screen: bytes in, a reading out."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from . import damage, quotes, sidecar
from .audit import Group, Rule, Sheet, run
from .errors import SpeechError
from .layout import is_body
from .model import Change, Completeness, Draft, Fact, Line, Paragraph, Problem, Reading, Speech
from .rulebook import Rulebook, default
from .stages import clean, decode, metadata, outline, punctuate, simplify, split

QUOTES_CURE = "对照原件；原件有引号就换上好的原件，没有就照录"


def read(raw: bytes, path: str, side: sidecar.Sidecar | None = None, book: Rulebook | None = None) -> Reading:
    """Read one raw file. ``path`` is its path below the archive, ``side`` its sidecar.

    A file that cannot be read gives a reading without speeches and with the problem; nothing is raised for bad input.
    """
    book = book or default()
    try:
        document = decode.decode(raw, path)
    except SpeechError as error:
        return Reading(path, decode.named_format(path), "", "simplified", problems=(error.problem(),))
    lines = Sheet(document.lines)
    script = simplify.script_of(lines, book)
    passed = run(_passes(book, document.format), lines)
    drafts = split.split(passed.lines, book)
    facts = (*document.facts, *passed.facts, *split.shared_title(drafts, book))
    known = frozenset(h for d in drafts for h in outline.own_line_headings(d.body, book))
    hashed = hashlib.sha256(raw)
    speeches = tuple(
        _speech(identity(hashed, _first_line(draft), index), path, draft, own, known, book)
        for index, (draft, own) in enumerate(zip(drafts, _facts_of(drafts, facts), strict=True))
    )
    problems = [*document.problems, *_left_outside(path, passed.changes)]
    if not speeches:
        what, cure = "清洗之后没有剩下讲话正文", "看 explain.py 的清洗记录，确认原件里有讲话"
        problems.append(Problem("error", what, cure, None, path))
    if side is not None:
        try:
            speeches = sidecar.apply(side, speeches)
        except SpeechError as error:
            speeches = ()
            problems.append(error.problem())
    problems += _problems(path, speeches)
    problems += _doubtful(path, passed.lines, speeches, book)
    return Reading(
        path,
        document.format,
        document.encoding,
        script,
        document.lines,
        passed.lines,
        speeches,
        passed.changes,
        tuple(problems),
    )


@lru_cache(maxsize=8)
def _passes(book: Rulebook, kind: str) -> tuple[Rule | Group, ...]:
    """All line passes for files of the format ``kind``, in order."""
    cleaned = clean.rules(book, kind, narrowed=punctuate.rules()[:1])
    return (*simplify.rules(book), *cleaned, *simplify.words(book), *punctuate.rules())


def _facts_of(drafts: Sequence[Draft], facts: Sequence[Fact]) -> list[list[Fact]]:
    """The facts of each speech: those between its first line and the next one's; the first also has what stands above. What
    the file says of itself, without a line, holds for all."""
    starts = [_first_line(d) for d in drafts[1:]]
    inside: list[list[Fact]] = [[] for _ in drafts]
    for fact in facts:
        if fact.line is not None and drafts:
            inside[bisect_right(starts, fact.line)].append(fact)
    whole = [f for f in facts if f.line is None]
    return [own + whole for own in inside]


def _first_line(draft: Draft) -> int:
    return (draft.head + draft.body + draft.tail)[0].line


def identity(hashed: hashlib._Hash, line: int, index: int) -> str:
    """Eight hex digits for one speech of a file, from the SHA-256 ``hashed`` of its raw bytes alone, so that no rule, name or
    folder changes them.

    The first speech has the hash of the bytes; a further one adds its first line, so that it stays when the splitting
    of its neighbours gets better.
    """
    own = hashed.copy()
    if index:
        own.update(f"\n#{line}".encode())
    return own.hexdigest()[:8]


def _speech(own_id: str, path: str, draft: Draft, facts: list[Fact], known: frozenset[str], book: Rulebook) -> Speech:
    head = metadata.read_head(draft, facts, book, path)
    contents = [replace(f, value=punctuate.text(f.value)) for f in facts if f.kind == "contents"]
    shape = outline.shape((*head.left_above, *draft.body, *head.left_below), book, contents, known)
    title = head.title or _untitled(shape.paragraphs)
    partial = bool(shape.gaps)
    return Speech(
        id=f"{(head.date or '0000')[:4]}-{own_id}",
        file=path,
        title=title,
        paragraphs=shape.paragraphs,
        outline=shape.outline,
        subtitle=head.subtitle,
        speaker=head.speaker,
        role=head.role,
        place=head.place,
        occasion=head.occasion,
        kind=head.kind,
        level=head.level,
        date=head.date,
        source=head.source,
        completeness=Completeness("partial" if partial else "complete", head.stated_chars, shape.gaps),
        evidence=tuple(head.evidence),
    )


def _untitled(paragraphs: Sequence[Paragraph]) -> str:
    """A speech without title is called so, with its first words to tell it apart."""
    first = next((p.text for p in paragraphs if p.kind == "text"), "")
    return f"（无题）{first[:16]}"


def _left_outside(path: str, changes: Sequence[Change]) -> list[Problem]:
    """Prose that a web page has outside its main text is most often a comment, but a person should look."""
    lost = [c for c in changes if c.rule == "noise/outside-main" and is_body(c.before)]
    if not lost:
        return []
    what = f"正文之外还有 {len(lost)} 段成句的文字没有收进来"
    return [Problem("warning", what, "看清洗记录里的 noise/outside-main，若是讲话就改存为 .txt", lost[0].line, path)]


def _doubtful(path: str, lines: Sequence[Line], speeches: Sequence[Speech], book: Rulebook) -> list[Problem]:
    """What an editor should look at in the words: quotation marks without their other half, words that are damaged."""
    published = {p.line for speech in speeches for p in speech.paragraphs}
    out = [
        Problem(
            "warning",
            f"疑似缺引号：{words}" + (f"（这一行共 {count} 处）" if count > 1 else ""),
            QUOTES_CURE,
            line,
            path,
        )
        for line, words, count in quotes.unpaired(lines)
        if line in published
    ]
    return out + damage.problems([p for speech in speeches for p in speech.paragraphs], book, path)


def _problems(path: str, speeches: Sequence[Speech]) -> list[Problem]:
    out = []
    for speech in speeches:
        line = speech.paragraphs[0].line if speech.paragraphs else None
        if not any(p.kind == "text" for p in speech.paragraphs):
            out.append(Problem("warning", "这一篇没有正文", "看清洗记录：正文若被当成噪声删去，请报错", line, path))
        if speech.title.startswith("（无题）"):
            out.append(Problem("warning", "没有找到标题", f'在 {path}.toml 里写 title = "…"', line, path))
        out += [
            Problem("warning", f"原文不全：{g.note}", "有完整的原件就换上", g.line, path)
            for g in speech.completeness.gaps
        ]
    return out
