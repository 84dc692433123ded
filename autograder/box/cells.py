"""Build the namespace in which one exercise is judged, from the cells of a submission.

Of the exercise's own cells every statement runs; of all others only what the answer needs by name,
and what that needs: imports, functions, constants. Training, plots and downloads never run.
"""

import ast
import builtins
import contextlib
import copy
import dis
import sys
import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

# Names that a check puts there itself, and calls that no answer needs the result of.
_STAND_INS = {"movie_to_id_mapping"}
_NEVER_RUN = {
    "check",
    "display_recommendations",
    "download_posters",
    "open_projector",
    "search_dataframe",
    "train_model",
    "unzip_posters",
    "write_projector",
}
_BUILTINS = set(dir(builtins))


@dataclass(frozen=True)
class Part:
    """A statement on its own, and the names that it binds."""

    statement: ast.stmt
    binds: frozenset[str]


@dataclass
class ParsedCell:
    """What a cell says: its statements, its parts for the needs of others, or why it has none."""

    exercise: str | None
    statements: list[ast.stmt] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    fault: str = ""


def parse_cells(cells: list[dict]) -> list[ParsedCell]:
    """Read `{"source": text, "exercise": id or None}`, without running any of it."""
    return [_parse_cell(cell["source"], cell["exercise"]) for cell in cells]


def build_namespace(cells: list[ParsedCell], exercise: str, shell) -> tuple[dict[str, Any], str]:
    """The namespace, and in a sentence what went wrong on the way ("" if nothing).

    `shell()` gives an IPython shell, made only where a cell uses one.
    """
    module = types.ModuleType("__main__")
    namespace = module.__dict__
    sys.modules["__main__"] = module
    mine = [cell for cell in cells if cell.exercise == exercise]
    faults = [cell.fault for cell in mine if cell.fault]
    own = [statement for cell in mine for statement in cell.statements]
    others = [part for cell in cells if cell.exercise != exercise for part in cell.parts]
    for statement in _needed(own, others):
        with contextlib.suppress(Exception, SystemExit):
            _run(statement, namespace, shell)
    for statement in own:
        try:
            _run(statement, namespace, shell)
        except (Exception, SystemExit) as error:
            said = " ".join(str(error).split())[:300]
            faults.append(f"line {statement.lineno} raised {type(error).__name__}: {said}")
    return namespace, "; ".join(faults)


def _parse_cell(source: str, exercise: str | None) -> ParsedCell:
    tree = _parse(source)
    if isinstance(tree, str):
        return ParsedCell(exercise, fault=tree)
    split = [part for statement in tree.body for part in _split(statement)]
    parts = [Part(statement, frozenset(_binds(statement))) for statement in split]
    return ParsedCell(exercise, tree.body, parts)


def _parse(source: str) -> ast.Module | str:
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        # What is Python as it stands has nothing for IPython, which takes ten times as long.
        return ast.parse(source)
    # Here and not above: most submissions need none of IPython, and no box waits for it.
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        return ast.parse(TransformerManager().transform_cell(source))
    except SyntaxError as error:
        return f"line {error.lineno} does not parse: {error.msg}"
    except (ValueError, RecursionError, MemoryError) as error:
        return f"the cell does not parse: {type(error).__name__}"


def _run(statement: ast.stmt, namespace: dict[str, Any], shell) -> None:
    if "get_ipython" in _loads(statement):
        namespace["get_ipython"] = shell
    module = ast.Module([statement], type_ignores=[])
    exec(compile(module, "<answer>", "exec"), namespace)


def _needed(own: list[ast.stmt], others: list[Part]) -> list[ast.stmt]:
    """The statements of `others` that bind what `own` needs, in their order.

    The last binding of a name counts; a name that is bound by several kinds of statement (a list
    that is filled in a loop) gets all of them.
    """
    binders: dict[str, list[int]] = {}
    definitions = ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom
    for number, part in enumerate(others):
        for name in part.binds:
            if isinstance(part.statement, definitions):
                binders[name] = [number]
            else:
                binders.setdefault(name, []).append(number)
    wanted = {name for statement in own for name in _loads(statement)}
    chosen: set[int] = set()
    while wanted:
        name = wanted.pop()
        for number in binders.get(name, []):
            needs = _loads(others[number].statement)
            if number not in chosen and name not in _STAND_INS and not needs & _NEVER_RUN:
                chosen.add(number)
                wanted |= needs
    return [others[number].statement for number in sorted(chosen)]


def _split(statement: ast.stmt) -> list[ast.stmt]:
    """An import of many names as many imports, so that nobody waits for what is not needed."""
    if not isinstance(statement, ast.Import | ast.ImportFrom):
        return [statement]
    parts = []
    for alias in statement.names:
        part = copy.copy(statement)
        part.names = [alias]
        parts.append(part)
    return parts


def _loads(statement: ast.stmt) -> set[str]:
    """The global names that it reads, now or when a function of it is called."""
    pending = [compile(ast.Module([statement], type_ignores=[]), "<answer>", "exec")]
    names: set[str] = set()
    while pending:
        code = pending.pop()
        pending += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
        names |= {
            instruction.argval
            for instruction in dis.get_instructions(code)
            if instruction.opname in ("LOAD_NAME", "LOAD_GLOBAL")
        }
    return names - _BUILTINS


def _binds(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
        return
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                yield (alias.asname or alias.name).split(".")[0]
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
