"""The pages of collections: those of their owner, and those that others open."""

import io
import json
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image

from badges import booklets, cards
from badges.actions import collections as actions
from badges.actions import revoke_badge
from badges.models import Collection
from organisers.models import OrganiserText
from tests.badges.pages import said
from tests.badges.test_certificates import words_of
from tests.factories.accounts import PersonFactory
from tests.factories.badges import issuer_of
from tests.factories.collections import collected, collection, imported, published
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
LIST = "/backpack/collections/"


@pytest.fixture
def person(client):
    person = PersonFactory(email="jonas@example.org", name="Jonas Petraitis")
    client.force_login(person)
    return person


def test_from_my_badges_to_a_collection_with_badges(client, person):
    badges = collected(person, 2)
    assert LIST in said(client.get("/backpack/"))
    assert "No collections yet" in said(client.get(LIST))

    page = client.post(f"{LIST}new/", {"name": "For a job", "description": "Mending."}).url
    assert "Badge 2" in said(client.get(page))
    client.post(page, {"badge": [str(badge.key) for badge in badges], "apply": "yes"})

    made = Collection.objects.get()
    editor = said(client.get(made.get_absolute_url()))
    assert "Badge 1" in editor
    assert "Badge 2" in editor
    assert "2 badges" in said(client.get(LIST))


def test_a_collection_needs_a_name_and_what_was_typed_stands(client, person):
    answer = client.post(f"{LIST}new/", {"name": " ", "description": "Mending."})

    assert answer.status_code == 422
    assert "Mending." in said(answer)


def test_one_too_many_is_refused_beside_the_form(client, person):
    Collection.objects.bulk_create(Collection(person=person, name=f"{n}") for n in range(actions.MOST))

    answer = client.post(f"{LIST}new/", {"name": "One more"})

    assert answer.status_code == 422
    assert "100 collections" in said(answer)


def test_the_filter_loses_no_tick(client, person):
    badges = collected(person, 3)
    OrganiserText.objects.update(name="River School")  # the words are looked for in its name as well
    page = f"{collection(person, badges[:1]).get_absolute_url()}badges/"

    found = client.post(page, {"badge": [str(badges[1].key)], "kept": str(badges[0].key), "q": "badge 3", "filter": ""})
    assert [row["item"].title for row in found.context["rows"]] == ["Badge 3"]
    assert set(found.context["kept"].split()) == {str(badge.key) for badge in badges[:2]}

    client.post(page, {"badge": [str(badges[2].key)], "kept": found.context["kept"], "apply": "yes"})
    assert {item.key for item in Collection.objects.get().items.all()} == {badge.key for badge in badges}


def test_a_page_with_more_badges_than_it_shows_keeps_the_others(client, person, monkeypatch):
    monkeypatch.setattr("badges.views.collections.ROWS", 2)
    badges = collected(person, 3)
    page = f"{collection(person, badges).get_absolute_url()}badges/"

    shown = client.get(page)

    assert len(shown.context["rows"]) == 2
    assert len(shown.context["kept"].split()) == 1
    assert "There are more than this page shows" in said(shown)


def test_too_many_are_refused_and_stay_ticked(client, person, monkeypatch):
    monkeypatch.setattr(actions, "MOST_BADGES", 1)
    badges = collected(person, 2)
    page = f"{collection(person).get_absolute_url()}badges/"

    answer = client.post(page, {"badge": [str(badge.key) for badge in badges], "apply": "yes"})

    assert answer.status_code == 422
    assert all(row["checked"] for row in answer.context["rows"])


