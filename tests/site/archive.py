"""A small archive for the browser, made of invented texts: raw files as they come, of several encodings and scripts."""

from __future__ import annotations

import random
from pathlib import Path

SEED = 20240317

PLACES = ("青槐县", "白榆镇", "临溪市", "云渡区", "栖霞岭乡", "石桥街道", "望江省", "南浔湾区")
PEOPLE = ("陆致远", "沈若川", "顾明谦", "韩一苇", "魏长庚", "苏映雪")
TOPICS = ("基层党建", "安全生产", "乡村振兴", "营商环境", "生态保护", "作风建设", "防汛抗旱", "项目建设")
STOCK = (
    "各级干部要把责任扛在肩上，把工作抓在手上，不等不靠，真抓实干。",
    "去年全县地区生产总值（ＧＤＰ）完成１２８．６亿元，同比增长７．２％，城乡居民收入稳步提高。",
    "要坚持问题导向，紧盯薄弱环节，一件一件地改，一项一项地销号。",
    "“十四五”以来，我们建成高标准农田3.5万亩，改造老旧小区46个，惠及群众1.2万户。",
    "有的同志开会不少、下去不多；有的单位文件照转、措施照抄，这种状况必须改变。",
    "会后一周内，各单位要拿出清单，明确时限，落实到人，办公室逐月通报。",
    "基层是一切工作的落脚点，党的一切工作到支部，支部强则堡垒坚。",
    "要用好5G、AI和大数据，推进‘一网通办’，让数据多跑路、群众少跑腿。",
    "对重点项目，实行一个项目、一名领导、一套班子、一抓到底的办法。",
    "安全生产这根弦，任何时候都不能松；隐患排查这件事，任何单位都不能漏。",
    "全市现有**个县、×个开发区，去年招商引资到位资金XX亿元，排名第_位。",
    "群众的事没有小事：水怎么通、路怎么修、娃在哪里上学，都要有人管、有人答。",
    "要弘扬钉钉子精神，一锤接着一锤敲，敲实了再往前走。",
    "㐂字村、𠮷田埂两处的地名，按地方志的写法保留，不要随意改。",
    "请大家对照《关于加强基层工作的若干意见》，逐条检查，举一反三。",
    "工作。基层。我讲两点看法，供大家讨论。",
)
# A word that stands in one paragraph of one speech only, twice.
RARE = "榫卯相接"
# Wider than any window.
LONG_WORD = "Anquanshengchan" * 10
# Markup without quotes and among Latin words, so that no rule for punctuation takes its edge off.
HOSTILE_TITLE = "在白榆镇安全例会<img src=x onerror=window.owned=1>上的讲话"
HOSTILE = (
    "<script>window.owned=2</script>这一段里写着脚本标记，照原样给人看。",
    "这一段写着<img src=x onerror=window.owned=3>图片标记，照原样给人看。",
    "这一段写着 see [link](javascript:window.owned=4) and <form action=javascript:window.owned=5>x</form> 两处，不能点。",
    "这一段写着 see [p](//evil.example/p.png) and <svg onload=window.owned=6> x 矢量图，不能去取。",
    "这一段写着 see {: onclick=window.owned=7 } and </main></article><script>window.owned=8</script> end 标记，不能生效。",
    "这一段写着 see &lt;b&gt; and <!-- x --> and {{ config.site_name }} and {% include x %} end 一类记号，一字不少。",
)


# Markup that a rule takes out: it must not run out of the cleaning record either.
CUT = "这一段写着 see <a href=javascript:window.owned=9>x</a> and ![p](//evil.example/q.png) end 两处，拆去标签，留下文字。"


def write(folder: Path) -> None:
    """Write all raw files of the archive below ``folder``. The same call writes the same bytes."""
    chance = random.Random(SEED)
    for number in range(12):
        encoding = ("utf-8", "gb18030", "utf-8-sig", "utf-16")[number % 4]
        text = speech(chance, number)
        save(folder / f"{2012 + number}" / f"讲话{number:02}.txt", text, encoding)
    save(folder / "传统.txt", TRADITIONAL, "utf-8")
    save(folder / "少见.txt", rare_speech(), "utf-8")
    save(folder / "长词.txt", long_word_speech(), "utf-8")
    save(folder / "缺尾.txt", cut_off_speech(), "utf-8")
    save(
        folder / "无名.txt",
        "\n".join(["在例会上的讲话", "同志们：", *(f"　　{words}" for words in STOCK[:6]), ""]),
        "utf-8",
    )
    words = {"title": f"在{LONG_WORD}会议上的讲话", "speaker": LONG_WORD, "place": LONG_WORD, "date": "2024-02-01"}
    sidecar = "".join(f'{key} = "{value}"\n' for key, value in words.items())
    save(folder / "长词.txt.toml", sidecar, "utf-8")
    save(folder / "怪样" / "标记.txt", hostile_speech(), "utf-8")


