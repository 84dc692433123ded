"""fastai's collaborative filtering learner, with the practical's batches and two decays.

Its tutorial's batches of 64 take minutes an epoch on two cores, so the comparison is in its favour.
"""

import pandas as pd
from fastai.callback.core import Callback
from fastai.collab import TabularCollab, collab_learner
from fastai.data.block import TransformBlock
from fastai.tabular.core import Categorify
from fastai.torch_core import set_seed

from benchmarks.contenders.results import Clock, Result
from benchmarks.contenders.torch_loop import load_lazy_parts
from benchmarks.practical import HIGHEST, LOWEST, Split

# (batch size, rate, decay); it decays the biases too, so the practical's decay is an upper end.
SETTINGS = ((1024, 2e-2, 0.3), (1024, 2e-2, 1.2))
_EPOCHS = 5


class Laps(Callback):
    """Notes the seconds at the end of each epoch, its validation included."""

    def __init__(self, clock: Clock):
        super().__init__()
        self.watch, self.seconds = clock, []

    def after_epoch(self):
        self.seconds.append(self.watch.seconds)


def run(split: Split) -> list[Result]:
    """One training for each of the settings."""
    load_lazy_parts()
    return [_fit(split, *setting) for setting in SETTINGS]


def _fit(split: Split, batch_size: int, rate: float, decay: float) -> Result:
    described = f"batch {batch_size}, rate {rate:g}, decay {decay:g}, {_EPOCHS} epochs, d = 50"
    set_seed(0)
    frames = [pd.DataFrame(dict(part)) for part in (split.train, split.val)]
    num_rows, total = len(frames[0]), sum(map(len, frames))
    result, clock = Result("fastai collab", described), Clock()
    table = TabularCollab(
        pd.concat(frames, ignore_index=True),
        [Categorify],
        ["user_id", "item_id"],
        y_names=["user_rating"],
        y_block=TransformBlock(),
        splits=(list(range(num_rows)), list(range(num_rows, total))),
    )
    learner = collab_learner(
        table.dataloaders(bs=batch_size), n_factors=50, y_range=(LOWEST, HIGHEST)
    )
    laps = Laps(clock)
    with learner.no_bar(), learner.no_logging():
        learner.fit_one_cycle(_EPOCHS, rate, wd=decay, cbs=[laps])
    # The recorder's columns: train loss, validation loss.
    losses = [float(values[1]) for values in learner.recorder.values]
    result.points += zip(laps.seconds, losses, strict=True)
    result.ratings_per_second = _EPOCHS * num_rows / result.seconds
    return result
