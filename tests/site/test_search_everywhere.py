"""The browser, over http and file://, the command line and a brute-force scan find the same with the same counts."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from typing import Any

import opencc
import pytest
from scripts import search as command
from tests.site.conftest import Built, Reader

from jianggao.search.scan import Scan, plain_units

NUMBER = 100
ALL = 1000
s2t = opencc.OpenCC("s2t").convert
IN_PAGE = """async (queries) => {
  const answers = [];
  for (const query of queries) {
    const answer = await window.jianggao.search(query, {offset: 0, limit: 1000, snippets: false});
    answers.push([answer.total, answer.hits.map(hit => [hit.id, hit.count])]);
  }
  return answers;
}"""


def substrings(texts: Iterable[str], number: int, seed: int) -> list[str]:
    """Random substrings of 1 to 12 characters that hold at least one unit; straight quotes are the query's own sign."""
    pool, chance, found = list(texts), random.Random(seed), list[str]()
    while len(found) < number:
        text = chance.choice(pool)
        start = chance.randrange(len(text))
        piece = text[start : start + chance.randint(1, 12)].replace('"', "，")
        if plain_units(piece):
            found.append(piece)
    return found


def queries(built: Built, script: str) -> list[str]:
    """Random substrings of what is searched, as quoted terms; in Traditional when ``script`` says so."""
    texts = [f"{speech.title}\n{speech.text}" for speech in built.speeches.values()]
    pieces = substrings(texts, NUMBER, seed=77)
    return [f'"{s2t(piece) if script == "traditional" else piece}"' for piece in pieces]


def by_hand(built: Built, query: str) -> dict[str, int]:
    return built.scan.count(query.strip('"'))


def on_command_line(built: Built, capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert command.main([*arguments, "--site", str(built.site), "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


@pytest.mark.parametrize("script", ["simplified", "traditional"])
def test_any_substring_is_found_in_the_browser_exactly_as_by_hand(reader: Reader, built: Built, script: str) -> None:
    asked = queries(built, script)
    reader.open("index.html")
    answers = reader.page.evaluate(IN_PAGE, asked)
    want = {query: (len(by_hand(built, query)), by_hand(built, query)) for query in asked}
    assert {query: (total, dict(hits)) for query, (total, hits) in zip(asked, answers, strict=True)} == want
    assert any(count > 1 for _, found in want.values() for count in found.values())


@pytest.mark.parametrize("script", ["simplified", "traditional"])
def test_any_substring_is_found_on_the_command_line_exactly_as_by_hand(
    built: Built, script: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for query in queries(built, script):
        answer = on_command_line(built, capsys, query, "--limit", str(ALL))
        found = by_hand(built, query)
        assert ({hit["id"]: hit["count"] for hit in answer["hits"]}, answer["total"]) == (found, len(found)), query


def test_a_term_without_blanks_needs_no_quotes(reader: Reader, built: Built) -> None:
    texts = [f"{speech.title}\n{speech.text}" for speech in built.speeches.values()]
    plain = [piece for piece in substrings(texts, 200, seed=5) if all(char.isalnum() for char in piece)]
    assert len(plain) > 20
    reader.open("search.html")
    answers = reader.page.evaluate(IN_PAGE, plain)
    assert {query: dict(hits) for query, (_, hits) in zip(plain, answers, strict=True)} == {
        q: by_hand(built, q) for q in plain
    }


@pytest.mark.parametrize(
    "query",
    [
        "安全生产",
        "群众 干部",
        "群众 -安全生产",
        "标题:党建",
        "小标题:责任",
        "讲话人:沈若川",
        '"工作。基层"',
        "GDP",
        "工作基层",
        "没有这样的词",
    ],
)
def test_the_command_line_prints_the_object_that_the_browser_gives(
    reader: Reader, built: Built, query: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reader.open("index.html")
    for sort in ("relevance", "newest", "oldest"):
        browser = reader.search(query, offset=0, limit=5, sort=sort, snippets=True)
        assert isinstance(browser.pop("ms"), (int, float))
        terminal = on_command_line(built, capsys, query, "--limit", "5", "--sort", sort)
        assert [hit.pop("score") for hit in terminal["hits"]] == pytest.approx(
            [hit.pop("score") for hit in browser["hits"]]
        )
        assert terminal == browser


def test_blanks_mean_and_a_minus_means_without(reader: Reader, built: Built) -> None:
    one, other = by_hand(built, "群众"), by_hand(built, "安全生产")
    assert 0 < len(one.keys() & other.keys()) < len(one)
    reader.open("index.html")
    assert {hit["id"] for hit in reader.search("群众 安全生产", limit=ALL)["hits"]} == one.keys() & other.keys()
    assert {hit["id"] for hit in reader.search("群众 -安全生产", limit=ALL)["hits"]} == one.keys() - other.keys()


def test_fields_look_only_where_they_say(reader: Reader, built: Built) -> None:
    in_title = Scan((id_, speech.title) for id_, speech in built.speeches.items()).count("安全生产").keys()
    headings = ((id_, h.text) for id_, speech in built.speeches.items() for h in speech.outline)
    in_heading = Scan(headings).count("责任感").keys()
    assert in_title
    assert in_heading
    reader.open("index.html")
    assert {hit["id"] for hit in reader.search("标题:安全生产", limit=ALL)["hits"]} == in_title
    assert {hit["id"] for hit in reader.search("title:安全生产", limit=ALL)["hits"]} == in_title
    assert {hit["id"] for hit in reader.search("小标题:责任感", limit=ALL)["hits"]} == in_heading


def test_results_come_by_date_when_asked(reader: Reader) -> None:
    reader.open("index.html")
    days = [
        hit["date"] for hit in reader.search("同志", limit=ALL, sort="oldest", snippets=False)["hits"] if hit["date"]
    ]
    assert len(days) > 5
    assert days == sorted(days)
    newest = [
        hit["date"] for hit in reader.search("同志", limit=ALL, sort="newest", snippets=False)["hits"] if hit["date"]
    ]
    assert newest == sorted(days, reverse=True)


def test_pages_of_results_join_to_the_whole_list(reader: Reader) -> None:
    reader.open("index.html")
    whole = [hit["id"] for hit in reader.search("同志", offset=0, limit=ALL, snippets=False)["hits"]]
    parts = [
        hit["id"] for offset in range(0, len(whole), 4) for hit in reader.search("同志", offset=offset, limit=4)["hits"]
    ]
    assert parts == whole


def test_every_year_is_counted(reader: Reader, built: Built) -> None:
    reader.open("index.html")
    answer = reader.search("同志", limit=1)
    years = [
        str(speech.date)[:4]
        for id_, speech in built.speeches.items()
        if speech.date and by_hand(built, "同志").get(id_)
    ]
    assert answer["facets"]["year"] == {year: years.count(year) for year in set(years)}
    only = reader.search("同志", limit=ALL, filters={"year": ["2018"]})
    assert {hit["date"][:4] for hit in only["hits"]} == {"2018"}
    assert only["total"] == years.count("2018")
