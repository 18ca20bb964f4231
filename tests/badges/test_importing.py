"""Badges of other platforms come into the backpack of whom they were sent to, and of nobody else."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from badges import openbadges as ob
from badges.actions.importing import check_again
from badges.actions.known_issuers import add_known_issuer
from badges.models import Finding, ImportedBadge, KnownIssuer
from badges.schedule import CHECKS_A_ROUND, check_imported_badges, sign_stale_lists
from portal import clock
from portal.audit.models import AuditEvent
from portal.files.actions import store_file
from portal.files.gate import Admitted
from portal.files.models import StoredFile
from portal.notifications.models import Notification, OutgoingMail
from portal.schedule import run_job
from tests.badges.elsewhere import DID, SITE, older_picture
from tests.badges.openbadges import samples
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion
from tests.portal.web import page

pytestmark = pytest.mark.django_db
ADD = "/backpack/add/"


@pytest.fixture
def person(client):
    """Somebody with a second confirmed address, and a third that nobody confirmed."""
    person = PersonFactory()
    EmailAddress.objects.create(user=person, email=samples.EMAIL, verified=True)
    EmailAddress.objects.create(user=person, email="c@example.com", verified=False)
    client.force_login(person)
    return person


def add(client, given):
    typed = {"file": SimpleUploadedFile("my badge.png", given)} if isinstance(given, bytes) else {"text": given}
    return client.post(ADD, typed)


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


def test_a_picture_of_another_platform_comes_in_for_a_second_address(client, person, school):
    baked = older_picture(school.hosts())

    response = add(client, baked)

    kept = ImportedBadge.objects.get()
    assert response.headers["Location"] == kept.get_absolute_url()
    assert (kept.person, kept.address, kept.name, kept.generation) == (person, samples.EMAIL, "Cook", "2.0")
    assert kept.finding == Finding.ISSUER_UNKNOWN
    assert not kept.could_not_be_read
    assert kept.picture
    shown = client.get(kept.get_absolute_url()).content.decode()
    assert 'data-tone="warning"' in shown
    assert "Cooks for twenty." in shown
    backpack = client.get("/backpack/").content.decode()
    assert "From other platforms" in backpack
    assert "Issuer unknown to the network" in backpack
    file = client.get(f"{kept.get_absolute_url()}file/")
    assert b"".join(file.streaming_content) == baked


@pytest.mark.parametrize("form", ["document", "token", "address"])
def test_it_comes_in_as_any_form(client, person, school, form):
    credential = school.signs()
    school["/credential"] = page(credential, kind="application/vc+ld+json")
    school.hosts()
    given = {"document": credential, "token": credential.decode(), "address": f"{SITE}/1"}[form]

    assert add(client, given).status_code == 302
    assert ImportedBadge.objects.get().address == samples.EMAIL


@pytest.mark.parametrize("email", ["somebody@example.com", "c@example.com"])
def test_a_badge_of_another_person_is_refused(client, person, school, email):
    response = add(client, school.signs(email))

    assert response.status_code == 422
    assert "was sent to another address" in response.content.decode()
    assert not ImportedBadge.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_badge_that_names_nobody_is_refused(client, person, school):
    response = add(client, school.signs(recipient=ob.Recipient(id="did:example:holder")))

    assert "does not say to which address" in response.content.decode()


@pytest.mark.parametrize("name", samples.tampered())
def test_no_changed_copy_is_kept(client, person, school, name):
    assert add(client, samples.tampered()[name]).status_code == 422
    assert not ImportedBadge.objects.exists()


def test_what_cannot_be_checked_now_is_not_kept_and_what_was_typed_stands(client, person, school):
    text = school.signs().decode()
    del school["/issuer/did.json"]

    response = add(client, text)
    assert response.status_code == 422
    assert response.context["form"]["text"].value() == text


@pytest.mark.parametrize("document", ["/1", "/badge"])
def test_a_badge_that_holds_what_no_database_keeps_is_refused(client, person, school, document):
    school.hosts()
    school.get(document)["note"] = {"deep": ["a\0b"]}

    response = add(client, f"{SITE}/1")

    assert (response.status_code, "cannot be kept" in response.content.decode()) == (422, True)
    assert not ImportedBadge.objects.exists()
    assert not StoredFile.objects.exists()


def test_signs_that_turn_letters_around_are_not_kept_in_what_is_shown(client, person, school):
    school.hosts()
    school.get("/badge").update(name="Co\u202eok", description="Co\u2067oks.")
    school.get("/profile")["name"] = "\u200fSchool\u202c"

    add(client, f"{SITE}/1")

    kept = ImportedBadge.objects.get()
    assert (kept.name, kept.description, kept.issuer_name) == ("Cook", "Cooks.", "School")


def test_a_person_adds_so_many_in_ten_minutes_and_keeps_what_was_typed(client, person):
    said = [add(client, "hello") for _time in range(61)]
    others = client_of(PersonFactory())

    assert {answer.status_code for answer in said[:60]} == {422}
    assert (said[60].status_code, said[60].context["form"]["text"].value()) == (429, "hello")
    assert "Wait a few minutes" in said[60].content.decode()
    assert add(others, "hello").status_code == 422


def test_the_page_names_an_issuer_as_the_network_knows_it(client, person, school):
    add_known_issuer(by=PersonFactory(roles=["coordinator"]), address=DID, name="School of Lamps")
    add(client, school.signs())
    kept = ImportedBadge.objects.get()
    page = client.get(kept.get_absolute_url()).content.decode()

    assert kept.finding == Finding.GENUINE
    assert "Known to the network as" in page
    assert "School of Lamps" in page
    assert "Issuer unknown" not in client.get("/backpack/").content.decode()
    KnownIssuer.objects.update(name=kept.issuer_name)
    assert "Known to the network as" not in client.get(kept.get_absolute_url()).content.decode()


def test_the_same_badge_comes_in_once(client, person, school):
    add(client, school.signs())

    assert "added this badge already" in add(client, school.signs().decode()).content.decode()
    assert ImportedBadge.objects.count() == StoredFile.objects.count() == 1


def test_a_badge_of_this_portal_is_not_added_twice(client, person):
    badge = assertion()
    sign_stale_lists()

    response = add(client, client.get(f"/assertions/{badge.key}.png").content)
    assert "was issued on this portal" in response.content.decode()


def test_others_see_nothing_of_it(client, person, school):
    add(client, school.signs())
    kept = ImportedBadge.objects.get()
    client.force_login(PersonFactory())

    for path in ["", "file/", "remove/"]:
        assert client.get(f"{kept.get_absolute_url()}{path}").status_code == 404
    for path in ["check/", "remove/"]:
        assert client.post(f"{kept.get_absolute_url()}{path}").status_code == 404
    assert ImportedBadge.objects.exists()


def test_it_is_taken_out_with_its_file(client, person, school):
    add(client, school.signs())
    kept = ImportedBadge.objects.get()

    asked = client.get(f"{kept.get_absolute_url()}remove/").content.decode()
    assert "Take “Facilitator” out" in asked
    assert re.search(r'<form class="confirm"[^>]*>\s*<input type="hidden" name="csrfmiddlewaretoken"', asked)
    client.post(f"{kept.get_absolute_url()}remove/")
    assert not ImportedBadge.objects.exists()
    assert not StoredFile.objects.exists()
    assert AuditEvent.objects.filter(verb__startswith="badges.imported").count() == 2


def test_the_clock_looks_again_and_tells_of_a_badge_that_was_taken_back(client, person, school):
    school.hosts()
    add(client, f"{SITE}/1")
    school["/1"] = page(b"gone", status="410 Gone")
    check_imported_badges()
    assert ImportedBadge.objects.get().is_good  # it was looked at just now

    with clock.moved_to(timedelta(days=7)):
        check_imported_badges()
        check_imported_badges()

    kept = ImportedBadge.objects.get()
    assert kept.finding == Finding.REVOKED
    assert Notification.objects.filter(person=person, event="badges/imported_over").count() == 1
    assert OutgoingMail.objects.filter(event="badges/imported_over").count() == 1
    assert 'data-tone="danger"' in client.get(kept.get_absolute_url()).content.decode()


def test_badges_whose_files_are_gone_keep_no_other_from_its_check(client, person, school, caplog):
    add(client, school.hosts()["id"])
    sound = ImportedBadge.objects.get()
    facts = {"person": person, "name": "Cook", "generation": "2.0", "finding": Finding.GENUINE}
    facts["tried_at"] = sound.tried_at - timedelta(hours=1)
    broken = [
        ImportedBadge.objects.create(
            file=store_file(Admitted("badge.txt", b"%d" % number, "text/plain"), owner=person),
            identifier=f"urn:{number}",
            **facts,
        )
        for number in range(CHECKS_A_ROUND + 1)
    ]
    for row in broken:
        Path(row.file.content.path).unlink()
    school["/1"] = page(b"gone", status="410 Gone")

    with clock.moved_to(timedelta(days=7)):
        for _round in range(2):
            run_job("badges.check_imported_badges")

    sound.refresh_from_db()
    assert sound.finding == Finding.REVOKED
    assert not ImportedBadge.objects.due_for_check().exists()
    assert all(f"badges.ImportedBadge {row.pk}" in caplog.text for row in broken)


def test_a_site_that_is_silent_changes_nothing(client, person, school):
    add(client, school.signs())
    del school["/issuer/did.json"]

    with clock.moved_to(timedelta(days=7)):
        kept = check_again(ImportedBadge.objects.get())
        assert (kept.finding, kept.could_not_be_read) == (Finding.ISSUER_UNKNOWN, True)
        said = client.post(f"{kept.get_absolute_url()}check/", follow=True).content.decode()
    assert "site does not answer" in said
    assert "it could not be checked again" in said


def test_a_badge_whose_file_is_gone_says_so_and_can_be_taken_out(client, person, school):
    add(client, school.signs())
    kept = ImportedBadge.objects.get()
    Path(kept.file.content.path).unlink()

    answers = [
        client.post(f"{kept.get_absolute_url()}check/", follow=True),
        client.get(f"{kept.get_absolute_url()}file/", follow=True),
    ]

    assert [one.status_code for one in answers] == [200, 200]
    assert all("The file of this badge is missing here." in one.content.decode() for one in answers)
    client.post(f"{kept.get_absolute_url()}remove/")
    assert not ImportedBadge.objects.exists()
