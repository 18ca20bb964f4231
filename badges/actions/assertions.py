"""What can be done with a badge that was awarded."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from badges.models import Assertion, StatusList
from portal.accounts.models import Person
from portal.schedule import nudge
from portal.workflow import StepRefused, take


@transaction.atomic
def collect_badge(assertion: Assertion, *, by: Person) -> Assertion:
    """Accept a badge: from now on it is in the person's backpack."""
    return take(assertion.collect, by=by, holder=by)


@transaction.atomic
def decline_badge(assertion: Assertion, *, by: Person) -> Assertion:
    """Turn a badge down; it can still be collected later."""
    return take(assertion.decline, by=by)


@transaction.atomic
def revoke_badge(assertion: Assertion, *, by: Person, reason: str) -> Assertion:
    """Take a badge back with a reason that its holder reads; this cannot be undone."""
    if not reason.strip():
        raise StepRefused([_("Say why the badge is taken back; its holder reads it.")])
    assertion = take(assertion.revoke, by=by, reason=reason)
    mark_list_changed(assertion)
    return assertion


def mark_list_changed(assertion: Assertion) -> None:
    """Have the status list of a badge signed anew."""
    StatusList.objects.filter(rows__assertion=assertion).update(changes=F("changes") + 1)
    nudge("badges.sign_stale_lists")
