"""Messages of the pipe: there and back, and nothing built from a malformed one."""

import io
import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograder.box.wire import MAX_MESSAGE_BYTES, WireError, pack, receive
from helpers.checks.work import OnDevice, Returns, ScoreTable


def unpack(content: bytes, questions: bool = False):
    stream = io.BytesIO(content)

    def read(count: int) -> bytes:
        data = stream.read(count)
        if len(data) < count:
            raise WireError("cut short")
        return data

    return receive(read, questions)


def message(header, blobs: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack(">QI", len(text) + len(blobs), len(text)) + text + blobs


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_plain_data_comes_back(value):
    assert unpack(pack(value)) == value


@given(
    arrays.arrays(
        st.sampled_from(["f4", "f8", "i4", "i8", "u1", "?"]),
        arrays.array_shapes(min_dims=0, min_side=0),
    )
)
def test_arrays_come_back(array):
    back = unpack(pack({"array": [array]}))["array"][0]
    assert back.dtype == array.dtype
    assert back.shape == array.shape
    np.testing.assert_array_equal(back, array)


def test_only_a_box_reads_questions():
    table = np.eye(3, dtype=np.float32)
    content = pack([OnDevice(table), Returns(table, [table]), ScoreTable(table, 0.5)])
    back = unpack(content, questions=True)
    assert [type(item) for item in back] == [OnDevice, Returns, ScoreTable]
    assert back[2].learning_rate == 0.5
    with pytest.raises(WireError):
        unpack(content)


@given(st.binary(max_size=200))
def test_noise_is_no_message(noise):
    with pytest.raises(WireError):
        unpack(noise)


@given(st.binary(max_size=200), st.integers(0, 300))
def test_noise_behind_honest_lengths_is_none_either(noise, text_length):
    with pytest.raises(WireError):
        unpack(struct.pack(">QI", len(noise), text_length) + noise)


def npy(dtype: str, shape: str, content: bytes, version=(1, 0)) -> bytes:
    head = f"{{'descr': {dtype!r}, 'fortran_order': False, 'shape': {shape}}}".encode() + b"\n"
    return b"\x93NUMPY" + bytes(version) + struct.pack("<H", len(head)) + head + content


ARRAY = {"array": 0, "scalar": False}


@pytest.mark.parametrize(
    "blob",
    [
        npy("|O", "(1,)", b"x" * 8),
        npy("<f4", "(1000000000000,)", b""),
        npy("<f4", "(-1,)", b""),
        npy("<f4", "(3,)", b"x" * 11),
        npy("<f4", "(3,)", b"x" * 13),
        npy("<M8[s]", "(1,)", b"x" * 8),
        npy("<U4", "(1,)", b"x" * 16),
        npy("<f4", "(2, 'a')", b"x" * 8),
        npy("<f4", "__import__('os').system('true')", b""),
        npy("<f4", "(1,)", b"x" * 4, version=(9, 0)),
        b"",
        b"\x93NUMPY",
    ],
)
def test_arrays_that_are_none_are_refused(blob):
    with pytest.raises(WireError):
        unpack(message({"body": ARRAY, "blobs": [len(blob)]}, blob))


@pytest.mark.parametrize(
    "header",
    [
        {"body": ARRAY, "blobs": []},
        {"body": {"array": -1, "scalar": False}, "blobs": [0]},
        {"body": None, "blobs": [5]},
        {"body": None, "blobs": [-1]},
        {"body": None, "blobs": ["1"]},
        {"body": None, "blobs": None},
        {"body": [1, 2]},
        {"body": {"question": "OnDevice", "parts": {"dict": {}}}, "blobs": []},
        {"body": {"list": 7}, "blobs": []},
        {"blobs": []},
        b"[" * 100_000,
        b"not json",
        b"\xff\xfe",
    ],
)
def test_malformed_headers_are_refused(header):
    with pytest.raises(WireError):
        unpack(message(header))


def test_a_length_over_the_limit_is_refused_before_anything_is_read():
    with pytest.raises(WireError, match="bytes"):
        unpack(struct.pack(">QI", MAX_MESSAGE_BYTES + 1, 10))


def test_what_cannot_be_sent_is_named():
    with pytest.raises(WireError, match="cannot send a object"):
        pack({"thing": object()})
