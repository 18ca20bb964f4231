"""The demo's organisers are verified as anybody is; one waits for its statutes."""

from datetime import timedelta

import pytest

from cms.demo.organisations import build_organisers, build_people, build_waiting_check
from organisers.models import Organiser, VerificationCase
from portal import clock

pytestmark = pytest.mark.django_db


def test_the_organisers_of_the_demo_have_a_case_each():
    with clock.moved_to(-timedelta(days=500)):
        build_people(1)
        build_organisers()
    build_waiting_check()

    states = dict(VerificationCase.objects.values_list("organiser__slug", "state"))
    waiting = VerificationCase.objects.get(organiser__slug="zmajska-delavnica")
    assert states.pop("zmajska-delavnica") == "info_requested"
    assert set(states.values()) == {"verified"}
    assert set(states) == {one.slug for one in Organiser.objects.all() if one.is_verified}
    assert waiting.answer_by == clock.today() + timedelta(days=18)
