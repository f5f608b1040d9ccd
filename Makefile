# Every job of the portal, one target each. Only Python 3.11 or newer and make are needed:
# the rest is installed into .venv from the hashed locks, again only when a lock changes.

.DEFAULT_GOAL := help
SHELL := /bin/sh
.SHELLFLAGS := -euc
.DELETE_ON_ERROR:
.SUFFIXES:

export PIP_NO_INPUT := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# PYTHON names one interpreter; without it the first of these that is new enough is taken.
PYTHONS := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python)
VENV_PYTHON := .venv/bin/python
RUN_STAMP := .venv/run.stamp
DEV_STAMP := .venv/dev.stamp
LOCK := pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

CATALOGUES := $(wildcard portal/translations/*/LC_MESSAGES/messages.po)
TEMPLATES := $(wildcard templates)
SPOKEN := $(wildcard portal moderation templates wsgi.py)
TESTS ?= tests
WITHOUT_BROWSER := $(filter-out 0,$(NO_BROWSER))

# A .venv whose interpreter has gone, after an upgrade of the system, is made and filled again.
ifneq ($(shell [ -x $(VENV_PYTHON) ] && echo whole),whole)
.PHONY: $(RUN_STAMP) $(DEV_STAMP)
endif

.PHONY: help
help: ## List what make can do (this list).
	@echo "make run [PORT=8000]  and  make test [NO_BROWSER=1] [TESTS=tests/portal]  are the two to know."
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: export PORT := $(or $(PORT),8000)
run: $(RUN_STAMP) translations ## Start the portal: residents on PORT, staff on PORT + 1, and the worker; SAMPLE=small starts with less.
	@exec $(VENV_PYTHON) -m moderation.launch

.PHONY: otp
otp: $(RUN_STAMP) ## Print the one-time code of a sample account: ACCOUNT=hoa.luong.
	@$(VENV_PYTHON) -m flask --app moderation.commands sample otp $(ACCOUNT)

.PHONY: upgrade
upgrade: $(RUN_STAMP) ## Bring the database of make run to the schema of the program.
	@$(VENV_PYTHON) -m flask --app moderation.commands db upgrade

.PHONY: test
test: $(DEV_STAMP) translations $(if $(WITHOUT_BROWSER),without-browser,browser) ## Run every test; NO_BROWSER=1 leaves Chromium out, TESTS= picks some.
	@exec $(VENV_PYTHON) -m pytest -n 2 --dist worksteal $(if $(WITHOUT_BROWSER),-m "not browser") $(TESTS)

.PHONY: lint
lint: $(DEV_STAMP) ## Check rules, layout and dangers of the code, licences of libraries, and templates.
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m ruff format -q --check . || { \
	  echo "Some files are not laid out as the formatter would: run make format." >&2; exit 1; }
	@$(VENV_PYTHON) -m bandit -q -r portal moderation migrations wsgi.py bench docs/verify_receipt.py
	@$(VENV_PYTHON) -m tests.house.licences
	@$(if $(TEMPLATES),$(VENV_PYTHON) -m djlint --quiet --lint $(TEMPLATES))

.PHONY: format
format: $(DEV_STAMP) ## Lay the code out as lint wants it.
	@$(VENV_PYTHON) -m ruff check -q --fix --exit-zero .
	@$(VENV_PYTHON) -m ruff format -q .

.PHONY: types
types: $(DEV_STAMP) ## Check every type, strictly.
	@$(VENV_PYTHON) -m mypy

.PHONY: bench
bench: $(RUN_STAMP) translations ## Measure the portal beside its floors and hold it to its budgets.
	@exec $(VENV_PYTHON) -m bench.run

.PHONY: translations
translations: $(CATALOGUES:.po=.mo) ## Compile the catalogues that changed.

%.mo: %.po $(RUN_STAMP)
	@$(VENV_PYTHON) -m babel.messages.frontend -q compile -i $< -o $@

.PHONY: extract
extract: $(RUN_STAMP) ## Gather the Vietnamese texts and bring the English catalogue up to them.
	@mkdir -p portal/translations
	@$(VENV_PYTHON) -m babel.messages.frontend -q extract -F pyproject.toml -k lazy_gettext \
	  --add-location=file --sort-by-file --no-wrap -o portal/translations/messages.pot $(SPOKEN)
	@$(VENV_PYTHON) -m babel.messages.frontend -q update --init-missing --no-fuzzy-matching \
	  --ignore-obsolete --ignore-pot-creation-date --no-wrap -l en \
	  -i portal/translations/messages.pot -d portal/translations

.PHONY: lock
lock: ## Bring the locks up to requirements*.in (needs uv); UPGRADE=1 takes the newest that fit.
	@PATH="$$PATH:.venv/bin"; command -v uv >/dev/null || { \
	  echo "make lock needs uv, and it is not installed here: install uv and run make lock again." >&2; \
	  exit 1; }; \
	uv $(LOCK) $(if $(UPGRADE),--upgrade) requirements.in -o requirements.txt; \
	uv $(LOCK) $(if $(UPGRADE),--upgrade) -c requirements.txt requirements-dev.in -o requirements-dev.txt

.PHONY: clean
clean: ## Remove what make built; never the data or the keys.
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis portal/translations/messages.pot
	@rm -f $(CATALOGUES:.po=.mo)
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: browser
browser: $(DEV_STAMP)
	@tests/browser/install.sh

.PHONY: without-browser
without-browser: $(DEV_STAMP) translations
	@left=$$($(VENV_PYTHON) -m pytest --collect-only -m browser $(TESTS) | grep -c '::' || true); \
	echo "NO_BROWSER=$(NO_BROWSER) leaves out $$left browser tests."

$(RUN_STAMP): requirements.txt $(VENV_PYTHON)
	@$(call install,$<)
	@touch $@

# The development lock holds the run-time one, so that one installation serves both.
$(DEV_STAMP): requirements-dev.txt requirements.txt $(VENV_PYTHON)
	@$(call install,$<)
	@touch $(RUN_STAMP) $@

$(VENV_PYTHON):
	@for each in $(PYTHONS); do \
	  version=$$("$$each" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue; \
	  found="only Python $$version"; \
	  python=$$("$$each" -c 'import sys; sys.version_info < (3, 11) and sys.exit(1); print(sys.executable)') && break; \
	done; \
	if [ -z "$${python-}" ]; then \
	  echo "The portal needs Python 3.11 or newer, and $${found:-no Python at all} was found: install one and run make again." >&2; \
	  exit 1; \
	fi; \
	echo "Making .venv with Python $$version."; \
	rm -rf .venv; \
	if command -v uv >/dev/null; then uv venv -q --python "$$python" .venv; exit; fi; \
	"$$python" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python $$version lacks its venv module: install it (Debian and Ubuntu call it python3-venv) and run make again." >&2; \
	  exit 1; }; \
	"$$python" -m venv .venv || { rm -rf .venv; exit 1; }

# install(lock): put exactly the locked files into .venv.
define install
echo "Installing what $(1) lists."; \
if command -v uv >/dev/null; then \
  uv pip install -q --python $(VENV_PYTHON) --require-hashes -r $(1); \
else \
  $(VENV_PYTHON) -m pip --version >/dev/null 2>&1 || $(VENV_PYTHON) -m ensurepip >/dev/null; \
  $(VENV_PYTHON) -m pip install -q --require-hashes -r $(1); \
fi || { echo "The libraries could not be installed; the lines above say why." >&2; exit 1; }
endef
