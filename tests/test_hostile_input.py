"""Texts and pages made to be slow or to crash: each would hang if a pattern or a loop took more than its share."""

from __future__ import annotations

import pytest

import jianggao

GOOD = "在全县会议上的讲话\n同志们：\n今天我们开一个短会，主要任务是安排春耕，大家都要重视起来，抓紧抓实抓好。\n"

HOSTILE = {
    "一行三十万字没有标点": "工作" * 150_000,
    "一行二十万个空格": "甲" + " " * 200_000 + "乙",
    "十万个省略号": "…" * 100_000 + "（未完",
    "五万行一、": "一、抓落实\n" * 50_000,
    "十万个半括号": "（" * 100_000,
    "两万个网址": "http://www.a.invalid/" * 20_000,
    "同志们四万遍": "同志们、" * 40_000 + "：",
    "编号到五万": "\n".join(f"{i}、工作" for i in range(1, 50_000)),
    "目录后面八十个空格": f"{GOOD}目录{' ' * 80}甲\n{GOOD}",
    "目录后面六十个空格和页码": f"{GOOD}目录{' ' * 60}1\n{GOOD}",
    "数字后面四百个空格": GOOD + f"19{'　' * 387}甲\n" * 10 + GOOD,
    "一万行都断在句子里": "今天开会。大家要把眼前的农活一样一样再排一遍，把种子、化肥、农机一样一样落到地块上\n"
    * 10_000
    + "。",
    "一万行以逗号开头": "，大家要把眼前的农活一样一样再排一遍，把种子、化肥、农机一样一样落到地块上\n" * 10_000,
    "一万行一样宽": "大家要把眼前的农活一样一样再排一遍，把种子、化肥、农机一样一样落到地块上面\n" * 10_000,
    "文末两万个篇号": f"{GOOD}谢谢大家！\n" + "\n".join(f"春耕会讲话稿篇{i % 90 + 1}" for i in range(20_000)),
    "文末两万个标题": f"{GOOD}谢谢大家！\n" + "\n".join(f"在第{i}次春耕会上的讲话" for i in range(20_000)),
    "两万个单独的数字和称谓": "\n".join(f"（{i % 99}）\n同志们：" for i in range(20_000)),
    "一行里一万个篇号": "春耕会讲话稿篇1" + "大家抓紧。春耕会讲话稿篇2" * 10_000,
    "二十万个空行": f"{GOOD}{chr(10) * 190_000}{GOOD}",
}
HOSTILE_HTML = {
    "标签不关": "<p <p <a href=" * 20_000,
    "嵌套两万层": "<div>" * 20_000 + "讲话，内容。" + "</div>" * 20_000,
    "粗体不关": "<b>讲，" * 20_000,
    "列表不关": "<ul><li>讲，话。" * 5_000,
    "引号不关": '<a href="' * 20_000 + ">",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_makes_the_reading_hang_or_crash(name: str) -> None:
    reading = jianggao.read(HOSTILE[name].encode(), "a.txt")
    assert reading.speeches or reading.problems


@pytest.mark.parametrize("name", HOSTILE_HTML)
def test_no_page_makes_the_reading_hang_or_crash(name: str) -> None:
    reading = jianggao.read(HOSTILE_HTML[name].encode(), "a.html")
    assert reading.speeches or reading.problems


def test_a_fragment_without_a_body_is_read() -> None:
    (speech,) = jianggao.read("<b>今天开会，内容很多。".encode(), "a.html").speeches
    assert "今天开会，内容很多。" in speech.title + speech.text
