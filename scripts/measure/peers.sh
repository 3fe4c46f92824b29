#!/bin/sh
# Puts what the peers need into the folder $1, from the registries' packages alone. For `make bench-search` only.
set -eu
[ -f "$1/.ready" ] && exit 0
if ! command -v npm >/dev/null 2>&1; then
    echo "和别家比较要用 npm（Pagefind 只有这样才装得到新版），本机没有。" >&2
    echo "怎么办：装上 Node.js；或者只量自己：make bench-search ONLY='--peers 0'" >&2
    exit 1
fi
python3 -m venv "$1/venv"
"$1/venv/bin/pip" install -q --disable-pip-version-check mkdocs==1.6.1 mkdocs-material==9.8.1 jieba==0.42.1
# No lock file, and no addresses in npm's own record: they would tell which registry this machine asks.
npm install --prefix "$1" --no-package-lock --omit-lockfile-registry-resolved --no-audit --no-fund --ignore-scripts \
    pagefind@1.6.0 iframe-worker@1.0.4 >/dev/null
touch "$1/.ready"
