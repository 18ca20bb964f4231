"""A parent or guardian is asked before somebody under age has an account, and decides once."""

from datetime import timedelta

import pytest
from django.test import Client

from portal import clock
from portal.accounts.guardians import agree_for_child, refuse_for_child
from portal.accounts.models import Guardian, Person
from portal.audit.models import AuditEvent
from portal.notifications.models import OutgoingMail
from portal.schedule import drain
from portal.workflow import StepRefused
from tests.accounts.children import (
    AGREES,
    CHILD,
    GUARDIAN,
    REFUSES,
    child_who_waits,
    guardian_path,
    letter_to,
    letters_to,
)
from tests.accounts.test_sign_up import ANSWERS
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db

YOUNG = ANSWERS | {"age": "no", "guardian": GUARDIAN}


def shut(person):
    """Say whether an account is closed and erased, and its guardian forgotten."""
    person.refresh_from_db()
    return not person.is_active and person.erased_at and not Guardian.objects.filter(child=person).exists()


def test_guardian_is_asked_when_the_child_has_proved_the_address_and_not_before(client):
    client.post("/accounts/signup/", YOUNG)
    drain()
    assert letters_to(GUARDIAN) == []

    child_who_waits("jonas@example.org", "other@example.org")

    assert letters_to("other@example.org") == ["Ona asks for your agreement"]


def test_guardian_agrees_and_the_child_is_in(client):
    child, browser = child_who_waits()
    path = guardian_path()

    page = client.get(path)
    answer = client.post(path, AGREES)
    drain()

    assert "Ona would like an account" in page.text
    assert "no public pages" in page.text
    assert "Terms of use" in page.text
    assert answer["Location"] == "/guardian/answered/agreed/"
    guardian = Guardian.objects.get()
    assert (guardian.state, guardian.name, guardian.terms_id) == ("agreed", "Rasa Petrauskienė", 1)
    assert guardian.answered_at is not None
    assert browser.get("/settings/").status_code == 200
    assert "You can start now" in letters_to(CHILD)
    child.refresh_from_db()
    assert not child.is_of_age


def test_page_of_the_guardian_is_kept_out_of_caches_and_search_engines(client):
    child_who_waits()

    answer = client.get(guardian_path())

    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == ("no-store", "noindex")


def test_looking_decides_nothing(client):
    child_who_waits()
    path = guardian_path()

    client.get(path)
    client.head(path)

    assert Guardian.objects.get().is_waiting


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [({"name": "Rasa"}, ["answer"]), ({"answer": "yes"}, ["name"]), ({"answer": "perhaps"}, ["answer"])],
)
def test_answer_that_is_none_is_given_back(client, sent, wrong):
    child_who_waits()

    answer = client.post(guardian_path(), sent)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == wrong
    assert Guardian.objects.get().is_waiting


def test_guardian_refuses_and_the_account_is_shut_and_the_guardian_forgotten(client):
    child, browser = child_who_waits()

    client.post(guardian_path(), REFUSES)
    drain()

    assert shut(child)
    assert browser.get("/waiting/").status_code == 302
    assert letters_to(CHILD)[-1] == "Your account is closed"
    assert "did not agree" in letter_to(CHILD).body


def test_guardian_who_agreed_takes_it_back_whenever_they_like(client):
    child, browser = child_who_waits()
    client.post(guardian_path(), AGREES)
    drain()
    path = guardian_path()

    with clock.moved_to(timedelta(days=900)):
        assert "Take back your agreement for Ona?" in client.get(path).text
        assert browser.get("/settings/").status_code in {200, 302}
        client.post(path)
        drain()

    assert shut(child)
    assert "took their agreement back" in letter_to(CHILD).body
    assert browser.get("/settings/")["Location"].startswith("/accounts/login/")
    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410


@pytest.mark.parametrize("token", ["x", "1:2:3", "ImFiYyI:1:x"])
def test_forged_link_opens_nothing(client, token):
    child_who_waits()

    for path in (f"/guardian/{token}/", f"/guardian/withdraw/{token}/"):
        assert client.get(path).status_code == 410
        assert client.post(path, AGREES).status_code == 410
    assert Guardian.objects.get().is_waiting


def test_link_for_one_purpose_is_none_for_the_other(client):
    child_who_waits()
    ask = guardian_path()
    client.post(ask, AGREES)
    drain()
    withdraw = guardian_path()

    assert client.post(ask.replace("/guardian/", "/guardian/withdraw/")).status_code == 410
    assert client.post(withdraw.replace("/withdraw/", "/"), REFUSES).status_code == 410
    assert Guardian.objects.get().state == "agreed"


