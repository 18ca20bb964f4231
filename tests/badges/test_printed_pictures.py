"""Pictures in PDF files are told to those who do not see them."""

import pytest

from badges import booklets, cards
from badges.certificates import certificate_pdf
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_assertion
from tests.factories.codes import code_series
from tests.factories.collections import collected, collection, imported

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not cards.may_print(), reason="Pango is not installed"),
]


@pytest.fixture
def person():
    return PersonFactory(email="jonas@example.org")


def test_pictures_of_collections_have_words(person, caplog):
    badges = [*collected(person), imported(person)]
    made = collection(person, badges, "link")
    items = list(made.items.with_badges())

    booklets.collection_pdf(made, items)
    booklets.own_collection_pdf(made, items)

    assert "alt description" not in caplog.text


@pytest.mark.parametrize("facts", [{"number": 2}, {"number": 1, "uses": 20}])
def test_pictures_of_code_cards_have_words(caplog, facts):
    made = code_series(**facts)

    cards.cards_pdf(made, list(made.codes.all()))

    assert "alt description" not in caplog.text


def test_pictures_of_a_certificate_have_words(caplog):
    certificate_pdf(published_assertion(), name="Jonas Petraitis")

    assert "alt description" not in caplog.text
