"""Speeches → search data of the built site, with lunr.js as the installed MkDocs carries it."""

from __future__ import annotations

import logging
from importlib import resources
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from jianggao.corpus import Corpus
from jianggao.search.build import build

log = logging.getLogger("mkdocs.hooks.search")


def on_post_build(config: MkDocsConfig) -> None:
    """Write ``assets/search/data`` from the corpus that hooks/speeches.py left in ``extra``."""
    corpus: Corpus = config["extra"]["jianggao"]["corpus"]
    lunr = resources.files("mkdocs.contrib.search").joinpath("templates/search/lunr.js").read_text("utf-8")
    built = build(corpus.speeches, Path(config.site_dir) / "assets" / "search" / "data", lunr)
    log.info(
        "检索数据：%d 篇讲稿，%d 个分片，%.2f MB（正文 %.2f MB）",
        built.speeches,
        built.shards,
        built.index_bytes / 1e6,
        built.raw_bytes / 1e6,
    )
