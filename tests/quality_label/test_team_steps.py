"""Every step of a place in a team in every state, for every part that a person can have in its case."""

import pytest

from portal.accounts.models import Person
from quality_label.workflow.assignment import (
    ACCEPTED,
    DECLINED,
    DRAFTING,
    INVITED,
    LOCKED,
    RELEASED,
    REOPENED,
    VOIDED,
)
from tests.factories.accounts import PersonFactory
from tests.factories.label import AssignmentFactory, DeclarationFactory
from tests.factories.organisers import MembershipFactory, owner_of
from tests.quality_label.steps import expected, steps_open

EVERY = [INVITED, DECLINED, ACCEPTED, DRAFTING, LOCKED, REOPENED, VOIDED, RELEASED]
TAKEN = {ACCEPTED, DRAFTING, LOCKED, REOPENED}
HOLDER, CLOCK, LEADING = {"holder"}, {"clock"}, {"its coordinator", "admin"}

STEPS = {
    "accept": ({INVITED}, HOLDER),
    "decline": ({INVITED}, HOLDER),
    "run_out": ({INVITED}, CLOCK),
    "begin": ({ACCEPTED}, HOLDER),
    "lock": ({DRAFTING, REOPENED}, HOLDER),
    "reopen": ({LOCKED}, CLOCK),
    "agree": (TAKEN, LEADING),
    "void": ({INVITED, *TAKEN}, LEADING),
    "release": ({INVITED, *TAKEN}, CLOCK),
}


def place_in(state):
    facts = {"accepted": True} if state in TAKEN else {}
    return AssignmentFactory(state=state, locked_at="2026-03-02T09:00Z" if state == LOCKED else None, **facts)


def people_of(place):
    """Return a person of every part, by its name."""
    case = place.application
    case.coordinator = PersonFactory(roles=["coordinator"])
    case.save()
    people = {
        "holder": place.person,
        "other assessor": AssignmentFactory(application=case, accepted=True).person,
        "lead": AssignmentFactory(application=case, accepted=True, role="lead").person,
        "its coordinator": case.coordinator,
        "coordinator": PersonFactory(roles=["coordinator"]),
        "admin": PersonFactory(roles=["network_admin"]),
        "admin with a conflict": DeclarationFactory(
            application=case, conflict="excluding", person=PersonFactory(roles=["network_admin"])
        ).person,
        "owner": owner_of(case.organiser),
        "stranger": PersonFactory(roles=["assessor"]),
    }
    return {part: Person.objects.get(pk=person.pk) for part, person in people.items()} | {"clock": None}


@pytest.mark.parametrize("state", EVERY)
def test_every_step_is_open_in_its_states_to_its_people_alone(db, state):
    place = place_in(state)
    people = people_of(place)
    place.refresh_from_db()

    assert steps_open(place, people) == expected(STEPS, state)


@pytest.mark.parametrize("state", EVERY)
def test_a_holder_who_joined_the_applicant_can_do_nothing(db, state):
    place = place_in(state)
    MembershipFactory(organiser=place.application.organiser, person=place.person, role="reviewer")

    allowed = steps_open(place, {"holder": Person.objects.get(pk=place.person_id)})

    assert [step for step, parts in allowed.items() if parts] == []
