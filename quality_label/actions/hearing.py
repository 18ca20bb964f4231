"""Doubting a training badge: its holder is heard, then it is declared void, or the doubt is dropped."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from badges.actions import revoke_badge
from badges.models import Assertion
from organisers.models import Organiser
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import notify
from portal.workflow import StepRefused, take
from quality_label.actions.eligibility import coordinators_to_tell
from quality_label.actions.limits import want_words
from quality_label.models import Application, Hearing, TrainingBadge
from quality_label.permissions import may_hear
from quality_label.workflow.hearing import ANSWER_DAYS

ALREADY = _("This badge is in doubt already. Go on with that hearing.")


@transaction.atomic
def open_hearing(assertion: Assertion, *, words: str, by: Person) -> Hearing:
    """Tell the holder of a training badge what is held against it; they have 14 days to answer."""
    if not may_hear(by):
        raise PermissionDenied
    if not TrainingBadge.objects.awarded().filter(pk=assertion.pk).exists():
        raise StepRefused([_("This is no training badge that stands.")])
    holder = assertion.holder()
    if holder is None:
        raise StepRefused([_("Nobody who can be heard holds this badge.")])
    if holder == by:
        raise StepRefused([_("This badge is your own. Another admin of the network looks at it.")])
    want_words(Hearing, words=words)
    answer_by = clock.today() + timedelta(days=ANSWER_DAYS)
    try:
        with transaction.atomic():
            hearing = Hearing.objects.create(
                assertion=assertion, person=holder, opened_by=by, words=words, answer_by=answer_by
            )
    except IntegrityError as two_at_once:
        raise StepRefused([ALREADY]) from two_at_once
    record("quality_label.open_hearing", about=hearing, by=by)
    notify([holder], "quality_label/hearing_opened", about=hearing)
    return hearing


@transaction.atomic
def answer_hearing(hearing: Hearing, *, answer: str, by: Person, seen: int | None = None) -> Hearing:
    """Keep what the holder says, and tell who opened the hearing."""
    want_words(Hearing, answer=answer)
    hearing = take(hearing.give_answer, by=by, seen=seen, answer=answer)
    notify([hearing.opened_by] if hearing.opened_by else [], "quality_label/hearing_answered", about=hearing)
    return hearing


@transaction.atomic
def declare_void(hearing: Hearing, *, reason: str, by: Person, seen: int | None = None) -> Hearing:
    """Take the badge back with a reason; open applications of its holder's organisers get a note.

    Whether they still have somebody trained is looked at anew wherever it is asked.
    """
    want_words(Hearing, reason=reason)
    hearing = take(hearing.declare_void, by=by, seen=seen, reason=reason)
    if hearing.assertion.is_live:
        revoke_badge(hearing.assertion, by=by, reason=reason)
    if hearing.person:
        notify([hearing.person], "quality_label/hearing_closed", about=hearing)
        organisers = Organiser.objects.with_member(hearing.person)
        for application in Application.objects.open().filter(organiser__in=organisers):
            record("quality_label.lose_training", about=application, by=by)
            if application.was_submitted:
                notify(coordinators_to_tell(application), "quality_label/training_lost", about=application)
    return hearing


@transaction.atomic
def drop_hearing(hearing: Hearing, *, reason: str, by: Person, seen: int | None = None) -> Hearing:
    """Let the badge stand, and say so to its holder."""
    want_words(Hearing, reason=reason)
    hearing = take(hearing.drop, by=by, seen=seen, reason=reason)
    notify([hearing.person] if hearing.person else [], "quality_label/hearing_closed", about=hearing)
    return hearing
