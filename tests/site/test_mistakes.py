"""A reader who finds a mistake: what was done to the text stands on the page, and a report can be copied."""

from __future__ import annotations

import urllib.parse

from playwright.sync_api import expect
from tests.site.conftest import Built, Reader

COPIED = """() => {
  window.copied = [];
  if (navigator.clipboard) {
    navigator.clipboard.writeText = (text) => { window.copied.push(text); return Promise.resolve(); };
  }
  const command = document.execCommand.bind(document);
  document.execCommand = (name) => {
    window.copied.push(document.activeElement.value);
    return name === "copy" || command(name);
  };
}"""
SELECT = """() => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector('#p2'));
  window.getSelection().removeAllRanges();
  window.getSelection().addRange(range);
}"""


def cut_off(built: Built) -> str:
    return next(id_ for id_, speech in built.speeches.items() if speech.completeness.status == "partial")


def test_the_page_lists_each_line_that_was_taken_out(reader: Reader, built: Built) -> None:
    page = reader.open(f"speeches/{cut_off(built)}.html")
    record = page.locator("details.record")
    record.locator("summary").click()
    lines = record.locator(".lines li")
    expect(lines.first).to_be_visible()
    assert "第5行 删去「一、摸清家底」" in lines.all_inner_texts()


def test_a_report_names_the_speech_and_holds_the_words_that_were_selected(reader: Reader, built: Built) -> None:
    id_ = cut_off(built)
    speech = built.speeches[id_]
    page = reader.open(f"speeches/{id_}.html")
    page.evaluate(COPIED)
    page.evaluate(SELECT)
    page.get_by_role("button", name="复制报错信息").click()
    page.wait_for_function("() => window.copied.length")
    copied = str(page.evaluate("() => window.copied[0]"))
    words = next(p.text for p in speech.paragraphs if p.id == "p2")
    assert f"《{speech.title}》（编号 {id_}）" in copied
    assert f"原始文件：{speech.file}" in copied
    assert f"有问题的字句：{words[:40]}" in copied
    assert urllib.parse.unquote(page.url) in copied
    expect(page.get_by_role("button", name="已复制")).to_be_visible()


def test_without_a_selection_the_report_asks_where_the_mistake_is(reader: Reader, built: Built) -> None:
    page = reader.open(f"speeches/{cut_off(built)}.html")
    page.evaluate(COPIED)
    page.get_by_role("button", name="复制报错信息").click()
    page.wait_for_function("() => window.copied.length")
    assert "有问题的字句：（请写明在第几段）" in page.evaluate("() => window.copied[0]")


def test_the_handbook_says_how_mistakes_are_mended(reader: Reader, built: Built) -> None:
    page = reader.open(f"speeches/{cut_off(built)}.html")
    page.get_by_role("link", name="怎样报告和更正").click()
    page.wait_for_url("**/contributing/index.html#*")
    expect(page.get_by_role("heading", name="报告错误")).to_be_in_viewport()
