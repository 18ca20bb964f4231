"""Languages: translations follow their original, and progress follows the learner."""

import pytest
from django.test import TestCase
from wagtail_localize.models import TranslationSource

from pathways.actions import answer_quiz, confirm_activity, join_playlist
from pathways.models import ActivityPage, Attempt, Enrolment
from portal.notifications.models import Notification, OutgoingMail
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import (
    activity,
    playlist,
    quiz_activity,
    reviewed_activity,
    right_answers,
    translated,
    waiting_attempt,
    with_role,
)

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def sync(page):
    """Bring the translations of a page up to date as the button does."""
    source = TranslationSource.objects.get_for_instance(page)
    source.update_from_db()
    with TestCase.captureOnCommitCallbacks(execute=True):
        for translation in source.translations.all():
            translation.save_target(publish=True)


def test_a_translation_lies_in_the_organisers_section_of_its_language():
    page = activity()

    lithuanian = translated(page)

    assert lithuanian.organiser == page.organiser
    assert lithuanian.get_parent().specific.organiser == page.organiser
    assert lithuanian.get_parent().locale.language_code == "lt"
    assert lithuanian.url == page.url.replace("/en/", "/lt/")


def test_a_translated_quiz_keeps_the_ids_and_translates_the_words():
    page = quiz_activity()
    segments = {
        segment.string.data
        for segment in TranslationSource.objects.get_for_instance(translated(page) and page).stringsegment_set.all()
    }

    lithuanian = page.get_translations().get().specific

    assert {"How many brakes has a bike?", "Two", "Because: Two."} <= segments
    assert [(q.id, [o.id for o in q.options]) for q in lithuanian.questions()] == [
        (q.id, [o.id for o in q.options]) for q in page.questions()
    ]
    assert right_answers(lithuanian) == right_answers(page)


def test_an_edited_quiz_reaches_the_translation():
    page = quiz_activity()
    lithuanian = translated(page)
    page.quiz.pop(0)
    page.pass_mark = 55
    page.save_revision().publish()

    sync(page)
    lithuanian.refresh_from_db()

    assert [question.id for question in lithuanian.questions()] == [question.id for question in page.questions()]
    assert lithuanian.pass_mark == 55


def test_steps_rule_and_badge_follow_the_original():
    organiser = OrganiserFactory(verified=True)
    first, second = activity(organiser, title="A"), activity(organiser, title="B")
    page = playlist(first, required_count=1)
    lithuanian = translated(page)
    lithuanian.steps.add(type(page.steps.first())(activity=second))
    lithuanian.save_revision().publish()
    page.steps.add(type(page.steps.first())(activity=second, is_compulsory=True, sort_order=0))
    page.required_count, page.badge_class = 2, published_badge(organiser)
    page.save_revision().publish()

    sync(page)
    lithuanian = type(page).objects.get(pk=lithuanian.pk)

    steps = [list(one.steps.values_list("activity", "is_compulsory")) for one in (page, lithuanian)]
    assert steps[0] == steps[1]
    assert len(steps[1]) == 2
    assert (lithuanian.required_count, lithuanian.badge_class) == (2, page.badge_class)


def test_facts_cannot_be_overridden_in_a_translation():
    page = playlist(activity())
    translated(page)

    source = TranslationSource.objects.get_for_instance(page)

    assert not source.overridablesegment_set.exists()


def test_progress_is_the_same_in_every_language(client):
    organiser = OrganiserFactory(verified=True)
    first, second = activity(organiser, title="Brakes"), quiz_activity(organiser)
    page, person = playlist(first, second), PersonFactory()
    lithuanian = translated(page)
    other_first = translated(first)
    join_playlist(page, by=person)
    client.force_login(person)

    confirm_activity(other_first, by=person)
    route = client.get(lithuanian.url).context["route"]

    assert [stop.state for stop in route.stops] == ["done", "now"]
    assert [stop.activity.locale.language_code for stop in route.stops] == ["lt", "en"]
    assert [stop.lang for stop in route.stops] == ["", "en"]
    answer_quiz(second, right_answers(second), by=person)
    assert Enrolment.objects.get().is_completed
    assert Attempt.objects.count() == 2


def test_a_learner_who_joins_in_both_languages_is_on_it_once():
    page, person = playlist(activity()), PersonFactory()
    lithuanian = translated(page)

    assert join_playlist(page, by=person) == join_playlist(lithuanian, by=person)


def test_the_stable_address_leads_to_the_readers_language(client):
    page = activity()
    lithuanian = translated(page)

    assert client.get(f"/activities/{page.translation_key}/")["Location"] == page.url
    client.cookies["language"] = "lt"
    assert client.get(f"/activities/{page.translation_key}/")["Location"] == lithuanian.url


def test_each_reviewer_reads_the_title_in_their_language():
    page = reviewed_activity()
    lithuanian = translated(page)
    ActivityPage.objects.filter(pk=lithuanian.pk).update(title="Stabdžių patikra")
    for language in ("en", "lt", "pl"):
        with_role(page.organiser, "reviewer", PersonFactory(language=language))

    waiting_attempt(page)

    told = OutgoingMail.objects.filter(event="pathways/handed_in")
    assert dict(told.values_list("language", "facts__title")) == {
        "en": "Brake check",
        "lt": "Stabdžių patikra",
        "pl": "Brake check",
    }
    assert Notification.objects.filter(facts__title="Stabdžių patikra").count() == 1
