"""What a holder lets others see: the badge, name, evidence, result and documents are private until they say so."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from badges.actions.keys import put_in_place
from badges.documents import evidence_facts, result_facts
from badges.models import Assertion, AwardRow, Collection, Issuer, SignedDocument
from badges.openbadges import assertion_showing, credential_showing, decode, encode
from badges.permissions import may_hold, may_publish, may_withhold
from badges.signing import can_open, signer, signing_key_of
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.workflow import StepRefused

CHANGES_A_DAY = 20  # each keeps two more documents
UNDER_AGE = _("Badges of people under age have no public page. You can give the file to whomever you like.")
WITHHELD = _("The network took the page of this badge off. You can give the file to whomever you like.")
NOT_YOURS_YET = _("Only a badge that you collected and that is valid can be changed so.")


@transaction.atomic
def publish_badge(assertion: Assertion, *, by: Person, shows_name: bool = False) -> Assertion:
    """Let everybody who has its link open the page of a badge, with the holder's name or without.

    What its holder ticked stands in it from then on, its files included.
    """
    correcting = locked_correction(assertion)
    assertion = locked(assertion, by)
    if not may_publish(assertion, by):
        raise StepRefused([UNDER_AGE])
    if assertion.withheld_at:
        raise StepRefused([WITHHELD])
    if not assertion.is_collected:
        raise StepRefused([NOT_YOURS_YET])
    if (assertion.is_published, assertion.shows_name) == (True, shows_name):
        return assertion
    open_page(assertion, assertion.published_at or clock.now(), shows_name=shows_name)
    if correcting and correcting.has_something_ticked:
        sign_correction_again(correcting)
    record("badges.publish", about=assertion, by=by, facts={"name": shows_name})
    return assertion


@transaction.atomic
def publish_badges_of(collection: Collection, *, by: Person) -> int:
    """Publish those badges of a collection that stand and are private, with the name where the collection shows it."""
    held = Assertion.objects.for_person(by).collected().filter(published_at=None)
    private = held.filter(pk__in=collection.items.values("assertion"))
    return len([publish_badge(one, by=by, shows_name=collection.shows_name) for one in private.order_by("pk")])


@transaction.atomic
def hide_badge(assertion: Assertion, *, by: Person) -> Assertion:
    """Keep the page of a badge to its holder and those who issued it; its files say only what a check needs.

    So it is with those that it replaced. Copies that somebody has still prove it, and say what they said.
    """
    correcting = locked_correction(assertion)
    assertion = locked(assertion, by)
    close_page(assertion, correcting, by=by)
    for former in Assertion.objects.published().filter(superseded_by=assertion, person=assertion.person):
        hide_badge(former, by=by)
    return assertion


def close_page(assertion: Assertion, correcting: AwardRow | None, *, by: Person) -> None:
    """Close the page of a badge if it is open. Call it with the badge locked, and with the row that corrects it."""
    if not assertion.is_published:
        return
    open_page(assertion, None, shows_name=False)
    if correcting and correcting.has_something_ticked:
        sign_correction_again(correcting)
    record("badges.hide", about=assertion, by=by)


@transaction.atomic
def withhold_badge(assertion: Assertion, *, by: Person) -> Assertion:
    """Take the page of a badge off until the network lets it be shown again; the badge itself stays as it is."""
    if not may_withhold(assertion, by):
        raise PermissionDenied
    correcting = locked_correction(assertion)
    assertion = fresh_and_locked(assertion)
    close_page(assertion, correcting, by=by)
    assertion.withheld_at = clock.now()
    assertion.save(update_fields=["withheld_at"])
    record("badges.withhold", about=assertion, by=by)
    return assertion


@transaction.atomic
def give_back_badge(assertion: Assertion, *, by: Person) -> Assertion:
    """Let its holder show a badge again; whether they do is theirs to say."""
    if not may_withhold(assertion, by):
        raise PermissionDenied
    assertion = fresh_and_locked(assertion)
    assertion.withheld_at = None
    assertion.save(update_fields=["withheld_at"])
    record("badges.give_back", about=assertion, by=by)
    return assertion


def stay_published(assertion: Assertion) -> None:
    """Publish a collected badge as its holder had published the one that it corrects. Call it with the badge locked."""
    former = Assertion.objects.published().filter(superseded_by=assertion, person=assertion.person).first()
    if former and may_publish(assertion, assertion.person):
        open_page(assertion, clock.now(), shows_name=former.shows_name)


def open_page(assertion: Assertion, published_at: datetime | None, *, shows_name: bool) -> None:
    """Open or close the page of a badge, and sign anew where other things are to be seen then."""
    before = assertion.shown
    assertion.published_at, assertion.shows_name = published_at, shows_name
    assertion.save(update_fields=["published_at", "shows_name"])
    if assertion.shown == before:
        return
    if published_at:
        check_changes(assertion)
        sign_as_shown(assertion)
    elif can_sign(assertion):
        sign_as_shown(assertion)
    else:  # the page closes all the same, and the clock signs its files as soon as the key opens
        assertion.says_too_much = True
        assertion.save(update_fields=["says_too_much"])


def locked(assertion: Assertion, by: Person) -> Assertion:
    """Lock a badge of the person until the transaction ends, and return it fresh."""
    if not may_hold(assertion, by):
        raise PermissionDenied
    return fresh_and_locked(assertion)


def fresh_and_locked(assertion: Assertion) -> Assertion:
    """Lock a badge until the transaction ends, and return it fresh."""
    rows = Assertion.objects.select_for_update(of=("self",)).select_related("batch", "row", "badge_class__organiser")
    return rows.get(pk=assertion.pk)


def locked_correction(assertion: Assertion) -> AwardRow | None:
    """Lock the row of a badge that is being made to correct one. Call it before the badge, as who commits it does."""
    being_made = AwardRow.objects.filter(supersedes=assertion.pk, state=AwardRow.State.DUE)
    return being_made.select_for_update(no_key=True).first()


@transaction.atomic
def show_to_others(
    assertion: Assertion,
    *,
    by: Person,
    evidence: list[str],
    result: bool,
    narrative: bool = False,
    documents: list[str] | None = None,
) -> None:
    """Say what of a badge everybody sees while it is published: which evidence, the result, what its holder did.

    What is signed of a published badge is made anew. `documents` are the keys of those added later that everybody may
    open; without it they stay as they are.

    What was signed before is kept, and copies that somebody has go on saying what they said.
    """
    correcting = locked_correction(assertion)
    assertion = locked(assertion, by)
    if not (assertion.is_collected and assertion.batch.is_out):
        raise StepRefused([NOT_YOURS_YET])
    if documents is not None:
        show_documents(assertion, documents, by=by)
    row = assertion.row
    before = assertion.shown
    ticked = {"evidence": evidence, "result": result, "narrative": narrative}
    if correcting and correcting.email == assertion.email:
        tick(correcting, **ticked)
        sign_correction_again(correcting)
    if not tick(row, **ticked):
        return
    if assertion.shown != before:
        check_changes(assertion)
        sign_as_shown(assertion)
    facts = {"evidence": len(row.public_evidence), "result": row.result_is_public, "narrative": row.narrative_is_public}
    record("badges.show", about=assertion, by=by, facts=facts)


def tick(row: AwardRow, *, evidence: list[str], result: bool, narrative: bool) -> bool:
    """Write down what everybody may see of what a row has; says whether that is something else than before."""
    wanted = {
        "public_evidence": [url for url in row.evidence if url in evidence],
        "result_is_public": bool(result and row.result),
        "narrative_is_public": bool(narrative and row.narrative),
    }
    changed = any(getattr(row, name) != value for name, value in wanted.items())
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save(update_fields=list(wanted))
    return changed


def sign_correction_again(row: AwardRow) -> None:
    """Have a corrected badge that is being made say what is wanted now; what a worker signed of it does not count."""
    row.lease = row.leased_until = None
    row.save(update_fields=["lease", "leased_until"])


def show_documents(assertion: Assertion, keys: list[str], *, by: Person) -> None:
    """Let everybody open these documents of a badge, and no others. Call it with the badge locked."""
    standing = assertion.supplements.standing()
    before = set(standing.filter(is_public=True).values_list("key", flat=True))
    standing.update(is_public=False)
    standing.filter(key__in=keys).update(is_public=True)
    now = set(standing.filter(is_public=True).values_list("key", flat=True))
    if now != before:
        record("badges.show_documents", about=assertion, by=by, facts={"documents": sorted(map(str, now))})


def check_changes(assertion: Assertion) -> None:
    """Refuse more changes of one badge in a day than people need."""
    since = clock.now() - timedelta(days=1)
    lately = assertion.documents.filter(format=SignedDocument.Format.OB2, made_at__gt=since)
    if lately.count() > CHANGES_A_DAY:
        raise StepRefused([_("You changed this many times today. Try again tomorrow.")])


def can_sign(assertion: Assertion) -> bool:
    """Say whether the key of a badge's issuer opens."""
    return can_open(signing_key_of(Issuer.objects.get(pk=assertion.issuer_id)))


