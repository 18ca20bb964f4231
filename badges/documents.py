"""From our rows to the documents of the standards."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.template.defaultfilters import date as format_date
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from badges import openbadges as ob
from badges.models import (
    Assertion,
    Attestation,
    AwardBatch,
    AwardRow,
    BadgeClass,
    BadgeClassVersion,
    Issuer,
    IssuerKey,
    SignedDocument,
    StatusList,
    Supplement,
)
from badges.models.attestation import AttestationQuerySet
from badges.models.award import Shown
from badges.models.issuer import LIST_VALIDITY
from badges.signing import signer, token_signer
from badges.workflow import REVOKED
from portal import clock

ACHIEVEMENT_TYPES = {
    BadgeClass.Kind.MICRO_CREDENTIAL: "MicroCredential",
    BadgeClass.Kind.DEGREE: "Degree",
    BadgeClass.Kind.LABEL: "QualityAssuranceCredential",
}
_ANY = UUID(int=0)


def address(name: str, *args) -> str:
    """Return the absolute address of a named page of this app."""
    return settings.BASE_URL + reverse(f"badges:{name}", args=args)


def assertion_address(name: str, key: UUID) -> str:
    """Return the absolute address of an assertion's page, without the cost of `reverse` for each one of a batch."""
    return _assertion_pattern(settings.BASE_URL, name).replace(str(_ANY), str(key))


@cache
def _assertion_pattern(base_url: str, name: str) -> str:
    return base_url + reverse(f"badges:{name}", args=[_ANY])


def issuer_facts(issuer: Issuer, language: str | None = None) -> ob.Issuer:
    """Return what the documents say of an issuer."""
    organiser = issuer.organiser
    words = organiser.words(language)
    picture = settings.BASE_URL + reverse("files:picture", args=[organiser.picture]) if organiser.picture else ""
    return ob.Issuer(
        did=issuer.did,
        profile_url=address("issuer-profile", issuer.key),
        name=words.name,
        url=organiser.website,
        email=organiser.contact_email,
        description=words.description,
        image=ob.Image(url=picture, caption=words.name) if picture else None,
        revocations_url=address("issuer-revocations", issuer.key),
    )


def achievement_facts(
    version: BadgeClassVersion, language: str | None = None, *, issuer: Issuer | None = None
) -> ob.Achievement:
    """Return what the documents say of a frozen version, in one language; its issuer made it, if there is one yet."""
    content, words = version.content, version.words(language)
    where = (version.badge_class.key, version.number)
    with translation.override(words["language"]):
        workload = workload_sentence(content["workload_minutes"])
    return ob.Achievement(
        id=address("version-achievement", *where),
        hosted_url=address("version-hosted", *where),
        name=words["name"],
        description=words["description"],
        image=ob.Image(url=settings.BASE_URL + version.picture_url, caption=words["picture_text"]),
        criteria_text=words["criteria"],
        criteria_url=content["criteria_url"],
        type=ACHIEVEMENT_TYPES.get(content["kind"], "Badge"),
        workload=workload,
        alignments=tuple(
            ob.Alignment(name=skill["label"], url=skill["uri"], framework="ESCO", type="ext:ESCO_Skill")
            for skill in content["skills"]
            if skill["uri"]
        ),
        tags=tuple(skill["label"] for skill in content["skills"] if not skill["uri"]),
        language=words["language"],
        version=str(version.number),
        creator=issuer and creator_facts(issuer, language),
        credits=credits_of(version),
        micro_credential=micro_credential_facts(version, words),
        translations=tuple(
            translation_facts(version.words(other)) for other in content["texts"] if other != words["language"]
        ),
        vocabulary_url=address("vocabulary"),
    )


def creator_facts(issuer: Issuer, language: str | None) -> ob.Creator:
    """Return who made a badge."""
    return ob.Creator(did=issuer.did, name=issuer.organiser.words(language).name, url=issuer.organiser.website)


def credits_of(version: BadgeClassVersion) -> float | None:
    """Return how many ECTS credits a badge stands for; None where it names none."""
    credits = version.content.get("credits")
    return float(credits) if credits else None


def micro_credential_facts(version: BadgeClassVersion, words: dict) -> ob.MicroCredential | None:
    """Return what a micro-credential says beyond other badges; None for other kinds."""
    content = version.content
    if content["kind"] != BadgeClass.Kind.MICRO_CREDENTIAL:
        return None
    chosen = {name: content.get(name, "") for name in ("level", "cycle", "participation", "supervision")}
    return ob.MicroCredential(
        **chosen,
        awarding_country=version.badge_class.organiser.country.code,
        workload_minutes=content["workload_minutes"],
        words=credential_words(words),
    )


def credential_words(words: dict) -> ob.CredentialWords:
    """Return the words of a micro-credential in one language; all empty for other kinds."""
    return ob.CredentialWords(
        learning_outcomes=words.get("outcomes", ""),
        assessment=words.get("assessment", ""),
        quality_assurance=words.get("quality", ""),
        prerequisites=words.get("prerequisites", ""),
        grading=words.get("grading", ""),
        stackability=words.get("stacking", ""),
        further_information=words.get("further", ""),
    )


