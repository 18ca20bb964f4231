"""Collecting with a claim code: the code, the address, the badge; no account is needed."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core import mail

from badges.actions.codes import ask_with_code
from badges.claims import CODE_AGE, claim_link
from badges.models import Assertion, AwardRow, CodeUse
from badges.schedule import forget_unproven_addresses
from portal import clock
from portal.notifications.models import OutgoingMail
from portal.notifications.schedule import send_due_mail
from tests.badges.pages import confirm_path, said
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, issuer_of, published_badge
from tests.factories.codes import WANTED, claim_code, proven_use

pytestmark = pytest.mark.django_db


def test_somebody_without_an_account_collects_after_proving_an_address(client):
    code = claim_code(uses=30)

    client.post(code.get_absolute_url(), WANTED)
    send_due_mail()
    link = next(line for line in mail.outbox[0].body.splitlines() if "/c/confirm/" in line)
    link = link[link.index("/c/confirm/") :]
    assert CodeUse.objects.get().is_unproven
    client.post(link, {"name": "Vaiva Šaltenytė"})
    assert "is being made" in said(client.get(link))
    carry_out()

    badge = Assertion.objects.get()
    assert (badge.email, badge.name, badge.batch.source) == ("vaiva@example.org", "Vaiva Šaltenytė", "code")
    assert claim_link(badge) in said(client.get(link))


def test_who_proved_an_address_gets_the_badge_itself_without_an_account(client):
    use = proven_use(claim_code())
    carry_out()

    page = said(client.get(confirm_path(use)))

    badge = Assertion.objects.get()
    address = f"/assertions/{badge.key}.png?download"
    assert f'href="{address}"' in page
    assert client.get(address).status_code == 200
    assert f'href="/assertions/{badge.key}/credential.json" download' in page
    assert "What an account adds" in page


def test_the_form_for_an_account_knows_name_and_address_and_its_address_does_not(client):
    use = proven_use(claim_code())
    carry_out()
    shown = confirm_path(use)
    path = f"{shown}/account"
    assert f'action="{path}"' in said(client.get(shown))

    answer = client.post(path)
    form = client.get(answer["Location"]).context["form"]

    assert (form["name"].value(), form["email"].value()) == ("Vaiva Šaltenytė", "vaiva@example.org")
    assert answer["Location"] == "/accounts/signup/?" + urlencode(
        {"next": claim_link(Assertion.objects.get()).removeprefix(settings.BASE_URL)}
    )


def test_nobody_is_led_to_an_account_before_there_is_a_badge(client):
    use = ask_with_code(claim_code(), email="vaiva@example.org", name="Vaiva")

    answers = [client.post(f"{path}/account") for path in [confirm_path(use), "/c/confirm/forged"]]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "newcomer" not in client.session


def test_the_badge_of_somebody_under_age_is_opened_by_signing_in_alone(client):
    PersonFactory(email="vaiva@example.org", is_of_age=False)
    use = proven_use(claim_code())
    carry_out()

    page = said(client.get(confirm_path(use)))

    assert claim_link(Assertion.objects.get()) in page
    assert "/assertions/" not in page


def test_the_pages_about_codes_say_what_needs_an_account(client):
    code = claim_code()
    client.force_login(issuer_of(code.series.badge_class.organiser))
    made = said(
        client.get(f"/workspace/{code.series.badge_class.organiser.slug}/badges/{code.series.badge_class.key}/codes/")
    )
    client.logout()

    assert "An account keeps it with your others" in said(client.get(code.get_absolute_url()))
    assert "an account keeps it and puts the name on its page" in made


def test_the_badge_is_out_at_once_and_announced_by_mail():
    proven_use(claim_code())
    carry_out()
    send_due_mail()

    assert Assertion.objects.get().batch.is_out
    assert [message.to for message in mail.outbox if "waiting for you" in message.subject] == [["vaiva@example.org"]]


def test_looking_at_the_link_proves_nothing(client):
    use = ask_with_code(claim_code(), email="vaiva@example.org", name="Vaiva")

    for _look in range(3):
        client.get(confirm_path(use))
        client.head(confirm_path(use))

    use.refresh_from_db()
    assert use.is_unproven
    assert use.code.used == 0


def test_a_use_counts_when_its_address_is_proved():
    code = claim_code(uses=2)
    use = ask_with_code(code, email="vaiva@example.org", name="Vaiva")
    code.refresh_from_db()
    assert code.used == 0

    proven_use(code)

    code.refresh_from_db()
    assert code.used == 1
    assert CodeUse.objects.get(pk=use.pk).is_awarded


def test_proving_twice_awards_once(client):
    use = ask_with_code(claim_code(uses=5), email="vaiva@example.org", name="Vaiva")

    for _time in range(2):
        assert client.post(confirm_path(use), {"name": "Vaiva"}).status_code == 302
    carry_out()

    use.code.refresh_from_db()
    assert use.code.used == 1
    assert AwardRow.objects.count() == 1


def test_the_name_on_the_badge_is_the_one_that_the_owner_of_the_address_confirms(client):
    use = ask_with_code(claim_code(), email="vaiva@example.org", name="Somebody's joke")

    client.post(confirm_path(use), {"name": "Vaiva Šaltenytė"})
    carry_out()

    assert Assertion.objects.get().name == "Vaiva Šaltenytė"


def test_asking_with_another_code_of_the_series_is_the_same_use():
    first = claim_code(number=2)
    second = first.series.codes.last()
    ask_with_code(first, email="vaiva@example.org", name="Vaiva")

    proven_use(second)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.used, second.used) == (0, 1)
    assert CodeUse.objects.count() == 1


def test_a_signed_in_person_collects_with_one_click(client):
    person = PersonFactory(email="vaiva@example.org", name="Vaiva Šaltenytė")
    code = claim_code()
    client.force_login(person)

    answer = client.post(code.get_absolute_url(), follow=True)
    carry_out()

    assert "is being made" in said(answer)
    badge = Assertion.objects.get()
    assert (badge.email, badge.name, badge.row.person) == ("vaiva@example.org", "Vaiva Šaltenytė", person)
    assert not OutgoingMail.objects.filter(event="badges/code_confirm").exists()


def test_a_forwarded_link_gives_the_badge_to_the_address_it_was_sent_to(client):
    use = ask_with_code(claim_code(), email="vaiva@example.org", name="Vaiva")
    stranger = PersonFactory(email="somebody.else@example.org")
    client.force_login(stranger)

    page = said(client.get(confirm_path(use)))
    client.post(confirm_path(use), {"name": "Vaiva"})
    carry_out()

    assert "vaiva@example.org" not in page
    badge = Assertion.objects.get()
    assert (badge.email, badge.row.person) == ("vaiva@example.org", None)
    assert client.post(f"/backpack/{badge.key}/collect/").status_code == 404


def test_the_answer_does_not_tell_whether_an_address_has_an_account(client):
    PersonFactory(email="known@example.org")
    code = claim_code(uses=9)

    answers = [
        client.post(code.get_absolute_url(), {"name": "A", "email": email})
        for email in ("known@example.org", "new@example.org")
    ]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/c/sent/")}


def test_asking_again_after_the_award_leads_to_the_badge(client):
    code = claim_code(uses=9)
    use = proven_use(code)
    carry_out()

    again = ask_with_code(code, email="vaiva@example.org", name="Vaiva")

    assert again == use
    assert claim_link(Assertion.objects.get()) in said(client.get(confirm_path(again)))


def test_who_holds_the_badge_already_is_led_to_it(client):
    badge = published_badge()
    held = assertion(badge, email="vaiva@example.org")

    use = proven_use(claim_code(badge))
    carry_out()

    assert AwardRow.objects.get(batch=use.batch).refusal == "held already"
    assert claim_link(held) in said(client.get(confirm_path(use)))


def test_a_link_works_for_48_hours(client):
    use = ask_with_code(claim_code(), email="vaiva@example.org", name="Vaiva")
    path = confirm_path(use)

    with clock.moved_to(CODE_AGE - timedelta(minutes=1)):
        assert client.get(path).status_code == 200
    with clock.moved_to(CODE_AGE + timedelta(minutes=1)):
        answer = client.post(path, {"name": "Vaiva"})

    assert answer.status_code == 404
    assert "This link is over" in said(answer)


def test_a_link_ends_with_its_nonce(client):
    use = ask_with_code(claim_code(), email="vaiva@example.org", name="Vaiva")
    path = confirm_path(use)
    CodeUse.objects.update(nonce="another")

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("token", ["x", "WzEsIjEiXQ:1x:y", "%00", "a" * 3000])
def test_a_made_up_link_gets_a_friendly_404(client, token):
    answer = client.get(f"/c/confirm/{token}")

    assert answer.status_code == 404
    assert "This link is over" in said(answer)


def test_addresses_that_nobody_proved_are_forgotten():
    code = claim_code(uses=9)
    proven_use(code, email="proved@example.org")
    ask_with_code(code, email="never@example.org", name="Never")

    with clock.moved_to(CODE_AGE + timedelta(minutes=1)):
        forget_unproven_addresses()

    assert list(CodeUse.objects.values_list("email", flat=True)) == ["proved@example.org"]
