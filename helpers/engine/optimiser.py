"""AdamW with a one-cycle learning rate, its settings kept as numbers in the state."""

import functools

import jax
import numpy as np
import optax

_CLIMBS_FOR = 0.25
_START_DIVIDES_PEAK_BY = 25.0
_END_DIVIDES_START_BY = 1e5


def one_cycle(num_steps: int, peak: float) -> np.ndarray:
    """The learning rate of each step, and the one after the last: (num_steps + 1,) float32.

    It climbs for a quarter of the steps and falls to almost nothing, each time along half a
    cosine: from 1/25 of `peak` to the peak, and down to a hundred-thousandth of the start. The
    shape is Smith & Topin's (2019, arXiv:1708.07120). In NumPy: optax's schedule of that name, with
    which a test compares it, is a program of its own to compile.
    """
    climb = int(_CLIMBS_FOR * num_steps)
    start = peak / _START_DIVIDES_PEAK_BY
    end = start / _END_DIVIDES_START_BY
    up = _half_a_cosine(start, peak, climb)
    down = _half_a_cosine(peak, end, num_steps - climb)
    return np.concatenate([up, down, [end]]).astype(np.float32)


def adamw(
    params, rates: np.ndarray, weight_decay: float
) -> tuple[optax.GradientTransformation, optax.OptState]:
    """AdamW that takes its learning rate from `rates`, and its state before the first step.

    Decay is decoupled from the gradient (Loshchilov & Hutter 2019, arXiv:1711.05101). Rates and
    decay are arrays of the state and not constants of the program: a run with others of the same
    number compiles nothing, and no schedule is computed within a step. The state is in NumPy,
    which compiles nothing either; after the last step the last rate stays.
    """
    optimiser = _adamw()
    zeros = jax.tree.map(
        lambda leaf: np.zeros(leaf.shape, leaf.dtype), jax.eval_shape(optimiser.init, params)
    )
    decay = zeros.hyperparams["weight_decay"]
    settings = {"rates": rates, "weight_decay": np.full_like(decay, weight_decay)}
    return optimiser, zeros._replace(hyperparams=settings)


@functools.cache
def _adamw() -> optax.GradientTransformation:
    def build(rates, weight_decay):
        def rate(count):
            return rates.at[count].get(mode="clip")

        return optax.adamw(rate, weight_decay=weight_decay, mask=_decayed)

    return optax.inject_hyperparams(build)(rates=np.zeros(1, np.float32), weight_decay=0.0)


def _half_a_cosine(first: float, last: float, num_steps: int) -> np.ndarray:
    """From `first` towards `last`, which the step after the last would reach: (num_steps,)."""
    progress = np.arange(num_steps) / max(1, num_steps)
    return first + (last - first) * (1 - np.cos(np.pi * progress)) / 2


def _decayed(params):
    """Weight decay shrinks the embedding tables and leaves the biases alone.

    A bias is the mean opinion on a movie; pulling it to zero pulls good and bad movies together.
    """
    return jax.tree_util.tree_map_with_path(
        lambda path, _: "bias" not in jax.tree_util.keystr(path), params
    )
