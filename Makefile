# Set-up, demonstration, tests and upkeep. `make` alone says what there is.
#
# Everything is installed into .venv from requirements/, where each file is pinned by its hash. To use a Python of your
# choice: make test PYTHON=/path/to/python

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
KG := $(BIN)/kg
INSTALL := $(UV) pip install --quiet --python $(BIN)/python
COMPILE := $(UV) pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header --no-emit-index-url
PYTHONS := python3.11 python3.12 python3.13 python3.14 python3 python
DEMO := kg-demo

WIDTH := $$(set -- $$( (stty size </dev/tty) 2>/dev/null); [ "$${2:-0}" -ge 100 ] && echo $$2 || echo 120)
ASK := COLUMNS=$(WIDTH) $(KG) --store $(DEMO) query --format table

export UV_NO_PROGRESS := 1
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem),)
export UV_SYSTEM_CERTS ?= 1
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check interchange pins wheel clean

help:
	@echo 'make demo    set up, load the sample articles, answer three questions, write graph.html'
	@echo 'make test    set up, check style and types, run every test'
	@echo 'make check   style and types only'
	@echo 'make interchange  what the tests of FollowTheMoney need beside (it builds PyICU: libicu-dev, g++)'
	@echo 'make wheel   build the wheel into dist/'
	@echo 'make pins    pin the requirements again (PINS=--upgrade for the newest versions)'
	@echo 'make clean   remove what the commands above made, .venv included'

$(BIN)/.uv: requirements/bootstrap.txt
	@echo 'Making $(VENV) with a pinned uv'
	@for python in $(or $(PYTHON),$(PYTHONS)); do \
	  if $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	  then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo 'No Python 3.11 or newer with its venv module was found among: $(or $(PYTHON),$(PYTHONS)).' >&2; \
	  echo 'Install one (on Debian or Ubuntu: apt install python3 python3-venv) or name one: make PYTHON=/path/to/python' >&2; \
	  exit 1; \
	fi; \
	$$found -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
	  --require-hashes -r requirements/bootstrap.txt
	@touch $@

$(BIN)/.run: $(BIN)/.uv requirements/run.txt pyproject.toml
	@echo 'Installing kg and what it runs on (requirements/run.txt)'
	@$(INSTALL) --no-build --require-hashes -r requirements/run.txt
	@$(INSTALL) --offline --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/.dev: $(BIN)/.run requirements/dev.txt
	@echo 'Installing what the tests need (requirements/dev.txt)'
	@$(INSTALL) --no-build --require-hashes -r requirements/dev.txt
	@touch $@

$(BIN)/.interchange: $(BIN)/.dev requirements/interchange.txt
	@echo 'Installing what reads FollowTheMoney (requirements/interchange.txt)'
	@$(INSTALL) --require-hashes -r requirements/interchange.txt
	@touch $@

interchange: $(BIN)/.interchange

demo: $(BIN)/.run
	@echo 'Loading the sample articles of seeds/ into $(DEMO)/'
	@rm -rf $(DEMO)
	@$(KG) --store $(DEMO) load seeds
	@echo; echo 'What did Vladimir Putin and Donald Trump discuss?'
	@$(ASK) who_discussed_what_with_whom -p actor='Vladimir Putin' -p other='Donald Trump' --limit 5
	@echo; echo 'Who accused whom, and of what?'
	@$(ASK) who_accused_whom --limit 5
	@echo; echo 'Who denied what?'
	@$(ASK) who_denied_what --limit 5
	@echo; $(KG) --store $(DEMO) export html -o graph.html
	@echo 'graph.html shows the facts that join two actors: open it in a browser. What to try next:'
	@echo
	@echo '  $(KG) --store $(DEMO) query timeline -p actor="Maria Butina"'
	@echo '  $(KG) --store $(DEMO) query what_did_they_say -p actor="Angela Merkel"'
	@echo '  $(KG) queries      which questions are ready to ask'
	@echo '  $(KG) load FILES   your own articles: text, Markdown, HTML, JSON, JSON Lines'
	@echo '  make test               every test'

check: $(BIN)/.dev
	@echo 'Checking format, style and types'
	@$(BIN)/ruff format --quiet --check
	@$(BIN)/ruff check --quiet
	@$(BIN)/mypy --no-error-summary

test: check
	@$(BIN)/pytest

wheel: $(BIN)/.run
	@echo 'Building the wheel into dist/'
	@$(UV) build --quiet --offline --wheel --no-build-isolation --python $(BIN)/python --out-dir dist

pins: $(BIN)/.uv
	@echo 'Pinning requirements/'
	@$(COMPILE) $(PINS) --group bootstrap --output-file requirements/bootstrap.txt
	@$(COMPILE) $(PINS) pyproject.toml --group build --output-file requirements/run.txt
	@$(COMPILE) $(PINS) pyproject.toml --group build --group dev --constraints requirements/run.txt \
	  --output-file requirements/dev.txt
	@$(COMPILE) $(PINS) --group interchange --constraints requirements/dev.txt --output-file requirements/interchange.txt
	@$(COMPILE) $(PINS) pyproject.toml --group training --constraints requirements/run.txt \
	  --output-file requirements/training.txt

clean:
	@echo 'Removing $(VENV), $(DEMO)/, dist/, graph.html and caches'
	@rm -rf $(VENV) $(DEMO) dist build graph.html .mypy_cache .pytest_cache .ruff_cache .hypothesis
