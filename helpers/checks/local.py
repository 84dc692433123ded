"""The work of a namespace in this very process: a notebook's, or stock nbgrader's kernel."""

import contextlib
import functools
import io
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax.traverse_util import flatten_dict, unflatten_dict

from helpers.checks.plain import NotPlainError, to_plain
from helpers.checks.work import Arrays, Batch, OnDevice, Returns, ScoreTable, WorkError
from helpers.engine.state import Metrics, TrainState

# What JAX raises for code that asks a traced array for its numbers.
_UNTRACEABLE = (TypeError, jax.errors.JAXIndexError)


class LocalWork:
    """Answers the questions of `helpers.checks.work.Work` with the objects of a namespace."""

    def __init__(self, namespace: dict[str, Any]):
        self._namespace = namespace

    def call(self, name, *args, stand_ins=None):
        function = self._find(name)
        with self._answering(name), self._standing_in(stand_ins or {}):
            return self._plain(name, function(*map(_argument, args)))

    def param_shapes(self, name, fields, batch):
        model = self._model(name, fields)
        with self._answering(name):
            arrays = _on_device(batch)
            try:
                key = jax.eval_shape(lambda: jax.random.key(0))
                variables = jax.eval_shape(model.init, key, arrays)
            except _UNTRACEABLE:
                # A model that looks at numbers, in NumPy or in an `if`, has to run.
                variables = model.init(jax.random.key(0), arrays)
            return {path: list(leaf.shape) for path, leaf in _flatten(variables).items()}

    def apply_model(self, name, fields, params, batch):
        model = self._model(name, fields)
        with self._answering(name):
            output = _as_one_program(model.apply)(_unflatten(params), _on_device(batch))
            return self._plain(name, output)

    def model_gradient(self, name, fields, params, batch, weights):
        model = self._model(name, fields)

        # All of them arguments: what a program closes over is a part of it, to be compiled anew.
        def weighted_sum(variables, batch, weights):
            return (weights * model.apply(variables, batch)).sum()

        with self._answering(name):
            arguments = (_unflatten(params), _on_device(batch), _put(weights))
            gradient = _as_one_program(jax.grad(weighted_sum))(*arguments)
            return {path: np.array(leaf) for path, leaf in _flatten(gradient).items()}

    def run_steps(self, name, state, batches):
        step = self._find(name)
        with self._answering(name):
            current = _argument(state)
            for batch in batches:
                arrays = _on_device(batch)
                if name == "compute_metrics":
                    current = step(state=current, batch=arrays)
                else:
                    current = step(current, arrays)
                if not hasattr(current, "params") or not hasattr(current, "metrics"):
                    kind = type(current).__name__
                    raise WorkError("failed", f"`{name}` must return the state; it returned {kind}")
            counted = float(current.metrics.loss.count) > 0
            return {
                "table": np.array(current.params["params"]["table"]),
                "steps": int(current.step),
                "loss": float(current.metrics.compute()["loss"]) if counted else None,
            }

    def build_index(self, embeddings, options, k):
        build = self._find("build_annoy_index")
        with self._answering("build_annoy_index"):
            index = build(_argument(OnDevice(embeddings)), **options)
            if type(index).__name__ not in ("Annoy", "AnnoyIndex"):
                kind = type(index).__name__
                raise WorkError(
                    "failed", f"`build_annoy_index` must return the AnnoyIndex; it returned {kind}"
                )
            found = [
                index.get_nns_by_item(item, k, include_distances=True)
                for item in range(min(len(embeddings), index.get_n_items()))
            ]
            return {
                "dimension": index.f,
                "num_items": index.get_n_items(),
                "num_trees": index.get_n_trees(),
                "neighbours": [neighbours for neighbours, _ in found],
                "distances": [distances for _, distances in found],
            }

    def _find(self, name: str) -> Callable:
        if name not in self._namespace:
            raise WorkError("missing", f"`{name}` is not defined: run its cell, or keep its name")
        return self._namespace[name]

    def _model(self, name: str, fields: Mapping[str, Any]):
        with self._answering(name):
            return self._find(name)(**fields)

    def _plain(self, name: str, value: Any) -> Any:
        try:
            return to_plain(value)
        except NotPlainError as error:
            raise WorkError("failed", f"`{name}` returned {error}") from None

    @contextlib.contextmanager
    def _standing_in(self, values: Mapping[str, Any]) -> Iterator[None]:
        before = {name: self._namespace[name] for name in values if name in self._namespace}
        self._namespace.update({name: _argument(value) for name, value in values.items()})
        try:
            yield
        finally:
            for name in values:
                del self._namespace[name]
            self._namespace.update(before)

    @contextlib.contextmanager
    def _answering(self, name: str) -> Iterator[None]:
        """Student code runs here: its chatter is dropped, its exceptions become `WorkError`.

        A warning on stderr would cost a cell all its points in stock nbgrader.
        """
        hush = contextlib.redirect_stderr(io.StringIO())
        try:
            with hush, contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                # A GPU's tensor cores would round to three digits (see `compare`).
                with jax.default_matmul_precision("highest"):
                    yield
        except WorkError:
            raise
        except NotImplementedError:
            raise WorkError("not_attempted", f"`{name}` is not written yet") from None
        except MemoryError:
            raise WorkError("memory", f"`{name}` asked for more memory than there is") from None
        except (Exception, SystemExit) as error:
            said = " ".join(str(error).split())[:300]
            if "RESOURCE_EXHAUSTED" in said:
                raise WorkError("memory", f"`{name}` asked for more memory than there is") from None
            raise WorkError("error", f"`{name}` raised {type(error).__name__}: {said}") from error


