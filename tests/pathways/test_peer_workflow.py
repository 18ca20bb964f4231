"""The state tables of a learner's look and of a complaint: every step from every state, and who may take it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from pathways.models import Complaint, PeerReview
from pathways.permissions import may_answer_complaint, may_moderate, may_run_complaints, may_see_complaint
from pathways.workflow import complaint as complaints
from pathways.workflow import peer_review as looks
from portal import clock
from portal.workflow import StepRefused, take
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import peer_activity, peer_of, reviewed_activity, waiting_attempt, with_role

pytestmark = [pytest.mark.django_db, pytest.mark.services]
DRAWN, GIVEN, SET_ASIDE, ENDED = looks.DRAWN, looks.GIVEN, looks.SET_ASIDE, looks.ENDED
SAID = {"feedback": "The second brake is missing here.", "checklist": [{"line": "Both brakes hold", "met": False}]}
LOOKS = {
    "give": ({DRAWN: GIVEN}, SAID),
    "give_up": ({DRAWN: ENDED}, {}),
    "run_out": ({DRAWN: ENDED}, {}),
    "report": ({GIVEN: GIVEN}, {"reason": "wrong"}),
    "set_aside": ({GIVEN: SET_ASIDE}, {"reason": "wrong", "moderator": None}),
}
ROLES = {"give": "peer", "give_up": "peer", "run_out": None, "report": "learner", "set_aside": "reviewer"}


def look_in(state):
    page = peer_activity()
    look = PeerReview.objects.create(attempt=waiting_attempt(page), round=1, by=peer_of(page))
    facts = {
        GIVEN: {"given_at": clock.now(), **SAID},
        SET_ASIDE: {"given_at": clock.now(), "set_aside_as": "wrong", **SAID},
    }
    PeerReview.objects.filter(pk=look.pk).update(state=state, **facts.get(state, {}))
    return PeerReview.objects.get(pk=look.pk)


def people_about(look):
    return {
        "peer": look.by,
        "learner": look.attempt.person,
        "reviewer": with_role(look.attempt.organiser, "reviewer"),
        None: None,
    }


@pytest.mark.parametrize("state", [DRAWN, GIVEN, SET_ASIDE, ENDED])
@pytest.mark.parametrize("step", LOOKS)
def test_each_step_of_a_look_from_each_state(step, state):
    look = look_in(state)
    outcomes, facts = LOOKS[step]
    if step == "run_out":
        PeerReview.objects.update(due_at=clock.now() - timedelta(minutes=1))
    by = people_about(look)[ROLES[step]]

    if target := outcomes.get(state):
        assert take(getattr(look, step), by=by, **facts).state == target
    else:
        with pytest.raises(StepRefused):
            take(getattr(look, step), by=by, **facts)


@pytest.mark.parametrize("step", LOOKS)
def test_nobody_takes_the_steps_of_another(step):
    look = look_in(next(iter(LOOKS[step][0])))
    people = people_about(look)
    wrong = [person for role, person in people.items() if role != ROLES[step]]
    for person in [*wrong, PersonFactory(), with_role(reviewed_activity().organiser, "reviewer")]:
        with pytest.raises(PermissionDenied):
            take(getattr(look, step), by=person, **LOOKS[step][1])


def test_a_look_falls_free_in_its_time_alone():
    with pytest.raises(StepRefused, match="still time to look"):
        take(look_in(DRAWN).run_out, by=None)


def test_a_judgement_is_reported_once():
    look = look_in(GIVEN)
    take(look.report, by=look.attempt.person, reason="wrong")

    with pytest.raises(StepRefused, match="reported this already"):
        take(look.report, by=look.attempt.person, reason="hurtful")


def test_a_reviewer_moderates_neither_what_they_said_nor_what_was_said_of_them():
    look = look_in(GIVEN)
    for person in (look.by, look.attempt.person):
        with_role(look.attempt.organiser, "reviewer", person)
        assert not may_moderate(look, person)


# --- complaints -------------------------------------------------------------------------------------------------------


def complaint_in(state, organiser=None):
    page = peer_activity(organiser)
    complaint = Complaint.objects.create(
        attempt=waiting_attempt(page), round=1, text="The second brake is there.", answer_due=date(2027, 3, 8)
    )
    answered = {} if state == complaints.OPEN else {"answered_at": clock.now(), "answer": "We looked."}
    Complaint.objects.filter(pk=complaint.pk).update(state=state, **answered)
    return Complaint.objects.get(pk=complaint.pk)


def owner_of(organiser):
    return organiser.memberships.owners().first().person


@pytest.mark.parametrize("state", [complaints.OPEN, complaints.UPHELD, complaints.NOT_UPHELD])
@pytest.mark.parametrize(("step", "target"), [("uphold", complaints.UPHELD), ("reject", complaints.NOT_UPHELD)])
def test_each_step_of_a_complaint_from_each_state(step, target, state):
    complaint = complaint_in(state)
    owner = owner_of(complaint.attempt.organiser)
    facts = {"answer": "We looked.", "owner": owner}

    if state == complaints.OPEN:
        assert take(getattr(complaint, step), by=owner, **facts).state == target
    else:
        with pytest.raises(StepRefused):
            take(getattr(complaint, step), by=owner, **facts)


@pytest.mark.parametrize("step", ["uphold", "reject"])
def test_nobody_but_owners_answers(step):
    complaint = complaint_in(complaints.OPEN)
    organiser = complaint.attempt.organiser
    people = [with_role(organiser, role) for role in ("reviewer", "author", "issuer")]
    for person in [*people, complaint.attempt.person, PersonFactory(), owner_of(OrganiserFactory()), None]:
        with pytest.raises(PermissionDenied):
            take(getattr(complaint, step), by=person, answer="We looked.", owner=person)


def test_who_sees_and_who_is_shown_agree():
    ours, network = (
        complaint_in(complaints.OPEN),
        complaint_in(complaints.OPEN, OrganiserFactory(verified=True, is_network=True)),
    )
    people = [PersonFactory(), PersonFactory(roles=["network_admin"])]
    for one in (ours, network):
        people += [owner_of(one.attempt.organiser), with_role(one.attempt.organiser, "reviewer"), one.attempt.person]
        people.append(with_role(one.attempt.organiser, "owner", PersonFactory()))
        with_role(one.attempt.organiser, "owner", one.attempt.person)
    for person in people:
        for one in (ours, network):
            seen = Complaint.objects.visible_to(person).filter(pk=one.pk).exists()
            assert seen is may_see_complaint(one, person)
            assert seen is may_answer_complaint(one, person)
    assert may_run_complaints(network.attempt.organiser, people[1])
    assert not may_run_complaints(network.attempt.organiser, owner_of(network.attempt.organiser))
