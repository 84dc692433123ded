"""The rules of the house: who may import whom, and what an import may pull in."""

import ast
import graphlib
import subprocess
import sys

import pytest

ROOMS = ("helpers", "grading_tests", "autograder", "authoring", "images", "data")
# Module prefixes of other rooms that a room may import.
ALLOWED = {
    "helpers": (),
    "grading_tests": ("helpers.checks",),
    "autograder": ("grading_tests", "helpers.checks"),
    "authoring": (),
    "images": (),
    "data": (),
}


def imported_modules(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_whom_it_may(course, room):
    forbidden = {other for other in (*ROOMS, "solutions", "notebooks", "tests") if other != room}
    files = sorted((course / room).rglob("*.py"))
    assert files
    for path in files:
        for module in imported_modules(path):
            if module.split(".")[0] in forbidden:
                assert module.startswith(ALLOWED[room]), f"{path} imports {module}"


def test_no_import_goes_in_a_circle(course):
    files = {
        ".".join(path.relative_to(course).with_suffix("").parts): path
        for room in ROOMS
        for path in (course / room).rglob("*.py")
    }
    graph = {
        module: {name for name in imported_modules(path) if name in files and name != module}
        for module, path in files.items()
    }
    assert list(graphlib.TopologicalSorter(graph).static_order())


def test_the_rooms_of_helpers_lie_one_above_the_other(course):
    helpers = course / "helpers"
    graph = {}
    for path in helpers.rglob("*.py"):
        room = path.relative_to(helpers).with_suffix("").parts[0]
        known = graph.setdefault(room, set())
        for module in imported_modules(path):
            package, _, rest = module.partition(".")
            if package == "helpers" and rest:
                known.add(rest.split(".")[0])
        known.discard(room)
    assert {"checks", "data", "engine", "notebook", "pictures", "training"} <= graph.keys()
    assert list(graphlib.TopologicalSorter(graph).static_order())


def test_importing_helpers_loads_neither_tensorflow_nor_torch(course):
    program = (
        "import sys, helpers\n"
        "[getattr(helpers, name) for name in helpers.__all__]\n"
        "helpers.get_dataset()\n"
        "assert not {'tensorflow', 'tensorflow_datasets', 'torch'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=course, check=True)


def test_every_public_name_of_helpers_is_there():
    import helpers

    assert all(getattr(helpers, name) is not None for name in helpers.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        helpers.nonsense  # noqa: B018


def test_requirements_name_what_the_user_asked_for_with_bounds(course):
    lines = (course / "requirements.txt").read_text().splitlines()
    wanted = [
        "jupyterlab",
        "nbgrader",
        "jax",
        "flax",
        "optax",
        "clu",
        "numpy",
        "pandas",
        "tensorflow",
        "tensorflow-datasets",
        "matplotlib",
        "annoy",
        "ipywidgets",
        "tensorboard",
        "torch",
    ]
    bounded = {
        line.split(">=")[0].split("==")[0] for line in lines if "=" in line and line[0] != "#"
    }
    assert set(wanted) <= bounded
    for line in lines:
        assert line.startswith("#") or "==" in line or (">=" in line and "<" in line), line
