"""Every step of a label in every state, for every part that a person can have."""

import pytest

from portal.accounts.models import Person
from quality_label.models import Label
from quality_label.workflow.label import ACTIVE, CONDITIONAL, EVERY, GRACE, REVOKED, SUSPENDED
from tests.factories.accounts import PersonFactory
from tests.factories.label import label
from tests.factories.organisers import MembershipFactory, owner_of
from tests.quality_label.steps import expected, steps_open

pytestmark = pytest.mark.services
STEPS = {
    "suspend": ({ACTIVE, CONDITIONAL, GRACE}, {"coordinator", "admin"}),
    "lift": ({SUSPENDED}, {"coordinator", "admin"}),
    "revoke": ({SUSPENDED}, {"admin"}),
    "suspend_for_duty": ({ACTIVE, CONDITIONAL, GRACE}, {"clock"}),
    "confirm": ({SUSPENDED}, {"admin"}),
    "answer": ({SUSPENDED}, {"owner"}),
    "lift_unconfirmed": ({SUSPENDED}, {"clock"}),
    "lift_cured": ({SUSPENDED}, {"clock"}),
    "lift_after_appeal": ({SUSPENDED}, {"clock"}),
    "reinstate": ({REVOKED}, {"clock"}),
    "revoke_after_reexamination": ({ACTIVE, CONDITIONAL, SUSPENDED, GRACE}, {"clock"}),
    "become_conditional": ({ACTIVE, GRACE}, {"clock"}),
    "revoke_by_order": ({ACTIVE, CONDITIONAL, GRACE}, {"admin"}),
    "surrender": ({ACTIVE, CONDITIONAL, GRACE}, {"owner"}),
    "become_whole": ({CONDITIONAL}, {"clock"}),
    "wait_for_renewal": ({ACTIVE}, {"clock"}),
    "supersede": ({ACTIVE, CONDITIONAL, SUSPENDED, GRACE}, {"clock"}),
    "end_grace": ({GRACE}, {"clock"}),
    "expire": ({ACTIVE, SUSPENDED, GRACE}, {"clock"}),
}


def test_every_step_is_open_in_its_states_to_its_people_alone(db):
    given = label()
    own = PersonFactory(roles=["coordinator", "network_admin"])
    MembershipFactory(organiser=given.organiser, person=own, role="issuer")
    people = {
        "owner": owner_of(given.organiser),
        "coordinator": PersonFactory(roles=["coordinator"]),
        "admin": PersonFactory(roles=["network_admin"]),
        "admin of the holder": own,
        "assessor": PersonFactory(roles=["assessor"]),
    }
    people = {part: Person.objects.get(pk=person.pk) for part, person in people.items()} | {"clock": None}

    for state in EVERY:
        found = Label(
            **{field.attname: getattr(given, field.attname) for field in Label._meta.concrete_fields} | {"state": state}
        )
        assert (state, steps_open(found, people)) == (state, expected(STEPS, state))
