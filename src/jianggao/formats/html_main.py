"""Where on a web page the main text stands, by its prose and by what only a speech has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4 import Tag

from .html_blocks import Block

MOST = 0.66
SPEECH_SIGN = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|(?:同志们|各位|尊敬的).{0,30}[：:]\s*$)"
)
ASIDE_NAMES = re.compile(
    r"comment|relat|recommend|sidebar|footer|foot\b|breadcrumb|hot|rank|share|copyright|reply", re.IGNORECASE
)


def _apart(tag: Tag | None, known: dict[int, bool]) -> bool:
    """Whether an element or one around it calls itself a comment, a list of related pages or the like."""
    path: list[Tag] = []
    while tag is not None and id(tag) not in known:
        path.append(tag)
        tag = tag.parent
    state = known[id(tag)] if tag is not None else False
    for inner in reversed(path):
        names = f"{inner.get('id') or ''} {' '.join(inner.get('class') or ())}"
        state = state or inner.name in ("nav", "footer", "aside", "form") or bool(ASIDE_NAMES.search(names))
        known[id(inner)] = state
    return state


def prose(block: Block) -> bool:
    """Whether a block has sentence marks and few links."""
    return bool(re.search("[，。；！？,;]", block.text)) and block.linked <= len(block.text) / 3


def main_text(root: Tag, blocks: Sequence[Block]) -> Tag | None:
    """The innermost element that holds the main text: from the top down while one child holds ``MOST`` of the prose and
    every line that only a speech has (salutation, 一、). Prose stands in nothing that calls itself a comment. None where a
    page has no prose."""
    weight: dict[int, int] = {}
    signs: dict[int, int] = {}
    known: dict[int, bool] = {}
    for block in blocks:
        sign = bool(SPEECH_SIGN.match(block.text))
        if (prose(block) or sign) and not block.hidden and not _apart(block.owner, known):
            weight[id(block.owner)] = weight.get(id(block.owner), 0) + len(block.text)
            signs[id(block.owner)] = signs.get(id(block.owner), 0) + sign
    for tag in reversed([t for t in root.descendants if isinstance(t, Tag)]):
        if id(tag) in weight and tag.parent is not None:
            weight[id(tag.parent)] = weight.get(id(tag.parent), 0) + weight[id(tag)]
            signs[id(tag.parent)] = signs.get(id(tag.parent), 0) + signs[id(tag)]
    if not weight.get(id(root)):
        return None
    enough, all_signs = MOST * weight[id(root)], signs[id(root)]
    here: Tag = root
    inner: Tag | None = root
    while inner is not None:
        here = inner
        inside = (t for t in here.children if isinstance(t, Tag) and weight.get(id(t), 0) >= enough)
        inner = next((t for t in inside if signs[id(t)] == all_signs), None)
    return here.parent if here.name in ("p", "br", "li") else here
