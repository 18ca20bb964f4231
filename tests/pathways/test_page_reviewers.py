"""A reviewer of one activity, or of the activities of a playlist, judges what is handed in there and nothing else."""

import pytest

from pathways.models import Attempt, EvidenceItem, PageRole, work_for
from pathways.permissions import may_judge, may_see_evidence
from portal.accounts.models import Person
from portal.notifications.models import Notification
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import (
    peer_activity,
    playlist,
    reviewed_activity,
    waiting_attempt,
    with_page_role,
    with_role,
)
from tests.portal.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]

QUEUE = "/learning/reviews/"


@pytest.fixture
def ours():
    return OrganiserFactory(verified=True, slug="ours")


@pytest.fixture
def page(ours):
    return reviewed_activity(ours)


@pytest.fixture
def reviewer(client, page):
    client.force_login(person := with_page_role(page, "reviewer"))
    return person


def review_of(attempt) -> str:
    return f"/workspace/{attempt.organiser.slug}/reviews/{attempt.pk}/"


def test_a_reviewer_of_an_activity_finds_its_work_and_judges_it(client, page, reviewer):
    attempt = waiting_attempt(page)

    assert Notification.objects.filter(person=reviewer, event="pathways/handed_in").exists()
    assert review_of(attempt) in client.get(QUEUE).text
    assert "Work to judge" in client.get("/learning/").text
    response = client.get(review_of(attempt))
    assert (response.status_code, "I did it." in response.text) == (200, True)
    sent = {"outcome": "return", "feedback": "Show the other brake too.", "seen": attempt.version}
    answer = client.post(review_of(attempt), sent, follow=True)

    assert answer.redirect_chain == [(QUEUE, 302)]
    attempt.refresh_from_db()
    assert attempt.is_returned


def test_a_reviewer_of_a_playlist_judges_at_the_activities_of_its_organiser_in_it(client, ours, page):
    foreign = reviewed_activity()
    client.force_login(person := with_page_role(playlist(page, foreign, organiser=ours), "reviewer"))
    own, theirs, elsewhere = (waiting_attempt(one) for one in (page, foreign, reviewed_activity(ours)))

    assert client.get(review_of(own)).status_code == 200
    assert [client.get(review_of(one)).status_code for one in (theirs, elsewhere)] == [404, 404]
    assert list(Attempt.objects.waiting().lent_to(person)) == [own]


@pytest.mark.parametrize("who", ["nobody", "author of it", "reviewer elsewhere", "reviewer next door", "offered"])
def test_others_neither_see_nor_judge(client, ours, page, who):
    attempt = waiting_attempt(page)
    person = {
        "nobody": PersonFactory,
        "author of it": lambda: with_page_role(page, "author"),
        "reviewer elsewhere": lambda: with_page_role(reviewed_activity(ours), "reviewer"),
        "reviewer next door": lambda: with_role(OrganiserFactory(), "reviewer"),
        "offered": PersonFactory,
    }[who]()
    if who == "offered":
        PageRole.objects.create(organiser=ours, page_key=page.translation_key, role="reviewer", email=person.email)
    client.force_login(person)

    assert client.get(review_of(attempt)).status_code == 404
    assert client.post(review_of(attempt), {}).status_code == 404
    assert review_of(attempt) not in client.get(QUEUE).text
    assert not may_judge(attempt, person)
    assert not EvidenceItem.objects.visible_to(person).exists()


def test_the_rest_of_the_workspace_stays_closed(client, ours, page, reviewer):
    waiting_attempt(page)

    for name in ["", "reviews/", "reviews/learners/", "reviews/complaints/", "playlists/", "people/", "questions/"]:
        assert client.get(f"/workspace/ours/{name}").status_code == 404, name


def test_nobody_judges_their_own_work_or_learns_of_it_as_a_reviewer(client, page, reviewer):
    attempt = waiting_attempt(page, reviewer)

    assert client.get(review_of(attempt)).status_code == 404
    assert not may_judge(attempt, reviewer)
    assert "Nothing waits for you" in client.get(QUEUE).text
    assert not Notification.objects.filter(person=reviewer, event="pathways/handed_in").exists()


def test_a_role_that_was_taken_back_counts_no_more(client, page, reviewer):
    attempt = waiting_attempt(page)
    PageRole.objects.all().delete()

    assert client.get(review_of(attempt)).status_code == 404
    assert not may_judge(attempt, Person.objects.get(pk=reviewer.pk))


def test_rows_and_rule_agree_on_the_evidence(client, ours, page, reviewer):
    attempts = [waiting_attempt(one) for one in (page, reviewed_activity(ours), reviewed_activity())]
    mine = waiting_attempt(page, reviewer)
    person = Person.objects.get(pk=reviewer.pk)

    seen = set(EvidenceItem.objects.visible_to(person).values_list("attempt", flat=True))

    assert seen == {attempts[0].pk, mine.pk}
    for item in EvidenceItem.objects.all():
        assert may_see_evidence(item, person) is (item.attempt_id in seen)


def test_a_reviewer_is_not_drawn_as_a_learner(ours):
    page = peer_activity(ours)
    person = PersonFactory()
    waiting_attempt(page, person)
    attempt = waiting_attempt(page)
    assert list(work_for(person)) == [attempt]

    assert not work_for(with_page_role(page, "reviewer", person)).exists()


def test_the_queue_and_the_roles_ask_as_often_for_thirty(client, ours, page):
    person = with_page_role(playlist(page, title="One"), "reviewer")
    with_page_role(playlist(page, title="Two"), "author", person)
    waiting_attempt(page)
    client.force_login(person)
    counts = {path: queries_of(client, path) for path in (QUEUE, "/learning/roles/")}

    for number in range(28):
        other = OrganiserFactory(verified=True)
        one = reviewed_activity(other)
        waiting_attempt(one)
        with_page_role(playlist(one, title=f"P{number}"), ("author", "reviewer")[number % 2], person)

    assert counts == {path: queries_of(client, path) for path in counts}
