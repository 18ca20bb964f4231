"""Suspending organisers, hearing them, and what comes of it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisers.actions.members import locked, owners_to_tell
from organisers.actions.profile import record_standing
from organisers.models import Organiser, Suspension
from organisers.permissions import may_suspend
from organisers.workflow.standing import CONFIRM_DAYS
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import notify
from portal.workdays import working_days_after
from portal.workflow import StepRefused, take


@transaction.atomic
def suspend_organiser(organiser: Organiser, *, reason: str, words: str, is_urgent: bool = False, by) -> Suspension:
    """Let an organiser not act until the matter is cleared; it is told why and has 14 days to answer.

    What a coordinator does urgently a network admin confirms within three working days; else it ends by itself.
    """
    organiser = locked(organiser)
    if not may_suspend(organiser, by):
        raise PermissionDenied
    if reason not in Suspension.Reason or not words.strip():
        raise StepRefused([_("Choose a reason and say what happened.")])
    if not organiser.may_operate:
        raise StepRefused([_("The organiser is suspended already.")])
    needs_second = is_urgent and not by.has_network_role("network_admin")
    suspension = Suspension.objects.create(
        organiser=organiser,
        before=organiser.standing,
        reason=reason,
        words=words,
        is_urgent=is_urgent,
        suspended_by=by,
        confirm_by=working_days_after(clock.today(), CONFIRM_DAYS) if needs_second else None,
    )
    record_standing(organiser, by=by, standing=Organiser.Standing.SUSPENDED, until=organiser.verified_until)
    record("organisers.suspend", about=suspension, by=by, facts={"reason": reason, "urgent": is_urgent})
    notify(owners_to_tell(organiser), "organisers/suspended", about=suspension)
    if needs_second:
        notify(Person.objects.with_network_role("network_admin"), "organisers/suspended_urgently", about=suspension)
    return suspension


@transaction.atomic
def confirm_suspension(suspension: Suspension, *, by) -> Suspension:
    """Stand up for what a coordinator did urgently."""
    return take(suspension.confirm, by=by, person=by)


@transaction.atomic
def answer_suspension(suspension: Suspension, *, words: str, by) -> Suspension:
    """Be heard on the reason."""
    if not words.strip():
        raise StepRefused([_("Write an answer.")])
    suspension = take(suspension.answer, by=by, words=words)
    notify(Person.objects.with_network_role("network_admin"), "organisers/suspension_answered", about=suspension)
    return suspension


@transaction.atomic
def lift_suspension(suspension: Suspension, *, note: str, by) -> Suspension:
    """Let an organiser act again, as what it was before."""
    if not note.strip():
        raise StepRefused([_("Say how the cause was removed.")])
    return _restored(take(suspension.lift, by=by, note=note), by=by)


@transaction.atomic
def end_unconfirmed(suspension: Suspension) -> Suspension:
    """Let an organiser act again because nobody stood up for its suspension."""
    return _restored(take(suspension.run_out, by=None), by=None)


def _restored(suspension, *, by) -> Suspension:
    organiser = locked(suspension.organiser)
    record_standing(organiser, by=by, standing=suspension.before, until=organiser.verified_until)
    notify(owners_to_tell(organiser), "organisers/suspension_lifted", about=suspension)
    return suspension


@transaction.atomic
def revoke_organiser(suspension: Suspension, *, words: str, by) -> Suspension:
    """Shut an organiser out after it was heard; badges that learners hold stay valid."""
    if not words.strip():
        raise StepRefused([_("Give the reasons.")])
    suspension = take(suspension.revoke, by=by, words=words)
    organiser = locked(suspension.organiser)
    record_standing(organiser, by=by, standing=Organiser.Standing.REVOKED, until=None)
    notify(owners_to_tell(organiser), "organisers/shut_out", about=suspension)
    return suspension
