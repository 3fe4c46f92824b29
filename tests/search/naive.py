"""The search rule told once more, slowly and plainly, for tests to hold the fast one against."""

from __future__ import annotations

import functools
import importlib.util
import itertools
import unicodedata
from collections.abc import Callable
from pathlib import Path

import opencc

from jianggao.model import Speech

SKIPPED = {"Cf", "Mn"}
# Where a checkout stands beside the written contract, its program is asked too.
CONTRACT = Path(__file__).resolve().parents[3] / "shared" / "contract" / "search_reference.py"


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@functools.cache
def _kind(char: str) -> str:
    if unicodedata.name(char, "").startswith("CJK UNIFIED IDEOGRAPH") or char in "〇々":
        return "han"
    if char.isalnum():
        return "word"
    if unicodedata.category(char) in SKIPPED or (char.isspace() and char not in "\r\n\u2028\u2029"):
        return "skip"
    return "break"


@functools.cache
def _simple(char: str) -> str:
    new: str = _converter().convert(char)
    return new if len(new) == 1 else char


def naive_units(text: str) -> list[str]:
    """Units by grouping runs of one kind, then merging breaks."""
    out: list[str] = []
    for kind, run in itertools.groupby(unicodedata.normalize("NFKC", text).lower(), _kind):
        if kind == "han":
            out += map(_simple, run)
        elif kind == "word":
            out.append("".join(run))
        elif kind == "break" and out[-1:] != ["|"]:
            out.append("|")
    while out[:1] == ["|"]:
        del out[0]
    while out[-1:] == ["|"]:
        del out[-1]
    return out


def naive_count(term: list[str], stream: list[str]) -> int:
    """Places where ``term`` starts, by looking at every place."""
    return sum(stream[i : i + len(term)] == term for i in range(len(stream))) if term else 0


def stream(speech: Speech) -> list[str]:
    """A speech's units: title, break, text."""
    return naive_units(f"{speech.title}\n{speech.text}")


def headings(speech: Speech) -> list[list[str]]:
    """The units of each heading of the body."""
    return [naive_units(h.text) for h in speech.outline if h.attested == "body"]


def rules() -> list[Callable[[str], list[str]]]:
    """The rule above, and the contract's own program where it is at hand."""
    found: list[Callable[[str], list[str]]] = [naive_units]
    if CONTRACT.is_file():
        spec = importlib.util.spec_from_file_location("search_reference", CONTRACT)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found.append(module.units)
    return found
