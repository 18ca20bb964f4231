"""Renewing a label: the short draft, its reminders, what a new label takes over, grace, and the end (L8, L10–L14)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal import clock
from portal.invariants import violations
from portal.notifications.models import Notification
from quality_label.actions import start_application, withdraw_application
from quality_label.actions.application import discard_draft
from quality_label.actions.decision import cast_vote, declare_for_panel, record_decision
from quality_label.models import Application, ConsensusLevel, Label, Report
from quality_label.readiness import readiness_of
from quality_label.schedule import expire_labels, invite_panels, keep_applicants_days, renew_labels
from tests.factories.accounts import PersonFactory
from tests.factories.label import CommitteeTermFactory, DeclarationFactory, condition, label, suspended
from tests.factories.organisers import owner_of
from tests.quality_label import walking

pytestmark = [pytest.mark.django_db, pytest.mark.services]
DAY = timedelta(days=1)


@pytest.fixture
def held():
    """A label awarded with level 3 everywhere but for A1, which is at 2 and not mandatory."""
    return label(levels={"A1": 2})


def on(day):
    """Move the clock to a day."""
    return clock.moved_to(clock.now() + (day - clock.today()))


def before_end(held, months=0, days=0):
    return clock.months_later(held.valid_until, -months) - days * DAY


def renewal_of(held):
    return Application.objects.filter(renews=held).last()


def told(event):
    return Notification.objects.filter(event=f"quality_label/{event}").count()


def handed_in(held, day):
    """Return the renewal as handed in on a day and ready to be decided."""
    with on(before_end(held, 9)):
        renew_labels()
    case = renewal_of(held)
    coordinator = PersonFactory(roles=["coordinator"])
    with on(day):
        facts = {"state": "ready", "submitted_at": clock.now(), "day_0": clock.today(), "seed": "5eed"}
        facts |= {"coordinator": coordinator, "taken_at": clock.now(), "ready_at": clock.now()}
        Application.objects.filter(pk=case.pk).update(**facts)
        DeclarationFactory(application=case, person=coordinator)
        for code in case.asked:
            ConsensusLevel.objects.create(application=case, code=code, level=3, reason=f"Seen for {code}.")
        Report.objects.create(application=case, strengths="Good badges.")
    return Application.objects.get(pk=case.pk)


def decide(case, day, outcome="awarded", **facts):
    with on(day):
        if not case.seats.exists():
            CommitteeTermFactory.create_batch(3)
            invite_panels()
        for seat in case.seats.filter(declaration=None):
            declare_for_panel(seat, has_conflict=False, by=seat.person)
        for seat in case.seats.exclude(declaration=None):
            cast_vote(seat, vote=outcome, words="So it seems.", agrees_to_departure=True, by=seat.person)
        record_decision(case, **walking.decision_facts(outcome, **facts), by=case.coordinator)
    return Label.objects.filter(application=case).first()


def test_nine_months_before_the_end_a_short_draft_is_there_and_the_owners_know(held):
    with on(before_end(held, 9, 1)):
        renew_labels()
    assert renewal_of(held) is None

    with on(before_end(held, 9)):
        renew_labels()
        renew_labels()

    draft = Application.objects.get(renews=held)
    mandatory = {code for code, one in draft.rules.criteria.items() if one.mandatory}
    assert set(draft.asked) == mandatory | {"A1"}
    assert "changes" in draft.places()
    assert "criterion:A2" not in draft.places()
    assert told("renewal_due") == 1
    with on(before_end(held, 9)):
        assert not any(gap.place == "criterion:A2" for gap in readiness_of(draft, clock.today()).gaps)
        assert any(gap.place == "changes" for gap in readiness_of(draft, clock.today()).gaps)


def test_owners_are_reminded_until_it_is_handed_in(held):
    for months in (9, 6, 3, 1):
        with on(before_end(held, months)):
            renew_labels()
    assert told("renewal_due") == 4


def test_none_is_reminded_once_it_is_handed_in(held):
    handed_in(held, before_end(held, 8))

    with on(before_end(held, 3)):
        renew_labels()

    assert told("renewal_due") == 1


def test_no_renewal_of_what_is_suspended_or_while_another_application_is_open(held):
    other = label()
    with on(before_end(held, 10)):
        suspended(held)
        begun = start_application(other.organiser, by=owner_of(other.organiser))
    with on(before_end(held, 9)):
        renew_labels()

    assert renewal_of(held) is None
    assert list(Application.objects.filter(renews=other)) == [begun]


def test_a_draft_that_renews_does_not_lapse_and_a_discarded_one_is_begun_again_in_the_short_form(held):
    with on(before_end(held, 9)):
        renew_labels()
    with on(before_end(held, 2)):
        keep_applicants_days()
        draft = renewal_of(held)
        assert draft.is_draft
        discard_draft(draft, by=owner_of(held.organiser))
        again = start_application(held.organiser, by=owner_of(held.organiser))

    assert (again.renews, len(again.asked)) == (held, 9)


def test_long_before_the_end_everything_is_asked(held):
    with on(before_end(held, 20)):
        early = start_application(held.organiser, by=owner_of(held.organiser))

    assert (early.renews, len(early.asked)) == (held, 25)


@pytest.mark.parametrize(("sent", "counts_from_the_end"), [(100, True), (90, True), (89, False)])
def test_a_new_label_supersedes_without_a_gap_and_counts_from_the_end_where_it_was_sent_in_time(
    held, sent, counts_from_the_end
):
    case = handed_in(held, before_end(held, days=sent))
    decided_on = before_end(held, days=10)

    new = decide(case, decided_on)

    former = Label.objects.get(pk=held.pk)
    first = held.valid_until if counts_from_the_end else decided_on
    assert (former.state, former.ended_on) == ("superseded", decided_on)
    assert (new.state, new.valid_from, new.valid_until) == ("active", decided_on, clock.months_later(first, 36))
    assert set(new.attestations) > {held.credential, held.endorsement}
    with on(decided_on):
        assert list(Label.objects.public().of(held.organiser)) == [new]
        assert [one for one in violations() if one.startswith("L")] == []


def test_a_renewal_on_conditions_counts_from_the_same_day_once_they_are_met(held):
    case = handed_in(held, before_end(held, days=100))
    day = before_end(held, days=10)
    with on(day):
        asked = condition("F3", 60, level=4)

    new = decide(case, day, "awarded_conditions", conditions=[asked])

    assert (new.state, new.valid_until) == ("conditional", asked["due_on"] + 30 * DAY)
    assert new.whole_until == clock.months_later(held.valid_until, 36)


def test_sent_in_time_the_label_holds_until_it_is_decided_and_says_so(held, client):
    case = handed_in(held, before_end(held, days=90))
    with on(held.valid_until + DAY):
        expire_labels()
        waiting = Label.objects.get(pk=held.pk)
        assert (waiting.state, waiting.valid_until) == ("grace", held.valid_until + 120 * DAY)
        assert waiting.is_standing
        assert "renewal is in progress" in client.get(waiting.get_absolute_url()).text
        assert told("label_in_grace") == 1

    new = decide(case, held.valid_until + 20 * DAY)

    assert Label.objects.get(pk=held.pk).state == "superseded"
    assert new.valid_until == clock.months_later(held.valid_until, 36)


def test_grace_ends_with_a_refusal(held):
    case = handed_in(held, before_end(held, days=90))
    with on(held.valid_until + DAY):
        expire_labels()
    assert decide(case, held.valid_until + 20 * DAY, "not_awarded") is None

    with on(held.valid_until + 20 * DAY):
        expire_labels()
        ended = Label.objects.get(pk=held.pk)
        assert (ended.state, ended.ended_on) == ("expired", clock.today())
        assert ended.credential.withdrawn_at is not None


def test_grace_ends_with_a_withdrawal_and_after_120_days(held):
    other = label()
    for one in (held, other):
        case = handed_in(one, before_end(one, days=90))
        Application.objects.filter(pk=case.pk).update(state="in_review")
    with on(held.valid_until + DAY):
        expire_labels()
    with on(held.valid_until + 30 * DAY):
        withdraw_application(renewal_of(held), by=owner_of(held.organiser))
        expire_labels()
        assert Label.objects.get(pk=held.pk).state == "expired"
        assert Label.objects.get(pk=other.pk).state == "grace"
    with on(held.valid_until + 121 * DAY):
        expire_labels()
        assert Label.objects.get(pk=other.pk).state == "expired"


@pytest.mark.parametrize("sent", [None, 89])
def test_sent_too_late_or_not_at_all_the_label_expires_on_its_day(held, sent):
    if sent:
        handed_in(held, before_end(held, days=sent))

    with on(held.valid_until + DAY):
        expire_labels()

    assert Label.objects.get(pk=held.pk).state == "expired"


def test_the_holder_is_led_to_the_renewal(held, client):
    with on(before_end(held, 9)):
        renew_labels()
        client.force_login(owner_of(held.organiser))
        page = client.get(reverse("quality_label:own-label", args=[held.organiser.slug]))
        assert reverse("quality_label:own-form", args=[held.organiser.slug]) in page.text
        form = client.get(reverse("quality_label:own-form", args=[held.organiser.slug]))
        assert [one["code"] for one in form.context["criteria"]] == list(renewal_of(held).asked)
        a1 = client.get(reverse("quality_label:own-place", args=[held.organiser.slug, "criterion:A1"]))
        assert "Seen for A1." in a1.text
        assert client.get(reverse("quality_label:own-place", args=[held.organiser.slug, "changes"])).status_code == 200
        assert (
            client.get(reverse("quality_label:own-place", args=[held.organiser.slug, "criterion:A2"])).status_code
            == 404
        )
