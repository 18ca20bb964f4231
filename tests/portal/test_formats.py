"""Dates are written as readers of each language write them."""

from datetime import UTC, datetime

import pytest
from django.utils.formats import date_format
from django.utils.translation import override


@pytest.mark.parametrize(
    ("language", "form", "written"),
    [
        ("en", "SHORT_DATE_FORMAT", "5 Mar 2026"),
        ("lt", "DATE_FORMAT", "2026 m. kovo 5 d."),
        ("pl", "DATE_FORMAT", "5 marca 2026"),
        ("pl", "DATETIME_FORMAT", "5 marca 2026, 14:07"),
        ("pl", "SHORT_DATE_FORMAT", "05.03.2026"),
        ("pl", "SHORT_DATETIME_FORMAT", "05.03.2026, 14:07"),
        ("ro", "SHORT_DATETIME_FORMAT", "05.03.2026, 14:07"),
    ],
)
def test_dates_are_written_as_their_readers_do(language, form, written):
    with override(language):
        assert date_format(datetime(2026, 3, 5, 14, 7, tzinfo=UTC), form) == written
