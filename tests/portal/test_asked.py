"""What a request asks for can be looked for, whatever was sent."""

from uuid import UUID

import pytest
from django.http import QueryDict

from portal.asked import keys_asked, number_asked, numbers_asked, words_asked


def sent(*values):
    asked = QueryDict(mutable=True)
    asked.setlist("asked", values)
    return asked


def test_words_come_without_nul_and_the_space_around():
    assert words_asked(sent(" Ona\0 Onaitė "), "asked") == "Ona Onaitė"
    assert words_asked(sent(), "asked") == ""


@pytest.mark.parametrize("word", ["", "x", "-1", "²", "1e5", "9" * 19, "9" * 25, "9" * 5000])
def test_what_no_key_can_be_is_no_number(word):
    assert number_asked(sent(word), "asked") is None
    assert numbers_asked(sent("7", word, "8"), "asked") == [7, 8]


@pytest.mark.parametrize("word", ["", "x", "0" * 32, f"{UUID(int=1)}0", "\0", "²" * 36])
def test_keys_come_in_their_order_one_or_several_in_a_value(word):
    one, two, three = (str(UUID(int=number)) for number in (3, 1, 2))

    assert keys_asked(sent(f"{one} {two}", word, three), "asked") == [UUID(int=3), UUID(int=1), UUID(int=2)]
