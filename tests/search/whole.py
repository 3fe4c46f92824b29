"""The whole index that lunr's own Builder makes, unit pairs as tokens: what the partial one must agree with."""

from __future__ import annotations

import itertools
from typing import Any

from lunr.builder import Builder
from lunr.index import Index
from lunr.query import QueryPresence
from tests.search.naive import headings, stream

from jianggao.model import Speech
from jianggao.search.query import STREAM_FIELDS
from jianggao.search.rank import BOOSTS
from jianggao.search.scan import plain_units

# Each clause: sign, field or nothing, the two units of a pair.
PAIR_QUERIES: list[list[tuple[str, str, str, str]]] = [
    [("+", "", "党", "建")],
    [("+", "", "好", "好")],
    [("+", "", "基", "层"), ("+", "", "党", "建")],
    [("+", "title", "党", "建")],
    [("+", "heading", "落", "实"), ("+", "", "工", "作")],
    [("+", "", "工", "作"), ("-", "", "述", "职")],
    [("+", "", "责", "任"), ("-", "heading", "群", "众"), ("+", "title", "会", "上")],
    [("+", "", "|", "2024")],
    [("+", "", "gdp", "|"), ("+", "", "项", "目")],
    [("-", "", "党", "建")],
]


def _pairs(units: list[str]) -> list[str]:
    return ["·".join(pair) for pair in itertools.pairwise([*units, "$"])]


def document(number: int, speech: Speech) -> dict[str, Any]:
    """A speech as a document of lunr: per field the pairs of neighbouring units."""
    return {
        "id": str(number),
        "title": _pairs(plain_units(speech.title)) if plain_units(speech.title) else [],
        "heading": [pair for units in headings(speech) if units for pair in _pairs(units)],
        "text": _pairs(stream(speech)) if stream(speech) else [],
    }


def index(documents: list[dict[str, Any]]) -> Index:
    """lunr's index of all documents, without stemmer, stop words or trimmer."""
    builder = Builder()
    for name in STREAM_FIELDS:
        builder.field(name, boost=BOOSTS[name])
    for one in documents:
        builder.add(one)
    return builder.build()


def ask(whole: Index, clauses: list[tuple[str, str, str, str]]) -> list[tuple[int, float]]:
    """Speech numbers and scores in lunr's order."""
    query = whole.create_query()
    for sign, field, first, second in clauses:
        presence = QueryPresence.REQUIRED if sign == "+" else QueryPresence.PROHIBITED
        query.clause(f"{first}·{second}", fields=[field] if field else list(STREAM_FIELDS), presence=presence)
    return [(int(hit["ref"]), float(hit["score"])) for hit in whole.query(query)]
