"""A person's portfolio: off by default, their badges and collections in their order, and what others see of it."""

import re

import pytest

from badges import cards
from badges.actions import portfolio as actions
from badges.actions import revoke_badge
from badges.models import Portfolio
from badges.models import portfolio as portfolio_model
from badges.views import portfolio as portfolio_views
from portal.accounts.models import Person
from portal.workflow import StepRefused
from tests.badges.pages import said
from tests.badges.test_certificates import words_of
from tests.factories.accounts import PersonFactory
from tests.factories.badges import issuer_of
from tests.factories.collections import collected, collection, imported, published
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
OWN = "/backpack/portfolio/"


@pytest.fixture
def person(client):
    person = PersonFactory(email="jonas@example.org", name="Jonas Petraitis")
    client.force_login(person)
    return person


def made(person, *things) -> Portfolio:
    """Return a portfolio that is on, with these things in their order."""
    keys = [one.key for one in things]
    actions.choose_for_portfolio(keys, by=person)
    actions.arrange_portfolio(keys, by=person)
    return actions.show_portfolio(by=person, shows_name=True)


def shown(client, portfolio):
    client.logout()
    return client.get(portfolio.address.removeprefix("http://localhost:8000"))


def test_it_is_empty_and_off_and_looking_writes_nothing(client, person):
    assert "Your portfolio is empty" in said(client.get(OWN))
    assert client.get(f"{OWN}words/").status_code == client.get(f"{OWN}choose/").status_code == 200
    assert not Portfolio.objects.exists()


def test_from_nothing_to_a_page_that_others_open(client, person):
    (badge,) = published(person, collected(person))
    client.post(f"{OWN}choose/", {"thing": [str(badge.key)]})
    client.post(f"{OWN}words/", {"headline": "Mends bicycles", "about": "Since 2020.", "seen": 1})
    portfolio = Portfolio.objects.get()
    assert shown(client, portfolio).status_code == 404

    client.force_login(person)
    client.post(f"{OWN}show/", {"shows_name": "on"})

    page = shown(client, portfolio)
    assert page.status_code == 200
    for words in ("Jonas Petraitis", "Mends bicycles", "Since 2020.", "Badge 1"):
        assert words in page.text
    assert page["X-Robots-Tag"] == "noindex"


def test_badges_stand_together_and_collections_by_themselves_in_the_chosen_order(client, person):
    first, second, third = published(person, collected(person, 3))
    kept = collection(person, [second])
    portfolio = made(person, first, kept, third, imported(person, name="Cook"))

    parts = shown(client, portfolio).context["parts"]

    assert [[item.title for item in part["items"]] for part in parts] == [["Badge 1"], ["Badge 2"], ["Badge 3", "Cook"]]
    assert [part["collection"] for part in parts] == [None, kept, None]


def test_private_badges_are_not_on_it_until_they_are_published_from_it(client, person):
    inside, alone = collected(person, 2)
    portfolio = made(person, collection(person, [inside]), alone)
    assert "No badges are shown here" in shown(client, portfolio).text

    client.force_login(person)
    assert "2 badges on it are private" in said(client.get(OWN))
    client.post(f"{OWN}publish/")

    page = shown(client, portfolio).text
    assert "Badge 1" in page
    assert "Badge 2" in page


def test_what_was_taken_back_is_gone_from_it(client, person):
    gone, kept = published(person, collected(person, 2))
    portfolio = made(person, gone, kept)

    revoke_badge(gone, by=issuer_of(gone.badge_class.organiser), reason="A mistake.")

    page = shown(client, portfolio).text
    assert "Badge 1" not in page
    assert "Badge 2" in page


def test_switched_off_its_link_leads_nowhere_for_good(client, person):
    portfolio = made(person, *published(person, collected(person)))
    client.post(f"{OWN}hide/")
    assert shown(client, portfolio).status_code == 404

    again = actions.show_portfolio(by=person, shows_name=True)

    assert shown(client, portfolio).status_code == 404
    assert shown(client, again).status_code == 200


@pytest.mark.parametrize("fact", ["is_of_age", "is_active"])
def test_nobody_opens_that_of_a_closed_account_or_of_people_under_age(client, person, fact):
    portfolio = made(person, *published(person, collected(person)))

    Person.objects.filter(pk=person.pk).update(**{fact: False})

    assert shown(client, portfolio).status_code == 404


def test_people_under_age_cannot_switch_it_on(client):
    child = PersonFactory(is_of_age=False)
    client.force_login(child)
    actions.choose_for_portfolio([one.key for one in collected(child)], by=child)

    assert client.post(f"{OWN}show/").status_code == 409
    assert "Switch it on" not in said(client.get(OWN))


