"""A refused application judged again by new people after an appeal: what they are asked, and what comes of it."""

import pytest
from django.urls import reverse

from portal.invariants import violations
from portal.workflow import StepRefused
from quality_label.actions import save_level, save_rating
from quality_label.actions.consensus import comparison_of
from quality_label.models import Application, Label
from tests.factories.accounts import PersonFactory
from tests.factories.cases import expert
from tests.quality_label import walking
from tests.quality_label.test_appeals import decide, voted, with_panel

pytestmark = [pytest.mark.django_db, pytest.mark.services, pytest.mark.timeout(120)]


def walked_to(state, case, people):
    """Return a case once it has come to a state, with nobody making a mistake."""
    for _step in range(20):
        case = Application.objects.get(pk=case.pk)
        if case.state == state:
            return case
        walking.go_on(case, people)
    raise AssertionError(f"{case.state} instead of {state}")


@pytest.fixture
def again():
    """A case whose appeal was upheld for B1 and C4, with new people to judge it."""
    case, people = walking.whole_case()
    walking.refuse(walked_to("ready", case, people), people)
    PersonFactory.create_batch(3, roles=["assessor"])
    admin = PersonFactory(roles=["network_admin"])
    appeal = with_panel(case, admin)
    decide(voted(appeal, "partly_upheld", "partly_upheld", "partly_upheld", criteria=["B1", "C4"]), admin)
    fresh = {"assessor": expert("assessor"), "other assessor": expert("assessor"), "lead": expert("lead_assessor")}
    return Application.objects.get(pk=case.pk), people | {name: one.pk for name, one in fresh.items()}


def test_new_people_judge_what_was_named_and_it_ends_in_a_label(again, client):
    case, people = again
    former = {place.person_id for place in case.assignments.all()}

    case = walked_to("in_review", case, people)
    places = list(case.assignments.reviews())
    assert {place.person_id for place in places}.isdisjoint(former)
    client.force_login(places[0].person)
    desk = reverse("quality_label:desk", args=[places[0].key])
    assert client.get(desk).url == reverse("quality_label:desk", args=[places[0].key, "B1"])
    page = client.get(reverse("quality_label:desk", args=[places[0].key, "B1"]))
    assert [one["code"] for one in page.context["criteria"]] == ["B1", "C4"]
    assert client.get(reverse("quality_label:desk", args=[places[0].key, "A1"])).status_code == 404
    with pytest.raises(StepRefused, match="not judged again"):
        save_rating(places[0], "A1", {"level": 4}, by=places[0].person, seen=0)

    case = walked_to("consensus", case, people)
    assert len(comparison_of(case).reviews) == 2
    lead = case.assignments.leads().get().person
    row = case.consensus.get(code="A1")
    assert row.is_carried
    with pytest.raises(StepRefused, match="not judged again"):
        save_level(case, "A1", walking.level_facts("4"), by=lead, seen=row.version)
    client.force_login(lead)
    assert "kept from the earlier decision" in client.get(reverse("quality_label:lead-consensus", args=[case.key])).text

    case = walked_to("awarded", case, people)
    first, second = case.decisions.all()
    assert (first.outcome, first.round, first.replaced_at is None) == ("not_awarded", 1, False)
    assert (second.outcome, second.round, second.round_days) == ("awarded", 2, 30)
    assert len([one for area in second.report["areas"] for one in area["criteria"] if one["level"]]) == 25
    assert Label.objects.get(application=case).is_standing
    assert [one for one in violations() if one.startswith("L")] == []


def test_the_team_before_reads_nothing_of_the_new_round(again, client):
    case, people = again
    former = case.assignments.filter(round=1, role="lead").get().person

    walked_to("in_review", case, people)

    client.force_login(former)
    for name in ["lead", "lead-consensus", "past-case", "case"]:
        assert client.get(reverse(f"quality_label:{name}", args=[case.key])).status_code == 404
