"""The files in a person's download: their badges as pictures, credentials and paper, and what came with them."""

from collections.abc import Iterator
from functools import partial

from badges import cards
from badges.actions.erasing import badges_about
from badges.certificates import certificate_pdf
from badges.models import Assertion, ImportedBadge, SignedDocument, Supplement
from badges.openbadges import bake_png
from portal.accounts.models import Person
from portal.files.actions import content_of
from portal.files.gate import clean_name
from portal.files.pictures import read_picture
from portal.privacy import Part

FORMS = (SignedDocument.Format.OB3, SignedDocument.Format.OB2)


def files_of_badges(person: Person) -> Iterator[Part]:
    """Yield of each badge that is out its picture with both forms inside, the forms, and the certificate."""
    out = badges_about(person).out().filter(erased_at=None).order_by("pk")
    for pk, key in out.values_list("pk", "key"):
        folder = f"badges/{key}"
        yield Part(f"{folder}/badge.png", partial(picture_of, pk))
        yield Part(f"{folder}/credential.json", partial(form_of, pk, FORMS[0]))
        yield Part(f"{folder}/assertion.json", partial(form_of, pk, FORMS[1]))
        if cards.may_print():
            yield Part(f"{folder}/certificate.pdf", partial(paper_of, pk))


def form_of(pk: int, form: str) -> bytes:
    """Return one form of a badge as it was signed."""
    return SignedDocument.objects.get(assertion=pk, format=form, replaced_by=None).body.encode()


def picture_of(pk: int) -> bytes | None:
    """Return the picture of a badge with both forms inside; None where its file is gone."""
    version = Assertion.objects.select_related("badge_version").get(pk=pk).badge_version
    try:
        picture = read_picture(version.content["picture"])
    except FileNotFoundError:
        return None
    return bake_png(picture, *(form_of(pk, form) for form in FORMS))


def paper_of(pk: int) -> bytes:
    """Return the certificate of a badge with the holder's name."""
    assertion = Assertion.objects.with_words().select_related("batch", "row").get(pk=pk)
    return certificate_pdf(assertion, name=assertion.name)


def files_of_supplements(person: Person) -> Iterator[Part]:
    """Yield the documents that were added to a person's badges, each with its signed statement."""
    added = Supplement.objects.standing().filter(assertion__in=badges_about(person))
    for one in added.select_related("file", "assertion").defer("statement").order_by("pk"):
        folder = f"badges/{one.assertion.key}/documents/{one.key}"
        yield Part(f"{folder}/{clean_name(one.file.name)}", partial(content_of, one.file))
        yield Part(f"{folder}.statement.json", partial(statement_of, one.pk))


def statement_of(pk: int) -> bytes:
    """Return what the issuer signed of a document."""
    return Supplement.objects.get(pk=pk).statement.encode()


def files_of_imported(person: Person) -> Iterator[Part]:
    """Yield the badges of other platforms as they were received."""
    for one in ImportedBadge.objects.of(person).select_related("file"):
        yield Part(f"imported/{one.key}/{clean_name(one.file.name)}", partial(content_of, one.file))
