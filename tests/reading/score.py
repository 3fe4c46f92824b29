"""How well readings agree with labels, counted: headings with level, fields, splits, noise left, text lost.

Texts are compared as letters and digits in Simplified script, so punctuation and spacing do not count here; other tests
hold them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.reading.gold import FIELDS, GoldFile, GoldHeading, GoldSet, GoldSpeech, simplified

from jianggao import corpus
from jianggao.model import Heading, Reading, Speech

KINDS = ("own-line", "run-in", "glued")
UNTITLED = "（无题）"
ORNAMENT = re.compile(r"^0\d(?!\d)\s*")


def bare(text: str | None) -> str:
    """Letters and digits, Simplified, compatibility forms folded."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", simplified(text or "")))


@dataclass(slots=True)
class Score:
    """Counts over one set. ``faults`` are sentences for a person who wants to know what went wrong."""

    right: int = 0
    extra: int = 0
    missed: int = 0
    levels: int = 0
    own_extra: int = 0
    found: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    wanted: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    fields: dict[str, list[int]] = field(default_factory=lambda: {f: [0, 0] for f in FIELDS})
    splits: list[int] = field(default_factory=lambda: [0, 0])
    noise: list[int] = field(default_factory=lambda: [0, 0])
    lost: list[int] = field(default_factory=lambda: [0, 0])
    faults: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float | None]:
        """Shares from 0 to 1, by name; None where nothing was labelled. ``noise`` and ``text`` are shares gone and kept."""
        own_hits, own_all = self.found["own-line"], self.wanted["own-line"]
        out: dict[str, float | None] = {
            "precision": _share(self.right, self.right + self.extra),
            "recall": _share(self.right, self.right + self.missed),
            "headings": _share(2 * self.right, 2 * self.right + self.extra + self.missed),
            "levels": _share(self.levels, self.right),
            "own-line": _share(2 * own_hits, own_hits + own_all + self.own_extra) if own_all else None,
            "run-in": _share(self.found["run-in"], self.wanted["run-in"]),
            "glued": _share(self.found["glued"], self.wanted["glued"]),
        }
        out |= {name: _share(*counts) for name, counts in self.fields.items()}
        out |= {"splits": _share(*self.splits), "noise": _share(*self.noise), "text": _share(*self.lost)}
        return out


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def score(labelled: GoldSet) -> Score:
    """Read every file of ``labelled`` as it stands and count."""
    out = Score()
    for file in labelled.files:
        _file(out, file, corpus.read_file(file.path, file.root))
    return out


def _file(out: Score, file: GoldFile, reading: Reading) -> None:
    name = file.path.name
    _noise(out, file, reading)
    if file.doubtful:
        return
    same = len(reading.speeches) == len(file.speeches)
    out.splits[0] += same
    out.splits[1] += 1
    if not same:
        out.faults.append(f"{name} 篇数 {len(reading.speeches)}，应为 {len(file.speeches)}")
    whole = bare("\n".join(f"{s.title}\n{s.subtitle or ''}\n{s.text}" for s in reading.speeches))
    for expected in file.speeches:
        _kept(out, name, expected, whole)
    for expected, speech in _paired(file.speeches, reading.speeches):
        _fields(out, name, expected, speech)
        _headings(out, name, expected, speech)


def _noise(out: Score, file: GoldFile, reading: Reading) -> None:
    """A printed contents list or a repeated title says what the speech says too: only what it does not say is looked for."""
    texts = bare("\n".join(s.text for s in reading.speeches))
    own = bare("\n".join(k for s in file.speeches for k in s.keeps))
    for piece in (bare(n) for n in file.noise):
        if len(piece) >= 3 and piece not in own:
            out.noise[1] += 1
            out.noise[0] += piece not in texts
            if piece in texts:
                out.faults.append(f"{file.path.name} 噪声仍在：{piece[:40]}")


def _paired(gold: Iterable[GoldSpeech], read: tuple[Speech, ...]) -> Iterator[tuple[GoldSpeech, Speech | None]]:
    """Labels and speeches in order; with other numbers of them, each label with the speech that holds its first words."""
    labels = tuple(gold)
    if len(labels) == len(read):
        yield from zip(labels, read, strict=True)
        return
    for label in labels:
        opening = bare(label.keeps[0])[:12] if label.keeps else ""
        yield label, next((s for s in read if opening and opening in bare(s.text)), None)


def _kept(out: Score, name: str, expected: GoldSpeech, whole: str) -> None:
    for piece in (bare(k) for k in expected.keeps):
        out.lost[1] += len(piece)
        out.lost[0] += len(piece) if piece in whole else 0
        if piece not in whole:
            out.faults.append(f"{name} 丢了或拆散了：{piece[:24]}…{piece[-12:]}")


def _fields(out: Score, name: str, expected: GoldSpeech, speech: Speech | None) -> None:
    for key, values in expected.fields.items():
        read = getattr(speech, key) if speech else None
        if key == "title" and read is not None and read.startswith(UNTITLED):
            read = None  # a name made of the first words, and marked as such, invents nothing
        if values[0] is None and read is None and key != "date":
            continue  # neither tells: no evidence of skill, but an undated speech left undated is
        right = bare(read) in {bare(v) for v in values}
        out.fields[key][0] += right
        out.fields[key][1] += 1
        if not right:
            out.faults.append(f"{name} {key} 读成 {read!r}，应为 {values[0]!r}")


def _own_line(heading: Heading, speech: Speech) -> bool:
    if heading.paragraph is None or heading.start:
        return False
    return not speech.paragraphs[heading.paragraph].text[heading.end :].strip("。：；:;.． 　")


def _headings(out: Score, name: str, expected: GoldSpeech, speech: Speech | None) -> None:
    left = [h for h in speech.outline if h.attested == "body"] if speech else []
    for gold in expected.headings:
        hit = next((h for h in left if _words(h.text) == _words(gold.text)), None)
        if hit:
            left.remove(hit)
        if gold.optional:
            continue
        _counted(out, name, gold, hit)
    for heading in left:
        out.extra += 1
        out.own_extra += speech is not None and _own_line(heading, speech)
        out.faults.append(f"{name} 多出标题（{heading.level} 级）：{heading.text[:40]}")


def _words(heading: str) -> str:
    """What a heading says; the 01 that a web article sets above it may stand before it or not."""
    return bare(ORNAMENT.sub("", heading))


def _counted(out: Score, name: str, gold: GoldHeading, hit: Heading | None) -> None:
    if gold.kind:
        out.wanted[gold.kind] += 1
        out.found[gold.kind] += hit is not None
    if hit is None:
        out.missed += 1
        out.faults.append(f"{name} 漏了标题（{gold.level} 级，{gold.kind}）：{gold.text[:60]}")
        return
    out.right += 1
    out.levels += hit.level == gold.level
    if hit.level != gold.level:
        out.faults.append(f"{name} 级别 {hit.level}，应为 {gold.level}：{gold.text[:40]}")
