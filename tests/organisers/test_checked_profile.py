"""Name, kind and country, once they were checked: they change by a check alone, and the mark follows."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from organisers.actions import record_standing, take_up_verification, update_organiser, verify_organiser
from organisers.invariants import changes_under_check_have_a_case
from organisers.models import Organiser, OrganiserText, VerificationCase
from portal import clock
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory, case_in_check, case_with_question, owner_of, suspended_by

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
PROFILE = {
    "description": "We mend bicycles and boats.",
    "language": "en",
    "website": "https://ratas.example.org",
    "contact_email": "contact@example.org",
}
CHANGE = {
    "name": "Ratas Guild",
    "kind": "organisation",
    "country": "LT",
    "what_changed": "The members voted for it in May.",
    "registration": "304 111 222",
    "signatory": "Ona O., chair",
    "is_right": "on",
    "values": "on",
}


@pytest.fixture
def organiser(client):
    owner = PersonFactory(email="contact@example.org")
    organiser = OrganiserFactory(verified=True, owner=owner, words="Ratas", address="Upes g. 1", slug="ratas")
    client.force_login(owner)
    return organiser


def edit(client, organiser, **facts):
    return client.post(f"/workspace/{organiser.slug}/profile/", PROFILE | facts)


def test_the_rest_of_the_profile_is_still_edited(client, organiser):
    page = client.get("/workspace/ratas/profile/").content.decode()
    assert "/workspace/ratas/verification/change/" in page

    assert edit(client, organiser).status_code == 302

    words = OrganiserText.objects.get()
    assert (words.name, words.description) == ("Ratas", "We mend bicycles and boats.")
    assert (Organiser.objects.get().kind, Organiser.objects.get().country.code) == ("organisation", "LT")


def test_a_second_language_takes_the_checked_name(client, organiser):
    sent = client.post("/workspace/ratas/profile/?language=lt", PROFILE | {"language": "lt"})

    assert sent.status_code == 302
    assert set(OrganiserText.objects.values_list("language", "name")) == {("en", "Ratas"), ("lt", "Ratas")}


@pytest.mark.parametrize("forged", [{"name": "Vilnius University"}, {"kind": "school"}, {"country": "LV"}])
def test_a_forged_field_is_refused_and_changes_nothing(client, organiser, forged):
    assert edit(client, organiser, **forged).status_code == 403

    words = OrganiserText.objects.get()
    assert (words.name, words.description, Organiser.objects.get().kind) == ("Ratas", "We learn.", "organisation")


@pytest.mark.parametrize("forged", [{"name": "Vilnius University"}, {"kind": "school"}, {"country": "LV"}])
def test_the_action_refuses_it_too(organiser, forged):
    words = {"name": "Ratas", "description": "We mend.", "language": "en"} | forged
    for fact in ["kind", "country"]:
        setattr(organiser, fact, words.pop(fact, getattr(organiser, fact)))

    with pytest.raises(PermissionDenied):
        update_organiser(organiser, by=owner_of(organiser), **words)


def test_a_suspended_organiser_does_not_slip_into_another_name(client, organiser):
    suspended_by(PersonFactory(roles=["coordinator"]), organiser)

    assert edit(client, organiser, name="Vilnius University").status_code == 403


def test_it_is_locked_while_somebody_checks_and_open_while_a_question_is():
    petra = PersonFactory(roles=["coordinator"])

    assert case_in_check(petra).organiser.is_locked()
    assert not case_with_question(petra).organiser.is_locked()
    assert not OrganiserFactory().is_locked()
    assert not OrganiserFactory(standing="lapsed", verified_until=date(2020, 1, 1)).is_locked()


def test_a_standing_of_this_minute_outlives_an_edit_of_the_profile(organiser):
    Organiser.objects.update(reminders=2, change_since=date(2027, 3, 1))

    update_organiser(organiser, by=owner_of(organiser), language="en", name="Ratas", description="We mend.")

    assert Organiser.objects.values_list("reminders", "change_since").get() == (2, date(2027, 3, 1))


def test_a_change_is_reported_with_its_proof_and_takes_effect_once_checked(client, organiser):
    OrganiserText.objects.create(owner=organiser, language="lt", name="Ratas", description="Taisome.")
    petra, url = PersonFactory(roles=["coordinator"]), "/workspace/ratas/verification/change/"
    bare = client.post(url, CHANGE)
    same = client.post(url, CHANGE | {"name": "Ratas", "paper": SimpleUploadedFile("minutes.pdf", b"%PDF-1.4")})

    client.post(url, CHANGE | {"paper": SimpleUploadedFile("minutes.pdf", b"%PDF-1.4")})

    assert (bare.status_code, list(bare.context["form"].errors)) == (422, ["paper"])
    assert (same.status_code, list(same.context["form"].errors)) == (422, ["name"])
    case = VerificationCase.objects.get()
    assert (case.kind, case.changes, Organiser.objects.get().name) == ("change", {"name": "Ratas Guild"}, "Ratas")
    assert "Ratas Guild" in client.get(case.get_absolute_url()).content.decode()
    verify_organiser(take_up_verification(case, by=petra), checks=["identity"], note="Read the minutes.", by=petra)
    assert set(OrganiserText.objects.values_list("name", flat=True)) == {"Ratas Guild"}
    assert list(changes_under_check_have_a_case()) == []


def test_who_is_not_verified_changes_the_profile_itself(client, organiser):
    record_standing(organiser, by=None, standing="unverified")

    assert client.get("/workspace/ratas/verification/change/")["Location"] == "/workspace/ratas/verification/"
    edit(client, organiser, name="Ratas Guild", kind="group", country="LV")
    assert Organiser.objects.get().name == "Ratas Guild"


def test_the_mark_is_gone_from_the_pages_once_a_change_has_been_under_check_for_a_month(client, organiser):
    with clock.moved_to(MONDAY):
        Organiser.objects.update(change_since=clock.today())

    shown = []
    for days in [29, 30]:
        with clock.moved_to(MONDAY + timedelta(days=days)):
            pages = ["/organisers/ratas/", "/en/organisers/", "/workspace/"]
            shown.append(["Verified organiser" in client.get(page).content.decode() for page in pages])

    assert shown == [[True] * 3, [False] * 3]


def test_fsck_names_a_change_that_nobody_checks(organiser):
    Organiser.objects.update(change_since=date(2027, 3, 1))

    said = "organiser ratas waits for the check of a change that nobody asked for"
    assert list(changes_under_check_have_a_case()) == [said]
