"""Take pictures of every kind of page, wide and narrow, light and dark, and print one. 用法：python scripts/screenshots.py"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from playwright.sync_api import Browser, Page
from scripts._cli import Parser, start
from scripts.measure.browser import chromium, served

ROOT = Path(__file__).parents[1]
WIDTHS = {1280: 900, 390: 844}
"""Widths of a window in pixels, and its heights."""
TONES = ("light", "dark")
SHOWN = ("home", "speech", "hits", "kind")
"""Pages whose pictures illustrate the README."""
SETTLED = '[data-search-status]:not([data-state="loading"])[data-state]'


def places(site: Path) -> dict[str, str]:
    """A name for each kind of page, and its address below the site."""
    speech = max((site / "speeches").glob("*.html"), key=lambda path: (path.stat().st_size, path.name)).name
    kind = max((site / "outlines").glob("*.html"), key=lambda path: (path.stat().st_size, path.name)).name
    return {
        "home": "index.html",
        "speech": f"speeches/{speech}",
        "marks": f"speeches/{speech}?q=教育",
        "search": "search.html",
        "hits": "search.html?q=教育",
        "lines": "search.html?q=教育&view=lines",
        "trend": "search.html?q=教育 安全&view=trend",
        "nothing": "search.html?q=教育改隔",
        "years": "years.html",
        "speakers": "speakers.html",
        "levels": "levels.html",
        "outlines": "outlines.html",
        "kind": f"outlines/{kind}",
        "figures": "figures.html",
        "about": "about.html",
        "benchmarks": "benchmarks.html",
    }


def opened(page: Page, address: str, name: str) -> None:
    """The page as a reader has it a moment later, its first outline unfolded."""
    page.goto(address)
    if page.locator(SETTLED).count() or "search.html" in address:
        page.wait_for_selector(SETTLED, state="attached")
    if name == "kind":
        page.locator(".outline-card > summary").first.click()
    page.wait_for_timeout(300)


def take(browser: Browser, base: str, site: Path, out: Path) -> int:
    """Write all pictures as ``name-width-tone.png``; gives their number."""
    count = 0
    for width, height in WIDTHS.items():
        for tone in TONES:
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme="dark" if tone == "dark" else "light"
            )
            page = context.new_page()
            for name, address in places(site).items():
                opened(page, base + address, name)
                page.screenshot(path=out / f"{name}-{width}-{tone}.png", full_page=name in ("trend", "figures"))
                count += 1
            context.close()
    return count


def illustrate(browser: Browser, base: str, site: Path, folder: Path) -> None:
    """The few small pictures of the README."""
    folder.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(viewport={"width": 1280, "height": 800}, device_scale_factor=0.75)
    page = context.new_page()
    for name in SHOWN:
        opened(page, base + places(site)[name], name)
        page.screenshot(path=folder / f"{name}.jpg", type="jpeg", quality=70)
    context.close()


def main(argv: list[str] | None = None) -> int:
    parser = Parser("给网站的每一种页面拍照：宽窄两种窗口，深浅两种颜色，另印一篇成 PDF")
    parser.add_argument("--site", type=Path, default=ROOT / "site", metavar="文件夹", help="生成的网站，默认 site")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "screenshots", metavar="文件夹", help="照片放哪里，默认 screenshots"
    )
    parser.add_argument("--readme", type=Path, metavar="文件夹", help="再拍 README 用的四张小图，放进这里")
    args = parser.parse_args(argv)
    if not (args.site / "index.html").is_file():
        print(f"{args.site}：没有生成好的网站。怎么办：先运行 make site", file=sys.stderr)
        return 1
    args.out.mkdir(parents=True, exist_ok=True)
    with chromium() as browser, served(args.site) as (base, _):
        count = take(browser, base, args.site, args.out)
        page = browser.new_page()
        page.goto(base + places(args.site)["speech"])
        page.pdf(path=args.out / "speech.pdf", prefer_css_page_size=True)
        if args.readme:
            illustrate(browser, base, args.site, args.readme)
    print(f"拍了 {count} 张，印了一篇，放在 {args.out}")
    return 0


if __name__ == "__main__":
    start(main)
