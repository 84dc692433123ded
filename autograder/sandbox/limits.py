"""What one submission may use."""

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Seconds of wall clock unless said otherwise; sizes in bytes.

    An exercise of the practical takes under two seconds and 400 MB. `memory_bytes` bounds the
    resident memory of a whole box, `address_bytes` what one process may reserve, of which
    JAX takes a few gigabytes without using them.
    """

    exercise_seconds: float = 20.0
    total_seconds: float = 240.0
    start_seconds: float = 60.0
    processor_seconds: int = 60
    memory_bytes: int = 1000 * MEGABYTE
    address_bytes: int = 16_384 * MEGABYTE
    scratch_bytes: int = 64 * MEGABYTE
    file_bytes: int = 32 * MEGABYTE
    open_files: int = 256
    # The runner and an answer are two, three with a bubblewrap of their own.
    processes: int = 16
    threads: int = 512

    def of_a_process(self) -> dict[str, int]:
        """Resource limit -> value, as the runner sets them on the child of an exercise."""
        return {
            "AS": self.address_bytes,
            "CORE": 0,
            "CPU": self.processor_seconds,
            "FSIZE": self.file_bytes,
            "NOFILE": self.open_files,
        }
