"""Training over eight virtual devices, and over two processes, beside one device."""

import json
import os
import socket
import subprocess
import sys

import numpy as np
import pytest

# Trains with and without a layout over all devices, and prints what came out.
PROGRAM = """
import json, os, sys
import jax
host, num_hosts, port = map(int, sys.argv[1:4])
if num_hosts > 1:
    jax.distributed.initialize(f"localhost:{port}", num_hosts, host)
import numpy as np
import optax
from flax import linen as nn
from helpers import ArrayDataset, Config, initialise_train_state, train_model
from helpers.engine.layout import on_one_device, over_all_devices

class Model(nn.Module):
    num_items: int
    @nn.compact
    def __call__(self, batch):
        start = nn.initializers.normal()
        users = nn.Embed(40, 8, embedding_init=start, name="user_embs")(batch["user_id"])
        items_of = batch["item_id"]
        items = nn.Embed(self.num_items, 8, embedding_init=start, name="item_embs")(items_of)
        bias = nn.Embed(self.num_items, 1, embedding_init=start, name="item_bias")(items_of)
        return (users * items).sum(-1) + bias[..., 0]

def train_step(state, batch):
    def loss(params):
        return optax.squared_error(state.apply_fn(params, batch), batch["user_rating"]).mean()
    return state.apply_gradients(grads=jax.grad(loss)(state.params))

def compute_metrics(*, state, batch):
    loss = optax.squared_error(state.apply_fn(state.params, batch), batch["user_rating"]).mean()
    update = state.metrics.single_from_model_output(loss=loss, labels=batch["user_rating"])
    return state.replace(metrics=state.metrics.merge(update))

rng = np.random.default_rng(0)
columns = {"user_id": rng.integers(0, 40, 3000).astype(np.int32),
           "item_id": rng.integers(0, 67, 3000).astype(np.int32)}
columns["user_rating"] = (columns["item_id"] % 5 + rng.normal(0, 0.3, 3000)).astype(np.float32)
train_ds = ArrayDataset(columns, 64, num_epochs=4, shuffle=True, seed=3)
val_ds = ArrayDataset({name: column[:701] for name, column in columns.items()}, 64)

def train(layout):
    model = Model(layout.padded(67))
    state = initialise_train_state(model, jax.random.key(0), train_ds, Config(LR=0.05), 0.1)
    state, history = train_model(
        state, train_ds, val_ds, train_step, compute_metrics, report=lambda _: None, layout=layout)
    table = state.params["params"]["item_embs"]["embedding"]
    return history | {"rows_held": table.addressable_shards[0].data.shape[0]}

found = {"devices": jax.device_count(), "replicated": train(over_all_devices())}
found["cut"] = train(over_all_devices(cut_from_bytes=1024))
if num_hosts == 1:
    found["one"] = train(on_one_device())
print(json.dumps(found))
"""


def start(course, num_devices, host=0, num_hosts=1, port=0):
    flags = f"--xla_force_host_platform_device_count={num_devices}"
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(host), str(num_hosts), str(port)],
        cwd=course,
        env=os.environ | {"XLA_FLAGS": flags, "JAX_PLATFORMS": "cpu"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def result_of(process):
    said, complaint = process.communicate(timeout=300)
    assert process.returncode == 0, complaint
    return json.loads(said.strip().splitlines()[-1])


@pytest.fixture(scope="module")
def on_eight_devices(course):
    return result_of(start(course, 8))


@pytest.mark.parametrize("layout", ["replicated", "cut"])
@pytest.mark.parametrize("loss", ["train_loss", "val_loss"])
def test_eight_devices_reach_the_losses_of_one(on_eight_devices, layout, loss):
    assert on_eight_devices["devices"] == 8
    found, expected = on_eight_devices[layout][loss], on_eight_devices["one"][loss]
    np.testing.assert_allclose(found, expected, rtol=1e-4)
    assert expected[-1] < 0.5 * expected[0]


def test_large_tables_are_cut_by_rows_and_small_ones_are_everywhere(on_eight_devices):
    rows = {name: on_eight_devices[name]["rows_held"] for name in ("one", "replicated", "cut")}
    assert rows == {"one": 67, "replicated": 72, "cut": 9}


@pytest.mark.slow
def test_two_hosts_reach_the_losses_of_one_device(course, on_eight_devices):
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    hosts = [start(course, 2, host, 2, port) for host in range(2)]
    for found in map(result_of, hosts):
        assert found["devices"] == 4
        for layout in ("replicated", "cut"):
            np.testing.assert_allclose(
                found[layout]["val_loss"], on_eight_devices["one"]["val_loss"], rtol=1e-4
            )


def test_what_cannot_be_cut_is_said(course):
    program = PROGRAM.split("found = ")[0].replace("layout.padded(67)", "67") + (
        "from helpers.errors import CourseError\n"
        "try:\n    train(over_all_devices(cut_from_bytes=1024))\n"
        "except CourseError as error:\n    print(error)\n"
        "train_ds = ArrayDataset(columns, 60, num_epochs=1)\n"
        "try:\n    train(over_all_devices())\n"
        "except CourseError as error:\n    print(error)\n"
    )
    flags = "--xla_force_host_platform_device_count=8"
    said = subprocess.run(
        [sys.executable, "-c", program, "0", "1", "0"],
        cwd=course,
        env=os.environ | {"XLA_FLAGS": flags, "JAX_PLATFORMS": "cpu"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "67 rows cannot be cut evenly over 8 devices" in said
    assert "with 72 rows" in said
    assert "A batch of 60 cannot be cut evenly over 8 devices" in said
