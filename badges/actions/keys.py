"""Keys of issuers: replaced in time, replaced when they fell into wrong hands, and what they signed signed anew."""

import hashlib

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from badges.models import Attestation, Issuer, IssuerKey, SignedDocument, StatusList, Supplement
from badges.openbadges import decode
from badges.permissions import may_keep_keys
from badges.signing import encrypt_anew, signer, signing_key_of
from portal import clock
from portal.audit.log import record
from portal.schedule import nudge
from portal.workflow import StepRefused


@transaction.atomic
def rotate_key(issuer: Issuer, *, by, algorithm: str = IssuerKey.Algorithm.ED25519) -> IssuerKey:
    """Let a new key sign for an issuer; what the former one signed stays verifiable. `by` is None for the operator."""
    refuse_others(by)
    issuer = Issuer.objects.select_for_update(no_key=True).get(pk=issuer.pk)
    issuer.keys.signing(algorithm).update(valid_to=clock.now())
    key = signing_key_of(issuer, algorithm)
    record("badges.key.rotate", about=issuer, by=by, facts={"method": key.method})
    return key


@transaction.atomic
def report_compromised(key: IssuerKey, *, by, words: str) -> None:
    """Withdraw a key that somebody else may hold: nothing it signed counts, and all of that is signed anew."""
    refuse_others(by)
    issuer = Issuer.objects.select_for_update(no_key=True).get(pk=key.issuer_id)
    key = issuer.keys.get(pk=key.pk)
    if key.compromised_at:
        raise StepRefused([_("This key was withdrawn already.")])
    key.compromised_at = clock.now()
    key.valid_to = key.valid_to or key.compromised_at
    key.save(update_fields=["compromised_at", "valid_to"])
    signing_key_of(issuer, key.algorithm)
    StatusList.objects.filter(issuer=issuer).update(changes=F("changes") + 1)
    nudge("badges.sign_stale_lists")
    nudge("badges.sign_anew")
    record("badges.key.compromised", about=issuer, by=by, facts={"method": key.method}, words=words)


@transaction.atomic
def encrypt_keys_anew(*, by) -> int:
    """Encrypt all private keys with the present encryption key, all or none; returns how many there are."""
    refuse_others(by)
    keys = list(IssuerKey.objects.select_for_update(of=("self",)).select_related("issuer").order_by("pk"))
    for key in keys:
        encrypt_anew(key)
        key.save(update_fields=["encrypted"])
    record("badges.key.encrypt_anew", by=by, facts={"count": len(keys)})
    return len(keys)


def refuse_others(by) -> None:
    """Raise PermissionDenied unless the operator or a network administrator acts."""
    if by is not None and not may_keep_keys(by):
        raise PermissionDenied


@transaction.atomic
def sign_document_anew(document: SignedDocument) -> SignedDocument:
    """Put a document in the place of one whose key was withdrawn: it says the same, under the key that signs now.

    The former stays, as what was signed then.
    """
    issuer = Issuer.objects.select_for_update(no_key=True).get(pk=document.key.issuer_id)
    document = SignedDocument.objects.get(pk=document.pk)
    if document.replaced_by_id:
        return document.replaced_by
    key = signing_key_of(issuer)
    return put_in_place(document, signed_anew(document.body, key), key)


def put_in_place(document: SignedDocument, body: str, key: IssuerKey | None) -> SignedDocument:
    """Write a document that replaces another one, which stays. Call it with the issuer locked."""
    newer = SignedDocument.objects.create(
        assertion_id=document.assertion_id,
        format=document.format,
        body=body,
        sha256=digest(body),
        key=key,
        replaced_by=document,  # for a moment: of a badge's documents in one form only one is replaced by none
    )
    SignedDocument.objects.filter(pk=document.pk).update(replaced_by=newer)
    SignedDocument.objects.filter(pk=newer.pk).update(replaced_by=None)
    return newer


@transaction.atomic
def sign_attestation_anew(row: Attestation) -> None:
    """Sign a statement about an organiser anew, for its key was withdrawn."""
    issuer = Issuer.objects.select_for_update(no_key=True).get(pk=row.issuer_id)
    key = signing_key_of(issuer)
    body = signed_anew(row.body, key)
    still = Attestation.objects.filter(pk=row.pk, signing_key=row.signing_key)
    still.update(body=body, sha256=digest(body), signing_key=key)
    record("badges.attestation.sign_anew", about=row, by=None, facts={"former": row.sha256})


@transaction.atomic
def sign_supplement_anew(supplement: Supplement) -> None:
    """Sign the statement of a document added to a badge anew, for its key was withdrawn."""
    issuer = Issuer.objects.select_for_update(no_key=True).get(pk=supplement.signing_key.issuer_id)
    key = signing_key_of(issuer)
    still = Supplement.objects.filter(pk=supplement.pk, signing_key=supplement.signing_key)
    still.update(statement=signed_anew(supplement.statement, key), signing_key=key)
    record("badges.supplement.sign_anew", about=supplement, by=None, facts={"former": digest(supplement.statement)})


def signed_anew(body: str, key: IssuerKey) -> str:
    """Return what a signed document says, signed with another key."""
    content = decode(body.encode())
    del content["proof"]
    return signer(key, created=clock.now().replace(microsecond=0)).sign(content).decode()


def digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def signed_with_withdrawn_keys():
    """Return the documents, the statements and those of added documents that are to be signed anew."""
    withdrawn = Q(key__compromised_at__isnull=False)
    documents = SignedDocument.objects.kept().filter(withdrawn, replaced_by=None).select_related("key")
    attestations = Attestation.objects.kept().filter(signing_key__compromised_at__isnull=False)
    supplements = Supplement.objects.standing().filter(signing_key__compromised_at__isnull=False)
    return documents.order_by("pk"), attestations.order_by("pk"), supplements.select_related("signing_key")
