"""What the benchmarks of configuration, retrieval and scale make of measured numbers."""

import numpy as np

from benchmarks.configuration import Outcome, candidates, finalists, table
from benchmarks.retrieval import Approximate, Measured, embeddings, report, verdict
from benchmarks.scale import SHAPES, Watch, synthetic
from helpers import Config


def test_the_grid_keeps_the_pull_of_the_decay_whatever_the_batch():
    pulls = {round(c.LR * c.WEIGHT_DECAY * 1024 / c.BATCH_SIZE, 3) for c in candidates()}
    assert pulls == {0.016, 0.024, 0.034}
    assert len(set(candidates())) == len(candidates())


def test_finalists_are_the_best_of_each_batch_size():
    mse = {config: index / 1000 for index, config in enumerate(candidates())}
    chosen = finalists([Outcome(config, mse[config], 0, 1) for config in mse])
    for config in chosen:
        better = [c for c in mse if c.BATCH_SIZE == config.BATCH_SIZE and mse[c] < mse[config]]
        assert len(better) < 2


def test_the_table_marks_the_practicals_and_the_originals_settings():
    text = table(
        "an edition", [Outcome(Config.original(), 0.8, 0.1, 9), Outcome(Config(), 0.7, 0.1, 1)]
    )
    rows = text.splitlines()[4:]
    assert "the practical's" in rows[0]
    assert "the original's" in rows[1]


def measured(num_items, exact, annoy):
    curve = [Approximate(10, 100, 0.5, 0.00001), Approximate(10, 1000, 0.95, annoy)]
    return Measured(num_items, exact, exact / 2, {10: 3.0}, curve)


def test_where_approximate_search_pays_is_where_it_is_faster_at_good_recall():
    found = [measured(1000, 0.001, 0.002), measured(100_000, 0.02, 0.015)]
    said = verdict(found)
    assert "one at a time, approximate search pays from 100,000 items on" in said
    assert "100 together, exact search wins" in said
    rows = report(found).splitlines()[2:4]
    assert rows[0].endswith("| never |")
    assert rows[1].endswith(f"| {3.0 / 0.005:,.0f} |")


def test_resampled_embeddings_have_the_width_of_trained_ones():
    vectors = embeddings(50, 1)
    assert vectors.shape == (50, 50)
    assert vectors.dtype == np.float32
    assert (vectors != embeddings(50, 2)).any()


def test_synthetic_ratings_have_a_long_tail_and_real_stars():
    shape = SHAPES[0]
    ratings = synthetic(shape, 50_000, seed=3)
    assert set(np.unique(ratings["user_rating"] * 2)) <= set(range(1, 11))
    counts = np.sort(np.bincount(ratings["item_id"], minlength=shape.num_items))[::-1]
    assert counts[: shape.num_items // 10].sum() > 0.4 * 50_000
    assert ratings["user_id"].max() < shape.num_users


def test_the_watch_sees_memory_that_comes_and_goes():
    import time

    with Watch() as watch:
        before = watch.peak
        held = np.ones(40 * 2**20, np.uint8)
        time.sleep(0.2)
        del held
    assert watch.peak > before + 30
