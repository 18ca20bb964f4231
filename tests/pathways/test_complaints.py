"""A learner complains about a judgement, and owners answer."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from pathways.actions import answer_complaint, ask_for_second_opinion, complain, hand_in, judge_attempt
from pathways.models import Attempt, Complaint
from pathways.schedule import remind_of_late_complaints
from portal import clock
from portal.notifications.models import Notification, OutgoingMail
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import peer_activity, peer_judgement, reviewed_activity, waiting_attempt, with_role
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
TEXT = "Both of them say that the brake is missing, and it is in the second picture."
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def page():
    return peer_activity(answer_days=3)


def owner_of(organiser):
    return organiser.memberships.owners().first().person


def returned_by_peers(page):
    attempt = waiting_attempt(page)
    for _time in range(2):
        peer_judgement(page, met=False)
    return Attempt.objects.get(pk=attempt.pk)


def returned_twice(page, first, second):
    attempt = waiting_attempt(page)
    attempt = judge_attempt(attempt, by=first, accept=False, feedback="Please show the second brake as well.")
    attempt = ask_for_second_opinion(page, by=attempt.person, doubt="It is there.")
    return judge_attempt(attempt, by=second, accept=False, feedback="I do not find the second brake either.")


def complaint_of(page):
    return complain(page, by=returned_by_peers(page).person, text=TEXT)


# --- the learner ------------------------------------------------------------------------------------------------------


def test_a_learner_complains_on_the_page_of_the_activity_and_reads_the_answer(client, page):
    attempt = returned_by_peers(page)
    client.force_login(attempt.person)
    address = f"/learn/activities/{page.pk}/complaint/"

    short = client.post(address, {"text": "Unfair."})
    sent = client.post(address, {"text": TEXT}, follow=True).content.decode()

    assert short.status_code == 422
    assert "Unfair." in short.content.decode()
    assert "An answer is promised by" in sent
    assert "Complain about this judgement" not in sent
    owner = owner_of(page.organiser)
    assert Notification.objects.get(event="pathways/complaint_filed").person == owner
    answer_complaint(Complaint.objects.get(), by=owner, is_upheld=False, answer="The picture shows one brake.")
    assert "The picture shows one brake." in client.get(page.url).content.decode()
    assert attempt.person.notifications.filter(event="pathways/complaint_answered").count() == 1


def test_one_complaint_is_made_about_each_judgement(page):
    complaint = complaint_of(page)
    learner = complaint.attempt.person

    with pytest.raises(StepRefused, match="complained about it already"):
        complain(page, by=learner, text=TEXT)
    answer_complaint(complaint, by=owner_of(page.organiser), is_upheld=False, answer="No.")
    with pytest.raises(StepRefused, match="complained about it already"):
        complain(page, by=learner, text=TEXT)


def test_after_one_reviewer_comes_the_second_opinion_and_then_the_complaint():
    page = reviewed_activity()
    first, second = (with_role(page.organiser, "reviewer") for _time in range(2))
    attempt = waiting_attempt(page)
    attempt = judge_attempt(attempt, by=first, accept=False, feedback="Please show the second brake as well.")
    with pytest.raises(StepRefused, match="nothing here to complain about"):
        complain(page, by=attempt.person, text=TEXT)

    other = returned_twice(page, first, second)

    assert complain(page, by=other.person, text=TEXT).is_open


def test_who_handed_in_nothing_has_nothing_to_complain_about(page):
    with pytest.raises(StepRefused, match="nothing here to complain about"):
        complain(page, by=PersonFactory(), text=TEXT)
    with pytest.raises(StepRefused, match="sentence or two"):
        complain(page, by=PersonFactory(), text="No.")


# --- the answer -------------------------------------------------------------------------------------------------------


def test_who_is_right_is_judged_once_more_by_somebody_who_has_not():
    page = reviewed_activity()
    first, second, third = (with_role(page.organiser, "reviewer") for _time in range(3))
    attempt = returned_twice(page, first, second)
    complaint = complain(page, by=attempt.person, text=TEXT)

    answer_complaint(complaint, by=owner_of(page.organiser), is_upheld=True, answer="You are right.")

    attempt = Attempt.objects.get(pk=attempt.pk)
    assert (attempt.is_submitted, attempt.round) == (True, 1)
    for judge in (first, second):
        with pytest.raises(PermissionDenied):
            judge_attempt(attempt, by=judge, accept=True, checklist=page.lines())
    attempt = judge_attempt(attempt, by=third, accept=False, feedback="I do not see it either, sorry.")
    assert list(attempt.judgements.values_list("is_second", "is_after_complaint")) == [
        (False, False),
        (True, False),
        (True, True),
    ]
    assert not attempt.may_be_doubted
    assert not attempt.may_be_complained_of
    assert hand_in(page, by=attempt.person, text="Once more.").round == 2


def test_who_is_right_about_other_learners_goes_to_a_reviewer(page):
    complaint = complaint_of(page)
    answer_complaint(complaint, by=owner_of(page.organiser), is_upheld=True, answer="You are right.")

    attempt = Attempt.objects.get(pk=complaint.attempt_id)
    judged = judge_attempt(attempt, by=with_role(page.organiser, "reviewer"), accept=True, checklist=page.lines())

    assert judged.is_passed


def test_work_that_was_handed_in_again_meanwhile_stays_where_it_is(page):
    complaint = complaint_of(page)
    hand_in(page, by=complaint.attempt.person, text="With both brakes.")

    answer_complaint(complaint, by=owner_of(page.organiser), is_upheld=True, answer="You were right.")

    attempt = Attempt.objects.get(pk=complaint.attempt_id)
    assert (attempt.round, attempt.is_with_peers) == (2, True)


def test_an_owner_who_judged_leaves_it_to_another_one(client):
    page = reviewed_activity()
    owner, other = owner_of(page.organiser), with_role(page.organiser, "owner")
    attempt = returned_twice(page, owner, with_role(page.organiser, "reviewer"))
    complaint = complain(page, by=attempt.person, text=TEXT)
    client.force_login(owner)
    told = client.get(complaint.get_absolute_url()).content.decode()

    with pytest.raises(PermissionDenied):
        answer_complaint(complaint, by=owner, is_upheld=False, answer="No.")
    assert "so another owner answers" in told
    assert list(complaint.hearers()) == [other]
    assert answer_complaint(complaint, by=other, is_upheld=False, answer="No.").is_not_upheld


def test_the_only_owner_answers_even_so_and_that_is_said(client):
    page = reviewed_activity()
    owner, reviewer = owner_of(page.organiser), with_role(page.organiser, "reviewer")
    attempt = returned_twice(page, owner, reviewer)
    complaint = complain(page, by=attempt.person, text=TEXT)
    client.force_login(owner)
    form = {"outcome": "upheld", "answer": "You are right.", "seen": complaint.version}

    assert client.post(complaint.get_absolute_url(), form).status_code == 302

    attempt = Attempt.objects.get(pk=attempt.pk)
    assert Complaint.objects.get().is_answered_by_judge
    assert judge_attempt(attempt, by=reviewer, accept=True, checklist=page.lines()).is_passed
    client.force_login(attempt.person)
    assert "had judged the work too" in client.get(page.url).content.decode()


def test_complaints_at_the_network_go_to_its_admins(client):
    page = peer_activity(OrganiserFactory(verified=True, is_network=True))
    admin = PersonFactory(roles=["network_admin"])
    complaint = complaint_of(page)
    client.force_login(admin)

    assert Notification.objects.get(event="pathways/complaint_filed").person == admin
    assert client.get(f"/workspace/{page.organiser.slug}/reviews/complaints/").status_code == 200
    assert client.get(complaint.get_absolute_url()).status_code == 200
    with pytest.raises(PermissionDenied):
        answer_complaint(complaint, by=owner_of(page.organiser), is_upheld=False, answer="No.")


def test_an_answer_keeps_what_was_typed_and_meets_no_other(client, page):
    complaint = complaint_of(page)
    client.force_login(owner_of(page.organiser))
    address = complaint.get_absolute_url()

    missing = client.post(address, {"answer": "We looked at it.", "seen": 0})
    client.post(address, {"outcome": "not-upheld", "answer": "We looked at it.", "seen": 0})

    assert missing.status_code == 422
    assert "We looked at it." in missing.content.decode()
    assert client.post(address, {"outcome": "upheld", "answer": "Yes.", "seen": 0}).status_code == 409


def test_others_find_nothing(client, page):
    complaint = complaint_of(page)
    people = [with_role(page.organiser, "reviewer"), complaint.attempt.person, owner_of(OrganiserFactory())]
    for person in people:
        client.force_login(person)
        for address in (complaint.get_absolute_url(), f"/workspace/{page.organiser.slug}/reviews/complaints/"):
            assert client.get(address).status_code == 404


# --- the day ----------------------------------------------------------------------------------------------------------


def test_owners_are_reminded_once_a_day_of_what_is_late(page):
    with clock.moved_to(MONDAY):
        complaint = complaint_of(page)
    assert complaint.answer_due.isoformat() == "2027-03-04"
    reminders = OutgoingMail.objects.filter(event="pathways/complaint_late")

    with clock.moved_to(MONDAY + timedelta(days=3)):
        remind_of_late_complaints()
        assert not reminders.exists()
    for day in (4, 5):
        with clock.moved_to(MONDAY + timedelta(days=day)):
            remind_of_late_complaints()
            remind_of_late_complaints()

    assert list(reminders.values_list("person", flat=True)) == [owner_of(page.organiser).pk] * 2


def test_the_list_asks_as_often_for_many_as_for_few(client, page):
    client.force_login(owner_of(page.organiser))
    counts = []
    for number in (1, 4):
        for _time in range(number):
            complaint_of(page)
        counts.append(queries_of(client, f"/workspace/{page.organiser.slug}/reviews/complaints/"))

    assert counts[0] == counts[1]