def test_people_under_age_read_no_promise_to_switch_it_on(client):
    client.force_login(PersonFactory(is_of_age=False))

    page = said(client.get(OWN))
    assert "Your portfolio is empty" in page
    assert str(actions.UNDER_AGE) in page
    assert "until you switch it on" not in page


def test_without_the_name_it_does_not_stand_anywhere(client, person):
    made(person, *published(person, collected(person)))
    portfolio = actions.show_portfolio(by=person, shows_name=False, may_be_indexed=True)

    page = shown(client, portfolio)

    assert "Jonas" not in page.text
    assert "X-Robots-Tag" not in page


def test_buttons_and_the_page_itself_change_the_order(client, person):
    one, two = collected(person, 2)
    made(person, one, two)

    client.post(f"{OWN}order/", {"up": str(two.key)})
    assert [item.key for item in actions.items_of(Portfolio.objects.get())] == [two.key, one.key]
    answer = client.post(f"{OWN}order/", {"order": f"{one.key} {two.key}"}, headers={"Accept": "application/json"})

    assert answer.json() == {"said": "The order is saved."}
    assert [item.key for item in actions.items_of(Portfolio.objects.get())] == [one.key, two.key]


def test_two_windows_do_not_overwrite_each_other(client, person):
    actions.describe_portfolio(by=person, headline="First", about="", seen=0)

    answer = client.post(f"{OWN}words/", {"headline": "Second", "about": "", "seen": 0})

    assert answer.status_code == 409
    assert "Second" in answer.text
    assert Portfolio.objects.get().headline == "First"


def test_things_of_others_and_too_many_are_not_put_on_it(person, monkeypatch):
    other = PersonFactory()
    foreign = [*collected(other), collection(other)]
    assert actions.choose_for_portfolio([one.key for one in foreign], by=person).items.count() == 0

    monkeypatch.setattr(actions, "MOST", 2)
    mine = [collection(person) for _number in range(3)]
    with pytest.raises(StepRefused):
        actions.choose_for_portfolio([one.key for one in mine], by=person)


def test_a_collection_shows_its_first_badges_and_leads_to_the_others(client, person, monkeypatch):
    monkeypatch.setattr(portfolio_model, "SHOWN", 2)
    monkeypatch.setattr(portfolio_views, "SHOWN", 2)
    badges = published(person, collected(person, 3))
    kept, shared = collection(person, badges), collection(person, badges, visibility="link")
    portfolio = made(person, kept, shared)

    page = shown(client, portfolio)

    assert [len(part["items"]) for part in page.context["parts"]] == [2, 2]
    assert page.text.count(shared.shared_url) == 1
    assert kept.token not in page.text


def test_it_asks_the_same_of_the_database_however_much_is_on_it(client, person):
    badges = published(person, collected(person, 12))
    portfolio = made(person, badges[0], collection(person, badges[1:2]))
    path = portfolio.address.removeprefix("http://localhost:8000")
    few = [queries_of(client, OWN), queries_of(client, path)]

    actions.choose_for_portfolio([*[one.key for one in badges], collection(person, badges).key], by=person)

    assert [queries_of(client, OWN), queries_of(client, path)] == few


@pytest.mark.skipif(not cards.may_print(), reason="needs the libraries that WeasyPrint draws with")
def test_it_comes_on_paper(client, person):
    actions.describe_portfolio(by=person, headline="Mends bicycles", about="Since 2020.", seen=0)
    badges = published(person, collected(person, 3))
    portfolio = made(person, collection(person, badges[:2]), badges[2])

    paper = words_of(shown_as_pdf(client, portfolio).content)

    for words in ("Jonas Petraitis", "Mends bicycles", "Things I can repair", "Badge 1", "Badge 3", portfolio.address):
        assert words in paper
    actions.hide_portfolio(by=person)
    assert shown_as_pdf(client, portfolio).status_code == 404


def shown_as_pdf(client, portfolio):
    return client.get(portfolio.address.removeprefix("http://localhost:8000") + ".pdf")


def test_it_begins_without_the_name_and_says_what_the_name_does(client, person):
    actions.choose_for_portfolio([badge.key for badge in published(person, collected(person))], by=person)

    page = client.get(OWN).content.decode()

    field = re.search(r'<input[^>]*name="shows_name"[^>]*>', page).group()
    assert "checked" not in field
    assert "published without your name" in page


def test_private_badges_are_marked_before_it_is_switched_on(client, person):
    (badge,) = collected(person)
    actions.choose_for_portfolio([badge.key], by=person)
    before = said(client.get(OWN))
    published(person, [badge])

    assert "Only you see it" in before
    assert "1 badge on it is private" in before
    assert "Only you see it" not in said(client.get(OWN))
