"""The page of one speech as the site shows it, for tests that read it back."""

from __future__ import annotations

import functools
from pathlib import Path

import markdown
from bs4 import BeautifulSoup, Tag
from mkdocs.config import load_config
from mkdocs.utils import meta

from jianggao.model import Speech
from jianggao.stages.render import render

ROOT = Path(__file__).parents[1]


@functools.cache
def converter() -> markdown.Markdown:
    """Python-Markdown as the site sets it up, MkDocs' own extensions included."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    return markdown.Markdown(extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"])


def page(site: markdown.Markdown, what: Speech, **more: object) -> BeautifulSoup:
    source, _ = meta.get_data(render(what, "speeches/raw.txt", **more).markdown)  # type: ignore[arg-type]
    html = site.reset().convert(source)
    html.encode("utf-8")
    # Beautiful Soup folds a run of spaces that stands alone, which a browser does not.
    return BeautifulSoup(html, "html.parser", preserve_whitespace_tags={"h1", "h2", "h3", "h4", "h5", "h6", "p", "li"})


def one(soup: BeautifulSoup, selector: str) -> Tag:
    found = soup.select(selector)
    assert len(found) == 1, f"{selector}: {len(found)}"
    return found[0]
