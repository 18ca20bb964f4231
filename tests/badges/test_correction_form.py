"""The form of a correction: what it offers, and what it refuses."""

from datetime import UTC, datetime, time, timedelta

import pytest

from badges.actions import Recipient, award
from badges.models import Assertion, AwardRow
from portal import clock
from tests.factories.badges import carry_out, issuer_of, published_badge

pytestmark = pytest.mark.django_db
OLD = "https://example.org/old"


@pytest.fixture
def wrong(client):
    """Sign the issuer of a badge with every fact in; returns the badge."""
    badge = published_badge()
    facts = {"narrative": "Held the pump.", "evidence": [OLD], "valid_until": clock.today() + timedelta(days=100)}
    award(badge, [Recipient("jonas@example.org", "Jonas", **facts)], by=None, source="playlist")
    carry_out()
    client.force_login(issuer_of(badge.organiser))
    return Assertion.objects.get()


def send(client, badge, **changes):
    """Send the form as it is shown, with changes."""
    address = f"{badge.workspace_url}correct/"
    form = client.get(address).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    return client.post(address, {name: str(value) for name, value in shown.items()} | changes)


def test_end_and_evidence_are_corrected(client, wrong):
    day = clock.today() + timedelta(days=30)

    send(client, wrong, valid_until=day.isoformat(), evidence="https://example.org/a\nhttps://example.org/b")
    carry_out()

    new = Assertion.objects.latest("pk")
    assert new.expires_at == datetime.combine(day, time(23, 59, 59), UTC)
    assert new.row.evidence == ["https://example.org/a", "https://example.org/b"]
    assert (new.name, new.row.narrative) == ("Jonas", "Held the pump.")


@pytest.mark.parametrize(
    ("months", "said"),
    [(None, "Leave empty for a badge without an end."), (12, "it ends 12 months after the correction.")],
)
def test_an_emptied_end_means_what_its_field_says(client, wrong, months, said):
    version = wrong.badge_version
    version.content["valid_months"] = months
    type(version).objects.filter(pk=version.pk).update(content=version.content)
    assert said in client.get(f"{wrong.workspace_url}correct/").content.decode()

    send(client, wrong, valid_until="")
    carry_out()

    new = Assertion.objects.latest("pk")
    assert new.expires_at == (clock.months_later(new.issued_at, months) if months else None)


def test_evidence_is_taken_away(client, wrong):
    send(client, wrong, evidence="")

    assert AwardRow.objects.latest("pk").evidence == []


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("valid_until", "2020-01-01", "This day is over."),
        ("valid_until", "9999-12-31", "For “no end”, leave the field empty."),
        ("evidence", "javascript:alert(1)", "is no web address."),
        ("evidence", f"https://example.org/{'a' * 1000}", "at most 1000 characters."),
        ("name", "Jonas", "Nothing is different from the badge as it is."),
    ],
)
def test_what_an_award_refuses_a_correction_refuses(client, wrong, field, value, sentence):
    answer = send(client, wrong, **{field: value})

    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert value in answer.content.decode()
    assert AwardRow.objects.count() == 1


def test_the_name_on_a_badge_that_expired_is_corrected(client, wrong):
    with clock.moved_to(timedelta(days=200)):
        send(client, wrong, name="Jonas Petraitis")
        carry_out()

    new = Assertion.objects.latest("pk")
    assert (new.name, new.last_day) == ("Jonas Petraitis", wrong.last_day)
