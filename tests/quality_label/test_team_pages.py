"""The pages of a team: as many queries for much as for little, and evidence for those who judge alone."""

import pytest

from quality_label.actions import add_question, gather_questions
from quality_label.models import SampledAward, SampledBadge, Snapshot
from tests.factories.badges import assertion, published_badge
from tests.factories.label import EvidenceFactory, review_under_way
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db


def draw(application, number):
    """Add a sampled badge with one award, and a piece of evidence."""
    given = assertion(published_badge(application.organiser), email=f"learner{number}@example.org")
    badge = SampledBadge.objects.create(
        application=application, badge_version=given.badge_version, number=number, is_chosen=False
    )
    SampledAward.objects.create(badge=badge, assertion=given, number=number)
    evidence = EvidenceFactory(application=application, number=number)
    Snapshot.objects.filter(application=application).update(made_at=evidence.added_at)


def test_desk_asks_as_much_for_one_sampled_badge_as_for_three(client):
    application, (place, _other), _lead = review_under_way()
    client.force_login(place.person)
    path = f"/quality-label/desk/{place.key}/A1/"
    draw(application, 1)
    few = queries_of(client, path)

    draw(application, 2)
    draw(application, 3)

    assert queries_of(client, path) == few


def test_pages_of_questions_ask_as_much_for_one_as_for_three(client):
    application, (place, _other), lead = review_under_way()
    gather_questions(application, by=lead.person)
    item = EvidenceFactory(application=application)
    few = {}
    for number in range(3):
        words = "Who judges the work that learners hand in?"
        add_question(application, code="B5", words=words, evidence=item, by=place.person)
        for person, path in [
            (place.person, f"/quality-label/desk/{place.key}/questions/"),
            (lead.person, f"/quality-label/lead/{application.key}/"),
        ]:
            client.force_login(person)
            assert (number, queries_of(client, path)) == (number, few.setdefault(path, queries_of(client, path)))


def test_evidence_is_hidden_from_the_desk_that_reported_it(client):
    application, (place, _other), _lead = review_under_way()
    draw(application, 1)
    client.force_login(place.person)
    path = f"/quality-label/desk/{place.key}/evidence/1/report/"

    assert client.post(path, {"words": ""}).status_code == 422
    assert client.post(path, {"words": "Page 2, the list."}).status_code == 302

    assert client.get(path).status_code == 404
    assert "Badge page" not in [
        item.title for item in client.get(f"/quality-label/desk/{place.key}/A1/").context["serving"]
    ]
