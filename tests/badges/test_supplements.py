"""Documents that an issuer adds to a badge already issued: private until their holder shows them."""

import base64
import hashlib
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from badges.actions import collect_badge, decline_badge, revoke_badge
from badges.actions.assertions import correct_badge
from badges.actions.keys import report_compromised
from badges.actions.showing import publish_badge, show_to_others
from badges.actions.supplements import add_supplement, withdraw_supplement
from badges.documents import assertion_address
from badges.models import Assertion, SignedDocument, Supplement
from badges.openbadges import State, verify_endorsement
from badges.published import own_document
from badges.schedule import sign_anew, sign_stale_lists
from portal import clock, schedule
from portal.files.gate import Admitted
from portal.files.models import StoredFile
from portal.invariants import violations
from portal.notifications.models import Notification, OutgoingMail
from portal.workflow import StepRefused
from tests.badges.pages import claim_path, said
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, issuer_of
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"


@pytest.fixture
def holder():
    return PersonFactory(email="jonas@example.org")


@pytest.fixture
def waiting(holder):
    """Return a badge that nobody collected."""
    return assertion()


@pytest.fixture
def badge(waiting, holder):
    """Return a badge that its holder collected."""
    return publish_badge(collect_badge(waiting, by=holder), by=holder)


def document(content=PDF, name="supplement.pdf"):
    return Admitted(name, content, "application/pdf")


def added(badge, title="Diploma Supplement", content=PDF):
    return add_supplement(badge, title=title, file=document(content), by=issuer_of(badge.badge_class.organiser))


def show(supplement, holder):
    show_to_others(supplement.assertion, by=holder, evidence=[], result=False, documents=[str(supplement.key)])


def statement_path(supplement):
    return reverse("badges:supplement-statement", args=[supplement.key])


def add_path(badge):
    return reverse("badges:supplement-add", args=[badge.badge_class.organiser.slug, badge.key])


def withdraw_path(supplement):
    badge = supplement.assertion
    return reverse("badges:supplement-withdraw", args=[badge.badge_class.organiser.slug, badge.key, supplement.key])


def statuses(client, supplement):
    return [client.get(path).status_code for path in [supplement.get_absolute_url(), statement_path(supplement)]]


def verified(supplement):
    sign_stale_lists()
    return verify_endorsement(supplement.statement.encode(), resolve=own_document, now=clock.now())


def test_a_stranger_opens_it_only_while_its_holder_shows_it(client, badge, holder):
    supplement = added(badge)

    assert statuses(client, supplement) == [404, 404]
    assert "Diploma Supplement" not in said(client.get(badge.get_absolute_url()))

    show(supplement, holder)
    page = said(client.get(badge.get_absolute_url()))
    file = client.get(supplement.get_absolute_url())
    statement = client.get(statement_path(supplement))

    assert [part in page for part in ["Diploma Supplement", supplement.sha256, statement_path(supplement)]] == [
        True
    ] * 3
    assert b"".join(file) == PDF
    assert file["Content-Disposition"] == 'attachment; filename="supplement.pdf"'
    assert file["Cache-Control"] == "no-store, private"
    assert "sandbox" in file["Content-Security-Policy"]
    assert statement.content.decode() == supplement.statement
    assert statement["Access-Control-Allow-Origin"] == "*"

    show_to_others(badge, by=holder, evidence=[], result=False, documents=[])
    assert statuses(client, supplement) == [404, 404]


def test_holder_and_issuer_open_it_and_nobody_else(client, badge, holder):
    supplement = added(badge)

    for person, status in [
        (holder, 200),
        (issuer_of(badge.badge_class.organiser), 200),
        (PersonFactory(), 404),
        (issuer_of(assertion(email="other@example.org").badge_class.organiser), 404),
    ]:
        client.force_login(person)
        assert statuses(client, supplement) == [status, status]
        assert client.get(statement_path(supplement)).get("Access-Control-Allow-Origin") is None


def test_the_issuer_adds_one_and_the_holder_is_told(client, badge, holder):
    client.force_login(issuer_of(badge.badge_class.organiser))
    assert add_path(badge) in said(client.get(badge.workspace_url))

    file = SimpleUploadedFile("marks.pdf", PDF)
    answer = client.post(add_path(badge), {"title": "Diploma Supplement", "file": file})

    assert answer["Location"] == badge.workspace_url
    supplement = Supplement.objects.get()
    assert (supplement.assertion, supplement.is_public) == (badge, False)
    mail = OutgoingMail.objects.get(event="badges/supplement_added")
    assert (mail.to, mail.facts) == (holder.email, {"titles": ["Diploma Supplement"]})
    assert Notification.objects.get(event="badges/supplement_added").person == holder
    assert "only the holder and you see it" in said(client.get(badge.workspace_url))
    client.force_login(holder)
    assert "A document was added to your badge" in said(client.get("/inbox/"))
    page = said(client.get(badge.get_absolute_url()))
    assert [part in page for part in ["Diploma Supplement", "only you see it", "shown/"]] == [True] * 3


