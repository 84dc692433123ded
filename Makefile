# Every target makes .venv itself when it is missing or older than the requirements.
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
NOTEBOOK := notebooks/recommender_systems/Recommender_Systems.ipynb
STAMP  := $(VENV)/.ready
BENCH  := .venv-bench
export PATH := $(abspath $(VENV)/bin):$(PATH)

.PHONY: demo test test-slow prove lab build check bench release clean

$(STAMP): requirements.txt tests/requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --upgrade pip
	$(PY) -m pip install --quiet -r requirements.txt -r tests/requirements.txt
	touch $@

demo: $(STAMP)          ## solve, release and grade four sample submissions
	$(PY) -m autograder.demo

test: $(STAMP)          ## lint, check the editions, run the quick tests
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m authoring check
	$(PY) -m pytest -n 2

test-slow: $(STAMP)     ## minutes, not seconds
	$(PY) -m pytest -n 2 -m slow

prove: $(STAMP)         ## right and wrong answers through the autograder: are the checks right?
	$(PY) -m benchmarks.prove
	$(PY) -m benchmarks.mutants

lab: $(STAMP)           ## JupyterLab on the student notebook, with nbgrader's extensions
	$(PY) -m jupyter lab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/$(NOTEBOOK) $(LAB_OPTIONS)

build: $(STAMP)         ## every edition from its source
	$(PY) -m authoring build

check: $(STAMP)         ## do the committed editions agree with their source?
	$(PY) -m authoring check

release: $(STAMP)       ## the public repository for students, in build/release/
	$(PY) -m authoring release

# The peers live apart: they must not decide which versions the course is tested with.
$(BENCH)/.ready: requirements.txt benchmarks/requirements.txt
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --upgrade pip
	$(BENCH)/bin/python -m pip install --quiet -r requirements.txt -r benchmarks/requirements.txt
	touch $@

bench: $(BENCH)/.ready   ## training beside the original's loop and peers: benchmarks/README.md
	$(BENCH)/bin/python -m benchmarks.training

clean:                  ## everything made here, .venv aside
	rm -rf build
