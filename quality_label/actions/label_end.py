"""A label that ends: revoked for a reason that everybody reads, given back, or over."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from badges.actions.attestations import withdraw_attestation
from organisers.actions.members import owners_to_tell
from portal.folding import folded
from portal.notifications.actions import notify
from portal.workflow import StepRefused, take
from quality_label.actions.eligibility import coordinators_to_tell
from quality_label.actions.limits import SAY_WHY, want_words
from quality_label.models import Label, LabelSuspension
from quality_label.workflow.label import Ground


@transaction.atomic
def revoke_label(label: Label, *, ground: str, words: str, by, seen: int | None = None) -> Label:
    """Take a label away for good, after its holder was heard; at once where a court or learners' safety asks for it."""
    if ground not in Ground or ground == Ground.REEXAMINED:
        raise StepRefused([_("Choose why.")])
    want_words(LabelSuspension, SAY_WHY, words=words)
    if ground == Ground.ORDER and label.is_standing:
        label = take(label.revoke_by_order, by=by, seen=seen, words=words)
    else:
        label = take(label.revoke, by=by, seen=seen, ground=ground, words=words)
    withdraw_all(label, by=by)
    notify(owners_to_tell(label.organiser), "quality_label/label_revoked", about=label)
    return label


@transaction.atomic
def surrender_label(label: Label, *, typed: str, by, seen: int | None = None) -> Label:
    """Give a label back, as its owner; what was typed has to be the name of the organiser."""
    if folded(typed) != folded(label.organiser.name):
        raise StepRefused([_("Type the name of the organiser as it stands here.")])
    label = take(label.surrender, by=by, seen=seen)
    withdraw_all(label, by=by)
    told = {one.pk: one for one in [*owners_to_tell(label.organiser), *coordinators_to_tell(label.application)]}
    notify(told.values(), "quality_label/label_surrendered", about=label)
    return label


@transaction.atomic
def expire_label(label: Label) -> Label:
    """End a label whose last day has passed, and tell the owners; its badge says so by itself."""
    label = take(label.expire, by=None)
    notify(owners_to_tell(label.organiser), "quality_label/label_expired", about=label)
    return label


def withdraw_all(label: Label, *, by) -> None:
    """Let every copy of a label's badge say that it was taken back."""
    for row in label.attestations:
        withdraw_attestation(row, by=by)
