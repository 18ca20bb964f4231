"""Asking an organiser, its answer, and both on the page."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from pathways.actions import answer_question, ask_question, delete_question, publish_question, tell_of_questions
from pathways.models import Question
from pathways.schedule import tell_of_new_questions
from portal import clock
from portal.notifications.models import Notification, OutgoingMail
from portal.privacy import merge_rules, personal_data
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.leaver import erased
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist, translated, with_page_role, with_role
from tests.portal.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]

WORDS = "May I bring my own bike?"
HOUR = timedelta(hours=1)


@pytest.fixture
def page():
    """Return a playlist."""
    return playlist(activity(OrganiserFactory(verified=True, slug="ours")))


def asked(page, text=WORDS, **facts) -> Question:
    return ask_question(page, by=facts.pop("by", None) or PersonFactory(**facts), text=text)


def answered(page, answer="Yes, please do.") -> Question:
    return answer_question(asked(page), by=with_role(page.organiser, "author"), answer=answer)


def published(page, text="May one bring a bike?", answer="Yes.") -> Question:
    question = answered(page)
    return publish_question(question, by=with_role(page.organiser, "reviewer"), text=text, answer=answer)


def ask_address(page) -> str:
    return f"/learn/pages/{page.pk}/ask/"


# --- asking -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["playlist", "activity"])
def test_a_question_is_asked_on_a_page_and_waits_among_ones_own(client, page, kind):
    page = page if kind == "playlist" else page.live_steps()[0].activity
    person = PersonFactory()
    client.force_login(person)

    response = client.post(ask_address(page), {"question": WORDS}, follow=True)

    assert response.redirect_chain == [("/learning/questions/", 302)]
    question = Question.objects.get()
    assert (question.person, question.organiser, question.page_key, question.text) == (
        person,
        page.organiser,
        page.translation_key,
        WORDS,
    )
    assert WORDS in response.text
    assert "Waits for an answer" in response.text
    assert "My questions" in client.get("/learning/").text


@pytest.mark.parametrize(("words", "fault"), [("Too short", "10"), ("x" * 1001, "1000"), ("", "Fill this in.")])
def test_a_question_of_no_use_is_refused_and_kept(client, page, words, fault):
    client.force_login(PersonFactory())

    response = client.post(ask_address(page), {"question": words})

    assert response.status_code == 422
    assert fault in str(response.context["question_form"].errors["question"])
    assert words in response.text
    assert not Question.objects.exists()


def test_the_sixth_open_question_at_one_organiser_is_refused_and_kept(client, page):
    person = PersonFactory()
    client.force_login(person)
    for number in range(5):
        client.post(ask_address(page), {"question": f"{WORDS} {number}"})
    step = page.live_steps()[0].activity

    response = client.post(ask_address(step), {"question": "One more question, please?"})

    assert response.status_code == 422
    assert "Five of your questions wait" in response.text
    assert "One more question, please?" in response.text
    assert Question.objects.count() == 5
    elsewhere = activity()
    assert client.post(ask_address(elsewhere), {"question": WORDS}).status_code == 302
    answer_question(Question.objects.at(page.organiser).first(), by=with_role(page.organiser, "owner"), answer="Yes.")
    assert client.post(ask_address(step), {"question": "One more question, please?"}).status_code == 302


def test_nobody_asks_unseen_or_what_is_not_published(client, page):
    assert client.post(ask_address(page), {"question": WORDS}).headers["location"].startswith("/accounts/login/")
    assert "Sign in to ask something." in client.get(page.url).text
    draft = playlist(page.live_steps()[0].activity, live=False, title="Draft")
    client.force_login(PersonFactory())

    assert client.post(ask_address(draft), {"question": WORDS}).status_code == 404
    assert client.post("/learn/pages/1/ask/", {"question": WORDS}).status_code == 404
    assert client.get(ask_address(page)).headers["location"] == page.url
    assert not Question.objects.exists()


def test_who_asked_deletes_a_question_until_it_is_answered(client, page):
    question, other = asked(page), answered(page)
    client.force_login(question.person)

    assert client.post(f"/learning/questions/{other.key}/delete/").status_code == 404
    assert client.post(f"/learning/questions/{question.key}/delete/").status_code == 302
    assert list(Question.objects.all()) == [other]
    with pytest.raises(StepRefused, match="answered in the meantime"):
        delete_question(other, by=other.person)
    with pytest.raises(StepRefused, match="deleted in the meantime"):
        answer_question(question, by=with_role(page.organiser, "author"), answer="Yes.")


# --- being told -------------------------------------------------------------------------------------------------------


def test_those_who_answer_are_told_once_a_day_and_of_new_questions_alone(page):
    told = {with_role(page.organiser, role) for role in ("author", "reviewer")}
    told |= {one.person for one in page.organiser.memberships.owners()}
    with_role(page.organiser, "issuer")
    mails = OutgoingMail.objects.filter(event="pathways/asked")
    asked(page), asked(page)

    tell_of_new_questions()
    assert {mail.person for mail in mails.all()} == told
    assert mails.count() == (once := len(told))
    assert mails.first().facts["number"] == 2
    with clock.moved_to(HOUR):
        asked(page)
        tell_of_new_questions()
        assert mails.count() == once
    with clock.moved_to(25 * HOUR):
        tell_of_new_questions()
        assert mails.count() == 2 * once
    with clock.moved_to(50 * HOUR):
        tell_of_new_questions()
        assert mails.count() == 2 * once


def test_the_author_of_one_page_is_told_of_what_is_asked_there(page):
    other = playlist(activity(page.organiser))
    here, there = (with_page_role(one, "author") for one in (page, other))
    mails = OutgoingMail.objects.filter(event="pathways/asked")
    asked(page), asked(page)

    tell_of_new_questions()

    assert mails.get(person=here).facts["number"] == 2
    assert not mails.filter(person=there).exists()


def test_asking_and_deleting_over_and_over_is_one_mail_a_day(page):
    owners = page.organiser.memberships.owners().count()
    for _number in range(3):
        question = asked(page)
        tell_of_questions(page.organiser)
        delete_question(question, by=question.person)

    assert OutgoingMail.objects.filter(event="pathways/asked").count() == owners > 0


def test_news_lead_each_side_to_its_place_and_say_neither_question_nor_answer(client, page):
    owner, question = with_role(page.organiser, "owner"), asked(page)
    tell_of_questions(page.organiser)
    client.force_login(owner)
    assert "/workspace/ours/questions/" in client.get("/inbox/").text

    answer_question(question, by=owner, answer="Yes, please do.")

    mail = OutgoingMail.objects.get(event="pathways/answered")
    assert (mail.person, mail.facts["link"]) == (question.person, question.get_absolute_url())
    assert not Notification.objects.filter(event="pathways/asked").exists()
    client.force_login(question.person)
    assert f"/learning/questions/#question-{question.key}" in client.get("/inbox/").text
    assert "Yes, please do." in client.get("/learning/questions/").text
    assert WORDS not in str(mail.facts)


# --- answering --------------------------------------------------------------------------------------------------------


def test_open_questions_come_first_and_the_oldest_on_top(client, page):
    with clock.moved_to(-2 * HOUR):
        first = asked(page, "The first question of all?")
    second = asked(page, "The second question then?")
    done = answered(page)
    client.force_login(with_role(page.organiser, "author"))

    assert client.get("/workspace/ours/questions/").context["page"].object_list == [first, second]
    assert client.get("/workspace/ours/questions/?show=answered").context["page"].object_list == [done]
    overview = client.get("/workspace/ours/").text
    assert "2 questions to answer" in overview


def test_an_answer_is_written_published_shortened_and_taken_off(client, page):
    question = asked(page, name="Rasa Kalnienė")
    client.force_login(with_role(page.organiser, "reviewer"))
    place = question.workspace_url

    assert client.post(place, {"answer": "", "seen": 0}).status_code == 422
    client.post(place, {"answer": "Yes, please do.", "seen": 0})
    assert "Questions people asked" not in client.get(page.url).text
    client.post(place, {"text": "May one bring a bike?", "answer": "Yes.", "seen": 1})
    client.logout()
    seen = client.get(page.url).text
    assert "Questions people asked" in seen
    assert "May one bring a bike?" in seen
    assert WORDS not in seen
    assert "Rasa" not in seen

    client.force_login(with_role(page.organiser, "reviewer"))
    client.post(f"{place}take-off/")
    client.logout()
    assert "Questions people asked" not in client.get(page.url).text
    question.refresh_from_db()
    assert (question.state, question.shown_question, question.answer) == ("answered", "", "Yes, please do.")


def test_two_who_answer_at_once_do_not_overwrite_each_other(client, page):
    question = asked(page)
    client.force_login(with_role(page.organiser, "author"))
    answer_question(question, by=with_role(page.organiser, "owner"), answer="Yes, please do.")

    response = client.post(question.workspace_url, {"answer": "No.", "seen": 0})

    assert response.status_code == 422
    question.refresh_from_db()
    assert (question.answer, question.state) == ("Yes, please do.", "answered")


def test_all_languages_show_it_in_the_language_it_was_asked_in(client, page):
    lithuanian = translated(page)
    published(lithuanian, text="Ar galiu?", answer="Taip.")
    published(page, text="May I?")

    assert [(one.shown_question, one.language) for one in client.get(page.url).context["questions"]] == [
        ("May I?", "en"),
        ("Ar galiu?", "lt"),
    ]
    assert re.search(r'<div lang="lt">\s*<details class="fold"><summary>Ar galiu\?', client.get(page.url).text)
    assert not re.search(r'<div lang="en">\s*<details class="fold"><summary>May', client.get(page.url).text)
    assert [one.language for one in client.get(lithuanian.url).context["questions"]] == ["lt", "en"]


@pytest.mark.parametrize(("role", "status"), [("owner", 200), ("author", 200), ("reviewer", 200), ("issuer", 403)])
def test_roles_that_answer(client, page, role, status):
    question = asked(page)
    client.force_login(with_role(page.organiser, role))

    assert client.get("/workspace/ours/questions/").status_code == status
    assert client.get(question.workspace_url).status_code == status
    assert ("/workspace/ours/questions/" in client.get("/workspace/ours/").text) == (status == 200)


def test_other_organisers_and_strangers_see_nothing(client, page):
    question, other = asked(page), OrganiserFactory(verified=True)
    client.force_login(with_role(other, "owner"))

    for address in [question.workspace_url, question.workspace_url.replace("ours", other.slug)]:
        assert client.get(address).status_code == 404
        assert client.post(address, {"answer": "No.", "seen": 0}).status_code == 404
        assert client.post(f"{address}take-off/").status_code == 404
    assert client.get("/workspace/ours/questions/").status_code == 404
    assert WORDS not in client.get("/learning/questions/").text
    assert WORDS not in client.get(page.url).text
    question.refresh_from_db()
    assert question.is_open


def test_lists_ask_the_database_the_same_few_times(client, page):
    person = with_role(page.organiser, "author")
    client.force_login(person)
    steps = [activity(page.organiser, title=f"Stop {number}") for number in range(10)]
    addresses = ["/workspace/ours/questions/", "/workspace/ours/questions/?show=answered", "/learning/questions/"]

    def ask_about(pages):
        for one in pages:
            asked(one)
            answer_question(asked(one, by=person), by=person, answer="Yes, please do.")
            published(one)

    ask_about(steps[:1])
    few = [queries_of(client, address) for address in [*addresses, page.url]]
    ask_about([*steps, page, page])

    assert [queries_of(client, address) for address in [*addresses, page.url]] == few


# --- people who leave -------------------------------------------------------------------------------------------------


def test_who_is_erased_leaves_what_pages_show_and_no_name(client, page, django_capture_on_commit_callbacks):
    person, answerer = PersonFactory(name="Rasa Kalnienė"), with_role(page.organiser, "author")
    waiting = asked(page, by=person)
    done = answer_question(asked(page, by=person), by=answerer, answer="Yes, Rasa.")
    shown = answer_question(asked(page, by=person), by=answerer, answer="Yes, Rasa.")
    publish_question(shown, by=answerer, text="May one bring a bike?", answer="Yes.")
    other = answer_question(asked(page), by=answerer, answer="Yes, please do.")

    for one in (person, answerer):
        erased(one, django_capture_on_commit_callbacks)

    assert not Question.objects.filter(pk__in=[waiting.pk, done.pk]).exists()
    assert "May one bring a bike?" in client.get(page.url).text
    shown.refresh_from_db()
    assert (shown.person, shown.answered_by, shown.text, shown.answer) == (None, None, "", "")
    other.refresh_from_db()
    assert (other.answer, other.answered_by) == ("Yes, please do.", None)
    client.force_login(with_role(page.organiser, "owner"))
    assert client.get("/workspace/ours/questions/?show=answered").status_code == 200
    assert client.get(shown.workspace_url).status_code == 200
    client.post(f"{shown.workspace_url}take-off/")
    assert not Question.objects.filter(pk=shown.pk).exists()


def test_a_download_has_ones_own_questions_with_their_answers_and_not_those_of_others(page):
    answerer = with_role(page.organiser, "author")
    question = answer_question(asked(page), by=answerer, answer="Yes, please do.")
    entry = personal_data()["pathways.Question"]

    assert list(entry.shown(question.person)) == [question]
    assert not entry.shown(answerer).exists()
    assert {"text", "answer"} <= set(entry.columns)


def test_questions_follow_their_person_into_one_account(page):
    kept, other = PersonFactory(), with_role(page.organiser, "author")
    mine, theirs = asked(page, by=other), answer_question(asked(page), by=other, answer="Yes.")

    dict(merge_rules())[Question](Question, kept, other)

    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.person, theirs.answered_by) == (kept, kept)


@pytest.mark.parametrize(
    "wrong",
    [{"state": "open", "answered_at": clock.now()}, {"state": "answered"}, {"published_at": clock.now()}],
)
def test_the_database_refuses_questions_whose_dates_and_state_differ(page, wrong):
    question = asked(page)

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(**wrong)
