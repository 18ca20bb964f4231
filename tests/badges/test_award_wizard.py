"""The wizard: a person in one step, what the badge says on top in a second."""

from datetime import timedelta

import pytest

from badges.models import AwardBatch, AwardRow
from portal import clock
from tests.factories.badges import assertion, issuer_of, published_badge

pytestmark = pytest.mark.django_db
WHO = {"first_name": "Ugnė", "last_name": "Žydrūnaitė", "email": "Ugne@Example.org"}


@pytest.fixture
def badge(client):
    badge = published_badge()
    client.force_login(issuer_of(badge.organiser))
    return badge


def send(client, badge, path="described", **sent):
    return client.post(f"{badge.workspace_url}award/one/?path={path}", sent)


def test_quick_award_needs_a_name_and_an_address_only(client, badge):
    answer = send(client, badge, "quick", **WHO, once="1")

    row = AwardRow.objects.get()
    assert answer.url == row.batch.get_absolute_url()
    assert (row.email, row.name) == ("ugne@example.org", "Ugnė Žydrūnaitė")


def test_the_second_step_carries_the_first_along(client, badge):
    page = send(client, badge, **WHO, go="next").content.decode()

    assert 'name="email" value="Ugne@Example.org"' in page
    assert "For Ugnė Žydrūnaitė." in page
    assert not AwardRow.objects.exists()


def test_missing_data_paints_the_step_and_loses_nothing(client, badge):
    answer = send(client, badge, **{**WHO, "email": ""}, narrative="Led a group", go="next")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<li data-state="failed" aria-current="step">' in page
    assert 'value="Ugnė"' in page
    assert 'name="narrative" value="Led a group"' in page


def test_letter_that_only_looks_latin_is_named(client, badge):
    answer = send(client, badge, "quick", **{**WHO, "email": "\u0430nn@example.org"}, once="1")

    assert "This address contains the letter “а”, which is not Latin." in answer.content.decode()


def test_back_shows_the_first_step_without_complaint(client, badge):
    answer = send(client, badge, **{**WHO, "email": ""}, narrative="Led a group", go="back")

    assert answer.status_code == 200
    assert "error-summary" not in answer.content.decode()


def test_the_details_stand_in_the_row(client, badge):
    until = clock.today() + timedelta(days=400)
    send(
        client,
        badge,
        **WHO,
        language="en",
        valid_until=until.isoformat(),
        narrative="Certificate 12/2026",
        evidence="https://example.org/a\nhttps://example.org/b",
        activity_on=clock.today().isoformat(),
        go="award",
        once="1",
    )

    row = AwardRow.objects.get()
    assert (row.valid_until, row.activity_on) == (until, clock.today())
    assert (row.narrative, row.evidence) == ("Certificate 12/2026", ["https://example.org/a", "https://example.org/b"])


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("valid_until", "2020-01-01", "This day is over."),
        ("valid_until", "9999-12-31", "For “no end”, leave the field empty."),
        ("activity_on", "0001-01-01", "This day lies too far back."),
        ("activity_on", "2999-01-01", "This day is still to come."),
        ("evidence", "javascript:alert(1)", "is no web address."),
        ("evidence", "https://a.example.org " * 6, "Give five addresses at the most."),
        ("language", "xx", "Select a valid choice."),
    ],
)
def test_a_wrong_detail_gets_a_sentence(client, badge, field, value, sentence):
    answer = send(client, badge, **{**WHO, "language": "en", "go": "award", field: value})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not AwardRow.objects.exists()


def test_who_holds_the_badge_is_named_before_anything_is_awarded(client):
    held = assertion(email="jonas@example.org")
    badge = held.badge_class
    client.force_login(issuer_of(badge.organiser))

    typed = {"first_name": "Jonas", "last_name": "P.", "email": "Jonas@Example.org"}
    answer = client.post(f"{badge.workspace_url}award/one/?path=quick", typed)

    assert answer.status_code == 422
    assert "This person holds the badge already." in answer.content.decode()
    assert AwardBatch.objects.count() == 1
