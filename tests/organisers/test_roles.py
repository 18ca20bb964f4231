"""Who may do what for an organiser."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail

from organisers import permissions
from organisers.actions import set_roles
from organisers.models import Organiser
from portal.notifications.models import OutgoingMail
from portal.notifications.schedule import send_due_mail
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory

pytestmark = pytest.mark.django_db

# "above": a person with this role in what the organiser is part of; "below": the owner of a unit inside it
#               owner  issuer author reviewer other  admin  anonymous owner above, issuer above, owner below
TABLE = {
    "may_see": (True, True, True, True, True, True, True, True, True, True),
    "may_enter": (True, True, True, True, False, False, False, True, False, False),
    "may_manage": (True, False, False, False, False, False, False, True, False, False),
    "may_issue": (True, True, False, False, False, False, False, True, False, False),
    "may_author": (True, False, True, False, False, False, False, True, False, False),
    "may_review": (True, False, False, True, False, False, False, True, False, False),
    "may_invite": (True, False, False, False, False, False, False, True, False, False),
    "may_ask_to_join": (False, False, False, False, True, True, False, False, True, True),
    "may_add_unit": (True, False, False, False, False, False, False, True, False, False),
    "may_move": (False, False, False, False, False, False, False, True, False, False),
}
ALONE = {
    "may_create": (True, True, True, True, True, True, False, True, True, True),
    "may_hand_over": (False, False, False, False, False, True, False, False, False, False),
}


@pytest.fixture
def cast():
    """Return an organiser and the ten kinds of people, in the order of the table."""
    owner, issuer, author, reviewer, owner_above, issuer_above, owner_below = PersonFactory.create_batch(7)
    school = OrganiserFactory(owner=owner_above, issuer=issuer_above)
    organiser = OrganiserFactory(parent=school, owner=owner, issuer=issuer, author=author, reviewer=reviewer)
    OrganiserFactory(parent=organiser, owner=owner_below)
    stranger = OrganiserFactory().memberships.get().person
    return organiser, [
        owner,
        issuer,
        author,
        reviewer,
        stranger,
        PersonFactory(roles=["network_admin"]),
        AnonymousUser(),
        owner_above,
        issuer_above,
        owner_below,
    ]


@pytest.mark.parametrize("name", TABLE)
def test_predicate_about_an_organiser(cast, name):
    organiser, people = cast

    assert tuple(getattr(permissions, name)(organiser, person) for person in people) == TABLE[name]


@pytest.mark.parametrize("name", ALONE)
def test_predicate_about_a_person(cast, name):
    _, people = cast

    assert tuple(getattr(permissions, name)(person) for person in people) == ALONE[name]


@pytest.mark.parametrize("standing", Organiser.Standing.values)
def test_lists_agree_with_the_predicates_in_every_standing(cast, standing):
    organiser, people = cast
    Organiser.objects.filter(pk=organiser.pk).update(standing=standing, verified_until="2999-01-01")
    organiser.refresh_from_db()

    for person in people:
        seen = Organiser.objects.visible_to(person).filter(pk=organiser.pk).exists()
        assert seen == permissions.may_see(organiser, person)
        if person.is_authenticated:
            held = Organiser.objects.held_by(person).filter(pk=organiser.pk).exists()
            assert held == permissions.may_enter(organiser, person)
            owned = Organiser.objects.held_by(person, "owner").filter(pk=organiser.pk).exists()
            assert owned == permissions.may_manage(organiser, person)


PAGES = {
    #                         owner issuer author reviewer other admin anonymous, owner above, issuer above, owner below
    "/organisers/{slug}/": (200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "/workspace/{slug}/": (200, 200, 200, 200, 404, 404, 302, 200, 404, 404),
    "/workspace/{slug}/people/": (200, 200, 200, 200, 404, 404, 302, 200, 404, 404),
    "/workspace/{slug}/profile/": (200, 403, 403, 403, 404, 404, 302, 200, 404, 404),
    "/workspace/{slug}/people/{member}/": (200, 403, 403, 403, 404, 404, 302, 200, 404, 404),
    "/workspace/{slug}/people/invite/": (200, 403, 403, 403, 404, 404, 302, 200, 404, 404),
    "/organisers/{slug}/join/": (403, 403, 403, 403, 200, 200, 302, 403, 200, 200),
    "/workspace/{slug}/units/": (200, 403, 403, 403, 404, 404, 302, 200, 404, 404),
    "/workspace/{slug}/units/new/": (200, 403, 403, 403, 404, 404, 302, 200, 404, 404),
    "/workspace/{slug}/units/move/": (403, 403, 403, 403, 404, 404, 302, 200, 404, 404),
    "/workspace/": (200, 200, 200, 200, 200, 200, 302, 200, 200, 200),
    "/workspace/new/": (200, 200, 200, 200, 200, 200, 302, 200, 200, 200),
    "/network/organisers/new/": (403, 403, 403, 403, 403, 200, 302, 403, 403, 403),
}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", PAGES)
def test_page_answers_by_role(client, cast, page, method):
    organiser, people = cast
    path = page.format(slug=organiser.slug, member=people[1].pk)
    answers = []

    for person in people:
        client.logout()
        if person.is_authenticated:
            client.force_login(person)
        answers.append(getattr(client, method)(path, {"sent": "1"}).status_code)

    expected = list(PAGES[page])
    if method == "post" and "{member}" in page:
        expected[:2] = [302, 404]  # no role sent: the issuer leaves, and then is not found here
        expected[7] = 404
    if method == "post" and page.endswith("/move/"):
        expected[7] = 302  # no parent sent: it stands by itself
    assert answers == expected


def test_suspended_organiser_is_gone_for_the_world_but_not_for_its_members(client):
    owner = PersonFactory()
    organiser = OrganiserFactory(owner=owner, standing="suspended")

    assert client.get(f"/organisers/{organiser.slug}/").status_code == 404
    client.force_login(owner)
    assert client.get(f"/organisers/{organiser.slug}/").status_code == 200


def test_member_of_another_organiser_is_not_found_here(client):
    owner = PersonFactory()
    organiser = OrganiserFactory(owner=owner)
    stranger = OrganiserFactory().memberships.get().person
    client.force_login(owner)

    assert client.get(f"/workspace/{organiser.slug}/people/{stranger.pk}/").status_code == 404
    assert client.post(f"/workspace/{organiser.slug}/people/{stranger.pk}/", {"roles": ["owner"]}).status_code == 404
    assert not organiser.memberships.filter(person=stranger).exists()


def test_a_person_is_told_which_roles_they_hold_now_and_who_changed_them_in_their_language():
    owner, person = PersonFactory(name="Ona"), PersonFactory(language="lt")
    organiser = OrganiserFactory(owner=owner, words="Bike school")

    set_roles(organiser, person, ["reviewer", "author"], by=owner)
    set_roles(organiser, person, ["author", "reviewer"], by=owner)
    assert OutgoingMail.objects.get().language == "lt"
    OutgoingMail.objects.update(language="en")
    send_due_mail()

    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([person.email], "Your roles in Bike school have changed")
    assert "Ona changed what you may do for Bike school. Your roles there are now: Author, Reviewer." in letter.body


def test_a_person_is_told_that_they_no_longer_belong_and_where_else_their_roles_ended():
    owner, person = PersonFactory(), PersonFactory()
    organiser = OrganiserFactory(owner=owner, words="Bike school", issuer=person)
    unit = OrganiserFactory(parent=organiser, words="Workshop", author=person)

    set_roles(organiser, person, [], by=owner, units=[unit])
    send_due_mail()

    (letter,) = mail.outbox
    assert letter.subject == "You no longer belong to Bike school"
    assert "Your roles in these units ended as well: Workshop." in letter.body


def test_who_changes_their_own_roles_gets_no_mail():
    owner = PersonFactory()
    organiser = OrganiserFactory(owner=owner)

    set_roles(organiser, owner, ["owner", "issuer"], by=owner)

    assert not OutgoingMail.objects.exists()
