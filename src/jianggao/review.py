"""What a reviewer of a pull request must see of each raw file: removed, read, missing, already there."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from . import explain, reuse
from .corpus import Corpus
from .errors import SpeechError
from .model import Reading, Speech

REMOVED_SHARE = 0.25
"""A file that loses more than this share of its characters to rules is worth a look (measured: 0.17 at most on samples)."""
FIELDS = (("date", "日期"), ("speaker", "讲话人"), ("occasion", "场合"))


def changed_files(root: Path, revision: str) -> set[str]:
    """Raw files below ``root`` that differ from git ``revision`` (a changed sidecar counts for its file).

    Raises SpeechError when git does not know the revision or ``root`` is in no repository.
    """
    names: set[str] = set()
    for command in (
        ["diff", "--name-only", "-z", "--relative", revision, "--", "."],
        ["ls-files", "-z", "-o", "--exclude-standard"],
    ):
        done = subprocess.run(["git", "-C", str(root), *command], capture_output=True, text=True, check=False)
        if done.returncode:
            raise SpeechError(
                str(root), None, f"git 找不到版本 {revision}：{done.stderr.strip()}", "写一个存在的版本，如 origin/main"
            )
        names.update(n.removesuffix(".toml") for n in done.stdout.split("\0") if n)
    return names


def removed_share(reading: Reading) -> float:
    """Share of the decoded characters that rules took out, from 0 to 1."""
    total = sum(len(line.text) for line in reading.decoded)
    gone = sum(
        len(c.before) - len(c.after or "") for c in reading.changes if not c.rule.startswith(("layout", "script"))
    )
    return gone / total if total else 0.0


def _notes(speech: Speech) -> Iterable[str]:
    missing = [name for key, name in FIELDS if not getattr(speech, key)]
    if missing:
        yield f"提醒：{speech.id} 没有读出{'、'.join(missing)}；原件里有就在旁注里写，没有就留空"
    if not speech.outline and speech.chars > 1500:
        yield f"提醒：{speech.id} 有 {speech.chars} 字，却没有读出提纲"


def report(corpus: Corpus, only: set[str] | None = None) -> list[str]:
    """One block of text per file that is reviewed (all, or those in ``only``), then what concerns the whole archive."""
    out = []
    readings = [r for r in corpus.readings if only is None or r.file in only]
    for reading in readings:
        lines = [explain.reading_text(reading)]
        share = removed_share(reading)
        if share > REMOVED_SHARE:
            lines.append(f"  提醒：清洗删去了全文的 {share:.0%}，请逐行看清洗记录")
        lines += [f"  {note}" for s in reading.speeches for note in _notes(s)]
        out.append("\n".join(lines))
    out += _twins(corpus, readings)
    shown = {r.file for r in readings}
    whole = [
        p for p in corpus.problems if p.path not in {r.file for r in corpus.readings} or only is None or p.path in shown
    ]
    errors = [p for p in whole if p.severity == "error"]
    speeches = sum(len(r.speeches) for r in readings)
    out.append(f"共 {len(readings)} 个文件，{speeches} 篇讲话，{len(errors)} 处错误，{len(whole) - len(errors)} 处提醒")
    out += [str(SpeechError(p.path or "", p.line, p.what, p.next_step)) for p in errors]
    return out


def _twins(corpus: Corpus, readings: Sequence[Reading]) -> list[str]:
    mine = {s.id for r in readings for s in r.speeches}
    out = []
    for twin in reuse.near_duplicates(corpus.speeches):
        if mine & {twin.first.id, twin.second.id}:
            a, b = twin.first, twin.second
            out.append(f"提醒：{a.file}（{a.id}）与 {b.file}（{b.id}）有 {twin.shared:.0%} 的文字相同，看是不是同一篇")
    return out


def has_errors(corpus: Corpus, only: set[str] | None = None) -> bool:
    """Whether anything stops the edition: an error in a reviewed file, or one of no particular file."""
    files = {r.file for r in corpus.readings}
    return any(
        p.severity == "error" and (only is None or p.path in only or p.path not in files) for p in corpus.problems
    )
