import base64
import gzip
import zlib

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from badges.openbadges import MINIMUM_SIZE, StatusListError, decode_list, encode_list, is_set


def packed(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).decode().rstrip("=")


def test_first_index_is_the_left_most_bit():
    assert decode_list(encode_list([0]))[0] == 0b1000_0000
    assert decode_list(encode_list([7, 8]))[:2] == bytes([1, 0b1000_0000])


def test_list_has_the_least_length_that_hides_a_person():
    assert len(decode_list(encode_list([]))) == MINIMUM_SIZE // 8 == 16_384


def test_same_list_is_the_same_text():
    assert encode_list([3, 99]) == encode_list([99, 3])


@pytest.mark.parametrize("size", [8, MINIMUM_SIZE - 8, MINIMUM_SIZE + 1])
def test_list_of_a_wrong_size_is_not_written(size):
    with pytest.raises(ValueError):
        encode_list([], size)


@pytest.mark.parametrize("index", [-1, MINIMUM_SIZE])
def test_index_outside_the_list_is_refused(index):
    with pytest.raises(ValueError):
        encode_list([index])
    with pytest.raises(StatusListError):
        is_set(decode_list(encode_list([])), index)


@pytest.mark.parametrize(
    "encoded",
    [
        None,
        "",
        "u",
        "z3u2",
        "u%%%",
        encode_list([1])[1:],
        encode_list([1])[:-6],
        packed(b"not gzip"),
        packed(zlib.compress(bytes(16_384))),
        packed(gzip.compress(bytes(16_383))),
        packed(gzip.compress(bytes(16_384)) + b"more"),
        packed(gzip.compress(bytes(50_000_000))),
    ],
    ids=["none", "empty", "bare", "base58", "marks", "no u", "cut", "raw", "zlib", "short", "more", "bomb"],
)
def test_unclear_list_is_refused(encoded):
    with pytest.raises(StatusListError):
        decode_list(encoded)


@seed(1)
@settings(max_examples=25, deadline=None, database=None)
@given(st.sets(st.integers(0, MINIMUM_SIZE - 1), max_size=40))
def test_exactly_the_given_bits_are_set(indexes):
    bits = decode_list(encode_list(indexes))

    assert all(is_set(bits, index) for index in indexes)
    assert sum(byte.bit_count() for byte in bits) == len(indexes)
