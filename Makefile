# make run serves the product, make test checks it; both need only Python 3.11 or newer and make.
PORT ?= 8000
HOST ?= 127.0.0.1
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: help install run test fuzz bench lint format lock translations clean

help:
	@echo "make run [PORT=8000]  install, prepare the database and the demonstration, serve"
	@echo "make test             install what the tests need, then run all of them"
	@echo "make fuzz [INPUTS=100000]  wild input at every form, parser and importer, in great number"
	@echo "make install          install into .venv"
	@echo "make bench            measure: medians and ratios"
	@echo "make translations     collect the interface's strings, compile what was translated"
	@echo "make lint | format | lock | clean"

$(VENV)/made:
	@test -n "$(PYTHON)" || { echo "Kelishim needs Python 3.11 or newer; none was found. Install it, or say make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@touch $@

$(VENV)/installed: requirements.lock $(VENV)/made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

install: $(VENV)/installed

run: install
	@$(BIN)/flask --app wsgi db upgrade
	@$(BIN)/flask --app wsgi demo --agreement
	@echo "Kelishim: http://$(HOST):$(PORT)/   (stop with Ctrl-C)"
	@exec $(BIN)/granian --interface asgi --host $(HOST) --port $(PORT) --workers $(WORKERS) --workers-kill-timeout 3 --backlog 4096 --backpressure 4096 --no-ws --log-level error wsgi:server

test: $(VENV)/installed-dev
	@$(BIN)/python .ci/browser.py
	$(BIN)/python -m pytest -n auto --dist worksteal

INPUTS ?= 100000
fuzz: $(VENV)/installed-dev
	$(BIN)/python -m tests.fuzz --inputs $(INPUTS)

bench: $(VENV)/installed-dev
	$(BIN)/python -m tests.bench

lint: $(VENV)/installed-dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

format: $(VENV)/installed-dev
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -q -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -q -o requirements-dev.lock

translations: $(VENV)/installed-dev
	mkdir -p build
	$(BIN)/pybabel -q extract -F app/web/babel.cfg --no-location --sort-output -o build/messages.pot app/web
	$(BIN)/pybabel -q update --no-wrap --no-fuzzy-matching -i build/messages.pot -d app/web/translations
	$(BIN)/pybabel -q compile -d app/web/translations

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache
