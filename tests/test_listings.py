"""Lists by year, speaker, occasion and place: complete, in a fixed order, at addresses that stay."""

from __future__ import annotations

import re

import pytest
from tests.builders import speech

from jianggao import listings
from jianggao.listings import AXES, groups, home, newest_first, pages
from jianggao.model import Source, Speech
from jianggao.parts import NARROW, PER_PAGE, timeline

YEARS, SPEAKERS, OCCASIONS, LEVELS, PLACES, SOURCES = AXES


def archive() -> list[Speech]:
    return [
        speech(
            "甲" * 10,
            id="2024-0000000a",
            date="2024-03-05",
            speaker="何远山",
            role="县委书记",
            kind="动员部署",
            level="县区",
        ),
        speech(
            "乙" * 20,
            id="2024-0000000b",
            date="2024-11",
            speaker="何远山",
            role="县长",
            place="云溪县",
            level="县区",
            source=Source("云溪日报"),
        ),
        speech("丙" * 30, id="2019-0000000c", date="2019", speaker="沈若兰", kind="党课"),
        speech("丁" * 40, id="undated-000d", title="**无** [署](名)"),
    ]


def links(markdown: str) -> list[str]:
    return re.findall(r"(?<!\\)\]\(([^)\s]+)\)", markdown)


def test_the_latest_speech_stands_first_and_the_undated_last() -> None:
    assert [s.id for s in newest_first(archive())] == [
        "2024-0000000b",
        "2024-0000000a",
        "2019-0000000c",
        "undated-000d",
    ]
    assert newest_first(reversed(archive())) == newest_first(archive())


@pytest.mark.parametrize(
    ("axis", "expected"),
    [
        (YEARS, [("2024年", 2), ("2019年", 1), ("日期不详", 1)]),
        (SPEAKERS, [("何远山", 2), ("沈若兰", 1), ("讲话人未署名", 1)]),
        (OCCASIONS, [("党课", 1), ("动员部署", 1), ("未归类", 2)]),
        (LEVELS, [("县区", 2), ("层级不详", 2)]),
        (PLACES, [("云溪县", 1), ("地点未载", 3)]),
        (SOURCES, [("云溪日报", 1), ("来源未载", 3)]),
    ],
)
def test_every_speech_stands_in_one_group_of_each_axis(axis: listings.Axis, expected: list[tuple[str, int]]) -> None:
    assert [(g.name, len(g.speeches)) for g in groups(axis, archive())] == expected


def test_a_group_keeps_its_address_when_a_speech_is_added() -> None:
    before = {page.uri for page in pages(archive())}
    after = {page.uri for page in pages([*archive(), speech("戊", id="2008-0000000e", date="2008", speaker="周立农")])}
    assert before < after
    assert "years/2024.md" in before
    assert all(uri.isascii() for uri in after)


def test_every_link_of_a_list_leads_to_a_page_that_exists() -> None:
    made = list(pages(archive()))
    known = {page.uri for page in made} | {f"speeches/{s.id}.md" for s in archive()}
    for page in made:
        folder = page.uri.split("/")[0] + "/" if "/" in page.uri else ""
        for link in links(page.markdown):
            target = link[3:] if link.startswith("../") else folder + link
            assert target in known, f"{page.uri}: {link}"


def test_long_lists_are_paged_and_lose_nothing() -> None:
    many = [speech("文", id=f"2024-{n:08x}", date="2024-01-01", speaker="何远山") for n in range(2 * PER_PAGE + 1)]
    found = {p.uri: p.markdown for p in pages(many) if p.uri.startswith("years/")}
    assert sorted(found) == ["years/2024-2.md", "years/2024-3.md", "years/2024.md"]
    shown = [
        re.findall(r"speeches/([^)]+)\.md", found[uri])
        for uri in ("years/2024.md", "years/2024-2.md", "years/2024-3.md")
    ]
    assert [len(page) for page in shown] == [PER_PAGE, PER_PAGE, 1]
    assert sorted(id for page in shown for id in page) == [s.id for s in many]
    assert "第2页，共3页" in found["years/2024-2.md"]
    assert links(found["years/2024-2.md"])[-2:] == ["2024.md", "2024-3.md"]


def test_many_groups_become_a_compact_overview() -> None:
    many = [speech("文", id=f"2024-{n:08x}", date="2024", speaker=f"某{n}") for n in range(150)]
    found = {p.uri: p.markdown for p in pages(many)}
    assert len(links(found["speakers.md"])) == PER_PAGE + 1 + len(AXES)
    assert len(links(found["speakers-2.md"])) == 50 + 1 + len(AXES)


def test_a_speakers_posts_are_told_latest_first() -> None:
    page = next(p for p in pages(archive()) if p.uri == "speakers.md")
    assert "*县长；县委书记*" in page.markdown


def test_titles_are_escaped() -> None:
    assert "[\\*\\*无\\*\\* \\[署\\](名)](speeches/undated-000d.md)" in home(archive())["最近"]


def test_the_home_page_says_what_the_archive_holds() -> None:
    parts = home(archive())
    for words in ("**4** 篇讲稿", "**100** 字", "**2** 位讲话人", "**2019—2024** 年"):
        assert words in parts["概况"]
    assert len(re.findall("^- ", parts["年份"], re.M)) == 6
    assert "**日期" not in parts["概况"]
    assert "何远山" in parts["门径"]


def test_an_empty_archive_still_has_its_pages() -> None:
    assert [p.uri for p in pages([])] == [f"{axis.folder}.md" for axis in AXES]
    assert home([])["最近"] == "档案里还没有讲稿。"


def test_the_years_of_a_group_are_drawn_where_there_are_several() -> None:
    made = {
        page.uri: page.markdown
        for page in pages([*archive(), speech("戊", id="2008-0000000e", date="2008", speaker="何远山")])
    }
    drawn = {uri: len(re.findall(r"(?m)^- <span class=\"(?:bar|none)\"", text)) for uri, text in made.items()}
    speaker = next(uri for uri, text in made.items() if uri.startswith("speakers/") and "# 何远山" in text)
    assert drawn[speaker] == 2024 - 2008 + 1
    assert drawn["years/2024.md"] == 0


def test_what_stands_above_a_list_is_not_said_of_each_speech() -> None:
    made = {page.uri: page.markdown for page in pages(archive())}
    own = next(text for uri, text in made.items() if uri.startswith("speakers/") and "# 何远山" in text)
    assert [about for about in re.findall(r'class="about">([^<]*)', own) if "何远山" in about] == []
    assert "何远山" in " ".join(re.findall(r'class="about">([^<]*)', made["years.md"]))


def test_a_list_says_how_many_have_no_place_in_it() -> None:
    made = {page.uri: page.markdown for page in pages(archive())}
    assert "4篇讲稿，3篇归入2个年份，1篇日期不详。" in made["years.md"]
    assert next(p.markdown for p in pages([speech("甲")]) if p.uri == "years.md").count("1篇讲稿，1篇日期不详。") == 1
    dated = [speech for speech in archive() if speech.date]
    assert f"{len(dated)}篇讲稿，2个年份。" in next(p.markdown for p in pages(dated) if p.uri == "years.md")


def test_a_drawing_that_is_wider_than_a_phone_can_be_moved_by_keys() -> None:
    short, long = (dict.fromkeys(range(2000, 2000 + years), 1) for years in (NARROW, NARROW + 1))
    assert "tabindex" not in timeline(short)
    assert 'tabindex="0" role="group" aria-label="各年篇数"' in timeline(long)
    assert "tabindex" not in timeline(long, "years/{}.md".format)  # its links take the focus
