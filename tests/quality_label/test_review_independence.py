"""Nobody else sees a level before all reviews are handed in: no page, no list, no log."""

import pytest

from portal.audit.models import AuditEvent
from quality_label.models import Application, Assignment
from quality_label.permissions import may_see_desk, may_see_reviews
from quality_label.workflow.application import EVERY, FINAL, READABLE
from tests.factories.accounts import PersonFactory
from tests.factories.label import (
    AssignmentFactory,
    case_in_consensus,
    hand_in,
    levels_in_order,
    review_under_way,
    write_review,
)

pytestmark = pytest.mark.django_db
MARK = "Only the assessor of this review may read this sentence."


@pytest.fixture
def written():
    """A review that is handed in, beside one that is not."""
    application, (place, _other), lead = review_under_way()
    write_review(place, levels_in_order(application, "3" * 25))
    place.ratings.update(reason=MARK)
    return application, place, lead


def pages_of(application, place):
    desk, lead = f"/quality-label/desk/{place.key}", f"/quality-label/lead/{application.key}"
    return [f"{desk}/", f"{desk}/A1/", f"{desk}/hand-in/", f"{lead}/", f"{lead}/consensus/", f"{lead}/report/"]


@pytest.mark.parametrize("part", ["other", "lead", "coordinator", "admin", "owner", "stranger"])
def test_levels_of_an_open_round_are_on_no_page_of_anybody_else(client, written, part):
    application, place, lead = written
    people = {
        "other": application.assignments.reviews().exclude(pk=place.pk).get().person,
        "lead": lead.person,
        "coordinator": application.coordinator,
        "admin": PersonFactory(roles=["network_admin"]),
        "owner": application.organiser.memberships.owners().first().person,
        "stranger": PersonFactory(roles=["assessor"]),
    }
    client.force_login(people[part])

    for path in pages_of(application, place):
        answer = client.get(path)
        assert MARK not in answer.content.decode()
        if "/desk/" in path:
            assert (path, answer.status_code) == (path, 404)


def test_own_review_is_read_by_its_assessor(client, written):
    _application, place, _lead = written
    client.force_login(place.person)

    assert MARK in client.get(f"/quality-label/desk/{place.key}/A1/").content.decode()


def test_one_locked_review_shows_nothing_to_the_others(client, written):
    application, place, lead = written
    other = application.assignments.reviews().exclude(pk=place.pk).get()
    Assignment.objects.filter(pk=place.pk).update(state="locked", locked_at="2026-11-20T09:00Z")
    application = Application.objects.get(pk=application.pk)

    assert not any(may_see_reviews(application, one) for one in [other.person, lead.person, application.coordinator])
    client.force_login(other.person)
    assert client.get(f"/quality-label/lead/{application.key}/consensus/").status_code == 403


def test_third_assessor_sees_no_levels_before_handing_in(client):
    application, (one, _other), lead = case_in_consensus("3" * 25, "2" * 25)
    Application.objects.filter(pk=application.pk).update(state="third_review")
    third = AssignmentFactory(application=application, accepted=True, role="third")
    path = f"/quality-label/lead/{application.key}/consensus/"

    client.force_login(third.person)
    assert client.get(path).status_code == 403
    for person in [one.person, lead.person]:
        client.force_login(person)
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("state", EVERY)
def test_a_desk_is_open_to_its_assessor_while_the_team_reads_the_file(client, state):
    application, (place, other), _lead = review_under_way()
    facts = {"ended_at": "2026-11-20T09:00Z"} if state in FINAL else {}
    if state in {"returned", "clarification"}:
        facts["answer_by"] = "2099-01-01"
    Application.objects.filter(pk=application.pk).update(state=state, **facts)
    place = Assignment.objects.with_words().get(pk=place.pk)

    for person, is_open in [(place.person, state in READABLE), (other.person, False)]:
        client.force_login(person)
        status = client.get(f"/quality-label/desk/{place.key}/A1/").status_code
        assert (status == 200, may_see_desk(place, person)) == (is_open, is_open)


def test_log_tells_no_levels(written):
    application, place, _lead = written
    hand_in(application.assignments.reviews().exclude(pk=place.pk).get(), levels_in_order(application, "2" * 25))

    assert all(set(event.facts) <= {"from", "to"} for event in AuditEvent.objects.filter(verb__contains="assignment"))
