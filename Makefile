# Everything starts here: `make run` for a portal with a demo in it, `make test` for the suite.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# One more than the two cores of a small machine: there is always somebody who waits for a disk or a browser.
IN_PARALLEL := -n 3 --dist loadfile --no-loadscope-reorder
RANDOM := tests/quality_label/test_clock.py tests/quality_label/test_scores.py tests/quality_label/test_random_cases.py \
	tests/quality_label/test_every_address.py tests/badges/test_key_rotation.py tests/badges/test_verify_odd.py tests/portal/test_fetching_hostile.py \
	$(addprefix tests/badges/openbadges/test_,forms.py templates.py verifier.py foreign_templates.py)
PORT ?= 8000
VAR_DIR ?= $(CURDIR)/var
export UV_COMPILE_BYTECODE := 1
# Dozens of processes are started on the way: each would compile everything anew.
export PYTHONDONTWRITEBYTECODE :=
export UV_LINK_MODE := copy

RUN_ENV := $(VENV)/.run-$(shell cat requirements.lock | sha256sum | cut -c1-16)
DEV_ENV := $(VENV)/.dev-$(shell cat requirements-dev.lock | sha256sum | cut -c1-16)

# PDF files need libraries of the system; without them the portal runs and says so where one would print.
define pdf_libraries
@$(BIN)/python -c "import weasyprint" 2>/dev/null || tools/install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 || true
endef

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(BIN)/uv:
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock

$(RUN_ENV): requirements.lock | $(BIN)/uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(pdf_libraries)
	@rm -f $(VENV)/.run-* && touch $@

$(DEV_ENV): requirements-dev.lock | $(BIN)/uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	$(pdf_libraries)
	@rm -f $(VENV)/.run-* $(VENV)/.dev-* && touch $(RUN_ENV) $@

run: $(RUN_ENV) ## a portal with the demo network on http://localhost:PORT
	@DEMO=1 PORT=$(PORT) VAR_DIR=$(VAR_DIR) $(BIN)/python -m portal.bootstrap

dev: $(DEV_ENV) ## the environment with the development tools

chromium:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || tools/install chromium

interop: $(DEV_ENV) ## the foreign programs that judge our badges, reports and papers
	@$(BIN)/python -c "import weasyprint"
	@command -v pdftotext >/dev/null || tools/install poppler-utils
	@command -v soffice >/dev/null || tools/install libreoffice-calc
	@tests/interop/install.sh

test: $(DEV_ENV) chromium interop messages ## the suite on the embedded default
	$(BIN)/python -m pytest $(IN_PARALLEL)

quick: $(DEV_ENV) ## format, lint, contracts, fast tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/python -m pytest $(IN_PARALLEL) -m "not browser and not interop and not slow"

check: $(DEV_ENV) ## everything that must be green before a change lands
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --lint templates --quiet
	$(BIN)/lint-imports
	DEMO=1 $(BIN)/python manage.py makemigrations --check --dry-run
	tools/check-translations
	$(MAKE) test

test-services: $(DEV_ENV) messages ## database and queue tests against PostgreSQL and Redis
	tools/with-services tests/on_services.sh $(BIN)/python

messages: $(RUN_ENV)
	@$(BIN)/python -m portal.messages

pictures: $(DEV_ENV) chromium messages ## every page kind in four languages, light and dark, with axe
	$(BIN)/python -m tests.pictures

faults: $(DEV_ENV) interop messages ## full-size fault and random tests
	FULL_SIZE=1 $(BIN)/python -m pytest tests/faults
	FULL_SIZE=1 $(BIN)/python -m pytest -n 2 --dist load -o timeout=7200 $(RANDOM)
	FULL_SIZE=1 tools/with-services $(BIN)/python -m pytest tests/faults

bench: $(DEV_ENV) chromium messages ## benchmarks as ratios
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench_awards
	tools/with-services $(BIN)/python -m tests.bench_awards
	command -v ab >/dev/null || tools/install apache2-utils
	$(BIN)/python -m tests.bench_pages
	$(BIN)/python -m tests.bench_lighthouse

format: $(DEV_ENV) ## format Python and templates
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(DEV_ENV) ## resolve the dependencies anew
	for part in uv "" dev; do \
	  name=requirements$${part:+-$$part}; \
	  $(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	    --upgrade $$name.in -o $$name.lock; \
	done

vendor: $(RUN_ENV) ## bring Leaflet and the base map to the versions in tools/vendor; needs Node
	PYTHON=$(abspath $(BIN)/python) tools/vendor/install.sh

clean: ## forget the local database, files and environment
	rm -rf $(VENV) var

.PHONY: help run dev chromium interop test quick check test-services messages pictures faults bench format lock vendor clean
