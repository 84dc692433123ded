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
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

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


def build_namespace(cells: list[dict], exercise: str, shell) -> tuple[dict[str, Any], str]:
    """The namespace, and in a sentence what went wrong on the way ("" if nothing).

    A cell is `{"source": text, "exercise": id or None}`; `shell()` gives an IPython shell, made
    only where a cell uses one.
    """
    module = types.ModuleType("__main__")
    namespace = module.__dict__
    sys.modules["__main__"] = module
    parsed = [(cell["exercise"] == exercise, _parse(cell["source"])) for cell in cells]
    faults = [tree for own, tree in parsed if own and isinstance(tree, str)]
    trees = [(own, tree) for own, tree in parsed if not isinstance(tree, str)]
    own = [statement for is_own, tree in trees if is_own for statement in tree.body]
    rest = [statement for is_own, tree in trees if not is_own for statement in tree.body]
    others = [part for statement in rest for part in _split(statement)]
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


def _parse(source: str) -> ast.Module | str:
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        # What is Python as it stands has nothing for IPython, which takes ten times as long.
        return ast.parse(source)
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


def _needed(own: list[ast.stmt], others: list[ast.stmt]) -> list[ast.stmt]:
    """The statements of `others` that bind what `own` needs, in their order.

    The last binding of a name counts; a name that is bound by several kinds of statement (a list
    that is filled in a loop) gets all of them.
    """
    binders: dict[str, list[int]] = {}
    for number, statement in enumerate(others):
        for name in _binds(statement):
            if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
                binders[name] = [number]
            else:
                binders.setdefault(name, []).append(number)
    wanted = {name for statement in own for name in _loads(statement)}
    chosen: set[int] = set()
    while wanted:
        name = wanted.pop()
        for number in binders.get(name, []):
            needs = _loads(others[number])
            if number not in chosen and name not in _STAND_INS and not needs & _NEVER_RUN:
                chosen.add(number)
                wanted |= needs
    return [others[number] for number in sorted(chosen)]


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
