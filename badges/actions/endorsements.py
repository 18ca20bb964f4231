"""Endorsements: asked for or offered, given when both sides agree, withdrawn."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from badges.actions.attestations import attest_endorsement, withdraw_attestation
from badges.models import Assertion, Attestation, Endorsement
from badges.permissions import may_agree_to, may_endorse, may_offer, stands_for
from badges.subjects import Subject, kinds
from badges.workflow.endorsement import OFFERED
from organisers.actions import people_to_tell
from organisers.models import Membership, Organiser
from organisers.permissions import may_manage
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import cancel_mail_about, notify
from portal.workflow import StepRefused, held, take

ONCE = _("This organiser endorses it already, or is asked to, or offered to.")
REST = timedelta(days=7)  # before what was declined is asked for or offered again


@transaction.atomic
def ask_for_endorsement(subject: Subject, *, endorser: Organiser, message: str, by: Person) -> Endorsement:
    """Ask another organiser to endorse a thing; its owners are told."""
    if not stands_for(subject, by):
        raise PermissionDenied
    by = Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # one request of a person counts at a time
    refuse_many(Endorsement.objects.filter(asked_by=by))
    asked = begin(subject, endorser, message=message, asked_by=by)
    Endorsement.objects.filter(pk=asked.pk).update(is_wanted=may_agree_to(asked, by))
    record("badges.endorsement.ask", about=asked, by=by, facts={"endorser": endorser.slug})
    notify(people_to_tell(endorser), "badges/endorsement_asked", about=asked)
    return Endorsement.objects.with_words().get(pk=asked.pk)


@transaction.atomic
def offer_endorsement(subject: Subject, *, endorser: Organiser, text: str, by: Person) -> Endorsement:
    """Write an endorsement that nobody asked for; it is shown once the other side accepts it."""
    if not (may_offer(subject, by) and may_manage(endorser, by)):
        raise PermissionDenied
    Organiser.objects.select_for_update(no_key=True).get(pk=endorser.pk)
    refuse_many(Endorsement.objects.filter(endorser=endorser, asked_by=None))
    offered = begin(subject, endorser, state=OFFERED, written_by=by, written_at=clock.now(), **said(subject, text))
    record("badges.endorsement.begin", about=offered, by=by, facts={"endorser": endorser.slug})
    notify(deciders(offered), "badges/endorsement_offered", about=offered)
    return offered


def begin(subject: Subject, endorser: Organiser, **facts) -> Endorsement:
    """Write the row of a request or an offer."""
    refuse_own(subject, endorser)
    refuse_second(subject.kind, subject.key, endorser)
    try:
        with transaction.atomic():
            return Endorsement.objects.create(
                kind=subject.kind,
                thing=subject.key,
                title=subject.title[: Endorsement._meta.get_field("title").max_length],
                organiser=subject.organiser,
                assertion=subject.assertion,
                endorser=endorser,
                **facts,
            )
    except IntegrityError as overtaken:
        raise StepRefused([ONCE]) from overtaken


def refuse_many(mine) -> None:
    """Raise StepRefused where so many were begun within a day that somebody may feel pestered."""
    if mine.begun_since(clock.now() - timedelta(days=1)).count() >= Endorsement.A_DAY:
        raise StepRefused([_("That is enough for today. Go on tomorrow.")])


def refuse_own(subject: Subject, endorser: Organiser) -> None:
    """Raise StepRefused where both sides are one, or the one that endorses may not act."""
    if endorser.whole() == subject.organiser.whole():
        raise StepRefused([_("Nobody endorses what is their own: choose an organiser that is no part of the other.")])
    if not endorser.may_operate:
        raise StepRefused([_("The organiser that endorses may not act at the moment.")])


def refuse_second(kind: str, thing, endorser: Organiser, *, besides: Endorsement | None = None) -> None:
    """Raise StepRefused where one endorsement of the same thing by the same organiser is there already."""
    live = Endorsement.objects.live().about(kind, thing).filter(endorser=endorser)
    if live.exclude(pk=besides.pk if besides else None).exists():
        raise StepRefused([ONCE])
    if Endorsement.objects.about(kind, thing).filter(endorser=endorser).declined_since(clock.now() - REST).exists():
        raise StepRefused([_("That was declined less than a week ago. Ask somebody else.")])


def said(subject: Subject, text: str) -> dict:
    """Return what the writer of an endorsement says, and of what exactly."""
    pinned = kinds()[subject.kind].pin(subject)
    return {
        "text": text,
        "language": translation.get_language(),
        "address": pinned.address,
        "badge_version": pinned.badge_version,
    }


@transaction.atomic
def answer_request(endorsement: Endorsement, *, endorser: Organiser, text: str, by: Person) -> Endorsement:
    """Write the endorsement that was asked for, in the name of any organiser of one's own.

    It is signed and public at once; where somebody else than who asked decides, they are asked first.
    """
    if not (may_endorse(endorsement, by) and may_manage(endorser, by)):
        raise PermissionDenied
    subject = thing_of(endorsement)
    if endorser != endorsement.endorser:
        endorsement = hand_over(endorsement, endorser, subject, by=by)
    words = said(subject, text)
    if not endorsement.is_wanted:
        endorsement = take(endorsement.offer, by=by, writer=by, said=words)
        notify(deciders(endorsement), "badges/endorsement_offered", about=endorsement)
        return endorsement
    held(endorsement.give, by=by)
    statement = signed(endorsement, words, by=by)
    endorsement = take(endorsement.give, by=by, writer=by, said=words, attestation=statement)
    cancel_mail_about(endorsement)
    notify(people_of(endorsement), "badges/endorsement_given", about=endorsement)
    return endorsement


def hand_over(endorsement: Endorsement, endorser: Organiser, subject: Subject, *, by: Person) -> Endorsement:
    """Let another organiser of the same owner answer a request."""
    refuse_own(subject, endorser)
    refuse_second(endorsement.kind, endorsement.thing, endorser, besides=endorsement)
    Endorsement.objects.filter(pk=endorsement.pk).update(endorser=endorser)
    record("badges.endorsement.hand_over", about=endorsement, by=by, facts={"endorser": endorser.slug})
    return Endorsement.objects.with_words().get(pk=endorsement.pk)


def thing_of(endorsement: Endorsement) -> Subject:
    """Return what an endorsement is about. Raises StepRefused where nobody can see it any more."""
    subject = endorsement.subject()
    if subject is None:
        raise StepRefused([_("Nobody can see this any more, so it cannot be endorsed.")])
    return subject


def signed(endorsement: Endorsement, words: dict, *, by: Person) -> Attestation:
    """Return the signed statement of an endorsement, which has its key."""
    with translation.override(words["language"]):
        name = gettext("Endorsement of %(title)s") % {"title": endorsement.title}
    return attest_endorsement(
        endorsement.endorser,
        about=endorsement.organiser,
        key=endorsement.key,
        name=name,
        comment=words["text"],
        subject=words["address"],
        language=words["language"],
        by=by,
    )


@transaction.atomic
def accept_endorsement(endorsement: Endorsement, *, by: Person) -> Endorsement:
    """Let an endorsement that was offered be signed and shown."""
    if not may_agree_to(endorsement, by):
        raise PermissionDenied
    thing_of(endorsement)
    held(endorsement.accept, by=by)
    words = {name: getattr(endorsement, name) for name in ["text", "language", "address"]}
    statement = signed(endorsement, words, by=by)
    endorsement = take(endorsement.accept, by=by, attestation=statement)
    cancel_mail_about(endorsement)
    notify(people_to_tell(endorsement.endorser), "badges/endorsement_accepted", about=endorsement)
    return endorsement


@transaction.atomic
def decline_request(endorsement: Endorsement, *, by: Person) -> Endorsement:
    """Say no to who asks for an endorsement."""
    endorsement = take(endorsement.decline, by=by)
    cancel_mail_about(endorsement)
    notify(people_of(endorsement), "badges/endorsement_declined", about=endorsement)
    return endorsement


@transaction.atomic
def turn_down_endorsement(endorsement: Endorsement, *, by: Person) -> Endorsement:
    """Say no to an endorsement that was offered; nobody ever sees it."""
    endorsement = take(endorsement.turn_down, by=by)
    cancel_mail_about(endorsement)
    notify(people_to_tell(endorsement.endorser), "badges/endorsement_turned_down", about=endorsement)
    return endorsement


@transaction.atomic
def cancel_request(endorsement: Endorsement, *, by: Person) -> Endorsement:
    """Take a request back; owners who were not mailed yet are not mailed."""
    endorsement = take(endorsement.cancel, by=by)
    cancel_mail_about(endorsement)
    return endorsement


@transaction.atomic
def take_back_offer(endorsement: Endorsement, *, by: Person) -> Endorsement:
    """Take an endorsement back that nobody accepted yet."""
    endorsement = take(endorsement.take_back, by=by)
    cancel_mail_about(endorsement)
    return endorsement


@transaction.atomic
def withdraw_endorsement(endorsement: Endorsement, *, by: Person) -> Endorsement:
    """Take back what was given, for good: every copy of it fails when it is verified, and nothing new carries it."""
    endorsement = take(endorsement.withdraw, by=by)
    withdraw_attestation(endorsement.attestation, by=by)
    cancel_mail_about(endorsement)
    notify(people_of(endorsement), "badges/endorsement_withdrawn", about=endorsement)
    return endorsement


def deciders(endorsement: Endorsement):
    """Return the people who say whether an endorsement is shown."""
    if endorsement.assertion is not None:
        return Assertion.objects.filter(pk=endorsement.assertion_id).holders()
    return people_to_tell(endorsement.organiser, Membership.Role.ISSUER)


def people_of(endorsement: Endorsement) -> list[Person]:
    """Return who is told what became of an endorsement: who asked for it, and who decides about it."""
    asked = Person.objects.active().filter(pk=endorsement.asked_by_id)
    return list({person.pk: person for person in [*deciders(endorsement), *asked]}.values())
