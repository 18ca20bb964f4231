"""What the applicant completes after a return while the days stand still; or not. Drafts that nobody touches."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext, override

from portal import clock
from portal.accounts.models import Person
from portal.notifications.models import Notification
from portal.workflow import StepRefused
from quality_label.actions import (
    attach_evidence,
    resend_application,
    save_answer,
)
from quality_label.actions.submission import NothingToSend, freeze
from quality_label.models import Application, Return
from quality_label.schedule import keep_applicants_days
from tests.factories.label import ApplicationFactory, DeclarationFactory
from tests.factories.organisers import MembershipFactory
from tests.quality_label.applying import later, link_facts, owner, stopped, told

pytestmark = pytest.mark.django_db
MISSING = {
    "criterion:B3": "B3 is empty.",
    "gate:G6": "The notice is in no language we read.",
    "context": "No languages.",
}
REASON = "We look at each award twice, and write down what we saw."


@pytest.fixture
def returned():
    application = stopped("return", "returned")
    Return.objects.create(application=application, places=MISSING)
    freeze(application, "submitted")
    return application


def test_only_what_was_listed_can_be_completed(returned):
    by = owner(returned)

    save_answer(returned, "criterion:B3", {"level": 3, "reason": REASON}, by=by, seen=0)
    attach_evidence(returned, by=by, **link_facts(["B3"]))

    with pytest.raises(PermissionDenied):
        save_answer(returned, "criterion:A1", {"level": 3}, by=by, seen=0)
    with pytest.raises(PermissionDenied):
        attach_evidence(returned, by=by, **link_facts(["B3", "A1"]))


def test_the_page_of_what_was_not_listed_answers_403(client, returned):
    client.force_login(owner(returned))

    path = reverse("quality_label:own-place", args=[returned.organiser.slug, "criterion:A1"])

    assert (client.get(path).status_code, client.post(path, {"seen": 0, "reason": "x"}).status_code) == (302, 403)


@pytest.mark.parametrize("place", MISSING)
def test_a_place_says_what_is_missing_there(client, returned, place):
    client.force_login(owner(returned))

    text = client.get(reverse("quality_label:own-place", args=[returned.organiser.slug, place])).content.decode()

    assert [said in text for said in MISSING.values()] == [place == one for one in MISSING]


def test_what_is_missing_is_named_in_the_language_of_its_reader(client, returned):
    person = owner(returned)
    Person.objects.filter(pk=person.pk).update(language="lt")
    client.force_login(person)
    form = reverse("quality_label:own-form", args=[returned.organiser.slug])
    page = client.get(form, headers={"accept-language": "lt"})

    with override("lt"):
        title = gettext("Context")
    assert title != "Context"
    assert f"{title}: No languages." in page.text
    assert "Context: " not in page.text
    with override("en"):
        lines = returned.returns.get().words.splitlines()
    assert [line[:2] for line in lines] == ["G6", "Co", "B3"]


def test_a_gate_that_was_returned_is_not_called_open_and_is_reached_from_the_form(client, returned):
    facts = {"contact_email": owner(returned).email, "privacy_url": "https://organiser.example.org/privacy"}
    type(returned.organiser).objects.filter(pk=returned.organiser_id).update(**facts)
    client.force_login(owner(returned))
    here = reverse("quality_label:own-place", args=[returned.organiser.slug, "gate:G6"])

    page = client.get(here)
    form = client.get(reverse("quality_label:own-form", args=[returned.organiser.slug]))

    assert page.context["gate"].finding.is_met
    assert "nothing to do here" not in page.content.decode()
    assert f'href="{here}"' in form.content.decode()


def test_what_was_never_handed_in_is_not_completed():
    draft = ApplicationFactory()

    with pytest.raises(StepRefused, match="not open at this stage"):
        resend_application(draft, by=owner(draft))


def test_completing_it_lets_the_days_go_on_and_keeps_both(returned):
    with later(days=3):
        save_answer(returned, "context", {"learners": "Adults"}, by=owner(returned), seen=0)
        application = resend_application(returned, by=owner(returned))
        assert application.days().due_on == application.day_0 + timedelta(days=93)

    assert [one.cause for one in application.snapshots.all()] == ["submitted", "completed"]
    assert (application.returns.get().resent_at is None, application.answer_by) == (False, None)
    assert told("application_completed") == {application.coordinator}


def test_the_coordinator_reads_what_was_asked_for_and_what_changed(client, returned):
    save_answer(returned, "context", {"learners": "Adults of the harbour"}, by=owner(returned), seen=0)
    attach_evidence(returned, by=owner(returned), **link_facts(["B3"]))
    case = resend_application(returned, by=owner(returned))
    DeclarationFactory(application=case, person=case.coordinator)
    client.force_login(case.coordinator)

    for path in [f"/network/applications/{case.key}/", f"/network/applications/{case.key}/eligible/"]:
        page = client.get(path)
        rows = {one["place"]: one["changes"] for one in page.context["completed"]}
        assert list(rows) == ["gate:G6", "context", "criterion:B3"]
        assert rows["gate:G6"] == []
        assert [(piece.kind, piece.words) for _name, (piece,) in rows["context"]] == [
            ("added", "Adults of the harbour")
        ]
        assert [name for name, _pieces in rows["criterion:B3"]] == ["Evidence"]
        assert "<ins>Adults of the harbour</ins>" in page.text
        assert f'href="/network/applications/{case.key}/#context"' in page.text


def test_a_return_that_is_used_up_is_not_offered_again(client, returned):
    case = _completed(returned)
    DeclarationFactory(application=case, person=case.coordinator)
    client.force_login(case.coordinator)

    answer = client.post(f"/network/applications/{case.key}/eligible/", {"seen": case.version})

    assert answer.status_code == 422
    assert "Confirm this gate, or end the case: it was returned once already." in answer.text
    assert "or return the file" not in answer.text


def _completed(returned):
    save_answer(returned, "context", {"learners": "Adults"}, by=owner(returned), seen=0)
    return resend_application(returned, by=owner(returned))


def test_nothing_changed_is_nothing_to_send(client, returned):
    with pytest.raises(NothingToSend, match="Nothing changed"):
        resend_application(returned, by=owner(returned))
    client.force_login(owner(returned))

    answer = client.post(reverse("quality_label:own-resend", args=[returned.organiser.slug]))

    assert (answer.status_code, "Nothing changed" in answer.content.decode()) == (422, True)


def test_staff_do_not_resend(returned):
    with pytest.raises(PermissionDenied):
        resend_application(returned, by=MembershipFactory(organiser=returned.organiser, role="author").person)


def test_after_the_last_day_nothing_is_completed_and_it_lapses(returned):
    days = (returned.answer_by - clock.today()).days
    with later(days=days):
        keep_applicants_days()
        assert Application.objects.get().is_returned
    with later(days=days + 1):
        with pytest.raises(StepRefused, match="over"):
            save_answer(returned, "context", {"learners": "Adults"}, by=owner(returned), seen=0)
        keep_applicants_days()
        keep_applicants_days()

    application = Application.objects.get()
    assert (application.get_state_display(), application.may_be_copied) == ("lapsed", True)
    assert application.pauses.get().resumed_on == returned.answer_by
    assert Notification.objects.filter(event="quality_label/return_over").count() == 2


@pytest.mark.parametrize(("days_before", "reminders"), [(8, 0), (7, 1), (2, 2), (0, 2)])
def test_a_return_is_reminded_of_once_a_time(returned, days_before, reminders):
    with later(days=(returned.answer_by - clock.today()).days - days_before):
        keep_applicants_days()
        keep_applicants_days()

    assert Return.objects.get().reminders == reminders
    assert Notification.objects.filter(event="quality_label/return_waiting").count() == min(reminders, 1)


@pytest.mark.parametrize(
    ("days", "state", "reminders"),
    [(89, "draft", 0), (90, "draft", 1), (150, "draft", 2), (173, "draft", 3), (180, "lapsed", 0)],
)
def test_a_draft_that_nobody_touches_is_reminded_of_and_lapses(days, state, reminders):
    ApplicationFactory(edited_at=clock.now() - timedelta(days=days))

    keep_applicants_days()
    keep_applicants_days()

    application = Application.objects.get()
    assert (application.get_state_display(), application.reminders) == (state, reminders)
    assert Notification.objects.count() == (1 if reminders or state == "lapsed" else 0)
