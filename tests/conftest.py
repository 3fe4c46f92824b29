"""What holds for every test: property tests have no deadline on a shared machine and repeat themselves in CI."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")

# The seeds lie beside the checkout where the project is made, and nowhere else; there is nothing to test without them.
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
collect_ignore = [] if SEEDS.is_dir() else ["test_seeds.py"]
