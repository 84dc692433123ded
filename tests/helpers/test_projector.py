"""What the TensorBoard projector is given, and how it opens."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from helpers import open_projector, write_projector
from helpers.errors import CourseError

needs_torch = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None,
    reason="torch, which writes the projector's files, is not installed",
)


@needs_torch
def test_projector_files_have_titles_and_only_well_rated_movies(movies, embeddings, tmp_path):
    log_dir = write_projector(embeddings, movies, tmp_path / "log", min_ratings=100)
    (metadata,) = log_dir.rglob("metadata.tsv")
    lines = metadata.read_text().splitlines()
    assert lines[0].split("\t") == ["title", "year", "genre", "genres", "ratings"]
    assert lines[1].split("\t") == [
        "The Film 20",
        "1970",
        "Other",
        "(no genres listed)",
        "100",
    ]
    assert len(lines) == 1 + 40
    (tensors,) = log_dir.rglob("tensors.tsv")
    assert len(tensors.read_text().splitlines()) == 40
    (sprites,) = log_dir.rglob("sprite.png")
    with Image.open(sprites) as picture:
        assert picture.size == (7 * 64, 7 * 64)  # the smallest square that holds 40
    assert "single_image_dim: 64" in (log_dir / "projector_config.pbtxt").read_text()


@needs_torch
def test_two_notebooks_may_write_the_projector_at_once(movies, embeddings, tmp_path, monkeypatch):
    from torch.utils.tensorboard import writer

    write = writer.make_tsv

    def write_while_another_starts_over(*details, **options):
        shutil.rmtree(tmp_path / "log", ignore_errors=True)
        return write(*details, **options)

    monkeypatch.setattr(writer, "make_tsv", write_while_another_starts_over)
    log_dir = write_projector(embeddings, movies, tmp_path / "log", min_ratings=100)
    assert list(log_dir.rglob("sprite.png"))
    assert [path.name for path in tmp_path.iterdir()] == ["log"]


def test_without_torch_the_projector_says_so_and_the_notebook_goes_on(
    movies, embeddings, tmp_path, monkeypatch, capsys
):
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "torch" else find_spec(name)
    )
    log_dir = write_projector(embeddings, movies, tmp_path / "log")
    assert log_dir is None
    open_projector(log_dir)
    assert "torch is not installed" in capsys.readouterr().out
    assert not (tmp_path / "log").exists()


@pytest.fixture
def tensorboard(monkeypatch):
    """TensorBoard's manager and display, replaced; the page asks a server that is not there."""
    # The package's own attributes are stand-ins that load a module when it is first used.
    manager = importlib.import_module("tensorboard.manager")
    notebook = importlib.import_module("tensorboard.notebook")
    monkeypatch.setattr("tensorboard.manager", manager)
    monkeypatch.setattr("tensorboard.notebook", notebook)
    monkeypatch.delenv("RECSYS_HEADLESS")
    monkeypatch.setenv("TENSORBOARD_BINARY", "")
    monkeypatch.delenv("TENSORBOARD_BINARY")
    monkeypatch.setattr("helpers.projector._TRIES", 1)
    fake = SimpleNamespace(
        started=[], shown=[], result=SimpleNamespace(info=SimpleNamespace(port=9))
    )
    monkeypatch.setattr(
        manager, "start", lambda options: (fake.started.append(options), fake.result)[1]
    )
    monkeypatch.setattr(notebook, "display", lambda **how: fake.shown.append(how))
    return fake


@needs_torch
def test_the_projector_opens_with_this_environments_tensorboard(tensorboard, tmp_path):
    open_projector(tmp_path / "a folder")
    assert tensorboard.started == [["--logdir", str(tmp_path / "a folder")]]
    assert tensorboard.shown == [{"port": 9, "height": 800}]
    assert os.environ["TENSORBOARD_BINARY"].startswith(str(Path(sys.executable).parent))


@needs_torch
def test_a_tensorboard_that_does_not_start_is_one_sentence(tensorboard, tmp_path):
    tensorboard.result = object()
    with pytest.raises(CourseError, match=r"did not start .*--logdir"):
        open_projector(tmp_path)
    assert tensorboard.shown == []


@needs_torch
def test_writing_twice_leaves_one_run(movies, embeddings, tmp_path):
    for _ in range(2):
        write_projector(embeddings, movies, tmp_path / "log")
    assert len(list((tmp_path / "log").rglob("tensors.tsv"))) == 1


@needs_torch
def test_projector_does_without_tensorflow(course, tmp_path):
    program = f"""
import sys, numpy as np, pandas as pd
from helpers import write_projector
columns = {{"movie_title": ["Up (2009)"], "movie_genres": ["Drama"], "num_ratings": [50]}}
movies = pd.DataFrame(columns)
write_projector(np.ones((1, 4), np.float32), movies, {str(tmp_path / "log")!r})
assert "torch" in sys.modules and "tensorflow" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], cwd=course, check=True)


def test_headless_starts_nothing(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("RECSYS_HEADLESS", "1")
    open_projector(tmp_path)
    assert "when you run this cell in a notebook" in capsys.readouterr().out
