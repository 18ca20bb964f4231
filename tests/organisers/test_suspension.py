"""Suspending an organiser: heard, confirmed, lifted or shut out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from organisers.actions import (
    answer_suspension,
    confirm_suspension,
    lift_suspension,
    revoke_organiser,
    suspend_organiser,
    take_up_verification,
    verify_organiser,
)
from organisers.invariants import suspensions_in_force_hold
from organisers.models import Organiser, Suspension, VerificationCase
from organisers.schedule import keep_verification_days
from portal import clock
from portal.notifications.models import OutgoingMail
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import (
    MembershipFactory,
    OrganiserFactory,
    case_in_check,
    owner_of,
    requested_case,
    suspended_by,
)

pytestmark = [pytest.mark.django_db, pytest.mark.services]
THURSDAY = datetime(2027, 3, 4, 9, tzinfo=UTC)
ALL = list(VerificationCase.CHECKS)


@pytest.fixture
def petra():
    return PersonFactory(roles=["coordinator"])


@pytest.fixture
def admin():
    return PersonFactory(roles=["network_admin"])


def events() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("event", flat=True))


def standing() -> str:
    return Organiser.objects.get().standing


def test_owners_are_told_and_heard_and_an_admin_lifts_it(petra, admin):
    organiser = OrganiserFactory(verified=True)
    suspension = suspended_by(petra, organiser)
    assert (standing(), suspension.before, suspension.confirm_by) == ("suspended", "verified", None)
    suspension = answer_suspension(suspension, words="It was settled.", by=owner_of(organiser))

    lift_suspension(suspension, note="The complaint was settled.", by=admin)

    organiser = Organiser.objects.get()
    assert (organiser.standing, organiser.verified_until) == ("verified", date(2099, 1, 1))
    assert events() == ["organisers/suspended", "organisers/suspension_answered", "organisers/suspension_lifted"]


@pytest.mark.parametrize("before", ["unverified", "lapsed"])
def test_it_stands_again_as_what_it_was(petra, admin, before):
    suspension = suspended_by(petra, OrganiserFactory(standing=before))

    lift_suspension(suspension, note="It is over.", by=admin)

    assert standing() == before


def test_it_waits_for_the_hearing_before_it_shuts_out(petra, admin):
    with clock.moved_to(THURSDAY):
        suspension = suspended_by(petra)
    with clock.moved_to(THURSDAY + timedelta(days=13)), pytest.raises(StepRefused, match="may still answer"):
        revoke_organiser(suspension, words="It never answered.", by=admin)

    with clock.moved_to(THURSDAY + timedelta(days=14)):
        revoke_organiser(suspension, words="It never answered.", by=admin)

    assert (standing(), events()[-1]) == ("revoked", "organisers/shut_out")


def test_once_it_answered_it_can_be_shut_out(petra, admin):
    suspension = suspended_by(petra)
    suspension = answer_suspension(suspension, words="So what.", by=owner_of(suspension.organiser))

    assert revoke_organiser(suspension, words="The answer does not help.", by=admin).state == "revoked"


def test_an_urgent_one_needs_a_second_person(petra, admin):
    with clock.moved_to(THURSDAY):
        suspension = suspended_by(petra, is_urgent=True)
    assert suspension.confirm_by == date(2027, 3, 9)  # Friday, Monday, Tuesday
    with pytest.raises(PermissionDenied):
        confirm_suspension(suspension, by=petra)

    states = []
    for day in [9, 10]:
        with clock.moved_to(datetime(2027, 3, day, 9, tzinfo=UTC)):
            keep_verification_days()
            keep_verification_days()
            states.append(standing())

    assert states == ["suspended", "unverified"]
    assert events().count("organisers/suspended_urgently") == 1
    assert events().count("organisers/suspension_lifted") == 1


def test_a_confirmed_one_does_not_run_out(petra, admin):
    with clock.moved_to(THURSDAY):
        confirm_suspension(suspended_by(petra, is_urgent=True), by=admin)

    with clock.moved_to(THURSDAY + timedelta(days=30)):
        keep_verification_days()

    assert (standing(), Suspension.objects.get().confirmed_by) == ("suspended", admin)


def test_holidays_of_the_network_give_more_time(petra, admin, settings):
    settings.HOLIDAYS = "LT"

    with clock.moved_to(datetime(2027, 3, 10, 9, tzinfo=UTC)):  # the 11th is a holiday there
        suspension = suspended_by(petra, is_urgent=True)

    assert suspension.confirm_by == date(2027, 3, 16)


def test_who_suspended_urgently_does_not_lift_it_alone(admin):
    suspension = suspended_by(admin, is_urgent=True)
    assert suspension.confirm_by is None

    with pytest.raises(PermissionDenied):
        lift_suspension(suspension, note="I was wrong.", by=admin)
    other = PersonFactory(roles=["network_admin"])
    assert lift_suspension(suspension, note="It was a mistake.", by=other).state == "lifted"


def test_who_may_not(petra, admin):
    suspension = suspended_by(petra)
    owner, stranger = owner_of(suspension.organiser), PersonFactory()
    inside = MembershipFactory(
        organiser=suspension.organiser, role="author", person=PersonFactory(roles=["network_admin"])
    )
    for person in [owner, stranger, petra, inside.person]:
        for act in [
            lambda by: lift_suspension(suspension, note="x", by=by),
            lambda by: confirm_suspension(suspension, by=by),
        ]:
            with pytest.raises(PermissionDenied):
                act(person)
    for person in [stranger, petra, admin, inside.person]:
        with pytest.raises(PermissionDenied):
            answer_suspension(suspension, words="x", by=person)
    for person in [owner, stranger]:
        with pytest.raises(PermissionDenied):
            suspend_organiser(OrganiserFactory(owner=owner), reason="complaint", words="x", by=person)


def test_what_is_missing_is_said(petra, admin):
    organiser = OrganiserFactory()
    for facts in [{"reason": "", "words": "x"}, {"reason": "complaint", "words": " "}]:
        with pytest.raises(StepRefused, match="Choose a reason"):
            suspend_organiser(organiser, by=petra, **facts)
    suspension = suspended_by(petra, organiser)
    for act, said in [
        (lambda: suspended_by(petra, organiser), "suspended already"),
        (lambda: answer_suspension(suspension, words=" ", by=owner_of(organiser)), "Write an answer"),
        (lambda: lift_suspension(suspension, note=" ", by=admin), "how the cause was removed"),
        (lambda: revoke_organiser(suspension, words="", by=admin), "Give the reasons"),
    ]:
        with pytest.raises(StepRefused, match=said):
            act()


def test_who_was_shut_out_asks_again_after_twelve_months_and_can_be_verified(petra, admin):
    with clock.moved_to(THURSDAY):
        suspension = suspended_by(petra)
        organiser = suspension.organiser
        suspension = answer_suspension(suspension, words="So what.", by=owner_of(organiser))
        revoke_organiser(suspension, words="No.", by=admin)
    with clock.moved_to(THURSDAY + timedelta(days=364)), pytest.raises(StepRefused, match="from 2028-03-04"):
        requested_case(organiser)

    with clock.moved_to(datetime(2028, 3, 4, 9, tzinfo=UTC)):
        case = take_up_verification(requested_case(organiser), by=petra)
        verify_organiser(case, checks=ALL, note="They changed.", by=petra)

    assert standing() == "verified"


@pytest.mark.parametrize("shut_out", [False, True])
def test_a_check_that_was_open_does_not_lift_a_suspension(petra, admin, shut_out):
    case = case_in_check(petra)
    suspension = suspended_by(petra, case.organiser)
    if shut_out:
        suspension = answer_suspension(suspension, words="So what.", by=owner_of(case.organiser))
        revoke_organiser(suspension, words="No.", by=admin)

    with pytest.raises(StepRefused, match="suspended"):
        verify_organiser(case, checks=ALL, note="", by=petra)

    assert standing() == ("revoked" if shut_out else "suspended")


def test_fsck_names_who_acts_under_a_suspension(petra):
    organiser = suspended_by(petra).organiser
    assert list(suspensions_in_force_hold()) == []
    Organiser.objects.update(standing="unverified")

    assert list(suspensions_in_force_hold()) == [f"organiser {organiser.slug} acts under a suspension"]


def test_the_database_keeps_one_in_force(petra):
    suspension = suspended_by(petra)

    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.create(organiser=suspension.organiser, before="verified", reason="complaint", words="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.update(state="lifted")
