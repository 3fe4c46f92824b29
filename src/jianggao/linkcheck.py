"""The built site as a browser without a network sees it: who asks another host, which address leads nowhere.

A link that a person may click (``<a href="https://…">``, the source of a speech) is no request and is allowed. What a
browser fetches by itself, or a form would send, has to lie in the site's own folder under a relative address.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from .errors import SpeechError
from .search import verify

Role = Literal["load", "link", "style"]

# Attributes that make a browser fetch, whatever the element; href and action depend on the element.
LOADING = ("src", "poster", "background", "data", "formaction", "xlink:href", "ping", "manifest")
SET = ("srcset", "imagesrcset")
# <link rel> that is not fetched: it only names a page.
NAMING = frozenset(
    {"alternate", "author", "bookmark", "canonical", "help", "license", "next", "prev", "edit", "me", "search"}
)
# Elements of the theme whose own script asks another host when they are there.
ASKING = {
    ".mermaid": "主题会到外面的网站取 mermaid 图表脚本",
    '[data-md-component="source"][href*="github.com"]': "主题会到 GitHub 取仓库的星标数",
    '[data-md-component="source"][href*="gitlab.com"]': "主题会到 GitLab 取仓库的星标数",
}
CSS_ADDRESS = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)'"\s]+))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
IN_SCRIPT = re.compile(r"""["'`](?:https?:|wss?:)?//[\w.-]+\.\w+[^"'`\s]*""")
ASKING_CALL = re.compile(
    r"\b(?:fetch|import|importScripts|sendBeacon)\s*\(|\b(?:XMLHttpRequest|WebSocket|EventSource)\b"
)
# An address of a srcset ends at a blank or at a closing comma; commas inside it are its own (data:image/png;base64,…).
IN_SET = re.compile(r"(\S*[^\s,])(?:\s+[^,]*)?,?")
REFRESH = re.compile(r"^\s*[\d.]*\s*[;,]?\s*(?:url\s*=)?\s*['\"]?([^'\"]*)", re.IGNORECASE)
NAMESPACE = "http://www.w3.org/"
MANY = 200  # pages from which several processes pay for their start


@dataclass(frozen=True, slots=True)
class Finding:
    """One address that has no place in an offline edition. ``page`` is a path below the site, with forward slashes."""

    page: str
    address: str
    what: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What one file says: addresses with their roles, the anchors it offers, what is wrong without looking further."""

    page: str
    addresses: tuple[tuple[Role, str], ...]
    anchors: frozenset[str]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """What addresses may lead to: all files, all folders, and the anchors of each page that was read."""

    files: frozenset[str]
    folders: frozenset[str]
    anchors: Mapping[str, frozenset[str]]


def check(site: Path, processes: int = 1) -> list[Finding]:
    """Everything wrong with the site, sorted by page and address. Reads each page, style sheet and script once.

    :raises SpeechError: if ``site`` is no built site (no index.html).
    """
    files = site_files(site)
    # Data files are speeches, not programs: whatever they name is only text.
    texts = [
        name
        for name in files
        if name.endswith((".html", ".css", ".svg")) or (name.endswith(".js") and not name.startswith(verify.DATA))
    ]
    if processes > 1 and len(texts) >= MANY:
        with ProcessPoolExecutor(processes) as pool:
            looked = list(pool.map(look, [site] * len(texts), texts, chunksize=32))
    else:
        looked = [look(site, name) for name in texts]
    folders = frozenset(str(parent) for name in files for parent in PurePosixPath(name).parents)
    ground = Ground(frozenset(files), folders, {one.page: one.anchors for one in looked})
    found = {finding for one in looked for finding in (*one.findings, *faults(one, ground))}
    found.update(Finding(*fault) for fault in verify.faults(site, ground.files))
    return sorted(found, key=lambda finding: (finding.page, finding.address, finding.what))


def site_files(site: Path) -> list[str]:
    """Paths of all files below ``site``, with forward slashes, sorted by code point.

    :raises SpeechError: if there is no index.html.
    """
    if not (site / "index.html").is_file():
        raise SpeechError(str(site), None, "这里没有生成好的网站（找不到 index.html）", "先运行 make site，再打包")
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())


def look(site: Path, name: str) -> Looked:
    """Read one page, style sheet, script or picture of the site."""
    text = (site / name).read_text(encoding="utf-8", errors="replace")
    if name.endswith(".css"):
        return Looked(name, tuple(("style", address) for address in css_addresses(text)), frozenset(), ())
    if name.endswith(".js"):
        return Looked(name, (), frozenset(), tuple(program_findings(name, text, "脚本里写着外面的网址")))
    soup = BeautifulSoup(text, "html.parser")
    anchors = frozenset(
        str(value)
        for tag in soup.find_all(True)
        for value in (tag.get("id"), tag.get("name") if tag.name == "a" else None)
        if value
    )
    findings = [
        Finding(name, str(tag.get("href") or tag.name), what)
        for css, what in ASKING.items()
        for tag in soup.select(css)
    ]
    addresses: list[tuple[Role, str]] = []
    for tag in soup.find_all(True):
        addresses.extend(tag_addresses(tag))
        findings.extend(script_findings(name, tag))
    return Looked(name, tuple(addresses), anchors, tuple(findings))


def tag_addresses(tag: Tag) -> Iterator[tuple[Role, str]]:
    """The addresses of one element, each with what a browser does with it."""
    for key in LOADING:
        if isinstance(value := tag.get(key), str) and not (key == "data" and tag.name != "object"):
            yield "load", value
    for key in SET:
        if isinstance(value := tag.get(key), str):
            yield from (("load", address) for address in IN_SET.findall(value))
    if isinstance(href := tag.get("href"), str):
        yield role_of(tag), href
    if tag.name == "form" and isinstance(action := tag.get("action"), str):
        yield "load", action
    if (
        tag.name == "meta"
        and str(tag.get("http-equiv", "")).lower() == "refresh"
        and (m := REFRESH.match(str(tag.get("content", ""))))
    ):
        yield "load", m.group(1)
    style = tag.get_text() if tag.name == "style" else str(tag.get("style", ""))
    yield from (("style", address) for address in css_addresses(style))


def role_of(tag: Tag) -> Role:
    """Whether an ``href`` is fetched by the browser itself or only followed by a person."""
    if tag.name in {"a", "area"}:
        return "link"
    names = set(" ".join(tag.get_attribute_list("rel")).lower().split())
    only_named = tag.name == "link" and bool(names) and names <= NAMING
    return "link" if only_named else "load"


def script_findings(page: str, tag: Tag) -> Iterator[Finding]:
    """What an inline script asks for; data blocks are not scripts."""
    if (
        tag.name == "script"
        and not tag.get("src")
        and str(tag.get("type", "")).lower() not in {"application/json", "application/ld+json"}
    ):
        yield from program_findings(page, tag.get_text(), "页内脚本写着外面的网址")


def program_findings(page: str, text: str, what: str) -> list[Finding]:
    """Hosts that a program names; where it names none, calls that fetch, which fail on a page opened by a double click."""
    hosts = [found[1:] for found in IN_SCRIPT.findall(text) if not found[1:].startswith(NAMESPACE)]
    if hosts:
        return [Finding(page, host, what) for host in hosts]
    calls = (found.rstrip("( \t\r\n") for found in ASKING_CALL.findall(text))
    return [Finding(page, call, "脚本会发请求，双击打开时不能用") for call in calls]


def css_addresses(text: str) -> Iterator[str]:
    """Every ``url(…)`` and ``@import`` of a style sheet, comments left out.

    >>> list(css_addresses("@import 'a.css'; /* url(b.png) */ p { background: url( c.png ) }"))
    ['a.css', 'c.png']
    """
    for match in CSS_ADDRESS.finditer(CSS_COMMENT.sub("", text)):
        yield next(group for group in match.groups() if group is not None)


def faults(one: Looked, ground: Ground) -> Iterator[Finding]:
    """What is wrong with the addresses of one file, seen from the whole site."""
    for role, address in one.addresses:
        if what := fault(one.page, role, address.strip(), ground):
            yield Finding(one.page, address, what)


def fault(page: str, role: Role, address: str, ground: Ground) -> str | None:
    """What is wrong with one address, in Chinese; None when it is all right.

    >>> ground = Ground(frozenset({"c.html"}), frozenset({"."}), {"c.html": frozenset({"s1"})})
    >>> fault("a/b.html", "link", "../c.html?q=x#s1", ground)
    >>> fault("b.html", "link", "c.html#s2", ground)
    'c.html 里没有 #s2'
    >>> fault("b.html", "load", "//cdn.example/x.js", ground)
    '会向别的网站发请求'
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return "写法不对，不是一个地址"
    if parts.scheme or parts.netloc:
        return outside(role, parts.scheme.lower())
    path = unquote(parts.path)
    if not path:
        return missing(page, unquote(parts.fragment), ground)
    if path.startswith("/"):
        if page != "404.html":  # only a server shows that page, and it shows it under any address
            return "以 / 开头，双击打开网页时找不到"
        return missing(path.lstrip("/") or "index.html", unquote(parts.fragment), ground)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    return missing(target, unquote(parts.fragment), ground)


def outside(role: Role, scheme: str) -> str | None:
    """What is wrong with an address that has a scheme or a host of its own."""
    if scheme in {"javascript", "vbscript"}:
        return "是脚本，不是链接"
    if scheme == "file":
        return "指向制作者自己的电脑"
    if role == "link" or scheme in {"data", "blob", "about"}:
        return None
    return "会向别的网站发请求"


def missing(target: str, fragment: str, ground: Ground) -> str | None:
    """Whether the file and the anchor are there, letter for letter, as a server on Linux demands."""
    if target in ground.folders:
        return "指向文件夹，双击打开时不是网页"
    if target not in ground.files:
        return "找不到这个文件"
    known = ground.anchors.get(target)
    if fragment and known is not None and fragment not in known:
        return f"{target} 里没有 #{fragment}"
    return None
