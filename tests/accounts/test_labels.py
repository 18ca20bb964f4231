"""The same words for the same thing on every form about an account."""

import pytest

from tests.factories.accounts import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "field"),
    [("/accounts/login/", "login"), ("/accounts/signup/", "email"), ("/accounts/password/reset/", "email")],
)
def test_an_address_is_called_e_mail(client, path, field):
    fields = client.get(path).context["form"].fields

    assert fields[field].label == "E-mail"
    assert "placeholder" not in fields[field].widget.attrs


def test_one_more_address_is_called_e_mail(client):
    client.post("/accounts/login/", {"login": PersonFactory().email, "password": PASSWORD})

    assert client.get("/accounts/email/").context["form"].fields["email"].label == "E-mail"


def test_sign_in_offers_to_stay_signed_in(client):
    text = client.get("/accounts/login/").content.decode()

    assert "Stay signed in" in text
    assert "Remember Me" not in text


def test_the_name_of_somebody_else_stands_on_their_badges(client):
    client.force_login(PersonFactory(roles=["network_admin"]))

    text = client.get(f"/network/people/{PersonFactory().pk}/").content.decode()

    assert "As it should stand on their badges." in text
    assert "on your badges" not in text
