"""Having an organiser checked: asked, taken up, questioned, answered, decided, looked at again, running out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from organisers.actions import (
    answer_question,
    ask_for_information,
    ask_for_second_look,
    cancel_verification,
    grant_second_look,
    reject_verification,
    report_change,
    request_verification,
    take_up_verification,
    verify_organiser,
)
from organisers.models import Organiser, VerificationCase
from organisers.schedule import keep_verification_days
from portal import clock
from portal.files.gate import Admitted
from portal.notifications.models import OutgoingMail
from portal.workflow import Stale, StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import MembershipFactory, OrganiserFactory, owner_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]
FACTS = {"registration": "304 111 222", "signatory": "Ona O.", "values_version": "1"}
ALL = list(VerificationCase.CHECKS)
QUESTION = "Please attach your statutes, the last version."
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def petra():
    return PersonFactory(roles=["coordinator"])


def requested(organiser=None, **facts):
    organiser = organiser or OrganiserFactory()
    return request_verification(organiser, by=owner_of(organiser), **FACTS | facts)


def in_check(petra, organiser=None):
    return take_up_verification(requested(organiser), by=petra)


def questioned(petra):
    return ask_for_information(in_check(petra), about=["document"], words=QUESTION, by=petra)


def verified(petra, organiser=None):
    return verify_organiser(in_check(petra, organiser), checks=ALL, note="Called them.", by=petra)


def rejected(petra):
    return reject_verification(in_check(petra), reason="contact", words="Nobody answered.", by=petra)


def mails_of(person) -> list[str]:
    return list(OutgoingMail.objects.filter(person=person).order_by("pk").values_list("event", flat=True))


def test_an_organiser_is_verified_for_three_years(petra):
    with clock.moved_to(MONDAY):
        case = requested()
        assert mails_of(petra) == ["organisers/verification_asked"]
        case = take_up_verification(case, by=petra)
        case = verify_organiser(case, checks=ALL, note="Called them.", by=petra, seen=case.version)

    organiser = Organiser.objects.get()
    assert (case.state, organiser.standing, organiser.verified_until) == ("verified", "verified", date(2030, 3, 1))
    assert mails_of(owner_of(organiser)) == ["organisers/verification_received", "organisers/verified"]


def test_one_question_is_asked_and_answered(petra):
    case = questioned(petra)
    owner = owner_of(case.organiser)
    paper = Admitted("statutes.pdf", b"%PDF-1.4 statutes", "application/pdf")

    case = answer_question(case, words="Here they are.", files=[paper], by=owner)

    asked = case.questions.get()
    assert (case.state, case.answer_by, asked.answer, asked.answered_by) == ("in_check", None, "Here they are.", owner)
    assert [document.file.name for document in case.documents.all()] == ["statutes.pdf"]
    assert mails_of(petra)[-1] == "organisers/verification_answered"


def test_days_of_a_question_do_not_count_towards_the_target(petra):
    with clock.moved_to(MONDAY):
        case = in_check(petra)
        assert case.target_on == date(2027, 3, 15)
        ask_for_information(case, about=["document"], words=QUESTION, by=petra)
    with clock.moved_to(MONDAY + timedelta(days=7)):
        case = VerificationCase.objects.get()
        assert case.target_on == date(2027, 3, 22)
        answer_question(case, words="Here.", by=owner_of(case.organiser))
    with clock.moved_to(MONDAY + timedelta(days=9)):
        assert VerificationCase.objects.get().target_on == date(2027, 3, 22)


def test_what_is_missing_is_said_and_changes_nothing(petra):
    case = in_check(petra)
    owner = owner_of(case.organiser)

    for act, sentence in [
        (lambda: verify_organiser(case, checks=ALL[:3], note="", by=petra), "Not checked yet: The question on"),
        (lambda: ask_for_information(case, about=["document"], words="Short?", by=petra), "at least 20 characters"),
        (lambda: ask_for_information(case, about=[], words=QUESTION, by=petra), "what the question is about"),
        (lambda: reject_verification(case, reason="", words="No.", by=petra), "Choose a reason"),
        (lambda: reject_verification(case, reason="contact", words=" ", by=petra), "explain it"),
        (lambda: requested(case.organiser), "open already"),
        (lambda: cancel_verification(case, by=owner), "not open at this stage"),
        (lambda: answer_question(case, words="", by=owner), "Write an answer"),
        (lambda: answer_question(case, words="Here.", by=owner), "not open at this stage"),
    ]:
        with pytest.raises(StepRefused, match=sentence):
            act()

    assert VerificationCase.objects.get().state == "in_check"


def test_two_coordinators_do_not_decide_at_once(petra):
    case = in_check(petra)
    seen = case.version
    reject_verification(case, reason="contact", words="Nobody answered.", by=petra, seen=seen)

    with pytest.raises((Stale, StepRefused)):
        verify_organiser(case, checks=ALL, note="", by=petra, seen=seen)

    assert Organiser.objects.get().standing == "unverified"


def test_nobody_checks_their_own_and_one_coordinator_decides(petra):
    organiser = OrganiserFactory(parent=OrganiserFactory())
    case = requested(organiser)
    MembershipFactory(organiser=organiser, person=petra, role="author")
    inside_parent = PersonFactory(roles=["coordinator"])
    MembershipFactory(organiser=organiser.parent, person=inside_parent, role="author")
    luca, other, admin = (PersonFactory(roles=[role]) for role in ["coordinator", "coordinator", "network_admin"])

    for person in [petra, inside_parent, owner_of(organiser), PersonFactory()]:
        with pytest.raises(PermissionDenied):
            take_up_verification(case, by=person)
    case = take_up_verification(case, by=luca)
    with pytest.raises(PermissionDenied):
        reject_verification(case, reason="contact", words="No.", by=other)

    assert verify_organiser(case, checks=ALL, note="", by=admin).state == "verified"
    assert set(VerificationCase.objects.visible_to(petra)) == {case}  # of her own organiser, as a member
    assert not VerificationCase.objects.visible_to(inside_parent).exists()
    assert set(VerificationCase.objects.visible_to(other)) == {case}
    assert not VerificationCase.objects.visible_to(PersonFactory()).exists()


def test_a_question_runs_out_after_thirty_days_with_two_reminders(petra):
    with clock.moved_to(MONDAY):
        case = questioned(petra)
    owner = owner_of(case.organiser)

    counts = []
    for days in [13, 14, 20, 27, 30, 31]:
        with clock.moved_to(MONDAY + timedelta(days=days)):
            keep_verification_days()
            keep_verification_days()
        case.refresh_from_db()
        counts.append((mails_of(owner).count("organisers/verification_question"), case.state))

    waiting = "info_requested"
    assert counts == [(1, waiting), (2, waiting), (2, waiting), (3, waiting), (3, waiting), (3, "closed")]
    with clock.moved_to(MONDAY + timedelta(days=31)):
        with pytest.raises(StepRefused):
            answer_question(case, words="Too late.", by=owner)
        assert requested(case.organiser).former == case


def test_late_answers_are_refused_before_the_clock_came_by(petra):
    with clock.moved_to(MONDAY):
        case = questioned(petra)

    with clock.moved_to(MONDAY + timedelta(days=31)), pytest.raises(StepRefused, match="time to answer is over"):
        answer_question(case, words="Too late.", by=owner_of(case.organiser))


def test_who_was_turned_down_asks_again_after_thirty_days_and_says_what_changed(petra):
    with clock.moved_to(MONDAY):
        case = rejected(petra)
        with pytest.raises(StepRefused, match="from 2027-03-31"):
            requested(case.organiser, what_changed="We have a telephone.")
    with clock.moved_to(MONDAY + timedelta(days=30)):
        with pytest.raises(StepRefused, match="Say what changed"):
            requested(case.organiser)
        assert requested(case.organiser, what_changed="We have a telephone.").former == case


def test_a_second_look_goes_to_somebody_else_and_is_granted_by_somebody_else(petra):
    case = rejected(petra)
    admin, luca = PersonFactory(roles=["network_admin"]), PersonFactory(roles=["coordinator"])
    with pytest.raises(StepRefused, match="did not ask"):
        grant_second_look(case, coordinator=luca, by=admin)
    case = ask_for_second_look(case, by=owner_of(case.organiser))
    with pytest.raises(StepRefused, match="asked for already"):
        ask_for_second_look(case, by=owner_of(case.organiser))
    with pytest.raises(StepRefused, match="had no part in it"):
        grant_second_look(case, coordinator=petra, by=admin)
    with pytest.raises(PermissionDenied):
        grant_second_look(case, coordinator=luca, by=petra)

    case = grant_second_look(case, coordinator=luca, by=admin)

    assert (case.state, case.coordinator, case.first_coordinator, case.reason) == ("in_check", luca, petra, "")


def test_a_second_look_is_asked_for_within_two_weeks(petra):
    with clock.moved_to(MONDAY):
        case = rejected(petra)

    with clock.moved_to(MONDAY + timedelta(days=14)), pytest.raises(StepRefused, match="within 14 days"):
        ask_for_second_look(case, by=owner_of(case.organiser))


def test_verification_ends_after_three_reminders_and_is_renewed_by_a_short_check(petra):
    with clock.moved_to(MONDAY):
        organiser = verified(petra).organiser
    owner, end = owner_of(organiser), datetime(2030, 3, 1, 9, tzinfo=UTC)

    counts = []
    for days in [61, 60, 30, 7, 0]:
        with clock.moved_to(end - timedelta(days=days)):
            keep_verification_days()
            keep_verification_days()
        organiser.refresh_from_db()
        counts.append((mails_of(owner).count("organisers/verification_ends"), organiser.standing))

    assert counts == [(0, "verified"), (1, "verified"), (2, "verified"), (3, "verified"), (3, "lapsed")]
    with clock.moved_to(end):
        case = take_up_verification(requested(organiser), by=petra)
        assert (case.kind, case.needed_checks) == ("renewal", ["identity", "contact"])
        verify_organiser(case, checks=["identity", "contact"], note="", by=petra)
    organiser.refresh_from_db()
    assert (organiser.standing, organiser.verified_until, organiser.reminders) == ("verified", date(2033, 3, 1), 0)


def test_a_sweep_that_comes_months_late_reminds_once_and_ends_it(petra):
    with clock.moved_to(MONDAY):
        organiser = verified(petra).organiser

    with clock.moved_to(datetime(2030, 8, 1, tzinfo=UTC)):
        keep_verification_days()

    events = mails_of(owner_of(organiser))
    assert (events.count("organisers/verification_ends"), events[-1]) == (0, "organisers/verification_over")


def test_a_change_takes_effect_once_it_is_checked_and_hides_the_mark_after_a_month(petra):
    organiser = OrganiserFactory(verified=True)
    owner = owner_of(organiser)
    with clock.moved_to(MONDAY):
        case = report_change(organiser, {"name": "Neris Guild", "country": "LV"}, by=owner, **FACTS)
    marks = []
    for days in [29, 30]:
        with clock.moved_to(MONDAY + timedelta(days=days)):
            organiser.refresh_from_db()
            marks.append((organiser.has_mark, organiser.is_verified, organiser.name))
    assert marks == [(True, True, organiser.name), (False, True, organiser.name)]

    verify_organiser(take_up_verification(case, by=petra), checks=["identity"], note="", by=petra)

    organiser = Organiser.objects.get(pk=organiser.pk)
    assert (organiser.name, organiser.country.code, organiser.has_mark) == ("Neris Guild", "LV", True)
    assert organiser.verified_until == date(2099, 1, 1)


def test_an_untaken_request_can_be_taken_back():
    case = requested()

    assert cancel_verification(case, by=owner_of(case.organiser)).state == "closed"
    assert requested(case.organiser).former == case


def test_staff_do_not_ask():
    organiser = OrganiserFactory()
    issuer = MembershipFactory(organiser=organiser, role="issuer").person

    with pytest.raises(PermissionDenied):
        request_verification(organiser, by=issuer, **FACTS)


def test_a_case_holds_ten_papers():
    papers = [Admitted(f"{number}.txt", b"x", "text/plain") for number in range(11)]

    with pytest.raises(StepRefused, match="ten documents"):
        requested(files=papers)

    assert not VerificationCase.objects.exists()


def test_the_database_keeps_one_open_case():
    case = requested()

    with pytest.raises(IntegrityError), transaction.atomic():
        VerificationCase.objects.create(organiser=case.organiser, **FACTS)
    with pytest.raises(IntegrityError), transaction.atomic():
        VerificationCase.objects.update(state="rejected")
    with pytest.raises(IntegrityError), transaction.atomic():
        VerificationCase.objects.update(registration="")


def test_papers_of_a_request_that_was_taken_back_are_deleted_after_a_month(petra, django_capture_on_commit_callbacks):
    paper = Admitted("statutes.pdf", b"%PDF-1.4 statutes", "application/pdf")
    with clock.moved_to(MONDAY):
        decided, taken_back = requested(files=[paper]), requested(files=[paper])
        cancel_verification(taken_back, by=owner_of(taken_back.organiser))
        verify_organiser(take_up_verification(decided, by=petra), checks=ALL, note="", by=petra)
    stored = taken_back.documents.get().file

    counts = []
    for days in [30, 31]:
        with clock.moved_to(MONDAY + timedelta(days=days)), django_capture_on_commit_callbacks(execute=True):
            keep_verification_days()
        counts.append((taken_back.documents.count(), decided.documents.count()))

    assert counts == [(1, 1), (0, 1)]
    assert not stored.content.storage.exists(stored.content.name)
