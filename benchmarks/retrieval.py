"""Exact and approximate search: recall against time for Annoy's trees and `search_k`.

    python -m benchmarks.retrieval [--largest 1000000]

Items are the practical's trained movies, resampled with noise, so that they lie as trained
embeddings do; queries are other samples. Everything is by angle, the ten nearest.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import jax.numpy as jnp
import matplotlib.pyplot as plt
import numpy as np
import typer
from annoy import AnnoyIndex
from rich.console import Console

from benchmarks.tables import markdown_table, write_section
from helpers import top_k_for_all
from helpers.data.files import DATA_DIR

SIZES = (1_000, 10_000, 100_000, 1_000_000)
TREES = (10, 40)
SEARCH_K = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)
GOOD_RECALL = 0.9
PLOT = Path(__file__).with_name("retrieval.svg")
_QUERIES, _K, _NOISE, _SEED = 100, 10, 0.5, 0


@dataclass(frozen=True)
class Approximate:
    """Annoy at one number of trees and one `search_k`."""

    trees: int
    search_k: int
    recall: float
    seconds: float  # per query


@dataclass(frozen=True)
class Measured:
    """One catalogue: exact search one query at a time and in blocks, and Annoy's curve."""

    num_items: int
    exact_one: float  # seconds per query
    exact_block: float
    build: dict[int, float]  # seconds by number of trees
    curve: list[Approximate]

    @property
    def cheapest_good(self) -> Approximate | None:
        good = [each for each in self.curve if each.recall >= GOOD_RECALL]
        return min(good, key=lambda each: each.seconds, default=None)


def main(
    largest: Annotated[int, typer.Option(help="Items in the largest catalogue.")] = SIZES[-1],
) -> None:
    """Measure every size, draw the curves, write the table."""
    with Console(stderr=True).status("") as status:
        found = []
        for num_items in (size for size in SIZES if size <= largest):
            status.update(f"{num_items:,} items")
            found.append(measure(num_items))
    plot(found)
    text = report(found)
    write_section("retrieval", text)
    print(text)


def embeddings(count: int, seed: int) -> np.ndarray:
    """`count` vectors like the practical's movies with a trained length: (count, d), float32."""
    with np.load(DATA_DIR / "checkpoint.npz") as packed:
        table = packed["item_embs"] * packed["item_embs.step"]
    table = table[np.linalg.norm(table, axis=1) > np.linalg.norm(table, axis=1).mean()]
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((count, table.shape[1]), np.float32)
    return table[rng.integers(0, len(table), count)] + _NOISE * table.std() * noise


def measure(num_items: int) -> Measured:
    """Times and recalls for one catalogue."""
    items, queries = embeddings(num_items, _SEED), embeddings(_QUERIES, _SEED + 1)
    on_device = jnp.asarray(items)
    exact = top_k_for_all(queries, on_device, _K, cosine=True).items
    exact_block = _seconds(lambda: top_k_for_all(queries, on_device, _K, cosine=True)) / _QUERIES
    # Lengths are divided out once: a server would keep the table in that form.
    unit = on_device / jnp.linalg.norm(on_device, axis=1, keepdims=True)
    exact_one = _seconds(lambda: [top_k_for_all(q[None], unit, _K) for q in queries[:10]]) / 10
    build, curve = {}, []
    for trees in TREES:
        started = time.perf_counter()
        index = AnnoyIndex(items.shape[1], "angular")
        index.set_seed(_SEED)
        for item, vector in enumerate(items):
            index.add_item(item, vector)
        index.build(trees)
        build[trees] = time.perf_counter() - started
        for search_k in SEARCH_K:
            started = time.perf_counter()
            near = [index.get_nns_by_vector(query, _K, search_k=search_k) for query in queries]
            seconds = (time.perf_counter() - started) / _QUERIES
            hits = [len(set(a) & set(e.tolist())) for a, e in zip(near, exact, strict=True)]
            curve.append(Approximate(trees, search_k, sum(hits) / exact.size, seconds))
            if search_k >= num_items:
                break
    return Measured(num_items, exact_one, exact_block, build, curve)


def _seconds(action) -> float:
    """The median of three runs after one to compile."""
    action()
    times = []
    for _ in range(3):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return sorted(times)[1]


def report(found: list[Measured]) -> str:
    """The table, and from where on approximate search pays."""
    rows = []
    for each in found:
        good = each.cheapest_good
        build = "" if good is None else each.build[good.trees]
        saved = None if good is None else each.exact_one - good.seconds
        rows.append(
            [
                f"{each.num_items:,}",
                f"{1e3 * each.exact_one:.2f}",
                f"{1e3 * each.exact_block:.2f}",
                "" if good is None else f"{1e3 * good.seconds:.2f}",
                "" if good is None else f"{good.trees} trees, search_k {good.search_k:,}",
                "" if good is None else f"{build:.1f}",
                "never" if saved is None or saved <= 0 else f"{build / saved:,.0f}",
            ]
        )
    header = [
        "items",
        "exact, one query (ms)",
        f"exact, {_QUERIES} together (ms each)",
        f"Annoy at recall {GOOD_RECALL:.0%} (ms)",
        "with",
        "build (s)",
        "queries until the build has paid",
    ]
    return "\n".join([markdown_table(rows, header), "", verdict(found)])


def verdict(found: list[Measured]) -> str:
    """One sentence about where approximate search begins to pay."""
    against = {"one at a time": "exact_one", f"{_QUERIES} together": "exact_block"}
    sentences = []
    for way, name in against.items():
        paying = [
            each.num_items
            for each in found
            if each.cheapest_good and each.cheapest_good.seconds < getattr(each, name)
        ]
        where = f"from {min(paying):,} items on" if paying else f"at none of these sizes, {way}"
        if paying:
            sentences.append(f"For queries that come {way}, approximate search pays {where}.")
        else:
            sentences.append(f"For queries that come {way}, exact search wins at all these sizes.")
    return " ".join(sentences)


def plot(found: list[Measured]) -> None:
    """Recall against milliseconds a query, exact search at recall 1 in the same picture."""
    colours = plt.get_cmap("tab10").colors
    figure, axes = plt.subplots(figsize=(9, 5.5), layout="constrained")
    for colour, each in zip(colours, found, strict=False):
        for trees, style in zip(TREES, ("-", "--"), strict=True):
            points = [point for point in each.curve if point.trees == trees]
            axes.plot(
                [1e3 * point.seconds for point in points],
                [point.recall for point in points],
                style,
                marker="o",
                markersize=4,
                color=colour,
                label=f"{each.num_items:,} items, {trees} trees",
            )
        axes.plot(1e3 * each.exact_one, 1.0, "*", markersize=15, color=colour)
        axes.plot(1e3 * each.exact_block, 1.0, "D", markersize=7, color=colour)
    axes.set_xscale("log")
    axes.set(
        title="Annoy's curves; exact search is a star (one query) and a diamond (many together)",
        xlabel="milliseconds per query",
        ylabel="recall of the exact ten",
        ylim=(0, 1.05),
    )
    axes.grid(alpha=0.3)
    axes.legend(frameon=False, fontsize=9)
    figure.savefig(PLOT, metadata={"Date": None})
    plt.close(figure)


if __name__ == "__main__":
    typer.run(main)
