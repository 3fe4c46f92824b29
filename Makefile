# The few commands of the house. Works with the make of macOS (3.81) and of Debian.
# Everything runs in .venv; the stamp file in it says for which lock file it was made, so a second run installs nothing.

.DEFAULT_GOAL := help
.PHONY: help install site serve test fuzz lint bundle screenshots bench bench-reading bench-search lock

# LOCK=requirements.lock makes a smaller environment that can build and serve, but not test.
LOCK ?= requirements-dev.lock
WORKERS ?= 2
VENV := .venv
# The theme else prints a notice of its own in every build.
export NO_MKDOCS_2_WARNING := 1
PY := $(VENV)/bin/python
READY := $(VENV)/.ready-$(notdir $(LOCK))
# The Node that Playwright's wheel brings is locked like everything else; none has to be on the machine.
NODE = $(VENV)/lib/python3*/site-packages/playwright/driver/node

help: ## 列出全部命令
	@echo '讲稿 · 可用的命令：'
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-22s%s\n", $$1, $$2 }'
	@echo '换一个原稿文件夹：SPEECHES_DIR=/某个/文件夹 make site'

install: $(READY) ## 在 .venv 里装好全部依赖（版本与校验值都已锁定）

$(READY): $(LOCK) pyproject.toml
	@sh scripts/make_venv.sh "$(VENV)"
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

site: $(READY) ## 由 speeches/ 生成网站，放进 site/
	$(PY) -m mkdocs build

serve: $(READY) ## 本机预览，原稿一改网页就更新
	$(PY) -m mkdocs serve

test: $(READY) ## 运行全部测试，含真实浏览器
	$(PY) scripts/ensure_browser.py chromium firefox
	PYTHON="$$PWD/$(PY)" $(NODE) --test tests/search/*.test.js
	$(PY) -m pytest -n $(WORKERS)

FUZZ ?= 3000
fuzz: $(READY) ## 用成千上万个随机文本找阅读器的毛病（FUZZ=个数）
	FUZZ=$(FUZZ) $(PY) -m pytest -q tests/test_reading.py tests/test_script.py tests/test_render.py -k "any_ or twice or survives or never_touch" -n $(WORKERS)

lint: $(READY) ## 检查代码：ruff 与 mypy
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy src hooks scripts tests

bundle: site ## 把网站打成一个离线压缩包，放进 dist/
	$(PY) scripts/bundle.py --site site --out dist

screenshots: site ## 给每一种页面拍照，放进 screenshots/
	$(PY) scripts/ensure_browser.py
	$(PY) scripts/screenshots.py $(SHOTS)

bench: $(READY) ## 测量生成速度、检索数据大小和内存，列成表
	$(PY) scripts/bench.py

bench-reading: $(READY) ## 和人工标注比，量一量读得准不准、快不快
	$(PY) scripts/bench_reading.py

# ONLY='--peers 0' leaves the peers out, ONLY='--size 0' compares only, ONLY=--write keeps the tables in docs/benchmarks.md.
ONLY ?=
bench-search: $(READY) ## 测量检索：全不全、准不准、快不快，和别家比（约一刻钟）
	$(PY) scripts/ensure_browser.py
	$(PY) scripts/bench_search.py $(ONLY)

lock: ## 按 pyproject.toml 重新锁定依赖（UPGRADE=--upgrade 时一并升级）
	sh scripts/lock.sh $(UPGRADE)
