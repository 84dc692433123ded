"""AdamW with a one-cycle learning rate, its settings kept as numbers in the state."""

import functools

import jax
import numpy as np
import optax


def adamw_one_cycle(num_steps: int) -> optax.GradientTransformation:
    """AdamW whose rate climbs for a quarter of `num_steps` and falls to almost nothing.

    The shape is Smith & Topin's (2019, arXiv:1708.07120) with cosine annealing: from 1/25 of the
    peak to the peak and down to a hundred-thousandth of the start. Decay is decoupled from the
    gradient (Loshchilov & Hutter 2019, arXiv:1711.05101). Peak and decay are set with `fresh`.
    """
    return _adamw_one_cycle(max(1, num_steps))


def fresh(
    optimiser: optax.GradientTransformation, params, peak: float, weight_decay: float
) -> optax.OptState:
    """The state of `adamw_one_cycle` before its first step, in NumPy, which compiles nothing.

    Moments and counters are zero. Peak and decay are arrays of the state and not constants of the
    program, so that a run with other values compiles nothing either.
    """
    values = {"peak": peak, "weight_decay": weight_decay}
    zeros = jax.tree.map(
        lambda leaf: np.zeros(leaf.shape, leaf.dtype), jax.eval_shape(optimiser.init, params)
    )
    return zeros._replace(
        hyperparams={
            name: np.full_like(leaf, values[name]) for name, leaf in zeros.hyperparams.items()
        }
    )


@functools.lru_cache(maxsize=32)
def _adamw_one_cycle(num_steps: int) -> optax.GradientTransformation:
    shape = optax.cosine_onecycle_schedule(
        num_steps, peak_value=1.0, pct_start=0.25, div_factor=25.0, final_div_factor=1e5
    )

    def build(peak, weight_decay):
        return optax.adamw(
            lambda count: peak * shape(count), weight_decay=weight_decay, mask=_decayed
        )

    return optax.inject_hyperparams(build)(peak=1.0, weight_decay=0.0)


def _decayed(params):
    """Weight decay shrinks the embedding tables and leaves the biases alone.

    A bias is the mean opinion on a movie; pulling it to zero pulls good and bad movies together.
    """
    return jax.tree_util.tree_map_with_path(
        lambda path, _: "bias" not in jax.tree_util.keystr(path), params
    )
