"""The yearly check-in of a label: asked for, reminded of, handed in, missed and made good (L6, L4)."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from portal import clock
from portal.invariants import violations
from portal.notifications.models import Notification
from portal.workflow import StepRefused
from quality_label.actions.check_in import hand_in_check_in
from quality_label.check_in import CHOICES, QUESTIONS
from quality_label.models import CheckIn, Label
from quality_label.schedule import expire_labels, keep_duties
from tests.factories.accounts import PersonFactory
from tests.factories.label import label
from tests.factories.organisers import MembershipFactory, owner_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]
DAY = timedelta(days=1)
QUIET = {
    code: {"choice": CHOICES[code][0][0] if code in CHOICES else "", "words": "All is well."} for code in QUESTIONS
}


def on(day):
    return clock.moved_to(clock.now() + (day - clock.today()))


def anniversary(held, years=1):
    return clock.months_later(held.valid_from, 12 * years)


def told(event):
    return list(Notification.objects.filter(event=f"quality_label/{event}").values_list("person", flat=True))


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_it_is_asked_for_a_month_before_each_of_two_years_and_owners_are_reminded_three_times():
    held = label()
    mails = []
    for days in [-31, -30, -1, 0, 29, 30, 59]:
        with on(anniversary(held) + days * DAY):
            keep_duties()
            keep_duties()
        mails.append(len(told("check_in_due")))

    assert mails == [0, 1, 1, 2, 2, 3, 3]
    assert set(told("check_in_due")) == {owner_of(held.organiser).pk}
    with on(anniversary(held, 2)):
        keep_duties()
    assert list(CheckIn.objects.values_list("year", "due_on")) == [(1, anniversary(held)), (2, anniversary(held, 2))]
    with on(anniversary(held, 3) - DAY):
        keep_duties()
    assert CheckIn.objects.count() == 2


def test_sixty_days_later_the_label_is_suspended_and_holds_again_at_once_when_it_is_handed_in():
    held = label()
    with on(anniversary(held)):
        keep_duties()
    with on(anniversary(held) + 60 * DAY):
        keep_duties()
        assert Label.objects.get().is_standing
    with on(anniversary(held) + 61 * DAY):
        keep_duties()
        suspended = Label.objects.get()
        assert (suspended.suspension.cause, suspended.valid_until) == ("check_in", held.valid_until)

        hand_in_check_in(CheckIn.objects.get(), answers=QUIET, by=owner_of(held.organiser))

    lifted = Label.objects.get()
    assert (lifted.state, lifted.suspension, lifted.credential.suspended_at) == ("active", None, None)
    assert told("label_suspended") == told("label_lifted") == [owner_of(held.organiser).pk]
    assert list(violations()) == []


def test_risky_answers_go_to_the_coordinator_and_quiet_ones_to_nobody():
    held = label()
    with on(anniversary(held)):
        keep_duties()
        risky = {"choice": "yes", "words": "A list was sent to the wrong address."}
        hand_in_check_in(CheckIn.objects.get(), answers=QUIET | {"data": risky}, by=owner_of(held.organiser))
    assert told("check_in_risky") == [held.application.coordinator_id]
    with on(anniversary(held, 2)):
        keep_duties()
        hand_in_check_in(CheckIn.objects.get(year=2), answers=QUIET, by=owner_of(held.organiser))
    assert len(told("check_in_risky")) == 1


def test_a_label_that_was_awarded_long_ago_has_thirty_days_from_when_it_is_first_asked():
    held = label()
    with on(anniversary(held) + 100 * DAY):
        keep_duties()
        assert CheckIn.objects.get().due_on == clock.today() + 30 * DAY
        assert Label.objects.get().is_standing


def test_a_missing_answer_is_refused_and_nothing_else_is_lost(client):
    held = label()
    url = f"/workspace/{held.organiser.slug}/quality-label/label/check-in/"
    client.force_login(owner_of(held.organiser))
    assert client.get(url).status_code == 404
    with on(anniversary(held)):
        keep_duties()
        client.force_login(owner_of(held.organiser))
        whole = {code: found["choice"] for code, found in QUIET.items() if found["choice"]}
        whole |= {f"{code}_words": found["words"] for code, found in QUIET.items()}

        empty = client.post(url, whole | {"heard_words": "", "people_words": "Ona and Jonas."})
        unsaid = client.post(url, whole | {"complaints": "yes", "complaints_words": ""})
        done = client.post(url, whole, follow=True)

        assert (empty.status_code, unsaid.status_code, done.status_code) == (422, 422, 200)
        assert "Ona and Jonas." in empty.content.decode()
        assert "Say what happened, and what you did." in text_of(unsaid)
        assert "All is well." in text_of(done)
        assert client.post(url, whole).status_code == 404
        client.force_login(PersonFactory(roles=["coordinator"]))
        assert "Check-in of year 1" in text_of(client.get(f"/network/labels/{held.key}/"))


def test_owners_hand_it_in_and_once():
    held = label()
    member = MembershipFactory(organiser=held.organiser, role="author").person
    with on(anniversary(held)):
        keep_duties()
        asked = CheckIn.objects.get()
        for person in [member, PersonFactory(roles=["coordinator"])]:
            with pytest.raises(PermissionDenied):
                hand_in_check_in(asked, answers=QUIET, by=person)
        with pytest.raises(StepRefused, match="Answer this first"):
            hand_in_check_in(asked, answers={}, by=owner_of(held.organiser))
        hand_in_check_in(asked, answers=QUIET, by=owner_of(held.organiser))
        with pytest.raises(StepRefused, match="handed in already"):
            hand_in_check_in(asked, answers=QUIET, by=owner_of(held.organiser))


def test_nothing_is_asked_of_a_label_that_is_over():
    held = label()
    with on(held.valid_until + DAY):
        expire_labels()
        keep_duties()

    assert not CheckIn.objects.exists()
