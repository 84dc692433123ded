"""Search for the batch size, rate and decay that reach the best validation MSE in the least time.

    python -m benchmarks.configuration [--ratings RATINGS_CSV ...]

First a grid with one seed: for each batch size and number of epochs, rates by the *pull* of the
decay, rate times decay per 1,024 ratings, which is what shrinks the weights. Then the best few of
each batch size with three seeds; a seed decides the split, the first weights and the order.
"""

import itertools
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import jax
import numpy as np
import typer
from rich.console import Console
from rich.progress import track

from benchmarks.practical import Split, edition, make_split, solved_model, solved_steps
from benchmarks.tables import markdown_table, write_section
from helpers import ArrayDataset, Config, initialise_train_state, train_model

BATCHES = {256: (3, 5), 512: (3, 5), 1024: (3, 5, 8), 2048: (5, 8), 4096: (5, 8)}
RATES = (0.01, 0.014, 0.02, 0.028)  # for batches of 1,024; with the root of the batch size
PULLS = (0.016, 0.024, 0.034)
SEEDS = (42, 43, 44)
MORE_DECAY = Config.original(WEIGHT_DECAY=0.2)
_NAMES = {
    Config(): "**the practical's**",
    Config.original(): "the original's",
    MORE_DECAY: "the original's, with twice the decay",
}
_FINALISTS = 2  # of each batch size
_STEPS = solved_steps()


@dataclass(frozen=True)
class Outcome:
    """What one configuration came to on one edition: the mean over seeds, and their spread."""

    config: Config
    mse: float
    spread: float
    seconds: float


def main(
    ratings: Annotated[
        list[Path] | None, typer.Option(help="Further editions: GroupLens's ratings.csv.")
    ] = None,
) -> None:
    """Search on the embedded ratings and on every other edition given; write the table."""
    console, sections = Console(stderr=True), []
    for path in (None, *(ratings or ())):
        splits = {seed: make_split(path, seed) for seed in SEEDS}
        grid = [
            outcome(config, {SEEDS[0]: splits[SEEDS[0]]})
            for config in track(candidates(), f"{edition(path)}: grid", console=console)
        ]
        chosen = [Config.original(), MORE_DECAY, Config(), *finalists(grid)]
        finals = [
            outcome(config, splits)
            for config in track(
                list(dict.fromkeys(chosen)), f"{edition(path)}: three seeds", console=console
            )
        ]
        sections.append(table(edition(path), finals))
    text = "\n\n".join(sections)
    write_section("configuration", text)
    print(text)


def candidates() -> list[Config]:
    """The grid: rates grow with the root of the batch size, and the decay keeps the pull."""
    configs = []
    for (batch, epochs), rate, pull in itertools.product(
        ((batch, epochs) for batch, all_epochs in BATCHES.items() for epochs in all_epochs),
        RATES,
        PULLS,
    ):
        rate = round(rate * (batch / 1024) ** 0.5, 4)
        decay = round(pull / rate * batch / 1024, 2)
        configs.append(Config(BATCH_SIZE=batch, LR=rate, WEIGHT_DECAY=decay, NUM_EPOCHS=epochs))
    return configs


def finalists(grid: list[Outcome]) -> list[Config]:
    """The best few of each batch size."""
    chosen = []
    for batch in BATCHES:
        of_size = [each for each in grid if batch == each.config.BATCH_SIZE]
        of_size.sort(key=lambda each: each.mse)
        chosen += [each.config for each in of_size[:_FINALISTS]]
    return chosen


def outcome(config: Config, splits: dict[int, Split]) -> Outcome:
    """Train with `config` on each split; seconds are those of training, compiled already."""
    found = [_train(config, split, seed) for seed, split in splits.items()]
    mses, seconds = zip(*found, strict=True)
    return Outcome(config, float(np.mean(mses)), float(np.ptp(mses)), float(np.median(seconds)))


def _train(config: Config, split: Split, seed: int) -> tuple[float, float]:
    train_ds = ArrayDataset(
        split.train, config.BATCH_SIZE, config.NUM_EPOCHS, shuffle=True, seed=seed
    )
    val_ds = ArrayDataset(split.val, config.BATCH_SIZE)
    state = initialise_train_state(
        solved_model(split, config.EMB_DIM, _STEPS),
        jax.random.key(seed),
        train_ds,
        config,
        config.WEIGHT_DECAY,
    )
    ends = []
    _, history = train_model(
        state,
        train_ds,
        val_ds,
        _STEPS["train_step"],
        _STEPS["compute_metrics"],
        report=lambda line: None,
        on_epoch=lambda epoch: ends.append(time.perf_counter()),
    )
    # The first epoch may have compiled: the others tell how long one takes.
    per_epoch = float(np.median(np.diff(ends)))
    return history["val_loss"][-1], per_epoch * config.NUM_EPOCHS


def table(name: str, finals: list[Outcome]) -> str:
    """One row for each finalist, best first."""
    rows = [
        [
            each.config.BATCH_SIZE,
            f"{each.config.LR:g}",
            f"{each.config.WEIGHT_DECAY:g}",
            each.config.NUM_EPOCHS,
            f"{each.mse:.4f}",
            f"{each.spread:.4f}",
            f"{each.seconds:.2f}",
            _NAMES.get(each.config, ""),
        ]
        for each in sorted(finals, key=lambda each: each.mse)
    ]
    header = ["batch", "rate", "decay", "epochs", "validation MSE", "spread", "seconds", ""]
    return f"{name}, mean of seeds {', '.join(map(str, SEEDS))}:\n\n" + markdown_table(rows, header)


if __name__ == "__main__":
    typer.run(main)
