"""Making badge classes: draft, published, archived; versions frozen by awards."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from badges.actions import save_badge_class
from badges.actions.badge_classes import drawn, freeze
from badges.models import BadgeClass
from organisers.actions import record_standing
from portal.workflow import StepRefused, take, unmet
from tests.factories.badges import WORDS, assertion, draft_badge, issuer_of, published_badge
from tests.factories.organisers import OrganiserFactory

pytestmark = pytest.mark.django_db


def form_data(**changes):
    return {
        "name": "Safe Rider", "description": "Rides safely.", "criteria": "Ride a marked route.", "kind": "skill",
        "language": "en", "picture_text": "Hexagon with a wheel", "seed": "abc", "criteria_url": "",
        "workload_minutes": "60", "valid_months": "", "skills-TOTAL_FORMS": "1", "skills-INITIAL_FORMS": "0",
        "skills-0-label": "attend to detail", "skills-0-uri": "", **changes,
    }  # fmt: skip


@pytest.fixture
def workspace(client):
    organiser = OrganiserFactory(verified=True)
    client.force_login(issuer_of(organiser))
    return f"/workspace/{organiser.slug}/badges/"


def test_a_seed_is_drawn_once():
    assert drawn("once.wheel.clay") is drawn("once.wheel.clay")
    assert drawn("once.wheel.clay") != drawn("once.bulb.rose")


def test_the_form_makes_a_draft_with_a_drawn_picture(client, workspace):
    client.post(workspace + "new/", form_data())

    badge = BadgeClass.objects.get()
    assert (badge.name, badge.state, badge.art_seed) == ("Safe Rider", "draft", "abc")
    assert Image.open(io.BytesIO(client.get(badge.picture_url).content)).size == (600, 600)


def test_another_picture_is_drawn_and_nothing_typed_is_lost(client, workspace):
    page = client.post(workspace + "new/", form_data(another="1", name="Half a name", description="")).content.decode()

    assert 'value="Half a name"' in page
    assert "attend to detail" in page
    assert "/art/badge/abc.svg" not in page
    assert not BadgeClass.objects.exists()


def test_an_uploaded_picture_is_redrawn_as_png(client, workspace):
    jpeg = io.BytesIO()
    Image.new("RGB", (900, 900), "teal").save(jpeg, "JPEG")
    upload = SimpleUploadedFile("../../badge.jpg", jpeg.getvalue(), "image/jpeg")

    client.post(workspace + "new/", form_data(picture_file=upload))

    badge = BadgeClass.objects.get()
    assert Image.open(io.BytesIO(client.get(badge.picture_url).content)).format == "PNG"
    assert badge.art_seed == ""


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html><script>alert(1)</script></html>", "not a picture"),
        (b"\x89PNG\r\n\x1a\n" + b"broken" * 40, "broken"),
        (b"", "empty"),
    ],
)
def test_a_file_that_is_no_picture_is_refused_and_the_words_stay(client, workspace, content, sentence):
    upload = SimpleUploadedFile("badge.png", content, "image/png")

    answer = client.post(workspace + "new/", form_data(picture_file=upload))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Rides safely." in answer.content.decode()
    assert not BadgeClass.objects.exists()


def test_a_badge_wants_criteria_alt_text_and_a_name(client, workspace):
    answer = client.post(workspace + "new/", form_data(criteria="", picture_text="", name=""))

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"criteria", "picture_text", "name"}


def test_an_incomplete_draft_cannot_be_published():
    organiser = OrganiserFactory(verified=True)
    badge = save_badge_class(
        BadgeClass(organiser=organiser),
        by=issuer_of(organiser),
        words={**WORDS, "criteria": "", "picture_text": ""},
        skills=[],
    )

    assert len(unmet(badge.publish)) == 3
    with pytest.raises(StepRefused):
        take(badge.publish, by=issuer_of(organiser))


def test_a_draft_is_seen_by_its_organiser_only(client):
    badge = draft_badge()

    assert client.get(badge.get_absolute_url()).status_code == 404
    client.force_login(issuer_of(badge.organiser))
    assert client.get(badge.get_absolute_url()).status_code == 200


def test_an_award_freezes_a_version_and_edits_make_the_next(client):
    badge = published_badge()
    first = assertion(badge).badge_version
    save_badge_class(
        badge, by=issuer_of(badge.organiser), words={**WORDS, "name": "Brake Master"}, skills=[], seed="other"
    )
    second = assertion(badge, email="other@example.org").badge_version

    assert (first.number, second.number) == (1, 2)
    assert first.words("en")["name"] == "Brake Check"
    assert "Brake Check" in client.get(first.get_absolute_url()).content.decode()
    assert "Brake Master" in client.get(badge.get_absolute_url()).content.decode()


def test_without_an_edit_the_version_stays():
    badge = published_badge()

    with transaction.atomic():
        assert freeze(badge) == freeze(badge)


def test_an_archived_badge_is_awarded_no_more_but_stays_valid(client):
    badge = published_badge()
    held = assertion(badge)
    issuer = issuer_of(badge.organiser)
    client.force_login(issuer)

    client.post(f"/workspace/{badge.organiser.slug}/badges/{badge.key}/archive/")

    refused = client.post(
        f"{badge.workspace_url}award/one/?path=quick",
        {"email": "x@example.org", "first_name": "X", "last_name": "Y", "once": "1"},
    )
    assert refused.status_code == 409
    assert "This badge is genuine." in client.get(held.get_absolute_url()).content.decode()


def test_the_database_refuses_a_published_badge_without_a_picture():
    badge = published_badge()

    with pytest.raises(IntegrityError), transaction.atomic():
        BadgeClass.objects.filter(pk=badge.pk).update(picture="")


def test_a_second_click_awards_once(client):
    badge = published_badge()
    client.force_login(issuer_of(badge.organiser))
    data = {"email": "x@example.org", "first_name": "X", "last_name": "Y", "once": "the form's own key"}

    places = {client.post(f"{badge.workspace_url}award/one/?path=quick", data).url for _click in range(2)}

    assert len(places) == 1
    assert badge.batches.count() == 1


def test_validity_has_an_end_that_the_calendar_knows():
    with pytest.raises(ValidationError):
        BadgeClass._meta.get_field("valid_months").clean(100_000, None)


def test_the_page_of_a_badge_says_whether_its_organiser_is_verified(client):
    sentence = "The network has not verified this organiser yet."
    unverified, verified = published_badge(OrganiserFactory()), published_badge()

    assert sentence in client.get(unverified.get_absolute_url()).content.decode()
    assert sentence not in client.get(verified.get_absolute_url()).content.decode()
    record_standing(verified.organiser, by=None, standing="suspended")
    assert "This organiser may not act at the moment." in client.get(verified.get_absolute_url()).content.decode()
