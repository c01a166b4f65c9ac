# Everything one does with the portal. `make` alone lists it.
SHELL := bash
.DEFAULT_GOAL := help
FLASK := .venv/bin/flask --app wsgi
# Two threads that compute on two cores are slower than one.
export OMP_NUM_THREADS ?= 1

.PHONY: help serve worker test test-fast lint format bench messages migration lock screenshots vendor clean

help: ## list what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

# A stamp is newer than the lock file that was installed, so that a second run has nothing to do.
.venv/.installed: requirements.txt tools/venv
	@tools/venv requirements.txt && touch $@

.venv/.installed-dev: requirements-dev.txt requirements.txt tools/venv
	@tools/venv requirements-dev.txt && touch .venv/.installed $@

serve: .venv/.installed ## install, migrate, load the sample market, start web server and worker
	@exec $(FLASK) serve

worker: .venv/.installed ## start a worker alone
	@exec $(FLASK) worker

test: .venv/.installed-dev ## run the whole suite (ARGS="-k word" narrows it)
	@.venv/bin/pytest $(ARGS)

test-fast: .venv/.installed-dev ## run what needs neither model nor browser
	@.venv/bin/pytest -m "not browser and not model and not chaos" $(ARGS)

lint: .venv/.installed-dev ## check format, style, types, import rules, templates
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/djlint --lint --quiet templates

format: .venv/.installed-dev ## put the code into its form
	@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format .

bench: .venv/.installed-dev ## measure encoding, ranking, scanning and pages on this machine
	@.venv/bin/python -m benchmarks.run

messages: .venv/.installed-dev ## collect the sentences that are translated
	@mkdir -p translations
	@.venv/bin/pybabel -q extract -F babel.cfg -k N_ -k _ --omit-header --sort-by-file -o translations/messages.pot .

migration: .venv/.installed-dev ## write a migration for what the models say: make migration m="add …"
	@test -n "$(m)" || { echo 'Say what it does: make migration m="add the landing"' >&2; exit 2; }
	@mkdir -p build && rm -f build/scratch.db
	@DATABASE_URL=sqlite:///build/scratch.db .venv/bin/alembic -c migrations/alembic.ini upgrade head
	@DATABASE_URL=sqlite:///build/scratch.db .venv/bin/alembic -c migrations/alembic.ini revision --autogenerate -m "$(m)"

lock: .venv/.installed-dev ## pin what requirements*.in resolve to
	@tools/lock

screenshots: .venv/.installed-dev ## take the README's pictures of the running portal
	@.venv/bin/python tools/screenshots

vendor: ## fetch the vendored front-end files again
	@tools/vendor

clean: ## remove what can be made again, but never var/
	@rm -rf build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
