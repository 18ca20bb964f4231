"""Documents added to badges already issued: added, taken back, and moved along when a badge is corrected."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from badges.actions.assertions import tell_recipient
from badges.documents import signed_supplement
from badges.ledger import allocate
from badges.models import Assertion, Issuer, StatusList, Supplement
from badges.permissions import may_correct, may_take_back
from badges.signing import can_open, signing_key_of
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.files.actions import drop_file, store_file
from portal.files.gate import Admitted
from portal.schedule import nudge
from portal.workflow import StepRefused

NOT_VALID = _("Documents are added only to a badge that is out, valid, and not turned down.")


class NotTaken(StepRefused):
    """This one badge takes no documents now, whatever becomes of others."""


@transaction.atomic
def add_supplement(assertion: Assertion, *, title: str, file: Admitted, by: Person) -> Supplement:
    """Add a document to a badge and tell its holder, who alone decides whether others see it.

    The same bytes stand on a badge once: sent again, they add nothing. Raises ValidationError when the disk is full.
    """
    add_supplements(assertion, [(title, file)], by=by)
    return assertion.supplements.standing().get(sha256=file.sha256)


@transaction.atomic
def add_supplements(assertion: Assertion, documents: list[tuple[str, Admitted]], *, by: Person) -> list[Supplement]:
    """Add some documents to one badge and tell its holder once; returns those that were not there before."""
    if not may_correct(assertion, by):
        raise PermissionDenied
    issuer = Issuer.objects.with_words().select_for_update(no_key=True, of=("self",)).get(pk=assertion.issuer_id)
    locked = Assertion.objects.select_for_update(of=("self",)).select_related("batch", "badge_class__organiser")
    assertion = locked.get(pk=assertion.pk)
    if not may_be_supplemented(assertion):
        raise NotTaken([NOT_VALID])
    assertion.issuer = issuer
    standing = set(assertion.supplements.standing().values_list("sha256", flat=True))
    new = {file.sha256: (title, file) for title, file in documents if file.sha256 not in standing}
    if len(standing) + len(new) > Supplement.MOST:
        raise NotTaken([_("A badge holds twenty documents at most. Take one back first.")])
    added = [write(assertion, title, file, by=by) for title, file in new.values()]
    if added:
        titles = [one.title for one in added]
        tell_recipient(assertion, "badges/supplement_added", in_inbox=True, facts={"titles": titles})
    return added


def may_be_supplemented(assertion: Assertion) -> bool:
    """Say whether documents may be added to a badge as it is now."""
    return assertion.batch.is_out and (assertion.is_waiting or assertion.is_collected) and not assertion.is_erased


def write(assertion: Assertion, title: str, file: Admitted, *, by: Person) -> Supplement:
    """Keep a document with its signed statement. Call it with the issuer locked."""
    key = signing_key_of(assertion.issuer)
    if not can_open(key):
        raise StepRefused([_("The portal cannot sign at the moment. Nothing was changed; try again later.")])
    status_list, (index,) = allocate(assertion.issuer, 1)
    supplement = Supplement(
        assertion=assertion,
        title=title,
        file=store_file(file, owner=by),
        sha256=file.sha256,
        added_by=by,
        added_at=clock.now().replace(microsecond=0),
        signing_key=key,
        status_list=status_list,
        status_index=index,
    )
    supplement.statement = signed_supplement(supplement, key)
    supplement.save()
    record("badges.supplement.add", about=assertion, by=by, facts={"document": str(supplement.key)})
    return supplement


@transaction.atomic
def withdraw_supplement(supplement: Supplement, *, by: Person, reason: str = "") -> None:
    """Take a document back: nobody sees it any more and its file is deleted at once.

    The holder is told, unless they turned the badge down. One that others see already is taken back only with a reason.
    """
    supplement = (
        Supplement.objects.select_for_update(of=("self",))
        .select_related("assertion__batch", "assertion__badge_class__organiser", "file")
        .get(pk=supplement.pk)
    )
    if not may_take_back(supplement.assertion, by):
        raise PermissionDenied
    if supplement.withdrawn_at:
        raise StepRefused([_("This document was taken back already.")])
    if supplement.is_public and not reason.strip():
        raise StepRefused([_("The holder shows this document already. Say why you take it back; they read it.")])
    file, supplement.file = supplement.file, None
    supplement.is_public, supplement.withdrawn_at = False, clock.now()
    supplement.withdrawal_reason = reason.strip()
    supplement.save(update_fields=["file", "is_public", "withdrawn_at", "withdrawal_reason"])
    drop_file(file)
    StatusList.objects.filter(pk=supplement.status_list_id).update(changes=F("changes") + 1)
    nudge("badges.sign_stale_lists")
    facts = {"title": supplement.title, "reason": supplement.withdrawal_reason}
    if not supplement.assertion.is_declined:
        tell_recipient(supplement.assertion, "badges/supplement_withdrawn", in_inbox=True, facts=facts)
    record(
        "badges.supplement.withdraw",
        about=supplement.assertion,
        by=by,
        facts={"document": str(supplement.key)},
    )
