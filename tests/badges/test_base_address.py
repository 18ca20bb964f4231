"""A portal that issued badges under one address does not start under another."""

import pytest

from badges.checks import base_address_is_the_first
from tests.factories.badges import assertion

pytestmark = pytest.mark.django_db


def test_without_badges_any_address_will_do(settings):
    settings.BASE_URL = "https://anything.example.org"

    assert base_address_is_the_first(None) == []


def test_another_address_is_refused_with_the_cure(settings):
    assertion()
    first = settings.BASE_URL
    settings.BASE_URL = "https://moved.example.org"

    (fault,) = base_address_is_the_first(None)

    assert (fault.id, first in fault.msg, f"BASE_URL={first}" in fault.hint) == ("badges.E001", True, True)
