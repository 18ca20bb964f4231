"""The list of an organiser's badges: tabs, filters, order."""

import re

import pytest

from badges.actions import save_badge_text
from tests.factories.badges import WORDS, assertion, draft_badge, issuer_of, published_badge
from tests.factories.organisers import OrganiserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(client):
    organiser = OrganiserFactory(verified=True)
    client.force_login(issuer_of(organiser))
    wheel, bread = published_badge(organiser, name="Wheel"), draft_badge(organiser, name="Bread")
    assertion(wheel)
    save_badge_text(bread, by=issuer_of(organiser), words={**WORDS, "language": "lt", "name": "Duona"})
    bread.kind, bread.created_by = "participation", None
    bread.save()
    return organiser


def names(client, organiser, query=""):
    page = client.get(f"/workspace/{organiser.slug}/badges/?{query}").context["page"]
    return [badge.name for badge in page]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Bread", "Wheel"]),
        ("made=me", ["Wheel"]),
        ("state=draft", ["Bread"]),
        ("kind=skill", ["Wheel"]),
        ("language=lt", ["Bread"]),
        ("q=whe", ["Wheel"]),
        ("q=duon", ["Bread"]),
        ("state=draft&kind=skill", []),
        ("order=name", ["Bread", "Wheel"]),
        ("order=awarded", ["Wheel", "Bread"]),
        ("state=nonsense&order=nonsense", ["Bread", "Wheel"]),
    ],
)
def test_what_is_asked_for_is_listed(client, organiser, query, expected):
    assert names(client, organiser, query) == expected


def test_cards_count_what_was_awarded_and_collected(client, organiser):
    page = client.get(f"/workspace/{organiser.slug}/badges/?q=wheel").content.decode()

    assert "1 awarded, 0 collected" in page


def test_an_empty_answer_leads_back_to_all(client, organiser):
    page = client.get(f"/workspace/{organiser.slug}/badges/?q=nothing").content.decode()

    assert "No badge is like that" in page


def test_the_tabs_count_and_keep_to_the_organiser(client, organiser):
    published_badge(name="Elsewhere")

    page = client.get(f"/workspace/{organiser.slug}/badges/")

    assert [tab["count"] for tab in page.context["tabs"]] == [2, 1]


def test_the_way_to_a_new_badge_has_one_name(client):
    organiser = OrganiserFactory(verified=True)
    client.force_login(issuer_of(organiser))
    home = f"/workspace/{organiser.slug}/"

    pages = [client.get(page).content.decode() for page in (home, f"{home}badges/", f"{home}badges/?made=me")]
    names = {
        name.strip()
        for page in pages
        for name in re.findall(rf'href="{home}badges/new/">(?:<svg.*?</svg>)?(.*?)<', page)
    }

    assert names == {"New badge"}
    assert ">New badge</h1>" in client.get(f"{home}badges/new/").content.decode()