def translation_facts(words: dict) -> ob.Translation:
    """Return the texts of a badge in another language."""
    return ob.Translation(
        language=words["language"],
        name=words["name"],
        description=words["description"],
        criteria_text=words["criteria"],
        words=credential_words(words),
    )


def workload_sentence(minutes: int | None) -> str:
    """Return the workload in words of the active language."""
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours})
    if rest:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest})
    return gettext("Workload: %(time)s.") % {"time": " ".join(parts)}


def batch_facts(batch: AwardBatch, issuer: Issuer, language: str) -> tuple[ob.Issuer, ob.Achievement]:
    """Return what all badges of a batch in one language say alike: of issuer and badge also who endorses them."""
    version, stated = batch.badge_version, Attestation.objects.endorsements()
    said = achievement_facts(version, language, issuer=issuer)
    return (
        replace(issuer_facts(issuer, language), endorsements=bodies(stated.about(issuer))),
        replace(said, endorsements=bodies(stated.about_version(version))),
    )


def bodies(attestations: AttestationQuerySet) -> tuple[str, ...]:
    """Return the signed statements that badges carry now."""
    return tuple(attestations.to_carry().values_list("body", flat=True))


def attested_achievement(row: Attestation, *, language: str, evidence_url: str) -> dict:
    """Return the unsigned credential that says that an organiser holds a badge; nobody's address is in it."""
    return ob.achievement_credential(
        ob.Award(
            id=row.address,
            hosted_url=row.address,
            issuer=issuer_facts(row.issuer, language),
            achievement=achievement_facts(row.badge_version, language, issuer=row.issuer),
            recipient=ob.Recipient(id=row.about.did),
            issued_at=row.issued_at,
            expires_at=row.valid_until,
            evidence=(ob.Evidence(url=evidence_url),),
            status=_status_of(row),
        )
    )


def attested_endorsement(
    row: Attestation, *, name: str, comment: str, subject: str = "", language: str | None = None
) -> dict:
    """Return the unsigned credential by which one organiser endorses another, or something that the other has."""
    return ob.endorsement_credential(
        ob.Endorsement(
            id=row.address,
            name=name,
            issuer=issuer_facts(row.issuer, language),
            about=subject or row.about.did,
            comment=comment,
            issued_at=row.issued_at,
            expires_at=row.valid_until,
            status=_status_of(row),
        )
    )


def signed_supplement(supplement: Supplement, key: IssuerKey) -> str:
    """Return the issuer's signed statement that a file of these bytes belongs to a badge, in the badge's language."""
    assertion = supplement.assertion
    with translation.override(assertion.language):
        comment = gettext("%(title)s, SHA-256 %(digest)s") % {"title": supplement.title, "digest": supplement.sha256}
    said = ob.endorsement_credential(
        ob.Endorsement(
            id=supplement.statement_address,
            name=supplement.title,
            issuer=issuer_facts(assertion.issuer, assertion.language),
            about=assertion_address("assertion-credential", assertion.key),
            comment=comment,
            issued_at=supplement.added_at,
            status=_status_of(supplement),
            resources=(
                ob.Resource(url=supplement.address, sha256=supplement.sha256, media_type=supplement.file.content_type),
            ),
        )
    )
    return signer(key, created=clock.now().replace(microsecond=0)).sign(said).decode()


def _status_of(row: Attestation | Supplement) -> ob.StatusEntry:
    return ob.StatusEntry(list_url=row.status_list.url, index=row.status_index, purpose=row.status_list.purpose)


def award_facts(row: AwardRow, issuer: ob.Issuer, achievement: ob.Achievement, expires_at: datetime | None) -> ob.Award:
    """Return everything that the badge of one planned row will say: of its holder what they show already, if any."""
    shown = row.shown(is_published=row.stays_in_place and row.supersedes.is_published)
    return ob.Award(
        id=assertion_address("assertion-credential", row.assertion_key),
        hosted_url=assertion_address("assertion-hosted", row.assertion_key),
        issuer=issuer,
        achievement=achievement,
        recipient=ob.Recipient.by_email(row.email, id=f"urn:uuid:{recipient_id(row)}", salt=row.salt),
        issued_at=row.issued_at,
        expires_at=expires_at,
        narrative=shown.narrative,
        evidence=evidence_facts(shown),
        results=result_facts(shown),
        activity_started_on=row.activity_on,
        activity_ended_on=row.activity_on,
        status=ob.StatusEntry(list_url=row.status_list.url, index=row.status_index),
        credits_earned=achievement.credits,
        image_url=assertion_address("assertion-png", row.assertion_key),
    )


def evidence_facts(shown: Shown) -> tuple[ob.Evidence, ...]:
    """Return the evidence that everybody may see, for a document."""
    return tuple(ob.Evidence(url=url) for url in shown.evidence)


