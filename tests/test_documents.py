"""The documents name what exists: commands, scripts, rules and modules, each explained in Chinese."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from jianggao import rulebook

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "src" / "jianggao"


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def targets() -> dict[str, str]:
    """Make's targets with their Chinese help."""
    return dict(
        re.findall(r"^([a-z-]+):[^#\n]*## (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )


def test_make_alone_lists_every_command_in_chinese() -> None:
    said = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(targets()) >= {"install", "site", "serve", "test", "lint", "bundle", "bench", "bench-reading"}
    for name, help_ in targets().items():
        assert re.search(r"[\u4e00-\u9fff]", help_)
        assert re.search(rf"^  make {name} +{re.escape(help_)}$", said, re.MULTILINE)
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == set(targets())


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_every_command(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [target for target in targets() if target != "help" and not re.search(rf"make {target}\b", text)] == []


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(LIBRARY / "rules").glob("*.md")])


@pytest.mark.parametrize("path", documents(), ids=shown)
def test_documents_name_only_what_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert {
        name for name in re.findall(r"\bmake ([a-z]+)\b(?=[`\s）)，。；、]|$)", text) if name not in targets()
    } == set()
    scripts = set(re.findall(r"\bscripts/\w+\.(?:py|sh)\b", text))
    assert {name for name in scripts if not (ROOT / name).is_file()} == set()


@pytest.mark.parametrize("path", sorted((LIBRARY / "rules").glob("*.toml")), ids=shown)
def test_every_rule_file_is_explained(path: Path) -> None:
    assert path.name in (LIBRARY / "rules" / "README.md").read_text(encoding="utf-8")


def test_rule_ids_in_documents_are_rules() -> None:
    known = {rule.id for rule in rulebook.load().noise}
    named = {id_ for path in documents() for id_ in re.findall(r"`(noise/[\w-]+)`", path.read_text(encoding="utf-8"))}
    assert named - known == set()


@pytest.mark.parametrize(
    "path", sorted(path for path in (ROOT / "scripts").glob("*.py") if not path.name.startswith("_")), ids=shown
)
def test_every_script_says_in_chinese_what_it_does_and_is_documented(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    description = re.search(r"\bParser\(\s*\"([^\"]+)", text)
    assert description is not None
    assert re.search(r"[\u4e00-\u9fff]", description[1])
    assert any(
        f"scripts/{path.name}" in other.read_text(encoding="utf-8") for other in [*documents(), ROOT / "Makefile"]
    )


def test_the_architecture_page_names_every_module_of_the_library_and_none_that_is_gone() -> None:
    page = (ROOT / "docs" / "contributing" / "architecture.md").read_text("utf-8")
    modules = {p.name for p in LIBRARY.glob("*.py")} - {"__init__.py"}
    assert modules == set(re.findall(r"`(\w+\.py)`", page))
    folders = {p.name for p in LIBRARY.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert {f for f in folders if f"`{f}/`" not in page} == set()
