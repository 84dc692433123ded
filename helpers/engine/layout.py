"""Where arrays lie: on one device, or over all devices of one or several hosts."""

import os
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import AxisType, Mesh, NamedSharding, PartitionSpec

from helpers.errors import CourseError

_AXIS = "data"
# A table brings its gradient, two moments of AdamW and a copy along, and leaves room for the rest.
_SHARE_OF_DEVICE = 1 / 8


@dataclass(frozen=True)
class Layout:
    """Batches are cut over the devices of `mesh`; what is larger than a device bears, by rows.

    Each device works on its part of every batch and all hold the same parameters, save arrays of
    `cut_from_bytes` and more, of which each holds some rows. The sums over a batch are the same,
    so the losses are. Made by `on_one_device` and `over_all_devices`.
    """

    mesh: Mesh
    cut_from_bytes: int

    @property
    def num_devices(self) -> int:
        return self.mesh.size

    def place_state(self, state):
        """A copy of `state` on the devices. `CourseError` when a large table cannot be cut."""
        return jax.tree_util.tree_map_with_path(
            lambda path, leaf: self._put(leaf, self._of(leaf, path)), state
        )

    def place_rows(self, columns):
        """The columns on every device, whole: any batch is then cut without moving a row."""
        return jax.tree.map(lambda column: self._put(np.asarray(column), self._whole), columns)

    def cut_batch(self, batch):
        """Inside a compiled program: give each device its part of `batch`, if parts are equal."""
        cut = NamedSharding(self.mesh, PartitionSpec(_AXIS))
        rows = len(jax.tree.leaves(batch)[0])
        if self.num_devices == 1 or rows % self.num_devices:
            return batch
        return jax.tree.map(lambda leaf: jax.lax.with_sharding_constraint(leaf, cut), batch)

    def keep_state(self, state):
        """Inside a compiled program: leave every array of `state` where `place_state` put it."""
        if self.num_devices == 1:
            return state
        return jax.tree.map(
            lambda leaf: jax.lax.with_sharding_constraint(leaf, self._of(leaf)), state
        )

    def padded(self, num_rows: int) -> int:
        """The next size of a table that can be cut: give it to a model as `num_items`, say."""
        return -(-num_rows // self.num_devices) * self.num_devices

    @property
    def _whole(self) -> NamedSharding:
        return NamedSharding(self.mesh, PartitionSpec())

    def _of(self, leaf, path=()) -> NamedSharding:
        shape, itemsize = np.shape(leaf), jnp.result_type(leaf).itemsize
        if self.num_devices == 1 or np.prod(shape) * itemsize < self.cut_from_bytes or not shape:
            return self._whole
        if shape[0] % self.num_devices:
            raise CourseError(
                f"{jax.tree_util.keystr(path)} is too large for one device, and its {shape[0]} "
                f"rows cannot be cut evenly over {self.num_devices} devices. Make the model with "
                f"{self.padded(shape[0])} rows: layout.padded(n) rounds up, and nobody looks up "
                "the additional ones."
            )
        return NamedSharding(self.mesh, PartitionSpec(_AXIS))

    def _put(self, array, sharding: NamedSharding) -> jax.Array:
        dtype = jnp.result_type(array)
        if jax.dtypes.issubdtype(dtype, jax.dtypes.prng_key):
            data = self._put(jax.random.key_data(array), self._whole)
            return jax.random.wrap_key_data(data, impl=jax.random.key_impl(array))
        # By callback each process puts what its own devices hold, and nothing is compiled. A copy:
        # training gives its buffers from epoch to epoch, and the caller's stay usable.
        whole = np.asarray(array, dtype)
        return jax.make_array_from_callback(
            whole.shape, sharding, lambda index: np.array(whole[index], copy=True)
        )


def on_one_device() -> Layout:
    """Everything on this process's first device."""
    return _layout(jax.local_devices()[:1], 0)


def over_all_devices(cut_from_bytes: int | None = None) -> Layout:
    """Over all devices of all processes; on a machine with one device, the same as on one.

    For several hosts, start the same program on each and call `jax.distributed.initialize()`
    first. Arrays of `cut_from_bytes` and more are cut by rows (None: an eighth of a device).
    """
    return _layout(jax.devices(), cut_from_bytes)


def _layout(devices: list[jax.Device], cut_from_bytes: int | None) -> Layout:
    if cut_from_bytes is None:
        cut_from_bytes = int(_SHARE_OF_DEVICE * _memory_of(jax.local_devices()[0]))
    mesh = Mesh(np.array(devices), (_AXIS,), axis_types=(AxisType.Auto,))
    return Layout(mesh, cut_from_bytes)


def _memory_of(device: jax.Device) -> int:
    """Bytes that a device has; a processor's devices share the machine's."""
    stats = device.memory_stats() or {}
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return stats.get("bytes_limit", machine // jax.local_device_count())
