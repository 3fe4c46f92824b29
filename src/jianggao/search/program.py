"""The search program of the site: our scripts in four files, so that a page asks for few and old ones are not reused.

``program`` is lunr, the folding tables and all of ``engine/``; ``study`` answers and shows what is asked less often,
the concordance, the trend and near misses; ``page`` is the search page; ``marks`` is for opened speeches. Scripts of a
folder are joined in the order of their names, without comments and blanks; what they do begins when it is called.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import rjsmin

from .codec import CONTINUERS, STOPPERS
from .fold import browser_tables
from .shards import data_text

FOLDERS = {"program": "engine", "study": "study", "page": "page", "marks": "marks"}
_LICENCE = re.compile(r"/\*\*\n \* lunr - .*?\*/\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sources:
    """``lunr``: the source of lunr.js. ``scripts``: our own by path below assets/search, such as ``engine/fold.js``."""

    lunr: str
    scripts: Mapping[str, str]


def files(sources: Sources) -> dict[str, str]:
    """The text of each file of the program by its name. Raises ``ValueError`` when there is nothing to put into one."""
    made: dict[str, str] = {}
    for name, folder in FOLDERS.items():
        own = [text for path, text in sorted(sources.scripts.items()) if path.startswith(f"{folder}/")]
        if not own:
            raise ValueError(f"缺少检索程序：docs/assets/search/{folder}/ 里没有脚本")
        parts = [rjsmin.jsmin(text) for text in own]
        if name == "program":
            lunr = sources.lunr.replace("\r\n", "\n")
            parts[:0] = [*_LICENCE.findall(lunr), rjsmin.jsmin(lunr)]
            parts.append(data_text("tables", [STOPPERS, CONTINUERS], browser_tables()))
        # The last line tells that the file arrived whole.
        made[name] = "".join(part if part.endswith("\n") else f"{part}\n" for part in [*parts, data_text(name)])
    return made
