"""The overview of a workspace: what one comes for, what waits, how much there is."""

from datetime import timedelta

import pytest

from badges.actions.assertions import ask_for_correction, collect_badge
from badges.models import Assertion
from portal import clock
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, issuer_of, published_badge
from tests.factories.codes import claim_code, proven_use
from tests.factories.organisers import JoinRequestFactory, MembershipFactory, OrganiserFactory, owner_of
from tests.factories.pathways import reviewed_activity, waiting_attempt
from tests.portal.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def shown(client, organiser, person=None) -> str:
    client.force_login(person or owner_of(organiser))
    return client.get(f"/workspace/{organiser.slug}/").content.decode()


def busy_organiser():
    """Return an organiser for whose people something of each kind waits."""
    organiser = published_badge().organiser
    JoinRequestFactory(organiser=organiser)
    waiting_attempt(reviewed_activity(organiser))
    return organiser


def test_owner_sees_what_waits_and_where(client):
    organiser = busy_organiser()

    page = shown(client, organiser)

    assert f'<a href="/workspace/{organiser.slug}/people/">1 person asks to join</a>' in page
    assert f'<a href="/workspace/{organiser.slug}/reviews/">1 piece of work to review</a>' in page


def test_issuers_see_corrections_and_people_with_codes(client):
    holder = PersonFactory(email="holder@example.org")
    badge = assertion(email=holder.email)
    organiser = badge.badge_class.organiser
    collect_badge(badge, by=holder)
    ask_for_correction(badge, by=holder, text="My name is wrong.")
    code = claim_code(needs_approval=True)
    proven_use(code)

    assert "1 correction asked for" in shown(client, organiser, issuer_of(organiser))
    assert "1 person with a code to answer" in shown(client, code.series.badge_class.organiser)


def test_each_role_sees_its_own_affairs_alone(client):
    organiser = busy_organiser()
    author = MembershipFactory(organiser=organiser, role="author").person

    page = shown(client, organiser, author)

    assert "What waits for you" not in page
    assert "badges/new/" not in page


def test_award_is_offered_once_there_is_a_badge_to_give(client):
    new, ready = OrganiserFactory(), published_badge().organiser

    assert ["Award</a>" in shown(client, organiser) for organiser in (new, ready)] == [False, True]
    assert "No badges yet" in shown(client, new)


def test_figures_count_the_last_thirty_days_and_people(client):
    holder = PersonFactory(email="holder@example.org")
    badge = assertion(email=holder.email)
    collect_badge(badge, by=holder)
    organiser = badge.badge_class.organiser
    figures = client_figures(client, organiser)
    assert figures == ["1", "1", "1"]

    Assertion.objects.update(issued_at=clock.now() - timedelta(days=31))

    assert client_figures(client, organiser) == ["1", "0", "1"]


def client_figures(client, organiser) -> list[str]:
    return [part.partition("</dd>")[0] for part in shown(client, organiser).split("<dd>")[1:4]]


def test_overview_asks_as_often_for_much_as_for_little(client):
    organiser = busy_organiser()
    client.force_login(owner_of(organiser))
    few = queries_of(client, f"/workspace/{organiser.slug}/")

    for _number in range(3):
        JoinRequestFactory(organiser=organiser)
        waiting_attempt(reviewed_activity(organiser))

    assert queries_of(client, f"/workspace/{organiser.slug}/") == few
