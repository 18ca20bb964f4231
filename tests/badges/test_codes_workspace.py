"""The organiser's side of claim codes: who may make, see, print and close them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.utils.timezone import localtime

from badges.actions.codes import close_codes
from badges.models import CodeSeries
from organisers.actions import record_standing
from portal import clock
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.badges import draft_badge, issuer_of, published_badge
from tests.factories.codes import claim_code, code_series, proven_use
from tests.factories.organisers import MembershipFactory, OrganiserFactory
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db


def filled_in(**changed):
    end = localtime(clock.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    begin = localtime(clock.now()).strftime("%Y-%m-%dT%H:%M")
    facts = {"title": "Repair Fair", "number": 20, "uses": 1, "valid_from": begin, "valid_until": end, "language": "en"}
    return {**facts, **changed}


def make_path(badge):
    return f"{badge.workspace_url}codes/"


def test_an_issuer_makes_codes_for_an_event(client):
    badge = published_badge()
    client.force_login(issuer_of(badge.organiser))

    answer = client.post(make_path(badge), filled_in(needs_approval="on"))

    series = CodeSeries.objects.get()
    assert answer["Location"] == series.get_absolute_url()
    assert (series.title, series.needs_approval, series.codes.count()) == ("Repair Fair", True, 20)
    assert len(set(series.codes.values_list("code", flat=True))) == 20


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 501},
        {"number": 0},
        {"uses": 10_001},
        {"uses": 0},
        {"valid_until": "2001-01-01T10:00"},
        {"valid_until": "9999-12-31T23:59"},
        {"valid_until": "9999-12-30T00:00"},
        {"valid_from": "0001-01-02T00:00"},
        {"title": " "},
    ],
)
def test_a_series_keeps_its_limits(client, wrong):
    badge = published_badge()
    client.force_login(issuer_of(badge.organiser))

    assert client.post(make_path(badge), filled_in(**wrong)).status_code == 422
    assert not CodeSeries.objects.exists()


def test_an_organiser_that_is_not_verified_is_told_why_it_makes_no_codes(client):
    badge = published_badge(OrganiserFactory())
    client.force_login(issuer_of(badge.organiser))

    page, answer = client.get(make_path(badge)), client.post(make_path(badge), filled_in())

    assert "Only organisers that the network has verified can make codes." in page.content.decode()
    assert answer.status_code == 409
    assert not CodeSeries.objects.exists()


def test_codes_are_made_for_a_published_badge_by_those_who_may_award_it():
    draft = draft_badge()
    with pytest.raises(StepRefused):
        code_series(draft)

    badge = published_badge()
    record_standing(badge.organiser, by=None, standing="suspended")
    badge.organiser.refresh_from_db()
    with pytest.raises(PermissionDenied):
        code_series(badge)


def test_what_belongs_to_another_organiser_is_not_there(client):
    code = claim_code(number=2)
    other = issuer_of(OrganiserFactory(verified=True))
    address = code.series.get_absolute_url()
    client.force_login(other)

    for path in ("", "people/", "1/", "cards-1.pdf"):
        assert client.get(address + path).status_code == 404
    for path in ("close/", "answer/"):
        assert client.post(address + path).status_code == 404


def test_a_series_is_not_reached_through_ones_own_organiser(client):
    series, own = code_series(), OrganiserFactory(verified=True)
    client.force_login(issuer_of(own))

    for path in ("", "people/", "1/", "cards-1.pdf"):
        assert client.get(f"/workspace/{own.slug}/awards/codes/{series.key}/{path}").status_code == 404


def test_authors_and_reviewers_see_no_codes_and_no_addresses(client):
    code = claim_code(uses=5)
    proven_use(code)
    organiser = code.series.badge_class.organiser
    for role in ("author", "reviewer"):
        client.force_login(MembershipFactory(organiser=organiser, role=role).person)

        assert client.get(f"/workspace/{organiser.slug}/awards/codes/").status_code == 403
        for path in ("", "people/", "1/", "cards-1.pdf"):
            assert client.get(code.series.get_absolute_url() + path).status_code == 403


def test_closing_is_for_those_who_issue():
    series = code_series()

    with pytest.raises(PermissionDenied):
        close_codes(series, by=PersonFactory())
    closed = close_codes(series, by=issuer_of(series.badge_class.organiser))

    assert closed.is_closed
    assert close_codes(closed, by=issuer_of(series.badge_class.organiser)).closed_at == closed.closed_at


def test_a_suspended_organiser_closes_codes_but_prints_none(client):
    series = code_series()
    client.force_login(issuer_of(series.badge_class.organiser))
    record_standing(series.badge_class.organiser, by=None, standing="suspended")

    assert client.get(f"{series.get_absolute_url()}cards-1.pdf").status_code == 403
    assert client.post(f"{series.get_absolute_url()}close/").status_code == 302
    series.refresh_from_db()
    assert series.is_closed


def test_the_qr_code_for_the_screen_stands_beside_what_to_type(client):
    code = claim_code(uses=30)
    client.force_login(issuer_of(code.series.badge_class.organiser))

    page = client.get(f"{code.series.get_absolute_url()}1/").content.decode()

    assert str(code) in page
    assert f"QR code that leads to {code.address}" in page
    assert 'src="data:image/svg+xml' in page


@pytest.mark.parametrize("path", ["codes/", "codes/{key}/", "codes/{key}/people/"])
def test_lists_ask_as_much_for_one_as_for_many(client, path):
    organiser = OrganiserFactory(verified=True)
    client.force_login(issuer_of(organiser))
    series = code_series(published_badge(organiser), number=1, uses=99)
    proven_use(series.codes.first())
    address = f"/workspace/{organiser.slug}/awards/{path.format(key=series.key)}"
    with_one = queries_of(client, address)

    for number in range(5):
        proven_use(series.codes.first(), email=f"p{number}@example.org")
        claim_code(published_badge(organiser, name=f"Badge {number}"))

    assert queries_of(client, address) == with_one


def test_thirty_codes_ask_as_much_as_two(client):
    few, many = code_series(number=2), code_series(number=30)
    asked = []
    for series in (few, many):
        client.force_login(issuer_of(series.badge_class.organiser))
        asked.append(queries_of(client, series.get_absolute_url()))

    assert asked[0] == asked[1]


@pytest.mark.parametrize("begins", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 0, tzinfo=UTC)])
def test_a_series_kept_with_the_ends_of_the_calendar_can_still_be_looked_at(client, begins):
    series = code_series(uses=2)
    CodeSeries.objects.update(valid_from=begins, valid_until=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    client.force_login(issuer_of(series.badge_class.organiser))
    workspace = f"/workspace/{series.badge_class.organiser.slug}/awards/codes/"
    page = series.get_absolute_url()

    for address in (workspace, page, f"{page}people/", f"{page}1/", series.codes.get().get_absolute_url()):
        assert client.get(address).status_code == 200
    assert "9999" in client.get(page).content.decode()
    series.refresh_from_db()
    assert "9999" in render_to_string("badges/documents/code_cards.html", {"series": series, "poster": {"code": "1"}})
