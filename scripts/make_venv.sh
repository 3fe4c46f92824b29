#!/bin/sh
# Makes the virtual environment named by the first argument with a Python that is new enough, or says in Chinese what is missing.
# PYTHON=/path/to/python chooses the interpreter.
set -eu
venv=$1

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if new_enough "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi

chosen=
for python in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
    if new_enough "$python"; then
        chosen=$python
        break
    fi
done
if [ -z "$chosen" ]; then
    echo "需要 Python 3.11 或更新的版本，本机没有找到（python3 是 $(python3 --version 2>&1 || echo '没有装')）。" >&2
    echo "怎么办：Debian/Ubuntu 用 apt-get install python3 python3-venv；macOS 用 brew install python@3.12；" >&2
    echo "　　　　已经装在别处的，用 PYTHON=/路径/python3.11 make install 指明。" >&2
    exit 1
fi
if ! "$chosen" -m venv --clear "$venv"; then
    echo "用 $chosen 建不成虚拟环境 $venv。" >&2
    echo "怎么办：Debian/Ubuntu 上多半是缺 venv 组件：apt-get install python3-venv，然后再来一次。" >&2
    exit 1
fi
