"""What tests of several rooms share: the solved practical's answers, by exercise."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ["RECSYS_HEADLESS"] = "1"
os.environ["RECSYS_COMPILATION_CACHE"] = "0"  # a test writes nothing into the user's folders

COURSE = Path(__file__).resolve().parent.parent
IMPORTS = """
import jax
import jax.numpy as jnp
import numpy as np
import optax
from annoy import AnnoyIndex
from flax import linen as nn
from helpers import TrainState, pred_step
"""


@pytest.fixture(scope="session")
def course() -> Path:
    """The folder of the course."""
    return COURSE


@pytest.fixture(scope="session")
def solutions() -> dict[str, str]:
    """Exercise id -> the source of its solved cell."""
    import jupytext

    cells = jupytext.read(COURSE / "solutions/recommender_systems/Recommender_Systems.py").cells
    return {
        cell.metadata["nbgrader"]["grade_id"]: cell.source
        for cell in cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    }


@pytest.fixture
def run_answer(solutions):
    """Run answers, by source, in a fresh namespace like the notebook's."""

    def run(*sources: str) -> dict:
        namespace = {"__name__": "__main__"}
        for source in (IMPORTS, *sources):
            exec(compile(source, "<answer>", "exec"), namespace)
        return namespace

    return run


@pytest.fixture(scope="session")
def course_copy(tmp_path_factory) -> Path:
    """What a clone of the course has, uncommitted changes included, as a folder to write in."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    named = subprocess.run(listing, cwd=COURSE, check=True, capture_output=True, text=True).stdout
    copy = tmp_path_factory.mktemp("course")
    for name in filter(None, named.split("\0")):
        if (COURSE / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(COURSE / name, copy / name)
    return copy
