"""Who waits for a guardian has one page, and is nobody to everything else."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from portal import clock
from portal.accounts.models import Guardian, Person
from portal.audit.models import AuditEvent
from portal.notifications.models import Notification
from portal.schedule import drain
from tests.accounts.children import AGREES, CHILD, GUARDIAN, child_who_waits, guardian_path, letters_to
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.portal.test_access import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def child():
    return PersonFactory(email=CHILD, is_of_age=False, awaits_guardian=True)


@pytest.fixture
def waits(client, child):
    """Let a child wait for somebody who was asked an hour and a half ago."""
    moment = clock.now() - timedelta(minutes=90)
    facts = {"asked_at": moment, "written_at": moment, "letters": 1}
    guardian = Guardian.objects.create(child=child, email=GUARDIAN, **facts)
    client.force_login(child)
    return guardian


def test_signing_in_leads_to_the_one_page(client, waits):
    client.logout()

    answer = client.post("/accounts/login/", {"login": CHILD, "password": PASSWORD}, follow=True)

    assert answer.redirect_chain[-1][0].startswith("/waiting/")
    assert "r…@example.org" in answer.text
    assert GUARDIAN not in answer.text


def test_sign_in_leads_to_the_one_page_whatever_page_came_before(client, waits):
    client.logout()

    answer = client.post("/accounts/login/?next=/verify", {"login": CHILD, "password": PASSWORD, "next": "/verify"})

    assert answer["Location"] == "/waiting/"


def test_every_page_that_is_not_public_leads_to_it(client, waits):
    guarded = [
        f"/{address}"
        for address, view in addresses()
        if getattr(view, "access_rule", "foreign") != "public" and not set("<(^$[") & set(address)
    ]
    own = {"/waiting/", "/waiting/write/", "/waiting/delete/", "/accounts/logout/"}
    public = {"/cms/login/", "/cms/users/", "/cms/users/new/", "/cms/users/results/"}  # they only send on

    for method in ("get", "post"):
        paths = {path for path in guarded if "_util" not in path} - own - public
        answers = {path: getattr(client, method)(path) for path in paths}
        assert len(answers) > 20
        places = {path: answer.headers.get("Location", answer.status_code) for path, answer in answers.items()}
        assert {path: place for path, place in places.items() if not str(place).startswith("/waiting/")} == {}


@pytest.mark.parametrize(
    "path", ["/backpack/add/", "/settings/", "/workspace/new/", "/inbox/read/", "/settings/of-age/"]
)
def test_acts_of_a_child_who_waits_are_none(client, waits, path):
    before = AuditEvent.objects.count()

    answer = client.post(path, {"name": "Changed", "country": "LT"})

    assert answer["Location"].startswith("/waiting/")
    assert AuditEvent.objects.count() == before
    assert Person.objects.get(email=CHILD).name != "Changed"


def test_public_pages_take_the_child_for_nobody(client, waits):
    answer = client.get("/terms/")

    assert answer.status_code == 200
    assert answer.wsgi_request.user.is_anonymous


def test_page_is_for_those_who_wait_alone(client):
    client.force_login(PersonFactory())

    for path in ("/waiting/", "/waiting/delete/"):
        assert client.get(path).status_code == 403
    assert client.post("/waiting/write/").status_code == 403


def test_child_lets_us_write_again_but_not_at_once_and_not_for_ever(client, waits):
    for hours in range(8):
        with clock.moved_to(timedelta(hours=hours * 1.1)):
            client.post("/waiting/write/")
            client.post("/waiting/write/")
            drain()

    assert len(letters_to(GUARDIAN)) == 4
    assert Guardian.objects.get().letters == 5


def test_child_corrects_the_address_and_the_old_link_is_dead(client):
    child, browser = child_who_waits(guardian="typo@example.org")
    old = guardian_path("typo@example.org")

    browser.post("/waiting/", {"guardian": "Right@Example.org"})
    drain()

    assert client.post(old, AGREES).status_code == 410
    assert client.post(guardian_path("right@example.org"), AGREES)["Location"] == "/guardian/answered/agreed/"
    child.refresh_from_db()
    assert child.awaits_guardian is False


@pytest.mark.parametrize("address", ["", "ona@example.org", "ona+x@example.org", "second+x@example.org", "nothing"])
def test_own_address_is_refused_as_correction(client, waits, address):
    EmailAddress.objects.create(user=waits.child, email="second@example.org", verified=True)

    answer = client.post("/waiting/", {"guardian": address})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["guardian"]
    assert Guardian.objects.get().email == GUARDIAN


def test_addresses_are_not_tried_out_without_end(client, waits):
    answers = [client.post("/waiting/", {"guardian": f"g{n}@example.org"}).status_code for n in range(7)]

    assert answers == [302] * 4 + [422] * 3
    assert Guardian.objects.get().email == "g3@example.org"


def test_child_without_a_guardian_names_one(client, child):
    client.force_login(child)
    assert "Tell us whom we may ask" in client.get("/waiting/").text

    client.post("/waiting/", {"guardian": GUARDIAN})
    drain()

    assert letters_to(GUARDIAN) == [f"{child.name} asks for your agreement"]


def test_child_deletes_the_account(client, waits):
    assert client.get("/waiting/delete/").status_code == 200

    client.post("/waiting/delete/")

    assert Guardian.objects.count() == 0
    waits.child.refresh_from_db()
    assert waits.child.erased_at is not None
    assert client.get("/waiting/")["Location"].startswith("/accounts/login/")


def test_child_signs_out(client, waits):
    client.post("/accounts/logout/")

    assert client.get("/waiting/")["Location"].startswith("/accounts/login/")


def test_nobody_is_told_of_a_child_who_waits(child):
    assert child not in Person.objects.active()
    assert not Notification.objects.filter(person=child).exists()


def test_children_wait_and_nobody_else(child):
    child.is_of_age = True

    with pytest.raises(Exception, match="young_ones_wait"):
        child.save()
