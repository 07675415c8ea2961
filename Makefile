# make run    environment and the whole pipeline from the bundled baselines; ends with GPT-4's figures
# make test   ruff, mypy and pytest
# make lint   ruff and mypy alone
# make bench  ratios against an empty job and against estimates without ids
# make lock   resolve pyproject.toml into requirements.txt (hashes, no index address)

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test lint bench lock clean
.DEFAULT_GOAL := run

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

run: $(READY)
	$(BIN)/footnote run

test: lint
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python -m tests.bench

lock: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --no-header --universal --python-version 3.11 --generate-hashes --no-emit-index-url --extra dev --output-file requirements.txt pyproject.toml

clean:
	rm -rf $(VENV) data build *.egg-info
