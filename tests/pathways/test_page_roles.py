"""Roles for one playlist or activity alone: offered, taken on, given back and taken back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from pathways.actions import offer_page_role
from pathways.models import PageRole
from pathways.schedule import follow_page_roles
from portal import clock
from portal.accounts.models import Person
from portal.notifications.models import Notification, OutgoingMail
from portal.privacy import merge_rules
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.leaver import erased
from tests.factories.organisers import OrganiserFactory, owner_of
from tests.factories.pathways import activity, playlist, translated, with_page_role, with_role
from tests.portal.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]

NOBODY = "nobody@example.org"


@pytest.fixture
def page():
    return playlist(activity(OrganiserFactory(verified=True, slug="ours")))


@pytest.fixture
def owner(client, page):
    client.force_login(person := owner_of(page.organiser))
    return person


def people_of(page) -> str:
    return f"/workspace/{page.organiser.slug}/playlists/{page.translation_key}/people/"


def offered(page, email=NOBODY, role="author") -> PageRole:
    return offer_page_role(page, email, role=role, by=owner_of(page.organiser))


# --- offering ---------------------------------------------------------------------------------------------------------


def test_an_owner_is_answered_alike_whether_an_address_has_an_account_or_not(client, page, owner):
    person = PersonFactory(name="Ona Oak")
    answers = []
    for email in (person.email, NOBODY):
        response = client.post(people_of(page), {"email": email, "role": "reviewer"}, follow=True)
        answers.append(response.text.split("<main")[1].replace(email, "X").replace("Ona Oak", "LEAK"))
        PageRole.objects.all().delete()

    assert "If X has an account here" in answers[0]
    assert "LEAK" not in answers[0]
    assert len(answers[0]) == len(answers[1])
    assert list(OutgoingMail.objects.values_list("person", "event")) == [(person.pk, "pathways/page_role_offered")]


def test_the_offer_made_twice_is_one(page):
    person = PersonFactory()

    assert offered(page, person.email) == offered(page, person.email)

    assert Notification.objects.filter(person=person).count() == 1


def test_owners_do_not_offer_to_themselves_and_not_without_end(client, page, owner):
    response = client.post(people_of(page), {"email": owner.email, "role": "author"})
    assert (response.status_code, "This is your own address" in response.text) == (422, True)
    assert owner.email in response.text

    for number in range(30):
        offered(page, f"p{number}@example.org")
    with pytest.raises(StepRefused, match="30 roles"):
        offered(page)


@pytest.mark.parametrize(("sent", "fault"), [({"email": "x", "role": "author"}, "x"), ({"email": NOBODY}, NOBODY)])
def test_a_form_with_a_fault_comes_back(client, page, owner, sent, fault):
    response = client.post(people_of(page), sent)

    assert (response.status_code, f'value="{fault}"' in response.text) == (422, True)
    assert not PageRole.objects.exists()


def test_owners_alone_see_and_give_roles(client, page):
    next_door = with_role(OrganiserFactory(verified=True), "owner")
    held = with_page_role(page, "author")
    row = PageRole.objects.get()
    people = dict.fromkeys((with_role(page.organiser, role) for role in ("author", "reviewer")), 403)
    for person, status in (people | {next_door: 404, held: 404}).items():
        client.force_login(person)
        assert client.get(people_of(page)).status_code == status
        assert client.post(people_of(page), {"email": NOBODY, "role": "author"}).status_code == status
        assert client.post(f"{people_of(page)}{row.pk}/").status_code == status
    assert list(PageRole.objects.all()) == [row]


def test_a_role_is_taken_back_at_its_own_page_alone(client, page, owner):
    with_page_role(page, "author")
    row = PageRole.objects.get()

    assert client.post(f"{people_of(page.live_steps()[0].activity)}{row.pk}/").status_code == 404
    assert client.post(f"{people_of(page)}{row.pk}/").status_code == 302
    assert not PageRole.objects.exists()


def test_who_loses_a_role_is_told_and_who_was_offered_one_hears_no_more(client, page, owner):
    person = with_page_role(page, "author")
    other = PersonFactory()
    offered(page, other.email)

    for row in PageRole.objects.all():
        client.post(f"{people_of(page)}{row.pk}/")

    assert Notification.objects.get(person=person).event == "pathways/page_role_ended"
    assert not Notification.objects.filter(person=other).exists()
    client.force_login(person)
    assert "Your role for “Bike-Ready” has ended" in client.get("/inbox/").text


# --- taking it on -----------------------------------------------------------------------------------------------------


def test_a_person_takes_on_what_was_offered_to_their_address(client, page):
    person = PersonFactory()
    row = offered(page, person.email)
    client.force_login(person)

    assert "Take it on" in client.get("/learning/roles/").text
    assert "My roles" in client.get("/learning/").text
    assert client.post(f"/learning/roles/{row.pk}/accept/").status_code == 302

    row.refresh_from_db()
    assert (row.person, row.email) == (person, "")
    assert "Give it back" in client.get("/learning/roles/").text
    client.force_login(owner_of(page.organiser))
    assert person.name in client.get(people_of(page)).text


def test_nobody_takes_on_the_offer_of_somebody_else_or_one_that_ran_out(client, page):
    person = PersonFactory()
    row = offered(page, person.email)
    client.force_login(PersonFactory())
    for verb in ("accept", "give-back"):
        assert client.post(f"/learning/roles/{row.pk}/{verb}/").status_code == 404

    client.force_login(person)
    with clock.moved_to(timedelta(days=31)):
        assert client.post(f"/learning/roles/{row.pk}/accept/").status_code == 404
        follow_page_roles()
    assert not PageRole.objects.exists()


def test_an_offer_that_is_turned_down_waits_on_in_the_eyes_of_the_owner(client, page):
    person = PersonFactory()
    row = offered(page, person.email)
    client.force_login(person)

    client.post(f"/learning/roles/{row.pk}/give-back/")

    assert "Take it on" not in client.get("/learning/roles/").text
    assert client.post(f"/learning/roles/{row.pk}/accept/").status_code == 404
    assert not Notification.objects.exists()
    client.force_login(owner_of(page.organiser))
    assert person.email in client.get(people_of(page)).text
    assert (offered(page, person.email), Notification.objects.count()) == (row, 0)


def test_what_one_has_already_is_taken_on_once(client, page):
    person = with_page_role(page, "author")
    row = offered(page, person.email)
    client.force_login(person)

    client.post(f"/learning/roles/{row.pk}/accept/")

    assert PageRole.objects.get().person == person


def test_a_role_is_given_back(client, page):
    person = with_page_role(page, "author")
    client.force_login(person)

    client.post(f"/learning/roles/{PageRole.objects.get().pk}/give-back/")

    assert not PageRole.objects.exists()
    assert not Person.objects.get(pk=person.pk).groups.exists()


def test_the_people_of_a_page_ask_as_often_for_thirty(client, page, owner):
    with_page_role(page, "author")
    offered(page)
    few = queries_of(client, people_of(page))

    for number in range(14):
        with_page_role(page, "reviewer")
        offered(page, f"p{number}@example.org")

    assert queries_of(client, people_of(page)) == few


# --- what becomes of it -----------------------------------------------------------------------------------------------


def test_a_role_goes_with_the_last_language_of_its_page(page):
    with_page_role(page, "author")
    lithuanian = translated(page)
    page.delete()
    follow_page_roles()
    assert PageRole.objects.exists()

    lithuanian.delete()
    follow_page_roles()

    assert not PageRole.objects.exists()


def test_one_account_of_two_has_a_role_once(page):
    kept, other = with_page_role(page, "author"), with_page_role(page, "author")
    with_page_role(page, "reviewer", other)

    for model, rule in merge_rules():
        if model is PageRole:
            rule(model, kept, other)

    assert set(PageRole.objects.values_list("person", "role")) == {(kept.pk, "author"), (kept.pk, "reviewer")}


def test_who_is_erased_has_no_role_and_gave_it_without_a_name(page, django_capture_on_commit_callbacks):
    person, other = with_page_role(page, "author"), with_page_role(page, "reviewer")
    PageRole.objects.filter(person=other).update(given_by=person)
    offered(page, person.email, "reviewer")

    erased(person, django_capture_on_commit_callbacks)

    assert list(PageRole.objects.values_list("person", "given_by")) == [(other.pk, None)]


@pytest.mark.parametrize("facts", [{}, {"email": NOBODY, "person": True}])
def test_a_role_is_offered_or_held(page, facts):
    if facts.get("person"):
        facts = facts | {"person": PersonFactory()}
    with pytest.raises(IntegrityError), transaction.atomic():
        PageRole.objects.create(organiser=page.organiser, page_key=page.translation_key, role="author", **facts)
