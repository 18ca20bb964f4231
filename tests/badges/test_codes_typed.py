"""Typing a claim code: forgiving of letters, silent about what exists, patient only for a while."""

import pytest

from badges.models.code import ALPHABET, new_code
from portal.notifications.models import OutgoingMail
from tests.factories.accounts import PersonFactory
from tests.factories.codes import claim_code

pytestmark = pytest.mark.django_db


def test_a_code_has_ten_letters_that_cannot_be_mistaken():
    code = new_code()

    assert len(code) == 10
    assert set(code) <= set(ALPHABET)
    assert not set(ALPHABET) & set("01AEIOLU")


def test_small_letters_spaces_and_hyphens_do_not_matter(client):
    code = claim_code()
    typed = f" {str(code).lower().replace('-', ' ')} "

    answer = client.post("/c/", {"code": typed})

    assert answer["Location"] == f"/c/{code}"
    assert client.get(f"/c/{code.code.lower()}").status_code == 200


@pytest.mark.parametrize("page", ["/en/", "/en/organisers/", "/backpack/"])
def test_the_place_to_type_a_code_is_found_on_the_way(client, page):
    client.force_login(PersonFactory())

    main, _foot, colophon = client.get(page).content.decode().partition("<footer")

    assert 'href="/c/"' in colophon
    assert ('href="/c/"' in main) is (page != "/en/organisers/")


def test_unknown_codes_get_one_friendly_answer(client):
    typed = client.post("/c/", {"code": "XXXXX-XXXXX"})
    scanned = client.get("/c/XXXXX-XXXXX")

    assert (typed.status_code, scanned.status_code) == (404, 404)
    for answer in (typed, scanned):
        assert "We do not know this code" in answer.content.decode()


def test_who_guesses_is_stopped_and_learns_nothing_from_a_right_guess(client):
    code = claim_code()
    for _guess in range(60):
        client.get(f"/c/{new_code()}")

    assert client.get(f"/c/{new_code()}").status_code == 429
    assert client.get(code.get_absolute_url()).status_code == 429
    assert client.post("/c/", {"code": str(code)}).status_code == 429


def test_right_codes_are_not_counted_as_guesses(client):
    code = claim_code()
    for _look in range(70):
        client.get(code.get_absolute_url())

    assert client.get(code.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("typed", ["v@example.org", "V+{}@Example.org"])
def test_an_address_is_not_flooded_with_links_whatever_tag_it_bears(client, typed):
    code = claim_code(uses=30)
    wanted = [{"name": "V", "email": typed.format(number)} for number in range(6)]
    answers = [client.post(code.get_absolute_url(), facts) for facts in wanted]

    assert [answer.status_code for answer in answers] == [302] * 4 + [429] * 2
    assert OutgoingMail.objects.filter(event="badges/code_confirm").count() == 4
