"""A site as the hooks make it from a small corpus in memory, for tests that look at it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from tests.builders import Head, Listed, RunIn, corpus, speech

from jianggao import corpus as archive
from jianggao.corpus import Corpus
from jianggao.model import Problem

ROOT = Path(__file__).parents[1]
LONG = "全县上下一条心，把今春的农田水利、农资供应和农机检修三件事一件一件办到田间地头。" * 3


def sample(*, extra: bool = False, problems: tuple[Problem, ...] = ()) -> Corpus:
    items = [
        speech("同志们：", Head("一、抓<实>"), RunIn("一是抓人", "。" + LONG, level=2), Listed("二是抓事", 2), LONG,
               id="2024-0000000a", date="2024-03-05", speaker="何远山", title="<script>alert(1)</script>"),
        speech(LONG, id="2023-0000000b", date="2023", title="讲话：&amp;"),
    ]  # fmt: skip
    if extra:
        items.append(speech("新。", id="2025-0000000c", date="2025-01-01"))
    return corpus(*items, problems=problems, root=str(ROOT / "speeches"))


def made(monkeypatch: pytest.MonkeyPatch, site: Path, what: Corpus, **settings: Any) -> Path:
    monkeypatch.setattr(archive, "load", lambda *_: what)
    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(site), **settings))
    return site


def hook(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "hooks" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def files(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}
