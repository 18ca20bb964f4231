"""Activities, playlists and the people on them, for tests."""

from django.test import TestCase, override_settings
from wagtail.models import Locale
from wagtail_localize.operations import translate_object

from pathways.actions import (
    accept_page_role,
    draw_work,
    ensure_section,
    hand_in,
    judge_as_peer,
    offer_page_role,
    sync_authors,
)
from pathways.models import ActivityPage, Attempt, PlaylistPage, PlaylistStep
from portal.accounts.models import Person
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import MembershipFactory, OrganiserFactory, owner_of
from tests.factories.pages import planted

QUESTIONS = [("How many brakes has a bike?", ["One", "Two"], 1), ("Which side do you ride on?", ["Right", "Left"], 0)]


def activity(organiser=None, *, live=True, title="Brake check", **facts) -> ActivityPage:
    """Return an activity that its learner confirms; `judge=` and the rest change it."""
    organiser = organiser or OrganiserFactory(verified=True)
    return planted(ActivityPage(title=title, summary="Check a brake.", **facts), ensure_section(organiser), live)


def quiz_activity(organiser=None, **facts) -> ActivityPage:
    """Return an activity with a quiz of two questions."""
    quiz = [
        (
            "single",
            {
                "question": question,
                "options": [{"text": text, "is_correct": number == right} for number, text in enumerate(options)],
                "explanation": f"Because: {options[right]}.",
            },
        )
        for question, options, right in QUESTIONS
    ]
    return activity(organiser, judge="quiz", quiz=quiz, title="Bike quiz", **facts)


def reviewed_activity(organiser=None, **facts) -> ActivityPage:
    """Return an activity whose evidence a reviewer judges, with a checklist of two lines."""
    lines = [("line", "Both brakes hold"), ("line", "The lever does not touch the bar")]
    return activity(organiser, judge="reviewer", checklist=lines, evidence_prompt="A photo of the sheet.", **facts)


def peer_activity(organiser=None, **facts) -> ActivityPage:
    """Return an activity at which two other learners judge, by a checklist of two lines."""
    lines = [("line", "Both brakes hold"), ("line", "The lever does not touch the bar")]
    return activity(organiser, judge="peer", checklist=lines, **facts)


def playlist(*activities, organiser=None, compulsory=(), live=True, title="Bike-Ready", **facts) -> PlaylistPage:
    """Return a playlist of activities in the section of the first one's organiser."""
    organiser = organiser or activities[0].organiser
    page = PlaylistPage(title=title, summary="Ride safely.", **facts)
    page.steps = [
        PlaylistStep(activity=one, is_compulsory=one in compulsory, sort_order=n) for n, one in enumerate(activities)
    ]
    return planted(page, ensure_section(organiser), live)


def translated(page, language="lt"):
    """Return a translation of a page, published where the page is, in which no part is translated."""
    locale = Locale.objects.get(language_code=language)
    as_was = override_settings(WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE=True)
    with as_was, TestCase.captureOnCommitCallbacks(execute=True):  # wagtail-localize publishes after commit
        translate_object(page, [locale])
    return page.get_translation(locale).specific


def with_role(organiser, role: str, person=None) -> Person:
    """Return a person who holds a role, with what the clock does about author groups done."""
    person = person or PersonFactory()
    MembershipFactory(organiser=organiser, person=person, role=role)
    ensure_section(organiser)
    sync_authors()
    return Person.objects.get(pk=person.pk)


def with_page_role(page, role: str, person=None) -> Person:
    """Return a person who took on a role for one page alone."""
    person = person or PersonFactory()
    accept_page_role(offer_page_role(page, person.email, role=role, by=owner_of(page.organiser)), by=person)
    return Person.objects.get(pk=person.pk)


def right_answers(page) -> dict[str, str]:
    """Return the right option of each question, by id."""
    return {question.id: question.right_answer() for question in page.questions()}


def wrong_answers(page) -> dict[str, str]:
    """Return a wrong option of each question, by id."""
    return {q.id: next(option.id for option in q.options if not option.is_correct) for q in page.questions()}


def waiting_attempt(page=None, person=None) -> Attempt:
    """Return an attempt that waits for a reviewer."""
    return hand_in(page or reviewed_activity(), by=person or PersonFactory(), text="I did it.")


WORDS = "The first brake is shown well; show the second one too."


def peer_of(page) -> Person:
    """Return a learner who has done the work of an activity, and whose own no longer waits."""
    attempt = waiting_attempt(page)
    Attempt.objects.filter(pk=attempt.pk).update(state="passed", passed_at=attempt.submitted_at, peers=0)
    return attempt.person


def peer_judgement(page, *, met=True, by=None):
    """Let a learner draw work and find it met or not; return the judgement."""
    by = by or peer_of(page)
    return judge_as_peer(draw_work(page, by=by), by=by, met=list(page.lines())[: None if met else 1], feedback=WORDS)
