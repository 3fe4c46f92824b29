"""The house keeps its own rules: imports run one way, modules stay small, nothing names a download host."""

from __future__ import annotations

import ast
import re
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.plugins import EVENTS

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "src" / "jianggao"
LONGEST = 300  # lines of a module

# From the top down; none may lead to a part of an earlier row, not even by way of a third.
ROWS = (
    {"corpus", "listings", "reuse", "explain", "search"},
    {"pipeline"},
    {"stages"},
    {"rulebook", "audit"},
    {"errors"},
    {"model"},
)
LAYOUT = (
    *(
        "mkdocs.yml",
        "pyproject.toml",
        "Makefile",
        "README.md",
        "README.zh-CN.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
    ),
    *(
        "requirements.lock",
        "requirements-dev.lock",
        ".ci/run",
        ".editorconfig",
        "speeches",
        "docs/index.md",
        "docs/search.md",
    ),
    *(
        "docs/contributing",
        "docs/assets/search",
        "docs/assets/reader",
        "docs/.overrides",
        "src/jianggao/rules/README.md",
    ),
    *(
        "hooks/speeches.py",
        "hooks/search.py",
        "hooks/offline.py",
        "scripts/explain.py",
        "scripts/check.py",
        "scripts/search.py",
        "scripts/export.py",
    ),
    *("scripts/bundle.py", "scripts/bench.py", "tests/cases", "tests/golden", "tests/search", "tests/site"),
)


def tracked() -> list[Path]:
    """Every file that is, or is about to be, part of the project."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return [path for name in names if name and (path := ROOT / name).is_file()]


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[str]:
    """Full names of all that a module imports, relative ones resolved against the package."""
    here = ("jianggao", *path.relative_to(LIBRARY).parts[:-1]) if path.is_relative_to(LIBRARY) else ()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = here[: len(here) - node.level + 1] if node.level else ()
            base = ".".join([*package, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def dotted(path: Path) -> str:
    """The full name of a library module: ``jianggao.stages.clean``."""
    parts = path.relative_to(LIBRARY.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def graph() -> dict[str, set[str]]:
    """Library module → library modules that it imports, without the package's front door, which only opens it."""
    known = {dotted(path): path for path in modules("src/jianggao") if path != LIBRARY / "__init__.py"}
    return {name: (set(imported(path)) & set(known)) - {name} for name, path in known.items()}


def reach(start: str, edges: dict[str, set[str]]) -> set[str]:
    """All that ``start`` leads to, by way of others too."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = edges[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def part(name: str) -> str:
    """``stages`` for ``jianggao.stages.clean``."""
    return name.split(".")[1]


def test_no_module_leads_back_to_itself() -> None:
    edges = graph()
    assert [name for name in edges if name in reach(name, edges)] == []


def test_imports_run_one_way() -> None:
    edges = graph()
    row_of = {name: row for row, names in enumerate(ROWS) for name in names}
    wrong = [
        f"{name} → {other}"
        for name in edges
        for other in reach(name, edges)
        if part(name) in row_of and row_of.get(part(other), len(ROWS)) < row_of[part(name)]
    ]
    assert wrong == []


def test_stages_do_not_import_each_other() -> None:
    edges = graph()
    stages = {name for name in edges if name.startswith("jianggao.stages.")}
    assert {name: edges[name] & stages for name in stages if edges[name] & stages} == {}


@pytest.mark.parametrize("path", modules("src/jianggao"), ids=shown)
def test_the_library_knows_neither_mkdocs_nor_the_command_line(path: Path) -> None:
    first = {name.split(".")[0] for name in imported(path)}
    assert first & {"mkdocs", "material", "argparse", "hooks", "scripts", "tests"} == set()


@pytest.mark.parametrize("path", modules("scripts"), ids=shown)
def test_only_hooks_import_mkdocs(path: Path) -> None:
    assert {name.split(".")[0] for name in imported(path)} & {"mkdocs", "material", "hooks"} == set()


@pytest.mark.parametrize("path", modules("hooks"), ids=shown)
def test_hook_functions_are_named_after_events(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        node.name.removeprefix("on_")
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("on_")
    }
    assert names
    assert names - set(EVENTS) == set()
    assert {name.split(".")[0] for name in imported(path)} & {"hooks", "scripts"} == set()


@pytest.mark.parametrize("path", modules("src", "hooks", "scripts", "tests"), ids=shown)
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST


@pytest.mark.parametrize("name", LAYOUT)
def test_the_layout_is_there(name: str) -> None:
    assert (ROOT / name).exists()


def test_no_source_is_ignored_by_git() -> None:
    sources = [shown(path) for path in modules("src", "hooks", "scripts", "tests")]
    command = ["git", "check-ignore", "--no-index", "--stdin"]
    done = subprocess.run(command, cwd=ROOT, input="\n".join(sources), capture_output=True, text=True, check=False)
    assert done.stdout == ""


def test_no_file_names_a_package_index_or_a_download_host() -> None:
    # Written in pieces, so that this file does not hold what it looks for.
    forbidden = re.compile(
        "|".join(
            (
                r"pypi" + r"\.org",
                r"python" + "hosted",
                r"test\.pypi",
                "--index" + "-url",
                "--extra" + "-index",
                "registry" + r"\.npm" + "js",
            )
        ).encode()
    )
    allowed = {"--no-emit-index-url"}
    guilty = []
    for path in tracked():
        content = path.read_bytes()
        for word in allowed:
            content = content.replace(word.encode(), b"")
        if forbidden.search(content):
            guilty.append(shown(path))
    assert guilty == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_hold_names_versions_and_hashes_only(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    pin = re.compile(r"[a-z0-9][a-z0-9._-]*==[\w.]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in lines if not pin.fullmatch(line)] == []
    assert "://" not in text


def test_the_lock_for_tests_holds_all_of_the_lock_for_the_site() -> None:
    pins = {
        name: set(re.findall(r"^\S+==.*$", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    }
    assert len(pins["requirements.lock"]) > 20
    assert pins["requirements.lock"] < pins["requirements-dev.lock"]


@pytest.mark.parametrize("name", [".ci/run", "scripts/make_venv.sh", "scripts/lock.sh"])
def test_shell_scripts_stop_at_the_first_error(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.search(r"^set -eu", text, re.MULTILINE)
    assert (ROOT / name).stat().st_mode & stat.S_IXUSR


def test_the_check_of_a_pull_request_builds_strictly_and_is_not_quiet() -> None:
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "mkdocs build --strict" in text
    assert not re.search(r"mkdocs build.* -q", text)
    assert "make lint test" in text
