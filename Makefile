# Every target does its own set-up: a .venv, a pinned uv in it, the hash-locked requirements.
# The shell's PYTHONDONTWRITEBYTECODE would make each import compile again.
unexport PYTHONDONTWRITEBYTECODE
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready-dev
SEED ?= season
PORT ?= 8765
# More than the two cores: a story waits about as long as it works.
WORKERS ?= 3
# One of the peers in the benchmarks needs Python 3.12; with an older one it is shown as missing.
PEERS_PYTHON ?= $(shell for name in python3.13 python3.12 $(PYTHON); do $$name --version >/dev/null 2>&1 && echo $$name && break; done)
PEERS := .venv-peers/.ready

.DEFAULT_GOAL := help
.PHONY: help setup sandbox test check format run migration lock simulate replicas chaos upgrade bench

help: ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(READY): requirements/dev.txt requirements/uv.txt
	@echo "Setting up .venv (once; later starts skip this) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@# uv is quick but does not read pip's own configuration; where it finds no way to the packages, pip may.
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python requirements/dev.txt \
	  || { echo "uv could not; trying pip (a minute or two) …"; \
	       $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt; }
	@touch $@

setup: $(READY) ## what everything else needs, in .venv; each of the others does it too

sandbox: $(READY) ## the whole bot with a pretend Slack in the browser (SEED=season|empty, PORT=8765)
	@$(BIN)/python -m bot sandbox --seed $(SEED) --port $(PORT)

test: $(READY) ## every test, on SQLite and PostgreSQL
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: $(READY) ## format, lint, types, import contracts, unused code
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/vulture
	$(BIN)/deptry bot
	$(BIN)/hadolint Dockerfile
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec compose.yml

format: $(READY) ## let ruff put things in order
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

run: $(READY) ## the bot against a real Slack (settings from the environment and .env)
	@$(BIN)/python -m bot run

migration: $(READY) ## a new migration from the models: make migration m="what changes"
	@test -n "$(m)" || { echo 'Say what changes: make migration m="add circles"'; exit 2; }
	$(BIN)/python -m bot migration "$(m)"

lock: $(READY) ## resolve requirements/*.in into hash-locked files
	for name in dev run image peers; do \
	  $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 \
	    --custom-compile-command "make lock" $$(case $$name in dev|peers) ;; *) echo "-c requirements/dev.txt";; esac) \
	    requirements/$$name.in -o requirements/$$name.txt; done

# What others have published, in an environment of its own: it asks for other versions of the same libraries.
$(PEERS): requirements/peers.txt $(READY)
	@echo "Setting up .venv-peers (once) …"
	@test -x .venv-peers/bin/python || $(PEERS_PYTHON) -m venv .venv-peers
	@$(BIN)/uv pip sync --quiet --python .venv-peers/bin/python requirements/peers.txt \
	  || .venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/peers.txt
	@touch $@

simulate: $(READY) ## deliveries in virtual time with crashes and faults, restores and wrong clocks, from SEEDS seeds (300 are in `make test`)
	SEEDS=$(or $(SEEDS),200) $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal tests/jobs/test_simulation.py -k four_zeros

replicas: $(READY) ## PostgreSQL and three bots against a pretend Slack in the browser (PORT=8765)
	@$(BIN)/python -m benchmarks.chaos.side_by_side --port $(PORT)

chaos: $(READY) ## kill -9, faults and a fail-over under 5000 due letters, on both databases (LETTERS=, ARGS=--blind)
	@$(BIN)/python -m benchmarks.chaos --letters $(or $(LETTERS),5000) $(ARGS)

upgrade: $(READY) ## the version before and this one side by side on PostgreSQL, letters due throughout (ARGS="--old COMMIT")
	@$(BIN)/python -m benchmarks.chaos.upgrade $(ARGS)

bench: $(READY) $(PEERS) ## measurements, peers side by side in one run
	$(BIN)/python -m benchmarks
