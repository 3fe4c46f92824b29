"""What holds for every test: property tests have no deadline on a shared machine and repeat themselves in CI.

``make fuzz`` runs them with thousands of examples, new ones each time (``FUZZ`` is their number).
"""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.register_profile("fuzz", deadline=None, max_examples=int(os.environ.get("FUZZ") or 1), print_blob=True)
settings.load_profile("fuzz" if os.environ.get("FUZZ") else "house")

# The seeds lie beside the checkout where the project is made, and nowhere else; there is nothing to test without them.
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
collect_ignore = [] if SEEDS.is_dir() else ["test_seeds.py"]
