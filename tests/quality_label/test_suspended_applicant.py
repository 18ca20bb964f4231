"""While an organiser is suspended, nothing of its application runs out and no day counts."""

from datetime import timedelta

import pytest

from organisers.actions.standing import lift_suspension
from portal import clock
from portal.notifications.models import Notification
from quality_label.models import Application, ApplicationPause
from quality_label.schedule import keep_applicants_days
from tests.factories.accounts import PersonFactory
from tests.factories.label import ApplicationFactory
from tests.factories.organisers import suspended_by
from tests.quality_label.applying import later, stopped

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
