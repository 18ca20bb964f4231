"""Stating something of an organiser, signed, and taking that back."""

import hashlib
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation

from badges.actions.badge_classes import drawn, freeze
from badges.documents import attested_achievement, attested_endorsement
from badges.ledger import allocate, issuer_of
from badges.models import Attestation, BadgeClass, BadgeClassText, BadgeClassVersion, Issuer, StatusList
from badges.signing import signer, signing_key_of
from badges.verdicts import refuse_faulty
from badges.workflow import PUBLISHED
from organisers.models import Organiser
from portal import clock
from portal.audit.log import record
from portal.files.pictures import store_picture
from portal.schedule import nudge


@transaction.atomic
def own_badge(organiser: Organiser, kind: str, *, seed: str, criteria_url: str, words) -> BadgeClassVersion:
    """Return the frozen version of the one badge of a kind that the portal itself gives in an organiser's name.

    `words` is called once in each language of the portal; where they changed there is a new version.
    """
    Organiser.objects.select_for_update(no_key=True).get(pk=organiser.pk)
    badge_class = BadgeClass.objects.filter(organiser=organiser, kind=kind, state=PUBLISHED).order_by("pk").first()
    if badge_class is None:
        badge_class = BadgeClass.objects.create(
            organiser=organiser,
            kind=kind,
            picture=store_picture(drawn(seed)),
            art_seed=seed,
            state=PUBLISHED,
            published_at=clock.now(),
        )
    BadgeClass.objects.filter(pk=badge_class.pk).update(criteria_url=criteria_url)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            is_original = language == settings.LANGUAGE_CODE
            BadgeClassText.objects.update_or_create(
                owner=badge_class, language=language, defaults={**words(), "is_original": is_original}
            )
    return freeze(badge_class)


def attest_achievement(
    version: BadgeClassVersion, *, about: Organiser, valid_until: datetime, language: str, evidence_url: str, by
) -> Attestation:
    """State that an organiser earned a badge of another one."""
    return _attest(
        Attestation.Kind.ACHIEVEMENT,
        version.badge_class.organiser,
        about,
        lambda row: attested_achievement(row, language=language, evidence_url=evidence_url),
        badge_version=version,
        valid_until=valid_until,
        by=by,
    )


def endorse(organiser: Organiser, *, about: Organiser, name: str, comment: str, valid_until: datetime, by):
    """State something of an organiser that all its badges carry from now on, while it holds."""
    return _attest(
        Attestation.Kind.ENDORSEMENT,
        organiser,
        about,
        lambda row: attested_endorsement(row, name=name, comment=comment),
        valid_until=valid_until,
        by=by,
    )


def attest_endorsement(organiser: Organiser, *, about: Organiser, key: UUID, by, **said) -> Attestation:
    """State something in favour of what an organiser has, with a key of one's choice, until it is withdrawn.

    `said` are the facts of `attested_endorsement`. What does not pass our own verification is not kept.
    """
    row = _attest(
        Attestation.Kind.ENDORSEMENT,
        organiser,
        about,
        lambda row: attested_endorsement(row, **said),
        key=key,
        purpose=StatusList.Purpose.REVOCATION,
        valid_until=None,
        by=by,
    )
    refuse_faulty(row, signing_key_of(row.issuer, settings.TOKEN_ALGORITHM))
    return row


@transaction.atomic
def _attest(
    kind,
    organiser,
    about,
    document_of,
    *,
    valid_until,
    by,
    badge_version=None,
    key=None,
    purpose=StatusList.Purpose.SUSPENSION,
) -> Attestation:
    issuer = Issuer.objects.with_words().select_for_update(no_key=True, of=("self",)).get(pk=issuer_of(organiser).pk)
    status_list, (index,) = allocate(issuer, 1, purpose=purpose)
    row = Attestation(
        key=key or uuid4(),
        kind=kind,
        issuer=issuer,
        about=issuer_of(about),
        badge_version=badge_version,
        status_list=status_list,
        status_index=index,
        signing_key=signing_key_of(issuer),
        issued_at=clock.now().replace(microsecond=0),
        valid_until=valid_until,
    )
    row.body = signer(row.signing_key, created=row.issued_at).sign(document_of(row)).decode()
    row.sha256 = hashlib.sha256(row.body.encode()).hexdigest()
    row.save()
    record("badges.attest", about=row, by=by, facts={"kind": kind, "about": about.slug})
    return row


@transaction.atomic
def suspend_attestation(row: Attestation, *, by) -> None:
    """Let a statement count no more, until that is lifted."""
    _mark(row, by=by, verb="suspend", suspended_at=clock.now())


@transaction.atomic
def lift_attestation(row: Attestation, *, by) -> None:
    """Let a suspended statement count again."""
    _mark(row, by=by, verb="lift", suspended_at=None)


@transaction.atomic
def withdraw_attestation(row: Attestation, *, by) -> None:
    """Take a statement back for good."""
    _mark(row, by=by, verb="withdraw", withdrawn_at=clock.now())


def _mark(row, *, by, verb, **facts) -> None:
    Attestation.objects.filter(pk=row.pk).update(**facts)
    StatusList.objects.filter(pk=row.status_list_id).update(changes=F("changes") + 1)
    nudge("badges.sign_stale_lists")
    record(f"badges.attestation.{verb}", about=row, by=by)
