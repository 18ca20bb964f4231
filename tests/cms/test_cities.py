"""A page for each city: what it gathers, where it leads, and who may make one."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from badges.actions import Recipient, award
from badges.ledger import award_chunk
from cms.models import CityPage
from organisers.models import City, Organiser
from tests.cms.cards import titles_on
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.organisers import OrganiserFactory
from tests.factories.pages import above, city, written
from tests.factories.pathways import activity, playlist, translated
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db


def of_city(town, **facts):
    return OrganiserFactory(verified=True, city=town, **facts)


def fill(town, count=1):
    """Let an organiser of a city offer so many activities, one playlist and a badge that somebody got."""
    for _number in range(count):
        organiser = of_city(town)
        one = activity(organiser, title="Lamp Repair", latitude="54.68720", longitude="25.27970", mode="on-site")
        playlist(one, title="Repair It")
        badge = published_badge(organiser)
        award(badge, [Recipient("ona@example.org", "Ona")], by=None, source="playlist", once_key=organiser.slug)
    while award_chunk():
        pass


def test_a_city_gathers_what_is_there_and_nothing_of_elsewhere(client):
    fill(city())
    elsewhere = of_city(city("Novi Sad", "RS"), words="River School")
    activity(elsewhere, title="Measure the water")
    page = written(CityPage, title="Vilnius")

    answer = client.get(page.get_url())

    assert titles_on(answer.context["activity_cards"]) == ["Lamp Repair"]
    assert titles_on(answer.context["playlist_cards"]) == ["Repair It"]
    assert [one.slug for one in answer.context["organisers"]] == [Organiser.objects.get(city=page.city).slug]
    assert [one["number"] for one in answer.context["figures"]] == [1, 1, 1]
    assert "Measure the water" not in answer.text
    assert 'data-places="/en/map/places.json?city=vilnius"' in answer.text
    assert 'data-north="54.68720" data-east="25.27970"' in answer.text


def test_each_kind_leads_to_all_there_is_of_it(client):
    fill(city(), 7)
    page = written(CityPage, title="Vilnius")

    text = client.get(page.get_url()).text

    for path in ("activities", "playlists", "organisers"):
        assert f'<a href="/en/{path}/?city=vilnius">See all 7' in text
    assert '<a href="/en/map/?city=vilnius">' in text
    assert client.get("/en/organisers/?city=vilnius").context["page"].paginator.count == 7
    assert client.get("/en/organisers/?city=nowhere").context["page"].paginator.count == 7


def test_organisers_of_a_city_are_found_in_their_list(client):
    of_city(city(), words="Neris Makers")
    of_city(city("Novi Sad", "RS"), words="River School")
    City.objects.create(slug="empty", name="Empty", country="LT")

    assert "River School" not in client.get("/en/organisers/?city=vilnius").text
    assert "Nobody fits this" in client.get("/en/organisers/?city=empty").text


def test_home_the_list_of_cities_and_the_filter_name_the_same_cities(client):
    of_city(city())
    of_city(city("Novi Sad", "RS"))
    of_city(city("Porto", "PT"), standing="suspended")
    city("Oslo", "NO")
    written(CityPage, title="Vilnius")
    index = above(CityPage)

    home, listed, found = (client.get(path) for path in ("/en/", index.get_url(), "/en/organisers/"))

    figure = next(one for one in home.context["figures"] if one["label"] == "cities")
    assert (figure["number"], figure["url"]) == (2, "/en/organisers/")
    offered = [name for _slug, name in found.context["form"].fields["city"].widget.choices]
    assert offered == ["any", "Novi Sad", "Vilnius"]
    assert [one.title for one in listed.context["pages"]] == ["Vilnius"]
    assert [one.name for one in listed.context["others"]] == ["Novi Sad"]
    assert 'href="/en/organisers/?city=novi-sad"' in listed.text


def test_who_is_suspended_stands_on_no_page_of_a_city(client):
    fill(city())
    Organiser.objects.update(standing=Organiser.Standing.SUSPENDED)

    answer = client.get(written(CityPage, title="Vilnius").get_url())

    assert [one["number"] for one in answer.context["figures"]] == [0, 0, 0]


def test_a_city_page_costs_the_same_with_1_and_with_30_of_everything(client):
    page = written(CityPage, title="Vilnius")
    fill(city())
    with_one = queries_of(client, page.get_url())
    fill(city(), 29)

    assert queries_of(client, page.get_url()) == with_one


def test_the_list_of_cities_costs_the_same_with_1_and_with_30(client):
    written(CityPage, title="Vilnius")
    path = above(CityPage).get_url()
    with_one = queries_of(client, path)
    for number in range(29):
        written(CityPage, title=f"Town {number}", city=city(f"Town {number}"))

    assert queries_of(client, path) == with_one
    assert 'href="/en/cities/town-1/"' in client.get(path).text


def test_a_translation_follows_the_place_and_takes_words_of_its_own(client):
    page = written(CityPage, title="Vilnius", picture_words="A bridge")

    other = translated(page)

    assert (other.city, other.latitude, other.picture_words) == (page.city, page.latitude, "A bridge")
    assert client.get("/lt/cities/vilnius/").status_code == 200


def test_a_city_has_one_page():
    page = written(CityPage, title="Vilnius")
    twin = CityPage(title="Vilnius again", locale=page.locale, city=page.city)

    with pytest.raises(ValidationError, match="has a page already"):
        twin.clean()
    page.clean()


def test_moderators_make_cities(client):
    editor = PersonFactory()
    editor.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(editor)

    client.post("/cms/snippets/organisers/city/add/", {"name": "Kaunas", "slug": "kaunas", "country": "LT"})

    assert City.objects.get(slug="kaunas").name == "Kaunas"


def test_the_footer_leads_to_the_cities(client):
    assert '<a href="/en/cities/">Cities</a>' in client.get("/en/organisers/").text
