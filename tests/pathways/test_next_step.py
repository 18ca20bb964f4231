"""What a learner reads after passing: the badge that came of it, what is still missing, and where to go on."""

import re

import pytest

from pathways.actions import answer_quiz, confirm_activity, join_playlist
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist, quiz_activity, right_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(client):
    """Sign a learner in."""
    person = PersonFactory()
    client.force_login(person)
    return person


def result_of(client, page) -> str:
    """Return the section to which a sent quiz leads."""
    text = client.post(f"/learn/activities/{page.pk}/quiz/", right_answers(page), follow=True).content.decode()
    return re.search(r'<section class="stack" id="result".*?</section>', text, re.DOTALL)[0]


def test_a_passed_quiz_names_what_is_missing_and_leads_to_the_next_stop(client, learner):
    organiser = OrganiserFactory(verified=True)
    quiz, following = quiz_activity(organiser), activity(organiser, title="Ride to school")
    page = playlist(quiz, following, badge_class=published_badge(organiser, name="Bike-Ready rider"))
    join_playlist(page, by=learner)

    result = result_of(client, quiz)

    assert "“Bike-Ready”: 1 of 2 done." in result
    assert "At the end you earn the badge “Bike-Ready rider”." in result
    assert f'href="{following.url}">Go on with Ride to school</a>' in result


def test_a_passed_quiz_names_the_badges_it_earned(client, learner):
    organiser = OrganiserFactory(verified=True)
    quiz = quiz_activity(organiser, badge_class=published_badge(organiser, name="Brake checker"))
    page = playlist(quiz, badge_class=published_badge(organiser, name="Bike-Ready rider"))
    join_playlist(page, by=learner)

    result = result_of(client, quiz)

    assert "You earned the badge “Brake checker”." in result
    assert "You earned the badge “Bike-Ready rider”." in result
    assert f'You completed the playlist <a href="{page.url}">Bike-Ready</a>.' in result
    assert "My badges" in result
    assert "Go on with" not in result


def test_a_passed_quiz_leads_to_a_playlist_that_was_not_joined(client, learner):
    quiz = quiz_activity()
    page = playlist(quiz, activity(quiz.organiser))

    assert f'href="{page.url}">Go on with Bike-Ready</a>' in result_of(client, quiz)


def test_the_playlist_the_learner_is_on_comes_before_others(client, learner):
    quiz = quiz_activity()
    playlist(quiz, activity(quiz.organiser, title="Elsewhere"), title="Another")
    following = activity(quiz.organiser, title="Ride to school")
    join_playlist(playlist(quiz, following), by=learner)
    answer_quiz(quiz, right_answers(quiz), by=learner)

    text = client.get(quiz.url).content.decode()

    assert "Go on with Ride to school" in text
    assert "Go on with Another" not in text


def test_a_confirmed_activity_leads_to_the_next_stop(client, learner):
    first = activity()
    following = activity(first.organiser, title="Ride to school")
    join_playlist(playlist(first, following), by=learner)
    confirm_activity(first, by=learner)

    assert f'href="{following.url}">Go on with Ride to school</a>' in client.get(first.url).content.decode()


def test_a_playlist_just_joined_is_begun_and_one_under_way_gone_on_with(client, learner):
    first, second = activity(title="Brake check"), activity(title="Ride to school")
    page = playlist(first, second)
    join_playlist(page, by=learner)

    for address in (page.url, "/learning/"):
        assert "Begin with Brake check" in client.get(address).content.decode()
    confirm_activity(first, by=learner)
    for address in (page.url, "/learning/"):
        text = client.get(address).content.decode()
        assert "Go on with Ride to school" in text
        assert "Begin with" not in text


def test_a_finished_playlist_says_that_its_badge_was_earned(client, learner):
    only = activity()
    page = playlist(only, badge_class=published_badge(only.organiser, name="Bike-Ready rider"))
    join_playlist(page, by=learner)
    assert "At the end you earn the badge “Bike-Ready rider”." in client.get(page.url).content.decode()

    confirm_activity(only, by=learner)

    text = client.get(page.url).content.decode()
    assert "You earned the badge “Bike-Ready rider”." in text
    assert "At the end you earn" not in text


def test_a_badge_that_a_playlist_got_later_was_not_earned(client, learner):
    only = activity()
    page = playlist(only)
    join_playlist(page, by=learner)
    confirm_activity(only, by=learner)
    page.badge_class = published_badge(only.organiser, name="Bike-Ready rider")
    page.save()

    assert "You earned the badge" not in client.get(page.url).content.decode()
