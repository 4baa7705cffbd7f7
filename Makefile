# make run: install what running needs, extract corpus/ to output/metrics.csv and output/report.html.
# make test: install the rest, run the whole test suite, then precision and recall.
# make install: install what running needs into .venv. make help: all that make can do here.
# make figures: put what the program can tell into README and docs, and make the picture of the report.
# make docs: build the site of the documentation into build/site.
# make wheels: build the wheels of this platform and the pure one into dist/, each tried in a fresh environment.
# make sizes: measure what each extra takes.
# make lexicon NEWS=texts.jsonl.gz: count how words are used over a collection, and write the tables of counts in rules/.
# make fuzz: feed each reader and the pipeline what nobody wrote; ARGS="html 600" for one of them and so many seconds.
# make torture: what is promised of hostile inputs, as a table; ARGS="--seconds 3600" for longer.
# make lock: choose the versions of all that is installed anew, with their hashes, into requirements/.
# make audit: look for known faults in those versions, and list them in build/sbom.json (CycloneDX).
# make lowest: run the tests with the oldest versions that pyproject.toml allows.
# make bench: speed and memory beside other programs; ARGS="--scale 20 --memory 500 --write" for all of it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNS := $(VENV)/.runs
READY := $(VENV)/.ready
PEERS := benchmarks/.venv
GUARD := build/guards
GUARDS := $(GUARD)/.ready
UV = $(GUARD)/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate --quiet \
	--custom-compile-command "make lock"
LOWEST := tests/read tests/batch tests/layout tests/quantities tests/rulebook tests/matching tests/write

.PHONY: run help install test figures docs wheels sizes lexicon fuzz torture lock audit lowest bench clean

run: $(RUNS)
	$(BIN)/extract run corpus -o output
	$(BIN)/extract report corpus -o output/report.html

install: $(RUNS)
	@echo "installed: call $(BIN)/extract, or first: source $(BIN)/activate"

help:
	@sed -n 's/^# make/make/p' Makefile

test: $(READY)
	$(BIN)/ruff check src tests benchmarks tools hatch_build.py
	$(BIN)/ruff format --check src tests benchmarks tools hatch_build.py
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q
	$(BIN)/extract eval corpus

figures: $(READY)
	$(BIN)/python -m tools.docs
	$(BIN)/python -m tools.notebook
	$(BIN)/python -m tools.picture

docs: $(READY)
	$(BIN)/python -m mkdocs build --strict

wheels: $(READY)
	$(BIN)/python -m tools.wheels

sizes: $(READY)
	$(BIN)/python -m tools.sizes

lexicon: $(READY)
	$(BIN)/python -m extract.mining $(NEWS) rules

fuzz: $(READY)
	PYTHONPATH=tests $(BIN)/python -m torture.fuzz $(ARGS)

torture: $(READY)
	PYTHONPATH=tests $(BIN)/python -m torture $(ARGS)

lock: $(GUARDS)
	$(UV) --extra formats --extra table --extra review -o requirements/run.txt
	$(UV) --extra dev -o requirements/dev.txt

audit: $(GUARDS)
	@mkdir -p build
	$(GUARD)/bin/pip-audit --require-hashes --disable-pip -r requirements/run.txt
	$(GUARD)/bin/pip-audit --require-hashes --disable-pip -r requirements/dev.txt
	$(GUARD)/bin/cyclonedx-py requirements requirements/run.txt --pyproject pyproject.toml --output-reproducible -o build/sbom.json

lowest: $(GUARDS)
	$(GUARD)/bin/uv venv --quiet --clear build/lowest
	$(GUARD)/bin/uv pip install --quiet --python build/lowest --resolution lowest-direct -e '.[formats,table,xlsx,review]' -r tests/needs.txt
	build/lowest/bin/python -m pytest -q $(LOWEST)

bench: $(READY) $(PEERS)/.ready
	$(BIN)/python -m benchmarks.run $(ARGS)

$(RUNS): pyproject.toml hatch_build.py $(wildcard src/extract/*.py src/extract/*/*.py)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; $(PYTHON) is `$(PYTHON) --version 2>&1`. Try make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check -e '.[formats,table,review]'
	@touch $@

$(READY): $(RUNS)
	$(BIN)/python -m pip install --disable-pip-version-check -e '.[dev]'
	@touch $@

$(GUARDS): requirements/guards.txt
	$(PYTHON) -m venv $(GUARD)
	$(GUARD)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

$(PEERS)/.ready: benchmarks/peers.txt
	$(PYTHON) -m venv --clear $(PEERS)
	@grep -v '^#' $< | while read -r peer; do \
		$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check "$$peer" \
			|| echo "$$peer cannot be installed and is left out"; \
	done
	@touch $@

clean:
	rm -rf $(VENV) $(PEERS) output/metrics.csv output/report.html build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis src/extract/_native
