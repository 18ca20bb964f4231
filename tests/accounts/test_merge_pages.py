"""Making one account of two on the pages: both are proved in one sitting, and nothing happens before one says yes."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from badges.models import Assertion, Portfolio
from organisers.models import Membership
from portal import clock
from portal.accounts.merging import merge_accounts
from portal.accounts.models import Person
from portal.schedule import drain
from portal.workflow import StepRefused
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.factories.badges import published_assertion
from tests.factories.organisers import MembershipFactory

BEGIN, STEP, CONFIRM = "/settings/merge/", "/settings/merge/second-step/", "/settings/merge/confirm/"


@pytest.fixture
def ona(client):
    """A person who signed in just now."""
    person = PersonFactory(email="ona@example.org", name="Ona")
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return person


@pytest.fixture
def other():
    return PersonFactory(email="ona@work.example", name="Ona K.")


def prove(client, email="ona@work.example", password=PASSWORD):
    return client.post(BEGIN, {"email": email, "password": password})


def with_codes(person) -> str:
    """Protect an account by a second step, and return a code that works now."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06}"


def words(response):
    return " ".join(response.content.decode().split())


@pytest.mark.django_db
def test_the_page_says_what_will_be_together_and_yes_makes_one_of_two(client, ona, other):
    badge = published_assertion(email=other.email)
    organiser = MembershipFactory(person=other, role="author").organiser

    assert prove(client)["Location"] == CONFIRM
    shown = words(client.get(CONFIRM))
    assert "<li>1 badge</li>" in shown
    assert f"<li>{organiser.name}: Author</li>" in shown
    assert "This cannot be undone." in shown
    assert Person.objects.filter(merged_into=None, pk=other.pk).exists()
    done = client.post(CONFIRM, follow=True)

    assert "The two accounts are one now." in words(done)
    assert list(Assertion.objects.for_person(ona)) == [badge]
    assert Membership.objects.get(organiser=organiser, role="author").person == ona
    assert "ona@work.example" in words(done)
    assert client.get(CONFIRM)["Location"] == BEGIN


@pytest.mark.django_db
def test_the_page_names_badges_that_both_hold_and_the_list_tells_them_apart(client, ona, other):
    badge = published_assertion(email=other.email)
    prove(client)
    before = words(client.get(CONFIRM))
    published_assertion(badge.badge_class, email=ona.email)

    shown = words(client.get(CONFIRM))
    client.post(CONFIRM)

    assert "Both accounts hold these badges." not in before
    assert "<li>Brake Check</li>" in shown.split("Both accounts hold these badges.")[1]
    for look in ("grid", "list"):
        listed = client.get(f"/backpack/?look={look}").text.split("<main")[1]
        assert [listed.count(address) for address in (ona.email, other.email)] == [1, 1]


@pytest.mark.django_db
@pytest.mark.parametrize(("headline", "is_said"), [("Rides a lot.", True), ("", False)])
def test_the_page_shows_which_words_of_a_portfolio_are_lost(client, ona, other, headline, is_said):
    Portfolio.objects.create(person=ona, headline=headline)
    Portfolio.objects.create(person=other, headline="Mends bicycles.", about="<b>For years.</b>")
    prove(client)

    page = words(client.get(CONFIRM))
    client.post(CONFIRM)

    assert ("Mends bicycles." in page, "&lt;b&gt;For years." in page) == (is_said, is_said)
    assert (Portfolio.objects.get().headline == "Mends bicycles.") is not is_said


def test_the_other_address_signs_in_to_the_account_that_was_kept(client, ona, other):
    other.set_password("another long password")
    other.save()
    prove(client, password="another long password")
    client.post(CONFIRM)

    again, old = Client(), Client()
    again.post("/accounts/login/", {"login": "ona@work.example", "password": PASSWORD})
    old.post("/accounts/login/", {"login": "ona@work.example", "password": "another long password"})

    assert again.session["_auth_user_id"] == str(ona.pk)
    assert "_auth_user_id" not in old.session


@pytest.mark.django_db
def test_wrong_password_and_unknown_address_get_one_answer_and_what_was_typed_stays(client, ona, other):
    wrong, unknown = prove(client, password="not the one"), prove(client, email="nobody@example.org")

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert wrong.context["form"]["email"].value() == "ona@work.example"
    assert client.get(CONFIRM)["Location"] == BEGIN


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [{}, {"email": "no address", "password": "x"}, {"email": "a@b.example\0"}])
def test_nonsense_is_refused_beside_its_field(client, ona, typed):
    answer = client.post(BEGIN, typed)

    assert answer.status_code == 422
    assert answer.context["form"].errors


@pytest.mark.django_db
def test_guessing_the_other_password_stops(client, ona, other):
    for _ in range(5):
        prove(client, password="not the one")

    assert prove(client).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"is_of_age": False}, "under age"),
        ({"roles": ["network_admin"]}, "acts for the network"),
        ({"proved": False}, "Prove an address"),
    ],
)
def test_what_speaks_against_it_is_said_once_the_other_account_is_proved(client, ona, facts, said):
    PersonFactory(email="other@example.org", **facts)

    answer = prove(client, "other@example.org")

    assert answer.status_code == 422
    assert said in words(answer)
    assert client.post(CONFIRM)["Location"] == BEGIN


