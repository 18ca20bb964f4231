"""Lists about badges run the same number of queries with 1 and with 30 items."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from badges.actions import Recipient, award, release_batch
from badges.actions.assertions import correct_badge
from badges.actions.lists import award_list, begin_list
from badges.models import AwardBatch
from badges.schedule import read_lists
from portal.files.gate import Admitted
from tests.factories.accounts import PersonFactory
from tests.factories.badges import carry_out, issuer_of, published_badge
from tests.factories.organisers import OrganiserFactory

pytestmark = pytest.mark.django_db


def queries_of(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def give(organiser, person, count):
    """Award so many new badges of an organiser to a person and to somebody else."""
    for number in range(count):
        badge = published_badge(organiser, name=f"Badge {organiser.slug} {organiser.pk} {number} {count}")
        people = [Recipient(person.email, person.name, person), Recipient("other@example.org", "Other")]
        award(badge, people, by=None, source="playlist", once_key=f"{badge.pk}")
    carry_out()


@pytest.mark.parametrize("path", ["badges/", "awards/", "issued/", "figures/", "", "people/"])
def test_workspace_lists(client, path):
    organiser, person = OrganiserFactory(verified=True), PersonFactory()
    client.force_login(issuer_of(organiser))
    give(organiser, person, 1)
    with_one = queries_of(client, f"/workspace/{organiser.slug}/{path}")
    give(organiser, person, 29)

    assert queries_of(client, f"/workspace/{organiser.slug}/{path}") == with_one


def test_my_badges(client):
    organiser, person = OrganiserFactory(verified=True), PersonFactory()
    client.force_login(person)
    give(organiser, person, 1)
    with_one = queries_of(client, "/backpack/")
    give(organiser, person, 29)

    assert queries_of(client, "/backpack/") == with_one


def test_the_awards_of_a_badge(client):
    badge = published_badge()
    client.force_login(issuer_of(badge.organiser))
    award(badge, [Recipient("a0@example.org", "A")], by=None, source="playlist", once_key="1")
    carry_out()
    with_one = queries_of(client, badge.workspace_url)
    award(badge, [Recipient(f"b{n}@example.org", "B") for n in range(29)], by=None, source="playlist", once_key="2")
    carry_out()

    assert queries_of(client, badge.workspace_url) == with_one


def test_the_check_of_a_list_the_lists_begun_and_the_people_of_an_award(client):
    badge = published_badge()
    client.force_login(issuer_of(badge.organiser))
    give(badge.organiser, PersonFactory(), 1)
    lists = f"/workspace/{badge.organiser.slug}/awards/"

    def counted(name, rows):
        batch = list_of(badge, [f"{name}{n}@{'example.org' if n % 2 else 'example'}" for n in range(rows)])
        checking = queries_of(client, batch.get_absolute_url()), queries_of(client, lists)
        begun = list_of(badge, [f"{name}-out{n}@example.org" for n in range(rows)])
        award_list(begun, by=issuer_of(badge.organiser))
        carry_out()
        return *checking, queries_of(client, begun.get_absolute_url())

    assert counted("a", 2) == counted("b", 30)


def test_badges_that_were_corrected(client):
    badge = published_badge()
    client.force_login(issuer_of(badge.organiser))
    batch = award(badge, [Recipient(f"a{n}@example.org", "A") for n in range(6)], by=issuer_of(badge.organiser))
    carry_out()
    release_batch(batch, by=None)
    pages = [badge.workspace_url, batch.get_absolute_url(), f"/workspace/{badge.organiser.slug}/issued/"]

    def counted(corrected):
        for one in corrected:
            correct_badge(one, by=issuer_of(badge.organiser), email=one.email, name="Ana", narrative="")
        carry_out()
        return [queries_of(client, page) for page in pages]

    first, *others = batch.assertions.all()

    assert counted([first]) == counted(others)


def list_of(badge, addresses):
    """Return a list that was read and waits to be awarded."""
    content = "\n".join(["E-mail", *addresses]).encode()
    batch = begin_list(badge, Admitted("l.csv", content, "text/plain"), by=issuer_of(badge.organiser), language="en")
    read_lists()
    return AwardBatch.objects.get(pk=batch.pk)


def test_the_inbox(client):
    organiser, person = OrganiserFactory(verified=True), PersonFactory()
    client.force_login(person)
    give(organiser, person, 1)
    with_one = queries_of(client, "/inbox/")
    give(organiser, person, 29)

    assert queries_of(client, "/inbox/") == with_one
