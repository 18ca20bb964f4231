"""While an organiser is suspended, nothing of its application runs out and no day counts."""

from datetime import timedelta

import pytest

from organisers.actions.standing import lift_suspension
from portal import clock
from portal.notifications.models import Notification
from portal.workflow import StepRefused
from quality_label.actions import (
    add_question,
    gather_questions,
    lock_review,
    save_level,
    save_rating,
    save_remarks,
    save_report,
)
from quality_label.models import Application, ApplicationPause, Assignment
from quality_label.schedule import keep_applicants_days
from tests.factories.accounts import PersonFactory
from tests.factories.label import (
    ApplicationFactory,
    case_in_consensus,
    hand_in,
    levels_in_order,
    review_under_way,
    write_review,
)
from tests.factories.organisers import suspended_by
from tests.quality_label.applying import later, stopped
from tests.quality_label.walking import level_facts, report_facts

pytestmark = pytest.mark.django_db
CAUSES = {"returned": ApplicationPause.Cause.RETURN, "clarification": ApplicationPause.Cause.CLARIFICATION}


def fresh(application):
    return Application.objects.get(pk=application.pk)


@pytest.mark.parametrize("state", CAUSES)
def test_what_waits_for_a_suspended_organiser_waits_longer(state):
    application = stopped(CAUSES[state], state)
    suspension = suspended_by(PersonFactory(roles=["network_admin"]), application.organiser)
    last_day = application.answer_by
    Notification.objects.all().delete()

    for days in [0, 13, 40]:
        with later(days=days):
            keep_applicants_days()
    with later(days=40):
        lift_suspension(suspension, note="Settled.", by=PersonFactory(roles=["network_admin"]))
        keep_applicants_days()
        keep_applicants_days()

        application = fresh(application)
        assert (application.state, application.answer_by >= last_day + timedelta(days=40)) == (state, True)
        assert application.days().day == 0
    pause = application.pauses.get(cause=ApplicationPause.Cause.SUSPENSION)
    assert (pause.resumed_on - pause.stopped_on).days == 40
    assert not Notification.objects.filter(
        event__in=["quality_label/return_waiting", "quality_label/questions_waiting"]
    )


def test_the_days_of_the_network_stand_still_from_the_suspension_on():
    application = ApplicationFactory(in_review=True)
    with later(days=10):
        suspended_by(PersonFactory(roles=["network_admin"]), application.organiser)
    with later(days=30):
        keep_applicants_days()

        assert fresh(application).days().day == 10


def test_a_draft_of_a_suspended_organiser_does_not_lapse():
    application = ApplicationFactory(edited_at=clock.now() - timedelta(days=200))
    suspended_by(PersonFactory(roles=["network_admin"]), application.organiser)

    keep_applicants_days()

    assert fresh(application).is_draft


def test_reviews_are_frozen_while_the_organiser_is_suspended(client):
    case, (place, other), lead = review_under_way()
    gather_questions(case, by=lead.person)
    hand_in(other, levels_in_order(case, "3" * 25))
    write_review(place, levels_in_order(case, "3" * 25))
    suspension = suspended_by(PersonFactory(roles=["network_admin"]), case.organiser)
    place, rating = Assignment.objects.get(pk=place.pk), {"level": 2, "reason": "Seen.", "evidence": [], "ticked": []}
    client.force_login(place.person)

    page = client.get(f"/quality-label/desk/{place.key}/A1/")
    for act in [
        lambda: save_rating(place, "A1", rating, by=place.person, seen=0),
        lambda: save_remarks(place, {"strengths": "x", "advice": "y"}, by=place.person, seen=place.remarks_version),
        lambda: lock_review(place, by=place.person, has_no_conflict=True),
        lambda: add_question(case, code="A1", words="Who judged the second award?", by=place.person),
    ]:
        with pytest.raises(StepRefused, match="organiser is suspended"):
            act()

    assert "The organiser is suspended" in page.text
    assert not page.context["may_write"]
    lift_suspension(suspension, note="Settled.", by=PersonFactory(roles=["network_admin"]))
    assert lock_review(Assignment.objects.get(pk=place.pk), by=place.person, has_no_conflict=True).is_locked


def test_what_is_agreed_on_is_frozen_while_the_organiser_is_suspended(client):
    case, _places, lead = case_in_consensus("3" * 25, "3" * 25)
    suspended_by(PersonFactory(roles=["network_admin"]), case.organiser)
    client.force_login(lead.person)

    page = client.get(f"/quality-label/lead/{case.key}/consensus/")
    with pytest.raises(StepRefused, match="organiser is suspended"):
        save_level(case, "A1", level_facts(), by=lead.person, seen=0)
    with pytest.raises(StepRefused, match="organiser is suspended"):
        save_report(case, report_facts(case), [], by=lead.person, seen=0)

    assert "The organiser is suspended" in page.text
    assert not page.context["may_write"]
