"""The index of what one can learn: it says what counting one by one says, and never what is no longer so."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from organisers.models import Organiser
from pathways.index import NEWEST, SHORTEST, SOONEST, TITLE, Candidate, Findings, Index
from pathways.models import ActivityDate
from portal import clock
from portal.folding import folded
from tests.cms.cards import titles_on
from tests.factories.label import label
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity

FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)
VALUES = {"kind": ["course", "event", "workshop"], "city": ["vilnius", "kaunas", "novi-sad"], "language": ["en", "lt"]}


def candidate(pk: int, chance: random.Random) -> Candidate:
    """Return some page; any of its values may be missing, or be several."""
    return Candidate(
        pk=pk,
        title="".join(chance.choices("aąbcčzž", k=3)),
        minutes=chance.choice([10, 20, 30]),
        published_at=FIRST + timedelta(days=chance.randrange(5)),
        next_at=chance.choice([None, FIRST + timedelta(days=chance.randrange(5))]),
        is_here=chance.random() < 0.7,
        place=chance.choice([None, (54.7, 25.3)]),
        values={name: set(chance.sample(known, chance.randrange(3))) for name, known in VALUES.items()},
    )


def fits(one: Candidate, chosen: dict, besides: str = "") -> bool:
    """Say whether a page fits, looked at by itself."""
    asked = chosen.keys() - {besides}
    return (one.is_here or "language" in {*asked, besides}) and all(chosen[name] in one.values[name] for name in asked)


@pytest.mark.parametrize("seed", range(40))
def test_sets_say_what_counting_says(seed):
    chance = random.Random(seed)
    pages = [candidate(pk, chance) for pk in range(chance.randrange(1, 60))]
    chosen = {name: chance.choice(known) for name, known in VALUES.items() if chance.random() < 0.4}
    index = Index(pages)
    among = [one for one in pages if chance.random() < 0.8] if seed % 2 else pages
    findings = Findings(index, index.those(one.pk for one in among) if seed % 2 else index.all, chosen)

    newest = sorted(among, key=lambda one: (one.published_at, one.pk), reverse=True)
    newest = [one for one in newest if fits(one, chosen)]
    orders = {
        NEWEST: newest,
        SOONEST: sorted(newest, key=lambda one: one.next_at or clock.LAST),
        SHORTEST: sorted(newest, key=lambda one: one.minutes),
        TITLE: sorted(newest, key=lambda one: folded(one.title)),
    }

    for order, wanted in orders.items():
        assert [entry.pk for entry in findings.ordered(order)] == [one.pk for one in wanted]
    for name, known in VALUES.items():
        counted = {
            value: sum(fits(one, chosen, name) and value in one.values[name] for one in among) for value in known
        }
        assert +findings.counts(name) == {value: count for value, count in counted.items() if count}


def titles(client, query="") -> list[str]:
    client.cookies["somebody"] = "here"
    return sorted(titles_on(client.get(f"/en/activities/?{query}").context["page"]))


@pytest.mark.usefixtures("committing_db", "store")
def test_every_change_is_found_at_once(client):
    organiser = OrganiserFactory(verified=True)
    assert titles(client) == []

    lamp = activity(organiser, title="Lamp", kind="course")
    assert titles(client) == ["Lamp"]
    lamp.title, lamp.kind = "Kettle", "event"
    lamp.save_revision().publish()
    assert (titles(client), titles(client, "kind=course"), titles(client, "kind=event")) == (["Kettle"], [], ["Kettle"])
    Organiser.objects.get(pk=organiser.pk).save()
    lamp.unpublish()
    assert titles(client) == []
    lamp.save_revision().publish()
    organiser.refresh_from_db()
    organiser.standing = Organiser.Standing.SUSPENDED
    organiser.save()
    assert titles(client) == []


def unpublish_in_bulk(page):
    """Unpublish a page as Wagtail does for many at once: as any page, not as one of learning."""
    Page.objects.get(pk=page.pk).unpublish()


def let_it_end(page):
    Page.objects.filter(pk=page.pk).update(expire_at=clock.now())
    call_command("publish_scheduled")


def close(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.usefixtures("committing_db", "store")
@pytest.mark.parametrize("withdraw", [unpublish_in_bulk, let_it_end, close])
def test_what_is_withdrawn_stands_nowhere_at_once(client, withdraw):
    page = activity(title="Lamp", latitude="54.7", longitude="25.3")
    addresses = ["/en/activities/", "/en/activities/feed/", "/en/map/places.json"]
    assert ["Lamp" in client.get(address).text for address in [*addresses, page.url]] == [True] * 4

    withdraw(page)

    assert ["Lamp" in client.get(address).text for address in addresses] == [False] * 3
    assert client.get(page.url).status_code in (302, 404)


@pytest.mark.usefixtures("committing_db", "store")
def test_a_new_label_is_found_at_once(client):
    assert titles(client, "label=yes") == []
    activity(label().organiser, title="Lamp")

    assert titles(client, "label=yes") == ["Lamp"]


@pytest.mark.usefixtures("committing_db", "store")
def test_what_is_known_is_not_asked_again(client):
    activity(title="Lamp")
    titles(client)

    with CaptureQueriesContext(connection) as asked:
        titles(client)

    assert not any("pathways_activitydate" in query["sql"] for query in asked.captured_queries)


@pytest.mark.usefixtures("committing_db", "store")
def test_what_begins_is_no_longer_to_come(client):
    soon = clock.now() + timedelta(hours=1)
    activity(title="Lamp", dates=[ActivityDate(begins_at=soon, ends_at=soon + timedelta(minutes=10))])
    client.cookies["somebody"] = "here"
    assert 'data-icon="calendar"' in client.get("/en/activities/").context["page"][0]

    with clock.moved_to(timedelta(hours=2)):
        assert 'data-icon="calendar"' not in client.get("/en/activities/").context["page"][0]
