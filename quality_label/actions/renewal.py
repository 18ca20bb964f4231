"""Renewing a label: a short application is drafted for its holder, it holds until that is decided, or it runs out."""

from datetime import timedelta

from django.db import transaction

from organisers.actions.members import owners_to_tell
from portal import clock
from portal.audit.log import record
from portal.notifications.actions import notify
from portal.workflow import take, unmet
from quality_label.actions.application import begin_draft
from quality_label.actions.label import sign_anew
from quality_label.actions.label_end import expire_label, withdraw_all
from quality_label.models import Appeal, Application, FrameworkVersion, Label
from quality_label.workflow.label import GRACE_DAYS, REMIND_OF_RENEWAL


@transaction.atomic
def open_renewal(label: Label) -> Application | None:
    """Draft the renewal of a label whose last day is near; none while another application or an appeal is open."""
    label = Label.objects.with_words().select_for_update(no_key=True, of=("self",)).get(pk=label.pk)
    of_organiser = Application.objects.of(label.organiser).open().exists()
    is_shut = of_organiser or Appeal.objects.running().opening().of(label.organiser).exists()
    framework = FrameworkVersion.objects.in_force()
    if is_shut or framework is None or not (label.is_renewable and label.organiser.may_operate):
        return None
    application = begin_draft(label.organiser, framework, language=label.application.language, by=None)
    record("quality_label.open_renewal", about=application)
    return application


@transaction.atomic
def remind_of_renewal(label: Label) -> None:
    """Tell the owners that their label can be renewed, 9, 6, 3 and 1 months before its last day, until it is sent."""
    label = Label.objects.with_words().get(pk=label.pk)
    days = [clock.months_later(label.valid_until, -months) for months in REMIND_OF_RENEWAL]
    due = len([day for day in days if day <= clock.today()])
    renewal = label.renewal
    if renewal and renewal.was_submitted:
        return
    if Label.objects.filter(pk=label.pk, renewal_reminders__lt=due).update(renewal_reminders=due):
        notify(owners_to_tell(label.organiser), "quality_label/renewal_due", about=label)


@transaction.atomic
def end_or_wait(label: Label) -> Label:
    """Let a label whose last day has passed hold until its renewal is decided, 120 days at most, or end it."""
    label = Label.objects.with_words().select_for_update(no_key=True, of=("self",)).get(pk=label.pk)
    if unmet(label.wait_for_renewal):
        return expire_label(label)
    last = label.valid_until
    label = take(label.wait_for_renewal, by=None)
    label = sign_anew(label, until=last + timedelta(days=GRACE_DAYS))
    notify(owners_to_tell(label.organiser), "quality_label/label_in_grace", about=label)
    return label


@transaction.atomic
def close_grace(label: Label) -> None:
    """End a label that held until its renewal was decided, where that brought none or was withdrawn."""
    label = Label.objects.with_words().select_for_update(no_key=True, of=("self",)).get(pk=label.pk)
    if unmet(label.end_grace):
        return
    label = take(label.end_grace, by=None)
    withdraw_all(label, by=None)
    notify(owners_to_tell(label.organiser), "quality_label/label_expired", about=label)
