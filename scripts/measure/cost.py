"""What a build costs: seconds, peak memory, bytes on disk."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
# A small Python starts the build: the peak of a child, as the system tells it, is never below its parent's at the fork,
# and the measuring process holds all speeches.
_ASK = (
    "import resource, subprocess, sys, time; begun = time.perf_counter();"
    "run = subprocess.run(sys.argv[1:], capture_output=True, text=True); spent = time.perf_counter() - begun;"
    "run.returncode and sys.exit(run.stdout + run.stderr);"
    "unit = 1 if sys.platform == 'darwin' else 1024;"  # macOS counts bytes, Linux kilobytes
    "print(spent, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit)"
)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds, and peak memory in bytes."""

    seconds: float
    memory: int


def run(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a build to its end. Raises ``SystemExit`` with the build's own words if it fails."""
    done = subprocess.run(
        [sys.executable, "-c", _ASK, *map(str, command)],
        cwd=folder,
        env=dict(environment) if environment else None,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"生成失败，无从测量：\n{done.stderr}")
    seconds, memory = done.stdout.split()
    return Cost(float(seconds), int(memory))


def site(speeches: Path, folder: Path) -> Cost:
    """The whole site, as ``mkdocs build`` makes it."""
    environment = {**os.environ, "SPEECHES_DIR": str(speeches), "NO_MKDOCS_2_WARNING": "1"}
    return run([sys.executable, "-m", "mkdocs", "build", "--site-dir", folder], ROOT, environment)


def size(paths: Iterable[Path]) -> int:
    """Bytes of files."""
    return sum(path.stat().st_size for path in paths if path.is_file())
