"""Replacing who judges once the review began, conflicts found late (T21, R9), and sending a consensus back (T31)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from portal import clock
from portal.accounts.models import Person
from portal.audit.models import AuditEvent
from portal.invariants import violations
from portal.notifications.models import Notification
from portal.workflow import StepRefused
from quality_label.actions import accept_place, finish_consensus, invite_team, save_level, save_rating, void_place
from quality_label.actions.decision import cast_vote, declare_for_panel, send_back
from quality_label.models import Application, Assignment, Declaration
from quality_label.schedule import invite_panels
from tests.factories.cases import NO, expert
from tests.factories.label import DeclarationFactory, case_in_consensus, hand_in, levels_in_order, review_under_way
from tests.quality_label import walking
from tests.quality_label.test_rounds import walked_to

pytestmark = [pytest.mark.django_db, pytest.mark.services]
DAY = timedelta(days=1)


def elsewhere(*places):
    """Let people be of another country than the applicant, so that no tie keeps anybody off."""
    Person.objects.filter(pk__in=[place.person_id for place in places]).update(country="NO")


def fresh(row):
    return type(row)._base_manager.get(pk=row.pk)


@pytest.fixture
def writing():
    """A case in review with its places; its coordinator answered the questions."""
    case, (one, other), lead = review_under_way()
    elsewhere(one, other, lead)
    for place in (one, other):
        place.due_on = clock.today() + 28 * DAY
        place.save()
    DeclarationFactory(application=case, person=case.coordinator, answers=NO)
    return case, one, other, lead


def test_somebody_who_withdrew_is_replaced_while_the_others_go_on(writing, client):
    case, one, other, _lead = writing
    void_place(one, words="Ill for long.", cause="withdrew", by=case.coordinator)
    newcomer = expert()
    client.force_login(case.coordinator)
    assert "place_0" in client.get(reverse("quality_label:team", args=[case.key])).context["form"].fields

    (place,) = invite_team(fresh(case), [newcomer], by=case.coordinator)
    accept_place(place, NO, by=newcomer)

    place = fresh(place)
    assert (fresh(case).state, fresh(one).state) == ("in_review", "voided")
    assert place.due_on == clock.today() + 28 * DAY
    save_rating(place, "A1", {"level": 3}, by=newcomer, seen=0)
    save_rating(fresh(other), "A1", {"level": 3}, by=other.person, seen=0)
    assert AuditEvent.objects.filter(verb="quality_label.replace").count() == 1
    with pytest.raises(StepRefused):
        invite_team(fresh(case), [expert()], by=case.coordinator)


def test_who_is_late_is_replaced_after_five_days_and_not_before(writing):
    case, one, _other, _lead = writing
    for days, is_late in [(28 + 5, False), (28 + 6, True)]:
        with clock.moved_to(clock.now() + days * DAY):
            assert ("late" in fresh(one).causes_to_replace()) == is_late
    with pytest.raises(StepRefused, match="Choose why"):
        void_place(one, words="Late.", cause="late", by=case.coordinator)
    with clock.moved_to(clock.now() + 34 * DAY):
        assert void_place(one, words="Late.", cause="late", by=case.coordinator).state == "voided"


def test_the_lead_replaces_nobody(writing):
    _case, one, _other, lead = writing

    with pytest.raises(PermissionDenied):
        void_place(one, words="Late.", cause="withdrew", by=lead.person)


def test_a_conflict_found_after_handing_in_takes_the_review_out_and_shuts_the_case(writing, client):
    case, one, other, _lead = writing
    hand_in(one, levels_in_order(case, "3" * 25))
    with pytest.raises(StepRefused, match="Choose why"):
        void_place(one, words="Late.", cause="withdrew", by=case.coordinator)

    void_place(one, words="They work together.", cause="conflict", by=case.coordinator)

    assert Declaration.objects.get(application=case, person=one.person).conflict == "excluding"
    client.force_login(one.person)
    assert client.get(one.get_absolute_url()).status_code == 404
    hand_in(other, levels_in_order(case, "3" * 25))
    assert fresh(case).state == "in_review"


def test_one_found_in_the_consensus_calls_a_third_review(client):
    case, (one, other), lead = case_in_consensus("3" * 25, "3" * 25)
    elsewhere(one, other, lead)
    DeclarationFactory(application=case, person=case.coordinator, answers=NO)
    assert fresh(one).causes_to_replace() == ["conflict"]
    client.force_login(case.coordinator)
    page = client.get(reverse("quality_label:place-void", args=[one.key]))
    assert [value for value, _label in page.context["form"].fields["cause"].choices] == ["conflict"]

    sent = {"cause": "conflict", "words": "They work together."}
    client.post(reverse("quality_label:place-void", args=[one.key]), sent)

    assert fresh(case).state == "third_review"
    assert fresh(other).causes_to_replace() == []
    third = expert()
    (place,) = invite_team(fresh(case), [third], by=case.coordinator)
    place = accept_place(place, NO, by=third)
    hand_in(place, levels_in_order(case, "4" * 25))
    case = fresh(case)
    assert case.state == "consensus"
    assert [row.level for row in case.consensus.all()] != []
    assert list(case.assignments.locked()) == [fresh(other), fresh(place)]


@pytest.fixture
def unconvinced():
    """A case on which the panel votes to send it back."""
    case, people = walking.whole_case()
    case = walked_to("consensus", case, people)
    walking.go_on(case, people)
    case = fresh(case)
    invite_panels()
    for seat in case.seats.all():
        declare_for_panel(seat, has_conflict=False, by=seat.person)
        cast_vote(seat, vote="send_back", words="B1 is not explained.", by=seat.person)
    return case, people


def test_a_panel_sends_levels_back_once_and_the_lead_reworks_them(unconvinced, client):
    case, people = unconvinced
    client.force_login(case.coordinator)
    panel = reverse("quality_label:panel", args=[case.key])
    assert "send_back" in client.get(panel).context["forms"]
    empty = client.post(reverse("quality_label:panel-send-back", args=[case.key]), {"back-seen": case.version})
    assert empty.status_code == 422

    sent = {"back-seen": case.version, "back-codes": ["B1"], "back-words": "Say what the sample shows."}
    assert client.post(reverse("quality_label:panel-send-back", args=[case.key]), sent).status_code == 302

    case = fresh(case)
    lead = case.assignments.leads().get().person
    assert (case.state, case.sent_back_codes, case.rework_by) == ("consensus", ["B1"], clock.today() + 7 * DAY)
    assert not case.seats.exclude(vote="").exists()
    assert Notification.objects.filter(event="quality_label/sent_back", person=lead).exists()
    with pytest.raises(StepRefused, match="not justified"):
        finish_consensus(case, by=lead)
    client.force_login(lead)
    page = client.get(reverse("quality_label:lead-consensus", args=[case.key])).text
    assert "Say what the sample shows." in page
    row = case.consensus.get(code="B1")
    save_level(case, "B1", walking.level_facts(), by=lead, seen=row.version)
    finish_consensus(case, by=lead)
    case = fresh(case)
    seat = case.seats.first()
    with pytest.raises(StepRefused, match="already"):
        cast_vote(seat, vote="send_back", words="Again.", by=seat.person)
    case = walked_to("awarded", case, people)
    assert [one for one in violations() if one.startswith("L")] == []


def test_without_a_majority_nothing_is_sent_back(unconvinced):
    case, _people = unconvinced
    seats = list(case.seats.all())
    for seat in seats[1:]:
        cast_vote(seat, vote="awarded", words="It is fine.", by=seat.person)

    with pytest.raises(StepRefused, match="no majority"):
        send_back(case, codes=["B1"], words="Why?", by=case.coordinator)
    with pytest.raises(PermissionDenied):
        send_back(case, codes=["B1"], words="Why?", by=seats[0].person)
    assert Application.objects.get(pk=case.pk).state == "ready"
    assert Assignment.objects.leads().exists()
