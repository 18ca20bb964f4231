"""Pages of learning are read in the order of their source: the text, the task, and last who offers it."""

import pytest
from wagtail.rich_text import RichText

from tests.factories.accounts import PersonFactory
from tests.factories.pathways import activity, playlist, quiz_activity

pytestmark = pytest.mark.django_db


def places(client, page, *marks) -> list[int]:
    """Return where each mark stands in the source of a page."""
    text = client.get(page.url).content.decode()
    return [text.index(mark) for mark in marks]


def test_an_activity_is_read_before_it_is_done(client):
    page = quiz_activity(body=[("text", RichText("<p>Squeeze both levers.</p>"))])
    client.force_login(PersonFactory())

    order = places(client, page, "Squeeze both levers.", "Go to the quiz", 'id="quiz"', "split-narrow")

    assert order == sorted(order)


def test_a_playlist_is_read_before_it_is_joined(client):
    page = playlist(activity(), body=[("text", RichText("<p>Six short rides.</p>"))])
    client.force_login(PersonFactory())

    order = places(client, page, "Six short rides.", "Join this playlist", "The route", "split-narrow")

    assert order == sorted(order)


def test_who_offers_it_stands_beside_the_text_or_at_the_end(client):
    page = activity()

    text = client.get(page.url).content.decode()

    assert text.count("split-wide") == text.count("split-narrow") == 1
    assert text.count("Offered by") == 2
