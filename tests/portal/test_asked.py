"""What a request asks for can be looked for, whatever was sent."""

import pytest
from django.http import QueryDict

from portal.asked import number_asked, numbers_asked, words_asked


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
