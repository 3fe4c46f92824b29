"""A reading, told: as JSON for programs (contract 2) or in Chinese for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import record
from .model import Change, Heading, Problem, Reading, Speech

FORMAT_NAMES = {"txt": "纯文本", "md": "Markdown", "html": "网页", "docx": "Word 文档", "pdf": "PDF"}
SCRIPT_NAMES = {"simplified": "简体", "traditional": "繁体", "mixed": "简繁混用"}
FIELDS = (
    ("title", "标题"),
    ("subtitle", "副标题"),
    ("speaker", "讲话人"),
    ("role", "职务"),
    ("date", "日期"),
    ("place", "地点"),
    ("occasion", "场合"),
    ("kind", "类型"),
    ("level", "层级"),
)


def _heading(h: Heading) -> dict[str, Any]:
    return {"level": h.level, "number": h.number, "text": h.text, "id": h.id, "line": h.line, "attested": h.attested}


def _problem(p: Problem) -> dict[str, Any]:
    return {"severity": p.severity, "line": p.line, "what": p.what, "next_step": p.next_step}


def speech_json(s: Speech) -> dict[str, Any]:
    """One speech as contract 2 has it, and with the evidence of its fields."""
    c = s.completeness
    return {
        "id": s.id,
        "title": s.title,
        "subtitle": s.subtitle,
        "speaker": s.speaker,
        "role": s.role,
        "place": s.place,
        "occasion": s.occasion,
        "kind": s.kind,
        "level": s.level,
        "date": s.date,
        "source": {"site": s.source.site, "url": s.source.url, "posted": s.source.posted, "rights": s.source.rights},
        "completeness": {
            "status": c.status,
            "stated_chars": c.stated_chars,
            "gaps": [{"chars": g.chars, "note": g.note, "line": g.line} for g in c.gaps],
        },
        "outline": [_heading(h) for h in s.outline],
        "text": s.text,
        "evidence": [{"field": f.kind, "value": f.value, "line": f.line, "rule": f.rule} for f in s.evidence],
    }


def reading_json(r: Reading) -> dict[str, Any]:
    """One raw file as contract 2 has it."""
    return {
        "file": r.file,
        "format": r.format,
        "encoding": r.encoding,
        "script": r.script,
        "speeches": [speech_json(s) for s in r.speeches],
        "changes": [{"rule": c.rule, "line": c.line, "before": c.before, "after": c.after} for c in r.changes],
        "problems": [_problem(p) for p in r.problems],
    }


def _where(s: Speech, key: str, value: str) -> str:
    """Line and rule that bear out a field, for a person."""
    own = [f for f in s.evidence if f.kind == key]
    found = own or [f for f in s.evidence if f.kind == "byline" and value[:4] in f.value]
    if not found:
        return ""
    line = f"第 {found[0].line} 行，" if found[0].line else ""
    return f"（{line}{found[0].rule}）"


def _speech_lines(number: int, s: Speech) -> Iterable[str]:
    yield f"  第 {number} 篇  {s.id}"
    yield "    六、题录："
    for key, name in FIELDS:
        value = getattr(s, key)
        if value:
            yield f"      {name}：{value}{_where(s, key, value)}"
    for what, lines in record.beside(s):
        yield f"      不进正文的{what}：" + "，".join(f"第 {number} 行「{words}」" for number, words in lines)
    state = "完整" if s.completeness.status == "complete" else "不全"
    stated = f"，原称全文 {s.completeness.stated_chars} 字" if s.completeness.stated_chars else ""
    yield f"      正文：{s.chars} 字，{len(s.paragraphs)} 段，{state}{stated}"
    for gap in s.completeness.gaps:
        yield f"      缺口：第 {gap.line} 行 {gap.note}"
    yield f"    七、提纲：{len(s.outline)} 条" if s.outline else "    七、提纲：没有读出"
    for h in s.outline:
        listed = "  〔仅见于原目录〕" if h.attested == "contents" else ""
        yield f"      {'  ' * (h.level - 1)}{h.text}{listed}  （第 {h.line} 行）"


def _counted(name: str, changes: Sequence[Change], every_change: bool) -> Iterable[str]:
    """A stage that changes how words are written: how often, and where when asked for."""
    rules = "，".join(f"{rule} {count} 处" for rule, count in Counter(c.rule for c in changes).items())
    yield f"  {name}：{rules or '没有改动'}"
    if every_change:
        yield from (f"    第 {c.line} 行  {c.rule}  {record.said(record.entry(c))}" for c in changes)


def _cleaned(changes: Sequence[Change], reasons: Mapping[str, str]) -> Iterable[str]:
    """What was taken out, rule by rule, with its reason and its lines."""
    gone = sum(c.after is None for c in changes)
    yield f"  三、清洗：删去 {gone} 行，改动 {len(changes) - gone} 处"
    for group in record.groups(changes, reasons, limit=len(changes)):
        yield f"    {group.reason}  {'、'.join(group.rules)}  {group.count} 处"
        yield from (f"      第 {e.line} 行  {record.said(e)}" for e in group.entries)


def _stages(r: Reading, every_change: bool, reasons: Mapping[str, str]) -> Iterable[str]:
    told = FORMAT_NAMES.get(r.format, r.format), r.encoding, SCRIPT_NAMES[r.script]
    yield f"  一、解码：{'，'.join(told)}，{len(r.decoded)} 行"
    families = [(c, c.rule.partition("/")[0]) for c in r.changes]
    yield from _counted("二、字形", [c for c, family in families if family == "script"], every_change)
    yield from _cleaned([c for c, family in families if family not in ("script", "punctuation", "layout")], reasons)
    yield from _counted("　　版面", [c for c, family in families if family == "layout"], every_change)
    yield from _counted("四、标点", [c for c, family in families if family == "punctuation"], every_change)
    firsts = "，".join(f"第 {start or 1} 行起" for start in record.starts(r.speeches))
    yield f"  五、分篇：{len(r.speeches)} 篇{f'（{firsts}）' if len(r.speeches) > 1 else ''}"


def reading_text(r: Reading, every_change: bool = False, reasons: Mapping[str, str] | None = None) -> str:
    """The reading of one file, stage by stage, for a person. ``every_change`` lists spaces, characters and marks too;
    ``reasons`` are those of `Rulebook.reasons`."""
    out = [f"■ {r.file}"]
    if r.encoding:
        out.extend(_stages(r, every_change, reasons or {}))
    for number, speech in enumerate(r.speeches, 1):
        out.extend(_speech_lines(number, speech))
    for p in r.problems:
        where = f"第 {p.line} 行 " if p.line else ""
        out.append(f"  {'错误' if p.severity == 'error' else '提醒'}：{where}{p.what}。怎么办：{p.next_step}")
    return "\n".join(out)
