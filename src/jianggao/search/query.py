"""The query language 检索式: what a person types → clauses → a query in lunr's own language.

Spaces mean AND, ``"…"`` keeps spaces inside, ``-词`` excludes, ``标题:词`` and its like look in one place. Everything
else, Chinese quotation marks included, is text to be found. A quotation mark within a word is text too.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .units import units

SCOPES = {
    "标题": "title",
    "小标题": "heading",
    "讲话人": "speaker",
    "场合": "occasion",
    "地点": "place",
    "title": "title",
    "heading": "heading",
    "speaker": "speaker",
    "occasion": "occasion",
    "place": "place",
}
STREAM_FIELDS = ("title", "heading", "text")
META_FIELDS = ("speaker", "occasion", "place")
ONLY = ("heading", "title")
UNPAIRED = "英文引号没有成对：请补上另一个引号，或者把它去掉。"
LONGEST = 6000
LONGEST_NAME = 10
MOST_TERMS = 30
SPACES = " \t\r\n\v\f\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


class QueryError(ValueError):
    """The query cannot be run; the message says why and what to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One term. ``scope`` is empty for the whole stream, else one of the fields; ``exclude`` for ``-词``; ``source`` is
    the term as it was written, with its field."""

    units: tuple[str, ...]
    scope: str = ""
    exclude: bool = False
    source: str = field(default="", compare=False, repr=False)

    @property
    def meta(self) -> str:
        """The field outside the stream that is meant, or nothing."""
        return self.scope if self.scope in META_FIELDS else ""


def parse(query: str) -> list[Clause]:
    """The clauses of ``query``, each once. Raises ``QueryError``.

    >>> for clause in parse('黨建 -標題:"GDP 增長"'):
    ...     print(clause)
    Clause(units=('党', '建'), scope='', exclude=False)
    Clause(units=('gdp', '增', '长'), scope='title', exclude=True)
    """
    if len(query) > LONGEST:
        raise QueryError(f"检索内容太长：共 {len(query)} 个字，最多 {LONGEST} 个字。请只留下要找的那一段。")
    clauses: list[Clause] = []
    at = 0
    while (at := _skip_spaces(query, at)) < len(query):
        clause, at = _clause(query, at)
        if clause.units and clause not in clauses:
            clauses.append(clause)
    if not clauses:
        raise QueryError("没有可以检索的内容：请输入汉字、字母或数字。")
    if len(clauses) > MOST_TERMS:
        raise QueryError(
            f"检索词太多：共 {len(clauses)} 个，最多 {MOST_TERMS} 个。要找一整句话，请去掉空格或给它加上英文引号。"
        )
    return clauses


def clauses_of(query: str, only: str = "") -> list[Clause]:
    """The clauses of ``query``; with ``only`` the terms without a field of their own look in that one.

    Raises ``QueryError``.
    """
    if only not in ("", *ONLY):
        raise QueryError(f"没有“{only}”这个范围。可用：heading（小标题）、title（标题）。")
    scoped = (replace(c, scope=c.scope or only) for c in parse(query))
    return list(dict.fromkeys(scoped))


def _skip_spaces(query: str, at: int) -> int:
    while at < len(query) and query[at] in SPACES:
        at += 1
    return at


def _clause(query: str, at: int) -> tuple[Clause, int]:
    """The clause that starts at ``at``, and where it ends."""
    exclude = query[at] == "-"
    at += exclude
    if (exclude and _skip_spaces(query, at) != at) or at == len(query):
        raise QueryError("减号“-”后面要紧跟一个要排除的词，例如：党建 -考核。")
    word_end = at
    while word_end < len(query) and query[word_end] not in SPACES:
        word_end += 1
    name, colon, rest = query[at:word_end].partition(":")
    scope = SCOPES.get("".join(units(name)), "") if colon and len(name) <= LONGEST_NAME else ""
    if scope and not rest:
        raise QueryError(f"“{name}:”后面要紧跟一个词，例如：{name}:党建。")
    if scope:
        at += len(name) + 1
    if query[at] == '"':
        closing = query.find('"', at + 1)
        if closing < 0:
            raise QueryError(UNPAIRED)
        inner = query[at + 1 : closing]
        return Clause(tuple(units(inner)), scope, exclude, f"{name}:{inner}" if scope else inner), closing + 1
    term = query[at:word_end]
    if term.count('"') % 2:
        raise QueryError(UNPAIRED)
    return Clause(tuple(units(term)), scope, exclude, f"{name}:{term}" if scope else term), word_end


def keys_of(clauses: list[Clause]) -> dict[tuple[str, tuple[str, ...]], str]:
    """A name in lunr's index for each distinct term: the same words in the stream and in a field are two terms."""
    keys: dict[tuple[str, tuple[str, ...]], str] = {}
    for clause in clauses:
        keys.setdefault((clause.meta, clause.units), f"t{len(keys)}")
    return keys


def lunr_query(clauses: list[Clause]) -> str:
    """The query in lunr's language.

    >>> lunr_query(parse("党建 标题:基层 -考核"))
    '+t0 +title:t1 -t2'
    """
    keys = keys_of(clauses)
    return " ".join(
        f"{'-' if c.exclude else '+'}{f'{c.scope}:' if c.scope else ''}{keys[c.meta, c.units]}" for c in clauses
    )
