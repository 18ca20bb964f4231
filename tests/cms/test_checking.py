"""The page that explains to employers and schools how a badge is checked."""

import html

import pytest

from badges.models import Assertion
from badges.openbadges import State
from badges.verdicts import answer, words_of_replaced

pytestmark = pytest.mark.django_db
PAGE = "/en/badges/how-to-check/"


def test_it_explains_every_answer_that_a_badge_gets(client):
    page = html.unescape(client.get(PAGE).text)

    titles = [answer(state, Assertion())[1] for state in State] + [words_of_replaced()[1]]
    assert [title for title in titles if title.removesuffix(".") not in page] == []


def test_it_says_what_a_private_link_and_a_page_without_a_name_mean(client):
    private = client.get("/assertions/00000000-0000-4000-8000-000000000000").text
    page = client.get(PAGE).text

    assert "No published badge is at this address" in private
    assert "No published badge is at this address" in page
    assert "The page of a badge names whom it was given to" not in page
    assert "with their name" in page
