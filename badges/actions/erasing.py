"""What becomes of badges when their holder is erased.

A badge stays as a row without a holder: its place in the status list and in the counts of its issuer is its own. It is
not revoked, and everything that it said of somebody is gone.
"""

from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db.models import F, Q, QuerySet

from badges.models import (
    AddressRequest,
    Assertion,
    AwardReport,
    AwardRow,
    ClaimCode,
    CodeUse,
    CorrectionRequest,
    Endorsement,
    FormerAward,
    ImportedBadge,
    Supplement,
    SupplementParcel,
)
from badges.models.assertion import belongs_to
from badges.models.move_in import mark_of_address
from badges.posters import SHAPES
from badges.workflow import AWARDED, COLLECTED, WAITING
from portal import clock
from portal.accounts.models import Person
from portal.files.actions import drop_file, drop_with_files
from portal.notifications.actions import forget_news
from portal.privacy import Leaver, new_stand_in

NOTHING_SAID = {
    "name": "",
    "person": None,
    "narrative": "",
    "evidence": [],
    "public_evidence": [],
    "result": "",
    "result_is_public": False,
    "narrative_is_public": False,
    "cells": [],
    "problems": [],
    "salt": "",
    "nonce": "",
}


def addresses_of(person: Person) -> list[str]:
    """Return the addresses under which badges are a person's: those they proved, and former ones that nobody proves."""
    proved = EmailAddress.objects.filter(verified=True).values("email")
    former = (
        Assertion.objects.filter(person=person).exclude(email__in=proved).order_by().values_list("email", flat=True)
    )
    return [*person.verified_addresses(), *former.distinct()]


def badges_about(person: Person) -> QuerySet[Assertion]:
    """Return the badges that are a person's, those that are not out yet included."""
    return Assertion.objects.filter(belongs_to([person]))


def rows_about(person: Person) -> QuerySet[AwardRow]:
    """Return the rows of a person's badges, and those without a badge that name an address of theirs.

    So are those that correct a badge of theirs and are not carried out, whatever address these name.
    """
    theirs = Q(supersedes__person=person, supersedes__collected_at__isnull=False)
    unmade = Q(assertion=None) & (Q(email__in=addresses_of(person)) | theirs)
    return AwardRow.objects.filter(Q(assertion__in=badges_about(person)) | unmade)


def uses_about(person: Person) -> QuerySet[CodeUse]:
    """Return the uses of codes that earned a person's badges, and the others with an address of theirs.

    An address may have been somebody else's before, who collected what it earned: that use is theirs.
    """
    collected = Assertion.objects.exclude(collected_at=None).exclude(person=person)
    named = Q(email__in=addresses_of(person)) & ~Q(batch__in=collected.values("batch"))
    return CodeUse.objects.filter(named | Q(batch__in=badges_about(person).values("batch")))


def addresses_in(rows: QuerySet) -> list[str]:
    """Return each address of some rows once."""
    return list(rows.exclude(email="").order_by().values_list("email", flat=True).distinct())


def empty_rows(rows: QuerySet[AwardRow], leaver: Leaver) -> None:
    """Empty the rows of awards; what was not awarded yet never will be."""
    states = AwardRow.State
    rows.filter(state=states.DUE).update(state=states.CANCELLED)
    listed = rows.filter(state__in=[states.FAULTY, states.READY])
    listed.update(state=states.LEFT_OUT, absence=AwardRow.Absence.REMOVED)
    rows.filter(state=states.LEFT_OUT).update(email="", **NOTHING_SAID)
    for address in addresses_in(rows):
        rows.filter(email=address).update(email=leaver.stand_in(address), **NOTHING_SAID)


def empty_badges(rows: QuerySet[Assertion], leaver: Leaver) -> None:
    """Take the holder out of their badges."""
    for assertion in rows.filter(state=COLLECTED).select_related("badge_version").iterator(chunk_size=200):
        cache.delete_many(pictures_kept(assertion))
    for address in addresses_in(rows):
        held = rows.filter(email=address)
        nothing = {"name": "", "person": None, "published_at": None, "shows_name": False}
        held.update(email=leaver.stand_in(address), erased_at=clock.now(), **nothing)


