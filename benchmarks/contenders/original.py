"""The loop of the original practical, written anew after its description.

A compiled step per batch of 64 that `tf.data` delivers, then a second pass over the same batch for
its metrics; validation in batches of 64. In its favour: a shuffle over all ratings, not over 1,024.
"""

import time

import jax

from benchmarks.contenders.ours import describe
from benchmarks.contenders.results import Clock, Result
from benchmarks.practical import Split, solved_model, solved_steps
from helpers import ArrayDataset, Config, initialise_train_state

CONFIG = Config.original()


def run(split: Split) -> list[Result]:
    """One training with the original's batch size, rate and decay."""
    import tensorflow as tf

    tf.config.set_visible_devices([], "GPU")
    steps = solved_steps()
    num_rows = len(split.train["user_id"])
    schedule = ArrayDataset(split.train, CONFIG.BATCH_SIZE, CONFIG.NUM_EPOCHS)
    result, clock = Result("the original's loop", describe(CONFIG)), Clock()
    model = solved_model(split, CONFIG.EMB_DIM, steps)
    state = initialise_train_state(
        model, jax.random.key(CONFIG.SEED), schedule, CONFIG, CONFIG.WEIGHT_DECAY
    )
    train = tf.data.Dataset.from_tensor_slices(dict(split.train))
    train = train.shuffle(num_rows, seed=CONFIG.SEED).batch(CONFIG.BATCH_SIZE).prefetch(1)
    val = tf.data.Dataset.from_tensor_slices(dict(split.val)).batch(CONFIG.BATCH_SIZE).prefetch(1)
    compiling = None
    for _ in range(CONFIG.NUM_EPOCHS):
        state = state.replace(metrics=state.metrics.empty())
        for batch in train.as_numpy_iterator():
            started = time.perf_counter()
            state = steps["train_step"](state, batch)
            state = steps["compute_metrics"](state=state, batch=batch)
            if compiling is None:
                compiling = time.perf_counter() - started
        measured = state.replace(metrics=state.metrics.empty())
        for batch in val.as_numpy_iterator():
            measured = steps["compute_metrics"](state=measured, batch=batch)
        mse = float(measured.metrics.compute()["loss"])
        result.points.append((clock.seconds, mse))
    result.ratings_per_second = CONFIG.NUM_EPOCHS * num_rows / result.seconds
    result.about = {"seconds_compiling": compiling}
    return [result]
