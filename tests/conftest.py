"""What holds for every test: property tests have no deadline on a shared machine and repeat themselves in CI.

``make fuzz`` runs them with thousands of examples, new ones each time (``FUZZ`` is their number).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings
from tests.search import small

from jianggao.search.archive import Archive

settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.register_profile("fuzz", deadline=None, max_examples=int(os.environ.get("FUZZ") or 1), print_blob=True)
settings.load_profile("fuzz" if os.environ.get("FUZZ") else "house")

# The seeds lie beside the checkout where the project is made, and nowhere else; there is nothing to test without them.
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
collect_ignore = [] if SEEDS.is_dir() else ["test_seeds.py"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the search data of the small archive; not to be changed."""
    folder = tmp_path_factory.mktemp("site")
    small.make(folder)
    return folder


@pytest.fixture(scope="session")
def archive(site: Path) -> Archive:
    """The search data of the small archive, opened."""
    return Archive(site)
