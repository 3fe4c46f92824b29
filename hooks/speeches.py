"""Raw files → pages: loads the archive and hands MkDocs one page a speech, the lists and the home page's figures."""

from __future__ import annotations

import logging
import os
import posixpath
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from jianggao import corpus as archive
from jianggao import figures, linked, listings, outlines, related, remarks, rulebook
from jianggao.errors import SpeechError
from jianggao.markup import attribute, carried
from jianggao.model import Heading, Problem, Reading, Speech
from jianggao.stages.render import UNTITLED, nested, render

log = logging.getLogger("mkdocs.hooks.speeches")

FOOT = 24
"""Characters of a title below a printed page: more would reach the page number."""
_HOLDER = re.compile(r"<!-- 档案：(\S+) -->")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load the archive (SPEECHES_DIR, else ``speeches/``) and keep it where other hooks and templates find it."""
    root = Path(os.environ.get("SPEECHES_DIR") or Path(config.config_file_path or ".").parent / "speeches")
    if root.is_dir() and str(root) not in config.watch:
        config.watch.append(str(root))
    rulebook.default.cache_clear()  # the preview reads edited rules again
    loaded = _load(root)
    for problem in loaded.problems:
        _report(problem)
    config["extra"]["jianggao"] = {
        "corpus": loaded,
        "speeches": {f"speeches/{s.id}.md": s for s in loaded.speeches},
        "neighbours": _neighbours(loaded.speeches),
        "related": related.related(loaded.speeches),
    }
    return config


def _load(root: Path) -> archive.Corpus:
    """The archive; what keeps it from loading at all is a problem too, so that ``mkdocs serve`` lives on."""
    try:
        return archive.load(root)
    except SpeechError as error:
        problem = error.problem()
    except Exception as error:  # a fault of ours must not end a preview; --strict still stops on the warning
        log.debug("loading %s failed", root, exc_info=True)
        problem = Problem(
            "error",
            f"读取档案时出错（{type(error).__name__}：{error}）",
            "用 mkdocs build -v 看详情并报告这个问题",
            None,
            str(root),
        )
    return archive.Corpus(str(root), (), (problem,))


def _report(problem: Problem) -> None:
    where = f"{problem.path or '档案'}{f':{problem.line}' if problem.line else ''}"
    level = logging.ERROR if problem.severity == "error" else logging.INFO  # an error counts under `-q --strict` too
    log.log(level, "%s: %s。怎么办：%s", where, problem.what.rstrip("。"), problem.next_step)


def _neighbours(speeches: tuple[Speech, ...]) -> dict[str, tuple[Speech | None, Speech | None]]:
    """For each id the speech before and the one after it by date; those without a date have none."""
    dated = [s for s in reversed(listings.newest_first(speeches)) if s.date]
    around = [None, *dated, None]
    return {s.id: (around[i], around[i + 2]) for i, s in enumerate(dated)}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add one page in memory for each speech and each list."""
    loaded = config["extra"]["jianggao"]["corpus"]
    book = _book()
    for reading in loaded.readings:
        for speech in reading.speeches:
            path, address = _raw(config, Path(loaded.root), reading.file)
            reasons, marked = (book.reasons(), remarks.of(speech.paragraphs, book)) if book else ({}, ())
            page = render(speech, address or path, reading, reasons, raw_text(reading), marked)
            _add(files, config, page.uri, page.markdown).edit_uri = _from_docs(config, path)
        if reading.speeches:
            # The mark at the beginning tells a browser that this is UTF-8, also where no server says so.
            content = "\ufeff" + "".join(f"{carried(line.text)}\n" for line in reading.decoded)
            files.append(File.generated(config, raw_text(reading), content=content))
    for page in (*listings.pages(loaded.speeches), *outlines.pages(loaded.speeches), figures.page(loaded.speeches)):
        _add(files, config, page.uri, page.markdown)
    told = linked.feed(loaded.speeches, config.site_name, config.site_description or "", config.site_url)
    files.append(File.generated(config, "feed.xml", content=told))
    return files


def raw_text(reading: Reading) -> str:
    """Where the site keeps the raw text of a file, as plain text: what was a page must not act as one."""
    return f"raw/{reading.speeches[0].id}.txt"


