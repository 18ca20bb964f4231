"""What must hold of badges at any time (the numbers are those of the reliability design)."""

import hashlib
from base64 import b64decode

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from badges.models import (
    Assertion,
    AwardRow,
    BadgeClassVersion,
    ClaimCode,
    CodeUse,
    Endorsement,
    IssuerKey,
    SignedDocument,
    StatusList,
    Supplement,
)
from badges.models.issuer import LIST_VALIDITY
from badges.openbadges import Forms, ProofError, decode, decode_list, is_set, verify_proof
from badges.signing import can_open
from badges.workflow import LIVE
from badges.workflow.endorsement import PUBLIC
from portal import clock
from portal.files.pictures import read_picture
from portal.invariants import invariant
from portal.notifications.models import MAIL_KEPT, OutgoingMail


@invariant("I1 one live badge")
def one_live_badge():
    """Name recipients who hold the same badge twice."""
    live = Assertion.objects.filter(
        state__in=LIVE, superseded_by=None, is_repeat=False, address_given_up=False, is_renewed=False
    )
    for pair in live.values("badge_class", "email").annotate(n=Count("pk")).filter(n__gt=1):
        yield f"badge class {pair['badge_class']} is held {pair['n']} times by one address"


@invariant("I2 row and badge")
def rows_and_badges_agree():
    """Name rows without badge, badges without row, and badges without their documents."""
    for row in AwardRow.objects.filter(state=AwardRow.State.AWARDED, assertion=None):
        yield f"row {row.pk} is awarded without a badge"
    for assertion in Assertion.objects.exclude(row__state=AwardRow.State.AWARDED):
        yield f"badge {assertion.key} comes from a row that is not awarded"
    counted = Assertion.objects.annotate(forms=Count("documents__format", distinct=True))
    for assertion in counted.exclude(forms=len(SignedDocument.Format)):
        yield f"badge {assertion.key} lacks a document"


@invariant("I3 badge and mail")
def badges_have_mail():
    """Name badges that nobody was told of."""
    told = set(OutgoingMail.objects.filter(key__startswith="award:").values_list("key", flat=True))
    lately = Assertion.objects.filter(batch__notify=True, erased_at=None, issued_at__gt=clock.now() - MAIL_KEPT)
    for key in lately.values_list("key", flat=True):
        if f"award:{key}" not in told:
            yield f"badge {key} has no mail"


@invariant("I5 signature", is_slow=True)
def signatures_hold(sample: int | None = None):
    """Name documents whose bytes changed or whose signature does not fit the key they name."""
    now, form = clock.now(), Forms().covered
    documents = SignedDocument.objects.kept().select_related("key__issuer")
    if sample is not None:
        documents = documents.filter(assertion__in=Assertion.objects.order_by("?").values("pk")[:sample])
    for document in documents.iterator():
        if hashlib.sha256(document.body.encode()).hexdigest() != document.sha256:
            yield f"document {document.pk} was changed"
        elif document.key is not None:
            content = decode(document.body.encode())
            proof = content.pop("proof")
            try:
                verify_proof(content, proof, bytes(document.key.public), now=now, form=form)
            except ProofError as fault:
                yield f"document {document.pk}: {fault}"


@invariant("I5 document of a badge", is_slow=True)
def supplements_are_as_signed(sample: int | None = None):
    """Name documents added to badges whose bytes differ from what was signed, or whose signature does not hold."""
    now = clock.now()
    standing = Supplement.objects.standing().select_related("file", "signing_key__issuer")
    for supplement in standing.order_by("?")[:sample] if sample is not None else standing.iterator():
        content = decode(supplement.statement.encode())
        proof = content.pop("proof")
        said = content["relatedResource"][0]["digestSRI"].removeprefix("sha256-")
        with supplement.file.content.open("rb") as file:
            kept = hashlib.file_digest(file, "sha256")
        if kept.hexdigest() != supplement.sha256 or b64decode(said) != kept.digest():
            yield f"document {supplement.key} was changed"
        try:
            verify_proof(content, proof, bytes(supplement.signing_key.public), now=now)
        except ProofError as fault:
            yield f"document {supplement.key}: {fault}"