def test_the_letters_name_the_document_and_lead_to_it(mailoutbox, waiting, holder):
    supplement = added(waiting, title="Marks & notes")
    schedule.drain()
    withdraw_supplement(supplement, by=issuer_of(waiting.badge_class.organiser), reason="Wrong marks.")
    schedule.drain()

    added_mail, gone_mail = mailoutbox[-2:]
    assert "Marks & notes" in added_mail.body
    assert claim_path(waiting) in added_mail.body
    assert "Wrong marks." in gone_mail.body


def test_the_statement_names_the_bytes_and_is_genuine(badge):
    supplement = added(badge)
    content = json.loads(supplement.statement)

    digest = hashlib.sha256(PDF)
    assert content["type"] == ["VerifiableCredential", "EndorsementCredential"]
    assert content["credentialSubject"] == {
        "id": assertion_address("assertion-credential", badge.key),
        "type": ["EndorsementSubject"],
        "endorsementComment": f"Diploma Supplement, SHA-256 {digest.hexdigest()}",
    }
    sri = "sha256-" + base64.b64encode(digest.digest()).decode()
    assert content["relatedResource"] == [{"id": supplement.address, "digestSRI": sri, "mediaType": "application/pdf"}]
    assert verified(supplement).state is State.VERIFIED
    tampered = supplement.statement.replace(digest.hexdigest(), hashlib.sha256(b"other").hexdigest())
    answer = verify_endorsement(tampered.encode(), resolve=own_document, now=clock.now())
    assert answer.state is State.INVALID


def test_anybody_can_check_the_statement(client, badge, holder):
    supplement = added(badge)
    sign_stale_lists()

    answer = client.post(reverse("badges:verify"), {"text": supplement.statement})

    page = said(answer)
    assert answer.status_code == 200
    assert "This endorsement is genuine" in page
    assert supplement.sha256 in page


def test_the_switch_stands_on_what_others_see(client, badge, holder):
    first, second = added(badge), added(badge, "Marks", PDF + b"2")
    path = reverse("badges:shown", args=[badge.key])
    client.force_login(holder)
    assert 'name="documents" value="' in said(client.get(path))
    assert client.get(path).context["form"]["documents"].value() == []

    answer = client.post(path, {"seen_by": "public", "documents": [str(second.key)]})

    assert answer["Location"] == badge.get_absolute_url()
    assert list(badge.supplements.values_list("is_public", flat=True)) == [False, True]
    assert SignedDocument.objects.filter(assertion=badge).count() == 2
    assert client.post(path, {"documents": ["no-such-document"]}).status_code == 422
    client.force_login(PersonFactory())
    assert client.post(path, {"documents": [str(first.key)]}).status_code == 404


def test_a_badge_is_collected_before_its_documents_are_shown(client, waiting, holder):
    supplement = added(waiting)
    client.force_login(holder)

    page = said(client.get(waiting.get_absolute_url()))

    assert "Collect it first" in page
    assert client.get(reverse("badges:shown", args=[waiting.key])).status_code == 404
    with pytest.raises(StepRefused):
        show(supplement, holder)


def test_the_same_document_stands_once(client, badge):
    supplement = added(badge)

    assert added(badge) == supplement
    client.force_login(issuer_of(badge.badge_class.organiser))
    answer = client.post(add_path(badge), {"title": "Again", "file": SimpleUploadedFile("again.pdf", PDF)})
    assert answer.status_code == 422
    assert "This document stands on the badge already." in said(answer)
    assert OutgoingMail.objects.filter(event="badges/supplement_added").count() == 1


def test_there_is_an_end_of_documents(badge):
    for number in range(Supplement.MOST):
        added(badge, f"Paper {number}", PDF + bytes([number]))

    with pytest.raises(StepRefused, match="twenty"):
        added(badge, "One more", PDF + b"more")


@pytest.mark.parametrize("step", ["revoke", "decline"])
def test_a_badge_that_is_not_valid_gets_none(client, waiting, holder, step):
    supplement = added(waiting)
    if step == "revoke":
        collect_badge(waiting, by=holder)
        show(supplement, holder)
        revoke_badge(waiting, by=issuer_of(waiting.badge_class.organiser), reason="A mistake.")
    else:
        decline_badge(waiting, by=holder)

    assert statuses(client, supplement) == [404, 404]
    with pytest.raises(StepRefused):
        added(waiting, "Late", PDF + b"late")
    client.force_login(issuer_of(waiting.badge_class.organiser))
    assert client.get(add_path(waiting)).status_code == 409
    assert add_path(waiting) not in said(client.get(waiting.workspace_url))


