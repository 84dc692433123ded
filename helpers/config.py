"""The settings of a run: one frozen value, handed to whoever needs it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Config:
    """Settings of the practical; `Config(NUM_EPOCHS=3)` changes one of them.

    `Config.original()` gives the settings of the Deep Learning Indaba practical that this course
    grew out of: the same model, reached in many more and smaller steps.
    """

    DATASET: str = "latest-small"
    SOURCE: str = "embedded"
    SEED: int = 42
    EMB_DIM: int = 50
    LR: float = 0.02
    BATCH_SIZE: int = 1024
    NUM_EPOCHS: int = 5
    WEIGHT_DECAY: float = 1.2
    USE_POSTERS: bool = True

    @classmethod
    def original(cls, **changes) -> "Config":
        """The original practical's batch size, learning rate and weight decay."""
        return cls(**{"BATCH_SIZE": 64, "LR": 5e-3, "WEIGHT_DECAY": 0.1} | changes)