def save(path: Path, text: str, encoding: str) -> None:
    """One raw file, byte for byte."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))


def speech(chance: random.Random, number: int) -> str:
    """An invented speech: title, day, byline, opening, three numbered parts, thanks."""
    place, person, topic = chance.choice(PLACES), PEOPLE[number % len(PEOPLE)], TOPICS[number % len(TOPICS)]
    lines = [
        f"在{place}{topic}工作会议上的讲话",
        f"（{2012 + number}年{1 + number % 12}月{3 + number}日）",
        f"{place}委书记　{person}",
        "",
        "同志们：",
    ]
    lines.append(f"今天我们召开{topic}工作会议，主要任务是总结去年，部署今年。下面，我讲三点意见。")
    for ordinal, heading in zip(
        "一二三", ("提高认识，增强责任感", f"突出重点，抓好{topic}", "加强领导，确保落实"), strict=True
    ):
        lines.append(f"{ordinal}、{heading}")
        lines += ["　　" + "".join(chance.sample(STOCK, 4)) for _ in range(3)]
    return "\n".join([*lines, "　　同志们，任务已经明确，关键在于落实。谢谢大家！", ""])


def rare_speech() -> str:
    """The speech that holds RARE, in its third paragraph and far down the page."""
    filling = [f"　　第{number}个月，" + STOCK[number % len(STOCK)] * 3 for number in range(1, 13)]
    return "\n".join(
        [
            "在云渡区老城保护座谈会上的讲话",
            "（2023年5月16日）",
            "云渡区委书记　顾明谦",
            "",
            "各位专家、同志们：",
            *filling,
            f"　　老房子讲究{RARE}，做工作也要{RARE}，严丝合缝，不用一颗钉子。",
            "　　谢谢大家！",
            "",
        ]
    )


def long_word_speech() -> str:
    """A speech whose text and heading, and in the sidecar title, speaker and place, hold a word without a place to break."""
    return "\n".join(
        [
            "同志们：",
            f"一、抓好{LONG_WORD}",
            f"　　这一段写着{LONG_WORD}一个长词，好好好，" + STOCK[0] * 3,
            "二、抓好其他工作",
            "　　" + STOCK[1] * 3,
            "　　谢谢大家！",
            "",
        ]
    )


def cut_off_speech() -> str:
    """A speech whose contents list names a part, and a part of a part, that the text no longer has."""
    headings = ["一、摸清家底", "二、补齐短板", "（一）补设施", "（二）补队伍", "三、管好长远"]
    rows = ["在望江省水利工作会议上的讲话", "（2010年4月7日）", "望江省水利厅厅长　魏长庚", "目录：……", *headings]
    rows += ["……", "在望江省水利工作会议上的讲话", "同志们："]
    for heading in headings[:3]:
        rows += [heading, "　　" + STOCK[3] * 3]
    return "\n".join([*rows, "〔原文至此中断，全文3000字〕", ""])


def hostile_speech() -> str:
    """A speech whose every paragraph tries to become markup or script."""
    body = [f"　　{text}{'安全生产要常抓不懈。' * 8}" for text in (*HOSTILE, CUT)]
    return "\n".join(
        [HOSTILE_TITLE, "（2022年8月9日）", "白榆镇党委书记　韩一苇", "", "同志们：", *body, "　　谢谢大家！", ""]
    )


TRADITIONAL = """在臨溪市黨建工作座談會上的講話
（2018年11月6日）
臨溪市委書記　沈若川

同志們：
　　今天的座談會開得很好，大家談了黨建工作的經驗，也談了問題。下面，我講兩點意見。
一、擺正位置，認清責任
　　黨建工作不是虛功。發展經濟、服務羣眾、維護穩定，哪一樣都離不開基層黨組織。
　　有的幹部以為抓黨建就是開會、發文件，這種認識要糾正過來。後面的路還很長，裏裏外外的事都要有人管。
二、改進作風，務求實效
　　要少講空話，多辦實事；要面對面聽意見，不要隔着玻璃看風景。
　　同志們，讓我們並肩幹起來。謝謝大家！
"""
