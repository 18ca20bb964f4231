"""The last moment of a day that counts, where the portal stands: what is shown is what holds, in summer and winter."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.formats import date_format

from badges.schedule import sign_stale_lists
from badges.verdicts import verdict_on_attestation
from portal import clock
from portal.workflow import StepRefused
from quality_label.actions import accept_place, invite_team, save_reply
from quality_label.actions.decision import correct_facts
from quality_label.schedule import expire_labels
from tests.factories.cases import NO, led_case, trio
from tests.factories.label import ApplicationFactory, decided, label, voted_case
from tests.factories.organisers import owner_of
from tests.quality_label.applying import stopped

pytestmark = pytest.mark.django_db
VILNIUS = ZoneInfo("Europe/Vilnius")
INSTANT = timedelta(seconds=1)
CHANGES = [date(2027, 3, 28), date(2027, 10, 31), date(2027, 6, 15)]  # the clocks go forward, back, and stay


@pytest.fixture(autouse=True)
def in_vilnius(settings):
    settings.TIME_ZONE = "Europe/Vilnius"


def midnight(day):
    """Return the moment at which a day begins in Vilnius."""
    return datetime(day.year, day.month, day.day, tzinfo=VILNIUS)


@pytest.mark.parametrize("last", CHANGES)
def test_a_label_and_its_credential_end_with_the_same_instant(last):
    with clock.moved_to(midnight(last.replace(year=2024)) + timedelta(hours=12)):
        held = label()
    over = midnight(last + timedelta(days=1))

    def standing(moment):
        with clock.moved_to(moment):
            expire_labels()
            sign_stale_lists()
            held.refresh_from_db()
            return held.is_standing, verdict_on_attestation(held.credential).title

    assert held.valid_until == last
    assert standing(over - INSTANT) == (True, "This credential is genuine.")
    assert standing(over) == (False, "This credential is genuine, but its time is over.")


@pytest.mark.parametrize("zone", ["UTC", "Europe/Vilnius", "America/New_York"])
def test_a_credential_names_the_last_day_of_its_label_in_every_zone(settings, zone):
    settings.TIME_ZONE = zone
    held = label()

    steps = verdict_on_attestation(held.credential).steps

    assert f"valid until {date_format(held.valid_until)}" in [step["text"] for step in steps]


@pytest.mark.parametrize("day", CHANGES)
def test_a_case_counts_a_day_at_each_midnight_whatever_the_clocks_do(day):
    with clock.moved_to(midnight(day) - INSTANT):
        case = ApplicationFactory(submitted=True)

    days = []
    for moment in [midnight(day) - INSTANT, midnight(day), midnight(day + timedelta(days=1)) - INSTANT]:
        with clock.moved_to(moment):
            days.append(case.days().day)

    assert days == [0, 1, 1]


@pytest.mark.parametrize("day", CHANGES)
def test_an_answer_is_taken_until_the_shown_day_is_over(day):
    with clock.moved_to(midnight(day) + timedelta(hours=23)):
        case = stopped("clarification", "clarification")
        round_ = case.clarifications.create(round=1, sent_at=clock.now())
        question = round_.questions.create(code="A1", words="Who judges?", proposed_by=None)
    over = midnight(case.answer_by + timedelta(days=1))

    with clock.moved_to(over - INSTANT):
        save_reply(question, words="We do.", cannot_answer=False, by=owner_of(case.organiser), seen=0)
    with clock.moved_to(over), pytest.raises(StepRefused):
        save_reply(question, words="They do.", cannot_answer=False, by=owner_of(case.organiser), seen=1)


def test_an_invitation_is_open_until_the_shown_day_is_over():
    with clock.moved_to(midnight(CHANGES[0]) - timedelta(days=3)):
        case = led_case()
        places = invite_team(case, trio(), by=case.coordinator)
    over = midnight(places[0].answer_by + timedelta(days=1))

    with clock.moved_to(over - INSTANT):
        accept_place(places[0], NO, by=places[0].person)
    with clock.moved_to(over), pytest.raises(StepRefused):
        accept_place(places[1], NO, by=places[1].person)


def test_facts_are_corrected_until_the_shown_day_is_over():
    with clock.moved_to(midnight(CHANGES[0]) - INSTANT):
        decision = decided(voted_case("awarded", "awarded", "awarded"))
    over = midnight(decision.correct_until + timedelta(days=1))

    with clock.moved_to(over):
        assert not decision.may_be_corrected
    with clock.moved_to(over - INSTANT):
        assert correct_facts(decision, words="We are 12.", by=owner_of(decision.application.organiser)).correction
