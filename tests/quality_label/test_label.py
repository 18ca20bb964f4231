"""A label, its signed badge and the endorsement that its holder's badges carry."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from badges.actions import Recipient, award
from badges.models import Attestation, BadgeClassVersion, SignedDocument
from badges.openbadges import State, decode, verify
from badges.published import own_document
from badges.schedule import sign_stale_lists
from badges.verdicts import verdict_on_attestation
from portal import clock
from portal.invariants import violations
from portal.notifications.models import Notification
from portal.workflow import StepRefused
from quality_label.actions.label_end import revoke_label
from quality_label.actions.label_suspension import answer_suspension, lift_label, suspend_label
from quality_label.models import Label
from quality_label.schedule import expire_labels
from tests.badges.test_documents_served import published
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, issuer_of, published_badge
from tests.factories.label import condition, decided, label, voted_case
from tests.factories.organisers import MembershipFactory, owner_of
from tests.interop.engines import verify_ob3

pytestmark = pytest.mark.django_db


def admin():
    return PersonFactory(roles=["network_admin"])


def state_of(row):
    sign_stale_lists()
    return verify(row.body.encode(), resolve=own_document, now=clock.now()).state


def test_a_label_holds_three_years_and_names_organiser_and_framework():
    found = label()

    credential = json.loads(found.credential.body)
    subject = credential["credentialSubject"]
    assert found.valid_until == clock.months_later(clock.today(), 36)
    assert subject["id"] == found.credential.about.did
    assert "identifier" not in subject
    assert subject["achievement"]["achievementType"] == "QualityAssuranceCredential"
    assert "version 1.0" in subject["achievement"]["criteria"]["narrative"]
    assert credential["evidence"][0]["id"] == found.absolute_url
    assert credential["credentialStatus"]["statusPurpose"] == "suspension"
    assert state_of(found.credential) is State.VERIFIED


def test_labels_of_one_framework_share_a_version_of_the_badge():
    first, second = label(), label()

    assert first.credential.badge_version == second.credential.badge_version
    assert BadgeClassVersion.objects.count() == 1


def test_suspended_and_lifted_is_where_it_was():
    case = voted_case(*["awarded_conditions"] * 3, levels={"F3": 2})
    found = decided(case, "awarded_conditions", conditions=[condition()]).application.label
    coordinator = PersonFactory(roles=["coordinator"])

    found = suspend_label(found, cause="complaint", words="A complaint is looked at.", by=coordinator)
    assert found.is_suspended
    assert state_of(found.credential) is State.REVOKED
    assert "suspended" in verdict_on_attestation(found.credential).title

    found = lift_label(found, words="It was settled.", by=coordinator)
    assert (found.state, found.is_standing) == ("conditional", True)
    assert state_of(found.credential) is State.VERIFIED
    events = Notification.objects.filter(person=owner_of(found.organiser)).values_list("event", flat=True)
    assert {"quality_label/label_suspended", "quality_label/label_lifted"} <= set(events)
    assert list(violations()) == []


def test_only_a_suspended_label_whose_holder_was_heard_is_revoked_and_that_is_for_good():
    found, by = label(), admin()
    with pytest.raises(StepRefused):
        revoke_label(found, ground="false_evidence", words="False evidence.", by=by)
    found = suspend_label(found, cause="complaint", words="False evidence?", by=by)
    with pytest.raises(StepRefused, match="Hear the holder first"):
        revoke_label(found, ground="false_evidence", words="False evidence.", by=by)
    found = answer_suspension(found, words="It is ours.", by=owner_of(found.organiser))
    with pytest.raises(PermissionDenied):
        revoke_label(found, ground="false_evidence", words="False evidence.", by=PersonFactory(roles=["coordinator"]))

    found = revoke_label(found, ground="false_evidence", words="False evidence.", by=by)

    assert (found.state, found.ground, found.ended_on) == ("revoked", "false_evidence", clock.today())
    assert state_of(Attestation.objects.get(pk=found.credential_id)) is State.REVOKED
    with pytest.raises(StepRefused):
        lift_label(found, words="Sorry.", by=by)


def test_nobody_suspends_without_a_reason_or_at_home():
    found = label()
    insider = MembershipFactory(organiser=found.organiser, person=admin()).person
    with pytest.raises(StepRefused, match="Say why"):
        suspend_label(found, cause="complaint", words=" ", by=admin())
    for person in [insider, owner_of(found.organiser), PersonFactory()]:
        with pytest.raises(PermissionDenied):
            suspend_label(found, cause="complaint", words="x", by=type(person).objects.get(pk=person.pk))


def test_a_label_ends_after_its_last_day():
    found = label()
    with clock.moved_to(timedelta(days=37 * 31)):
        assert found.status == "expired"
        expire_labels()

    ended = Label.objects.get()
    assert (ended.state, ended.ended_on) == ("expired", found.valid_until)


def test_badges_of_a_holder_carry_the_endorsement_while_the_label_stands():
    found = label()

    inside = json.loads(assertion(published_badge(found.organiser)).documents.get(format="ob3").body)
    (endorsement,) = inside["issuer"]["endorsement"]
    assert endorsement == decode(found.endorsement.body.encode())
    assert endorsement["credentialSubject"]["id"] == inside["issuer"]["id"]

    suspend_label(found, cause="complaint", words="A complaint.", by=admin())
    later = assertion(published_badge(found.organiser), email="ona@example.org")
    assert "endorsement" not in json.loads(later.documents.get(format="ob3").body)["issuer"]


def endorsed_batch(organiser) -> list[str]:
    """Award a badge to four people at once; of the same shape, all but the first are signed from a template."""
    badge = published_badge(organiser)
    people = [Recipient(f"p{number}@example.org", f"P {number}") for number in range(4)]
    award(badge, people, by=issuer_of(organiser))
    carry_out()
    return list(SignedDocument.objects.filter(format="ob3").values_list("body", flat=True))


def test_all_badges_of_an_endorsed_batch_are_genuine():
    found = label()

    for body in endorsed_batch(found.organiser):
        assert json.loads(body)["issuer"]["endorsement"]
        assert verify(body.encode(), resolve=own_document, now=clock.now()).state is State.VERIFIED


@pytest.mark.interop
def test_foreign_engine_agrees_on_label_suspension_and_endorsed_badges(client, tmp_path):
    found = label()
    bodies = endorsed_batch(found.organiser)
    sign_stale_lists()

    def judged(url, name, *, strict=True):
        path = url.removeprefix("http://localhost:8000")
        body = client.get(path).content
        (tmp_path / name).write_bytes(body)
        verdict = verify_ob3(
            [tmp_path / name],
            published(client, client.get(path.replace(".png", "/credential.json")).json(), tmp_path),
            strict=strict,
        )[0]
        return verdict.verdict, verdict.reasons

    address, endorsing = found.credential.address, found.endorsement.address
    assert judged(address, "label.json")[0] == "VALID", judged(address, "label.json")
    assert judged(address.replace("/credential.json", ".png"), "label.png")[0] == "VALID"
    # The schema at hand is of achievements.
    assert judged(endorsing, "endorsement.json", strict=False) == ("VALID", [])
    for number, body in enumerate(bodies):
        (tmp_path / f"{number}.json").write_text(body)
        verdicts = verify_ob3([tmp_path / f"{number}.json"], published(client, json.loads(body), tmp_path))
        assert [tuple(one) for one in verdicts] == [("VALID", [])]

    found = suspend_label(found, cause="complaint", words="A complaint.", by=admin())
    sign_stale_lists()
    verdict, reasons = judged(address, "label.json")
    assert verdict == "INVALID"
    assert "suspen" in " ".join(reasons) or "status" in " ".join(reasons)

    lift_label(found, words="Settled.", by=admin())
    sign_stale_lists()
    assert judged(address, "label.json")[0] == "VALID"
