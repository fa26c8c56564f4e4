# Every command prepares what it needs: Python 3.11, make and a network are enough on a fresh Debian.
PYTHON ?= python3
RUN = .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup demo test coverage quick walk mutants lint fix bench figures bare messages lock upgrade clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

setup: ## environment, front-end assets, compiled messages
	@$(PYTHON) -m tools.setup

demo: setup ## the demo on http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(RUN) -m tools.demo

test: ## everything, on SQLite and PostgreSQL, with a browser (ARGUMENTS="-k word": a part)
	@$(PYTHON) -m tools.setup --for-tests
	@$(RUN) -m tools.test $(ARGUMENTS)

coverage: setup ## as test, and what no test runs of the code
	@$(PYTHON) -m tools.setup --for-tests
	@$(RUN) -m tools.test --coverage $(ARGUMENTS)

quick: setup ## the tests that are quick: on SQLite, without a browser and without those marked slow
	@$(RUN) -m tools.test --quick

mutants: setup ## is every guard held by a test? (ARGUMENTS="--count 200")
	@$(PYTHON) -m tools.setup --for-tests
	@$(RUN) -m tools.mutants $(ARGUMENTS)

walk: setup ## acts of all kinds in any order (ARGUMENTS="--steps 50000")
	@$(PYTHON) -m tools.setup --for-tests
	@$(RUN) -m tools.walk $(ARGUMENTS)

lint: setup ## style, types, layers, templates, repository, structure
	@$(RUN) -m tools.lint

fix: setup ## put right what a tool can put right
	@$(RUN) -m tools.lint --fix

bench: setup ## requests a second, beside a bare Django app
	@$(RUN) -m tools.bench

figures: setup ## what a telephone has of each public page: shift, bytes, requests, paint, links
	@$(RUN) -m tools.figures $(ARGUMENTS)

bare: ## as root: demo and test on a minimal Debian in .cache/bare (ARGUMENTS="--only demo")
	@$(PYTHON) -m tools.bare_machine $(ARGUMENTS)

messages: setup ## bring the Danish catalogue in step with the code
	@$(RUN) -m tools.catalogue

lock: ## compile the lock files after a change in pyproject.toml or package.json
	@$(PYTHON) -m tools.lock

upgrade: ## compile them with the newest versions
	@$(PYTHON) -m tools.lock --upgrade

clean: ## remove what was installed or built; the demo's data in var/ stays
	rm -rf .venv .cache node_modules static/vendor staticfiles htmlcov .coverage* .pytest_cache .mypy_cache .ruff_cache
