"""Writing versions of the terms, putting them in force, and agreeing to them."""

from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.accounts.models import Person, TermsAcceptance, TermsText, TermsVersion
from portal.accounts.permissions import may_write_terms
from portal.audit.log import record
from portal.comparison import word_changes
from portal.schedule import nudge
from portal.workflow import StepRefused


@transaction.atomic
def accept_terms(person: Person, *, how: str) -> None:
    """Write down that a person agrees to the terms in force; done twice, it changes nothing more."""
    version = TermsVersion.objects.in_force()
    _acceptance, is_new = TermsAcceptance.objects.get_or_create(person=person, version=version, defaults={"how": how})
    if is_new:
        record("accounts.terms.accept", about=person, by=person, facts={"version": version.number, "how": how})
    person.must_accept_terms = False
    person.save(update_fields=["must_accept_terms"])


def ask_about_terms() -> int:
    """Mark everybody who has yet to agree to the version in force; returns how many."""
    return Person.objects.not_asked_about(TermsVersion.objects.in_force()).update(must_accept_terms=True)


@transaction.atomic
def draft_terms(*, by: Person) -> TermsVersion:
    """Begin a new version with the words of the newest; where one is being written, return that."""
    check_writer(by)
    newest = TermsVersion.objects.select_for_update().order_by("-number").first()
    if newest.is_draft:
        return newest
    draft = TermsVersion.objects.create(number=newest.number + 1, made_by=by)
    for text in newest.texts.all():
        TermsText.objects.create(version=draft, kind=text.kind, language=text.language, words=text.words)
    record("accounts.terms.draft", about=draft, by=by)
    return draft


@transaction.atomic
def write_terms(version: TermsVersion, *, by: Person, words: dict[tuple[str, str], str]) -> TermsVersion:
    """Save the texts of a draft, by kind and language; one that is left empty is not there in that language."""
    version = locked_draft(version, by=by)
    for (kind, language), text in words.items():
        if text:
            TermsText.objects.update_or_create(version=version, kind=kind, language=language, defaults={"words": text})
        else:
            TermsText.objects.filter(version=version, kind=kind, language=language).delete()
    record("accounts.terms.write", about=version, by=by)
    return version


@transaction.atomic
def put_terms_in_force(version: TermsVersion, *, by: Person, on: date) -> TermsVersion:
    """Let a draft hold from a day on; it is never changed again, and everybody is asked from that day."""
    version = locked_draft(version, by=by)
    last = TermsVersion.objects.fixed().first()
    if on < clock.today() or on <= last.in_force_on:
        raise StepRefused([_("Choose a day from today on, after the day of the version before.")])
    version.in_force_on = on
    version.save(update_fields=["in_force_on"])
    record("accounts.terms.put_in_force", about=version, by=by, facts={"on": on.isoformat()})
    nudge("accounts.ask_about_new_terms")
    return version


def locked_draft(version: TermsVersion, *, by: Person) -> TermsVersion:
    check_writer(by)
    version = TermsVersion.objects.select_for_update().get(pk=version.pk)
    if not version.is_draft:
        raise StepRefused([_("This version is in force. Begin a new one.")])
    return version


def check_writer(by: Person) -> None:
    if not may_write_terms(by):
        raise PermissionDenied


def terms_changes(old: TermsVersion, new: TermsVersion, language: str, kinds=TermsText.Kind.values) -> list[tuple]:
    """Return what changed between two versions, word by word, by the name of the text.

    A text that is missing in the language is compared in the first one, on both sides.
    """
    changes = []
    for kind in kinds:
        before, after = old.words(language)[kind], new.words(language)[kind]
        if before.language != after.language:
            before, after = (one.words(settings.LANGUAGE_CODE)[kind] for one in (old, new))
        if before.said() != after.said():
            changes.append((TermsText.Kind(kind).label, word_changes(before.said(), after.said())))
    return changes
