"""Trying a rule before it enters the book: every line that it touches is shown, speech marked as speech."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripts import try_rule

from jianggao import rulebook

RAW = """某某网首页
在全县防汛工作会议上的讲话
同志们：
今天的会议很重要，大家要把各项防汛工作抓实抓细，不留死角。
一问：山塘谁来巡查？
汛情就是命令，值班表今天下午就要贴到每个村的公示栏里。
二问：物资放在哪里？
沙袋和木桩放在河堤仓库，钥匙由村主任和民兵连长各管一把。
（全场鼓掌）
"""
CUT = """
[[rule]]
id = "noise/greeting"
reason = "试一试。"
pattern = '（全场鼓掌）'
action = "drop"
example = ["（全场鼓掌）"]
counterexample = ["鼓掌"]
"""
FAMILY = """
[[marker]]
id = "question"
reason = "一问、二问。"
pattern = '^(?P<n>[一二三])问：'
rank = 1
start_only = true
example = ["一问：谁来"]
counterexample = ["请问：谁来"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "speeches").mkdir()
    (tmp_path / "speeches" / "甲.txt").write_text(RAW, encoding="utf-8")
    return tmp_path


def tried(folder: Path, rule: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    (folder / "new.toml").write_text(rule, encoding="utf-8")
    status = try_rule.main([str(folder / "new.toml"), str(folder / "speeches")])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_rule_that_takes_speech_away_is_shown_doing_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = tried(folder, CUT, capsys)
    assert status == 0
    assert "！正文  甲.txt 第 9 行  「（全场鼓掌）」 → 删去" in out
    assert "读了 1 个文件，动到 1 行，其中正文 1 行" in out


def test_a_rule_that_touches_nothing_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    never = CUT.replace("（全场鼓掌）", "从来没有人说过的话")
    assert "动到 0 行，其中正文 0 行" in tried(folder, never, capsys)[1]


def test_a_rule_of_the_same_name_stands_in_for_the_old_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "speeches" / "甲.txt").write_text(f"发布时间：2019-05-06\n{RAW}", encoding="utf-8")
    old = next(r for r in rulebook.default().noise if r.id == "noise/posted")
    assert old.pattern.fullmatch("发布时间：2019-05-06")
    weaker = CUT.replace("noise/greeting", "noise/posted").replace("（全场鼓掌）", "从来没有人说过的话")
    assert "第 1 行" not in tried(folder, CUT, capsys)[1]
    assert "规则 noise/posted" in tried(folder, weaker, capsys)[1]


def test_a_family_of_numbers_shows_its_headings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tried(folder, FAMILY, capsys)[1]
    assert "提纲多了第 7 行的 1 级标题「二问：物资放在哪里？」" in out
    assert "规则 question：读了 1 个文件，动到 0 行" in out


@pytest.mark.parametrize(
    ("rule", "what"),
    [
        (CUT.replace('["（全场鼓掌）"]', '["别的话"]'), "抓不到自己的例子"),
        (CUT.replace('counterexample = ["鼓掌"]', 'counterexample = ["（全场鼓掌）"]'), "误伤反例"),
        ("title = 1", "文件里没有"),
        ("[[rule", "不是合格的 TOML"),
    ],
)
def test_a_rule_that_is_not_sound_is_refused(
    folder: Path, rule: str, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = tried(folder, rule, capsys)
    assert (status, out) == (1, "")
    assert what in err
    assert "怎么办：" in err
