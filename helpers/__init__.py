"""What the notebooks import. Names are looked up on first use, so `import helpers` stays light."""

import importlib

_HOMES = {
    "batches": ["ArrayDataset"],
    "checkpoint": ["load_checkpoint"],
    "checks": ["check"],
    "config": ["Config"],
    "datasets": ["get_dataset"],
    "environment": ["prepare_environment"],
    "exercises": ["needs"],
    "leaderboard": ["Leaderboard"],
    "live": ["live_loss"],
    "maps": ["plot_embedding_map"],
    "movies": ["find_movies", "make_movie_lookup"],
    "panel": ["progress_panel"],
    "plots": [
        "plot_biases",
        "plot_leaderboard",
        "plot_metric_history",
        "plot_predictions",
        "plot_recall_curve",
    ],
    "poster_archive": ["download_posters", "unzip_posters"],
    "posters": ["display_recommendations"],
    "preparation": [
        "create_eval_tfds_from_df",
        "cross_tabulate",
        "densify_column_values",
        "get_train_val_split",
        "make_mapping",
        "prepare_dataloaders",
        "to_tfds",
    ],
    "projector": ["open_projector", "write_projector"],
    "retrieval": ["top_k_for_all"],
    "search": ["search_dataframe"],
    "submit": ["save_and_submit"],
    "training": [
        "Metrics",
        "TrainState",
        "evaluate",
        "initialise_train_state",
        "pred_step",
        "train_model",
    ],
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)


def __getattr__(name: str):
    if name not in _HOME_OF:
        raise AttributeError(f"module 'helpers' has no attribute {name!r}")
    return getattr(importlib.import_module(f"helpers.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return __all__
