"""The child of an exercise: run its cells, then answer questions with what they defined."""

import functools
import os
import signal
import socket
import sys
import warnings
from typing import Any

# Imported here once, so that no child pays for it; JAX leaves the last three to the first program.
import annoy  # noqa: F401
import flax.linen  # noqa: F401
import jax.experimental.multihost_utils  # noqa: F401
import jaxlib.mlir.dialects.builtin
import jaxlib.mlir.dialects.mhlo  # noqa: F401
import optax  # noqa: F401

from autograder.box.cells import ParsedCell, build_namespace
from autograder.box.wire import WireError, exactly, pack, receive
from helpers.checks.local import LocalWork
from helpers.checks.work import WorkError

_QUESTIONS = ("call", "param_shapes", "apply_model", "model_gradient", "run_steps", "build_index")


def answer_questions(line: socket.socket, cells: list[ParsedCell], exercise: str) -> None:
    """Answer until the other side closes; every failure of the student's code is an answer too."""
    warnings.simplefilter("ignore")
    os.environ["RECSYS_HEADLESS"] = "1"
    signal.signal(signal.SIGINT, signal.default_int_handler)
    read = exactly(line.makefile("rb"))
    namespace, fault = build_namespace(cells, exercise, _shell)

    while True:
        try:
            order = receive(read, questions=True)
        except EOFError:
            return
        line.sendall(_answer(order, namespace, fault))


def _answer(order: dict, namespace: dict[str, Any], fault: str) -> bytes:
    try:
        assert order["question"] in _QUESTIONS
        ask = getattr(LocalWork(namespace), order["question"])
        return pack({"status": "answered", "value": ask(*order["args"], **order["options"])})
    except WorkError as error:
        if error.status == "missing" and fault:
            return pack({"status": "error", "message": f"the cell fails: {fault}"})
        return pack({"status": error.status, "message": error.message})
    except MemoryError:
        return pack({"status": "memory", "message": "it asked for more memory than it may use"})
    except WireError as error:
        return pack({"status": "failed", "message": f"the answer gave {error}"})
    except BaseException as error:
        said = " ".join(str(error).split())[:300]
        return pack({"status": "error", "message": f"raised {type(error).__name__}: {said}"})


@functools.cache
def _shell():
    """IPython for magics, with nothing to run commands on and nothing kept."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.history_manager.enabled = False
    shell.user_ns = sys.modules["__main__"].__dict__
    shell.system = lambda *_: None
    shell.getoutput = lambda *_, **__: []
    return shell
