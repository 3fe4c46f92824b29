"""Speech → Page: front matter, fields, 提纲 and body as Markdown with explicit ids, which any generator can read.

What is not the speech's own words (marks of holes, notes, the cleaning record) has a class of its own and stands
outside the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from jianggao import record
from jianggao.markup import attribute, carried, escaped, front_matter, web_address
from jianggao.model import Completeness, Gap, Heading, Page, Paragraph, Reading, Speech
from jianggao.remarks import Remark

UNKNOWN_DATE = "日期不详"
UNKNOWN_SPEAKER = "讲话人未署名"
UNTITLED = "无题"
_LONG = re.compile(r"[!-~]{24}")
_TITLE_BLANK = re.compile(r"(?<=[^\x00-\xff])[ \u3000]++(?=[^\x00-\xff])")


def chinese_date(date: str | None) -> str:
    """A date of the record (YYYY, YYYY-MM or YYYY-MM-DD) as it is written in Chinese; 日期不详 when there is none.

    >>> chinese_date("2024-03-05"), chinese_date("2024-03"), chinese_date(None)
    ('2024年3月5日', '2024年3月', '日期不详')
    """
    if not date:
        return UNKNOWN_DATE
    return "".join(f"{part.lstrip('0')}{unit}" for part, unit in zip(date.split("-"), "年月日", strict=False))


def completeness_note(completeness: Completeness) -> str:
    """What the field 完整性 says: nothing more than the source itself said or showed.

    >>> completeness_note(Completeness("partial", 4425, (Gap(830, "", 1, 0),)))
    '有缺失（原文称全文4,425字，注明省略830字）'
    """
    if completeness.status == "complete":
        return "完整"
    said = [f"原文称全文{completeness.stated_chars:,}字"] if completeness.stated_chars else []
    counted = [g.chars for g in completeness.gaps if g.chars]
    if counted:
        said.append(f"注明{f'{len(counted)}处' if len(counted) > 1 else ''}省略{sum(counted):,}字")
    return f"有缺失（{'，'.join(said)}）" if said else "有缺失"


def gap_words(gap: Gap, at_end: bool) -> str:
    """The words of a hole's mark, in 〔〕, as the reader sees them.

    >>> gap_words(Gap(830, "", 3, 1), at_end=False), gap_words(Gap(None, "原文至此中断", 3, 1), at_end=True)
    ('〔此处原文省略830字〕', '〔原文至此中断〕')
    """
    note = carried(gap.note).strip()
    if not note and at_end:
        note = f"原文至此中断，以下缺{gap.chars}字" if gap.chars else "原文至此中断"
    elif not note:
        note = f"此处原文省略{gap.chars}字" if gap.chars else "此处原文有缺"
    return note if note.startswith("〔") else f"〔{note}〕"


def render(
    speech: Speech,
    raw_uri: str,
    reading: Reading | None = None,
    reasons: Mapping[str, str] | None = None,
    raw_text: str | None = None,
    remarks: Sequence[Remark] = (),
) -> Page:
    """The page of one speech; headings carry ``s1-2``, paragraphs ``p3``.

    ``raw_uri`` is the raw file's web address or, without one, its path; ``reading`` gives the cleaning record,
    ``reasons`` a Chinese reason for a rule's id; ``raw_text`` is where the site has the raw text, seen from its root;
    the places of ``remarks`` are marked in the text, which else stays as plain as it can.
    """
    parts = [
        front_matter(_head(speech)),
        f"# {_title(speech.title or UNTITLED)} {{: #title }}",
        f'<p class="speech-subtitle">{attribute(speech.subtitle)}</p>' if speech.subtitle else "",
        _block("div", "speech-fields", "\n".join(f"- **{k}** {escaped(v, closes=True)}" for k, v in facts(speech))),
        _outline(speech.outline),
        _block("div", "speech-body", "\n\n".join(body(speech, remarks))),
        _block("section", "speech-source", "\n".join([*_told(remarks), *_provenance(speech, raw_uri, raw_text)])),
        _record(reading, speech, reasons or {}) if reading else "",
    ]
    return Page(f"speeches/{speech.id}.md", "\n\n".join(part for part in parts if part) + "\n")


def _head(speech: Speech) -> dict[str, str | int | None]:
    who = f"{speech.role or ''}{speech.speaker}" if speech.speaker else None
    known = [who, chinese_date(speech.date) if speech.date else None, speech.occasion, f"{speech.chars}字"]
    return {
        "title": speech.title or UNTITLED,
        "description": "，".join(part for part in known if part),
        "template": "speech.html",
        "id": speech.id,
        "speaker": speech.speaker,
        "date": speech.date,
    }


def _title(title: str) -> str:
    """The title as Markdown; one that has blanks between Han words was set in lines, each of which stays together where the
    page is wide enough. A wide blank, which no browser drops, ends its line; another stands between two."""
    cuts = [match.end() if "\u3000" in match[0] else match.start() for match in _TITLE_BLANK.finditer(title)]
    if not cuts:
        return escaped(title, opens=True, closes=True)
    lines = [title[start:end] for start, end in pairwise([0, *cuts, len(title)])]
    parts = [f"<span>{escaped(lines[0])}</span>"]
    for line in lines[1:]:
        words = line.lstrip(" ")
        parts.append(f"{' ' * (len(line) - len(words))}<span>{escaped(words)}</span>")
    return "".join(parts)


def _block(tag: str, name: str, content: str) -> str:
    return f'<{tag} class="{name}" markdown="1">\n\n{content}\n\n</{tag}>'


def facts(speech: Speech) -> list[tuple[str, str]]:
    """The record as a reader sees it: names of fields and their values, those that are known."""
    rows = (
        ("讲话人", speech.speaker or "未署名"),
        ("职务", speech.role),
        ("日期", chinese_date(speech.date) if speech.date else "不详"),
        ("场合", speech.occasion or speech.kind),
        ("地点", speech.place),
        ("层级", speech.level),
        ("来源", speech.source.site),
        ("发布日期", chinese_date(speech.source.posted) if speech.source.posted else None),
        ("完整性", completeness_note(speech.completeness)),
        ("字数", f"{speech.chars:,}字"),
    )
    return [(name, value) for name, value in rows if value]


def nested(outline: Iterable[Heading]) -> Iterator[tuple[int, Heading]]:
    """Each heading with its depth in the tree, from 0; a level that jumps (1, then 3) still goes one deeper only."""
    open_levels: list[int] = []
    for heading in outline:
        while open_levels and open_levels[-1] >= heading.level:
            open_levels.pop()
        yield len(open_levels), heading
        open_levels.append(heading.level)


def _outline(outline: tuple[Heading, ...]) -> str:
    if not outline:
        return ""
    rows = []
    for depth, heading in nested(outline):
        words = escaped(heading.text, opens=True, closes=True)
        listed = f'{words} <span class="attested">仅见于原目录</span>'
        rows.append(f"{'    ' * depth}- {f'[{words}](#{heading.id})' if heading.attested == 'body' else listed}")
    summary = f"<summary>提纲<span>{len(outline)}条</span></summary>"
    return f'<details class="outline" markdown="1">\n{summary}\n\n{chr(10).join(rows)}\n\n</details>'


def body(speech: Speech, remarks: Sequence[Remark] = ()) -> Iterator[str]:
    """The body's blocks in order, one a paragraph, each with its id; marks of holes stand at their place."""
    told: dict[int, list[Remark]] = {}
    for remark in remarks:
        told.setdefault(remark.paragraph, []).append(remark)
    runs: dict[int, list[Heading]] = {}
    for heading in speech.outline:
        if heading.paragraph is not None:
            runs.setdefault(heading.paragraph, []).append(heading)
    levels = {h.id: h.level for h in speech.outline}
    last = len(speech.paragraphs)
    for number, paragraph in enumerate(speech.paragraphs):
        gaps = [g for g in speech.completeness.gaps if g.paragraph == number]
        if paragraph.kind == "heading":
            yield from (_gap(g, at_end=False) for g in gaps if g.offset == 0)
            mark = "#" * min(levels.get(paragraph.id, 1) + 1, 6)
            inline = _inline(paragraph, [], [g for g in gaps if g.offset > 0], told.get(number, []))
            yield f"{mark} {inline} {{: #{paragraph.id} }}"
        else:
            # A line before a long address would be torn apart to reach both margins.
            name = (
                " .salutation" if paragraph.kind == "salutation" else " .ragged" if _LONG.search(paragraph.text) else ""
            )
            yield f"{_inline(paragraph, runs.get(number, []), gaps, told.get(number, []))}\n{{: #{paragraph.id}{name} }}"
    yield from (_gap(g, at_end=True) for g in speech.completeness.gaps if g.paragraph >= last)


