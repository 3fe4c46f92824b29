"""What our styles and scripts may not use, because a browser of the last five years would lose more than that."""

from __future__ import annotations

import re
from pathlib import Path

ASSETS = Path(__file__).parents[1] / "docs" / "assets"


def test_no_rule_is_lost_in_older_browsers() -> None:
    """A selector that a browser does not know voids its whole list; and in Chromium up to 127 a smooth scroll of the page
    stops where the outline beside it is scrolled (measured in 92 to 127), so that no link into a speech arrives."""
    for path in ASSETS.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        for selectors in re.findall(r"([^{}]+)\{", text):
            assert ":has(" not in selectors or "," not in selectors, f"{path.name}: {selectors.strip()}"
        assert not re.search(r"(?<!over)scroll-behavior", text)
