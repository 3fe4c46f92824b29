#!/bin/sh
# Writes requirements.lock (what the site needs, all file formats included) and requirements-dev.lock (that and what tests and lint need): names, versions,
# hashes and markers for every platform and every Python that the project supports. Arguments go to the resolver: --upgrade.
set -eu
cd "$(dirname "$0")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
python3 -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check uv

# The build backend is locked too: the project itself is installed without a second, unlocked environment.
backend=$(sed -n 's/^requires = \["\(setuptools[^"]*\)"\]$/\1/p' pyproject.toml)

resolve() {
    printf '%s\n' "$backend" | "$tools/bin/uv" pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --custom-compile-command "make lock" "$@" pyproject.toml - >/dev/null
}

resolve --output-file requirements.lock --extra formats "$@"
resolve --output-file requirements-dev.lock --extra formats --extra dev --constraints requirements.lock "$@"
