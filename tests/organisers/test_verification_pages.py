"""The pages of the check of an organiser, as its members see them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from organisers.actions import reject_verification, verify_organiser
from organisers.models import Organiser, VerificationCase
from portal import clock
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import (
    MembershipFactory,
    OrganiserFactory,
    case_in_check,
    case_with_question,
    owner_of,
    requested_case,
)

pytestmark = pytest.mark.django_db
FILED = {"registration": "304 111 222", "signatory": "Ona O., chair", "is_right": "on", "values": "on"}
PDF = b"%PDF-1.4 statutes"
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def petra():
    return PersonFactory(roles=["coordinator"])


@pytest.fixture
def organiser(client):
    """Return an organiser whose profile can be checked, its owner signed in."""
    owner = PersonFactory(email="contact@example.org")
    organiser = OrganiserFactory(owner=owner, address="Upes g. 1")
    client.force_login(owner)
    return organiser


def pdf(name="statutes.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def text(response) -> str:
    return response.content.decode()


def test_an_owner_asks_and_follows_what_is_next(client, organiser):
    place = f"/workspace/{organiser.slug}/verification/"
    assert f"{place}request/" in text(client.get(place))
    assert place in text(client.get(f"/workspace/{organiser.slug}/"))

    sent = client.post(f"{place}request/", FILED | {"paper": pdf(), "third_paper": pdf("second.pdf")})

    case = VerificationCase.objects.get()
    assert sent["Location"] == f"/verifications/{case.key}/"
    assert (case.registration, case.signatory, case.values_version) == ("304 111 222", "Ona O., chair", "1")
    assert [one.file.name for one in case.documents.all()] == ["statutes.pdf", "second.pdf"]
    page = text(client.get(place))
    assert "a coordinator of the network takes your request up" in page
    assert f"{place}request/" not in page
    assert client.get(f"{place}request/")["Location"] == place


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"registration": ""}, "registration", "explain below why there is none"),
        ({"signatory": ""}, "signatory", "Fill this in."),
        ({"values": ""}, "values", "Tick this."),
        ({"is_right": ""}, "is_right", "Tick this."),
        ({"paper": pdf("page.html", b"<html>")}, "paper", "Send a PDF, PNG, JPEG or WebP file."),
        ({"paper": pdf("notes.txt", b"plain words")}, "paper", "Send a PDF, PNG, JPEG or WebP file."),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(client, organiser, typed, field, said):
    answer = client.post(f"/workspace/{organiser.slug}/verification/request/", FILED | {"explanation": ""} | typed)

    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors[field])
    assert (typed.get("signatory", "Ona O., chair")) in text(answer)
    assert not VerificationCase.objects.exists()


def test_the_contact_must_be_a_confirmed_address_of_a_member(client, organiser):
    Organiser.objects.update(contact_email="somebody@example.org", address="")

    answer = client.post(f"/workspace/{organiser.slug}/verification/request/", FILED)

    errors = str(answer.context["form"].errors["is_right"])
    assert answer.status_code == 422
    assert "somebody@example.org is not a confirmed address of a member" in errors
    assert "street address is missing" in errors
    MembershipFactory(organiser=organiser, role="author", person=PersonFactory(email="somebody@example.org"))
    Organiser.objects.update(address="Upes g. 1")
    assert client.post(f"/workspace/{organiser.slug}/verification/request/", FILED).status_code == 302


def test_a_second_request_is_refused_and_leads_to_the_first(client, organiser):
    case = requested_case(organiser)

    answer = client.post(f"/workspace/{organiser.slug}/verification/request/", FILED)

    assert (answer.status_code, VerificationCase.objects.get()) == (409, case)
    assert "A request is open already." in text(answer)


def test_staff_see_and_owners_act(client, petra):
    case = case_with_question(petra)
    place, url = case.organiser.verification_url, case.get_absolute_url()
    client.force_login(MembershipFactory(organiser=case.organiser, role="author").person)

    seen = [text(client.get(place)), text(client.get(url))]
    done = [
        client.get(f"{place}request/"),
        client.post(f"{place}request/", FILED),
        client.post(f"{place}change/", FILED),
        client.post(f"{url}answer/", {"words": "Here."}),
        client.post(f"{url}cancel/"),
        client.post(f"{url}second-look/"),
        client.post(f"{url}take/"),
    ]

    assert "Only owners ask" in seen[0]
    assert "Send the answer" not in seen[1]
    assert [answer.status_code for answer in done] == [403] * len(done)


def test_strangers_find_nothing(client, petra):
    case = case_in_check(petra)
    client.force_login(PersonFactory())

    url = case.get_absolute_url()

    assert [client.get(page).status_code for page in [case.organiser.verification_url, url]] == [404, 404]
    acts = ["answer", "cancel", "second-look", "take", "ask", "verify", "reject", "give"]
    assert {client.post(f"{url}{act}/").status_code for act in acts} == {404}


def test_an_owner_answers_and_what_was_typed_stays_when_a_file_is_refused(client, petra):
    case = case_with_question(petra)
    url = f"{case.get_absolute_url()}answer/"
    client.force_login(owner_of(case.organiser))
    assert "Please attach your statutes" in text(client.get(case.get_absolute_url()))
    assert "The network has a question" in text(client.get(f"/workspace/{case.organiser.slug}/"))

    refused = client.post(url, {"words": "Here they are.", "paper": pdf("page.html", b"<html>")})
    empty = client.post(url, {"words": " "})
    sent = client.post(url, {"words": "Here they are.", "paper": pdf()})

    assert (refused.status_code, "Here they are." in text(refused)) == (422, True)
    assert (empty.status_code, "Write an answer or attach a document." in text(empty)) == (422, True)
    assert sent["Location"] == case.get_absolute_url()
    assert VerificationCase.objects.get().questions.get().answer == "Here they are."


def test_a_late_answer_is_refused_with_a_sentence(client, petra):
    with clock.moved_to(MONDAY):
        case = case_with_question(petra)
    client.force_login(owner_of(case.organiser))

    with clock.moved_to(MONDAY + timedelta(days=31)):
        answer = client.post(f"{case.get_absolute_url()}answer/", {"words": "Too late."})

    assert (answer.status_code, "The time to answer is over." in text(answer)) == (409, True)


def test_a_request_is_taken_back(client):
    case = requested_case()
    client.force_login(owner_of(case.organiser))

    client.post(f"{case.get_absolute_url()}cancel/")

    assert VerificationCase.objects.get().state == "closed"
    assert "without a judgement" in text(client.get(case.get_absolute_url()))


def test_who_was_turned_down_reads_why_and_asks_for_a_second_look(client, petra):
    case = reject_verification(case_in_check(petra), reason="contact", words="Nobody answered.", by=petra)
    client.force_login(owner_of(case.organiser))
    place, url = case.organiser.verification_url, case.get_absolute_url()
    page = text(client.get(url))
    assert "Nobody answered." in page
    assert "Ask for a second look" in page
    assert "You can ask again from" in text(client.get(place))

    client.post(f"{url}second-look/")

    assert "A second look was asked for on" in text(client.get(url))


def test_who_was_turned_down_says_what_changed(client, organiser, petra):
    with clock.moved_to(MONDAY):
        reject_verification(case_in_check(petra, organiser), reason="contact", words="No.", by=petra)

    with clock.moved_to(MONDAY + timedelta(days=30)):
        place = f"/workspace/{organiser.slug}/verification/request/"
        refused = client.post(place, FILED)
        sent = client.post(place, FILED | {"what_changed": "We have a telephone."})

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["what_changed"])
    assert sent.status_code == 302
    assert VerificationCase.objects.first().what_changed == "We have a telephone."


def test_the_note_of_the_network_is_not_shown_to_the_organiser(client, petra):
    case = case_in_check(petra)
    verify_organiser(case, checks=list(VerificationCase.CHECKS), note="Her brother vouched.", by=petra)
    client.force_login(owner_of(case.organiser))

    assert "Her brother vouched." not in text(client.get(case.get_absolute_url()))
