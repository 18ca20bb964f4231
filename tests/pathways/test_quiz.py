"""A quiz: answers, pass mark, explanations, tries."""

import uuid
from datetime import timedelta

import pytest

from pathways.actions import answer_quiz
from pathways.models import Attempt, QuizTry
from portal import clock
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.pathways import activity, quiz_activity, right_answers, wrong_answers

pytestmark = pytest.mark.django_db


def test_ids_of_questions_and_answers_stay_the_same():
    page = quiz_activity()
    before = page.questions()

    page.save_revision().publish()
    page.refresh_from_db()

    assert page.questions() == before
    assert all(uuid.UUID(option.id) for question in before for option in question.options)


def test_right_answers_pass_the_activity():
    page, person = quiz_activity(), PersonFactory()

    made = answer_quiz(page, right_answers(page), by=person)

    assert (made.percent, made.is_passed) == (100, True)
    assert Attempt.objects.get(person=person).is_passed


@pytest.mark.parametrize(("pass_mark", "is_passed"), [(50, True), (51, False)])
def test_the_pass_mark_decides(pass_mark, is_passed):
    page, person = quiz_activity(pass_mark=pass_mark), PersonFactory()
    one_wrong = right_answers(page) | dict([next(iter(wrong_answers(page).items()))])

    made = answer_quiz(page, one_wrong, by=person)

    assert (made.percent, made.is_passed) == (50, is_passed)
    assert Attempt.objects.get(person=person).is_passed is is_passed


def test_an_answer_from_nowhere_is_wrong():
    page = quiz_activity()

    made = answer_quiz(page, {question.id: "nothing" for question in page.questions()}, by=PersonFactory())

    assert made.percent == 0


def test_after_every_third_try_there_is_a_pause_that_says_its_end():
    page, person = quiz_activity(), PersonFactory()
    for _time in range(3):
        answer_quiz(page, wrong_answers(page), by=person)

    with pytest.raises(StepRefused, match="You can try again on"):
        answer_quiz(page, right_answers(page), by=person)
    with clock.moved_to(timedelta(hours=11, minutes=59)), pytest.raises(StepRefused):
        answer_quiz(page, right_answers(page), by=person)
    with clock.moved_to(timedelta(hours=12, minutes=1)):
        for _time in range(2):
            answer_quiz(page, wrong_answers(page), by=person)
        assert Attempt.objects.get(person=person).tries_left() == 1
        assert answer_quiz(page, right_answers(page), by=person).is_passed


def test_an_author_may_do_without_the_pause():
    page, person = quiz_activity(pause_hours=0), PersonFactory()

    for _time in range(4):
        answer_quiz(page, wrong_answers(page), by=person)

    assert answer_quiz(page, right_answers(page), by=person).is_passed


def test_tries_of_one_learner_do_not_count_for_another():
    page = quiz_activity()

    for person in (PersonFactory(), PersonFactory()):
        for _time in range(3):
            assert answer_quiz(page, wrong_answers(page), by=person).percent == 0


def test_who_has_passed_cannot_answer_again():
    page, person = quiz_activity(), PersonFactory()
    answer_quiz(page, right_answers(page), by=person)

    with pytest.raises(StepRefused):
        answer_quiz(page, wrong_answers(page), by=person)

    assert QuizTry.objects.count() == 1


def test_an_activity_without_quiz_takes_no_answers():
    with pytest.raises(StepRefused):
        answer_quiz(activity(), {}, by=PersonFactory())


def test_a_question_left_open_keeps_the_other_answers(client):
    page = quiz_activity()
    first, second = page.questions()
    client.force_login(PersonFactory())

    answer = client.post(f"/learn/activities/{page.pk}/quiz/", {first.id: first.options[1].id})

    assert answer.status_code == 422
    assert f'value="{first.options[1].id}"' in answer.content.decode()
    assert "checked" in answer.content.decode()
    assert answer.context["form"].errors == {second.id: ["Choose an answer."]}
    assert not QuizTry.objects.exists()


def send(client, page, answers):
    return client.post(f"/learn/activities/{page.pk}/quiz/", answers, follow=True)


def test_the_page_says_which_answers_were_wrong_and_why_after_the_third_try(client):
    page = quiz_activity()
    client.force_login(PersonFactory())

    first = send(client, page, wrong_answers(page))
    send(client, page, wrong_answers(page))
    third = send(client, page, wrong_answers(page)).content.decode()

    assert first.redirect_chain == [(f"{page.url}#result", 302)]
    assert "You have 0 % right; you need 80 %" in first.content.decode()
    assert "Try the quiz again" in first.content.decode()
    assert "Because: Two." not in first.content.decode()
    assert "Because: Two." in third


def test_reading_why_is_promised_where_something_is_explained(client):
    page = quiz_activity()
    options = [{"text": "One", "is_correct": False}, {"text": "Two", "is_correct": True}]
    mute = activity(judge="quiz", quiz=[("single", {"question": "How many?", "options": options})])
    client.force_login(PersonFactory())

    told, untold = ([send(client, one, wrong_answers(one)).content.decode() for _ in range(3)] for one in (page, mute))

    for second in (told[1], untold[1]):
        assert "Try again: you have 1 try left." in second
        assert "Read why" not in second
    assert "Read why. You have no tries left for now." in told[2]
    assert "You have no tries left for now." in untold[2]
    assert "Read why" not in untold[2]


def test_who_passes_reads_why(client):
    page = quiz_activity()
    client.force_login(PersonFactory())

    assert "Because: Two." in send(client, page, right_answers(page)).content.decode()


def test_a_refused_try_is_a_409_with_the_reason(client):
    page = quiz_activity()
    client.force_login(PersonFactory())
    for _time in range(3):
        send(client, page, wrong_answers(page))

    answer = send(client, page, right_answers(page))

    assert answer.status_code == 409
    assert "You can try again on" in answer.content.decode()
    assert "You can try again on" in client.get(page.url).content.decode()


@pytest.mark.parametrize("name", ["quiz", "confirm", "join"])
def test_a_number_that_no_page_has_is_not_found(client, name):
    client.force_login(PersonFactory())
    kind = "playlists" if name == "join" else "activities"

    assert client.post(f"/learn/{kind}/9999999999999999999999999/{name}/").status_code == 404


def test_questions_are_numbered_and_the_summary_names_the_number(client):
    page = quiz_activity()
    client.force_login(PersonFactory())
    first, second = page.questions()

    text = client.post(f"/learn/activities/{page.pk}/quiz/", {first.id: first.options[1].id}).content.decode()

    assert "1. How many brakes has a bike?" in text
    assert "2. Which side do you ride on?" in text
    assert f'<a href="#id_{second.id}_0">Question 2: Choose an answer.</a>' in text


def test_the_explanations_keep_the_numbers_of_the_questions(client):
    page = quiz_activity()
    client.force_login(PersonFactory())

    text = client.post(f"/learn/activities/{page.pk}/quiz/", right_answers(page), follow=True).content.decode()

    assert "2. Which side do you ride on?" in text