def test_only_issuers_add_and_take_back(client, badge, holder):
    supplement = added(badge)

    for person in [holder, PersonFactory()]:
        client.force_login(person)
        assert client.post(add_path(badge), {}).status_code == 404
        assert client.post(withdraw_path(supplement), {}).status_code == 404


def test_taken_back_it_is_gone_with_its_file_and_its_statement_counts_no_more(client, badge, holder):
    supplement = added(badge)
    kept = StoredFile.objects.get(pk=supplement.file_id)
    client.force_login(issuer_of(badge.badge_class.organiser))
    assert "deleted at once" in said(client.get(withdraw_path(supplement)))

    answer = client.post(withdraw_path(supplement), {"reason": ""})

    assert answer["Location"] == badge.workspace_url
    assert statuses(client, supplement) == [404, 404]
    assert not StoredFile.objects.filter(pk=kept.pk).exists()
    assert verified(supplement).state is State.REVOKED
    assert Notification.objects.filter(person=holder, event="badges/supplement_withdrawn").count() == 1


def test_what_others_see_is_taken_back_only_with_a_reason(client, badge, holder):
    supplement = added(badge)
    show(supplement, holder)
    client.force_login(issuer_of(badge.badge_class.organiser))

    assert client.post(withdraw_path(supplement), {"reason": " "}).status_code == 422
    with pytest.raises(StepRefused):
        withdraw_supplement(supplement, by=issuer_of(badge.badge_class.organiser))
    client.post(withdraw_path(supplement), {"reason": "Wrong marks."})

    supplement.refresh_from_db()
    assert (supplement.is_public, supplement.withdrawal_reason, supplement.file) == (False, "Wrong marks.", None)


def test_documents_move_along_to_a_corrected_badge(client, badge, holder):
    supplement = added(badge)
    show(supplement, holder)

    correct_badge(badge, by=issuer_of(badge.badge_class.organiser), email=badge.email, name="Jonas P.")
    carry_out()

    newer = Assertion.objects.latest("pk")
    supplement.refresh_from_db()
    assert supplement.assertion == newer
    about = json.loads(supplement.statement)["credentialSubject"]["id"]
    assert about == assertion_address("assertion-credential", newer.key)
    assert verified(supplement).state is State.VERIFIED
    assert statuses(client, supplement) == [200, 200]


def test_documents_do_not_follow_to_another_address(client, badge, holder):
    supplement = added(badge)
    show(supplement, holder)

    correct_badge(badge, by=issuer_of(badge.badge_class.organiser), email="other@example.org")
    carry_out()

    supplement.refresh_from_db()
    assert supplement.assertion == badge
    assert statuses(client, supplement) == [404, 404]


def test_a_statement_is_signed_anew_when_its_key_is_withdrawn(badge):
    supplement = added(badge)
    before = supplement.statement

    report_compromised(supplement.signing_key, by=None, words="Lost.")
    sign_anew()

    supplement.refresh_from_db()
    assert supplement.statement != before
    assert verified(supplement).state is State.VERIFIED


def test_fsck_finds_a_document_that_was_changed(badge):
    supplement = added(badge)
    assert list(violations()) == []

    with supplement.file.content.storage.open(supplement.file.content.name, "wb") as file:
        file.write(PDF.replace(b"1.7", b"1.4"))

    assert list(violations()) == [f"I5 document of a badge: document {supplement.key} was changed"]


def test_someone_under_age_shows_nothing(client, badge, holder):
    supplement = added(badge)
    show(supplement, holder)
    type(holder).objects.filter(pk=holder.pk).update(is_of_age=False)

    assert statuses(client, supplement) == [404, 404]


def test_pages_ask_the_same_of_the_database_for_many_documents(client, badge, holder):
    added(badge)
    paths = {
        holder: [badge.get_absolute_url(), reverse("badges:shown", args=[badge.key])],
        issuer_of(badge.badge_class.organiser): [badge.workspace_url],
    }

    def counts():
        found = []
        for person, pages in paths.items():
            client.force_login(person)
            found += [queries_of(client, path) for path in pages]
        return found

    few = counts()
    for number in range(Supplement.MOST - 1):
        added(badge, f"Paper {number}", PDF + bytes([number]))
    assert counts() == few


def test_constraints_hold_against_sql(badge):
    supplement = added(badge)
    with pytest.raises(IntegrityError), transaction.atomic():
        Supplement.objects.filter(pk=supplement.pk).update(withdrawn_at=clock.now() - timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE badges_supplement SET file_id = NULL")


def test_what_happened_names_documents_for_issuer_and_holder(client, badge, holder):
    supplement = added(badge)
    withdraw_supplement(supplement, by=issuer_of(badge.badge_class.organiser), reason="The wrong year.")

    pages = {issuer_of(badge.badge_class.organiser): badge.workspace_url, holder: badge.get_absolute_url()}
    for reader, path in pages.items():
        client.force_login(reader)
        page = said(client.get(path))
        assert "Document added" in page
        assert "Diploma Supplement: The wrong year." in page
