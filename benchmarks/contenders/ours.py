"""The practical as it is: `train_model` with the solved model and steps."""

import dataclasses

import jax

from benchmarks.contenders.results import Clock, Result
from benchmarks.practical import Split, solved_model, solved_steps
from helpers import ArrayDataset, Config, initialise_train_state, train_model

# The best of benchmarks/configuration.py, on both editions.
THOROUGH = Config(BATCH_SIZE=256, LR=0.007, WEIGHT_DECAY=0.57)


def run(split: Split) -> list[Result]:
    """The practical's settings, compiled anew and then compiled already; and thorough ones."""
    steps = solved_steps()
    cold = _train("ours", split, Config(), steps)
    steady = _train("ours, compiled", split, Config(), steps)
    cold.about["bytes_per_step"] = steady.about["bytes_per_step"] = _bytes_per_step(split, Config())
    return [cold, steady, _train("ours, thorough", split, THOROUGH, steps)]


def _train(name: str, split: Split, config: Config, steps: dict) -> Result:
    train_ds = ArrayDataset(
        split.train, config.BATCH_SIZE, config.NUM_EPOCHS, shuffle=True, seed=config.SEED
    )
    val_ds = ArrayDataset(split.val, config.BATCH_SIZE)
    result, clock = Result(name, describe(config)), Clock()
    model = solved_model(split, config.EMB_DIM, steps)
    key = jax.random.key(config.SEED)
    state = initialise_train_state(model, key, train_ds, config, config.WEIGHT_DECAY)
    train_model(
        state,
        train_ds,
        val_ds,
        steps["train_step"],
        steps["compute_metrics"],
        report=lambda line: None,
        on_epoch=lambda epoch: result.points.append((clock.seconds, epoch.val_loss)),
    )
    result.ratings_per_second = config.NUM_EPOCHS * train_ds.num_rows / result.seconds
    steps_made = config.NUM_EPOCHS * train_ds.num_rows // config.BATCH_SIZE
    result.about = dataclasses.asdict(config) | {"seconds_per_step": result.seconds / steps_made}
    return result


def describe(config: Config) -> str:
    """The settings that matter, in a table's cell."""
    return (
        f"batch {config.BATCH_SIZE}, rate {config.LR:g}, decay {config.WEIGHT_DECAY:g}, "
        f"{config.NUM_EPOCHS} epochs, d = {config.EMB_DIM}"
    )


def _bytes_per_step(split: Split, config: Config) -> int:
    """What one step cannot help moving.

    AdamW reads parameters, gradient and two moments and writes three of them back, and the
    gradient must be written too: eight passes. Each rating of a batch moves its rows three times:
    forward, and to read and write its part of the gradient.
    """
    width = config.EMB_DIM + 1
    tables = (split.num_users + split.num_items) * width
    return 4 * (8 * tables + 3 * config.BATCH_SIZE * 2 * width)
