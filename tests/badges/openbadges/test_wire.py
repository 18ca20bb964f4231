import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from badges.openbadges import Unreadable, decode, encode, wire

from .samples import HOSTILE

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@seed(1)
@settings(max_examples=100, deadline=None, database=None)
@given(st.dictionaries(st.text(), JSON, max_size=4))
def test_document_is_read_back_as_it_was_written(document):
    assert decode(encode(document)) == document


@seed(1)
@settings(max_examples=100, deadline=None, database=None)
@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_plain_text_can_be_written_and_is_stable(text):
    once = wire.plain(text)

    assert once.encode().decode() == once == wire.plain(once)
    assert not wire.has_control_characters(once)


def test_plain_text_keeps_languages_quotes_and_line_breaks():
    assert wire.plain(HOSTILE) == ('AB "q" \\n <b>&amp; 🎓👩‍🏫 שלום ‮evil‬ a\u2028b\u2029c  é̂ \t\n${x} {{y}} _:c14n0 .')


def test_plain_text_is_without_what_engines_write_differently():
    assert wire.plain("a\x00b\ufffec\uffffd\ud83de") == "abcde"


def test_tidy_leaves_out_what_says_nothing():
    untidy = {"a": None, "b": "", "c": [], "d": {"e": None}, "f": ["", {"g": []}, "x\0"], "h": False, "i": 0}

    assert wire.tidy(untidy) == {"f": ["x"], "h": False, "i": 0}


def test_moments_are_written_in_whole_seconds_of_utc():
    moment = datetime(2026, 1, 2, 3, 4, 5, 999_999, tzinfo=timezone(timedelta(hours=2)))

    assert wire.timestamp(moment) == "2026-01-02T01:04:05Z"
    assert wire.timestamp(date(2026, 1, 2)) == "2026-01-02T00:00:00Z"
    assert wire.moment("2026-01-02T01:04:05Z") == datetime(2026, 1, 2, 1, 4, 5, tzinfo=UTC)


def test_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError):
        wire.timestamp(datetime(2026, 1, 2))  # noqa: DTZ001


@pytest.mark.parametrize(
    "text",
    ["2026-01-02", "2026-01-02T03:04:05", "2026-01-02 03:04:05Z", "2026-13-02T03:04:05Z", "٢٠٢٦-01-02T03:04:05Z", 5],
)
def test_anything_less_than_a_full_moment_is_refused(text):
    with pytest.raises(ValueError):
        wire.moment(text)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'"text"',
        b"\xff",
        b"\xef\xbb\xbf{}",
        b'{"a":1,"a":2}',
        b'{"b":[{"a":1,"a":2}]}',
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"a":1e999}',
        b'{"a":"\\ud83d"}',
        b'{"\\ud83d":1}',
        b'{"a":' + b"[" * 33 + b"]" * 33 + b"}",
        b'{"a":' + b"[" * 100_000,
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"a":"' + b"x" * wire.MAX_BYTES + b'"}',
    ],
    ids=[
        "nothing",
        "list",
        "text",
        "latin",
        "bom",
        "twice",
        "twice-deep",
        "nan",
        "infinity",
        "huge",
        "half",
        "half-name",
        "deep",
        "bottomless",
        "long",
        "large",
    ],
)
def test_document_that_two_readers_could_read_differently_is_refused(content):
    with pytest.raises(Unreadable):
        decode(content)


def test_deepest_allowed_document_is_read():
    content = json.loads('{"a":' * 31 + "1" + "}" * 31)

    assert decode(encode(content)) == content
