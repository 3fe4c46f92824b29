"""What holds for every page: nothing is asked of another host, only our scripts run, same input gives same bytes."""

from __future__ import annotations

import gzip
import logging
import re
from functools import cache, partial
from pathlib import Path
from typing import Any

import rcssmin
import rjsmin
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from jianggao.search.shards import digest

log = logging.getLogger("mkdocs.hooks.offline")

# `file:` stands for the pages that are opened by a double click; scripts in the text of a page never run.
POLICY = (
    "default-src 'self' file: data: blob:; style-src 'self' file: 'unsafe-inline'; object-src 'none'; "
    "base-uri 'none'; form-action 'self' file:"
)

_ASKED = re.compile(
    r"""<(?!a\b)[a-z][\w-]*\b[^>]*?\s(?:src|href|srcset|poster|data|action)\s*=\s*["']?\s*"""
    r"""(?P<url>(?:https?:)?//[^\s"'>]+)"""
    r"""|(?:@import\s|url\()\s*["']?\s*(?P<there>(?:https?:)?//[^\s"')]+)""",
    re.IGNORECASE,
)
OWN = ("assets/css", "assets/reader", "assets/search")
"""Folders that hold our own styles and scripts and nothing else; the search program is packed by its own build."""
_UNUSED = re.compile(r"assets/(javascripts/.*|stylesheets/.*\.map|images/favicon\.png)")
_MAPPED = re.compile(rb"\s*/\*# sourceMappingURL=\S+ \*/|\s*//# sourceMappingURL=\S+")


def on_startup(command: str, dirty: bool) -> None:  # noqa: ARG001 - the signature is MkDocs'
    """Remember whether this is the preview, whose reload script stands in the page, which the policy forbids."""
    _mode["serving"] = command == "serve"


_mode = {"serving": False}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Switch off what cannot work from a folder, set the policy that browsers hold every built page to, and name our
    styles and scripts by what is in them."""
    config["use_directory_urls"] = False
    config["extra"]["policy"] = "" if _mode["serving"] else POLICY
    config["extra"]["stamped"] = cache(partial(stamped, Path(config.docs_dir)))
    for listed in (config.extra_css, config.extra_javascript):
        listed[:] = [stamped(Path(config.docs_dir), str(path)) for path in listed]
    return config


def stamped(docs: Path, path: str) -> str:
    """The address of a style or script with a digest of its text: a browser that keeps an old one asks for the new one,
    which may be a program that fits no other page. A file that is not there keeps its plain address."""
    file = docs / path
    return f"{path}?{digest(file.read_text('utf-8'))}" if file.is_file() else path


def on_files(files: Files, config: MkDocsConfig) -> Files:  # noqa: ARG001
    """Leave out the theme's scripts and source maps: no page uses them."""
    for file in list(files):
        if _UNUSED.fullmatch(file.dest_uri):
            files.remove(file)
    return files


def asked(html: str) -> list[str]:
    """The addresses on other hosts that a browser would load for this page; links to follow do not count."""
    urls = (m["url"] or m["there"] for m in _ASKED.finditer(html) if not _is_canonical(m[0]))
    return sorted(set(urls))


def _is_canonical(tag: str) -> bool:
    return bool(re.match(r'<link rel="?canonical', tag))


def on_post_page(output: str, page: Any, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Warn, and so stop ``--strict``, when a page would ask another host for anything."""
    for url in asked(output):
        log.error(
            "%s: 这一页会向别的主机请求 %s。怎么办：把文件放进 docs/assets，用相对地址引用", page.file.src_uri, url
        )
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Mend what MkDocs writes by the clock or for developers: the packed site map's time, references to source maps, the
    comments and blanks of our own styles and scripts."""
    site = Path(config.site_dir)
    plain = site / "sitemap.xml"
    if plain.exists():
        (site / "sitemap.xml.gz").write_bytes(gzip.compress(plain.read_bytes(), mtime=0))
    for sheet in site.glob("assets/stylesheets/*.css"):
        sheet.write_bytes(_MAPPED.sub(b"", sheet.read_bytes()))
    for folder in OWN:
        for file in (site / folder).glob("*.*"):
            pack = rcssmin.cssmin if file.suffix == ".css" else rjsmin.jsmin
            file.write_text(str(pack(file.read_text("utf-8"))), "utf-8")
