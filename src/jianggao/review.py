"""What a reviewer of a pull request must see of each raw file: removed, read, missing, already there."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from . import explain, reuse
from .corpus import IGNORED, Corpus
from .errors import SpeechError
from .model import Reading, Speech
from .rulebook import default

REMOVED_SHARE = 0.25
"""A file that loses more than this share of its characters to rules is worth a look. Of the samples two do, rightly: pinyin
in brackets (0.49) and forum junk (0.27); all others lose 0.15 at most."""
RULES = Path(__file__).parent / "rules"
FIELDS = (("date", "日期"), ("speaker", "讲话人"), ("occasion", "场合"))


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from a git revision below a folder of raw files; paths are relative to that folder, sorted.

    ``files`` are the raw files to review (a changed sidecar counts for its file); of them the ``altered`` ones had been
    received before and are other bytes now. ``deleted`` ones are gone; ``rules`` tells whether a rule file differs.
    """

    revision: str
    files: frozenset[str]
    altered: tuple[str, ...]
    deleted: tuple[str, ...]
    rules: bool


def changes(root: Path, revision: str) -> Changes:
    """What was changed below ``root`` since it parted from git ``revision``, committed or not.

    Raises SpeechError when there is no git, ``root`` is in no repository or git does not know the revision.
    """
    base = _base(root, revision)
    # A raw file that only moved (all bytes the same) keeps its page, so it counts as a new path and no more.
    told = iter((_git(root, "diff", "--name-status", "-z", "-M100%", "--relative", base, "--", ".") or "").split("\0"))
    states: dict[str, str] = {}
    for state in told:
        if state.startswith("R"):
            next(told)
        if state:
            states[next(told)] = state[0]
    files = {name.removesuffix(".toml") for name in (*states, *_untracked(root))}
    raw = sorted(name for name in states if _is_raw(name))
    return Changes(
        revision,
        frozenset(files),
        tuple(name for name in raw if states[name] in "MT"),
        tuple(name for name in raw if states[name] == "D"),
        _rules_differ(root, base),
    )


def _git(folder: Path, *arguments: str) -> str | None:
    """What git prints, or None when it refuses: its own words are English and no help to an editor."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise SpeechError(str(folder), None, "这台机器上没有 git", "装上 git；或不加 --since，查全部文件") from None
    return os.fsdecode(done.stdout) if done.returncode == 0 else None


def _base(root: Path, revision: str) -> str:
    """The commit where the present state and ``revision`` part: what others did there since is not this change."""
    if _git(root, "rev-parse", "--git-dir") is None:
        raise SpeechError(
            str(root), None, "这个文件夹不在 git 版本库里，或者版本库归别的用户所有", "不加 --since，查全部文件"
        )
    # A revision that begins with a minus sign would be an option.
    commit = (
        None if revision.startswith("-") else _git(root, "rev-parse", "--verify", "--quiet", revision + "^{commit}")
    )
    if not commit:
        raise SpeechError(str(root), None, f"git 找不到版本 {revision}", "写一个存在的版本，如 origin/main")
    return (_git(root, "merge-base", commit.strip(), "HEAD") or commit).strip()


def _untracked(folder: Path) -> list[str]:
    return [name for name in (_git(folder, "ls-files", "-z", "-o", "--exclude-standard") or "").split("\0") if name]


def _is_raw(name: str) -> bool:
    *folders, file = name.split("/")
    hidden = file.startswith((".", "~$")) or any(folder.startswith(".") for folder in folders)
    return not (hidden or file in IGNORED or file.endswith(".toml"))


def _rules_differ(root: Path, base: str) -> bool:
    """Whether the rules differ from ``base``; raw files kept in a repository of their own say nothing of the rules."""
    tops = {_git(folder, "rev-parse", "--show-toplevel") for folder in (root, RULES)}
    if len(tops) > 1 or None in tops:
        return False
    names = [*(_git(RULES, "diff", "--name-only", "-z", base, "--", ".") or "").split("\0"), *_untracked(RULES)]
    return any(name.endswith(".toml") for name in names)


def reminders(found: Changes) -> list[str]:
    """What a reviewer must know of the change as a whole, one text a matter."""
    restore = "换回收到时的样子；读错的地方用规则或旁注去改"
    withdraw = "真要撤下，留着原件，在旁注里写 publish = false；只是挪了地方的，先 git add 再查"
    out = [
        f"提醒：{name} 原始文件被改动过：应当保持收到时的样子；它的编号和网址会变\n怎么办：{restore}"
        for name in found.altered
    ]
    out += [f"提醒：{name} 原始文件被删去：其中讲话的网页会消失\n怎么办：{withdraw}" for name in found.deleted]
    if found.rules:
        what = f"整理规则自 {found.revision} 以来改动过，上面没有列出的讲话也可能读得不一样"
        out.append(f"提醒：{what}\n怎么办：不加 --since 再查一遍全部文件")
    return out


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


def report(corpus: Corpus, only: Set[str] | None = None) -> list[str]:
    """One block of text per file that is reviewed (all, or those in ``only``), then what concerns the whole archive."""
    out = []
    readings = [r for r in corpus.readings if only is None or r.file in only]
    for reading in readings:
        lines = [explain.reading_text(reading, reasons=default().reasons())]
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


def has_errors(corpus: Corpus, only: Set[str] | None = None) -> bool:
    """Whether anything stops the edition: an error in a reviewed file, or one of no particular file."""
    files = {r.file for r in corpus.readings}
    return any(
        p.severity == "error" and (only is None or p.path in only or p.path not in files) for p in corpus.problems
    )
