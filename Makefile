# Everything from a clean clone, with Python >= 3.11 (with venv) and make. Each target makes .venv by itself.
# Extra arguments: make test ARGS="-k softmaxLast", make check ARGS="--digits 30".
PYTHON ?= python3
VENV := .venv
BENCH := .venv-bench
# Processes that run the tests.
JOBS ?= auto
# Where else to look for torch: https://download.pytorch.org/whl/cpu has it without what only GPUs need.
TORCH_INDEX ?=
FROM_TORCH_INDEX := $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX))
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
ACCURACY := .venv-accuracy
INPUTS := pyproject.toml bridge/_version.py

.PHONY: help check test campaign lint format bench agreement accuracy functions coverage schemas clean

help:
	@echo "make check   run every claim"
	@echo "make test    the test suite, in as many processes as there are processors (JOBS=1: in one)"
	@echo "make campaign   the long searches that are not part of it"
	@echo "make lint    ruff and mypy"
	@echo "make format  ruff, mending what it can"
	@echo "make bench   the measurements"
	@echo "make agreement   the table of docs/agreement.md"
	@echo "make accuracy   docs/accuracy.md, with PyTorch and JAX"
	@echo "make functions  docs/functions.md, with PyTorch and JAX"
	@echo "make coverage SOURCE=path/to/TorchLean   docs/coverage.md"
	@echo "make schemas   docs/schemas, where they follow from classes"
	@echo "make clean   remove what the other targets made"

check: $(VENV)/.run
	@$(BIN)/leanmirror check $(ARGS)

# Tests of one group share costly preparations: one process runs them.
test: $(VENV)/.dev
	@$(BIN)/python -m pytest --numprocesses $(JOBS) --dist loadgroup $(ARGS)

campaign: $(VENV)/.dev
	@$(BIN)/python -m pytest --numprocesses $(JOBS) -m campaign $(ARGS)

lint: $(VENV)/.dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

# An environment of its own: torch is large.
bench: $(BENCH)/.run
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BENCH)/bin/python -m benchmarks $(ARGS)

# Beside the other environment: PyTorch and JAX are large, and only this needs them.
accuracy: $(ACCURACY)/.made
	@$(ACCURACY)/bin/python -m leanmirror.bridge.report.pages.accuracy > docs/accuracy.md.new
	@mv docs/accuracy.md.new docs/accuracy.md

functions: $(ACCURACY)/.made
	@$(ACCURACY)/bin/python -m leanmirror.bridge.report.pages.functions > docs/functions.md.new
	@mv docs/functions.md.new docs/functions.md

$(ACCURACY)/.made: $(INPUTS)
	@$(PYTHON) -m venv --clear $(ACCURACY)
	@$(ACCURACY)/bin/python -m pip install --quiet --disable-pip-version-check \
	  $(FROM_TORCH_INDEX) --editable . 'torch==2.13.*' 'jax==0.10.*'
	@touch $@

agreement: $(VENV)/.run
	@$(BIN)/python -m leanmirror.bridge.report.pages.agreement docs/agreement.md

coverage: $(VENV)/.run
	@$(BIN)/python -m leanmirror.bridge.report.pages.coverage "$(SOURCE)" docs/coverage.md

schemas: $(VENV)/.run
	@$(BIN)/python -m leanmirror.bridge.report.schemas docs/schemas

clean:
	rm -rf $(VENV) $(BENCH) $(ACCURACY) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# An environment that works is kept; one whose making was cut short is made again from nothing.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "leanmirror needs Python 3.11 or newer: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made $(INPUTS)
	@$(PIP) --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@$(PIP) --editable '.[test,lint]'
	@touch $@

$(BENCH)/.run: $(INPUTS)
	@$(BENCH)/bin/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check $(FROM_TORCH_INDEX) \
	  --editable '.[bench]'
	@touch $@
