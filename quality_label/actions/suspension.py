"""What the suspension of an organiser means for its application: the days stand still, and nothing runs out."""

from datetime import date

from django.db import transaction

from portal import clock
from portal.audit.log import record
from portal.workdays import moved_to_working_day
from quality_label.models import Application, ApplicationPause

SUSPENSION = ApplicationPause.Cause.SUSPENSION


@transaction.atomic
def follow_suspension(application: Application) -> None:
    """Let the days of an application stand still while its organiser is suspended, and go on afterwards.

    Both are dated by the suspension, not by when the clock looks; the applicant's last day moves on by as much.
    """
    application = Application.objects.locked().get(pk=application.pk)
    pause = application.pauses.filter(cause=SUSPENSION, resumed_on=None).first()
    suspension = application.organiser.suspensions.first()
    if not application.is_under_way or suspension is None or suspension.is_in_force == (pause is not None):
        return
    if pause is None:
        stopped_on = max(clock.day_of(suspension.suspended_at), application.began_on)
        application.pauses.create(cause=SUSPENSION, stopped_on=stopped_on, capped_before=date.min)
        record("quality_label.stop_for_suspension", about=application)
        return
    resumed_on = max(clock.day_of(suspension.ended_at), pause.stopped_on)
    if waiting := application.pauses.filter(resumed_on=None).exclude(pk=pause.pk).first():
        lost = resumed_on - max(pause.stopped_on, waiting.stopped_on)
        last_day = moved_to_working_day(application.answer_by + lost)
        Application.objects.filter(pk=application.pk).update(answer_by=last_day)
    ApplicationPause.objects.filter(pk=pause.pk).update(resumed_on=resumed_on)
    record("quality_label.go_on_after_suspension", about=application)
