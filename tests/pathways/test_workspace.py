"""The organiser's side: the queue of reviews and the list of content."""

from datetime import timedelta

import pytest

from pathways.models import Attempt
from portal import clock
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist, reviewed_activity, waiting_attempt, with_role

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def queue(organiser):
    return f"/workspace/{organiser.slug}/reviews/"


def test_the_oldest_waits_on_top(client):
    page = reviewed_activity()
    with clock.moved_to(-timedelta(days=3)):
        older = waiting_attempt(page, PersonFactory(name="Older"))
    newer = waiting_attempt(page, PersonFactory(name="Newer"))
    client.force_login(with_role(page.organiser, "reviewer"))

    answer = client.get(queue(page.organiser))

    assert answer.context["page"].object_list == [older, newer]
    assert "3\xa0days" in answer.content.decode()


def test_a_reviewer_sees_all_and_answers(client):
    page = reviewed_activity()
    attempt = waiting_attempt(page, PersonFactory(name="Jonas Petraitis"))
    client.force_login(with_role(page.organiser, "reviewer"))
    address = f"{queue(page.organiser)}{attempt.pk}/"

    text = client.get(address).content.decode()
    assert "I did it." in text
    assert "The lever does not touch the bar" in text
    answer = client.post(
        address,
        {"outcome": "return", "feedback": "Where is the photo?", "seen": attempt.version, "lines": []},
        follow=True,
    )

    assert Attempt.objects.get().is_returned
    assert "Jonas Petraitis has been told." in answer.content.decode()
    client.force_login(attempt.person)
    assert "Where is the photo?" in client.get(page.url).content.decode()
    assert "Sent back with feedback" in client.get(page.url).content.decode()


def test_returning_without_words_is_refused_and_keeps_the_ticks(client):
    page = reviewed_activity()
    attempt = waiting_attempt(page)
    line = next(iter(page.lines()))
    client.force_login(with_role(page.organiser, "reviewer"))

    answer = client.post(
        f"{queue(page.organiser)}{attempt.pk}/", {"outcome": "return", "seen": attempt.version, "lines": [line]}
    )

    assert answer.status_code == 422
    assert "Say what is missing" in answer.content.decode()
    assert answer.context["form"]["lines"].value() == [line]


def test_evidence_that_changed_meanwhile_is_a_409(client):
    page = reviewed_activity()
    attempt = waiting_attempt(page)
    client.force_login(with_role(page.organiser, "reviewer"))

    form = {"outcome": "accept", "seen": attempt.version - 1, "lines": list(page.lines())}
    answer = client.post(f"{queue(page.organiser)}{attempt.pk}/", form)

    assert answer.status_code == 409
    assert Attempt.objects.get().is_submitted


@pytest.mark.parametrize(
    ("role", "status"), [("owner", 200), ("reviewer", 200), ("author", 403), ("issuer", 403), (None, 404)]
)
def test_who_opens_the_queue(client, role, status):
    page = reviewed_activity()
    attempt = waiting_attempt(page)
    client.force_login(with_role(page.organiser, role) if role else with_role(OrganiserFactory(), "owner"))

    assert client.get(queue(page.organiser)).status_code == status
    assert client.get(f"{queue(page.organiser)}{attempt.pk}/").status_code == status


def test_a_reviewer_does_not_open_their_own_work(client):
    page = reviewed_activity()
    reviewer = with_role(page.organiser, "reviewer")
    attempt = waiting_attempt(page, reviewer)
    client.force_login(reviewer)

    assert client.get(f"{queue(page.organiser)}{attempt.pk}/").status_code == 403


def test_an_attempt_is_found_at_its_own_organiser_only(client):
    attempt = waiting_attempt()
    other = OrganiserFactory(verified=True)
    client.force_login(with_role(other, "reviewer"))

    assert client.get(f"{queue(other)}{attempt.pk}/").status_code == 404


def test_authors_find_their_pages_and_the_editor(client):
    organiser = OrganiserFactory(verified=True)
    draft, page = activity(organiser, live=False, title="A draft"), playlist(activity(organiser))
    theirs = activity(title="Of others")
    client.force_login(with_role(organiser, "author"))

    text = client.get(f"/workspace/{organiser.slug}/playlists/").content.decode()

    assert f"/cms/pages/{draft.pk}/edit/" in text
    assert f"/cms/pages/{page.pk}/edit/" in text
    assert "/cms/pages/add/pathways/playlistpage/" in text
    assert theirs.title not in text


def test_my_learning_shows_what_to_do(client):
    page, person = reviewed_activity(title="Brakes"), PersonFactory()
    route = playlist(page, activity(page.organiser, title="Bells"))
    client.force_login(person)
    assert "Nothing here yet" in client.get("/learning/").content.decode()

    client.post(f"/learn/playlists/{route.pk}/join/")
    waiting_attempt(page, person)
    answer = client.get("/learning/")

    assert [one.playlist for one in answer.context["under_way"]] == [route]
    assert [attempt.activity.title for attempt in answer.context["waiting"]] == ["Brakes"]
    assert "Go on with Bells" in answer.content.decode()
