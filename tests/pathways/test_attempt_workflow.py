"""The state table of an attempt: every step from every state, and every predicate for every role."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from pathways.models import Attempt, EvidenceItem, Judgement
from pathways.permissions import may_judge, may_learn, may_see_evidence, may_work_on
from pathways.workflow.attempt import OPEN, PASSED, RETURNED, SUBMITTED
from portal import clock
from portal.audit.models import AuditEvent
from portal.workflow import StepRefused, take
from tests.factories.accounts import PersonFactory
from tests.factories.pathways import reviewed_activity, with_role

pytestmark = [pytest.mark.django_db, pytest.mark.services]
OUTCOMES = {
    "submit": {OPEN: SUBMITTED, RETURNED: SUBMITTED},
    "take_back": {SUBMITTED: OPEN},
    "ask_for_second_opinion": {RETURNED: SUBMITTED},
    "finish": {OPEN: PASSED, RETURNED: PASSED},
    "attest": {OPEN: PASSED, RETURNED: PASSED},
    "give_back": {SUBMITTED: RETURNED},
    "accept": {SUBMITTED: PASSED},
    "give_back_by_peers": {SUBMITTED: RETURNED},
    "accept_by_peers": {SUBMITTED: PASSED},
    "hand_to_reviewers": {SUBMITTED: SUBMITTED},
    "reopen": {RETURNED: SUBMITTED, PASSED: SUBMITTED},
}
DUE = date(2027, 3, 8)
FACTS = {
    "submit": {"answer_due": DUE},
    "ask_for_second_opinion": {"answer_due": DUE, "doubt": "It is there."},
    "reopen": {"answer_due": DUE},
    **{step: {"badge_class": None} for step in ["finish", "attest", "accept", "accept_by_peers"]},
}
REVIEWERS = {"give_back", "accept"}
FOLLOWING = {"give_back_by_peers", "accept_by_peers", "hand_to_reviewers", "reopen"}  # from what others did
BOTH = {"attest"}


def attempt_in(state):
    page, person = reviewed_activity(), PersonFactory()
    attempt = Attempt.objects.create(person=person, activity_key=page.translation_key, organiser=page.organiser)
    EvidenceItem.objects.create(attempt=attempt, text="I did it.")
    if state == RETURNED:
        Judgement.objects.create(attempt=attempt, outcome="returned", feedback="Once more.")
        EvidenceItem.objects.create(attempt=attempt, text="I did it again.", round=2)
        Attempt.objects.filter(pk=attempt.pk).update(round=2)
    moments = {SUBMITTED: {"submitted_at": clock.now(), "peers": 1}, PASSED: {"passed_at": clock.now()}}
    Attempt.objects.filter(pk=attempt.pk).update(state=state, **moments.get(state, {}))
    return Attempt.objects.get(pk=attempt.pk)


@pytest.mark.parametrize("step", OUTCOMES)
@pytest.mark.parametrize("state", [OPEN, SUBMITTED, RETURNED, PASSED])
def test_each_step_from_each_state(step, state):
    attempt = attempt_in(state)
    by = with_role(attempt.organiser, "reviewer") if step in REVIEWERS else attempt.person
    by = None if step in FOLLOWING else by
    move = getattr(attempt, step)

    if target := OUTCOMES[step].get(state):
        assert take(move, by=by, **FACTS.get(step, {})).state == target
        assert AuditEvent.objects.filter(verb=f"pathways.attempt.{step}").count() == 1
    else:
        with pytest.raises(StepRefused):
            take(move, by=by, **FACTS.get(step, {}))
        assert Attempt.objects.get(pk=attempt.pk).state == state


@pytest.mark.parametrize("step", OUTCOMES)
def test_nobody_takes_the_steps_of_the_other_side(step):
    attempt = attempt_in(next(iter(OUTCOMES[step])))
    wrong = [attempt.person] if step in REVIEWERS else [with_role(attempt.organiser, "reviewer"), PersonFactory()]
    wrong = [PersonFactory()] if step in BOTH else wrong
    wrong = [attempt.person, *wrong] if step in FOLLOWING else [*wrong, None]

    for person in wrong:
        with pytest.raises(PermissionDenied):
            take(getattr(attempt, step), by=person, **FACTS.get(step, {}))


def test_nothing_is_submitted_without_evidence_for_this_round():
    attempt = attempt_in(RETURNED)
    Attempt.objects.update(round=3)

    with pytest.raises(StepRefused, match="Hand in some evidence first"):
        take(attempt.submit, by=attempt.person, **FACTS["submit"])


@pytest.mark.parametrize(
    ("who", "works", "judges", "sees"),
    [
        ("learner", True, False, True),
        ("owner", False, True, True),
        ("reviewer", False, True, True),
        ("author", False, False, False),
        ("issuer", False, False, False),
        ("reviewer elsewhere", False, False, False),
        ("anybody", False, False, False),
        ("nobody", False, False, False),
    ],
)
def test_who_may_what(who, works, judges, sees):
    attempt = attempt_in(SUBMITTED)
    person = {
        "learner": lambda: attempt.person,
        "reviewer elsewhere": lambda: with_role(reviewed_activity().organiser, "reviewer"),
        "anybody": PersonFactory,
        "nobody": AnonymousUser,
    }.get(who, lambda: with_role(attempt.organiser, who))()

    assert may_work_on(attempt, person) is works
    assert may_judge(attempt, person) is judges
    assert may_see_evidence(attempt.evidence.get(), person) is sees
    assert may_learn(person) is (who != "nobody")


def test_an_owner_who_learns_does_not_judge_themselves():
    attempt = attempt_in(SUBMITTED)
    with_role(attempt.organiser, "owner", attempt.person)

    assert not may_judge(attempt, attempt.person)