def empty_uses(rows: QuerySet[CodeUse], leaver: Leaver) -> None:
    """Take the person out of the uses that earned a badge, which their codes go on counting; delete all others."""
    for use in rows.filter(state=WAITING):
        ClaimCode.objects.filter(pk=use.code_id).update(used=F("used") - 1)
    rows.exclude(state=AWARDED).delete()
    for address in addresses_in(rows):
        rows.filter(email=address).update(email=leaver.stand_in(address), name="", person=None, nonce="")


def empty_marks(rows: QuerySet[FormerAward], leaver: Leaver) -> None:
    """Put other marks in the place of those by which awards elsewhere are one person's."""
    for mark in list(rows.order_by().values_list("recipient", flat=True).distinct()):
        rows.filter(recipient=mark).update(recipient=mark_of_address(leaver.stand_in(mark)))


def drop_imported(rows: QuerySet[ImportedBadge], leaver: Leaver) -> None:
    """Delete badges of other platforms, with their files."""
    drop_with_files(rows)


def forget_requests(rows: QuerySet[CorrectionRequest], leaver: Leaver) -> None:
    """Delete what a holder asked for; that they answered others stays."""
    rows.filter(person=leaver.person).delete()


def forget_address_requests(rows: QuerySet[AddressRequest], leaver: Leaver) -> None:
    """Delete what a person asked for; what others asked stays without their name and addresses."""
    rows.filter(person=leaver.person).delete()
    rows.filter(answered_by=leaver.person).update(answered_by=None)
    for address in addresses_of(leaver.person):  # another stand-in than their badges have: who asked knows the address
        rows.filter(old_email=address).update(old_email=new_stand_in())


def empty_reports(rows: QuerySet[AwardReport], leaver: Leaver) -> None:
    """Take the words out of reports on a person's own badges; that something was reported stays with the network."""
    rows.filter(assertion__in=badges_about(leaver.person)).update(text="")


def forget_endorsements(rows: QuerySet[Endorsement], leaver: Leaver) -> None:
    """Delete what was asked or said in favour of a person's badges; of what was signed, the place in its list stays."""
    about = rows.filter(assertion__in=badges_about(leaver.person))
    forget_news(about)
    for endorsement in about.exclude(attestation=None).select_related("attestation"):
        endorsement.attestation.body = ""
        endorsement.attestation.save(update_fields=["body"])
    nothing = {"title": "", "message": "", "text": "", "address": ""}
    about.exclude(attestation=None).update(erased_at=clock.now(), **nothing)
    about.filter(attestation=None).delete()


def empty_supplements(rows: QuerySet[Supplement], leaver: Leaver) -> None:
    """Delete the documents that were added to a person's badges; what they added to others' stays."""
    about = rows.filter(assertion__in=badges_about(leaver.person))
    files = [one.file for one in about.exclude(file=None).select_related("file")]
    about.update(file=None, title="", statement="", withdrawal_reason="", is_public=False)
    for file in files:
        drop_file(file)


def parcels_about(person: Person) -> QuerySet[SupplementParcel]:
    """Return the parcels, not added yet, for awards in which a person stands."""
    rows = rows_about(person)
    return SupplementParcel.objects.filter(sent_at=None, batch__in=rows.values("batch"))


def strip_parcels(rows: QuerySet[SupplementParcel], leaver: Leaver) -> None:
    """Take a person's rows out of parcels that were not added yet; the ZIP is gone within a week."""
    gone = set(addresses_of(leaver.person))
    badges = {str(key) for key in badges_about(leaver.person).values_list("key", flat=True)}
    for parcel in rows.filter(sent_at=None):
        parcel.plan = [row for row in parcel.plan if row.get("badge") not in badges and row.get("who") not in gone]
        parcel.save(update_fields=["plan"])


def pictures_kept(assertion: Assertion) -> list[str]:
    """Return the names under which pictures with a holder's name may be kept for a while."""
    languages = assertion.badge_version.content["texts"]
    return [f"poster:{assertion.key}:{shape}:{language}:True" for shape in SHAPES for language in languages]
