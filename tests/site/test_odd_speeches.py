"""Speeches that no page was made for: without anything, very long, with four hundred headings, with rare names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.site.conftest import WAYS, Built, Reader, build

from jianggao import corpus

SENTENCE = "各级干部要把责任扛在肩上，把工作抓在手上，一件一件办到群众心坎上。"
LONG_TITLE = "在全县" + "深入学习贯彻上级会议精神暨年度重点工作推进" * 6 + "大会上的讲话"


def odd(folder: Path) -> None:
    """One raw file for each kind."""
    files = {
        "空手.txt": "\n".join([SENTENCE] * 4),
        "很长.txt": "\n".join(["在全县大会上的讲话", "同志们：", *[SENTENCE * 9] * 105]),
        "多题.txt": "\n".join(
            ["在全县清单会上的讲话", "同志们："]
            + [f"{part}、抓好第{part}件大事\n" + "\n".join(f"{n}.做好一项工作\n{SENTENCE}" for n in range(1, 21))
               for part in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五",
                            "十六", "十七", "十八", "十九", "二十")]
        ),
        "长题.txt": "\n".join([LONG_TITLE, "（2023年5月6日）", "同志们：", *[SENTENCE] * 5]),
        "生僻.txt": "\n".join(
            ["在㮾梨镇座谈会上的讲话", "（2022年3月4日）", "㮾梨镇党委书记　𠅤䶮堃", "同志们：", *[SENTENCE] * 5]
        ),
        "换坏.txt": "\n".join(["在全县评议会上的讲话", "同志们：", SENTENCE + "要坚持公平的原那么。", *[SENTENCE] * 4]),
    }  # fmt: skip
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text + "\n", "utf-8")


@pytest.fixture(scope="module")
def oddities(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("odd")
    odd(folder / "原稿")
    build(folder / "原稿", folder / "site")
    loaded = corpus.load(folder / "原稿")
    return Built(folder / "原稿", folder / "site", {one.file.removesuffix(".txt"): one for one in loaded.speeches})


def test_the_oddities_are_what_they_are_meant_to_be(oddities: Built) -> None:
    read = oddities.speeches
    assert (read["空手"].date, read["空手"].speaker, read["空手"].outline) == (None, None, ())
    assert read["空手"].title.startswith("（无题）")
    assert read["很长"].chars > 30_000
    assert len(read["多题"].outline) >= 400
    assert len(read["长题"].title) > 120
    assert read["生僻"].speaker == "𠅤䶮堃"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["空手", "很长", "多题", "长题", "生僻"])
def test_an_odd_speech_has_a_page_that_holds_together(
    oddities: Built, new_reader: Callable[[str], Reader], name: str, width: int
) -> None:
    speech = oddities.speeches[name]
    reader = new_reader(f"{oddities.site.as_uri()}/")
    reader.page.set_viewport_size({"width": width, "height": 900})
    page = reader.open(f"speeches/{speech.id}.html")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut = """() => [...document.querySelectorAll("h1, .speech-fields li, .speech-body > *, .contents a, .tools *")]
      .filter((one) => {
      const box = one.getBoundingClientRect();
      return one.checkVisibility() && (box.right > innerWidth + 1 || box.left < -1);
    }).map((one) => one.outerHTML.slice(0, 80))"""
    assert page.evaluate(cut) == []
    assert page.inner_text("h1") == (speech.title or "无题")
    # Words of the text, without holes' marks: what is shown is the speech.
    shown = page.evaluate("[...document.querySelectorAll('.speech-body > *')].map((one) => one.textContent)")
    assert shown == [paragraph.text for paragraph in speech.paragraphs]
    page.get_by_role("button", name="引用").click()
    assert speech.id in page.inner_text(".cite")
    if name == "多题" and width == 1280:
        page.evaluate("document.querySelector('#s19').scrollIntoView()")
        page.wait_for_selector("[data-outline] [aria-current][href^='#s19']")
        here = page.locator("[data-outline] [aria-current]").bounding_box()
        assert here
        assert 0 <= here["y"] <= 900  # the outline has followed


def test_a_long_outline_is_folded_on_a_phone_too(oddities: Built, new_reader: Callable[[str], Reader]) -> None:
    reader = new_reader(f"{oddities.site.as_uri()}/")
    reader.page.set_viewport_size({"width": 390, "height": 900})
    page = reader.open(f"speeches/{oddities.speeches['多题'].id}.html")
    page.locator(".outline > summary").click()
    shown = page.locator(".outline li:visible")
    assert shown.count() == 20
    page.locator(".outline .fold").nth(2).click()
    assert shown.count() == 40
    page.locator(".outline").get_by_role("link", name="20.做好一项工作").click()
    assert page.url.endswith("#s3-20")


@pytest.mark.parametrize("way", WAYS)
def test_a_damaged_word_stays_and_is_marked_and_explained(
    oddities: Built, serve: Callable[[Path], str], new_reader: Callable[[str], Reader], way: str
) -> None:
    reader = new_reader(serve(oddities.site) if way == "http" else f"{oddities.site.as_uri()}/")
    page = reader.open(f"speeches/{oddities.speeches['换坏'].id}.html")
    mark = page.locator(".speech-body .doubt")
    assert mark.all_inner_texts() == ["原那么"]
    assert mark.get_attribute("title") == "疑似“原则”之误，照录未改"
    assert mark.evaluate("one => getComputedStyle(one).textDecorationStyle") == "wavy"
    assert "疑似讹误 1处" in page.inner_text(".speech-source")
    assert "“原那么”或为“原则”" in page.locator(".doubts").text_content()  # type: ignore[operator]


def test_a_speech_is_read_without_scripts(oddities: Built, browser: object) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    speech = oddities.speeches["多题"]
    page.goto(f"{oddities.site.as_uri()}/speeches/{speech.id}.html")
    assert page.locator("#s20-20").inner_text().startswith("20.做好一项工作")
    page.locator(".contents a").last.click()
    assert page.url.endswith("#s20-20")
    page.get_by_role("link", name="浏览").click()
    page.get_by_role("link", name="按讲话人").first.click()
    assert "𠅤䶮堃" in page.inner_text("main")
    context.close()
