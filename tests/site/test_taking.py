"""A reader cites a speech or a place in it, copies with the source, takes the speech away. Over http and from files."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page
from tests.site.conftest import Built, Reader

from jianggao import corpus
from jianggao.export import as_text
from jianggao.model import Speech
from jianggao.stages.render import chinese_date


@pytest.fixture
def speech(built: Built) -> Speech:
    """A speech with everything: speaker, post, date, headings."""
    return next(s for s in built.speeches.values() if s.speaker and s.date and len(s.date) == 10 and s.outline)


def citations(page: Page) -> dict[str, str]:
    """Open the citations, if they are not; name → words."""
    if not page.locator(".cite").is_visible():
        page.get_by_role("button", name="引用").click()
    names = [text.removesuffix("复制") for text in page.locator(".cite dt").all_inner_texts()]
    names = [name.strip() for name in names]
    return dict(zip(names, page.locator(".cite dd").all_inner_texts(), strict=True))


def test_a_speech_is_cited_with_what_is_known_of_it(reader: Reader, speech: Speech) -> None:
    page = reader.open(f"speeches/{speech.id}.html")
    told = citations(page)
    assert list(told) == ["国标（GB/T 7714）", "一行文字", "BibTeX", "RIS"]
    address = f"{reader.base}speeches/{speech.id}.html"
    today = page.evaluate("jianggaoReader.today()")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", today)
    title, by, date = speech.title, str(speech.speaker), str(speech.date)
    if reader.base.startswith("http"):
        assert told["国标（GB/T 7714）"] == f"{by}. {title}[EB/OL]. ({date})[{today}]. {address}."
        assert told["一行文字"] == f"{by}：《{title}》，{chinese_date(date)}，{address}"
        assert f"UR  - {address}" in told["RIS"]
        assert f"url = {{{address}}}" in told["BibTeX"]
    else:
        assert told["国标（GB/T 7714）"] == f"{by}. {title}[Z]. 讲稿, {date}. 编号{speech.id}."
        assert told["一行文字"] == f"{by}：《{title}》，{chinese_date(date)}，讲稿，编号{speech.id}"
        assert "file:" not in "".join(told.values())  # the address of a file on this machine helps nobody else
    assert told["RIS"].startswith("TY  - ELEC")
    assert f"DA  - {date.replace('-', '/')}/" in told["RIS"]
    assert told["BibTeX"].startswith(f"@misc{{{speech.id},")
    assert f"year = {{{date[:4]}}}" in told["BibTeX"]


def test_the_paragraph_at_hand_is_cited_and_the_whole_again(reader: Reader, speech: Speech) -> None:
    page = reader.open(f"speeches/{speech.id}.html#p3")
    told = citations(page)
    assert "第3段" in told["一行文字"]
    if reader.base.startswith("http"):
        assert told["国标（GB/T 7714）"].endswith(f"{speech.id}.html#p3.")
        assert ". 讲稿: 第3段(" in told["国标（GB/T 7714）"]
    page.get_by_role("button", name="全文").click()
    assert "第3段" not in "".join(citations(page).values())
    page.get_by_role("button", name="引用").click()
    page.evaluate("location.hash = '#p2'")
    assert "第2段" in citations(page)["一行文字"]


def test_words_that_are_chosen_make_their_paragraph_the_one_at_hand(reader: Reader, speech: Speech) -> None:
    page = reader.open(f"speeches/{speech.id}.html")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#p2'))")
    assert "第2段" in citations(page)["一行文字"]


def test_what_is_not_known_is_left_out_of_a_citation(reader: Reader, built: Built) -> None:
    nobody = next(s for s in built.speeches.values() if not s.speaker and not s.date)
    told = citations(reader.open(f"speeches/{nobody.id}.html"))
    assert told["一行文字"].startswith(f"《{nobody.title}》，")
    assert not re.search(r"null|undefined|NaN|不详|未署名", "".join(told.values()))
    assert not re.search(r"year|AU  -|PY  -|DA  -", told["BibTeX"] + told["RIS"])


def test_copied_words_bear_their_source_where_the_reader_wants_it(reader: Reader, speech: Speech) -> None:
    page = reader.open(f"speeches/{speech.id}.html")
    copied = """() => {
      const event = new ClipboardEvent("copy", {clipboardData: new DataTransfer(), bubbles: true, cancelable: true});
      getSelection().selectAllChildren(document.querySelector("#p2"));
      document.querySelector("#p2").dispatchEvent(event);
      return event.clipboardData.getData("text/plain");
    }"""
    assert page.evaluate(copied) == ""  # left to the browser
    citations(page)
    page.get_by_label("复制正文时附上出处").check()
    words = speech.paragraphs[[p.id for p in speech.paragraphs].index("p2")].text
    told = str(page.evaluate(copied)).strip()
    assert told.startswith(words)
    assert f"——{speech.speaker}：《{speech.title}》" in told
    assert "第2段" in told
    page.reload()
    assert f"——{speech.speaker}" in str(page.evaluate(copied))


def test_every_speech_is_taken_away_whole_as_text_and_markdown(reader: Reader, built: Built) -> None:
    for speech in built.speeches.values():
        page = reader.open(f"speeches/{speech.id}.html")
        text = str(page.evaluate("jianggaoReader.asText(document.querySelector('[data-speech]'))"))
        assert text.replace("\r\n", "\n") == as_text(speech)
        markdown = str(page.evaluate("jianggaoReader.asMarkdown(document.querySelector('[data-speech]'))"))
        bare = re.sub(r"\\(.)", r"\1", markdown)
        for paragraph in speech.paragraphs:
            assert paragraph.text in bare.replace("**", "") or "**" in paragraph.text


def test_a_file_that_is_taken_away_is_named_after_the_speech(reader: Reader, speech: Speech) -> None:
    page = reader.open(f"speeches/{speech.id}.html")
    page.get_by_role("button", name="下载").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="纯文本").click()
    assert waiting.value.suggested_filename == f"{speech.date} {speech.speaker} {speech.title}.txt"
    assert waiting.value.path().read_bytes().startswith("\ufeff".encode())


def test_the_raw_text_is_a_click_away(reader: Reader, built: Built, speech: Speech) -> None:
    page = reader.open(f"speeches/{speech.id}.html")
    page.get_by_role("link", name="看原始文本").click()
    page.wait_for_url(re.compile(r"/raw/"))
    decoded = corpus.read_file(built.raw / speech.file, built.raw).decoded
    assert str(page.text_content("body")).strip("\ufeff\n") == "\n".join(line.text for line in decoded).strip("\n")


def test_machines_read_the_same_record(reader: Reader, speech: Speech) -> None:
    page = reader.open(f"speeches/{speech.id}.html")
    told = json.loads(str(page.text_content('script[type="application/ld+json"]')))
    assert (told["name"], told["author"]["name"], told["dateCreated"], told["identifier"]) == (
        speech.title,
        speech.speaker,
        speech.date,
        speech.id,
    )
