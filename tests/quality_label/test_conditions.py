"""The conditions of a label: shown, checked, confirmed, given more days, missed and made good (L1, L2, L5b)."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from badges.openbadges import State, verify
from badges.published import own_document
from badges.schedule import sign_stale_lists
from portal import clock
from portal.accounts.models import Person
from portal.invariants import violations
from portal.notifications.models import Notification
from portal.workflow import StepRefused
from quality_label.actions.conditions import (
    attach_to_condition,
    check_condition,
    confirm_condition,
    extend_condition,
    remove_from_condition,
    send_condition,
    send_condition_back,
)
from quality_label.actions.label_suspension import lift_label
from quality_label.models import Condition, Label
from quality_label.schedule import expire_labels, keep_duties
from tests.factories.accounts import PersonFactory
from tests.factories.label import AssignmentFactory, condition, decided, review_under_way, suspended, voted_case
from tests.factories.organisers import MembershipFactory, owner_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]
DAY = timedelta(days=1)


@pytest.fixture
def label():
    """A label with two conditions: F3 in 60 days, B3 in 90; its case had two assessors and a lead."""
    case = voted_case(*["awarded_conditions"] * 3, levels={"F3": 2, "B3": 2})
    AssignmentFactory.create_batch(2, application=case, locked=True)
    AssignmentFactory(application=case, accepted=True, role="lead")
    asked = [condition("F3", 60), condition("B3", 90)]
    return decided(case, "awarded_conditions", conditions=asked).application.label


def found(label, code="F3"):
    return Condition.objects.with_words().get(application=label.application, code=code)


def owner(label):
    return Person.objects.get(pk=owner_of(label.organiser).pk)


def coordinator(label):
    return Person.objects.get(pk=label.application.coordinator_id)


def assessor(label):
    places = label.application.assignments.finished().filter(role="assessor")
    return Person.objects.get(pk=places.first().person_id)


def evidence(**facts):
    facts = {"title": "Three actions", "kind": "link", "url": "https://example.org/actions"} | facts
    return facts | {"dated_on": clock.today(), "is_free_of_personal_data": True}


def sent(label, code="F3"):
    attach_to_condition(found(label, code), by=owner(label), **evidence())
    return send_condition(found(label, code), words="Three actions are complete.", by=owner(label))


def met(label, code="F3"):
    check_condition(sent(label, code), seems_met=True, words="It shows it.", by=assessor(label))
    return confirm_condition(found(label, code), by=coordinator(label))


def told(event):
    return set(Notification.objects.filter(event=f"quality_label/{event}").values_list("person", flat=True))


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def state_of(row):
    sign_stale_lists()
    return verify(row.body.encode(), resolve=own_document, now=clock.now()).state


def test_with_the_last_condition_the_label_is_whole_and_its_badge_signed_anew(label):
    first = label.credential
    with clock.moved_to(20 * DAY):
        met(label, "F3")
        assert Label.objects.get().is_conditional
        met(label, "B3")

        whole = Label.objects.get()
        assert state_of(whole.credential) is state_of(first) is State.VERIFIED

    assert (whole.state, whole.valid_until) == ("active", clock.months_later(whole.valid_from, 36))
    assert whole.credential != first
    assert whole.credential.last_day == whole.valid_until
    assert told("condition_met") == told("label_whole") == {owner(label).pk}
    assert list(violations()) == []


def test_a_label_that_was_signed_anew_is_suspended_with_all_that_was_signed(label):
    met(label, "F3")
    met(label, "B3")

    held = suspended(Label.objects.get())

    assert all(row.suspended_at for row in Label.objects.get().attestations)
    lift_label(held, words="Settled.", by=PersonFactory(roles=["network_admin"]))
    assert [row.suspended_at for row in Label.objects.get().attestations] == [None] * 4


def test_assessors_of_the_case_and_its_coordinator_are_told_and_nobody_else(label):
    sent(label)

    people = {place.person_id for place in label.application.assignments.finished().filter(role="assessor")}
    assert told("condition_sent") == people | {coordinator(label).pk}


def test_nothing_is_sent_without_evidence_and_nothing_confirmed_without_an_assessor(label):
    with pytest.raises(StepRefused, match="Attach what shows"):
        send_condition(found(label), words="It is so.", by=owner(label))
    one = sent(label)
    with pytest.raises(StepRefused, match="assessor"):
        confirm_condition(one, by=coordinator(label))
    with pytest.raises(StepRefused):
        send_condition(found(label), words="Again.", by=owner(label))


def test_each_step_is_taken_by_its_people_alone(label):
    lead = Person.objects.get(pk=label.application.assignments.finished().get(role="lead").person_id)
    _case, others, _lead = review_under_way()
    attach_to_condition(found(label), by=owner(label), **evidence())
    member = MembershipFactory(organiser=label.organiser, role="author").person
    for person in [member, coordinator(label), PersonFactory()]:
        with pytest.raises(PermissionDenied):
            send_condition(found(label), words="x", by=person)
    one = sent(label)
    for person in [owner(label), lead, coordinator(label), others[0].person]:
        with pytest.raises(PermissionDenied):
            check_condition(one, seems_met=True, words="x", by=person)
    check_condition(one, seems_met=True, words="x", by=assessor(label))
    for person in [owner(label), assessor(label), PersonFactory(roles=["coordinator"])]:
        with pytest.raises(PermissionDenied):
            confirm_condition(found(label), by=person)


def test_what_is_sent_back_is_shown_anew_with_new_evidence(label):
    check_condition(sent(label), seems_met=False, words="Two actions.", by=assessor(label))
    one = send_condition_back(found(label), words="The third action is missing.", by=coordinator(label))

    assert told("condition_returned") == {owner(label).pk}
    with pytest.raises(StepRefused, match="Attach what shows"):
        send_condition(one, words="Here it is.", by=owner(label))
    with clock.moved_to(DAY):
        one = sent(label)
        assert (one.state, one.seems_met, one.checked_at) == ("sent", None, None)


def test_after_its_day_it_is_sent_once_a_coordinator_gave_thirty_more_days(label):
    attach_to_condition(found(label, "B3"), by=owner(label), **evidence())
    with clock.moved_to(91 * DAY):
        with pytest.raises(StepRefused, match="Its day has passed"):
            send_condition(found(label, "B3"), words="Here.", by=owner(label))
        extend_condition(found(label, "B3"), by=coordinator(label))
        with pytest.raises(StepRefused, match="30 more days already"):
            extend_condition(found(label, "B3"), by=coordinator(label))

        send_condition(found(label, "B3"), words="Here.", by=owner(label))

    held = Label.objects.get()
    assert held.conditions_until == found(label, "B3").due_on == clock.today() + 121 * DAY
    assert held.credential.last_day == held.valid_until == clock.today() + 151 * DAY
    assert told("condition_extended") == {owner(label).pk}


def test_a_month_after_the_last_day_the_label_is_suspended_and_then_expires(label):
    met(label, "F3")
    with clock.moved_to(120 * DAY):
        keep_duties()
        assert Label.objects.get().is_standing
    with clock.moved_to(121 * DAY):
        expire_labels()
        keep_duties()
        keep_duties()
        held = Label.objects.get()
        assert (held.suspension.cause, held.suspension.answer_by) == ("conditions", None)
        assert held.valid_until == held.suspension.cure_by == clock.today() + 60 * DAY
        assert "Suspended" in held.sentence
    with clock.moved_to(181 * DAY):
        expire_labels()
        assert Label.objects.get().is_suspended
    with clock.moved_to(182 * DAY):
        expire_labels()

    assert Label.objects.get().state == "expired"
    assert list(violations()) == []


def test_a_label_that_was_suspended_for_its_conditions_is_whole_once_they_are_met(label):
    met(label, "F3")
    with clock.moved_to(125 * DAY):
        keep_duties()
        met(label, "B3")

    whole = Label.objects.get()
    assert (whole.state, whole.suspension) == ("active", None)
    assert whole.valid_until == clock.months_later(whole.valid_from, 36)
    assert [row.suspended_at for row in whole.attestations] == [None] * 4


def test_more_days_lift_a_suspension_for_conditions_once(label):
    met(label, "F3")
    with clock.moved_to(125 * DAY):
        keep_duties()
        extend_condition(found(label, "B3"), by=coordinator(label))
        held = Label.objects.get()
        assert (held.state, held.conditions_until) == ("conditional", clock.today() + 30 * DAY)
    with clock.moved_to(186 * DAY):
        keep_duties()
        assert Label.objects.get().is_suspended
        with pytest.raises(StepRefused, match="30 more days already"):
            extend_condition(found(label, "B3"), by=coordinator(label))


def test_who_sent_all_in_time_does_not_lose_the_label_while_the_network_checks(label):
    sent(label, "F3")
    sent(label, "B3")
    with clock.moved_to(121 * DAY):
        keep_duties()
        keep_duties()

        held = Label.objects.get()
        assert (held.state, held.valid_until) == ("conditional", clock.today() + 30 * DAY)
        assert told("conditions_unchecked") == {coordinator(label).pk}
        assert told("label_suspended") == set()


def test_reminders_leave_30_14_and_3_days_before_each_day(label):
    def reminded(day):
        with clock.moved_to(day * DAY):
            keep_duties()
            keep_duties()
        return Notification.objects.filter(event="quality_label/condition_due").count()

    assert [reminded(day) for day in [29, 30, 45, 46, 57, 58, 60]] == [0, 1, 1, 2, 3, 3, 4]


def test_a_label_suspended_for_a_complaint_becomes_whole_when_that_is_lifted(label):
    by = PersonFactory(roles=["network_admin"])
    suspended(label, by=by)
    met(label, "F3")
    met(label, "B3")
    assert Label.objects.get().is_suspended

    lift_label(Label.objects.get(), words="Settled.", by=by)
    keep_duties()

    assert Label.objects.get().state == "active"


def test_what_was_sent_stays_and_what_was_not_can_be_taken_away(label):
    first = attach_to_condition(found(label), by=owner(label), **evidence())
    remove_from_condition(first, by=owner(label))
    assert found(label).attached.count() == 0
    sent(label)
    with pytest.raises(StepRefused):
        remove_from_condition(found(label).attached.get(), by=owner(label))


def test_a_condition_holds_ten_pieces(label):
    for _number in range(10):
        attach_to_condition(found(label), by=owner(label), **evidence())
    with pytest.raises(StepRefused, match="10 pieces"):
        attach_to_condition(found(label), by=owner(label), **evidence())


def test_the_holder_shows_a_condition_on_its_page(client, label):
    client.force_login(owner(label))
    url = found(label).own_url
    form = {
        "title": "Three actions",
        "address": "/quality-label/holders/",
        "dated_on": clock.today().isoformat(),
        "criteria": "F3",
    }
    form |= {"is_free_of_personal_data": "on"}

    assert "Show that it is met" in text_of(client.get(f"/workspace/{label.organiser.slug}/quality-label/label/"))
    assert "Send to the network" not in text_of(client.get(url))
    assert client.post(f"{url}attach/", form | {"title": ""}).status_code == 422
    assert client.post(f"{url}attach/", form).status_code == 302
    assert client.post(f"{url}send/", {"send-seen": 0, "send-words": ""}).status_code == 422
    stale = client.post(f"{url}send/", {"send-seen": 9, "send-words": "Here it is."})
    assert (stale.status_code, "Here it is." in stale.content.decode()) == (409, True)
    assert client.post(f"{url}send/", {"send-seen": 0, "send-words": "Here it is."}).status_code == 302

    page = text_of(client.get(url))
    assert "It is with the network" in page
    assert "Attach evidence" not in page
    assert client.post(f"{url}attach/", form).status_code == 409
    client.force_login(PersonFactory())
    assert client.get(url).status_code == 404


def test_the_network_checks_it_on_its_page(client, label):
    sent(label)
    url = found(label).get_absolute_url()
    client.force_login(assessor(label))
    assert "Conditions to look at" in text_of(client.get("/quality-label/places/"))
    assert "Three actions are complete." in text_of(client.get(url))
    assert client.post(f"{url}check/", {"check_evidence-seen": 1, "check_evidence-words": "x"}).status_code == 422
    answer = {"check_evidence-seen": 1, "check_evidence-seems_met": "yes", "check_evidence-words": "It shows it."}
    assert client.post(f"{url}check/", answer).status_code == 302
    assert client.post(f"{url}confirm/", {"confirm-seen": 2}).status_code == 403
    assert "Conditions to look at" not in text_of(client.get("/quality-label/places/"))

    client.force_login(coordinator(label))
    assert "It shows that the condition is met." in text_of(client.get(url))
    assert client.post(f"{url}confirm/", {"confirm-seen": 2}).status_code == 302
    assert found(label).is_met
    assert client.post(f"{url}confirm/", {"confirm-seen": 3}).status_code == 409
    for person in [owner(label), PersonFactory(roles=["assessor"])]:
        client.force_login(person)
        assert client.get(url).status_code == 404


def test_what_the_lead_proposes_is_no_condition_yet(client):
    case, _places, _lead = review_under_way()
    Condition.objects.create(application=case, code="F3", level=3, evidence="x", due_on=clock.today() + 60 * DAY)
    client.force_login(PersonFactory(roles=["coordinator"]))

    assert client.get(f"/quality-label/applications/{case.key}/conditions/F3/").status_code == 404
