"""Asking to join an organiser: who may, how often, who reads it, who answers."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from organisers.actions import accept_request, ask_to_join, decline_request, withdraw_request
from organisers.models import JoinRequest, Membership
from organisers.permissions import may_see_request
from portal import clock
from portal.notifications.models import Notification, OutgoingMail
from portal.notifications.schedule import send_due_mail
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import JoinRequestFactory, MembershipFactory, OrganiserFactory, owner_of
from tests.portal.accidents import at_once

pytestmark = pytest.mark.services


@pytest.mark.django_db
def test_person_asks_and_every_owner_is_told(client):
    organiser, ona = OrganiserFactory(), PersonFactory(name="Ona")
    second = MembershipFactory(organiser=organiser, role="owner").person
    MembershipFactory(organiser=organiser, role="issuer")
    client.force_login(ona)
    assert f"/organisers/{organiser.slug}/join/" in client.get(f"/organisers/{organiser.slug}/").content.decode()

    response = client.post(f"/organisers/{organiser.slug}/join/", {"message": "I teach here."})

    asked = JoinRequest.objects.get()
    assert response["Location"] == f"/join-requests/{asked.key}/"
    assert (asked.person, asked.message, asked.state) == (ona, "I teach here.", "open")
    assert set(Notification.objects.values_list("person", flat=True)) == {owner_of(organiser).pk, second.pk}
    client.force_login(second)
    assert f"Ona asks to join {organiser.name}" in client.get("/inbox/").content.decode()
    assert asked.get_absolute_url() in client.get(f"/workspace/{organiser.slug}/people/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("standing", ["member", "suspended", "above"])
def test_who_is_in_already_or_meets_a_suspended_organiser_does_not_ask(client, standing):
    person = PersonFactory()
    organiser = OrganiserFactory(parent=OrganiserFactory(owner=person if standing == "above" else PersonFactory()))
    if standing == "member":
        MembershipFactory(organiser=organiser, person=person, role="author")
    if standing == "suspended":
        organiser = OrganiserFactory(standing="suspended")
    client.force_login(person)

    answer = client.post(f"/organisers/{organiser.slug}/join/", {"message": "Let me in."})

    assert answer.status_code == (404 if standing == "suspended" else 403)
    with pytest.raises(PermissionDenied):
        ask_to_join(organiser, by=person, message="Let me in.")


@pytest.mark.django_db
def test_one_request_is_open_and_the_next_waits_a_week():
    organiser, ona = OrganiserFactory(), PersonFactory()
    asked = ask_to_join(organiser, by=ona, message="Please.")

    with pytest.raises(StepRefused, match="asked already"):
        ask_to_join(organiser, by=ona, message="Please!")
    withdraw_request(asked, by=ona)
    with pytest.raises(StepRefused, match="less than a week ago"):
        ask_to_join(organiser, by=ona, message="Please!")
    with clock.moved_to(timedelta(days=8)):
        assert ask_to_join(organiser, by=ona, message="Please!").state == "open"


@pytest.mark.django_db
def test_person_asks_ten_organisers_a_day_at_most():
    ona = PersonFactory()
    for _number in range(10):
        ask_to_join(OrganiserFactory(), by=ona, message="Please.")

    with pytest.raises(StepRefused, match="ten organisers"):
        ask_to_join(OrganiserFactory(), by=ona, message="Please.")


@pytest.mark.django_db
def test_owner_lets_somebody_in_and_they_are_told(client):
    asked = JoinRequestFactory()
    client.force_login(owner_of(asked.organiser))

    empty = client.post(asked.get_absolute_url(), {"sent": "1"})
    client.post(asked.get_absolute_url(), {"roles": ["reviewer"]})

    assert "Choose at least one." in empty.content.decode()
    assert JoinRequest.objects.get().state == "accepted"
    assert list(asked.organiser.memberships.filter(person=asked.person).values_list("role", flat=True)) == ["reviewer"]
    send_due_mail()
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        ([asked.person.email], f"You belong to {asked.organiser.name} now")
    ]


@pytest.mark.django_db
def test_owner_declines_and_the_person_is_told(client):
    asked = JoinRequestFactory()
    client.force_login(owner_of(asked.organiser))

    client.post(f"{asked.get_absolute_url()}decline/")

    assert JoinRequest.objects.get().state == "declined"
    assert not asked.organiser.memberships.filter(person=asked.person).exists()
    assert Notification.objects.get().event == "organisers/request_declined"


@pytest.mark.django_db
def test_withdrawn_request_is_not_mailed_and_not_accepted(client):
    ona = PersonFactory()
    asked = ask_to_join(OrganiserFactory(), by=ona, message="Please.")
    client.force_login(ona)

    client.post(f"{asked.get_absolute_url()}withdraw/")

    assert OutgoingMail.objects.get().state == "cancelled"
    with pytest.raises(StepRefused):
        accept_request(asked, roles=["issuer"], by=owner_of(asked.organiser))


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["issuer", "author", "reviewer"])
@pytest.mark.parametrize("given", Membership.Role.values)
def test_only_owners_answer_and_nobody_lets_themselves_in(client, role, given):
    asked = JoinRequestFactory()
    member = MembershipFactory(organiser=asked.organiser, role=role).person
    foreign_owner = owner_of(OrganiserFactory())

    for person in (member, asked.person, foreign_owner):
        with pytest.raises(PermissionDenied):
            accept_request(asked, roles=[given], by=person)
        with pytest.raises(PermissionDenied):
            decline_request(asked, by=person)
    assert asked.organiser.memberships.count() == 2


@pytest.mark.django_db
def test_page_is_for_its_writer_and_the_owners_and_agrees_with_the_predicate(client):
    head = PersonFactory()
    asked = JoinRequestFactory(organiser__parent=OrganiserFactory(owner=head))
    issuer = MembershipFactory(organiser=asked.organiser, role="issuer").person
    cast = {asked.person: 200, owner_of(asked.organiser): 200, head: 200, issuer: 404, PersonFactory(): 404}

    for person, status in cast.items():
        client.force_login(person)
        assert client.get(asked.get_absolute_url()).status_code == status
        assert may_see_request(asked, person) == (status == 200)
        assert JoinRequest.objects.visible_to(person).exists() == (status == 200)
    client.force_login(asked.person)
    assert client.post(f"{asked.get_absolute_url()}decline/").status_code == 403
    client.post(asked.get_absolute_url(), {"roles": ["owner"]})
    assert JoinRequest.objects.get().state == "open"


def test_two_clicks_at_once_ask_once(committing_db):
    organiser, ona = OrganiserFactory(), PersonFactory()

    at_once(*[lambda: ask_to_join(organiser, by=ona, message="Please.")] * 3)

    assert JoinRequest.objects.count() == 1
