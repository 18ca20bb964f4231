"""What learners may expect of reviewers: an answer by a day, and somebody else's view of a return."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from pathways.actions import ask_for_second_opinion, hand_in, judge_attempt
from pathways.models import Attempt, EvidenceItem
from pathways.schedule import remind_of_late_reviews
from portal import clock
from portal.accounts.models import Person
from portal.notifications.models import OutgoingMail
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import MembershipFactory, OrganiserFactory
from tests.factories.pathways import reviewed_activity, waiting_attempt, with_page_role, with_role

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2027, 3, 5, 9, tzinfo=UTC)
WORDS = "Please show the second brake as well, with a date."


def returned(page=None):
    """Return an attempt that one of two reviewers returned, its activity and that reviewer."""
    page = page or reviewed_activity()
    attempt = waiting_attempt(page)
    with_role(page.organiser, "reviewer")
    first = with_role(page.organiser, "reviewer")
    return judge_attempt(attempt, by=first, accept=False, feedback=WORDS), page, first


def doubted():
    attempt, page, first = returned()
    return ask_for_second_opinion(page, by=attempt.person, doubt="The second brake is there."), page, first


# --- what the learner reads ------------------------------------------------------------------------------------------


def test_a_learner_reads_when_they_handed_it_in_and_since_when_it_is_looked_at_again(client):
    with clock.moved_to(FRIDAY):
        attempt, page, _first = returned()
    with clock.moved_to(FRIDAY + timedelta(days=3)):
        client.force_login(attempt.person)
        ask_for_second_opinion(page, by=attempt.person, doubt="The second brake is there.")
        seen, home = (client.get(place).content.decode() for place in (page.url, "/learning/"))

    assert "You handed it in on 5 March 2027. It is looked at again since 8 March 2027." in seen
    assert "handed in on 5 March 2027, looked at again since 8 March 2027" in home


# --- the promise ------------------------------------------------------------------------------------------------------


def test_a_learner_is_promised_an_answer_in_working_days(client):
    page = reviewed_activity(answer_days=2)
    with clock.moved_to(FRIDAY):
        attempt = hand_in(page, by=PersonFactory(), text="Done.")
        client.force_login(attempt.person)
        seen = client.get(page.url).content.decode()

    assert attempt.answer_due.isoformat() == "2027-03-09"
    assert "It is promised by 9 March 2027." in seen


def test_reviewers_are_reminded_once_a_day_of_what_is_late(client):
    page = reviewed_activity(answer_days=1)
    reviewer = with_role(page.organiser, "reviewer")
    with clock.moved_to(FRIDAY):
        attempt = hand_in(page, by=PersonFactory(), text="Done.")
    reminders = OutgoingMail.objects.filter(event="pathways/reviews_late")

    with clock.moved_to(FRIDAY + timedelta(days=3)):
        remind_of_late_reviews()
    assert not reminders.exists()
    with clock.moved_to(FRIDAY + timedelta(days=4)):
        remind_of_late_reviews()
        remind_of_late_reviews()
        client.force_login(reviewer)
        queue = client.get(f"/workspace/{page.organiser.slug}/reviews/").content.decode()
        client.force_login(attempt.person)
        own = client.get(page.url).content.decode()

    told = list(reminders.values_list("person", flat=True))
    assert reviewer.pk in told
    assert len(told) == len(set(told))
    assert "late" in queue
    assert "the organiser has been reminded" in own


def test_who_reviews_one_activity_is_reminded_of_what_is_late_there():
    page = reviewed_activity(answer_days=1)
    other = reviewed_activity(page.organiser, answer_days=1)
    here, there = (with_page_role(one, "reviewer") for one in (page, other))
    with clock.moved_to(FRIDAY):
        hand_in(page, by=PersonFactory(), text="Done.")

    with clock.moved_to(FRIDAY + timedelta(days=4)):
        remind_of_late_reviews()

    reminders = OutgoingMail.objects.filter(event="pathways/reviews_late")
    assert reminders.get(person=here).facts["link"] == "/learning/reviews/"
    assert not reminders.filter(person=there).exists()


# --- a second opinion -------------------------------------------------------------------------------------------------


def test_somebody_else_judges_the_same_work_once_more(client):
    attempt, page, _first = doubted()
    other = with_role(page.organiser, "reviewer")
    client.force_login(other)
    seen = client.get(f"/workspace/{page.organiser.slug}/reviews/{attempt.pk}/").content.decode()

    attempt = judge_attempt(attempt, by=other, accept=True, checklist=page.lines())

    assert "The second brake is there." in seen
    assert attempt.is_passed
    assert [(one.round, one.is_second, one.outcome) for one in attempt.judgements.all()] == [
        (1, False, "returned"),
        (1, True, "accepted"),
    ]
    assert EvidenceItem.objects.count() == 1


def test_who_judged_it_first_does_not_judge_it_again():
    attempt, page, first = doubted()

    with pytest.raises(PermissionDenied):
        judge_attempt(attempt, by=first, accept=True, checklist=page.lines())


def test_a_second_return_is_the_last_word_on_this_round():
    attempt, page, _first = doubted()
    other = with_role(page.organiser, "reviewer")
    attempt = judge_attempt(attempt, by=other, accept=False, feedback=WORDS)

    with pytest.raises(StepRefused, match="second opinion on this already"):
        ask_for_second_opinion(page, by=attempt.person, doubt="Again.")
    attempt = hand_in(page, by=attempt.person, text="With both brakes.")

    assert (attempt.round, attempt.is_submitted) == (2, True)


def test_a_doubt_needs_words_and_keeps_them_beside_the_fault(client):
    attempt, page, _first = returned()
    client.force_login(attempt.person)

    answer = client.post(f"/learn/activities/{page.pk}/second-opinion/", {"doubt": "  "})

    assert answer.status_code == 422
    assert "Say what you see differently" in answer.content.decode()
    assert Attempt.objects.get().is_returned


def test_where_one_person_judges_no_second_opinion_is_offered_that_nobody_could_give(client):
    page = reviewed_activity()
    attempt = waiting_attempt(page)
    owner = Person.objects.get(pk__in=page.organiser.memberships.owners().values("person"))
    judge_attempt(attempt, by=owner, accept=False, feedback=WORDS)
    client.force_login(attempt.person)

    assert "second opinion" not in client.get(page.url).content.decode()
    with pytest.raises(StepRefused, match="Nobody else judges work here"):
        ask_for_second_opinion(page, by=attempt.person, doubt="The second brake is there.")
    assert Attempt.objects.get().is_returned


def test_a_second_opinion_is_open_after_the_last_day_and_new_work_is_not(client):
    page = reviewed_activity(closes_on=FRIDAY.date())
    with clock.moved_to(FRIDAY):
        attempt, page, _first = returned(page)
    client.force_login(attempt.person)

    with clock.moved_to(FRIDAY + timedelta(days=3)):
        with pytest.raises(StepRefused, match="closed on"):
            hand_in(page, by=attempt.person, text="With both brakes.")
        offered = client.get(page.url).content.decode()
        attempt = ask_for_second_opinion(page, by=attempt.person, doubt="The second brake is there.")

    assert 'id="doubt"' in offered
    assert attempt.is_submitted


def test_what_waits_for_a_second_opinion_is_not_taken_back(client):
    attempt, page, _first = doubted()
    client.force_login(attempt.person)

    assert client.post(f"/learn/activities/{page.pk}/take-back/").status_code == 409
    assert "Take it back" not in client.get(page.url).content.decode()


# --- the network's training (K5) --------------------------------------------------------------------------------------


@pytest.fixture
def training():
    return reviewed_activity(OrganiserFactory(verified=True, is_network=True))


def test_a_training_reviewer_of_the_network_judges_its_training(client, training):
    attempt, trainer = waiting_attempt(training), PersonFactory(roles=["training_reviewer"])
    client.force_login(trainer)

    assert client.get(f"/workspace/{training.organiser.slug}/reviews/").status_code == 200
    assert client.get(f"/workspace/{training.organiser.slug}/reviews/{attempt.pk}/").status_code == 200
    judged = judge_attempt(attempt, by=trainer, accept=True, feedback=WORDS, checklist=training.lines())

    assert judged.is_passed


def test_a_training_reviewer_judges_nothing_at_other_organisers(client):
    attempt = waiting_attempt()
    client.force_login(PersonFactory(roles=["training_reviewer"]))

    assert client.get(f"/workspace/{attempt.organiser.slug}/reviews/{attempt.pk}/").status_code == 404


def test_nobody_judges_somebody_of_their_own_organiser(training):
    attempt, trainer = waiting_attempt(training), PersonFactory(roles=["training_reviewer"])
    shared = OrganiserFactory()
    for person in (attempt.person, trainer):
        MembershipFactory(organiser=shared, person=person, role="issuer")

    with pytest.raises(PermissionDenied):
        judge_attempt(attempt, by=trainer, accept=True, feedback=WORDS, checklist=training.lines())


def test_feedback_at_the_training_is_more_than_a_word(training):
    attempt, trainer = waiting_attempt(training), PersonFactory(roles=["training_reviewer"])

    with pytest.raises(StepRefused, match="30 letters"):
        judge_attempt(attempt, by=trainer, accept=True, feedback="Fine.", checklist=training.lines())
