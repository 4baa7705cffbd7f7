# make run: install what running needs, extract corpus/ to output/metrics.csv and output/report.html.
# make test: install the rest, run the whole test suite, then precision and recall.
# make lexicon NEWS=texts.jsonl.gz: count how words are used over a collection, and write the tables of counts in rules/.
# make bench: speed and memory beside other programs; ARGS="--scale 20 --memory 500 --write" for all of it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNS := $(VENV)/.runs
READY := $(VENV)/.ready
PEERS := benchmarks/.venv

.PHONY: run test lexicon bench clean

run: $(RUNS)
	$(BIN)/extract run corpus -o output
	$(BIN)/extract report corpus -o output/report.html

test: $(READY)
	$(BIN)/ruff check src tests benchmarks hatch_build.py
	$(BIN)/ruff format --check src tests benchmarks hatch_build.py
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q
	$(BIN)/extract eval corpus

lexicon: $(READY)
	$(BIN)/python -m extract.mining $(NEWS) rules

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

$(PEERS)/.ready: benchmarks/peers.txt
	$(PYTHON) -m venv --clear $(PEERS)
	@grep -v '^#' $< | while read -r peer; do \
		$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check "$$peer" \
			|| echo "$$peer cannot be installed and is left out"; \
	done
	@touch $@

clean:
	rm -rf $(VENV) $(PEERS) output/metrics.csv output/report.html build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis src/extract/_native
