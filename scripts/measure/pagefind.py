"""Pagefind extended, which splits Chinese into words.

TOOLS/node_modules holds pagefind, whose program is in a package of its own for each system; nothing else is fetched.
"""

from __future__ import annotations

import gzip
import html
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from scripts.measure import cost
from scripts.measure.peer import Built, Peer
from scripts.measure.texts import Document

PAGE = '<!doctype html><html lang="zh"><meta charset="utf-8"><title>{title}</title>{body}</html>'
MAGIC = b"pagefind_dcd"  # stands before the content of each of its compressed files

# Its own search box waits 300 ms after a key; asking its interface directly leaves that out.
SCRIPT = """
window.peer = {
  load() { return this.engine ??= import(new URL("pagefind/pagefind.js", location.href).href); },
  ready() { return this.load().then((engine) => engine.init()); },
  async search(query) { return (await (await this.load()).search(query)).results; },
  texts: results => Promise.all(results.slice(0, 10).map(result => result.data())),
  pages: results => results.map(result => result.id),
  async show(query) {
    const texts = await this.texts(await this.search(query));
    document.querySelector("ol").innerHTML =
      texts.map(one => `<li><a href="${one.url}">${one.meta.title}</a><p>${one.excerpt}</p>`).join("");
  },
};
"""


def write(documents: Sequence[Document], site: Path) -> None:
    """The least a page can be: what Pagefind reads, and no more."""
    shutil.rmtree(site, ignore_errors=True)
    (site / "d").mkdir(parents=True)
    (site / "index.html").write_text(PAGE.format(title="检索", body="<ol></ol>"), encoding="utf-8")
    for one in documents:
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in one.text.splitlines() if line.strip())
        title = html.escape(one.title)
        page = PAGE.format(title=title, body=f"<main data-pagefind-body><h1>{title}</h1>{lines}</main>")
        (site / "d" / f"{one.id}.html").write_text(page, encoding="utf-8")


def names(bundle: Path) -> dict[str, str]:
    """Which speech a result is: results are told by a fragment's name, and the page's address is inside the fragment."""
    found = {}
    for path in (bundle / "fragment").iterdir():
        record = json.loads(gzip.decompress(path.read_bytes()).removeprefix(MAGIC))
        found[path.stem] = Path(record["url"]).stem
    return found


def prepare(documents: Sequence[Document], tools: Path, work: Path) -> Built:
    """Build the bundle. Excerpts are not counted into the index, as ours are not."""
    site = work / "site"
    write(documents, site)
    # The program itself, not the node script that starts it: memory and time are its own.
    program = next((tools / "node_modules").glob("@pagefind/*/bin/pagefind_extended"))
    spent = cost.run([program, "--site", site, "--quiet"], work)
    bundle = site / "pagefind"
    known = names(bundle)
    peer = Peer(
        name="Pagefind",
        site=site,
        page="index.html",
        script=SCRIPT,
        ways={"照常写": "{}", "加引号": '"{}"'},
        document=lambda fragment: known[fragment],
        owned=("pagefind/",),
    )
    index = cost.size((bundle / "index").iterdir()) + cost.size(bundle.glob("*.pf_meta"))
    return Built(peer, index, spent.seconds, spent.memory)
