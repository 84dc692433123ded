"""Every stub parses, says what it takes and gives, and raises NotImplementedError."""

import ast
from collections.abc import Iterator

from nbformat import NotebookNode


def stub_faults(notebook: NotebookNode) -> list[str]:
    """One sentence for each fault of an answer cell of a graded edition."""
    faults = []
    for cell in notebook.cells:
        nbgrader = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and nbgrader.get("solution"):
            faults += [f"stub `{nbgrader.grade_id}`: {fault}" for fault in _faults(cell.source)]
    return faults


def _faults(source: str) -> Iterator[str]:
    try:
        module = ast.parse(source)
    except SyntaxError as error:
        yield f"line {error.lineno} does not parse: {error.msg}"
        return
    answers = [node for node in module.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    if not answers:
        yield "defines no function and no class"
    for answer in answers:
        if ast.get_docstring(answer) is None:
            yield f"{answer.name} has no docstring"
        functions = [node for node in ast.walk(answer) if isinstance(node, ast.FunctionDef)]
        if not any(_raises_not_implemented(function) for function in functions):
            yield f"{answer.name} does not raise NotImplementedError"
        for function in functions:
            arguments = function.args.posonlyargs + function.args.args + function.args.kwonlyargs
            bare = [a.arg for a in arguments if a.annotation is None and a.arg != "self"]
            if bare or function.returns is None:
                yield f"{function.name} lacks types: {', '.join([*bare, 'return'])}"


def _raises_not_implemented(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Raise) and "NotImplementedError" in ast.unparse(node)
        for node in ast.walk(function)
    )
