"""What is left of a badge whose holder was erased: a place in a list, and a page that says so."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from badges.actions import revoke_badge
from badges.actions.assertions import correct_badge, resend_mail
from badges.claims import claim_link
from badges.invariants import codes_are_counted
from badges.models import Assertion, ClaimCode, CodeUse
from badges.schedule import remind_recipients
from portal import clock
from portal.notifications.models import OutgoingMail
from portal.workflow import StepRefused
from tests.factories.badges import issuer_of
from tests.factories.codes import claim_code, proven_use
from tests.factories.leaver import ADDRESS, NAME, SECOND, erased, leaver

pytestmark = pytest.mark.django_db


def fresh_badge(badge):
    """Return a badge as read anew."""
    return Assertion.objects.get(pk=badge.pk)


def test_pages_and_documents_of_an_erased_badge_say_that_it_was_removed(client, django_capture_on_commit_callbacks):
    person = leaver()
    held = Assertion.objects.collected().get(email=ADDRESS, batch__source="single")
    erased(person, django_capture_on_commit_callbacks)

    page = client.get(held.get_absolute_url())
    assert (page.status_code, "removed by its holder" in page.text) == (410, True)
    assert NAME not in page.text
    for ending in [".json", "/credential.json", ".jwt", ".png", ".svg", ".pdf"]:
        answer = client.get(f"{held.get_absolute_url()}{ending}")
        assert (answer.status_code, answer["Content-Type"]) == (410, "application/json"), ending
        assert answer.json()["description"] == "Removed by its holder."
    assert client.get(f"{held.get_absolute_url()}/card.png").status_code == 404


def test_a_revoked_badge_goes_on_being_revoked_once_erased(client, django_capture_on_commit_callbacks):
    person = leaver()
    held = Assertion.objects.collected().get(email=ADDRESS, batch__source="single")
    revoke_badge(held, by=issuer_of(held.badge_class.organiser), reason="A test was missing.")

    erased(person, django_capture_on_commit_callbacks)

    answer = client.get(f"{held.get_absolute_url()}.json", headers={"accept": "application/ld+json"})
    assert (answer.status_code, answer.json()["revoked"], answer.json()["revocationReason"]) == (
        *(410, True),
        "A test was missing.",
    )
    assert "A test was missing." in client.get(held.get_absolute_url()).text


def test_an_issuer_may_still_revoke_an_erased_badge_and_nobody_is_written_to(django_capture_on_commit_callbacks):
    person = leaver()
    held = Assertion.objects.collected().get(email=ADDRESS, batch__source="single")
    erased(person, django_capture_on_commit_callbacks)

    revoke_badge(fresh_badge(held), by=issuer_of(held.badge_class.organiser), reason="A test was missing.")

    assert fresh_badge(held).is_revoked
    assert OutgoingMail.objects.filter(to__endswith="@erased.invalid").count() == 0


def test_who_issued_it_sees_that_its_holder_removed_it(client, django_capture_on_commit_callbacks):
    person = leaver()
    held = Assertion.objects.collected().get(email=ADDRESS, batch__source="single")
    erased(person, django_capture_on_commit_callbacks)
    client.force_login(issuer_of(held.badge_class.organiser))

    listed = client.get(f"/workspace/{held.badge_class.organiser.slug}/issued/").text
    single = client.get(held.workspace_url).text
    batch = client.get(held.batch.get_absolute_url()).text

    for text in (listed, single, batch):
        assert "Removed by its holder" in text
        assert "erased.invalid" not in text


def test_a_badge_that_waited_is_erased_and_nobody_is_reminded_or_led_to_it(client, django_capture_on_commit_callbacks):
    person = leaver()
    waiting = Assertion.objects.waiting().filter(email=SECOND, batch__state="out").get()
    link = claim_link(waiting).removeprefix(settings.BASE_URL)
    assert client.get(link).status_code == 200

    erased(person, django_capture_on_commit_callbacks)
    with clock.moved_to(timedelta(days=40)):
        remind_recipients()

    assert fresh_badge(waiting).is_erased
    assert OutgoingMail.objects.filter(to__endswith="@erased.invalid").count() == 0
    assert client.get(link).status_code == 404
    issuer = issuer_of(waiting.badge_class.organiser)
    with pytest.raises(StepRefused):
        resend_mail(fresh_badge(waiting), by=issuer)
    with pytest.raises(PermissionDenied):
        correct_badge(fresh_badge(waiting), by=issuer, email="new@example.org")


def test_codes_count_right_once_who_used_them_is_erased(django_capture_on_commit_callbacks):
    person = leaver()
    code = claim_code(needs_approval=True)
    proven_use(code, email=ADDRESS, name=NAME)
    assert ClaimCode.objects.get(pk=code.pk).used == 1

    erased(person, django_capture_on_commit_callbacks)

    assert ClaimCode.objects.get(pk=code.pk).used == 0
    assert [use.state for use in CodeUse.objects.all()] == ["awarded"]
    assert list(codes_are_counted()) == []
