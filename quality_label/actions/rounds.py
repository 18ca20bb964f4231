"""Judging an application again by other people, after a decision on it fell."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisers.actions.members import owners_to_tell
from portal import clock
from portal.notifications.actions import notify
from portal.workflow import StepRefused, take
from quality_label.actions.eligibility import coordinators_to_tell, successors
from quality_label.actions.limits import refuse_overlong
from quality_label.models import Application, ApplicationPause, Decision, Report
from quality_label.workflow.appeal import ANEW_DAYS

SHORTEST_FINDING = 30  # characters


@transaction.atomic
def judge_again(application: Application, *, codes: Collection[str], days: int) -> Application:
    """Let a new team judge some criteria of a refused application, or all; the others keep the level agreed on.

    The decision counts as replaced and stays readable, as the earlier reviews do for the audit.
    """
    application = Application.objects.locked().get(pk=application.pk)
    application.decisions.standing().update(replaced_at=clock.now())
    _clear(application, codes)
    application = take(application.judge_again, by=None, days=days)
    notify(coordinators_to_tell(application), "quality_label/judged_again", about=application)
    return application


def _clear(application, codes) -> None:
    """Make room for another team: levels, report, votes and reminders go; levels that are not judged again are kept."""
    application.consensus.filter(code__in=codes).delete()
    application.consensus.update(is_carried=True)
    Report.objects.filter(application=application).delete()
    application.seats.all().delete()
    application.reminded.all().delete()


@transaction.atomic
def reexamine(application: Application, *, words: str, by, seen: int | None = None) -> Application:
    """Have a new team judge an awarded application again in 45 days, for a doubt that is written down.

    The decision stands and the label stays until the new one; the holder is told of it, not of the doubt.
    """
    application = Application.objects.locked().get(pk=application.pk)
    if len(words.strip()) < SHORTEST_FINDING:
        raise StepRefused(
            [_("Write down what was found, in %(count)d characters or more.") % {"count": SHORTEST_FINDING}]
        )
    refuse_overlong(Decision, doubt=words)
    if Application.objects.of(application.organiser).open().exists():
        raise StepRefused([_("The holder has another application open; wait until that has ended.")])
    application = take(application.reexamine, by=by, seen=seen, days=ANEW_DAYS)
    application.decisions.standing().update(doubt=words.strip())
    _clear(application, application.rules.criteria)
    notify(owners_to_tell(application.organiser), "quality_label/reexamined", about=application)
    notify(coordinators_to_tell(application), "quality_label/judged_again", about=application)
    return application


@transaction.atomic
def check_again(application: Application) -> Application:
    """Let another coordinator check an application that was found not eligible; its days go on where they ended."""
    application = Application.objects.locked().get(pk=application.pk)
    application.pauses.create(
        cause=ApplicationPause.Cause.APPEAL,
        stopped_on=clock.day_of(application.ended_at),
        resumed_on=clock.today(),
        capped_before=date.min,
    )
    application.reminded.all().delete()
    people = successors(application)
    application = take(application.check_again, by=None)
    notify(people, "quality_label/application_new", about=application)
    return application
