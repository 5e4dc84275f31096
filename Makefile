# Everything a person or a machine runs here. `make` alone lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
SARABAN := .venv/bin/saraban
export PYTHONUTF8 := 1

.PHONY: help
help: ## list the targets
	@awk -F ":.*## " '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## install what is missing, and the package, into .venv
	@./setup.sh

.PHONY: setup-dev
setup-dev: ## the same, with the tools for tests and lint
	@./setup.sh dev

.PHONY: demo
demo: export SARABAN_ARCHIVE := demo/archive
demo: setup ## read two rounds of an annex, check them, and report what changed
	@rm -rf demo/archive demo/changes.html && mkdir -p demo
	$(SARABAN) doctor
	$(SARABAN) import fixtures/round1/office-200.pdf fixtures/round2/office-200.pdf
	$(SARABAN) list
	$(SARABAN) check
	$(SARABAN) rounds
	$(SARABAN) diff --latest --report demo/changes.html
	@test -s demo/changes.html
	@printf '\nThe report of changes: %s\n' "$(CURDIR)/demo/changes.html"
	@printf 'The review desk: %s serve --archive demo/archive\n' "$(SARABAN)"

.PHONY: test
test: setup-dev ## run the tests
	$(PYTHON) -m pytest -n 2

.PHONY: lint
lint: setup-dev ## check style and types
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy .

.PHONY: clean
clean: ## remove what was built here; archives stay
	rm -rf .venv build dist demo *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -type d -name __pycache__ -prune -exec rm -rf {} +
