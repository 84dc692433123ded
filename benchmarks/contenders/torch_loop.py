"""The same model and the practical's own settings in a plain PyTorch loop."""

import torch
from torch import nn

from benchmarks.contenders.ours import describe
from benchmarks.contenders.results import Clock, Result
from benchmarks.practical import HIGHEST, LOWEST, Split
from helpers import Config

CONFIG = Config()


class BiasModel(nn.Module):
    """The practical's model with biases and range."""

    def __init__(self, num_users: int, num_items: int, emb_dim: int):
        super().__init__()
        self.user_embs, self.item_embs = (
            nn.Embedding(num_users, emb_dim),
            nn.Embedding(num_items, emb_dim),
        )
        self.user_bias, self.item_bias = nn.Embedding(num_users, 1), nn.Embedding(num_items, 1)
        for table in self.children():
            nn.init.normal_(table.weight, std=0.01)

    def forward(self, users: torch.Tensor, items: torch.Tensor) -> torch.Tensor:
        score = (self.user_embs(users) * self.item_embs(items)).sum(-1)
        score = score + (self.user_bias(users) + self.item_bias(items))[:, 0]
        return LOWEST + (HIGHEST - LOWEST) * torch.sigmoid(score)


def load_lazy_parts() -> None:
    """Take one step with something small: PyTorch imports the rest of itself, for seconds, then."""
    number = nn.Parameter(torch.zeros(1))
    optimiser = torch.optim.AdamW([number])
    (number**2).sum().backward()
    optimiser.step()


def run(split: Split) -> list[Result]:
    """AdamW, one cycle, batches cut from a permutation of tensors in memory."""
    load_lazy_parts()
    torch.manual_seed(CONFIG.SEED)
    train, val = (
        [torch.from_numpy(part[name]) for name in ("user_id", "item_id", "user_rating")]
        for part in (split.train, split.val)
    )
    num_rows = len(train[0])
    result, clock = Result("PyTorch loop", describe(CONFIG)), Clock()
    model = BiasModel(split.num_users, split.num_items, CONFIG.EMB_DIM)
    decayed = [model.user_embs.weight, model.item_embs.weight]
    biases = [model.user_bias.weight, model.item_bias.weight]
    optimiser = torch.optim.AdamW(
        [
            {"params": decayed, "weight_decay": CONFIG.WEIGHT_DECAY},
            {"params": biases, "weight_decay": 0.0},
        ],
        lr=CONFIG.LR,
    )
    num_batches = -(-num_rows // CONFIG.BATCH_SIZE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser,
        CONFIG.LR,
        total_steps=CONFIG.NUM_EPOCHS * num_batches,
        pct_start=0.25,
        cycle_momentum=False,
    )

    def measure() -> float:
        with torch.no_grad():
            return float(nn.functional.mse_loss(model(*val[:2]), val[2]))

    for _ in range(CONFIG.NUM_EPOCHS):
        for rows in torch.randperm(num_rows).split(CONFIG.BATCH_SIZE):
            users, items, stars = (column[rows] for column in train)
            optimiser.zero_grad()
            nn.functional.mse_loss(model(users, items), stars).backward()
            optimiser.step()
            schedule.step()
        result.points.append((clock.seconds, clock.without(measure)))
    result.ratings_per_second = CONFIG.NUM_EPOCHS * num_rows / result.seconds
    return [result]
