"""The original practical's way of training, written anew after its notebook.

(https://github.com/deep-learning-indaba/indaba-pracs-2023, practicals/Recommender_Systems.ipynb)

The state is made one operation at a time, and AdamW decays every parameter. `tf.data` deals out
batches of 64, timestamps included that nobody reads; after each compiled step the same batch passes
a second time for its metrics; the ratings to validate on come shuffled and in batches of 64 too.
"""

import time

import jax
import numpy as np
import optax
from clu import metrics as clu_metrics
from flax import struct
from flax.training import train_state

from benchmarks.contenders.ours import describe
from benchmarks.contenders.results import Clock, Result
from benchmarks.practical import Split, solved_model, solved_steps
from helpers import Config

CONFIG = Config.original()
_SHUFFLE_BUFFER = 1024


@struct.dataclass
class _Metrics(clu_metrics.Collection):
    loss: clu_metrics.Average.from_output("loss")


class _TrainState(train_state.TrainState):
    metrics: _Metrics


def run(split: Split) -> list[Result]:
    """One training with the original's batch size, rate and decay."""
    import tensorflow as tf

    tf.config.set_visible_devices([], "GPU")
    steps, key = solved_steps(), jax.random.key(CONFIG.SEED)
    rows = tf.data.Dataset.from_tensor_slices(_mixed(split.train))
    val_rows = tf.data.Dataset.from_tensor_slices(_mixed(split.val))
    result, clock = Result("the original's loop", describe(CONFIG)), Clock()
    train_ds, val_ds = _batches(rows.repeat(CONFIG.NUM_EPOCHS)), _batches(val_rows)
    num_steps = int(train_ds.cardinality())
    model = solved_model(split, CONFIG.EMB_DIM, steps)
    state = _initialise(model, key, next(train_ds.as_numpy_iterator()), num_steps)
    compiling = clock.seconds
    for number, batch in enumerate(train_ds.as_numpy_iterator(), start=1):
        started = time.perf_counter()
        state = steps["train_step"](state, batch)
        state = steps["compute_metrics"](state=state, batch=batch)
        if number == 1:
            compiling += time.perf_counter() - started
        if number % (num_steps // CONFIG.NUM_EPOCHS) == 0:
            state.metrics.compute()
            state = state.replace(metrics=state.metrics.empty())
            measured = state
            for val_batch in val_ds.as_numpy_iterator():
                measured = steps["compute_metrics"](state=measured, batch=val_batch)
            mse = float(measured.metrics.compute()["loss"])
            result.points.append((clock.seconds, mse))
    seen = CONFIG.NUM_EPOCHS * len(split.train["user_id"])
    result.ratings_per_second = seen / result.seconds
    result.about = {"seconds_compiling": compiling}
    return [result]


def _mixed(columns) -> dict[str, np.ndarray]:
    """The columns as TensorFlow Datasets hands them out: mixed, and with the timestamp."""
    order = np.random.default_rng(CONFIG.SEED).permutation(len(columns["user_id"]))
    mixed = {name: column[order] for name, column in columns.items()}
    return mixed | {"timestamp": np.zeros(len(order), np.int32)}


def _batches(rows):
    return rows.shuffle(_SHUFFLE_BUFFER, seed=CONFIG.SEED).batch(CONFIG.BATCH_SIZE).prefetch(1)


def _initialise(model, key: jax.Array, batch: dict, num_steps: int) -> _TrainState:
    rate = optax.cosine_onecycle_schedule(
        num_steps, peak_value=CONFIG.LR, pct_start=0.25, div_factor=25.0, final_div_factor=1e5
    )
    return _TrainState.create(
        apply_fn=model.apply,
        params=model.init(key, batch),
        tx=optax.adamw(rate, weight_decay=CONFIG.WEIGHT_DECAY),
        metrics=_Metrics.empty(),
    )
