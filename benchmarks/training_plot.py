"""Validation MSE against seconds, everybody in one picture."""

from pathlib import Path

import matplotlib.pyplot as plt

from benchmarks.contenders.results import Result


def plot(results: list[Result], target: Path) -> None:
    """Draw the points of each training; single points where a library tells only its end."""
    figure, axes = plt.subplots(figsize=(11, 5.5), layout="constrained")
    axes.set_prop_cycle(
        color=plt.get_cmap("tab10").colors,
        marker=["o", "s", "^", "D", "v", "P", "X", "*", "<", ">"],
    )
    for result in results:
        seconds, mses = zip(*result.points, strict=True)
        short = ", ".join(x for x in result.setting.split(", ") if x.startswith(("batch", "decay")))
        axes.plot(seconds, mses, label=f"{result.name}\n{short}".strip(), markersize=6)
    axes.set_xscale("log")
    axes.set_ylim(min(result.best_mse for result in results) - 0.01, 0.9)
    axes.set(
        title="The same ratings, learnt in different ways",
        xlabel="seconds, compilation included where there is one",
        ylabel="validation MSE",
    )
    axes.grid(alpha=0.3)
    figure.legend(frameon=False, fontsize=9, loc="outside right center")
    figure.savefig(target, metadata={"Date": None})
    plt.close(figure)
