# Works on a bare machine with make, Python >= 3.11 and a package index: .venv is made here, by uv where it is found,
# by venv and pip otherwise. Say PYTHON=/path/to/python to choose the interpreter.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
PYTEST_ARGS ?=
BIN := .venv/bin
DEMO := .venv/.installed-demo
DEV := .venv/.installed-dev
FRONTEND := example_project/frontend
NODE := $(FRONTEND)/node_modules/.installed
TYPES := wagtail_massage/comments/static/wagtail_massage_comments/element/api.d.ts
export PYTHON

.PHONY: help demo test browser lint shapes matrix postgres mariadb fuzz bench messages constraints wheel types frontend element recipes clean \
	lint-ruff lint-format lint-imports lint-types lint-migrations lint-templates lint-messages lint-project

help: ## print what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

demo: $(DEMO) ## start the demo site on PORT (8000), with its content and an admin user
	@PORT=$(PORT) $(BIN)/python -m example_project

test: $(DEV) ## run the tests on SQLite; PYTEST_ARGS="-k name" narrows them
	$(BIN)/pytest -n auto $(PYTEST_ARGS)

browser: $(DEV) ## run the tests that need Chromium; pictures go to build/screenshots, with MASSAGE_UPDATE_PICTURES=1 also to docs/images
	$(BIN)/pytest -n auto -m browser tests/browser $(PYTEST_ARGS)

lint: lint-ruff lint-format lint-imports lint-types lint-migrations lint-templates lint-messages lint-project ## check style, arrows, types, migrations, templates, catalogues

shapes: $(DEV) ## check, migrate and smoke-test every install shape
	$(BIN)/python scripts/shapes.py

matrix: $(DEV) ## hold every supported Wagtail to the contract tests; FULL=1 runs all tests
	PYTEST_ADDOPTS="$(PYTEST_ARGS)" $(BIN)/python scripts/matrix.py $(CORNERS)

postgres: $(DEV) ## run the tests on a private PostgreSQL, started and stopped here
	scripts/with_postgres.sh $(BIN)/pytest -n auto $(PYTEST_ARGS)

mariadb: $(DEV) ## run the comment tests on a private MariaDB, started and stopped here
	$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --group mariadb
	scripts/with_mariadb.sh $(BIN)/pytest -n auto tests/comments $(PYTEST_ARGS)

fuzz: $(DEV) ## send every operation of the API 3 x 500 generated requests; SEEDS and EXAMPLES say otherwise
	$(BIN)/python scripts/fuzz.py

bench: $(DEV) ## measure speed against the floor and the peers; BENCH="--n 1000 --rounds 2", PAGES="--rounds 2", BIG=1 for a million comments
	$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --group bench
	$(BIN)/python -m benchmarks comments $(BENCH)
	$(BIN)/python -m benchmarks pages $(PAGES)

types: $(NODE) ## make the TypeScript types from the API's description
	$(FRONTEND)/node_modules/.bin/openapi-typescript tests/api/openapi.json -o $(TYPES)

frontend: $(NODE) $(DEV) ## check the types of the demo's front end, and run its tests; needs Node 20
	$(FRONTEND)/node_modules/.bin/tsc --project $(FRONTEND)
	$(BIN)/pytest tests/typescript tests/frontend

element: $(DEV) ## build the comment element from its modules; needs Node 20 and npm
	$(BIN)/python scripts/build_element.py

recipes: $(DEV) ## build and run the front ends of docs/recipes against the demo; needs Node 20 and npm
	$(BIN)/python scripts/try_recipes.py $(RECIPES)

messages: $(DEV) ## gather the strings into the catalogues and compile them
	$(BIN)/python scripts/catalogues.py update

constraints: $(DEV) ## renew the pinned versions in constraints.txt
	$(BIN)/uv pip compile --quiet --upgrade --python-version 3.11 --group dev --group mariadb --group bench --all-extras --no-header --no-annotate \
		pyproject.toml | grep '==' > constraints.new
	mv constraints.new constraints.txt

wheel: $(DEV) ## build the wheel into dist/
	rm -rf dist
	$(BIN)/uv build --quiet --wheel --out-dir dist

clean: ## remove everything that the targets above have made, the demo's data too
	rm -rf .venv .venvs build dist var $(FRONTEND)/node_modules .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache

lint-ruff: $(DEV)
	$(BIN)/ruff check .

lint-format: $(DEV)
	$(BIN)/ruff format --check .

lint-imports: $(DEV)
	$(BIN)/lint-imports

lint-types: $(DEV)
	$(BIN)/mypy

lint-migrations: $(DEV)
	$(BIN)/python scripts/shapes.py --drift-only

lint-templates: $(DEV)
	git ls-files -co --exclude-standard '*.html' ':!tests/**/snapshots/*' | xargs $(BIN)/djhtml --tabwidth 2 --check

lint-messages: $(DEV)
	$(BIN)/python scripts/catalogues.py check

lint-project: $(DEV)
	$(BIN)/python scripts/check_project.py

# Without a lock file, which would carry the address of whichever registry made it: package.json pins exact versions.
$(NODE): $(FRONTEND)/package.json
	npm install --prefix $(FRONTEND) --no-package-lock --no-audit --no-fund --silent
	@touch $@

$(DEMO): pyproject.toml constraints.txt
	@scripts/environment.sh .venv demo
	@touch $@

$(DEV): pyproject.toml constraints.txt
	@scripts/environment.sh .venv dev
	@touch $@ $(DEMO)
