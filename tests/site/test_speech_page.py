"""Home and the page of a speech, as a reader uses them: head, outline, text, marks, what leads on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.site.conftest import Built, Reader

from jianggao import remarks, rulebook
from jianggao.model import Speech
from jianggao.parts import amount


@pytest.fixture
def speech(built: Built) -> Speech:
    """A speech that is like most others."""
    return next(s for s in built.speeches.values() if s.file.endswith("讲话05.txt"))


@pytest.fixture
def nested(built: Built) -> Speech:
    """A speech whose outline has two levels."""
    return next(s for s in built.speeches.values() if s.file == "缺尾.txt")


def opened(reader: Reader, speech: Speech) -> Page:
    return reader.open(f"speeches/{speech.id}.html")


def test_the_head_says_who_spoke_when_and_where_and_how_whole_the_text_is(reader: Reader, speech: Speech) -> None:
    page = opened(reader, speech)
    assert page.inner_text("h1") == speech.title
    told = page.locator(".speech-fields li").all_inner_texts()
    named = dict(line.replace("\n", " ").split(" ", 1) for line in told)
    assert named["讲话人"].strip() == speech.speaker
    assert named["职务"].strip() == speech.role
    assert named["日期"].strip().startswith("2017年")
    assert {"完整性", "字数"} <= named.keys()


def test_the_text_is_set_as_chinese_print_is(reader: Reader, speech: Speech) -> None:
    page = opened(reader, speech)
    look = "(one, name) => getComputedStyle(one)[name]"
    body = page.locator(".speech-body p:not(.salutation)").first
    size = float(body.evaluate(look, "fontSize").removesuffix("px"))
    assert body.evaluate(look, "textIndent") == f"{2 * size:g}px"
    assert page.locator(".speech-body p.salutation").evaluate(look, "textIndent") == "0px"
    width = body.bounding_box()
    assert width
    assert 30 <= width["width"] / size <= 45  # characters a line
    assert float(body.evaluate(look, "lineHeight").removesuffix("px")) >= 1.7 * size


def test_the_outline_follows_the_reading_position(reader: Reader, speech: Speech) -> None:
    page = opened(reader, speech)
    here = page.locator("[data-outline] [aria-current]")
    expect(here).to_have_count(0)
    for heading in speech.outline[1:]:
        page.evaluate("id => document.getElementById(id).scrollIntoView()", heading.id)
        expect(here).to_have_text(heading.text)
    page.locator("[data-outline] a").first.click()
    expect(here).to_have_text(speech.outline[0].text)
    assert page.url.endswith(f"#{speech.outline[0].id}")


def test_a_branch_of_the_outline_is_shut_and_opened_by_hand(reader: Reader, nested: Speech) -> None:
    page = opened(reader, nested)
    button = page.get_by_role("button", name="下级标题")
    below = page.locator("[data-outline] ol ol")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(below).to_be_visible()
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(below).to_be_hidden()
    # What the reader has shut stays shut, also where the reading goes through it: the branch stands for its parts.
    page.evaluate("id => document.getElementById(id).scrollIntoView()", nested.outline[2].id)
    expect(page.locator("[data-outline] [aria-current]")).to_have_text(nested.outline[1].text)
    expect(below).to_be_hidden()
    button.click()
    expect(below).to_be_visible()
    expect(page.locator("[data-outline] [aria-current]")).to_have_text(nested.outline[2].text)


def test_the_outline_is_copied_as_text_with_one_button(reader: Reader, nested: Speech) -> None:
    page = opened(reader, nested)
    page.locator("[data-copy-outline]").click()
    expect(page.locator("[data-copy-outline]")).to_have_text("已复制")
    page.evaluate("addEventListener('paste', (one) => { window.pasted = one.clipboardData.getData('text/plain'); })")
    page.locator(".quick input").focus()
    page.keyboard.press("Control+V")
    copied = str(page.evaluate("window.pasted"))
    lines = [
        "　" * (h.level - 1) + h.text + ("〔仅见于原目录〕" if h.attested == "contents" else "") for h in nested.outline
    ]
    assert copied.splitlines() == lines


def test_one_panel_of_tools_is_open_at_a_time_and_escape_shuts_it(reader: Reader, speech: Speech) -> None:
    page = opened(reader, speech)
    cite, take = (page.get_by_role("button", name=name, exact=True) for name in ("引用", "下载"))
    place = take.bounding_box()
    cite.click()
    expect(page.locator(".cite")).to_be_visible()
    assert take.bounding_box() == place
    take.click()
    expect(page.locator(".cite")).to_be_hidden()
    expect(page.locator(".take")).to_be_visible()
    page.locator(".take input").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".take")).to_be_hidden()
    expect(take).to_be_focused()


def test_an_address_that_names_no_place_keeps_no_tool_from_opening(reader: Reader, speech: Speech) -> None:
    page = reader.open(f"speeches/{speech.id}.html#%D6%D0")
    page.get_by_role("button", name="引用").click()
    expect(page.locator(".cite")).to_contain_text(speech.id)
    page.get_by_role("button", name="下载").click()
    expect(page.locator(".take")).to_be_visible()


def test_escape_in_a_panel_leaves_the_marks_of_the_search(reader: Reader, speech: Speech) -> None:
    page = reader.open(f"speeches/{speech.id}.html?q=工作")
    page.wait_for_selector("[data-match-bar]")
    page.get_by_role("button", name="下载").click()
    page.keyboard.press("Escape")
    expect(page.locator(".take")).to_be_hidden()
    expect(page.locator("[data-match-bar]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-match-bar]")).to_be_hidden()


@pytest.mark.parametrize("address", ["index.html", "years.html", "search.html", "speech"])
def test_a_slash_leads_to_the_search_box(reader: Reader, speech: Speech, address: str) -> None:
    page = reader.open(f"speeches/{speech.id}.html" if address == "speech" else address)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    box = page.get_by_role("searchbox").first
    expect(box).to_be_focused()
    page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")


def test_a_reader_gets_from_home_to_a_citation_with_keys_alone(reader: Reader) -> None:
    page = reader.open("index.html")

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline == "solid"  # where the focus is can be seen
                return
        raise AssertionError(f"no way to {selector}")

    tab_to(".skip")
    page.keyboard.press("Enter")
    tab_to(".home__search input")
    page.keyboard.type("基层")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    assert reader.result() == "ready"
    tab_to(".jg-hit__title")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-match-bar]")
    tab_to("[data-copy-outline]")
    tab_to("[data-outline] a")
    tab_to(".tools__row button")
    page.keyboard.press("Enter")
    expect(page.locator(".cite")).to_be_visible()
    tab_to(".cite dt button")
    page.keyboard.press("Enter")
    expect(page.locator(".cite dt button").first).to_have_text("已复制")
    page.keyboard.press("Escape")
    expect(page.locator(".cite")).to_be_hidden()
    tab_to("details.record > summary")


def test_a_page_of_a_list_has_its_place_in_the_menu(reader: Reader) -> None:
    for address, name in (("years/2019.html", "浏览"), ("years.html", "浏览"), ("outlines.html", "提纲库")):
        page = reader.open(address)
        expect(page.locator(".ways [aria-current]")).to_have_text(name)
    page.locator(".chips a[href^='outlines/']").first.click()
    expect(page.locator(".ways [aria-current]")).to_have_text("提纲库")


def test_masks_are_marked_and_explained(reader: Reader, built: Built) -> None:
    book = rulebook.default()
    told = {s.id: remarks.of(s.paragraphs, book) for s in built.speeches.values()}
    masked = next(s for s in built.speeches.values() if told[s.id] and "下载" not in s.text)
    page = opened(reader, masked)
    marks = page.locator(".speech-body .mask")
    assert marks.all_inner_texts() == [masked.paragraphs[r.paragraph].text[r.start : r.end] for r in told[masked.id]]
    assert "隐去的字" in str(marks.first.get_attribute("title"))
    assert f"隐去的字 {marks.count()}处" in re.sub(r"\s+", " ", page.inner_text(".speech-source"))


def test_a_hole_is_a_mark_and_no_word_of_the_speech(reader: Reader, nested: Speech) -> None:
    page = opened(reader, nested)
    assert page.locator(".speech-body .gap").all_inner_texts() == ["〔原文至此中断，全文3000字〕"]
    assert "有缺失" in page.inner_text(".speech-fields")
    assert "中断" not in nested.text


def test_each_paragraph_has_an_address_of_its_own(reader: Reader, speech: Speech) -> None:
    page = opened(reader, speech)
    links = page.locator(".speech-body .para-link")
    ids = [str(link).rpartition("#")[2] for link in links.evaluate_all("all => all.map(one => one.href)")]
    assert ids == [p.id for p in speech.paragraphs]
    link = page.locator(".speech-body p").nth(3).locator(".para-link")
    link.focus()
    page.keyboard.press("Enter")
    target = page.evaluate("document.querySelector(':target').id")
    assert page.url.endswith(f"#{target}")


def test_the_speeches_before_and_after_are_a_click_away(reader: Reader, built: Built, speech: Speech) -> None:
    page = opened(reader, speech)
    dated = sorted((str(s.date), s.id) for s in built.speeches.values() if s.date)
    place = [id_ for _, id_ in dated].index(speech.id)
    page.locator(".neighbours [rel=next]").click()
    assert page.url.endswith(f"speeches/{dated[place + 1][1]}.html")
    page.locator(".neighbours [rel=prev]").click()
    assert page.url.endswith(f"speeches/{speech.id}.html")


def test_a_related_speech_is_a_click_away(reader: Reader, built: Built, speech: Speech) -> None:
    page = opened(reader, speech)
    link = page.locator(".related a").first
    title = link.inner_text()
    link.click()
    assert page.inner_text("h1") == title
    assert title in {s.title for s in built.speeches.values()}


def test_home_searches_first_and_tells_what_the_archive_holds(reader: Reader, built: Built) -> None:
    page = reader.open("index.html")
    field = page.get_by_role("searchbox")
    field.fill("基层")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    assert reader.result() == "ready"
    page = reader.open("index.html")
    figures = page.inner_text(".figures")
    assert str(len(built.speeches)) in figures
    assert amount(sum(s.chars for s in built.speeches.values())) in figures


def test_a_bar_of_homes_timeline_opens_its_year(reader: Reader, built: Built) -> None:
    page = reader.open("index.html")
    of_year = [s for s in built.speeches.values() if str(s.date).startswith("2019")]
    bar = page.locator(".timeline a", has_text=re.compile("19"))
    assert bar.locator("small").inner_text() == str(len(of_year))
    bar.click()
    assert "2019" in page.inner_text("h1")
    assert page.locator(".speech-list li").count() == len(of_year)


@pytest.mark.parametrize("way", ["讲话人", "场合", "层级", "地点", "年份"])
def test_home_leads_to_every_way_in(reader: Reader, way: str) -> None:
    page = reader.open("index.html")
    page.locator("main").get_by_role("link", name=re.compile(way)).first.click()
    assert way in page.inner_text("h1")