@invariant("I5 key")
def keys_open():
    """Name signing keys that this installation cannot use."""
    for key in IssuerKey.objects.filter(valid_to=None).select_related("issuer"):
        if not can_open(key):
            yield f"key {key.method} does not open"


@invariant("I6 status list")
def lists_follow_the_rows():
    """Name signed lists that say something else than the rows they were signed from."""
    for status_list in StatusList.objects.up_to_date():
        bits = decode_list(decode(status_list.body.encode())["credentialSubject"]["encodedList"])
        marked = status_list.marked()
        if sum(byte.bit_count() for byte in bits) != len(marked) or not all(is_set(bits, index) for index in marked):
            yield f"list {status_list.key} differs from its rows"


@invariant("I6 signed in time")
def lists_are_signed_in_time():
    """Name lists that nobody signed anew before their day was over: every badge in them looks doubtful."""
    for status_list in StatusList.objects.filter(signed_at__lt=clock.now() - LIST_VALIDITY):
        yield f"list {status_list.key} was signed last at {status_list.signed_at:%F %T}"


@invariant("I10 one organiser")
def badges_stay_in_one_hand():
    """Name badges whose row, batch, version, issuer or status list belong to another badge class or organiser."""
    strays = Assertion.objects.exclude(
        badge_class=F("batch__badge_class"),
        badge_version=F("batch__badge_version"),
        badge_class__organiser=F("issuer__organiser"),
        batch=F("row__batch"),
        issuer=F("row__status_list__issuer"),
    ) | Assertion.objects.exclude(badge_class=F("badge_version__badge_class"), issuer=F("row__signing_key__issuer"))
    for key in strays.values_list("key", flat=True):
        yield f"badge {key} mixes what belongs to several"


@invariant("I7 picture")
def pictures_exist():
    """Name versions whose picture is missing or changed."""
    for version in BadgeClassVersion.objects.iterator():
        digest = version.content["picture"]
        try:
            if hashlib.sha256(read_picture(digest)).hexdigest() == digest:
                continue
        except FileNotFoundError:
            pass
        yield f"version {version.number} of badge class {version.badge_class_id} lost its picture"


@invariant("I4 finished batch")
def no_row_is_forgotten():
    """Name rows that should have been carried out long ago."""
    for row in AwardRow.objects.due().filter(attempts__gte=10):
        yield f"row {row.pk} was tried {row.attempts} times and is still due"


@invariant("I11 claim codes")
def codes_are_counted():
    """Name codes whose count differs from the uses that were proved, and accepted uses without an award."""
    counted = CodeUse.objects.counted().filter(code=OuterRef("pk")).order_by().values("code").values(n=Count("pk"))
    for code in ClaimCode.objects.annotate(proved=Coalesce(Subquery(counted), 0)).exclude(used=F("proved")):
        yield f"code {code.pk} counts {code.used} uses, and {code.proved} were proved"
    for pk in CodeUse.objects.awarded().filter(batch=None).values_list("pk", flat=True):
        yield f"use {pk} of a code is accepted without an award"


@invariant("I12 endorsement")
def endorsements_and_statements_agree():
    """Name endorsements whose signed statement is another one's, or stands while they do not, or the reverse."""
    public = Endorsement.objects.filter(state__in=PUBLIC).select_related("attestation__issuer")
    for endorsement in public:
        row = endorsement.attestation
        if row.key != endorsement.key or row.issuer.organiser_id != endorsement.endorser_id:
            yield f"endorsement {endorsement.key} is signed by another one's statement"
        if (row.withdrawn_at is None) != endorsement.is_given:
            yield f"endorsement {endorsement.key} is {endorsement.state}, and its statement is not"