def _as_one_program(function: Callable) -> Callable:
    """`function` compiled whole: op by op, each would be lowered and loaded on its own."""

    def run(*args):
        try:
            return jax.jit(function)(*args)
        except _UNTRACEABLE:
            # A model that looks at numbers, in NumPy or in an `if`, cannot be traced.
            return function(*args)

    return run


def _argument(value: Any) -> Any:
    if isinstance(value, OnDevice):
        return _put(value.array)
    if isinstance(value, ScoreTable):
        return _score_table_state(value)
    if isinstance(value, Returns):
        return _stand_in(value)
    return value


def _stand_in(spec: Returns) -> Callable:
    array = _put(spec.array)

    def answer(*args, **named):
        given = [*args, *named.values()]
        shapes = [np.shape(one) for one in given]
        if shapes != [np.shape(one) for one in spec.given]:
            raise TypeError(f"it was called with arrays of shapes {shapes}")
        for one, other in zip(given, spec.given, strict=True):
            # What is traced has no values yet; its shape has to do.
            if not isinstance(one, jax.core.Tracer) and not np.allclose(one, other, atol=1e-6):
                raise ValueError("it was called with the wrong embeddings")
        return array

    return answer


def _score_table_state(spec: ScoreTable):
    params, descent = {"params": {"table": _put(spec.table)}}, _descent(spec.learning_rate)
    return TrainState(
        step=_put(np.int32(0)),
        apply_fn=_look_up,
        params=params,
        tx=descent,
        opt_state=descent.init(params),
        metrics=jax.device_put(Metrics.empty()),
    )


@functools.cache
def _descent(learning_rate: float) -> optax.GradientTransformation:
    """One object per rate, because every other one makes jitted functions compile anew."""
    return optax.sgd(learning_rate)


def _look_up(variables: Mapping[str, Any], batch: Batch) -> jax.Array:
    """As strict as `nn.Embed`: ids are arrays of whole numbers, and no lists."""
    users, items = (batch[name].astype(jnp.int32) for name in ("user_id", "item_id"))
    return variables["params"]["table"][users, items]


def _on_device(arrays: Arrays) -> dict[str, jax.Array]:
    """`jnp.asarray` would compile a program that copies them, for every shape another."""
    return jax.device_put({name: np.asarray(array) for name, array in arrays.items()})


def _put(array: Any) -> jax.Array:
    return jax.device_put(np.asarray(array))


def _flatten(variables: Mapping[str, Any]) -> dict[str, Any]:
    return flatten_dict(dict(variables["params"]), sep="/")


def _unflatten(params: Arrays) -> dict:
    return {"params": unflatten_dict(_on_device(params), sep="/")}
