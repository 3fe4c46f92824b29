"""A small archive for the search tests, the same every time: a few telling speeches and some dealt from a few words."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from hooks.search import sources
from tests.builders import Head, RunIn, speech

from jianggao.model import Completeness, Heading, Paragraph, Source, Speech
from jianggao.search.build import Built, build

ROOT = Path(__file__).resolve().parents[2]
WORDS = [
    "党建",
    "基层",
    "工作",
    "述职",
    "落实",
    "责任",
    "群众",
    "GDP",
    "2024",
    "项目",
    "，",
    "。",
    "——",
    "好好",
    "，第①",
    "㎡",
]

TELLING = (
    speech(
        "同志们：",
        Head("一、基层党建", number="一"),
        RunIn("一是抓落实", "。基层党建工作，好好好。", level=2, number="一是"),
        "末尾 GDP 增长 3.5%，<b>不是标记</b> & “引号”。",
        id="2024-00000001",
        title="在基层党建工作会议上的讲话",
        speaker="罗志远",
        occasion="基层党建工作会议",
        kind="党建",
        place="青川市",
        date="2024-03-05",
        source=Source(site="青川日报"),
    ),
    speech(
        "基层",
        "党建。基層黨建，ＧＤＰ！",
        "𠀀㐀罕见字 e\u0301t\u00e9 か\u3099 ﬁ ½ Ⅳ",
        id="2023-00000002",
        title="工作",
        speaker="罗志",
        date="2023-01",
        completeness=Completeness("partial"),
    ),
    Speech(
        id="2022-00000003",
        file="glued.txt",
        title="两个小标题紧挨着",
        paragraphs=(Paragraph("p1", "加强领导1提高认识之后是正文", 1), Paragraph("s3", "五", 2, "heading")),
        outline=(
            Heading(1, "", "加强领导", "s1", 1, paragraph=0, start=0, end=4),
            Heading(1, "1", "1提高认识", "s2", 1, paragraph=0, start=4, end=9),
            Heading(1, "", "五", "s3", 2, paragraph=1, start=0, end=1),
            Heading(1, "", "只在目录里", "s4", 3, attested="contents"),
        ),
        speaker="O'Neil & 子",
    ),
    speech(id="2021-00000004", title="", speaker=None),
    speech("结尾是基层", id="2021-00000005", title="前一篇", date="2021"),
    speech("党建打头", id="2021-00000006", title="", date="2021"),
)


def _item(turn: int, lead: str, text: str) -> str | Head | RunIn:
    return Head(lead) if turn == 1 else RunIn(lead, f"。{text}") if turn == 2 else text


def _dealt(number: int) -> Speech:
    rng = random.Random(number)
    items: list[str | Head | RunIn] = []
    for n in range(rng.randint(1, 9)):
        text = "".join(rng.choice(WORDS) for _ in range(rng.randint(1, 30)))
        lead = "".join(rng.choice(WORDS[:7]) for _ in range(rng.randint(1, 3)))
        items.append(_item(rng.randrange(3 if n else 1), lead, text))
    return speech(
        *items,
        id=f"20{10 + number % 12}-{number:08x}",
        title="在" + "".join(rng.choice(WORDS[:8]) for _ in range(3)) + "会上的讲话",
        speaker=rng.choice(["罗志远", "陈雨", "黄建国", None]),
        occasion=rng.choice(["工作会议", "党建述职会", None]),
        place=rng.choice(["青川市", "临江县", None]),
        date=rng.choice([None, f"20{10 + number % 12}-0{1 + number % 9}-11", f"20{10 + number % 12}"]),
    )


def long_speeches() -> tuple[Speech, Speech]:
    """Two of 5,600 characters that differ in one character only, about the middle."""
    rng = random.Random(7)
    text = "".join(rng.choice("党建基层工作述职落实责任群众项目，。") for _ in range(5600))
    return (
        speech(text, id="2020-000000a1", title="长文", date="2020"),
        speech(f"{text[:2800]}谬{text[2801:]}", id="2020-000000a2", title="长文", date="2020"),
    )


def speeches() -> tuple[Speech, ...]:
    """All of them, in no particular order."""
    return (*TELLING, *long_speeches(), *(_dealt(n) for n in range(100, 140)))


def make(site: Path, of: Sequence[Speech] | None = None) -> Built:
    """Write the search data of a site into ``site``."""
    folder = site / "assets" / "search" / "data"
    folder.parent.mkdir(parents=True, exist_ok=True)
    return build(speeches() if of is None else of, folder, sources(ROOT / "docs"))


QUERIES: tuple[tuple[str, dict[str, object]], ...] = (
    ("党建", {}),
    ("黨建", {"limit": 100, "snippets": False}),
    ("好好", {"limit": 50}),
    ("基层 党建", {"sort": "newest", "limit": 50}),
    ("基层党建 -述职", {"sort": "oldest", "limit": 50}),
    ("工作，基层", {}),
    ("好", {"limit": 7, "offset": 3}),
    ("标题:党建 小标题:落实", {"limit": 50}),
    ("小标题:五", {}),
    ("小标题:领导1", {}),
    ("小標題:提高认识", {}),
    ("讲话人:罗志 工作", {"limit": 50}),
    ("场合:党建 地点:青川", {"limit": 50}),
    ("speaker:陈雨", {"filters": {"year": ["2010", "2011", "2012", "2013"]}}),
    ("工作", {"filters": {"speaker": ["罗志远"], "place": ["青川市"]}}),
    ("gdp 增长", {}),
    ('"GDP 增长 3.5"', {}),
    ("𠀀㐀", {}),
    ("ÉTÉ", {}),
    ("第1", {}),
    ("m2", {}),
    ("<b>不是标记</b>", {}),
    ("-党建", {"limit": 4}),
    ("-党建 -标题:工作", {"limit": 4}),
    ("-党建 -工作 -基层 -罕见字 -一篇 -五 -长文", {}),
    ("没有这个词", {}),
    ("前一篇。结尾", {}),
    ("，。！", {}),
    ("", {}),
    ("😀", {}),
    ('"基层', {}),
    ('基层"', {}),
    ("-", {}),
    ("党建 - 述职", {}),
    ("标题:", {}),
    (f'"{long_speeches()[0].text[200:5200]}"', {}),
    (f'"{long_speeches()[1].text[200:4601]}"', {}),
    (f'"{long_speeches()[1].text[200:4600]}误"', {}),
    ("字" * 6001, {}),
    (" ".join(f"a{n}" for n in range(31)), {}),
    ("党建", {"only": "heading", "limit": 50}),
    ("党建 -述职 标题:工作", {"only": "heading", "limit": 50}),
    ("小标题:落实 落实", {"only": "heading", "limit": 50}),
    ("工作", {"filters": {"level": ["县区"]}}),
    ("党建", {"only": "speaker"}),
    ("党建", {"sort": "size"}),
    ("党建", {"filters": {"colour": ["red"]}}),
)
CONCORDANCES: tuple[tuple[str, dict[str, object]], ...] = (
    ("党建", {}),
    ("黨建", {"lines": "left", "limit": 400}),
    ("黨建", {"lines": "right", "limit": 70, "offset": 30}),
    ("党建 述职", {"lines": "right", "limit": 400, "filters": {"speaker": ["陈雨"]}}),
    ("好", {"limit": 3, "offset": 4, "sort": "oldest"}),
    ("基层 -述职", {"only": "heading", "limit": 400}),
    ("𠀀㐀", {}),
    ("党建", {"limit": 7, "offset": 200}),
    ("党建", {"limit": 20, "offset": 205}),
    ("党建", {"limit": 7, "offset": 99999}),
    ("讲话人:罗志", {}),
    ("-党建", {}),
    ("党建", {"lines": "size"}),
    ('"基层', {}),
)
TRENDS: tuple[tuple[str, dict[str, object]], ...] = (
    ("党建 基层", {}),
    ("黨建 -述职 讲话人:罗志", {}),
    ("标题:党建", {"filters": {"place": ["青川市"]}}),
    ("落实", {"only": "heading"}),
    ("没有这个词", {}),
    ("标题:党建 党建", {}),
    ("讲话人:罗志", {}),
    ("一 二 三 四 五 六", {}),
    ("-", {}),
)
