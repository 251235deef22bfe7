# make study   install the toolkit into .venv and analyse the Medan study
# make test    everything that must hold before a change goes in
# make help    the rest
PYTHON ?= python3
VENV ?= .venv

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The first Python that is new enough and can make an environment; Debian keeps the latter in python3-venv.
FOUND := $(shell for one in $(PYTHON) python3.14 python3.13 python3.12 python3.11; do \
	"$$one" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& command -v "$$one" && break; done)

# An environment whose Python is gone is made anew.
$(shell $(BIN)/python -c "" 2>/dev/null || rm -f $(VENV)/.made $(VENV)/.installed $(VENV)/.dev)

.DEFAULT_GOAL := help
.PHONY: help study test clients format lint types imports docs snapshots golden bench clean

help:
	@echo "make study    install into $(VENV) and analyse the Medan study"
	@echo "make test     lint, types, imports, tests with coverage"
	@echo "make clients  other programs read what qda export writes; installs each of them"
	@echo "make format   put the code into shape"
	@echo "make lint     ruff"
	@echo "make types    mypy, strict"
	@echo "make imports  which room may import which"
	@echo "make docs     generate docs/, schemas/ and the reports of the Medan study"
	@echo "make snapshots  keep anew how the workbench looks"
	@echo "make golden   keep anew what every command answers"
	@echo "make bench    measure speed"
	@echo "make clean    delete $(VENV) and caches"

study: $(VENV)/.installed
	$(BIN)/qda run --study "$(CURDIR)"

test: lint types imports
	$(BIN)/python -m pytest -n auto --cov --cov-report=term

clients: $(VENV)/.dev
	$(BIN)/python tests/clients/run.py

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

docs: $(VENV)/.dev
	$(BIN)/python docs/generate.py
	$(BIN)/qda schema --write schemas
	$(BIN)/qda run

snapshots: $(VENV)/.dev
	QDA_RENEW_SNAPSHOTS=1 $(BIN)/python -m pytest tests/workbench/test_snapshots.py

golden: $(VENV)/.dev
	QDA_RENEW_GOLDEN=1 $(BIN)/python -m pytest tests/golden

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/bench.py

clean:
	rm -rf $(VENV) dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# Stamps: what is installed is installed again only when pyproject.toml changes.
$(VENV)/.made:
	@test -n "$(FOUND)" || { echo "No Python 3.11 or newer that can make environments was found. Install one (on Debian: apt install python3 python3-venv), or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3"; exit 1; }
	$(FOUND) -m venv --clear $(VENV)
	@touch $@

# An installation compiles the catalogs.
CATALOGS := $(wildcard src/empowerment_qda/locale/*/LC_MESSAGES/messages.po)

$(VENV)/.installed: pyproject.toml $(CATALOGS) | $(VENV)/.made
	$(PIP) install -e .
	@touch $@

$(VENV)/.dev: pyproject.toml $(CATALOGS) | $(VENV)/.made
	$(PIP) install -e ".[dev]"
	@touch $@ $(VENV)/.installed
