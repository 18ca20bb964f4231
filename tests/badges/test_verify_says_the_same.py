"""The checking page and the badge's own page give one answer."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from badges.actions import Recipient, award, collect_badge, release_batch
from badges.actions.assertions import correct_badge
from badges.actions.showing import hide_badge, publish_badge
from badges.models import Assertion
from badges.schedule import sign_stale_lists
from portal.accounts.models import Person
from tests.factories.accounts import PersonFactory
from tests.factories.badges import carry_out, issuer_of, published_assertion, published_badge

pytestmark = pytest.mark.django_db


def check(client, content):
    return client.post("/verify", {"file": SimpleUploadedFile("badge", content)}).text


@pytest.mark.parametrize("form", ["/credential.json", ".json", ".jwt", ".png"])
def test_a_corrected_badge_was_not_taken_back(client, form):
    former = published_assertion()
    file = client.get(f"/assertions/{former.key}{form}").content
    by = issuer_of(former.badge_class.organiser)
    correct_badge(former, by=by, email=former.email, name=former.name, narrative="Two.")
    carry_out()
    former.refresh_from_db()
    holder, corrected = Person.objects.get(email=former.email), former.superseded_by
    hide_badge(corrected, by=holder)
    sign_stale_lists()

    page = check(client, file)

    assert "It was corrected: another badge replaces it." in page
    assert "took it back" not in page
    assert corrected.get_absolute_url() not in page
    publish_badge(corrected, by=holder)
    assert corrected.get_absolute_url() in check(client, file)


def test_the_last_day_is_the_same_in_every_time_zone(client):
    badge = published_badge()
    until = Recipient("ona@example.org", "Ona", valid_until=date(2030, 12, 31))
    batch = award(badge, [until], by=issuer_of(badge.organiser))
    carry_out()
    release_batch(batch, by=None)
    holder = PersonFactory(email="ona@example.org")
    held = publish_badge(collect_badge(Assertion.objects.get(batch=batch), by=holder), by=holder)
    sign_stale_lists()

    pages = [client.get(held.get_absolute_url()).text, check(client, client.get(f"/assertions/{held.key}.png").content)]

    assert all("valid until 31 December 2030" in page for page in pages)
    assert not any("January 2031" in page for page in pages)
