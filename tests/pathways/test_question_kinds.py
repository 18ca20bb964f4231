"""The kinds of questions: what is a right answer to each, and how each is asked."""

import re

import pytest

from pathways.models import QuizTry
from tests.factories.accounts import PersonFactory
from tests.factories.pathways import activity, translated

pytestmark = pytest.mark.django_db


def options(*texts):
    return [{"text": text.strip("*"), "is_correct": text.startswith("*")} for text in texts]


KINDS = {
    "single": {"options": options("One", "*Two")},
    "multiple": {"options": options("*Bell", "Radio", "*Lamp")},
    "order": {"items": ["Air", "Brakes", "Chain", "Drive"]},
    "short": {"answers": ["Vélo", "bicycle"]},
    "numeric": {"value": "26.5", "tolerance": "0.5", "unit": "inch"},
}


def quiz_of(kind, **facts):
    value = {"question": "What of it?", "explanation": "Because.", **KINDS[kind]}
    return activity(judge="quiz", quiz=[(kind, value)], title="Bike quiz", **facts)


def ids(question, *places):
    return [question.options[place].id for place in places]


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("single", lambda q: ids(q, 1)[0], [lambda q: ids(q, 0)[0], lambda q: "", lambda q: None]),
        (
            "multiple",
            lambda q: ids(q, 2, 0),
            [lambda q: ids(q, 0), lambda q: ids(q, 0, 1, 2), lambda q: [], lambda q: ids(q, 0)[0]],
        ),
        ("order", lambda q: ids(q, 0, 1, 2, 3), [lambda q: ids(q, 1, 0, 2, 3), lambda q: ids(q, 0, 1, 2)]),
        ("short", lambda q: "  VELO. ", [lambda q: "car", lambda q: "", lambda q: ["bicycle"]]),
        ("numeric", lambda q: "26.0", [lambda q: "25.99", lambda q: "NaN", lambda q: "wheel", lambda q: None]),
    ],
)
def test_what_is_right(kind, right, wrong):
    question = quiz_of(kind).questions()[0]

    assert question.is_right(right(question))
    assert not any(question.is_right(answer(question)) for answer in wrong)


def test_options_are_shuffled_the_same_way_for_the_same_try_and_never_in_the_right_order():
    question = quiz_of("order").questions()[0]
    orders = {tuple(option.id for option in question.shuffled(str(seed))) for seed in range(50)}

    assert question.shuffled("1") == question.shuffled("1")
    assert len(orders) > 5
    assert tuple(question.right_ids) not in orders


def sent(question):
    """Return how the form of a browser sends the right answer."""
    match question.kind:
        case "single":
            return {question.id: question.right_ids[0]}
        case "multiple":
            return {question.id: question.right_ids}
        case "order":
            return {f"{question.id}-{key}": number for number, key in enumerate(question.right_ids, 1)}
        case "short":
            return {question.id: "bicycle"}
    return {question.id: "26.5"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_of_each_kind_takes_its_right_answer(client, kind):
    page = quiz_of(kind)
    client.force_login(PersonFactory())
    asked = client.get(page.url).content.decode()
    question = page.questions()[0]

    client.post(f"/learn/activities/{page.pk}/quiz/", sent(question))

    assert "What of it?" in asked
    assert QuizTry.objects.get().is_passed


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("single", "Choose an answer."),
        ("multiple", "Choose an answer."),
        ("order", "Give each a place of its own."),
        ("short", "Write an answer."),
        ("numeric", "Write a number."),
    ],
)
def test_no_answer_is_a_clear_sentence(client, kind, says):
    page = quiz_of(kind)
    client.force_login(PersonFactory())

    answer = client.post(f"/learn/activities/{page.pk}/quiz/", {})

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not QuizTry.objects.exists()


def test_places_given_twice_stay_as_they_were_sent(client):
    page = quiz_of("order")
    client.force_login(PersonFactory())
    question = page.questions()[0]

    answer = client.post(
        f"/learn/activities/{page.pk}/quiz/", {f"{question.id}-{key}": "2" for key in question.right_ids}
    )

    assert answer.status_code == 422
    assert len(re.findall('<option value="2" selected>', answer.content.decode())) == 4


def test_a_number_is_taken_as_the_reader_writes_it(client):
    page = translated(quiz_of("numeric"))
    client.force_login(PersonFactory(language="lt"))

    client.post(f"/learn/activities/{page.pk}/quiz/", {page.questions()[0].id: "26,4"})

    assert QuizTry.objects.get().is_passed