def sign_as_shown(assertion: Assertion) -> None:
    """Put documents that name what is public in the place of those that named something else."""
    issuer = Issuer.objects.select_for_update(no_key=True).get(pk=assertion.issuer_id)
    key = signing_key_of(issuer)
    if not can_open(key):
        raise StepRefused([_("The portal cannot sign at the moment. Nothing was changed; try again later.")])
    present = {one.format: one for one in assertion.documents.filter(replaced_by=None)}
    shown = assertion.shown
    evidence = evidence_facts(shown)

    credential = present[SignedDocument.Format.OB3]
    said = credential_showing(decode(credential.body.encode()), shown.narrative, evidence, result_facts(shown))
    signed = signer(key, created=clock.now().replace(microsecond=0)).sign(said)
    put_in_place(credential, signed.decode(), key)

    hosted = present[SignedDocument.Format.OB2]
    said = assertion_showing(decode(hosted.body.encode()), shown.narrative, evidence)
    put_in_place(hosted, encode(said).decode(), None)
    if assertion.says_too_much:
        assertion.says_too_much = False
        assertion.save(update_fields=["says_too_much"])


@transaction.atomic
def sign_no_more_than_shown(assertion: Assertion) -> None:
    """Sign a badge anew of which the files say what its holder keeps to themselves."""
    marked = Assertion.objects.saying_too_much().select_for_update(of=("self",), no_key=True).select_related("row")
    if found := marked.filter(pk=assertion.pk).first():
        sign_as_shown(found)
