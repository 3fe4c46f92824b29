"""What holds for every test: property tests have no deadline on a shared machine and repeat themselves in CI."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")
