"""Taking evidence away: offered and done where it is open, refused with the reason where it is not."""

import pytest
from django.urls import reverse

from portal import clock
from portal.workflow import StepRefused
from quality_label.actions import remove_evidence, staying
from quality_label.actions.submission import freeze
from quality_label.models import Clarification, ClarificationQuestion, Return
from tests.factories.label import ApplicationFactory, EvidenceFactory
from tests.portal.queries import queries_of
from tests.quality_label.applying import later, owner, stopped

pytestmark = pytest.mark.django_db


def page_of(application):
    return reverse("quality_label:own-evidence", args=[application.organiser.slug])


def way_out(item):
    return reverse("quality_label:own-evidence-remove", args=[item.application.organiser.slug, item.key])


def offered(client, application):
    """Return the titles of the evidence that the page offers to take away."""
    client.force_login(owner(application))
    text = client.get(page_of(application)).content.decode()
    return [item.title for item in application.evidence.kept() if f'action="{way_out(item)}"' in text]


@pytest.fixture
def returned():
    application = stopped("return", "returned")
    Return.objects.create(application=application, places={"criterion:B3": "Not to be read."})
    for title, criteria in [("Alone", ["B3"]), ("Both", ["A1", "B3"]), ("Other", ["A1"])]:
        EvidenceFactory(application=application, title=title, criteria=criteria)
    freeze(application, "submitted")
    return application


def asked_with(application, *titles):
    asked = Clarification.objects.create(application=application, round=1, sent_at=clock.now())
    ClarificationQuestion.objects.create(clarification=asked, code="A1", words="Who reads it?")
    for title in titles:
        EvidenceFactory(application=application, title=title)
    return application


def test_everything_of_a_draft_may_go(client):
    item = EvidenceFactory()

    assert offered(client, item.application) == ["Badge page"]


def test_what_a_return_leaves_alone_is_not_offered(client, returned):
    both, other = returned.evidence.get(title="Both"), returned.evidence.get(title="Other")

    assert offered(client, returned) == ["Alone"]
    text = client.get(page_of(returned)).content.decode()
    assert text.count("It stays, as it is also about what you are not asked to complete: A1.") == 1
    refused = [client.post(way_out(item)) for item in [both, other]]
    assert [answer.status_code for answer in refused] == [409, 409]
    assert "It stays, as it is also about" in refused[0].content.decode()
    assert client.post(way_out(returned.evidence.get(title="Alone"))).status_code == 302


def test_beside_open_questions_what_is_new_may_go(client):
    application = asked_with(stopped("clarification", "clarification"), "Handed in")
    freeze(application, "submitted")
    EvidenceFactory(application=application, title="New")

    assert offered(client, application) == ["New"]
    assert client.post(way_out(application.evidence.get(title="Handed in"))).status_code == 409


def test_with_the_network_nothing_may_go(client):
    application = ApplicationFactory(in_review=True)
    item = EvidenceFactory(application=application)

    assert offered(client, application) == []
    assert client.post(way_out(item)).status_code == 409


def test_after_the_last_day_nothing_is_offered(returned):
    with later(days=30):
        assert set(staying(returned, returned.evidence.all())) == {item.pk for item in returned.evidence.all()}
        with pytest.raises(StepRefused, match="over"):
            remove_evidence(returned.evidence.first(), by=owner(returned))


def test_the_page_asks_the_same_however_much_is_attached(client):
    application = asked_with(stopped("clarification", "clarification"), "First")
    freeze(application, "submitted")
    client.force_login(owner(application))
    queries = queries_of(client, page_of(application))
    EvidenceFactory.create_batch(29, application=application)

    assert queries_of(client, page_of(application)) == queries
