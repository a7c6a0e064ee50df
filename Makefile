# `make sweep` and `make test` each do everything on a fresh machine that has Python 3.11-3.13 and make.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help sweep test ui server lint lock clean

help:                  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */  \1|/' | column -t -s '|'

sweep: .venv/installed ## install, sweep the demo customers, print the ranked table
	$(BIN)/segkit sweep

test: .venv/installed  ## install and run every test
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

ui: .venv/installed    ## the MLflow UI with links to the latest sweep
	$(BIN)/segkit ui

server: .venv/installed ## an MLflow server on PostgreSQL that several people share (docs/server.md)
	$(BIN)/segkit server

lint: .venv/installed  ## style, types
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

lock:                  ## pin every dependency again, with hashes (needs uv)
	uv pip compile pyproject.toml --group dev --generate-hashes --universal -o requirements.lock

clean:                 ## remove what was installed; runs and models in mlruns/ stay
	rm -rf .venv dist .pytest_cache .mypy_cache .ruff_cache

# Made anew whenever what it is made from changes. The lock names the build backend too, so nothing is fetched unpinned.
.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info < (3, 14) else "segkit needs Python 3.11-3.13")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@
