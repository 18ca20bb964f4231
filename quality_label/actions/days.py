"""Stopping the days of an application while the next move is the applicant's, and letting them go on."""

from datetime import date, timedelta

from portal import clock
from portal.workdays import moved_to_working_day
from quality_label.models import Application, ApplicationPause


def deadline(days: int) -> tuple[date, date]:
    """Return the day so many days from today, and the day on which an applicant answers at the latest.

    The latter is moved off weekends and holidays; the days by which it moves are not counted in the cap of pauses.
    """
    plain = clock.today() + timedelta(days=days)
    return plain, moved_to_working_day(plain)


def stop_days(application: Application, cause: str, *, plain: date | None) -> None:
    """Begin a pause today; the caller takes the step of which it is a part.

    From `plain` on, or from the start where there is none, its days do not use up the cap.
    """
    ApplicationPause.objects.create(
        application=application,
        cause=cause,
        stopped_on=clock.today(),
        capped_before=plain or date.min,
    )


def move_deadline(application: Application, *, plain: date) -> None:
    """Let the open pause for questions last longer, inside the cap."""
    pauses = application.pauses.filter(cause=ApplicationPause.Cause.CLARIFICATION, resumed_on=None)
    pauses.update(capped_before=plain)


def resume_days(application: Application, cause: str, *, on: date | None = None) -> None:
    """End the open pause of a cause: today, or on the deadline that passed."""
    application.pauses.filter(cause=cause, resumed_on=None).update(resumed_on=on or clock.today())