@pytest.mark.parametrize("second", [AGREES, REFUSES])
def test_link_decides_once(client, second):
    child_who_waits()
    path = guardian_path()
    client.post(path, AGREES)

    assert Client().post(path, second).status_code == 410
    assert Client().get(path).status_code == 410
    assert Guardian.objects.get().state == "agreed"


def test_link_of_one_child_opens_nothing_of_another(client):
    child_who_waits("jonas@example.org", "other@example.org")
    child_who_waits()

    client.post(guardian_path("other@example.org"), AGREES)

    assert dict(Guardian.objects.values_list("child__email", "state")) == {
        "jonas@example.org": "agreed",
        CHILD: "waiting",
    }


def test_link_runs_out_after_14_days(client):
    child_who_waits()
    path = guardian_path()

    with clock.moved_to(timedelta(days=14, minutes=1)):
        assert client.post(path, AGREES).status_code == 410


def test_of_two_answers_at_once_one_counts(client):
    child_who_waits()
    asked = Guardian.objects.get()
    same = Guardian.objects.get()

    agree_for_child(asked, name="Rasa")

    with pytest.raises(StepRefused):
        refuse_for_child(same)
    assert Person.objects.get(email=CHILD).is_active


def test_no_link_lies_in_the_database():
    child_who_waits()

    rows = OutgoingMail.objects.filter(event="accounts/guardian_asked").values()

    assert not any("http" in str(value) for row in rows for value in row.values())


@pytest.mark.parametrize(
    "guardian",
    ["", "ona@example.org", "ONA@Example.org", "ona+mother@example.org", "nothing", "ona+@example.org"],
)
def test_child_cannot_be_its_own_guardian(client, guardian):
    answer = client.post("/accounts/signup/", YOUNG | {"guardian": guardian})

    assert list(answer.context["form"].errors) == ["guardian"]
    assert Person.objects.count() == 0


def test_who_is_old_enough_needs_no_guardian_and_what_they_wrote_is_not_kept(client):
    client.post("/accounts/signup/", ANSWERS | {"guardian": GUARDIAN})

    assert Guardian.objects.count() == 0
    assert Person.objects.get(email=CHILD).awaits_guardian is False


def test_unanswered_question_ends_with_a_word_before_and_after():
    child, _browser = child_who_waits()

    with clock.moved_to(timedelta(days=9, hours=23)):
        drain()
        assert "Your parent or guardian has not answered yet" not in letters_to(CHILD)
    with clock.moved_to(timedelta(days=10, minutes=1)):
        drain()
        drain()
        assert letters_to(CHILD).count("Your parent or guardian has not answered yet") == 1
        assert Person.objects.get(pk=child.pk).is_active
    with clock.moved_to(timedelta(days=14, minutes=1)):
        drain()
        drain()
        assert letters_to(CHILD).count("Your account is closed") == 1
        assert "within 14 days" in letter_to(CHILD).body
        assert shut(child)


def test_address_of_a_guardian_whose_child_proved_nothing_is_forgotten_without_a_letter(client):
    client.post("/accounts/signup/", YOUNG)
    drain()
    child = Person.objects.get(email=CHILD)
    before = len(letters_to(CHILD))

    with clock.moved_to(timedelta(days=14, minutes=1)):
        drain()

    assert shut(child)
    assert letters_to(GUARDIAN) == []
    assert len(letters_to(CHILD)) == before


def test_guardian_who_agreed_is_left_in_peace(client):
    child, _browser = child_who_waits()
    client.post(guardian_path(), AGREES)

    with clock.moved_to(timedelta(days=40)):
        drain()

    child.refresh_from_db()
    assert child.is_active
    assert letters_to(GUARDIAN) == ["Ona asks for your agreement", "You agreed to an account for Ona"]


def test_one_mailbox_is_not_flooded_by_many_children(client):
    for number in range(12):
        child_who_waits(f"child{number}@example.org", f"rasa+{number}@example.org")

    assert OutgoingMail.objects.filter(event="accounts/guardian_asked").count() == 10


def test_every_decision_is_written_down():
    _child, _browser = child_who_waits()

    refuse_for_child(Guardian.objects.get())

    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs >= {"accounts.guardian.name", "accounts.guardian.refuse", "accounts.close_for_good"}
    assert not AuditEvent.objects.filter(facts__icontains=GUARDIAN).exists()


def test_guardian_sees_thanks_that_name_no_child(client):
    child_who_waits()

    for answer in ("agreed", "refused", "withdrawn"):
        page = client.get(f"/guardian/answered/{answer}/")
        assert page.status_code == 200
        assert "Ona" not in page.text
    assert client.get("/guardian/answered/other/").status_code == 404


def test_account_of_before_without_a_guardian_goes_on(client):
    client.force_login(PersonFactory(is_of_age=False))

    assert client.get("/settings/").status_code == 200
