"""Mutants of the solutions, made by mutmut's operators, against the hidden checks.

    python -m benchmarks.mutants

The bank of answers holds the mistakes that we thought of; a mutant is one that we did not. A mutant
that is right all the same stands in `tests/answers/equivalent_mutants.toml`, with the reason. Any
other that earns full marks is a hole in the checks, and this fails.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import libcst
import nbformat
from mutmut.mutation.mutators import mutation_operators
from rich.console import Console
from rich.progress import track

from benchmarks.bank import FOLDER, Answer, judge
from benchmarks.tables import markdown_table, write_section
from grading_tests import EXERCISES

_SOLVED = "solutions/recommender_systems/Recommender_Systems.ipynb"
HEADER = ["exercise", "mutants", "right all the same", "wrong", "below full marks"]


@dataclass(frozen=True)
class Mutant:
    """A solution of which one line was changed."""

    exercise: str
    line: str
    becomes: str
    source: str

    def __str__(self) -> str:
        return f"{self.exercise}: {self.line} -> {self.becomes}"


def mutants(exercise: str) -> list[Mutant]:
    """Every mutant of an exercise's solution, docstrings aside."""
    solution = _solutions()[exercise]
    made = {}
    for source in _mutate(solution):
        changed = ast.dump(_without_docstrings(source))
        if changed != ast.dump(_without_docstrings(solution)):
            before, after = _difference(solution, source)
            made[changed] = Mutant(exercise, before, after, source)
    return list(made.values())


def equivalent(exercise: str) -> dict[tuple[str, str], str]:
    """(line, what it becomes) -> why the mutant is right."""
    listed = tomllib.loads((FOLDER / "equivalent_mutants.toml").read_text())
    return {(one["line"], one["becomes"]): one["why"] for one in listed.get(exercise, [])}


def survivors(found: Sequence[Mutant]) -> list[Mutant]:
    """Those that earn full marks."""
    return [
        mutant
        for mutant in found
        if judge(Answer(mutant.exercise, "-", mutant.becomes, mutant.source)).status == "passed"
    ]


def _solutions() -> dict[str, str]:
    solved = nbformat.read(Path(__file__).resolve().parent.parent / _SOLVED, as_version=4)
    return {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in solved.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


def _mutate(source: str) -> Iterator[str]:
    module = libcst.parse_module(source)
    nodes: list[libcst.CSTNode] = []

    class Collector(libcst.CSTVisitor):
        def on_visit(self, node: libcst.CSTNode) -> bool:
            nodes.append(node)
            return True

    module.visit(Collector())
    for node in nodes:
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                for other in operator(node):
                    yield module.deep_replace(node, other).code


def _without_docstrings(source: str) -> ast.Module:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            node.body = node.body[1:]
    return tree


def _difference(before: str, after: str) -> tuple[str, str]:
    """The first line that differs, in both."""
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    return next((one.strip(), other.strip()) for one, other in pairs if one != other)


def main() -> None:
    rows, holes, stale = [], [], []
    for exercise in track(EXERCISES, "Trying mutants", console=Console(stderr=True)):
        made, known = mutants(exercise), equivalent(exercise)
        alive = survivors(made)
        right = [mutant for mutant in alive if (mutant.line, mutant.becomes) in known]
        holes += [mutant for mutant in alive if mutant not in right]
        stale += [
            f"{exercise}: {becomes}"
            for _, becomes in known
            if becomes not in {mutant.becomes for mutant in right}
        ]
        wrong = len(made) - len(right)
        rows.append([exercise, len(made), len(right), wrong, len(made) - len(alive)])
    rows.append(["**all**", *(sum(row[column] for row in rows) for column in range(1, 5))])
    table = markdown_table(rows, HEADER)
    write_section("mutants", table)
    print(table)
    print(*(f"full marks for {mutant}" for mutant in holes), sep="\n")
    print(*(f"listed as right, but it is not: {name}" for name in stale), sep="\n")
    sys.exit(bool(holes or stale))


if __name__ == "__main__":
    main()