def result_facts(shown: Shown) -> tuple[str, ...]:
    """Return the results that everybody may see: one or none."""
    return (shown.result,) if shown.result else ()


def recipient_id(row: AwardRow) -> str:
    """Return the identifier of the subject: one for each badge, so that it links nothing."""
    return str(row.assertion_key)


def signed_forms(facts: ob.Award, signer: ob.BatchSigner) -> dict[str, str]:
    """Return the exact text of each form of a badge; the same facts and key always give the same text."""
    return {
        SignedDocument.Format.OB3: signer.sign(facts).decode(),
        SignedDocument.Format.OB2: ob.encode(ob.assertion(facts)).decode(),
    }


def tokens_of(key: IssuerKey) -> ob.TokenSigner:
    """Return what signs tokens with a key of an issuer, which the world finds at its address."""
    return token_signer(key, key_address=address("issuer-key", key.issuer.key, key.number))


def token_of(credential: str, tokens: ob.TokenSigner) -> bytes:
    """Return the token of a signed credential: the same content, secured by the issuer's present key for tokens."""
    document = ob.decode(credential.encode())
    del document["proof"]
    return tokens.sign(document)


def did_document(issuer: Issuer) -> dict:
    """Return the issuer's DID document with every key it ever had (did:web)."""
    keys = issuer.keys.all()
    revoked = {key.number: key.compromised_at for key in keys if key.compromised_at}
    return ob.did_document(issuer.did, [bytes(key.public) for key in keys], revoked)


def issuer_profile(issuer: Issuer) -> dict:
    """Return the issuer's 2.0 Profile, in the organiser's own language."""
    original = next(text.language for text in issuer.organiser.texts.all() if text.is_original)
    return ob.issuer_profile(issuer_facts(issuer, original))


def revocations(issuer: Issuer) -> dict:
    """Return which of an issuer's published 2.0 assertions were taken back or replaced.

    The address of a private one says so itself (410); here it would lead everybody to what its holder keeps private.
    """
    gone = Assertion.objects.out().published().filter(issuer=issuer, state=REVOKED)
    gone = gone.order_by("pk").values_list("key", flat=True)
    return ob.revocation_list(issuer_facts(issuer), (assertion_address("assertion-hosted", key) for key in gone))


def version_hosted(version: BadgeClassVersion, issuer: Issuer) -> dict:
    """Return the 2.0 BadgeClass of a version, in its original language."""
    return ob.badge_class(achievement_facts(version, version.content["original"]), issuer_facts(issuer))


def version_achievement(version: BadgeClassVersion, issuer: Issuer | None) -> dict:
    """Return the 3.0 Achievement of a version, in its original language, with what stands in its favour now."""
    facts = achievement_facts(version, version.content["original"], issuer=issuer)
    stated = Attestation.objects.endorsements().about_version(version)
    return ob.achievement(replace(facts, endorsements=bodies(stated)))


def signed_status_list(status_list: StatusList, marked: list[int], key: IssuerKey) -> str:
    """Return the signed Bitstring status list with these indexes set, valid for a day from now."""
    moment = clock.now().replace(microsecond=0)
    document = _status_list(status_list, marked, moment, moment + LIST_VALIDITY)
    return signer(key, created=moment).sign(document).decode()


def final_status_list(
    status_list: StatusList, marked: list[int], key: IssuerKey, tokens: ob.TokenSigner
) -> tuple[bytes, bytes]:
    """Return the list for an archive, valid for ever, as document and as token: nobody will sign a newer one."""
    moment = clock.now().replace(microsecond=0)
    document = _status_list(status_list, marked, moment, None)
    token = tokens.sign({**document, "issuer": {"id": document["issuer"]}})
    return signer(key, created=moment).sign(document), token


def _status_list(status_list: StatusList, marked: list[int], begins: datetime, ends: datetime | None) -> dict:
    return ob.status_list_credential(
        url=status_list.url,
        issuer=status_list.issuer.did,
        encoded_list=ob.encode_list(marked, status_list.size),
        valid_from=begins,
        valid_until=ends,
        purpose=status_list.purpose,
    )


def linkedin_address(assertion, title: str) -> str:
    """Return LinkedIn's 'add to profile' address: a plain link, with nothing about the holder.

    The issuer goes by its id there where it gave that, else by its name.
    """
    organiser = assertion.badge_class.organiser
    known = {"organizationId": organiser.linkedin_id} if organiser.linkedin_id else {"organizationName": organiser.name}
    facts = {
        "startTask": "CERTIFICATION_NAME",
        "name": title,
        **known,
        "issueYear": format_date(assertion.issued_at, "Y"),
        "issueMonth": format_date(assertion.issued_at, "n"),
        "certUrl": address("assertion", assertion.key),
        "certId": str(assertion.key),
    }
    if assertion.last_day:
        facts |= {
            "expirationYear": format_date(assertion.last_day, "Y"),
            "expirationMonth": format_date(assertion.last_day, "n"),
        }
    return "https://www.linkedin.com/profile/add?" + urlencode(facts)
