"""What the data behind heads promises: parts of patterns, evidence for every field, a level that an editor can set."""

from __future__ import annotations

from pathlib import Path

import pytest

import jianggao
from jianggao import rulebook, sidecar
from jianggao.errors import SpeechError
from jianggao.heads import cut
from jianggao.model import Line

PART = """
[[part]]
id = "post"
reason = "职务"
pattern = '(?:县长|局长)'
example = ["县长"]
counterexample = ["同志"]
"""
FORM = """
[[form]]
id = "byline"
reason = "署名"
pattern = '^(?P<role>.{0,8}{POST})$'
example = ["望川县县长"]
counterexample = ["同志们"]
"""
TEXT = """在全县春耕会上的讲话
县长　程远
2019年3月2日
同志们：
春耕的种子已经备齐，化肥还差一成，供销社这两天要把缺口补上，谁家的田也不能误了节令。
"""


def forms(tmp_path: Path, text: str) -> rulebook.Rulebook:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return rulebook.extended(rulebook.default(), path)[0]


def test_a_pattern_is_put_together_from_parts(tmp_path: Path) -> None:
    book = forms(tmp_path, PART + FORM.replace("{POST}", "{post}"))
    assert book.forms["byline"].search("县局长")
    assert not book.forms["byline"].search("县主任")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (PART + FORM.replace("{POST}", "{office}"), "没有写过的零件 office"),
        (PART.replace('["县长"]', '["县委"]') + FORM.replace("{POST}", "{post}"), "与自己的例子不合：县委"),
    ],
)
def test_a_wrong_part_names_itself(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(SpeechError) as caught:
        forms(tmp_path, text)
    assert what in str(caught.value)


def test_every_field_says_where_it_was_read() -> None:
    (speech,) = jianggao.read(TEXT.encode(), "a.txt").speeches
    told = {f.kind: (f.value, f.line) for f in speech.evidence if f.rule.startswith("field/")}
    assert told == {
        "speaker": ("程远", 2),
        "role": ("县长", 2),
        "date": ("2019-03-02", 3),
        "occasion": ("全县春耕会", 1),
        "kind": ("工作会议", 1),
        "level": ("县区", 2),
    }


def test_an_editor_sets_the_level() -> None:
    side = sidecar.parse('level = "乡镇街道"'.encode(), "a.txt.toml")
    (speech,) = jianggao.read(TEXT.encode(), "a.txt", side).speeches
    assert speech.level == "乡镇街道"


HOSTILE = (
    *("讲话", "在甲会上的讲话", "在全县某会上的讲话今天", "。在全县某会上的讲话同志们：", "（2019年3月2日）王某"),
    *("书记、", "（", "　县长", "各位", "2019年"),
)


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_line_is_cut_without_losing_a_character(words: str) -> None:
    text = (words * 300)[:300]
    blocks = list(cut(Line(1, text), rulebook.default().forms, first=True))
    assert "".join(b.text for b in blocks).replace("　", "") == text.replace("　", "")