def _add(files: Files, config: MkDocsConfig, uri: str, content: str) -> File:
    level = InclusionLevel.NOT_IN_NAV if "/" in uri else InclusionLevel.UNDEFINED
    file = File.generated(config, uri, content=content, inclusion=level)
    files.append(file)
    return file


def _book() -> rulebook.Rulebook | None:
    """The rules, for what a page says of its text; None when they cannot be read."""
    try:
        return rulebook.default()
    except SpeechError:
        return None  # the corpus has reported it already


def _raw(config: MkDocsConfig, root: Path, file: str) -> tuple[str, str | None]:
    """A raw file's path as the repository names it and, where the site says which repository that is, its address."""
    project = Path(config.config_file_path or ".").resolve().parent
    full = root.resolve() / file
    if not full.is_relative_to(project):
        return file, None
    path = full.relative_to(project).as_posix()
    if not config.repo_url or not config.edit_uri:
        return path, None
    base = urljoin(config.repo_url.rstrip("/") + "/", config.edit_uri)
    return path, urljoin(base, quote(_from_docs(config, path)))


def _from_docs(config: MkDocsConfig, path: str) -> str:
    """``path``, relative to the project, as seen from ``docs_dir``: what MkDocs appends to ``edit_uri``."""
    project = Path(config.config_file_path or ".").resolve().parent
    docs = Path(config.docs_dir).resolve()
    return posixpath.relpath(path, docs.relative_to(project).as_posix()) if docs.is_relative_to(project) else path


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Fill the home page's place holders, ``<!-- 档案：概况 -->`` and the like."""
    if not page.is_homepage and page.file.src_uri != "index.md":
        return markdown
    parts = listings.home(config["extra"]["jianggao"]["corpus"].speeches)
    return _HOLDER.sub(lambda m: parts.get(m[1], ""), markdown)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Give a speech's page the outline of the record, run-in headings included, as its table of contents."""
    speech = config["extra"]["jianggao"]["speeches"].get(page.file.src_uri)
    if speech:
        page.toc = _toc(speech.outline)
    return html


def _toc(outline: tuple[Heading, ...]) -> TableOfContents:
    roots: list[AnchorLink] = []
    path: list[AnchorLink] = []
    for depth, heading in nested([h for h in outline if h.attested == "body"]):
        link = AnchorLink(attribute(heading.text), heading.id, depth + 1)
        del path[depth:]
        (path[-1].children if path else roots).append(link)
        path.append(link)
    return TableOfContents(roots)


def on_page_context(context: Any, page: Page, config: MkDocsConfig, nav: Any) -> Any:  # noqa: ARG001
    """Tell the template which speech it shows and which come before and after it by date."""
    kept = config["extra"]["jianggao"]
    context["speech"] = speech = kept["speeches"].get(page.file.src_uri)
    if speech:
        context["foot"] = printed_foot(speech, config.site_name)
        context["related"] = kept["related"][speech.id]
        context["linked"] = linked.linked_data(speech, config.site_name, page.canonical_url)
    context["before"], context["after"] = kept["neighbours"].get(speech.id, (None, None)) if speech else (None, None)
    return context


def printed_foot(speech: Speech, collection: str) -> str:
    """The line below each printed page, as the inside of a CSS string: which speech this is, and out of what."""
    title = speech.title or UNTITLED
    words = f"{collection}　{title if len(title) <= FOOT else title[:FOOT] + '…'}　{speech.id}"
    return re.sub(r'["\\<>&\n\r\f]', lambda m: f"\\{ord(m[0]):x} ", carried(words))


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Let go of what a speech's page was made of: ten thousand of them would stand in memory beside the search data."""
    if page.file.src_uri in config["extra"]["jianggao"]["speeches"]:
        page.content = page.markdown = None
        page.toc = TableOfContents([])
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Write the Word documents where the site wants them (``extra: word``)."""
    if not config["extra"].get("word"):
        return
    from jianggao.word import document  # noqa: PLC0415 - python-docx is an extra

    for speech in config["extra"]["jianggao"]["corpus"].speeches:
        (Path(config.site_dir) / "speeches" / f"{speech.id}.docx").write_bytes(document(speech))
