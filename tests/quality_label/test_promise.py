"""Keeping the promise: reminders reach the right people once, more days are given once, a broken promise is owned."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from portal import clock
from portal.accounts.models import Person
from portal.notifications.actions import notify
from portal.notifications.models import OutgoingMail
from portal.workflow import StepRefused
from quality_label.actions.promise import explain_delay, extend_days, own_up, remind
from quality_label.models import Application
from tests.factories.accounts import PersonFactory
from tests.factories.label import ApplicationFactory, AssignmentFactory, DeclarationFactory, review_under_way
from tests.factories.organisers import MembershipFactory, owner_of

pytestmark = pytest.mark.django_db
MORNING = datetime(2027, 3, 1, 9, tzinfo=UTC)
WHY = "Two assessors fell ill in the same week; the third begins on Monday."


def on_day(number):
    return clock.moved_to(MORNING + timedelta(days=number))


def handed_in(**facts):
    with on_day(0):
        return ApplicationFactory(**facts)


def told(event="quality_label/case_reminder"):
    return [(mail.person, mail.facts.get("codes")) for mail in OutgoingMail.objects.filter(event=event).order_by("pk")]


def test_the_coordinator_is_reminded_once_and_the_admins_when_it_is_late():
    application, admin = handed_in(in_check=True), PersonFactory(roles=["network_admin"])
    for day in (4, 5, 5, 6, 8, 8, 9):
        with on_day(day):
            remind(application)

    coordinator = application.coordinator
    assert told() == [(coordinator, ["check-due"]), (coordinator, ["check-late"]), (admin, ["check-late"])]


def test_nobody_gets_two_mails_about_a_case_on_one_day():
    application = handed_in(in_check=True)
    with on_day(5):
        remind(application)
    with on_day(5), clock.moved_to(MORNING + timedelta(days=5, hours=3)):
        Application.objects.update(state="assigning")
        Application.objects.update(day_0=(MORNING - timedelta(days=10)).date())
        remind(application)
    assert len(told()) == 1

    with on_day(6):
        remind(application)
    assert told()[1][1] == ["team-due", "team-late"]


def test_somebody_in_conflict_with_a_case_is_not_told():
    application = handed_in(in_check=True)
    MembershipFactory(organiser=application.organiser, person=application.coordinator, role="issuer")
    admin = PersonFactory(roles=["network_admin"])
    with on_day(5):
        remind(application)

    assert told() == [(admin, ["check-due"])]


def test_a_review_is_reminded_of_until_it_is_handed_in():
    application = handed_in(in_review=True)
    with on_day(0):
        place = AssignmentFactory(application=application, accepted=True, due_on=clock.today() + timedelta(days=28))
    for day in (13, 14, 21, 29):
        with on_day(day):
            remind(application)

    key = place.pk
    expected = [(place.person, f"review-half:{key}"), (place.person, f"review-7:{key}")]
    expected += [(application.coordinator, f"review-late:{key}")]
    assert [(person, codes[0]) for person, codes in told()] == expected


def test_an_admin_gives_more_days_once_before_day_85():
    application, admin = handed_in(in_review=True), PersonFactory(roles=["network_admin"])
    DeclarationFactory(application=application, person=admin)
    with on_day(85), pytest.raises(StepRefused, match="until six days before"):
        extend_days(application, days=20, reason=WHY, by=admin)
    with on_day(84):
        with pytest.raises(StepRefused, match="1 to 30"):
            extend_days(application, days=31, reason=WHY, by=admin)
        with pytest.raises(StepRefused, match="why"):
            extend_days(application, days=20, reason="Late.", by=admin)
        with pytest.raises(PermissionDenied):
            extend_days(application, days=20, reason=WHY, by=application.coordinator)
        extended = extend_days(application, days=20, reason=WHY, by=admin)
        with pytest.raises(StepRefused, match="once"):
            extend_days(application, days=5, reason=WHY, by=admin)

    assert (extended.state, extended.days().due_on) == ("in_review", (MORNING + timedelta(days=110)).date())
    assert told("quality_label/extended") == [(owner_of(application.organiser), None)]


def test_a_broken_promise_is_owned_once_and_answered_for():
    application, admin = handed_in(ready=True), PersonFactory(roles=["network_admin"])
    DeclarationFactory(application=application, person=admin)
    for day in (90, 91, 91, 95):
        with on_day(day):
            own_up(application)

    application.refresh_from_db()
    assert application.broken_on == (MORNING + timedelta(days=91)).date()
    assert application.state == "ready"
    assert len(told("quality_label/promise_broken")) == 1
    assert [person for person, _codes in told("quality_label/promise_to_answer_for")] == [admin]
    with on_day(92):
        with pytest.raises(PermissionDenied):
            explain_delay(application, words=WHY, new_date=clock.today() + timedelta(9), by=application.coordinator)
        with pytest.raises(StepRefused, match="ahead"):
            explain_delay(application, words=WHY, new_date=clock.today(), by=admin)
        explained = explain_delay(application, words=WHY, new_date=clock.today() + timedelta(days=9), by=admin)
    assert (explained.broken_words, explained.new_date) == (WHY, (MORNING + timedelta(days=101)).date())
    assert len(told("quality_label/delay_explained")) == 1


def address(case, page):
    return f"/network/applications/{case.key}/{page}/"


@pytest.fixture
def admin(client):
    person = PersonFactory(roles=["network_admin"])
    client.force_login(person)
    return person


def test_a_conflict_that_came_up_in_the_team_is_told_once_and_named_on_the_board(client):
    case, (assessor, _other), _lead = review_under_way()
    coordinator = Person.objects.get(pk=case.coordinator_id)
    MembershipFactory(organiser=case.organiser, person=assessor.person, role="issuer")

    remind(case)
    remind(case)

    assert [one for one in told() if "team-barred" in str(one)] == [(coordinator, [f"team-barred:{assessor.pk}"])]
    client.force_login(coordinator)
    page = client.get("/network/applications/").text
    assert f"{assessor.person} has come to have a conflict of interest" in page
    assert f"/network/applications/{case.key}/team/" in page


def test_the_page_gives_more_days_and_keeps_what_was_typed(client, admin):
    case = ApplicationFactory(in_review=True)
    undeclared = client.post(address(case, "more-days"), {"seen": 0, "days": 20, "reason": WHY})
    DeclarationFactory(application=case, person=admin)
    facts = {"days": 31, "reason": WHY}
    too_many = client.post(address(case, "more-days"), {"seen": 0, **facts})
    stale = client.post(address(case, "more-days"), {"seen": 3, "days": 20, "reason": WHY})
    given = client.post(address(case, "more-days"), {"seen": 0, "days": 20, "reason": WHY})

    case.refresh_from_db(fields=["extension"])
    assert (too_many.status_code, stale.status_code, given.status_code) == (422, 409, 302)
    assert (undeclared.status_code, "Say first whether" in undeclared.text) == (409, True)
    assert all(WHY in response.text for response in [too_many, stale])
    assert case.extension == 20
    shown = client.get(given["Location"])
    assert f"The network took 20 more days: {WHY}" in shown.text
    assert address(case, "more-days") not in shown.text
    assert client.get(address(case, "more-days")).status_code == 409


def test_the_page_on_a_broken_promise_tells_the_applicant_a_new_day(client, admin):
    case = handed_in(ready=True)
    DeclarationFactory(application=case, person=admin)
    with on_day(91):
        client.force_login(admin)
        assert client.get(address(case, "delay")).status_code == 409
        own_up(case)
        assert address(case, "delay") in client.get(f"/network/applications/{case.key}/").text
        facts = {"seen": 0, "words": WHY}
        past = client.post(address(case, "delay"), facts | {"new_date": clock.today().isoformat()})
        stale = client.post(address(case, "delay"), facts | {"seen": 3, "new_date": "2027-06-20"})
        told_now = client.post(address(case, "delay"), facts | {"new_date": "2027-06-20"})
        client.force_login(owner_of(case.organiser))
        own = client.get(f"/workspace/{case.organiser.slug}/quality-label/").text

    assert (past.status_code, stale.status_code, told_now.status_code) == (422, 409, 302)
    assert all(WHY in response.text for response in [past, stale])
    assert "The network decides by 20 June 2027 now" in own
    assert WHY in own


@pytest.mark.parametrize("page", ["more-days", "delay"])
def test_only_admins_who_are_free_of_a_case_give_days_and_answer_for_it(client, admin, page):
    case = ApplicationFactory(in_review=True)
    client.force_login(PersonFactory(roles=["coordinator"]))
    assert client.get(address(case, page)).status_code == 403
    MembershipFactory(organiser=case.organiser, person=admin, role="issuer")
    client.force_login(admin)
    assert client.get(address(case, page)).status_code == 404


def test_an_admin_whom_a_conflict_bars_does_not_answer_for_a_case():
    case, admin = handed_in(ready=True), PersonFactory(roles=["network_admin"])
    DeclarationFactory(application=case, person=admin, conflict="excluding")
    with on_day(91):
        own_up(case)
        with pytest.raises(PermissionDenied):
            explain_delay(case, words=WHY, new_date=clock.today() + timedelta(days=9), by=admin)


def test_news_that_lead_nowhere_any_more_leave_the_inbox_of_who_came_into_conflict():
    case, (assessor, other), _lead = review_under_way()
    places = [assessor, other]
    for place in places:
        notify([place.person], "quality_label/review_opened", about=place)
        notify([place.person], "quality_label/questions_answered", about=case)
    notify([assessor.person], "quality_label/application_in_review", about=case)
    MembershipFactory(organiser=case.organiser, person=assessor.person, role="issuer")
    lines = [list(place.person.notifications.values_list("event", flat=True)) for place in places]
    assert [len(one) for one in lines] == [3, 2]

    remind(case)

    assert [one.event for one in assessor.person.notifications.all()] == ["quality_label/application_in_review"]
    assert other.person.notifications.count() == 2
    left = OutgoingMail.objects.filter(person=assessor.person).exclude(state="cancelled")
    assert [mail.event for mail in left] == ["quality_label/application_in_review"]


def test_who_came_into_conflict_is_not_reminded_of_their_review():
    with on_day(0):
        case, (assessor, _other), _lead = review_under_way()
        MembershipFactory(organiser=case.organiser, person=assessor.person, role="issuer")
    type(assessor).objects.filter(pk=assessor.pk).update(due_on=(MORNING + timedelta(days=14)).date())

    with on_day(11):
        remind(case)

    assert assessor.person not in [person for person, _codes in told()]
