"""System calls that no answer needs: refused by the kernel, with a filter of seccomp(2).

They take memory that no process shows as its own, keep something for whoever comes next, or ask the
kernel for what has often been a way out of a sandbox.
"""

import ctypes
import errno
import platform
import struct

from autograder.box.kernel import call

# Name -> its number on x86-64 and on ARM-64 (asm/unistd.h).
_CALLS = {
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "ptrace": (101, 117),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "perf_event_open": (298, 241),
    "io_uring_setup": (425, 425),
}
# Machine -> its place in the table, its number in linux/audit.h, the first of numbers that are
# another way to say the same.
_MACHINES = {"x86_64": (0, 0xC000003E, 0x40000000), "aarch64": (1, 0xC00000B7, 0xFFFFFFFF)}
# linux/bpf_common.h: load a word; jump where it is equal, or not less; return.
_LOAD, _IF_EQUAL, _IF_NOT_LESS, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _MACHINE = 0, 4
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _MODE_FILTER = 22, 38, 2


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def forbid_calls() -> None:
    """From here on, for this process and what it starts; for good. `OSError` if refused.

    Processors of other kinds go without: their numbers are not in the table.
    """
    if platform.machine() not in _MACHINES:
        return
    program = _program(*_MACHINES[platform.machine()])
    filled = _Program(len(program) // 8, program)
    call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    call("prctl", _PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(filled))


def _program(column: int, machine: int, other_ways: int) -> bytes:
    """Instructions as in linux/filter.h: code, steps to skip if true and if false, a value."""
    numbers = [numbers[column] for numbers in _CALLS.values()]
    steps = [(_LOAD, 0, 0, _MACHINE), (_IF_EQUAL, 1, 0, machine), (_RETURN, 0, 0, _REFUSE)]
    steps += [(_LOAD, 0, 0, _NUMBER), (_IF_NOT_LESS, len(numbers) + 1, 0, other_ways)]
    steps += [(_IF_EQUAL, len(numbers) - at, 0, number) for at, number in enumerate(numbers)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
