"""What the notebooks import. Names are looked up on first use, so `import helpers` stays light."""

import importlib

_HOMES = {
    "checks": ["check"],
    "config": ["Config"],
    "data.batches": ["ArrayDataset"],
    "data.datasets": ["get_dataset"],
    "data.movies": ["find_movies", "make_movie_lookup"],
    "data.preparation": [
        "create_eval_tfds_from_df",
        "cross_tabulate",
        "densify_column_values",
        "get_train_val_split",
        "make_mapping",
        "prepare_dataloaders",
        "to_tfds",
    ],
    "engine.state": ["Metrics", "TrainState"],
    "notebook.checkpoint": ["load_checkpoint"],
    "notebook.environment": ["prepare_environment"],
    "notebook.exercises": ["needs"],
    "notebook.leaderboard": ["Leaderboard"],
    "notebook.live": ["live_loss"],
    "notebook.panel": ["progress_panel"],
    "notebook.posters": ["display_recommendations"],
    "notebook.search": ["search_dataframe"],
    "notebook.submit": ["save_and_submit"],
    "pictures.maps": ["plot_embedding_map"],
    "pictures.plots": [
        "plot_biases",
        "plot_leaderboard",
        "plot_metric_history",
        "plot_predictions",
        "plot_recall_curve",
    ],
    "pictures.poster_archive": ["download_posters", "unzip_posters"],
    "projector": ["open_projector", "write_projector"],
    "retrieval": ["top_k_for_all"],
    "training": [
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
