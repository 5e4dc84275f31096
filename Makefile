# Everything a person or a machine runs here. `make` alone lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
SARABAN := .venv/bin/saraban
export PYTHONUTF8 := 1

.PHONY: help
help: ## list the targets
	@awk -F ":.*## " '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

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
test: setup-dev ## run all tests of all that ships
	$(PYTHON) -m pytest -n 2

.PHONY: test-fast
test-fast: setup-dev ## run the tests that need neither Tesseract nor seconds
	$(PYTHON) -m pytest -n 2 -m "not ocr and not slow"

.PHONY: coverage
coverage: setup-dev ## tell which lines no test runs
	$(PYTHON) -m pytest -n 2 --cov --cov-report=term

.PHONY: lint
lint: setup-dev ## check style, types, complexity and dead code
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy .
	$(PYTHON) -m bench.complexity
	$(PYTHON) -m vulture

.PHONY: docs
docs: setup-dev ## make the site of the documentation, in build/site; every warning is an error
	$(PYTHON) -m docs._site.reference
	NO_MKDOCS_2_WARNING=1 $(PYTHON) -m mkdocs build --strict

.PHONY: first-day
first-day: setup ## follow the first day of the Thai manual with a wheel, a new environment and an empty home
	.ci/first-day

.PHONY: sbom
sbom: setup ## list what an installation holds, as CycloneDX, in build/saraban.cdx.json
	rm -rf build/sbom && $(PYTHON) -m venv build/sbom/installed && $(PYTHON) -m venv build/sbom/tool
	build/sbom/installed/bin/python -m pip install --quiet -c deploy/constraints.txt .
	build/sbom/tool/bin/python -m pip install --quiet cyclonedx-bom==7.5.0
	build/sbom/tool/bin/cyclonedx-py environment build/sbom/installed/bin/python \
	    --pyproject pyproject.toml --output-reproducible -o build/saraban.cdx.json
	rm -rf build/sbom

.PHONY: clean
clean: ## remove what was built here; archives stay
	rm -rf .venv build dist demo *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
	find . -type d -name __pycache__ -prune -exec rm -rf {} +
