"""Two things at once in a case: real transactions, real threads."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import transaction

from badges.models import Attestation
from portal import clock
from portal.accounts.models import Person
from portal.notifications.models import Notification
from portal.workflow import StepRefused
from quality_label.actions import (
    accept_place,
    copy_application,
    decline_place,
    invite_team,
    lock_review,
    put_in_force,
    save_answer,
    save_level,
    save_rating,
    save_remarks,
    save_reply,
    save_report,
    send_replies,
    start_application,
    submit_application,
    withdraw_application,
    write_term,
)
from quality_label.actions.decision import CHECKS, cast_vote, invite_panel, record_decision
from quality_label.actions.label_end import revoke_label
from quality_label.actions.label_suspension import answer_suspension, lift_label
from quality_label.actions.reviews import faults_by_code
from quality_label.actions.submission import close_return
from quality_label.models import (
    Answer,
    Application,
    Assignment,
    ClarificationQuestion,
    CommitteeTerm,
    Decision,
    Declaration,
    FrameworkVersion,
    Label,
    PanelSeat,
    Snapshot,
)
from tests.factories.accounts import PersonFactory
from tests.factories.cases import NO, led_case, trio
from tests.factories.label import (
    ApplicationFactory,
    CommitteeTermFactory,
    FrameworkVersionFactory,
    case_in_consensus,
    framework_in_force,
    label,
    panel_of,
    ready_case,
    review_under_way,
    suspended,
    voted_case,
    write_review,
)
from tests.factories.organisers import owner_of
from tests.portal.accidents import at_once, while_it_commits
from tests.quality_label.applying import filled_draft, stopped
from tests.quality_label.walking import NAME, WORDS, level_facts, report_facts

pytestmark = [pytest.mark.usefixtures("committing_db"), pytest.mark.services]


def person(pk) -> Person:
    return Person.objects.get(pk=pk)


def ends_of(*steps) -> list[str]:
    """Let people act at once; return how it ended for each: done, or the kind of the refusal."""
    return [type(end).__name__ if isinstance(end, StepRefused) else "done" for end in at_once(*steps)]


def asked_team() -> tuple[Application, list[Assignment]]:
    case = led_case()
    return case, invite_team(case, trio(), by=case.coordinator)


def accepting(place):
    """Return the step of somebody who has the page with the questions open."""
    shown, reader = Assignment.objects.with_words().get(pk=place.pk), person(place.person_id)
    return lambda: accept_place(shown, NO, by=reader)


def test_a_team_that_accepts_at_once_begins_its_review_once():
    case, places = asked_team()

    ends = ends_of(*map(accepting, places))

    assert ends == ["done"] * 3
    case.refresh_from_db()
    assert case.state == "in_review"
    assert letters("review_opened") == 3


def test_of_two_answers_of_one_person_one_counts():
    _case, (place, *_others) = asked_team()

    ends = ends_of(accepting(place), accepting(place))

    assert sorted(ends) == ["StepRefused", "done"]
    assert Declaration.objects.filter(person=place.person).count() == 1


def test_who_accepts_and_declines_at_once_has_done_one_of_both():
    _case, (place, *_others) = asked_team()
    shown, reader = Assignment.objects.get(pk=place.pk), person(place.person_id)

    ends = ends_of(accepting(place), lambda: decline_place(shown, reason="conflict", kind="pay", by=reader))

    assert sorted(ends) == ["StepRefused", "done"]
    place.refresh_from_db()
    assert place.state == ("accepted" if ends[0] == "done" else "declined")


def test_a_team_that_is_withdrawn_from_while_somebody_accepts_has_nobody_left():
    case, (place, *_others) = asked_team()
    owner = owner_of(case.organiser)

    ends_of(accepting(place), lambda: withdraw_application(Application.objects.get(pk=case.pk), by=owner))

    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert not case.assignments.open().exists()


def test_two_who_ask_for_a_team_at_once_ask_one():
    case = led_case()
    one, other = trio(), trio()

    def asking(people):
        shown, coordinator = Application.objects.get(pk=case.pk), person(case.coordinator_id)
        return lambda: invite_team(shown, people, by=coordinator)

    assert sorted(ends_of(asking(one), asking(other))) == ["StepRefused", "done"]
    assert case.assignments.count() == 3


def voting(seat, vote):
    shown, reader = PanelSeat.objects.get(pk=seat.pk), person(seat.person_id)
    return lambda: cast_vote(shown, vote=vote, words=f"So it is: {vote}.", by=reader)


def deciding(case):
    shown, coordinator = Application.objects.get(pk=case.pk), person(case.coordinator_id)
    return lambda: record_decision(shown, outcome="awarded", checks=CHECKS, by=coordinator)


def test_two_votes_from_one_seat_are_one_vote_with_its_own_words():
    case = ready_case()
    seat = panel_of(case)[0]

    assert ends_of(voting(seat, "awarded"), voting(seat, "not_awarded")) == ["done", "done"]

    seat.refresh_from_db()
    assert seat.vote_words == f"So it is: {seat.vote}."


def test_a_vote_that_is_changed_while_the_decision_is_recorded_is_too_late():
    case = voted_case("awarded", "awarded", "awarded")

    _decision, vote = while_it_commits(deciding(case), voting(case.seats.first(), "not_awarded"))

    assert isinstance(vote, StepRefused)
    assert list(case.seats.values_list("vote", flat=True)) == ["awarded"] * 3


def test_a_decision_that_is_recorded_while_a_vote_is_changed_counts_the_new_vote():
    case = voted_case("awarded", "awarded", "awarded")

    while_it_commits(voting(case.seats.first(), "not_awarded"), deciding(case))

    decision = Decision.objects.get()
    assert (decision.votes_for, decision.votes_against) == (2, 1)


def test_a_panel_that_is_invited_twice_at_once_has_each_member_once():
    case = ready_case()
    CommitteeTermFactory.create_batch(3)

    at_once(*[lambda: invite_panel(Application.objects.get(pk=case.pk))] * 2)

    assert case.seats.count() == 3


def test_a_term_that_is_written_twice_at_once_is_one_term():
    admin, elected = PersonFactory(roles=["network_admin"]), PersonFactory()

    def writing():
        facts = {"starts_on": "2026-01-01", "ends_on": "2028-01-01", "is_from_coordinating_organisation": False}
        return lambda: write_term(person=person(elected.pk), by=person(admin.pk), **facts)

    _term, end = while_it_commits(writing(), writing())

    assert isinstance(end, StepRefused)
    assert CommitteeTerm.objects.count() == 1


def locking(place):
    shown, reader = Assignment.objects.with_words().get(pk=place.pk), person(place.person_id)
    return lambda: lock_review(shown, by=reader, has_no_conflict=True)


def rating(place, code, **facts):
    """Return the step of an assessor who saves one criterion, as the page sends it."""
    shown, reader = Assignment.objects.with_words().get(pk=place.pk), person(place.person_id)
    seen = place.ratings.get(code=code).version
    whole = {"level": 3, "does_not_apply": False, "reason": WORDS, "evidence": ["f"]} | facts
    return lambda: save_rating(shown, code, whole, by=reader, seen=seen)


def written_reviews() -> tuple[Application, list[Assignment]]:
    case, places, _lead = review_under_way()
    return case, [write_review(place, dict.fromkeys(case.rules.criteria, 3)) for place in places]


def test_a_review_that_is_handed_in_twice_at_once_is_handed_in_once():
    _case, (place, _other) = written_reviews()

    assert sorted(ends_of(locking(place), locking(place))) == ["StepRefused", "done"]


def test_two_reviews_that_are_handed_in_at_once_are_compared_once():
    case, places = written_reviews()

    assert ends_of(*map(locking, places)) == ["done", "done"]

    case.refresh_from_db()
    assert case.state == "consensus"
    assert letters("reviews_compared") == 3


def test_a_review_that_loses_a_level_while_it_is_handed_in_stays_open():
    _case, (place, _other) = written_reviews()

    _rating, end = while_it_commits(rating(place, "A1", level=None), locking(place))

    place.refresh_from_db()
    assert isinstance(end, StepRefused)
    assert faults_by_code(place).keys() == {"A1"}
    assert place.is_being_written


def test_what_is_saved_while_a_review_is_handed_in_is_too_late():
    _case, (place, _other) = written_reviews()

    _place, end = while_it_commits(locking(place), rating(place, "A1", level=None))

    assert isinstance(end, StepRefused)
    assert place.ratings.get(code="A1").level == 3


def handing_in(case):
    shown, owner = Application.objects.get(pk=case.pk), person(owner_of(case.organiser).pk)
    return lambda: submit_application(shown, by=owner, confirmed_name=NAME)


def test_an_application_that_is_handed_in_twice_at_once_is_handed_in_once():
    case = filled_draft()

    assert ends_of(handing_in(case), handing_in(case)) == ["done", "done"]

    assert Snapshot.objects.filter(application=case).count() == 1
    assert case.sample.count() == 3
    assert letters("application_received") == 1


def test_what_is_written_while_an_application_is_handed_in_is_too_late():
    case = filled_draft()
    shown, owner = Application.objects.get(pk=case.pk), owner_of(case.organiser)
    seen = case.answers.get(place="criterion:A1").version

    _case, end = while_it_commits(
        handing_in(case), lambda: save_answer(shown, "criterion:A1", {"level": 0}, by=person(owner.pk), seen=seen)
    )

    assert isinstance(end, StepRefused)
    assert Snapshot.objects.get().document["answers"]["criterion:A1"]["level"] == 3


def test_of_two_drafts_that_are_begun_at_once_one_begins():
    past = ApplicationFactory(submitted=True, state="withdrawn", ended_at="2026-01-01T00:00Z")
    owner = owner_of(past.organiser)

    def copying():
        shown, reader = Application.objects.get(pk=past.pk), person(owner.pk)
        return lambda: copy_application(shown, by=reader)

    ends = ends_of(copying(), copying(), lambda: start_application(past.organiser, by=person(owner.pk)))

    assert sorted(ends) == ["StepRefused", "StepRefused", "done"]
    assert Application.objects.open().count() == 1


@pytest.fixture(params=["answer", "rating", "remarks", "level", "report", "reply"])
def saving(request):
    """Return what one page keeps by itself and by its button, each as it was shown."""
    return {
        "answer": saved_answer,
        "rating": saved_rating,
        "remarks": saved_remarks,
        "level": saved_level,
        "report": saved_report,
        "reply": saved_reply,
    }[request.param]()


def saved_answer():
    case = ApplicationFactory()
    owner = owner_of(case.organiser)
    content = {"level": 2, "reason": WORDS}
    return lambda: save_answer(case, "criterion:A1", content, by=person(owner.pk), seen=0)


def saved_rating():
    _case, (place, _other) = written_reviews()
    return rating(place, "A1", level=2)


def saved_remarks():
    _case, (place, _other) = written_reviews()
    facts = {"strengths": "Clear.", "advice": "Go on."}
    return lambda: save_remarks(place, facts, by=person(place.person_id), seen=0)


def consensus():
    criteria = len(framework_in_force().rules.criteria)
    return case_in_consensus("3" * criteria, "3" * criteria)


def saved_level():
    case, _places, lead = consensus()
    return lambda: save_level(case, "A1", level_facts("2"), by=person(lead.person_id), seen=0)


def saved_report():
    case, _places, lead = consensus()
    return lambda: save_report(case, report_facts(case), [], by=person(lead.person_id), seen=0)


def saved_reply():
    case, question = asked_case()
    owner = owner_of(case.organiser)
    return lambda: save_reply(question, words=WORDS, cannot_answer=False, by=person(owner.pk), seen=question.version)


def asked_case() -> tuple[Application, ClarificationQuestion]:
    """Return a case with one question to the applicant, answered in a draft."""
    case = stopped("clarification", "clarification")
    round_ = case.clarifications.create(round=1, sent_at=case.submitted_at)
    Snapshot.objects.create(application=case, cause="submitted", document={}, sha256="0" * 64)
    return case, round_.questions.create(code="A1", words=WORDS, answer="We do.", proposed_by=None)


def test_what_a_page_saves_by_itself_is_not_overtaken_by_its_own_button(saving):
    assert ends_of(saving, saving) == ["done", "done"]


def test_of_two_who_write_at_a_place_at_once_one_is_told():
    case = ApplicationFactory()
    owner = owner_of(case.organiser)

    def writing(level):
        shown = Application.objects.get(pk=case.pk)
        return lambda: save_answer(shown, "criterion:A1", {"level": level}, by=person(owner.pk), seen=0)

    assert sorted(ends_of(writing(2), writing(3))) == ["Stale", "done"]
    assert Answer.objects.get().version == 1


def test_an_answer_that_is_emptied_while_all_are_sent_keeps_them_from_leaving():
    case, question = asked_case()
    shown, owner = Application.objects.get(pk=case.pk), owner_of(case.organiser)

    _reply, end = while_it_commits(
        lambda: save_reply(question, words="", cannot_answer=False, by=person(owner.pk), seen=question.version),
        lambda: send_replies(shown, by=person(owner.pk)),
    )

    assert isinstance(end, StepRefused)
    case.refresh_from_db()
    assert case.has_open_questions


def test_an_application_that_is_withdrawn_while_its_days_run_out_ends_once():
    with clock.moved_to(timedelta(days=-30)):
        case = stopped("return", "returned")
    shown, owner = Application.objects.get(pk=case.pk), owner_of(case.organiser)
    begun = threading.Event()

    def withdraw_slowly():
        with transaction.atomic():
            mine = Application.objects.select_for_update(no_key=True, of=("self",)).get(pk=case.pk)
            begun.set()
            time.sleep(0.4)
            withdraw_application(mine, by=person(owner.pk))

    def close():
        begun.wait(5)
        close_return(shown)

    assert ends_of(withdraw_slowly, close) == ["done", "StepRefused"]


def test_a_label_that_is_lifted_and_revoked_at_once_is_left_in_one_piece():
    held = suspended(label())
    answer_suspension(held, words="It is not so.", by=owner_of(held.organiser))
    admin, other = PersonFactory(roles=["network_admin"]), PersonFactory(roles=["network_admin"])

    ends = ends_of(
        lambda: lift_label(Label.objects.get(pk=held.pk), words="Settled.", by=person(admin.pk)),
        lambda: revoke_label(
            Label.objects.get(pk=held.pk), ground="false_evidence", words="Proven.", by=person(other.pk)
        ),
    )

    held.refresh_from_db()
    assert sorted(ends) == ["StepRefused", "done"]
    assert held.state == ("active" if ends[0] == "done" else "revoked")
    for row in Attestation.objects.filter(pk__in=[held.credential_id, held.endorsement_id]):
        assert bool(row.withdrawn_at) == (held.state == "revoked")
        assert bool(row.suspended_at) == (held.state == "revoked")


def letters(event) -> int:
    """Return how often people were told of something, where nobody was told twice."""
    lines = Notification.objects.filter(event=f"quality_label/{event}")
    assert lines.count() == lines.values("person").distinct().count()
    return lines.count()


def test_of_two_first_versions_put_in_force_at_once_one_is_in_force():
    drafts = [FrameworkVersionFactory(), FrameworkVersionFactory()]
    admin = PersonFactory(roles=["network_admin"])

    def putting(draft):
        return lambda: put_in_force(FrameworkVersion.objects.get(pk=draft.pk), by=person(admin.pk))

    ends = while_it_commits(putting(drafts[0]), putting(drafts[1]))

    assert {type(end) for end in ends} <= {FrameworkVersion, StepRefused}
    assert FrameworkVersion.objects.filter(state="in_force").count() == 1
