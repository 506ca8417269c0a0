# make help lists what there is. Everything lives in .venv, which the first call makes; nothing needs root.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run demo test check soak bench catalogs format lock screenshots clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.installed ## start everything on http://localhost:8000, with the demo on first start
	@$(BIN)/python tools/frontend.py
	@LMS_DEMO=yes LMS_REQUIRE_TOTP=no exec $(BIN)/python -m lms run --with-demo

demo: $(VENV)/.installed ## load the demo into an empty database
	@$(BIN)/python -m lms migrate
	@$(BIN)/python -m lms demo

test: $(VENV)/.test-installed ## everything on SQLite, then again on PostgreSQL and Redis where they answer
	@$(BIN)/python tools/frontend.py
	@$(BIN)/python tools/test.py

soak: $(VENV)/.test-installed ## the long forms: a hundred kills, ten minutes of fuzzing
	@$(BIN)/python tools/frontend.py
	@$(BIN)/python -m pytest -m soak

bench: $(VENV)/.test-installed ## figures, as ratios where absolute times would mean little
	@$(BIN)/python tools/frontend.py
	@$(BIN)/python -m tests.load

check: $(VENV)/.test-installed ## linters, types, import contracts, catalogs
	@$(BIN)/python tools/frontend.py
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/djlint lms --lint --quiet
	@$(BIN)/python tools/frontend.py tsc
	@$(BIN)/python tools/catalogs.py check

catalogs: $(VENV)/.test-installed ## bring both catalogs up to date with the texts in code and pages
	@$(BIN)/python tools/catalogs.py update

format: $(VENV)/.test-installed ## put code into the house's shape
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

lock: $(VENV)/.test-installed ## pin every dependency anew, with hashes
	@tools/lock.sh

screenshots: $(VENV)/.test-installed ## pictures of the README, taken from the demo
	@$(BIN)/python tools/screenshots.py

clean: ## remove what was built; the database in var/ stays
	rm -rf $(VENV) node_modules lms/web/static/dist scorm/adapter/dist

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; choose one: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/.installed: requirements/base.txt setup.cfg | $(VENV)/bin/python
	@echo "Installing (once, about half a minute) …"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/base.txt
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test-installed: requirements/test.txt $(VENV)/.installed
	@echo "Installing what tests need …"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@