def _gap(gap: Gap, at_end: bool) -> str:
    return f'<span class="gap">{escaped(gap_words(gap, at_end))}</span>'


def _inline(paragraph: Paragraph, headings: list[Heading], gaps: list[Gap], remarks: list[Remark]) -> str:
    """The paragraph's words with run-in headings in ``<strong class="run-in">``, holes in ``<span class="gap">`` and the places
    of ``remarks`` in spans of their kind, cut where a heading begins or ends."""
    text, size = paragraph.text, len(paragraph.text)
    holes = [(min(gap.offset, size), gap) for gap in gaps]
    runs: list[Heading] = []
    for heading in sorted(headings, key=lambda h: h.start):
        if (runs[-1].end if runs else 0) <= heading.start < heading.end <= size:
            runs.append(heading)
    opening = {run.start: f'<strong class="run-in" id="{run.id}">' for run in runs}
    closing = {run.end for run in runs}
    edges = sorted(
        {0, size, *opening, *closing, *(at for at, _ in holes), *(e for r in remarks for e in (r.start, r.end))}
    )
    parts: list[str] = []
    reached = 0
    for start, end in pairwise([*edges, size]):
        parts += ["</strong>"] if start in closing else []
        parts += [_gap(gap, at_end=False) for at, gap in holes if at == start]
        parts += [opening[start]] if start in opening else []
        words = escaped(text[start:end], opens=not parts, closes=end == size)
        while reached < len(remarks) and remarks[reached].end <= start:
            reached += 1
        remark = remarks[reached] if reached < len(remarks) and remarks[reached].start <= start < end else None
        parts.append(
            f'<span class="{remark.kind}" title="{attribute(remark.note)}">{words}</span>' if remark else words
        )
    return "".join(parts) or "<span></span>"


