# Every target makes .venv itself when it is missing or older than the requirements.
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
BROWSER := $(VENV)/.browser
# Colab moves on by itself: environments with the newest of everything, and the oldest we promise.
PYTHON_NEWEST ?= python3.13
NEWEST := .venv-newest
OLDEST := .venv-oldest
# What weighs gigabytes, and is only asked for other data and for the projector.
HEAVY  := torch|tensorflow|tensorflow-datasets|importlib_resources
define test_in
	$(1)/bin/python -m pip list --format freeze | grep -iE '^(jax|flax|optax|numpy|pandas|matplotlib)='
	$(1)/bin/python -m pytest -n 2 -rs -m 'not browser and not slow' \
		tests/helpers tests/grading_tests tests/course tests/autograder
	$(1)/bin/python -m pytest -n 2 -rs -m slow tests/helpers tests/course
endef
NOTEBOOK := notebooks/recommender_systems/Recommender_Systems.ipynb
STAMP  := $(VENV)/.ready
BENCH  := .venv-bench
export PATH := $(abspath $(VENV)/bin):$(PATH)

.PHONY: demo test test-slow test-browser test-newest test-oldest prove lab build check bench release \
	screenshots clean

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

$(BROWSER): $(STAMP) tests/browser/requirements.txt
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { \
		[ "$$(id -u)" = 0 ] && apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; \
	} || { echo "There is no Chromium. Install it (Debian: apt-get install chromium), then try again."; exit 1; }
	$(PY) -m pip install --quiet -r tests/browser/requirements.txt
	touch $@

test-browser: $(BROWSER) ## a real browser in JupyterLab, Notebook 7, formgrader and the projector
	$(PY) -m pytest -m browser tests/browser

screenshots: $(BROWSER) ## the pictures of the README, from the real thing
	$(PY) -m images.screenshots

# pyenv's stand-ins fail unless their version is chosen, so what lies behind them is tried too.
$(NEWEST)/.ready: requirements.txt tests/requirements.txt
	@for python in $(PYTHON_NEWEST) "$$(pyenv root 2>/dev/null)"/versions/3.13*/bin/python; do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 13))' 2>/dev/null || continue; \
		"$$python" -m venv --clear $(NEWEST); exit $$?; \
	done; echo "No Python 3.13 here. Install one, or name it: make test-newest PYTHON_NEWEST=..."; exit 1
	$(NEWEST)/bin/python -m pip install --quiet --upgrade pip
	sed -E 's/[<>=].*//' requirements.txt tests/requirements.txt | grep -vE '^#|^($(HEAVY))$$' \
	> $(NEWEST)/names.txt
	$(NEWEST)/bin/python -m pip install --quiet -r $(NEWEST)/names.txt
	touch $@

test-newest: $(NEWEST)/.ready ## practical, checks and autograder on Python 3.13 and the newest of PyPI
	$(call test_in,$(NEWEST))

$(OLDEST)/.ready: requirements.txt tests/requirements.txt
	$(PYTHON) -m venv --clear $(OLDEST)
	$(OLDEST)/bin/python -m pip install --quiet --upgrade pip
	grep -vE '^#|^($(HEAVY))[=>]' requirements.txt | sed -E 's/>=([0-9.]+),<[0-9.]+/==\1/' \
	> $(OLDEST)/bounds.txt
	$(OLDEST)/bin/python -m pip install --quiet -r $(OLDEST)/bounds.txt -r tests/requirements.txt
	touch $@

test-oldest: $(OLDEST)/.ready ## the same with the lower bound of every requirement
	$(call test_in,$(OLDEST))

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
