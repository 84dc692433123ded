"""Loss curves that grow while a model trains."""

import io
import re
from collections.abc import Mapping

from IPython.display import display

from helpers.notebook.widget_view import nobody_looks_on
from helpers.pictures.plots import plot_metric_history

# What `train_model` reports of an epoch.
_EPOCH = re.compile(r"epoch (\d+)/(\d+) +train ([\d.]+) +validation ([\d.]+)")


class LiveLoss:
    """A `report` for `train_model`: each epoch redraws one picture; remarks are printed."""

    def __init__(self, baseline: Mapping[str, float] | None):
        self._baseline = baseline
        self._history: dict[str, list[float]] = {"train_loss": [], "val_loss": []}
        self._lines: list[str] = []
        self._picture = None

    def __call__(self, line: str) -> None:
        found = _EPOCH.match(line)
        if found is None:
            print(line)
            return
        epoch, num_epochs = int(found[1]), int(found[2])
        self._history["train_loss"].append(float(found[3]))
        self._history["val_loss"].append(float(found[4]))
        self._lines.append(line)
        if epoch == num_epochs or not nobody_looks_on():
            self._draw(num_epochs)

    def _draw(self, num_epochs: int) -> None:
        figure = plot_metric_history(self._history, self._baseline, num_epochs)
        png = io.BytesIO()
        figure.savefig(png, format="png")
        bundle = {"image/png": png.getvalue(), "text/plain": "\n".join(self._lines)}
        if self._picture is None:
            self._picture = display(bundle, raw=True, display_id=True)
        else:
            self._picture.update(bundle, raw=True)


def live_loss(baseline: Mapping[str, float] | None = None) -> LiveLoss:
    """Hand it to `train_model(..., report=...)`; `baseline` (name -> MSE) are lines across."""
    return LiveLoss(baseline)
