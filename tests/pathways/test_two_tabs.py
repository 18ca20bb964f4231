"""Two tabs at once: real transactions, real threads, one award."""

import pytest

from badges.models import AwardBatch
from pathways.actions import answer_quiz, confirm_activity, join_playlist
from pathways.models import Enrolment, QuizTry
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist, quiz_activity, wrong_answers
from tests.portal.accidents import at_once

pytestmark = [pytest.mark.usefixtures("committing_db"), pytest.mark.services]


@pytest.mark.parametrize("time", range(5))
def test_the_last_two_activities_finished_together_award_the_playlist_once(time):
    organiser = OrganiserFactory(verified=True)
    first, second = activity(organiser), activity(organiser)
    page, person = playlist(first, second, badge_class=published_badge(organiser)), PersonFactory()
    join_playlist(page, by=person)

    at_once(lambda: confirm_activity(first, by=person), lambda: confirm_activity(second, by=person))

    enrolment = Enrolment.objects.get()
    assert enrolment.is_completed
    assert enrolment.batch == AwardBatch.objects.get()
    assert person.notifications.filter(event="pathways/playlist_completed").count() == 1


@pytest.mark.parametrize("time", range(5))
def test_joining_while_finishing_completes_the_playlist(time):
    organiser = OrganiserFactory(verified=True)
    only = activity(organiser)
    page, person = playlist(only, badge_class=published_badge(organiser)), PersonFactory()

    at_once(lambda: join_playlist(page, by=person), lambda: confirm_activity(only, by=person))

    assert Enrolment.objects.get().batch == AwardBatch.objects.get()


def test_one_activity_confirmed_in_four_tabs_awards_once():
    organiser = OrganiserFactory(verified=True)
    only, person = activity(organiser, badge_class=published_badge(organiser)), PersonFactory()

    results = at_once(*[lambda: confirm_activity(only, by=person)] * 4)

    assert sum(isinstance(result, StepRefused) for result in results) == 3
    assert AwardBatch.objects.count() == 1


def test_tabs_together_have_no_more_tries_than_one():
    page, person = quiz_activity(), PersonFactory()

    results = at_once(*[lambda: answer_quiz(page, wrong_answers(page), by=person)] * 5)

    assert QuizTry.objects.count() == 3
    assert sum(isinstance(result, StepRefused) for result in results) == 2
