"""A label that does not count for a while: suspended, confirmed, heard, lifted; or missed duties, made good."""

from datetime import timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from badges.actions.attestations import lift_attestation, suspend_attestation
from organisers.actions.members import owners_to_tell
from portal import clock
from portal.accounts.models import Person
from portal.notifications.actions import notify
from portal.workdays import moved_to_working_day, working_days_after
from portal.workflow import StepRefused, take, unmet
from quality_label.actions.eligibility import coordinators_to_tell
from quality_label.actions.limits import SAY_WHY, want_words
from quality_label.models import Label, LabelSuspension
from quality_label.permissions import may_revoke_label
from quality_label.workflow.label import CONFIRM_WORKING_DAYS, CURE_DAYS, HEARD, HEARING_DAYS, Cause


@transaction.atomic
def suspend_label(label: Label, *, cause: str, words: str, by, seen: int | None = None) -> Label:
    """Let a label count no more until the matter is settled; every copy of its badge shows that.

    The holder has 14 days to answer. A network admin confirms it in three working days, or has by suspending it.
    """
    if cause not in HEARD:
        raise StepRefused([_("Choose why.")])
    want_words(LabelSuspension, SAY_WHY, words=words)
    label = take(label.suspend, by=by, seen=seen)
    is_confirmed = may_revoke_label(label, by)
    suspension = label.suspensions.create(
        cause=cause,
        words=words,
        suspended_by=by,
        confirm_by=working_days_after(clock.today(), CONFIRM_WORKING_DAYS),
        confirmed_by=by if is_confirmed else None,
        confirmed_at=clock.now() if is_confirmed else None,
        answer_by=moved_to_working_day(clock.today() + timedelta(days=HEARING_DAYS)),
    )
    show_suspended(suspension, by=by)
    if not is_confirmed:
        notify(admins_free_of(label), "quality_label/suspension_to_confirm", about=suspension)
    return label


@transaction.atomic
def confirm_suspension(label: Label, *, by, seen: int | None = None) -> Label:
    """Let a suspension stay that a coordinator began."""
    label = take(label.confirm, by=by, seen=seen)
    label.suspensions.running().update(confirmed_by=by, confirmed_at=clock.now())
    return label


@transaction.atomic
def answer_suspension(label: Label, *, words: str, by, seen: int | None = None) -> Label:
    """Keep what the holder says to what is held against it; once."""
    want_words(LabelSuspension, _("Say it in words; the network reads it."), answer=words)
    label = take(label.answer, by=by, seen=seen)
    label.suspensions.running().update(answer=words, answered_by=by, answered_at=clock.now())
    notify(admins_free_of(label), "quality_label/suspension_answered", about=label.suspension)
    return label


@transaction.atomic
def lift_label(label: Label, *, words: str, by, seen: int | None = None) -> Label:
    """Let a suspended label count again, until the day it had before."""
    want_words(LabelSuspension, SAY_WHY, words=words)
    label = take(label.lift, by=by, seen=seen)
    show_lifted(label, words=words, by=by)
    return label


@transaction.atomic
def lift_unconfirmed(suspension: LabelSuspension) -> Label:
    """Let a label count again whose suspension nobody confirmed in time."""
    label = take(suspension.label.lift_unconfirmed, by=None)
    with translation.override(label.application.language):
        words = gettext("The network did not confirm the suspension in time.")
    show_lifted(label, words=words, by=None)
    notify(coordinators_to_tell(label.application), "quality_label/suspension_unconfirmed", about=suspension)
    return label


@transaction.atomic
def follow_duties(label: Label) -> None:
    """Suspend a label whose holder has missed a duty for long enough, and lift that at once when it is made good."""
    label = Label.objects.with_words().select_for_update(no_key=True, of=("self",)).get(pk=label.pk)
    if not unmet(label.suspend_for_duty):
        cause = label.missed_duty()
        label = take(label.suspend_for_duty, by=None)
        with translation.override(label.application.language):
            words = gettext(Cause(cause).label)
        cure_by = clock.today() + timedelta(days=CURE_DAYS)
        if cause == Cause.CONDITIONS:
            Label.objects.filter(pk=label.pk).update(valid_until=cure_by)
        show_suspended(label.suspensions.create(cause=cause, words=words, cure_by=cure_by), by=None)
    else:
        lift_cured(label)


def lift_cured(label: Label) -> Label:
    """Let a label hold again that was suspended for a duty which is made good by now; any other stays as it is."""
    if not label.is_suspended or unmet(label.lift_cured):
        return label
    label = take(label.lift_cured, by=None)
    with translation.override(label.application.language):
        words = gettext("What was missing is made good.")
    show_lifted(label, words=words, by=None)
    return label


def show_suspended(suspension: LabelSuspension, *, by) -> None:
    """Let every copy of a label's badge say that it is suspended, and tell the owners."""
    for row in suspension.label.attestations:
        suspend_attestation(row, by=by)
    notify(owners_to_tell(suspension.label.organiser), "quality_label/label_suspended", about=suspension)


def show_lifted(label: Label, *, words: str, by) -> None:
    """Close the suspension, let every copy of a label's badge say that it holds, and tell the owners."""
    label.suspensions.running().update(lifted_words=words, lifted_at=clock.now())
    for row in label.attestations:
        lift_attestation(row, by=by)
    notify(owners_to_tell(label.organiser), "quality_label/label_lifted", about=label)


def admins_free_of(label: Label) -> list[Person]:
    """Return the network admins who decide on a label: those without a part in its holder."""
    return [one for one in Person.objects.with_network_role("network_admin") if may_revoke_label(label, one)]
