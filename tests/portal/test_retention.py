"""What the clock forgets when its time is over, as the registry says it."""

from datetime import date, timedelta

import pytest

from portal import clock
from portal.accounts.models import NetworkRole
from portal.accounts.schedule import forget_old_roles
from portal.notifications.actions import queue_mail
from portal.notifications.models import OutgoingMail
from portal.notifications.schedule import forget_old_mail
from quality_label.models import Answer, Declaration, Return
from quality_label.schedule import forget_people_of_old_cases
from tests.factories.accounts import PersonFactory
from tests.factories.label import ApplicationFactory, DeclarationFactory

pytestmark = pytest.mark.django_db
EVENT = "accounts/unknown_address"


@pytest.mark.parametrize(
    ("state", "days", "left"), [("sent", 179, 1), ("sent", 181, 0), ("failed", 181, 0), ("queued", 181, 1)]
)
def test_mail_is_forgotten_after_180_days(state, days, left):
    mail = queue_mail(EVENT, to="ona@example.org")
    OutgoingMail.objects.filter(pk=mail.pk).update(state=state, sent_at=clock.now() if state == "sent" else None)

    with clock.moved_to(timedelta(days=days)):
        forget_old_mail()

    assert OutgoingMail.objects.count() == left


@pytest.mark.parametrize(("today", "left"), [(date(2027, 12, 31), 2), (date(2028, 1, 1), 1)])
def test_role_in_the_network_is_forgotten_24_months_after_it_ended(today, left):
    person = PersonFactory()
    NetworkRole.objects.create(person=person, role="assessor", starts_on=date(2024, 1, 1), ends_on=date(2026, 1, 1))
    NetworkRole.objects.create(person=person, role="coordinator", starts_on=date(2024, 1, 1))

    with clock.moved_to(clock.beginning_of(today) + timedelta(hours=12)):
        forget_old_roles()

    assert NetworkRole.objects.count() == left


def case_ended(ago: timedelta, person):
    """Return a case that ended without a label."""
    moment = clock.now() - ago
    case = ApplicationFactory(state="withdrawn", ended_at=moment, started_by=person, coordinator=person)
    Answer.objects.create(application=case, place="context", edited_by=person)
    Return.objects.create(application=case, places=["context"], returned_by=person)
    DeclarationFactory(application=case, person=person, words="We met once.")
    return case


@pytest.mark.parametrize(
    ("days", "writer_is_known", "others_are_known"), [(100, True, True), (200, False, True), (1100, False, False)]
)
def test_who_did_what_in_a_case_is_forgotten_in_two_steps(days, writer_is_known, others_are_known):
    case = case_ended(timedelta(days=days), PersonFactory())

    forget_people_of_old_cases()

    case.refresh_from_db()
    answer, returned = Answer.objects.get(), Return.objects.get()
    assert (answer.edited_by is not None) is writer_is_known
    assert [one is not None for one in (case.started_by, case.coordinator, returned.returned_by)] == [
        others_are_known
    ] * 3
    assert bool(Declaration.objects.get().words) is others_are_known
