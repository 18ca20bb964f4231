"""Sharing a badge: plain links, pictures in the shapes that networks show, and nothing of people under age."""

import io
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from PIL import Image

from badges.actions import collect_badge, revoke_badge
from badges.actions.showing import hide_badge, publish_badge
from badges.posters import SHAPES, Poster, poster_png
from organisers.models import Organiser
from tests.badges.openbadges import samples
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, issuer_of, published_assertion, published_badge

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_kept_pictures():
    cache.clear()


@pytest.fixture
def holder():
    return PersonFactory(email="jonas@example.org")


def on_show(holder, **words):
    return published_assertion(published_badge(**words), holder.email)


def links_of(client, badge):
    return {link["name"]: link["url"] for link in client.get(f"/backpack/{badge.key}/share/").context["links"]}


def test_every_network_gets_the_address_of_the_page_and_nothing_of_the_holder(client, holder):
    badge = on_show(holder, name="Lamps & Leads")
    client.force_login(holder)

    links = links_of(client, badge)

    for name, url in links.items():
        assert badge.absolute_url.partition("://")[2] in url.replace("%2F", "/").replace("%3A", ":"), name
        assert "jonas" not in url.lower()
    assert parse_qs(urlsplit(links["X"]).query) == {"text": ["Lamps & Leads"], "url": [badge.absolute_url]}
    assert parse_qs(urlsplit(links["Pinterest"]).query)["media"][0].endswith(f"/assertions/{badge.key}/card.png")


def test_the_page_offers_a_code_pictures_and_files(client, holder):
    badge = on_show(holder)
    client.force_login(holder)

    page = client.get(f"/backpack/{badge.key}/share/").text

    assert "data:image/svg+xml" in page
    for part in (*[f"{shape}.png?download" for shape in SHAPES], ".svg?download", ".pdf?download", ".jwt"):
        assert part in page


def test_only_its_holder_is_offered_to_share_a_badge(client, holder):
    badge = on_show(holder)
    client.force_login(PersonFactory())

    assert client.get(f"/backpack/{badge.key}/share/").status_code == 404
    assert f"/backpack/{badge.key}/share/" not in client.get(badge.get_absolute_url()).text


@pytest.mark.parametrize("shape", SHAPES)
def test_a_picture_has_the_size_of_its_shape(client, holder, shape):
    badge = on_show(holder)

    answer = client.get(f"/assertions/{badge.key}/{shape}.png")

    assert Image.open(io.BytesIO(answer.content)).size == SHAPES[shape]
    assert answer["Content-Type"] == "image/png"


def test_the_page_names_its_card(client, holder):
    badge = on_show(holder)

    page = client.get(badge.get_absolute_url()).text

    assert f'property="og:image" content="{settings.BASE_URL}/assertions/{badge.key}/card.png"' in page


def test_a_picture_changes_when_the_name_may_be_seen(client, holder):
    badge = published_assertion(shows_name=False)
    before = client.get(f"/assertions/{badge.key}/card.png").content

    publish_badge(badge, by=holder, shows_name=True)

    assert client.get(f"/assertions/{badge.key}/card.png").content != before


def test_there_is_no_picture_of_what_strangers_may_not_see(client, holder):
    badge = on_show(holder)
    assert client.get(f"/assertions/{badge.key}/poster.png").status_code == 404
    revoke_badge(badge, by=issuer_of(badge.badge_class.organiser), reason="A mistake.")
    assert client.get(f"/assertions/{badge.key}/card.png").status_code == 404

    child = PersonFactory(email="vaiva@example.org", is_of_age=False)
    theirs = collect_badge(assertion(email=child.email), by=child)
    client.force_login(child)
    assert client.get(f"/assertions/{theirs.key}/card.png").status_code == 404
    assert "Your badge has no public page" in client.get(f"/backpack/{theirs.key}/share/").text


@pytest.mark.parametrize(
    "title", ["Nepokoriva Đurđica i žąsys Ąžuolynas " * 4, "Чувар реке", "W" * 120, "🚲 Mechanic", "مرحبا", ""]
)
@pytest.mark.parametrize("shape", SHAPES)
def test_any_title_fits_its_picture(title, shape):
    said = Poster(samples.png(), title, "skill", "Jonas Petraitis", "Dunavska učionica", "waymark.example.org")

    image = Image.open(io.BytesIO(poster_png(said, shape)))

    width, height = image.size
    edge = image.crop((width - 20, 0, width, height - 20)).getcolors()
    assert len(edge) == 1


def test_linkedin_is_told_the_id_of_the_issuer_where_it_gave_one(client, holder):
    badge = on_show(holder)
    client.force_login(holder)
    address = f"/backpack/{badge.key}/share/"
    by_name = parse_qs(urlsplit(client.get(address).context["linkedin"]).query)
    Organiser.objects.update(linkedin_id="1337")
    by_id = parse_qs(urlsplit(client.get(address).context["linkedin"]).query)

    assert by_name["organizationName"] == [badge.badge_class.organiser.name]
    assert by_id["organizationId"] == ["1337"]
    assert "organizationName" not in by_id
    assert by_id["certUrl"] == [badge.absolute_url]


def test_a_published_badge_is_made_private_where_it_is_shared(client):
    badge = published_assertion()
    client.force_login(badge.person)
    hides = f'action="/backpack/{badge.key}/hide/"'

    assert hides in client.get(f"/backpack/{badge.key}/share/").text
    hide_badge(badge, by=badge.person)
    assert hides not in client.get(f"/backpack/{badge.key}/share/").text
