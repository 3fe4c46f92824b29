"""The search program of the site: our scripts in four files, so that a page asks for few and old ones are not reused.

``program`` is lunr, the folding tables and all of ``engine/``; ``study`` answers and shows what is asked less often,
the concordance, the trend and near misses; ``page`` is the search page; ``marks`` is for opened speeches. Scripts of a
folder are joined in the order of their names, without comments and blanks; what they do begins when it is called.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import rjsmin

from .codec import CONTINUERS, STOPPERS
from .fold import browser_tables
from .shards import data_text

FOLDERS = {"program": "engine", "study": "study", "page": "page", "marks": "marks"}
_ENVELOPE = re.compile(
    r'(?:\s*//[^\n]*\n)*\(function \(J\) \{\n  "use strict";\n(.*)\}\)\(globalThis\.jianggao = globalThis\.jianggao \|\| \{\}\);\n',
    re.DOTALL,
)
"""How each of our scripts begins and ends."""
_LICENCE = re.compile(r"/\*\*\n \* lunr - .*?\*/\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sources:
    """``lunr``: the source of lunr.js. ``scripts``: our own by path below assets/search, such as ``engine/fold.js``."""

    lunr: str
    scripts: Mapping[str, str]


def _joined(scripts: Sequence[str]) -> str:
    """Scripts in one scope with what they share, each in one of its own; some 60 bytes a script less."""
    inner = [found[1] for text in scripts if (found := _ENVELOPE.fullmatch(text))]
    if len(inner) < len(scripts):
        raise ValueError("检索程序的脚本，开头和结尾要照 docs/assets/search 里别的脚本写")
    scopes = "\n".join(f"(function () {{\n{text}}})();" for text in inner)
    return f'(function (J) {{\n  "use strict";\n{scopes}\n}})(globalThis.jianggao = globalThis.jianggao || {{}});\n'


def files(sources: Sources) -> dict[str, str]:
    """The text of each file of the program by its name. Raises ``ValueError`` when there is nothing to put into one."""
    made: dict[str, str] = {}
    for name, folder in FOLDERS.items():
        own = [text for path, text in sorted(sources.scripts.items()) if path.startswith(f"{folder}/")]
        if not own:
            raise ValueError(f"缺少检索程序：docs/assets/search/{folder}/ 里没有脚本")
        parts = [rjsmin.jsmin(_joined(own))]
        if name == "program":
            lunr = sources.lunr.replace("\r\n", "\n")
            parts[:0] = [*_LICENCE.findall(lunr), rjsmin.jsmin(lunr)]
            parts.append(data_text("tables", [STOPPERS, CONTINUERS], browser_tables()))
        # The last line tells that the file arrived whole.
        made[name] = "".join(part if part.endswith("\n") else f"{part}\n" for part in [*parts, data_text(name)])
    return made