def _told(remarks: Sequence[Remark]) -> Iterator[str]:
    """What the marks in the text mean, for those that there are; paper has neither."""
    count = Counter(remark.kind for remark in remarks)
    if number := count["mask"]:
        words = f'**隐去的字** {number}处，原文如此，没有补写，标作<span class="mask">××</span>的样子'
        yield f'- <span class="on-screen">{words}</span>'
    if number := count["doubt"]:
        words = f'**疑似讹误** {number}处，照录未改，标作<span class="doubt">波纹</span>的样子，见清洗记录'
        yield f'- <span class="on-screen">{words}</span>'


def _provenance(speech: Speech, raw_uri: str, raw_text: str | None) -> Iterator[str]:
    source, raw = speech.source, web_address(raw_uri)
    name = escaped(source.site or source.url or "", closes=True)
    if address := web_address(source.url):
        yield f"- **来源** [{name}]({address}){{: rel=noreferrer }}"
    elif name:
        yield f"- **来源** {name}"
    if source.rights:
        yield f"- **权利声明** {escaped(source.rights, closes=True)}"
    path = escaped(speech.file)
    seen = f'<span class="raw-text">（[看原始文本](../{raw_text})）</span>' if raw_text else ""
    yield f"- **原始文件** {f'[{path}]({raw})' if raw else escaped(raw_uri, closes=not seen)}{seen}"
    yield f"- **编号** {speech.id}"


def _record(reading: Reading, speech: Speech, reasons: Mapping[str, str]) -> str:
    """The cleaning record 清洗记录 of the speech's own lines, and what a person should look at in them."""
    changes, problems = record.of_speech(reading, speech)
    doubts = "".join(
        f"<li>{f'第{p.line}行 ' if p.line else ''}{attribute(p.what)}</li>" for p in problems if p.severity == "warning"
    )
    doubtful = f'<p>存疑之处，照录未改：</p><ul class="doubts">{doubts}</ul>' if doubts else ""
    beside = record.beside(speech)
    if not changes and not beside:
        return f'<div class="record-empty"><p>清洗记录：原始文件未作任何改动。</p>{doubtful}</div>'
    rows = "".join(_group(group) for group in record.groups(changes, reasons))
    rows += "".join(_beside(what, lines) for what, lines in beside)
    count = len(changes) + sum(len(lines) for _, lines in beside)
    summary = f"<summary>清洗记录<span>{count}处改动</span></summary>"
    intro = "<p>这篇讲稿在收录时作过下列改动，行号是原始文件的行号；原件一字未动地保存在档案里。</p>"
    return f'<details class="record">{summary}{intro}<ul>{rows}</ul>{doubtful}</details>'


def _beside(what: str, lines: Sequence[tuple[int, str]]) -> str:
    """Lines of the head that are not published though no rule took them out."""
    head = f'<span class="why">{what}，不进正文</span><b>{len(lines)}处</b>'
    items = "".join(f"<li>第{number}行 「{attribute(words)}」</li>" for number, words in lines)
    return f'<li>{head}<ul class="lines">{items}</ul></li>'


def _group(group: record.Group) -> str:
    rules = attribute("、".join(group.rules))
    head = f'<span class="why" title="规则：{rules}">{attribute(group.reason)}</span><b>{group.count}处</b>'
    if not group.entries:
        return f"<li>{head}</li>"
    lines = "".join(f"<li>第{e.line}行 {attribute(record.said(e))}</li>" for e in group.entries)
    rest = group.count - len(group.entries)
    more = f"<li>另有{rest}处</li>" if rest else ""
    return f'<li>{head}<ul class="lines">{lines}{more}</ul></li>'
