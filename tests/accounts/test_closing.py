"""Closing one's account, and coming back within two weeks."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from organisers.models import Membership
from portal import clock
from portal.accounts.actions import update_person
from portal.accounts.erasing import close_account
from portal.accounts.models import TIME_TO_RETURN, Person
from portal.accounts.schedule import erase_closed_accounts
from portal.notifications.schedule import send_due_mail
from portal.workflow import StepRefused
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.factories.cases import led_case
from tests.factories.collections import collected, collection, published
from tests.factories.label import AssignmentFactory
from tests.factories.organisers import MembershipFactory, OrganiserFactory, case_in_check

pytestmark = pytest.mark.django_db
CLOSE = "/settings/close/"


def sign_in(client, person):
    return client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})


def mailed_link():
    """Return the way back that the last mail names."""
    return re.search(r"/closed/[^\s\"<]+", mail.outbox[-1].body)[0]


def close(client, person):
    """Close a person's account through the page."""
    sign_in(client, person)
    return client.post(CLOSE, {"address": person.email})


def test_closing_signs_out_everywhere_and_writes_a_mail_with_the_way_back(client):
    person, other_device = PersonFactory(), Client()
    sign_in(other_device, person)

    answer = close(client, person)
    send_due_mail()

    assert answer["Location"] == "/closed/"
    assert "Your account is closed" in client.get("/closed/").text
    assert [one.get("/settings/").status_code for one in (client, other_device)] == [302, 302]
    assert not any(str(person.pk) == one.get_decoded().get("_auth_user_id") for one in Session.objects.all())
    assert mail.outbox[-1].to == [person.email]
    assert "Keep my account" in Client().get(mailed_link()).text


def test_closing_hides_badges_and_collections_from_strangers_at_once(client):
    person, stranger = PersonFactory(), Client()
    (badge,) = published(person, collected(person))
    shown = collection(person, [badge], "public")
    assert [stranger.get(path).status_code for path in (badge.get_absolute_url(), shown.shared_url)] == [200, 200]

    close(client, person)

    assert [stranger.get(path).status_code for path in (badge.get_absolute_url(), shown.shared_url)] == [404, 404]
    assert stranger.get(f"{badge.get_absolute_url()}/credential.json").status_code == 200


def test_closing_asks_for_the_password_and_for_the_address(client):
    person = PersonFactory()
    client.force_login(person)
    assert client.get(CLOSE)["Location"].startswith("/accounts/reauthenticate/")
    assert "concerns your account and your data" in client.get("/accounts/reauthenticate/").text
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert client.get(CLOSE).status_code == 200
    for typed in ["", "somebody@example.org"]:
        answer = client.post(CLOSE, {"address": typed})
        assert (answer.status_code, bool(answer.context["form"].errors["address"])) == (422, True)

    person.refresh_from_db()
    assert (person.is_active, person.closed_at) == (True, None)


def test_signing_in_leads_to_the_way_back_and_all_is_as_it_was(client):
    person = PersonFactory()
    (badge,) = published(person, collected(person))
    close(client, person)

    way_back = sign_in(client, person)["Location"]
    assert way_back.startswith("/closed/")
    assert client.get("/settings/").status_code == 302
    assert client.get(way_back).status_code == 200
    assert client.post(way_back)["Location"] == "/accounts/login/"

    sign_in(client, person)
    assert client.get("/settings/").status_code == 200
    assert Client().get(badge.get_absolute_url()).status_code == 200
    assert client.get(way_back).status_code == 410
    with clock.moved_to(TIME_TO_RETURN + timedelta(days=1)):
        erase_closed_accounts()
    assert Person.objects.get(pk=person.pk).erased_at is None


def test_a_wrong_password_tells_nothing_of_a_closed_account(client):
    person = PersonFactory()
    close(client, person)

    answer = client.post("/accounts/login/", {"login": person.email, "password": "not the password"})

    assert answer.status_code == 200
    assert "closed" not in answer.text.partition("<main")[2]


def test_the_way_back_ends_with_the_account_and_others_links_lead_nowhere(client):
    person = PersonFactory()
    close(client, person)
    send_due_mail()
    link = mailed_link()

    with clock.moved_to(TIME_TO_RETURN + timedelta(minutes=1)):
        erase_closed_accounts()

    assert [client.get(path).status_code for path in (link, "/closed/nonsense/")] == [410, 410]
    assert client.post(link).status_code == 410


def test_a_network_admin_who_lets_somebody_sign_in_again_takes_up_their_account():
    person = PersonFactory()
    closed = close_account(person)
    closed.is_active = True

    update_person(closed, by=PersonFactory(), roles=[])

    assert Person.objects.get(pk=person.pk).closed_at is None


def test_the_only_owner_of_an_organiser_hands_it_over_first(client):
    person = PersonFactory()
    alone, shared = OrganiserFactory(owner=person, words="Alone"), OrganiserFactory(owner=person, words="Shared")
    MembershipFactory(organiser=shared)
    inside = OrganiserFactory(owner=person, words="Inside", parent=shared)

    sign_in(client, person)
    page = client.get(CLOSE).text
    assert client.post(CLOSE, {"address": person.email}).status_code == 409

    assert [one in page for one in (alone.people_url, shared.people_url, inside.people_url)] == [True, False, False]
    assert Person.objects.get(pk=person.pk).closed_at is None
    with pytest.raises(StepRefused):
        close_account(person)
    MembershipFactory(organiser=alone)
    assert close_account(person).closed_at is not None


def test_the_contact_of_an_organiser_names_another_one_first(client):
    person = PersonFactory()
    organiser = OrganiserFactory(owner=person, contact_email=person.email)
    MembershipFactory(organiser=organiser)
    sign_in(client, person)

    assert f"/workspace/{organiser.slug}/profile/" in client.get(CLOSE).text


def test_who_leads_or_judges_a_running_case_hands_it_over_first():
    coordinator, assessor, checker = (
        PersonFactory(roles=[role]) for role in ("coordinator", "assessor", "coordinator")
    )
    case = led_case(coordinator)
    AssignmentFactory(application=case, person=assessor, role="assessor", accepted=True)
    case_in_check(checker)

    for person in (coordinator, assessor, checker):
        with pytest.raises(StepRefused):
            close_account(person)
    assert not Person.objects.exclude(closed_at=None).exists()


def test_the_only_network_admin_finds_another_one_first():
    person = PersonFactory(roles=["network_admin"])
    with pytest.raises(StepRefused):
        close_account(person)

    PersonFactory(roles=["network_admin"])

    assert close_account(person).closed_at is not None


def test_memberships_stay_while_somebody_may_come_back(client):
    person = PersonFactory()
    MembershipFactory(person=person, role="issuer")

    close(client, person)

    assert Membership.objects.filter(person=person).count() == 1
