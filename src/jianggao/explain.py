"""A reading, told: as JSON for programs (contract 2) or in Chinese for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from .model import Heading, Problem, Reading, Speech

FORMAT_NAMES = {"txt": "纯文本", "md": "Markdown", "html": "网页"}
SCRIPT_NAMES = {"simplified": "简体", "traditional": "繁体", "mixed": "简繁混用"}
FIELDS = (
    ("title", "标题"),
    ("subtitle", "副标题"),
    ("speaker", "讲话人"),
    ("role", "职务"),
    ("date", "日期"),
    ("place", "地点"),
    ("occasion", "场合"),
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


def _clip(text: str, width: int = 60) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


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
    for key, name in FIELDS:
        value = getattr(s, key)
        if value:
            yield f"    {name}：{value}{_where(s, key, value)}"
    state = "完整" if s.completeness.status == "complete" else "不全"
    stated = f"，原称全文 {s.completeness.stated_chars} 字" if s.completeness.stated_chars else ""
    yield f"    正文：{s.chars} 字，{len(s.paragraphs)} 段，{state}{stated}"
    for gap in s.completeness.gaps:
        yield f"    缺口：第 {gap.line} 行 {gap.note}"
    if s.outline:
        yield "    提纲："
    for h in s.outline:
        listed = "  〔仅见于原目录〕" if h.attested == "contents" else ""
        yield f"      {'  ' * (h.level - 1)}{h.text}{listed}  （第 {h.line} 行）"


def reading_text(r: Reading, every_change: bool = False) -> str:
    """The reading of one file, stage by stage, for a person."""
    out = [f"■ {r.file}"]
    if r.encoding:
        out.append(
            f"  一、解码：{FORMAT_NAMES.get(r.format, r.format)}，{r.encoding}，{SCRIPT_NAMES[r.script]}，{len(r.decoded)} 行"
        )
        counts = Counter(c.rule for c in r.changes)
        out.append(f"  二、清洗：{len(r.changes)} 处改动")
        shown = [
            c for c in r.changes if every_change or c.rule.split("/")[0] not in ("layout", "script", "punctuation")
        ]
        for c in shown:
            after = "删去" if c.after is None else f"改为「{_clip(c.after, 40)}」"
            out.append(f"    第 {c.line} 行  {c.rule}  「{_clip(c.before, 40)}」{after}")
        if not every_change:
            small = "，".join(
                f"{k} {v} 处" for k, v in counts.items() if k.split("/")[0] in ("layout", "script", "punctuation")
            )
            if small:
                out.append(f"    另有版面、字形、标点：{small}（加 --all 看每一处）")
        out.append(f"  三、成篇：{len(r.speeches)} 篇")
    for number, speech in enumerate(r.speeches, 1):
        out.extend(_speech_lines(number, speech))
    for p in r.problems:
        where = f"第 {p.line} 行 " if p.line else ""
        out.append(f"  {'错误' if p.severity == 'error' else '提醒'}：{where}{p.what}。怎么办：{p.next_step}")
    return "\n".join(out)
