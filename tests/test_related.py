"""Related speeches: those on one subject, whatever their order, and none where there is none."""

from __future__ import annotations

import pytest
from tests.builders import speech

from jianggao.model import Speech
from jianggao.related import MOST, related

FLOOD = "汛期到了，堤防要查，水库要控，防汛物资要备足，险工险段要有人守，转移路线要走一遍。"
SCHOOL = "学校是教书育人的地方，老师要备好课，学生要读好书，食堂和校车一天也不能出事。"
TRADE = "招商引资要看项目质量，园区要通路通电，落户的企业要有人帮办，合同要一项一项兑现。"
COMMON = "同志们，任务已经明确，关键在于落实，各级干部要把责任扛在肩上。"


def archive() -> list[Speech]:
    texts = [FLOOD, FLOOD[::1] + "水位一涨就要报。", SCHOOL, "校长要进课堂。" + SCHOOL, TRADE, "没有别的话。"]
    return [speech(COMMON, text, id=f"2024-0000000{n}", title=f"讲话{n}") for n, text in enumerate(texts)]


def test_speeches_on_one_subject_find_each_other() -> None:
    found = {id_[-1]: [one.id[-1] for one in others] for id_, others in related(archive()).items()}
    assert (found["0"][0], found["1"][0], found["2"][0], found["3"][0]) == ("1", "0", "3", "2")
    assert found["5"] == []


def test_the_order_of_the_archive_changes_nothing() -> None:
    assert related(archive()[::-1]) == related(archive())


def test_none_is_related_to_itself_and_few_are_told() -> None:
    many = [speech(FLOOD, SCHOOL if n % 2 else TRADE, id=f"2024-{n:08x}") for n in range(20)]
    many.append(speech(COMMON, id="2024-000000ff"))
    for id_, others in related(many).items():
        assert len(others) <= MOST
        assert id_ not in [one.id for one in others]


@pytest.mark.parametrize("text", ["", "一", "。。。", "\n\n", "㐂𠮷\ud800"])
def test_the_oddest_texts_do_no_harm(text: str) -> None:
    assert related([speech(text, title="")]) == {"2024-00000001": ()}
    assert related([]) == {}