def test_buttons_and_the_page_itself_change_the_order(client, person):
    badges = collected(person, 2)
    made = actions.arrange_badges(collection(person, badges), [badge.key for badge in badges], by=person)
    order = f"{made.get_absolute_url()}order/"

    moved = client.post(order, {"down": str(badges[0].key)}).url
    assert moved == f"{made.get_absolute_url()}#badge-{badges[0].key}"
    assert f'id="badge-{badges[0].key}"' in said(client.get(moved))
    assert [item.key for item in made.items.all()] == [badges[1].key, badges[0].key]

    sent = {"order": f"{badges[0].key} {badges[1].key} nonsense"}
    answer = client.post(order, sent, headers={"Accept": "application/json"})
    assert json.loads(answer.content) == {"said": "The order is saved."}
    assert [item.key for item in made.items.all()] == [badges[0].key, badges[1].key]


def test_words_changed_in_another_window_are_shown_beside(client, person):
    made = collection(person)
    edit = f"{made.get_absolute_url()}edit/"
    client.post(edit, {"name": "First", "description": "", "seen": made.version})

    answer = client.post(edit, {"name": "Second", "description": "", "seen": made.version})
    assert answer.status_code == 409
    assert "<strong>First</strong>" in said(answer)
    assert 'value="Second"' in said(answer)

    client.post(edit, {"name": "Second", "description": "", "seen": answer.context["form"]["seen"].value()})
    assert Collection.objects.get().name == "Second"


def test_from_a_badge_into_collections(client, person):
    (badge,) = collected(person)
    made = collection(person)
    page = f"/backpack/{badge.key}/collections/"
    assert page in said(client.get(badge.get_absolute_url()))

    answer = client.post(page, {"collections": [str(made.key)], "name": "For school"})

    assert answer.url == Collection.objects.get(name="For school").get_absolute_url()
    assert client.post(page, {"collections": [str(made.key)]}).url == badge.get_absolute_url()
    client.post(page, {"collections": [str(one.key) for one in Collection.objects.all()]})
    assert {one.name for one in Collection.objects.filter(items__assertion=badge)} == {made.name, "For school"}
    assert client.post(page, {"collections": [str(uuid4())]}).status_code == 422


def test_a_badge_of_another_platform_goes_the_same_way(client, person):
    badge = imported(person)
    page = f"/backpack/{badge.key}/collections/"
    assert page in said(client.get(badge.get_absolute_url()))

    client.post(page, {"name": "From elsewhere"})

    assert Collection.objects.get().items.get().imported == badge


def test_the_frame_needs_no_style_that_a_strict_site_forbids(client, person):
    made = collection(person, published(person, collected(person)), "link")

    code = client.get(made.get_absolute_url()).context["frame_code"]

    assert 'frameborder="0"' in code
    assert "style=" not in code


def test_sharing_and_stopping(client, person):
    made = collection(person, published(person, collected(person)))
    page = made.get_absolute_url()
    assert Client().get(made.shared_url).status_code == 404

    client.post(f"{page}share/", {"visibility": "link"})
    assert made.shared_address in said(client.get(page))
    assert "Badge 1" in said(Client().get(made.shared_url))

    assert client.post(f"{page}share/", {"visibility": "private"}).url == f"{page}stop/"
    assert Client().get(made.shared_url).status_code == 200  # nothing ends before it was asked
    client.post(f"{page}stop/")
    for ending in ("", "/embed", ".png", ".atom"):
        answer = Client().get(made.shared_url + ending)
        assert answer.status_code == 404
        assert person.name not in said(answer)
        assert made.name not in said(answer)
    client.post(f"{page}share/", {"visibility": "link"})
    assert Client().get(made.shared_url).status_code == 404


@pytest.mark.parametrize("visibility", ["", "all"])
def test_nonsense_is_not_shared(client, person, visibility):
    page = collection(person).get_absolute_url()

    assert client.post(f"{page}share/", {"visibility": visibility}).status_code == 422
    assert not Collection.objects.get().is_shared


def test_somebody_under_age_reads_why(client):
    young = PersonFactory(is_of_age=False)
    client.force_login(young)
    made = collection(young)

    assert "stay private" in said(client.get(made.get_absolute_url()))
    answer = client.post(f"{made.get_absolute_url()}share/", {"visibility": "public"})
    assert answer.status_code == 422
    assert "stay private" in said(answer)


