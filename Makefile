# Every target works as the first command typed on a machine with git, make and Python 3.11 or later.
.DEFAULT_GOAL := help
.PHONY: help demo test check format soak bench lock clean
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
ARGS ?=
JOBS ?= 3

help:
	@echo "make demo    the product with an invented shop on http://127.0.0.1:$(PORT)  (ONCE=1: a scripted talk, PORT=)"
	@echo "make test    every test; fetches a browser, PostgreSQL and Redis when missing  (ARGS= for pytest, JOBS=3 at once)"
	@echo "make check   format, lint, types"
	@echo "make soak    long fuzz, kill, load and year-long runs"
	@echo "make bench   the product beside its peers  (FAST=1: a short look; ARGS='--figures --owners 1000000': only a large shop)"
	@echo "make lock    pins what pyproject.toml asks for"

demo: $(VENV)/run.stamp
	@$(BIN)/huiche demo --port $(PORT) $(if $(ONCE),--once)

test: $(VENV)/dev.stamp
	@tests/install.sh
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(VENV)/dev.stamp
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(VENV)/dev.stamp
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

soak: $(VENV)/dev.stamp
	@tests/install.sh
	@$(BIN)/python -m pytest tests/soak $(ARGS)

bench: $(VENV)/bench.stamp
	@tests/install.sh redis
	@$(BIN)/python -m tests.bench $(if $(FAST),--fast) $(ARGS)

$(VENV)/run.stamp: pyproject.toml requirements.lock
	@.ci/install $(VENV) requirements.lock
	@touch $@

$(VENV)/dev.stamp: pyproject.toml requirements.lock requirements-dev.lock
	@.ci/install $(VENV) requirements.lock requirements-dev.lock
	@touch $@ $(VENV)/run.stamp

$(VENV)/bench.stamp: pyproject.toml requirements.lock requirements-dev.lock requirements-bench.lock
	@.ci/install $(VENV) requirements.lock requirements-dev.lock requirements-bench.lock
	@touch $@ $(VENV)/dev.stamp $(VENV)/run.stamp

# The hashes pin the files; where they come from is the business of whoever installs.
UV = $(VENV)/lock/bin/uv --system-certs pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate $(if $(UPGRADE),--upgrade)
lock: $(VENV)/run.stamp
	@$(BIN)/python -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip --disable-pip-version-check -qq install uv
	$(UV) pyproject.toml --group build -o requirements.lock
	$(UV) --group dev -c requirements.lock -o requirements-dev.lock
	$(UV) --group bench -c requirements.lock -c requirements-dev.lock -o requirements-bench.lock
	@rm -rf $(VENV)/lock

clean:
	@rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
