"""Material for MkDocs' own search with jieba, set up as well as it can be for Chinese.

TOOLS/venv holds mkdocs, mkdocs-material and jieba; TOOLS/node_modules holds iframe-worker, without which a page opened
from its folder has no search.
"""

from __future__ import annotations

import html
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from scripts.measure import cost
from scripts.measure.peer import Built, Peer
from scripts.measure.texts import Document

# Material's own separators for Chinese, and the marks they leave out: else each is a word of its own in the index.
SEPARATOR = r"[\s\u200b\u3000\-、。，．？！；：“”‘’（）《》〈〉【】…—·]+"

# The search of Material is a worker that takes {type: 2, data: query} and answers {type: 3, data: {items}}. It is caught
# as the theme makes it, so that no second index is in memory, and listened to before the theme draws what it says.
SCRIPT = """
window.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    peer.worker = this;
    // Type 1 tells that the index is ready.
    peer.started = new Promise(done => {
      this.addEventListener("message", event => { if (event.data.type === 1) done(); });
    });
    this.addEventListener("message", event => { if (event.data.type === 3) peer.heard?.(event.data.data.items); });
  }
};
window.peer = {
  async ready() {
    while (!this.started) await new Promise(done => setTimeout(done, 5));
    await this.started;
  },
  search(query) {
    return new Promise(done => { this.heard = done; this.worker.postMessage({type: 2, data: query}); });
  },
  texts: async () => {},  // they come with the answer
  pages: items => items.map(group => group[0].location),
  show(query) {
    const input = document.querySelector("[data-md-component=search-query]");
    const result = document.querySelector("[data-md-component=search-result]");
    return new Promise(done => {
      // The line above the list tells the number of results, or that there are none; the list is drawn with it.
      new MutationObserver((_, self) => { if (result.innerText.includes("结果")) { self.disconnect(); done(); } })
        .observe(result, {childList: true, subtree: true});
      input.focus();
      input.value = query;
      input.dispatchEvent(new KeyboardEvent("keyup"));
    });
  },
};
"""


def write(documents: Sequence[Document], folder: Path, shim: Path | None) -> Path:
    """A site's sources: a page a speech, its paragraphs as HTML, so that nothing in them is taken for Markdown.

    With ``shim``, the site has search, and the script that stands in for a worker where the browser allows none.
    """
    pages = folder / "docs" / "d"
    shutil.rmtree(folder, ignore_errors=True)
    pages.mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# 讲稿\n", encoding="utf-8")
    for one in documents:
        lines = [f"<p>{html.escape(line)}</p>\n" for line in one.text.splitlines() if line.strip()]
        head = f"---\ntitle: {json.dumps(one.title, ensure_ascii=False)}\n---\n"
        (pages / f"{one.id}.md").write_text("\n".join([head, *lines]), encoding="utf-8")
    config: dict[str, object] = {
        "site_name": "讲稿",
        "use_directory_urls": False,
        "theme": {"name": "material", "language": "zh", "font": False},
        "nav": [{"首页": "index.md"}],
        "not_in_nav": "/d/",
        "plugins": [],
    }
    if shim:
        # The offline plugin knows the script by its name, and then asks no other host for it.
        address = "assets/iframe-worker.js"
        (folder / "docs" / "assets").mkdir()
        shutil.copy(shim, folder / "docs" / address)
        config["plugins"] = [{"search": {"lang": ["zh"], "separator": SEPARATOR, "pipeline": []}}, "offline"]
        config["extra"] = {"polyfills": [address]}
    path = folder / "mkdocs.yml"
    path.write_text(json.dumps(config, ensure_ascii=False), encoding="utf-8")  # JSON is YAML
    return path


def prepare(documents: Sequence[Document], tools: Path, work: Path) -> Built:
    """Build with and without search: the plugin runs inside the build of the site, and is told by the difference."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    costs: dict[str, cost.Cost] = {}
    shim = tools / "node_modules" / "iframe-worker" / "shim" / "index.js"
    for name, script in (("without_search", None), ("with_search", shim)):
        folder = work / name
        config = write(documents, folder, script)
        command: list[str | Path] = [
            tools / "venv" / "bin" / "mkdocs",
            "build",
            "-q",
            "-f",
            config,
            "-d",
            folder / "site",
        ]
        costs[name] = cost.run(command, folder, environment)
    site = work / "with_search" / "site"
    peer = Peer(
        name="Material + jieba",
        site=site,
        page="index.html",
        script=SCRIPT,
        # In quotes every word must be found but the first, and the last one whole. What wants all words, the last one
        # by its beginning as otherwise, is a trick that a reader will hardly find: two spaces and a star.
        ways={"照常写": "{}", "加引号": '"{}"', '全部词都要（"  词*"）': '"  {}*"'},
        document=lambda page: page.removeprefix("d/").partition(".html")[0] if page.startswith("d/") else "",
        owned=("search/", "assets/javascripts/workers/", "assets/javascripts/lunr/"),
    )
    seconds = costs["with_search"].seconds - costs["without_search"].seconds
    index = cost.size([site / "search" / "search_index.json"])
    return Built(peer, index, seconds, costs["with_search"].memory)
