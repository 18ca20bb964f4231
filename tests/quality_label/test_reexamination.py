"""An awarded application judged again for a doubt: the label stays meanwhile, and follows what comes of it (R9, D4)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from portal import clock
from portal.invariants import violations
from portal.notifications.models import Notification
from portal.workflow import StepRefused
from quality_label.actions import withdraw_application
from quality_label.actions.decision import cast_vote, declare_for_panel, record_decision
from quality_label.actions.label_end import surrender_label
from quality_label.actions.rounds import reexamine
from quality_label.models import Application, ConsensusLevel, Label, Report
from quality_label.schedule import invite_panels
from tests.factories.accounts import PersonFactory
from tests.factories.label import DeclarationFactory, condition, decided, label, voted_case
from tests.factories.organisers import owner_of
from tests.quality_label import walking

pytestmark = [pytest.mark.django_db, pytest.mark.services]
FOUND = "An assessor worked for the applicant until last spring, and had not said so."


@pytest.fixture
def admin():
    return PersonFactory(roles=["network_admin"])


def again(held, admin):
    return reexamine(held.application, words=FOUND, by=admin)


def decide(case, outcome, **facts):
    """Let a new team have judged, and the panel decide."""
    facts_of_case = {"state": "ready", "ready_at": clock.now()}
    Application.objects.filter(pk=case.pk).update(**facts_of_case)
    case = Application.objects.get(pk=case.pk)
    for code in case.rules.criteria:
        ConsensusLevel.objects.create(application=case, code=code, level=3, reason="Seen.")
    Report.objects.create(application=case, strengths="Good badges.")
    invite_panels()
    for seat in case.seats.all():
        declare_for_panel(seat, has_conflict=False, by=seat.person)
        cast_vote(seat, vote=outcome, words="So it seems.", agrees_to_departure=True, by=seat.person)
    return record_decision(case, **walking.decision_facts(outcome, **facts), by=case.coordinator)


def with_conditions():
    case = voted_case(*["awarded_conditions"] * 3, levels={"F3": 2, "B3": 2})
    asked = [condition("F3", 60), condition("B3", 90)]
    return decided(case, "awarded_conditions", conditions=asked).application.label


def fresh(row):
    return type(row)._base_manager.get(pk=row.pk)


def test_the_label_stays_while_others_judge_in_45_days(admin):
    held = label()

    case = again(held, admin)

    assert (case.state, case.round, case.days().total, case.is_reexamined) == ("assigning", 2, 45, True)
    assert fresh(held).is_standing
    assert case.standing_decision.doubt == FOUND
    assert Notification.objects.filter(event="quality_label/reexamined", person=owner_of(held.organiser)).exists()
    assert [one for one in violations() if one.startswith("L")] == []
    with pytest.raises(StepRefused, match="give the label back"):
        withdraw_application(case, by=owner_of(held.organiser))


def test_who_may_and_what_is_wanted(admin):
    held = label()
    with pytest.raises(StepRefused, match="30 characters"):
        reexamine(held.application, words="A doubt.", by=admin)
    with pytest.raises(PermissionDenied):
        reexamine(held.application, words=FOUND, by=PersonFactory(roles=["coordinator"]))
    surrender_label(held, typed=held.organiser.name, by=owner_of(held.organiser))
    with pytest.raises(StepRefused, match="no label any more"):
        again(held, admin)


def test_found_to_hold_again_everything_stays(admin):
    held = label()
    until = held.valid_until

    decide(again(held, admin), "awarded")

    assert (fresh(held).state, fresh(held).valid_until) == ("active", until)
    assert held.application.decisions.standing().count() == 1
    assert [one for one in violations() if one.startswith("L")] == []


def test_found_whole_its_conditions_fall(admin):
    held = with_conditions()

    decide(again(held, admin), "awarded")

    held = fresh(held)
    assert (held.state, held.valid_until) == ("active", clock.months_later(held.valid_from, 36))
    assert set(held.application.conditions.values_list("state", flat=True)) == {"fallen"}


def test_found_wanting_it_holds_on_conditions_from_now_on(admin):
    held = label()
    asked = condition("F3", 60, level=4)

    decide(again(held, admin), "awarded_conditions", conditions=[asked])

    held = fresh(held)
    assert (held.state, [one.code for one in held.open_conditions]) == ("conditional", ["F3"])
    assert held.conditions_until == asked["due_on"]


def test_the_same_criterion_can_be_asked_for_anew(admin):
    held = with_conditions()

    decide(again(held, admin), "awarded_conditions", conditions=[condition("F3", 90, level=4)])

    held = fresh(held)
    assert (held.state, [(one.code, one.level) for one in held.open_conditions]) == ("conditional", [("F3", 4)])


def test_found_not_to_be_met_the_label_is_revoked(admin, client):
    held = label()

    decide(again(held, admin), "not_awarded")

    held = Label.objects.get(pk=held.pk)
    assert (held.state, held.ground) == ("revoked", "reexamined")
    assert held.credential.withdrawn_at is not None
    assert "judged again" in client.get(held.get_absolute_url()).text
    assert [one for one in violations() if one.startswith("L")] == []


def test_an_admin_opens_it_from_the_page_of_the_case(admin, client):
    held = label()
    DeclarationFactory(application=held.application, person=admin)
    client.force_login(admin)
    place = reverse("quality_label:case-reexamine", args=[held.application.key])
    assert place in client.get(reverse("quality_label:case", args=[held.application.key])).text

    short = client.post(place, {"seen": held.application.version, "words": "A doubt."})
    done = client.post(place, {"seen": held.application.version, "words": FOUND})

    assert (short.status_code, done.status_code) == (422, 302)
    assert fresh(held.application).state == "assigning"
