"""Whether the search of a built site can work: every script and data file that it will ask for is there and undamaged."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from html import unescape
from pathlib import Path

from .archive import Archive, DataError
from .columns import NAME, text_name
from .shards import DIGEST, data_parts, digest

HOME = "assets/search/"
DATA = f"{HOME}data/"
MANIFEST = f"{DATA}manifest.js"
# How boot.js names what it brings: "manifest.js".
NAMED = re.compile(r"""["']([\w-]+\.js)["']""")
ABSENT = "找不到这个文件"
CHANGED = "和文件名里的校验值不符，文件已损坏"

PAGE = "search.html"
HANDED = re.compile(r'data-manifest="([^"]*)"')

Fault = tuple[str, str, str]
"""The file that names another, what it names, and what is wrong with that, in Chinese."""


def faults(site: Path, files: Collection[str]) -> Iterator[Fault]:
    """What is wrong with the search of ``site``, which holds ``files`` (paths below it, with forward slashes).

    A site without any file of a search has none; pages that ask for its script are told of by the check of addresses.
    """
    if not any(name.startswith(HOME) for name in files):
        return
    for script in sorted(name for name in files if name.startswith(HOME) and name.count("/") == HOME.count("/")):
        if script.endswith(".js"):
            for named in dict.fromkeys(NAMED.findall((site / script).read_text(encoding="utf-8", errors="replace"))):
                if HOME + named not in files and DATA + named not in files:
                    yield script, named, ABSENT
    try:
        archive = Archive(site)
        if PAGE in files and _handed_over(site / PAGE) != archive.manifest:
            yield PAGE, "manifest.js", "页面里写的清单和它不一致，网站可能没有复制完整"
        missing = [fault for name in listed(archive) if (fault := data_fault(site, name, files))]
        yield from missing
        if not missing:
            yield from card_faults(site, archive, files)
    except DataError as error:
        yield MANIFEST, "检索数据", str(error)
    except (LookupError, TypeError, ValueError, AttributeError):
        yield MANIFEST, "检索数据", "内容不合格式，文件已损坏"


def _handed_over(page: Path) -> object:
    """The manifest that stands in the search page; None when there is none."""
    found = HANDED.search(page.read_text(encoding="utf-8", errors="replace"))
    return json.loads(unescape(found[1])) if found and found[1] else None


def listed(archive: Archive) -> Iterator[str]:
    """The data files that the manifest names, below the folder of the data. Raises ``ValueError`` if it is not whole."""
    yield from archive.manifest["files"].values()
    shards, (per_file, cards) = archive.core["digests"], archive.core["cards"]
    groups = -(-archive.size // per_file)
    expected = (DIGEST * len(archive.keys.keys), DIGEST * groups, NAME * archive.size)
    if (len(shards), len(cards), len(archive.names)) != expected:
        raise ValueError("the core contradicts itself")
    for folder, digests in (("p", shards), ("c", cards)):
        yield from (f"{folder}/{at // DIGEST}-{digests[at : at + DIGEST]}.js" for at in range(0, len(digests), DIGEST))


def card_faults(site: Path, archive: Archive, files: Collection[str]) -> Iterator[Fault]:
    """What is wrong with the texts of the snippets and with the pages that hits lead to."""
    for speech in range(archive.size):
        if fault := text_fault(site, archive.names[NAME * speech : NAME * speech + NAME], files):
            yield fault
        if (page := f"speeches/{archive.card(speech).id}.html") not in files:
            yield MANIFEST, page, ABSENT


def data_fault(site: Path, name: str, files: Collection[str]) -> Fault | None:
    """What is wrong with one data file, whose name ends in a digest of its text."""
    if DATA + name not in files:
        return MANIFEST, name, ABSENT
    text = (site / DATA / name).read_bytes().decode("utf-8", "replace")
    return None if digest(text) == name[-3 - DIGEST : -3] else (MANIFEST, name, CHANGED)


def text_fault(site: Path, name: str, files: Collection[str]) -> Fault | None:
    """What is wrong with the file of one speech, whose name is a digest of its parts."""
    path = f"t/{name}.js"
    if DATA + path not in files:
        return MANIFEST, path, ABSENT
    try:
        whole = text_name(data_parts((site / DATA / path).read_text(encoding="utf-8"))) == name
    except ValueError:
        whole = False
    return None if whole else (MANIFEST, path, CHANGED)
