"""Who may do what in a check and a suspension, and in which state."""

import pytest

from organisers import permissions
from organisers.models import Suspension, VerificationCase
from portal.clock import now
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import MembershipFactory, OrganiserFactory, case_in_check, suspended_by

pytestmark = pytest.mark.django_db
ROLES = ["owner", "author", "above", "stranger", "checker", "coordinator", "admin", "admin_inside", "admin_in_parent"]
OWNERS = {"owner", "above"}
MEMBERS = OWNERS | {"author", "admin_inside"}
NETWORK = {"checker", "coordinator", "admin"}
CASE = {
    "may_see_verification": MEMBERS | NETWORK,
    "may_manage_verification": OWNERS,
    "may_cancel_verification": OWNERS,
    "may_ask_for_second_look": OWNERS,
    "may_take_verification": NETWORK,
    "may_check": {"checker", "admin"},
    "may_grant_second_look": {"admin"},
}
SUSPENSION = {
    "may_see_suspension": MEMBERS | NETWORK,
    "may_answer_suspension": OWNERS,
    "may_confirm_suspension": {"admin"},
    "may_lift": {"admin"},
    "may_revoke_organiser": {"admin"},
}
ORGANISER = {"may_ask_for_verification": OWNERS, "may_suspend": NETWORK}
FROM = {
    "take_up": {"requested"},
    "cancel": {"requested"},
    "ask": {"in_check"},
    "verify": {"in_check"},
    "reject": {"in_check"},
    "answer": {"info_requested"},
    "run_out": {"info_requested"},
    "ask_for_second_look": {"rejected"},
    "grant_second_look": {"rejected"},
}


@pytest.fixture
def cast():
    """Return an organiser inside another, with people of every role."""
    parent = OrganiserFactory(owner=(above := PersonFactory()))
    organiser = OrganiserFactory(parent=parent, owner=(owner := PersonFactory()))
    people = {
        "owner": owner,
        "above": above,
        "stranger": PersonFactory(),
        "author": PersonFactory(),
        "checker": PersonFactory(roles=["coordinator"]),
        "coordinator": PersonFactory(roles=["coordinator"]),
        **{name: PersonFactory(roles=["network_admin"]) for name in ["admin", "admin_inside", "admin_in_parent"]},
    }
    MembershipFactory(organiser=organiser, person=people["author"], role="author")
    MembershipFactory(organiser=organiser, person=people["admin_inside"], role="reviewer")
    MembershipFactory(organiser=parent, person=people["admin_in_parent"], role="author")
    return organiser, people


def allowed(name, obj, people):
    return {role for role in ROLES if getattr(permissions, name)(obj, people[role])}


def test_who_may_do_what(cast):
    organiser, people = cast
    case = case_in_check(people["checker"], organiser)
    suspension = suspended_by(people["checker"], organiser)

    for table, obj in [(CASE, case), (SUSPENSION, suspension), (ORGANISER, organiser)]:
        assert {name: allowed(name, obj, people) for name in table} == table


def test_what_is_found_is_what_may_be_seen(cast):
    organiser, people = cast
    case = case_in_check(people["checker"], organiser)
    suspension = suspended_by(people["checker"], organiser)

    for role in ROLES:
        person = people[role]
        found = VerificationCase.objects.visible_to(person).exists(), Suspension.objects.visible_to(person).exists()
        seen = permissions.may_see_verification(case, person), permissions.may_see_suspension(suspension, person)
        assert found == seen, role


@pytest.mark.parametrize("state", [name for name, _label in VerificationCase.STATES])
def test_which_step_is_open_in_which_state(state):
    case = VerificationCase(state=state, decided_at=now())

    for step, sources in FROM.items():
        is_open = getattr(case, step)._django_fsm.get_transition(case.state) is not None
        assert is_open == (state in sources), step


@pytest.mark.parametrize("state", ["in_force", "lifted", "revoked"])
def test_a_suspension_that_ended_stays_as_it_is(state):
    suspension = Suspension(state=state)

    for step in ["confirm", "answer", "lift", "run_out", "revoke"]:
        is_open = getattr(suspension, step)._django_fsm.get_transition(suspension.state) is not None
        assert is_open == (state == "in_force"), step
