"""The search rule told plainly, for tests to hold the fast one against: jianggao.search.scan and the written contract."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

from jianggao.model import Speech
from jianggao.search.scan import plain_units

# Where a checkout stands beside the written contract, its program is asked too.
CONTRACT = Path(__file__).resolve().parents[3] / "shared" / "contract" / "search_reference.py"


def naive_count(term: list[str], stream: list[str]) -> int:
    """Places where ``term`` starts, by looking at every place."""
    return sum(stream[i : i + len(term)] == term for i in range(len(stream))) if term else 0


def stream(speech: Speech) -> list[str]:
    """A speech's units: title, break, text."""
    return plain_units(f"{speech.title}\n{speech.text}")


def headings(speech: Speech) -> list[list[str]]:
    """The units of each heading of the body."""
    return [plain_units(h.text) for h in speech.outline if h.attested == "body"]


def rules() -> list[Callable[[str], list[str]]]:
    """The rule of the plain scan, and the contract's own program where it is at hand."""
    found: list[Callable[[str], list[str]]] = [plain_units]
    if CONTRACT.is_file():
        spec = importlib.util.spec_from_file_location("search_reference", CONTRACT)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found.append(module.units)
    return found
