# `make demo` shows Talkie at work, `make test` proves it. Both set up ./.venv first if need be.

PYTHON ?= python3
SEED ?= 1
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

# Images of Python switch bytecode off; a hundred processes of a test run would compile anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo run check test torture format bench clean help environment

help:  ## these lines
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

demo: $(VENV)/.ready  ## three real videos into ./demo/, no key and no network needed
	$(BIN)/python -m bot demo

run: $(VENV)/.ready  ## the bot (settings in .env, see README)
	$(BIN)/python -m bot run

check: $(VENV)/.ready  ## the doctor: what is set up, what is missing
	$(BIN)/python -m bot check

test: $(VENV)/.ready-dev  ## format, lint, types, imports, tests: what decides green
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports
	tests/browser/setup.sh
	$(BIN)/python -m pytest -q -n 4 --dist worksteal

torture: $(VENV)/.ready-dev  ## 200 SIGKILLs of the real process, and the books after (SEED=n)
	PYTHONPATH=. $(BIN)/python -m tests.torture --kills 200 --seed $(SEED)

format: $(VENV)/.ready-dev  ## put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.ready-dev  ## the measured ratios of tests/bench/
	@for script in tests/bench/*.py; do echo "== $$script"; PYTHONPATH=. $(BIN)/python $$script || exit 1; done

clean:  ## forget ./.venv and what the checks keep; data and .env stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis artifacts

# What is ready was installed to its end. Whatever broke off before is made anew.
define install
	@[ -e $(VENV)/.ready ] || $(MAKE) --no-print-directory environment
	@rm -f $(VENV)/.ready $(VENV)/.ready-dev
	$(PIP) -r $<
	@touch $(VENV)/.ready $@
endef

$(VENV)/.ready: requirements.lock
	$(install)

$(VENV)/.ready-dev: requirements-dev.lock
	$(install)

environment:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
		{ echo "Talkie needs Python 3.11, 3.12 or 3.13. Name one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "This Python comes without venv. On Debian: sudo apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
