"""What must hold of every reading: the trail replays, nothing is lost, a second reading changes nothing."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jianggao
from jianggao import audit, corpus, rulebook
from jianggao.model import Change, Line, Reading
from jianggao.stages import punctuate, simplify

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
FOLDERS = [f for f in (ROOT / "speeches", SHARED / "seeds", *sorted((SHARED / "corpus").glob("*/"))) if f.is_dir()]
FILES = [(f, p) for f in FOLDERS for p in corpus.raw_files(f) if p.suffix not in (".json", ".jsonl")]
GAP = re.compile("〔(?:此处原网页省略\\d+字|原文至此中断(?:，全文\\d+字)?)〕")
PIECES = tuple(
    """同志们：
一、提高认识
（一）抓落实
一是抓人。人要够。
二要抓钱。
1.看东边
2、看西边
第二篇：某会讲话
在全县会上的讲话
望川县委书记  李某某
（2024年8月24日）
目录
……
——在会上的讲话
您的位置:网>>正文
12
**个县X户
……(网http://www.example.invalid省略83字,会员可读)……
(未完,全文共442字,当前显示23字)
4 w2 K7 c9 b. q. V3 h$
「一國」
"半
谢谢大家！
<script>alert(1)</script>
今天我们开一个短会，主要任务是安排春耕，大家都要重视起来，把任务落到地块，把责任落到人头。

　　缩进
\u200b零宽
2023年，
1.2万户""".splitlines()
)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def lost_and_added(reading: Reading) -> tuple[Counter[str], Counter[str]]:
    """Characters of the final lines that stand nowhere in the speeches, and characters that stand there too often."""
    final = Counter(squeezed(GAP.sub("", "".join(line.text for line in reading.final))))
    told: Counter[str] = Counter()
    for speech in reading.speeches:
        told.update(squeezed(speech.text))
        told.update(squeezed("".join(f.value for f in speech.evidence if f.rule.startswith("form/"))))
    return final - told, told - final


def holds(reading: Reading) -> None:
    assert audit.replay(reading.decoded, reading.changes) == reading.final
    assert lost_and_added(reading) == (Counter(), Counter())
    for speech in reading.speeches:
        ids = [p.id for p in speech.paragraphs] + [h.id for h in speech.outline if h.paragraph is not None]
        assert len({p.id for p in speech.paragraphs}) == len(speech.paragraphs)
        assert len({h.id for h in speech.outline}) == len(speech.outline)
        assert all(re.fullmatch(r"p\d+|s\d+(-\d+)*", i) for i in ids)
        for gap in speech.completeness.gaps:
            assert 0 <= gap.paragraph <= len(speech.paragraphs)


@pytest.mark.parametrize(("folder", "path"), FILES, ids=lambda p: p.name)
def test_trail_conservation_and_second_reading(folder: Path, path: Path) -> None:
    reading = corpus.read_file(path, folder)
    holds(reading)
    if reading.format == "txt":
        final = "\n".join(line.text for line in reading.final)
        again = jianggao.read(final.encode(), path.name)
        assert [line.text for line in again.final] == final.rstrip("\n").split("\n")
        assert [s.text for s in again.speeches] == [s.text for s in reading.speeches]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=40), max_size=14))
def test_any_pile_of_lines_is_read_without_loss(pieces: list[str]) -> None:
    reading = jianggao.read("\n".join(pieces).encode("utf-8", "surrogatepass"), "a.txt")
    if reading.final:
        holds(reading)
    else:
        assert reading.problems


@given(st.binary(max_size=400))
def test_any_bytes_give_a_reading_or_a_problem(raw: bytes) -> None:
    reading = jianggao.read(raw, "a.txt")
    assert reading.speeches or reading.problems


TAGS = re.findall(
    r"\S+",
    """<p> </p> <div> </div> <table> <tr> <td> </table> <ul><li> <h1> </h1> <br> <b> </b> <script> </script> <style> <!-- -->
<![ <![if ]> <![endif]> <![cdata[ ]]> <! <? <!doctype <html> <body> </body> </html> <frameset> <title> </title> <a </a>
<base <meta <textarea> <noscript> <template> <svg> <select> <option> <ruby> <rt> <sup> <font &nbsp; &#x0; &#55296; &lt;
&bogus; 在全县会上的讲话 同志们： 一、提高认识 我们要把工作抓实抓好，不能放松。""",
)
"""Scraps of pages, whole and torn."""


@given(st.lists(st.sampled_from(TAGS) | st.text(max_size=30), max_size=20))
def test_any_html_gives_a_reading_or_a_problem(scraps: list[str]) -> None:
    reading = jianggao.read(f"<html><body><p>{''.join(scraps)}</p></body></html>".encode("utf-8", "replace"), "a.html")
    assert reading.speeches or reading.problems


def test_replay_refuses_a_trail_that_is_not_the_texts_own() -> None:
    with pytest.raises(ValueError, match="does not say"):
        audit.replay([Line(1, "甲")], [Change("x/y", 1, "乙", None)])


def test_a_line_pass_must_not_split_a_line() -> None:
    split = audit.Rule("x/split", lambda _: [audit.Edit(0, "甲\n乙")])
    with pytest.raises(ValueError, match="must not split"):
        audit.run([split], [Line(1, "甲乙")])


MARKED = (
    *"甲乙著於爲裏衞鷄１２Ａ％．｡､﹐,;:?!.()（）“” \u3000",
    *("~3", "3~4", "--", "－－", "...", "……", "。。。", "···", "甲.乙.丙", "甲:", "(甲)", "《甲《乙》丙》"),
    *("「甲」", "『乙』", '"甲乙"', "'甲'", "，“甲“", "：”乙”", "\u3000\u3000"),
)
"""Words and marks, of which each punctuation rule has something to change."""


@given(st.lists(st.lists(st.sampled_from(MARKED), max_size=6).map("".join), max_size=20))
def test_a_rule_makes_no_other_characters_than_it_tells(texts: list[str]) -> None:
    book = rulebook.default()
    for rule in (*simplify.rules(book), *punctuate.rules()):
        for change in audit.run([rule], [Line(n, text) for n, text in enumerate(texts, 1)]).changes:
            made = set(change.after or "") - set(change.before)
            assert rule.makes is None or made <= set(rule.makes), rule.id


def test_the_id_depends_on_the_bytes_alone() -> None:
    raw = "在会上的讲话\n同志们：\n今天开会。".encode()
    first, second = jianggao.read(raw, "a.txt"), jianggao.read(raw, "别处/b.txt")
    assert first.speeches[0].id == second.speeches[0].id
    assert re.fullmatch(r"0000-[0-9a-f]{8}", first.speeches[0].id)


def test_a_line_that_lost_its_breaks_is_published_paragraph_by_paragraph() -> None:
    said = [
        "同志们：",
        *(f"第{n}里渠由下游的村子去挖，挖到见石头为止，石头由县里派人来炸，谁也不许自己动手。" for n in "一二三四"),
    ]
    (speech,) = jianggao.read("　　".join(said).encode(), "a.txt").speeches
    assert [p.text for p in speech.paragraphs] == said
    again = jianggao.read(speech.text.encode(), "a.txt")
    assert again.speeches[0].text == speech.text
