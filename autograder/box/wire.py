"""Messages between the grader and a box: JSON, and arrays as .npy without pickle.

A message is its length, the length of its JSON, the JSON `{"body", "blobs"}` and the blobs. The
side that grades trusts nothing in it: sizes and dtypes are looked at before anything is built.
"""

import io
import json
import math
import struct
from collections.abc import Callable
from dataclasses import fields
from typing import Any, BinaryIO

import numpy as np

from helpers.checks.work import OnDevice, Returns, ScoreTable

MAX_MESSAGE_BYTES = 32_000_000
# What becomes of a fork, in a byte.
STARTED, REFUSED = b"+", b"-"
_LENGTHS = struct.Struct(">QI")
_QUESTION_TYPES = {kind.__name__: kind for kind in (OnDevice, Returns, ScoreTable)}


class WireError(Exception):
    """The bytes are no message of ours."""


def pack(body: Any) -> bytes:
    """`body` (None, truth values, numbers, text, lists, tuples, dicts with text keys, arrays)."""
    blobs: list[bytes] = []
    header = {"body": _encode(body, blobs)}
    text = json.dumps(header | {"blobs": [len(blob) for blob in blobs]}).encode()
    payload = text + b"".join(blobs)
    return _LENGTHS.pack(len(payload), len(text)) + payload


def exactly(stream: BinaryIO) -> Callable[[int], bytes]:
    """Reads so many bytes from `stream`, and raises `EOFError` when it ends before."""

    def read(count: int) -> bytes:
        data = stream.read(count)
        if len(data) < count:
            raise EOFError
        return data

    return read


def receive(read_exactly: Callable[[int], bytes], questions: bool = False) -> Any:
    """The body of the next message; `read_exactly(n)` gives `n` bytes.

    `WireError` for anything malformed. Only the box reads `questions`, whose arguments may be
    `OnDevice`, `Returns` and `ScoreTable`.
    """
    length, text_length = _LENGTHS.unpack(read_exactly(_LENGTHS.size))
    if length > MAX_MESSAGE_BYTES or text_length > length:
        raise WireError(f"a message of {length:,} bytes")
    payload = memoryview(read_exactly(length))
    try:
        header = json.loads(bytes(payload[:text_length]))
        blobs = _split(payload[text_length:], header["blobs"])
        return _decode(header["body"], blobs, questions)
    except (ValueError, KeyError, TypeError, IndexError, RecursionError, AttributeError) as error:
        raise WireError(f"a malformed message: {type(error).__name__}") from None


def _encode(value: Any, blobs: list[bytes]) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, np.ndarray):
        packed = io.BytesIO()
        np.lib.format.write_array(packed, np.ascontiguousarray(value), (1, 0), allow_pickle=False)
        blobs.append(packed.getvalue())
        # ascontiguousarray makes a scalar one-dimensional.
        return {"array": len(blobs) - 1, "scalar": value.ndim == 0}
    if isinstance(value, list | tuple):
        return {"list": [_encode(item, blobs) for item in value]}
    if isinstance(value, dict):
        return {"dict": {key: _encode(item, blobs) for key, item in value.items()}}
    if type(value).__name__ in _QUESTION_TYPES:
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        return {"question": type(value).__name__, "parts": _encode(parts, blobs)}
    raise WireError(f"cannot send a {type(value).__name__}")


def _decode(value: Any, blobs: list[memoryview], questions: bool) -> Any:
    if not isinstance(value, dict):
        if value is None or isinstance(value, bool | int | float | str):
            return value
        raise WireError("a bare list")
    if "array" in value:
        array = _read_array(blobs[value["array"]])
        return array.reshape(()) if value["scalar"] else array
    if "list" in value:
        return [_decode(item, blobs, questions) for item in value["list"]]
    if "dict" in value:
        return {key: _decode(item, blobs, questions) for key, item in value["dict"].items()}
    if questions:
        kind = _QUESTION_TYPES[value["question"]]
        return kind(**_decode(value["parts"], blobs, questions))
    raise WireError("an unknown kind of value")


def _split(payload: memoryview, lengths: list[int]) -> list[memoryview]:
    blobs, start = [], 0
    for length in lengths:
        if not isinstance(length, int) or length < 0 or start + length > len(payload):
            raise WireError("a blob that is longer than its message")
        blobs.append(payload[start : start + length])
        start += length
    if start != len(payload):
        raise WireError("bytes behind the last blob")
    return blobs


def _read_array(blob: memoryview) -> np.ndarray:
    stream = io.BytesIO(blob)
    if np.lib.format.read_magic(stream) != (1, 0):
        raise WireError("another version of .npy")
    shape, fortran, dtype = np.lib.format.read_array_header_1_0(stream)
    if dtype.kind not in "biuf" or dtype.itemsize > 16 or fortran or min(shape, default=0) < 0:
        raise WireError(f"an array of dtype {dtype}")
    content = blob[stream.tell() :]
    if math.prod(shape) * dtype.itemsize != len(content):
        raise WireError(f"an array of shape {shape} in {len(content)} bytes")
    return np.frombuffer(content, dtype).reshape(shape)