def test_somebody_under_age_reads_no_promise_to_share(client):
    client.force_login(PersonFactory(is_of_age=False))

    for path in (LIST, f"{LIST}new/"):
        page = said(client.get(path))
        assert "stay private" in page
        assert "until you share it" not in page


@pytest.mark.parametrize("part", ["", "edit/", "badges/", "order/", "share/", "stop/", "delete/"])
def test_collections_of_others_are_not_there(client, person, part):
    other = PersonFactory()
    made = collection(other, visibility="public")
    address = f"{made.get_absolute_url()}{part}"

    method = client.post if part in ("order/", "share/") else client.get
    assert method(address).status_code == 404
    assert client.get(f"/backpack/{collected(other)[0].key}/collections/").status_code == 404


def test_after_asking_once_it_is_deleted(client, person):
    made = collection(person)

    assert "Delete the collection" in said(client.get(f"{made.get_absolute_url()}delete/"))
    client.post(f"{made.get_absolute_url()}delete/")

    assert not Collection.objects.exists()


def test_strangers_see_the_name_only_where_the_owner_wants_it(person):
    badges = collected(person)
    hidden = collection(person, badges, visibility="public")
    named = collection(person, badges, visibility="public", shows_name=True)

    assert person.name not in said(Client().get(hidden.shared_url))
    assert person.name not in said(Client().get(f"{hidden.shared_url}/embed"))
    assert f"Badges of {person.name}" in said(Client().get(named.shared_url))
    assert person.email not in said(Client().get(named.shared_url))


def test_search_engines_list_only_what_they_may(person):
    listed = collection(person, visibility="public", may_be_indexed=True)
    others = [collection(person, visibility="public"), collection(person, visibility="link")]

    assert "X-Robots-Tag" not in Client().get(listed.shared_url)
    assert all(Client().get(one.shared_url)["X-Robots-Tag"] == "noindex" for one in others)
    assert Client().get("/collections/nothing")["X-Robots-Tag"] == "noindex"


def test_a_badge_taken_back_is_marked_to_the_owner_and_gone_for_others(client, person):
    (badge,) = collected(person)
    made = collection(person, [badge], visibility="public")
    revoke_badge(badge, by=issuer_of(badge.badge_class.organiser), reason="By mistake.")

    assert "it no longer holds" in said(client.get(made.get_absolute_url()))
    assert "No longer holds" in said(client.get(f"{made.get_absolute_url()}badges/"))
    for ending in ("", "/embed", ".atom"):
        assert "Badge 1" not in said(Client().get(made.shared_url + ending))


def test_only_the_embedded_page_may_be_framed(person):
    made = collection(person, published(person, collected(person)), visibility="link")

    framed, page = Client().get(f"{made.shared_url}/embed"), Client().get(made.shared_url)

    assert "X-Frame-Options" not in framed
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "'unsafe-inline'" not in framed["Content-Security-Policy"]
    assert '<base target="_top">' in said(framed)
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_a_name_cannot_break_out_of_the_code_for_other_sites(client, person):
    made = collection(person, visibility="link")
    Collection.objects.update(name='"><script>alert(1)</script>')

    context = client.get(made.get_absolute_url()).context

    assert "<script>alert" not in context["frame_code"] + context["picture_code"]


