"""Speeches → search data of the built site, with lunr.js as the installed MkDocs carries it."""

from __future__ import annotations

import json
import logging
from html import escape
from importlib import resources
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from jianggao.corpus import Corpus
from jianggao.search.build import build
from jianggao.search.program import FOLDERS, Sources
from jianggao.search.shards import data_parts

log = logging.getLogger("mkdocs.hooks.search")
HOME = "assets/search"


def on_files(files: Files, config: MkDocsConfig) -> Files:  # noqa: ARG001
    """Keep back the scripts that are joined into the search program."""
    joined = tuple(f"{HOME}/{folder}/" for folder in FOLDERS.values())
    for file in list(files):
        if file.dest_uri.startswith(joined):
            files.remove(file)
    return files


def on_post_build(config: MkDocsConfig) -> None:
    """Write ``assets/search/data`` from the corpus that hooks/speeches.py left in ``extra``."""
    corpus: Corpus = config["extra"]["jianggao"]["corpus"]
    site = Path(config.site_dir)
    built = build(corpus.speeches, site / HOME / "data", sources(Path(config.docs_dir)))
    _hand_over(site / "search.html", site / HOME / "data" / "manifest.js")
    log.info(
        "检索数据：%d 篇讲稿，%d 个分片，%.2f MB（正文 %.2f MB）",
        built.speeches,
        built.shards,
        built.index_bytes / 1e6,
        built.raw_bytes / 1e6,
    )


def _hand_over(page: Path, manifest: Path) -> None:
    """Write the manifest into the search page, which then need not ask for it: a round trip less before an answer."""
    if page.is_file():
        (told,) = data_parts(manifest.read_text("utf-8"))
        words = escape(json.dumps(told, ensure_ascii=False, separators=(",", ":")), quote=True)
        page.write_text(page.read_text("utf-8").replace('data-manifest=""', f'data-manifest="{words}"', 1), "utf-8")


def sources(docs: Path) -> Sources:
    """The scripts of the search program: lunr out of MkDocs, ours from ``docs``."""
    lunr = resources.files("mkdocs.contrib.search").joinpath("templates/search/lunr.js").read_text("utf-8")
    home = docs / HOME
    own = {path.relative_to(home).as_posix(): path.read_text("utf-8") for path in sorted(home.glob("*/*.js"))}
    return Sources(lunr, own)
