"""Who may see an application: the lists and the rule agree, for every part a person can have and every state."""

import pytest

from portal.accounts.models import Person
from quality_label.models import Application, PanelSeat
from quality_label.permissions import may_see_application, may_see_case
from quality_label.workflow.application import DRAFT, EVERY, FINAL, READABLE, READY
from tests.factories.accounts import PersonFactory
from tests.factories.label import ApplicationFactory, AssignmentFactory, DeclarationFactory
from tests.factories.organisers import MembershipFactory, OrganiserFactory

SUBMITTED = {"day_0": "2026-03-02", "submitted_at": "2026-03-02T09:00Z", "seed": "5eed"}


def application_in(state):
    facts = {} if state == DRAFT else dict(SUBMITTED)
    if state in FINAL:
        facts["ended_at"] = "2026-05-02T09:00Z"
    if state in {"returned", "clarification"}:
        facts["answer_by"] = "2099-01-01"
    return ApplicationFactory(state=state, taken=True, **facts)


def people_of(application):
    """Return a person of every part, by its name."""
    member = MembershipFactory(organiser=application.organiser, role="reviewer").person
    unit = OrganiserFactory(parent=application.organiser)
    people = {
        "owner": application.organiser.memberships.owners().first().person,
        "member": member,
        "coordinator": PersonFactory(roles=["coordinator"]),
        "its coordinator": application.coordinator,
        "admin": PersonFactory(roles=["network_admin"]),
        "coordinator of the applicant": MembershipFactory(
            organiser=unit, role="issuer", person=PersonFactory(roles=["coordinator"])
        ).person,
        "coordinator with a conflict": DeclarationFactory(
            application=application, conflict="excluding", person=PersonFactory(roles=["coordinator"])
        ).person,
        "lead": AssignmentFactory(application=application, role="lead", accepted=True).person,
        "invited": AssignmentFactory(application=application).person,
        "assessor": AssignmentFactory(application=application, accepted=True).person,
        "assessor who joined": AssignmentFactory(application=application, accepted=True).person,
        "of the panel": PanelSeat.objects.create(application=application, person=PersonFactory()).person,
        "stranger": PersonFactory(roles=["assessor"]),
    }
    MembershipFactory(organiser=application.organiser, person=people["assessor who joined"], role="author")
    return {part: Person.objects.get(pk=person.pk) for part, person in people.items()}


@pytest.mark.parametrize("state", EVERY)
def test_list_and_rule_agree_on_every_part(db, state):
    application = application_in(state)
    seen = {"owner", "member", "assessor who joined"}
    if state != DRAFT:
        seen |= {"coordinator", "its coordinator", "admin"}
    if state in READABLE:
        seen |= {"lead", "assessor"}
    if state == READY:
        seen |= {"of the panel"}

    for part, person in people_of(application).items():
        listed = Application.objects.visible_to(person).filter(pk=application.pk).exists()
        assert (part, listed) == (part, may_see_application(application, person))
        assert (part, listed) == (part, part in seen)
        as_network = Application.objects.cases_for(person).filter(pk=application.pk).exists()
        assert (part, as_network) == (part, may_see_case(application, person))


def test_an_assessor_who_joins_the_applicant_loses_the_case(db):
    application = ApplicationFactory(in_review=True)
    assessor = AssignmentFactory(application=application, accepted=True).person
    assert may_see_case(application, assessor)

    MembershipFactory(organiser=application.organiser, person=assessor, role="reviewer")

    assert not may_see_case(application, Person.objects.get(pk=assessor.pk))
    assert not Application.objects.cases_for(assessor).exists()