def test_the_picture_is_drawn_and_asked_for_again_only_when_it_changed(person):
    badges = published(person, collected(person, 5))
    made = collection(person, [*badges, imported(person)], visibility="link")
    first = Client().get(f"{made.shared_url}.png")

    assert Image.open(io.BytesIO(first.content)).size == (1200, 630)
    assert "max-age" in first["Cache-Control"]
    again = Client().get(f"{made.shared_url}.png", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    actions.choose_badges(made, [badges[0].key], by=person)
    assert Client().get(f"{made.shared_url}.png", headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("name", ["", "Ąžuolynų žiogeliai", "Љубичасти џеп", "𝕏" * 80, "W" * 80])
def test_any_name_can_be_drawn(person, name):
    made = collection(person, visibility="link")
    Collection.objects.update(name=name)

    assert Client().get(f"{made.shared_url}.png").status_code == 200


def test_the_feed_names_the_badges(person):
    made = collection(person, [*published(person, collected(person)), imported(person)], visibility="link")

    feed = said(Client().get(f"{made.shared_url}.atom"))

    assert "<title>Badge 1</title>" in feed
    assert "<title>Cook</title>" in feed


def test_the_queries_are_as_many_for_one_badge_as_for_thirty(client, person):
    made = collection(person, collected(person), visibility="public")
    own, shown = made.get_absolute_url(), made.shared_url
    paths = [LIST, own, f"{own}badges/", shown, f"{shown}/embed", f"{shown}.atom", f"{shown}.png"]
    with_one = {path: queries_of(client, path) for path in paths}

    collected(person, 29)
    actions.choose_badges(made, actions.badges_of(person), by=person)

    assert {path: queries_of(client, path) for path in paths} == with_one


def test_a_page_shows_so_many_badges(person, monkeypatch):
    monkeypatch.setattr("badges.views.shared_collections.PAGE_SIZE", 2)
    monkeypatch.setattr("badges.views.shared_collections.FRAMED", 2)
    made = collection(person, published(person, collected(person, 3)), visibility="public")

    assert said(Client().get(made.shared_url)).count('class="badge-tile-link"') == 2
    assert said(Client().get(f"{made.shared_url}?page=2")).count('class="badge-tile-link"') == 1
    assert "See all of them" in said(Client().get(f"{made.shared_url}/embed"))


@pytest.mark.skipif(not cards.may_print(), reason="needs the libraries that WeasyPrint draws with")
def test_a_shared_collection_comes_on_paper_with_so_many_badges(client, person, monkeypatch):
    monkeypatch.setattr(booklets, "MOST", 2)
    made = collection(person, [*published(person, collected(person, 2)), imported(person)], visibility="link")

    paper = words_of(client.get(f"{made.shared_url}.pdf").content)

    for words in ("Things I can repair", "Badge 1", "Badge 2", "1 more badge stands on the page", made.shared_address):
        assert words in paper
    assert "Jonas" not in paper
    actions.stop_sharing(made, by=person)
    assert client.get(f"{made.shared_url}.pdf").status_code == 404


@pytest.mark.skipif(not cards.may_print(), reason="needs the libraries that WeasyPrint draws with")
def test_the_owner_alone_gets_a_private_collection_on_paper(client, person):
    badges = collected(person, 3)
    published(person, badges[1:2])
    made = collection(person, badges)
    revoke_badge(badges[2], by=issuer_of(badges[2].badge_class.organiser), reason="A mistake.")
    path = f"{made.get_absolute_url()}collection.pdf"
    assert path in said(client.get(made.get_absolute_url()))

    paper = words_of(client.get(path).content)

    for words in ("Things I can repair", "Badges of Jonas Petraitis", "Badge 1", "Badge 2", str(badges[1].key)):
        assert words in paper
    for words in ("Badge 3", str(badges[0].key), made.token):
        assert words not in paper
    stranger = Client()
    assert stranger.get(path).status_code == 302
    stranger.force_login(PersonFactory())
    assert stranger.get(path).status_code == 404
    assert client.post(path).status_code == 405


def test_it_is_shared_on_networks_by_plain_links(client, person):
    made = collection(person, published(person, collected(person)), visibility="public")

    links = {link["name"]: link["url"] for link in client.get(made.shared_url).context["links"]}

    assert made.shared_address.replace(":", "%3A").replace("/", "%2F") in links["LinkedIn"]
    assert set(links) >= {"Facebook", "WhatsApp", "Mastodon", "X", "Pinterest"}
