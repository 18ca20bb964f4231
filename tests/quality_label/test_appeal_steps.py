"""Every step of an appeal in every state, for every part that a person can have."""

from portal.accounts.models import Person
from quality_label.models import Appeal
from quality_label.workflow.appeal import ENDED, IN_CHECK, LODGED, RUNNING, WITH_PANEL
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import MembershipFactory
from tests.quality_label.steps import expected, steps_open
from tests.quality_label.test_appeals import admin, judges, owner, refused, with_panel

__all__ = ["admin", "judges", "refused"]
STEPS = {
    "take_up": ({LODGED}, {"admin"}),
    "turn_away": ({IN_CHECK}, {"admin"}),
    "admit": ({IN_CHECK}, {"admin"}),
    "comment": ({WITH_PANEL}, {"lead"}),
    "answer": ({WITH_PANEL}, {"owner"}),
    "uphold": ({WITH_PANEL}, {"admin"}),
    "uphold_in_part": ({WITH_PANEL}, {"admin"}),
    "dismiss": ({WITH_PANEL}, {"admin"}),
    "withdraw": (set(RUNNING), {"owner"}),
}


def test_every_step_is_open_in_its_states_to_its_people_alone(db, refused, judges, admin):
    given = with_panel(refused, admin)
    involved = Person.objects.get(pk=refused.coordinator_id)
    involved.network_roles.create(role="network_admin", starts_on="2020-01-01")
    own = PersonFactory(roles=["network_admin"])
    MembershipFactory(organiser=refused.organiser, person=own, role="issuer")
    people = {
        "owner": owner(refused),
        "author": MembershipFactory(organiser=refused.organiser, role="author").person,
        "admin": admin,
        "admin of the applicant": own,
        "admin who led the case": involved,
        "coordinator": PersonFactory(roles=["coordinator"]),
        "lead": refused.assignments.get(role="lead").person,
        "former assessor": refused.assignments.filter(role="assessor").first().person,
        "panel": given.seats.first().person,
    }
    people = {part: Person.objects.get(pk=person.pk) for part, person in people.items()} | {"clock": None}

    for state in [*RUNNING, *ENDED]:
        found = Appeal(
            **{field.attname: getattr(given, field.attname) for field in Appeal._meta.concrete_fields}
            | {"state": state}
        )
        assert (state, steps_open(found, people)) == (state, expected(STEPS, state))
