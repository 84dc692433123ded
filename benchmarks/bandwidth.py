"""How fast this device moves memory: the limit of any step that touches whole tables."""

import time

import jax
import jax.numpy as jnp

# AdamW's four tables of the practical take 8 MB, which a processor's cache holds.
_SIZES = {"tables": 8 * 2**20, "main memory": 512 * 2**20}
_REPEATS = 9


def bytes_per_second() -> dict[str, float]:
    """Bytes read and written per second by x -> 0.5 x + 1, the median of several runs."""

    @jax.jit
    def sweep(values):
        # As many sweeps as make one call long beside the time it takes to start it.
        return jax.lax.fori_loop(0, _SWEEPS, lambda _, x: 0.5 * x + 1.0, values)

    speeds = {}
    for name, size in _SIZES.items():
        values = jnp.zeros(size // 8, jnp.float32)  # half is read, half is written
        sweep(values).block_until_ready()
        seconds = []
        for _ in range(_REPEATS):
            started = time.perf_counter()
            sweep(values).block_until_ready()
            seconds.append(time.perf_counter() - started)
        speeds[name] = _SWEEPS * 2 * values.nbytes / sorted(seconds)[_REPEATS // 2]
    return speeds


_SWEEPS = 16
