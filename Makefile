# The portal's commands. Each sets itself up on a fresh machine; README.md says what they are for.
#   PORT=8001               another port for `make run` and `make dev`
#   PORTAL_VAR=/srv/portal  another folder for everything the portal writes
#   PORTAL_INSTALL=1        install missing system packages without asking
#   REQUIRE_ALL=1           let `make test` and `make check` fail where they would skip for want of a tool

SYSTEM_PYTHON ?= python3
VENV ?= .venv
PYTHON := $(VENV)/bin/python
PYTEST_ARGUMENTS ?=
BENCH_ARGUMENTS ?=

.DEFAULT_GOAL := run
.PHONY: run dev test soak check messages bench accessibility lock runtime development

run: runtime
	@exec $(PYTHON) -m portal.launcher

dev: development
	@exec $(PYTHON) -m portal.launcher --dev

test: development
	@$(PYTHON) -m pytest -n 2 $(PYTEST_ARGUMENTS)

soak: development
	@$(PYTHON) -m pytest --soak $(PYTEST_ARGUMENTS)

check: export DJANGO_SETTINGS_MODULE = portal.settings.test
check: development
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(VENV)/bin/lint-imports
	$(PYTHON) -m mypy
	$(PYTHON) -m djlint --quiet --lint templates
	$(PYTHON) -m djlint --quiet --check templates
	$(PYTHON) manage.py makemigrations --check --dry-run
	$(PYTHON) -m portal.deployment
	$(PYTHON) manage.py check_catalogues

# Add new texts to the catalogues, empty, and drop those that nothing uses any more.
messages: development
	@$(PYTHON) manage.py check_catalogues --update

bench: development
	@$(PYTHON) -m bench $(BENCH_ARGUMENTS)

# Check every kind of page for accessibility and record it for the statement „Barrierefreiheit“ (before a release).
accessibility: development
	@RECORD_CHECK=1 REQUIRE_ALL=1 $(PYTHON) -m pytest tests/e2e/test_every_page.py -k for_everybody

# Pin every package anew, with hashes, from pyproject.toml (needs uv).
lock:
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml \
		-o requirements/runtime.txt
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --group dev \
		-c requirements/runtime.txt pyproject.toml -o requirements/dev.txt

runtime:
	@$(SYSTEM_PYTHON) -m portal.launcher.system_packages
	@$(SYSTEM_PYTHON) -m portal.launcher.environment $(VENV) requirements/runtime.txt

development:
	@$(SYSTEM_PYTHON) -m portal.launcher.system_packages
	@$(SYSTEM_PYTHON) -m portal.launcher.environment $(VENV) requirements/dev.txt