@pytest.mark.django_db
def test_an_account_is_not_merged_with_itself(client, ona):
    assert "with which you are signed in" in words(prove(client, "ona@example.org"))


@pytest.mark.django_db
def test_a_closed_account_is_not_found(client, ona):
    PersonFactory(email="gone@example.org", is_active=False)

    assert "not correct" in words(prove(client, "gone@example.org"))


@pytest.mark.django_db
def test_the_second_step_of_the_other_account_is_asked_for(client, ona, other):
    code = with_codes(other)

    assert prove(client)["Location"] == STEP
    assert client.post(CONFIRM)["Location"] == BEGIN
    assert client.post(STEP, {"code": "000000"}).status_code == 422
    assert Person.objects.standing().count() == 2
    assert client.post(STEP, {"code": code})["Location"] == CONFIRM
    client.post(CONFIRM)

    assert Person.objects.get(pk=other.pk).merged_into == ona
    assert not Authenticator.objects.exists()


@pytest.mark.django_db
def test_an_account_with_passkeys_alone_needs_recovery_codes(client, ona, other):
    Authenticator.objects.create(user=other, type=Authenticator.Type.WEBAUTHN, data={})

    prove(client)

    assert "make recovery codes there" in words(client.get(STEP))
    assert client.post(STEP, {"code": "123456"}).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize("path", [BEGIN, STEP, CONFIRM])
def test_a_session_of_yesterday_is_asked_who_it_is(ona, other, path):
    stolen = Client()
    stolen.force_login(ona)

    assert stolen.get(path)["Location"].startswith("/accounts/reauthenticate/")
    assert stolen.post(path, {"email": other.email, "password": PASSWORD})["Location"].startswith(
        "/accounts/reauthenticate/"
    )
    assert Person.objects.standing().count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("path", [BEGIN, STEP, CONFIRM])
def test_strangers_are_sent_to_sign_in(client, path):
    assert client.get(path)["Location"].startswith("/accounts/login/")


@pytest.mark.django_db
def test_a_proof_lasts_for_minutes_and_ends_with_the_password(client, ona, other):
    prove(client)
    with clock.moved_to(timedelta(minutes=11)):
        assert client.post(CONFIRM)["Location"] == BEGIN

    other.set_password("another long password")
    other.save()
    assert client.post(CONFIRM)["Location"] == BEGIN
    assert Person.objects.standing().count() == 2


@pytest.mark.django_db
def test_a_proof_is_of_no_use_to_whoever_signs_in_next_in_the_same_browser(client, ona, other):
    prove(client)
    third = PersonFactory(email="third@example.org")

    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": third.email, "password": PASSWORD})

    assert client.post(CONFIRM)["Location"] == BEGIN


@pytest.mark.django_db
def test_whoever_proves_an_address_of_another_account_is_offered_to_merge(client, ona, other):
    client.post("/accounts/email/", {"action_add": "", "email": other.email})
    drain()
    sent = next(message for message in mail.outbox if "confirm-email" in message.body)
    link = re.search(r"http://localhost:\d+(\S+confirm-email\S+)", sent.body)[1]

    assert "/settings/merge/?email=ona%40work.example" in words(client.get(link)).replace("@", "%40")
    assert "Merge" not in words(Client().get(link))
    assert 'value="ona@work.example"' in words(client.get(f"{BEGIN}?email=ona@work.example"))


@pytest.mark.django_db
def test_the_page_of_addresses_does_not_tell_whether_one_belongs_to_somebody(client, ona, other):
    client.get("/accounts/email/")  # says that one is signed in
    pages = []
    for address in ("ona@work.example", "ona@zoo.example"):
        client.post("/accounts/email/", {"action_add": "", "email": address})
        page = words(client.get("/accounts/email/"))
        pages.append(re.sub(r"<[^>]*>", " ", page).replace(address, "X"))
        EmailAddress.objects.filter(user=ona, email=address).delete()
        cache.clear()

    assert pages[0] == pages[1]


def race(*works):
    """Do several things at once, and return how each ended."""
    start, ends = Barrier(len(works)), []

    def run(work):
        start.wait()
        try:
            work()
            ends.append("done")
        except StepRefused:
            ends.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


@pytest.mark.parametrize("swapped", [False, True], ids=["two windows", "each into the other"])
def test_two_windows_merge_once(committing_db, swapped):
    kept, other = PersonFactory.create_batch(2)
    published_assertion(email=other.email)
    second = (other, kept) if swapped else (kept, other)

    ends = race(lambda: merge_accounts(kept, other, by=kept), lambda: merge_accounts(*second, by=second[0]))

    assert ends == ["done", "refused"]
    stays = Person.objects.standing().get(pk__in=[kept.pk, other.pk])
    assert Assertion.objects.for_person(stays).count() == 1
    assert len(stays.verified_addresses()) == 2


@pytest.mark.django_db
def test_a_second_step_that_the_other_account_got_since_is_asked_for(client, ona, other):
    assert prove(client)["Location"] == CONFIRM
    with_codes(other)

    assert client.get(CONFIRM)["Location"] == BEGIN
    assert client.post(CONFIRM)["Location"] == BEGIN
    assert Person.objects.filter(merged_into=None, pk=other.pk).exists()
