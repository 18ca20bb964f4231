"""Writing an archive: badge after badge, so that memory does not grow with their number."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.urls import reverse

from badges.archive.folder import Folder
from badges.archive.pages import assertion_page, file_name, issuer_page, supplement_page, version_page
from badges.archive.readme import README
from badges.documents import (
    address,
    did_document,
    final_status_list,
    issuer_profile,
    revocations,
    token_of,
    tokens_of,
    version_achievement,
    version_hosted,
)
from badges.models import Assertion, BadgeClassVersion, Issuer, IssuerKey, SignedDocument, Supplement
from badges.openbadges import (
    TokenSigner,
    bake_png,
    bake_svg,
    encode,
    framed_png,
    public_jwk,
    revoked_assertion,
    vocabulary,
)
from badges.workflow import DRAFT
from portal.files.actions import content_of
from portal.files.pictures import read_picture

CHUNK = 200
FORMS = (SignedDocument.Format.OB3, SignedDocument.Format.OB2)


class NoKey(Exception):
    """The issuer has no key with which its final lists could be signed."""


class Pictures:
    """The pictures of badges, the last few kept at hand; `lost` says which files are gone, documents among them."""

    def __init__(self) -> None:
        self.lost: set[str] = set()
        self.read = lru_cache(maxsize=32)(self._read)

    def _read(self, digest: str) -> bytes | None:
        try:
            return read_picture(digest)
        except FileNotFoundError:
            self.lost.add(f"the picture {digest} is lost, its badges have none")
            return None


def export_issuer(issuer: Issuer, root: Path) -> tuple[int, list[str]]:
    """Write everything that an issuer published; return how many badges, and in words which files are lost.

    Its status lists are signed for the last time, without an end: what is revoked later is not in them.
    """
    key = issuer.keys.signing(IssuerKey.Algorithm.ED25519).first()
    if key is None:
        raise NoKey
    tokens = tokens_of(issuer.keys.signing(settings.TOKEN_ALGORITHM).first() or key)
    folder, pictures = Folder(root), Pictures()
    folder.write_parts()
    folder.write("README.txt", README.format(site=settings.BASE_URL, issuer=issuer.organiser.name).encode())
    _write_issuer(folder, issuer, pictures)
    count = sum(_write_assertions(folder, issuer, chunk, tokens, pictures) for chunk in _chunks(_published(issuer)))
    for row in issuer.attestations.kept().select_related("badge_version"):
        folder.write(row.address, row.body.encode())
        if row.badge_version and (picture := pictures.read(row.badge_version.content["picture"])):
            folder.write(address("attestation-png", row.key), bake_png(picture, row.body.encode()))
    _write_lists(folder, issuer, key, tokens)
    return count, sorted(pictures.lost)


def _write_issuer(folder: Folder, issuer: Issuer, pictures: Pictures) -> None:
    """Write who the issuer is, its keys, and every version of what it awarded."""
    versions = BadgeClassVersion.objects.filter(badge_class__organiser=issuer.organiser)
    versions = list(versions.exclude(badge_class__state=DRAFT).select_related("badge_class__organiser").order_by("pk"))
    folder.write(address("issuer-profile", issuer.key), issuer_profile(issuer))
    folder.write(address("issuer-did", issuer.key), did_document(issuer))
    folder.write(address("issuer-revocations", issuer.key), revocations(issuer))
    folder.write(address("vocabulary"), vocabulary())
    folder.write_page(address("issuer", issuer.key), issuer_page(issuer, versions))
    for key in issuer.keys.filter(compromised_at=None):
        folder.write(address("issuer-key", issuer.key, key.number), public_jwk(bytes(key.public)))
    for version in versions:
        where = (version.badge_class.key, version.number)
        folder.write(address("version-hosted", *where), version_hosted(version, issuer))
        folder.write(address("version-achievement", *where), version_achievement(version, issuer))
        folder.write_page(address("version", *where), version_page(version, issuer))
    for digest in {version.content["picture"] for version in versions} | {issuer.organiser.picture} - {""}:
        if picture := pictures.read(digest):
            folder.write(reverse("files:picture", args=[digest]), picture)


def _published(issuer: Issuer):
    current = SignedDocument.objects.filter(replaced_by=None, format__in=FORMS)
    return (
        Assertion.objects.out()
        .filter(issuer=issuer, erased_at=None)
        .select_related("badge_version__badge_class", "badge_class")
        .prefetch_related(Prefetch("documents", current, to_attr="current"))
        .order_by("pk")
    )


def _chunks(found) -> Iterator[list[Assertion]]:
    last = 0
    while chunk := list(found.filter(pk__gt=last)[:CHUNK]):
        yield chunk
        last = chunk[-1].pk


def _write_assertions(
    folder: Folder, issuer: Issuer, chunk: list[Assertion], tokens: TokenSigner, pictures: Pictures
) -> int:
    """Write all forms of some badges; those of people under age have no page here either."""
    public = Assertion.objects.visible_to(AnonymousUser()).filter(pk__in=[one.pk for one in chunk])
    with_page = set(public.values_list("pk", flat=True))
    documents = _write_documents(folder, issuer, chunk, pictures)
    for one in chunk:
        bodies = {document.format: document.body for document in one.current}
        newer, older = (bodies[form].encode() for form in FORMS)
        token, hosted = token_of(newer.decode(), tokens), address("assertion-hosted", one.key)
        folder.write(address("assertion-credential", one.key), newer)
        folder.write(address("assertion-token", one.key), token)
        stub = revoked_assertion(hosted, one.revocation_reason) if one.is_revoked else None
        folder.write(hosted, encode(stub) if stub else older)
        if picture := pictures.read(one.badge_version.content["picture"]):
            folder.write(address("assertion-png", one.key), bake_png(picture, newer, older))
            folder.write(address("assertion-svg", one.key), bake_svg(framed_png(picture), newer, older))
        if one.pk in with_page:
            folder.write_page(one.absolute_url, assertion_page(one, issuer, token, documents[one.pk]))
    return len(chunk)


def _write_documents(
    folder: Folder, issuer: Issuer, chunk: list[Assertion], pictures: Pictures
) -> dict[int, list[Supplement]]:
    """Write the documents that holders show to everybody, with what was signed of them; returns them by badge.

    What holders keep to themselves is not published by an archive either; it is in their own download.
    """
    shown = Supplement.objects.visible_to(AnonymousUser()).filter(assertion__in=chunk)
    written = defaultdict(list)
    for one in shown.select_related("file", "assertion__badge_version").order_by("pk"):
        content = content_of(one.file)
        if content is None:
            pictures.lost.add(f"the document {one.key} is lost")
            continue
        folder.write(f"{one.address}{file_name(one)}", content)
        folder.write(one.statement_address, one.statement.encode())
        folder.write_page(one.address, supplement_page(one, issuer))
        written[one.assertion_id].append(one)
    return written


def _write_lists(folder: Folder, issuer: Issuer, key: IssuerKey, tokens: TokenSigner) -> None:
    """Write the final lists, and for the pages what they trust: the keys, and the lists as tokens."""
    trusted = {"did": did_document(issuer), "lists": {}}
    for one in issuer.status_lists.all():
        body, token = final_status_list(one, one.marked(), key, tokens)
        folder.write(one.url, body)
        trusted["lists"][one.url] = token.decode()
    script = b"const ISSUER = " + encode(trusted) + b";\n"
    folder.write(f"{address('issuer', issuer.key)}/trusted.js", script)
