"""The leaks of Wagtail and wagtail-localize between two organisers, closed."""

import pytest
from django.core.files.base import ContentFile
from django.test import TestCase
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from wagtail.documents.models import Document
from wagtail.models import Collection, Page
from wagtail_localize.models import OverridableSegment, Translation, TranslationSource

from pathways.actions import ensure_section, sync_authors
from pathways.models import ActivityPage
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.organisers import MembershipFactory, OrganiserFactory
from tests.factories.pathways import activity, playlist, translated, with_role
from tests.pathways.editor import draft, section, send_playlist, steps_in_draft

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.mark.parametrize("live", [True, False])
def test_a_pages_of_others_cannot_be_sent_to_translation(client, organiser, live):
    theirs = activity(live=live)
    address = f"/cms/localize/submit/page/{theirs.pk}/"
    pages = Page.objects.count()

    for answer in (client.get(address), client.post(address, {"locales": ["2"]})):
        assert (answer.status_code, answer["Location"]) == (302, "/cms/")

    assert Page.objects.count() == pages
    assert not Translation.objects.exists()


def test_a_translations_of_others_cannot_be_published(client, organiser):
    theirs = activity()
    lithuanian = translated(theirs)
    lithuanian.unpublish()
    source = TranslationSource.objects.get_for_instance(theirs)

    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post(f"/cms/localize/update/{source.pk}/", {"publish_translations": "on"})

    lithuanian.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, "/cms/")
    assert not lithuanian.live


def test_a_own_pages_are_translated_and_brought_up_to_date(client, organiser):
    page = activity(organiser)
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(f"/cms/localize/submit/page/{page.pk}/", {"locales": ["2"]})
    page.title = "Brakes and bells"
    page.save_revision().publish()
    source = TranslationSource.objects.get_for_instance(page)

    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(f"/cms/localize/update/{source.pk}/", {"publish_translations": "on"})

    assert page.get_translations().get().title == "Brakes and bells"


def test_a_the_report_over_all_translations_is_closed_to_authors(client, organiser):
    translated(activity(title="Theirs", live=False))

    for part in ("", "results/"):
        answer = client.get(f"/cms/localize/reports/translations/{part}")
        assert (answer.status_code, answer["Location"]) == (302, "/cms/")


@pytest.mark.parametrize("part", ["", "results/"])
def test_a_the_report_of_page_types_names_no_draft_of_others(client, organiser, part):
    activity(title="Secret plan", live=False).save_revision()
    address = f"/cms/reports/page-types-usage/{part}"

    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, "/cms/")

    client.force_login(PersonFactory(is_superuser=True))
    assert "Secret plan" in client.get(address).text


@pytest.mark.parametrize("address", ["javascript:alert(1)", " java\tscript:alert(1)", "data:text/html,x"])
def test_a_translation_leads_to_no_address_that_the_editor_refuses(client, organiser, address):
    linked = [("quote", {"text": "Ride!", "source": "https://example.org/"})]
    lithuanian = translated(activity(organiser, body=[*linked, ("text", '<a href="https://example.org/b">Ride</a>')]))

    for segment in OverridableSegment.objects.all():
        place = f"/cms/localize/translate/{Translation.objects.get().pk}/overrides/{segment.pk}/edit/"
        answers = [
            client.put(place, encode_multipart(BOUNDARY, {"value": one}), MULTIPART_CONTENT)
            for one in ["https://example.org/lt", "mailto:ride@example.org", "/lt/", address]
        ]
        assert [answer.status_code for answer in answers] == [201, 200, 200, 403]

    client.post(f"/cms/pages/{lithuanian.pk}/edit/", {"localize-translation": "1", "action": "publish"})
    assert address.strip() not in client.get(lithuanian.url).text


def test_a_translation_shows_no_file_of_others(client, organiser):
    ensure_section(OrganiserFactory(verified=True, slug="theirs"))
    own, other, theirs = (
        Document.objects.create(
            title="A plan", file=ContentFile(b"x", name="a.pdf"), collection=Collection.objects.get(name=name)
        )
        for name in ("ours", "ours", "theirs")
    )
    translated(activity(organiser, body=[("file", {"file": own, "about": ""})]))
    segment = OverridableSegment.objects.get()
    place = f"/cms/localize/translate/{Translation.objects.get().pk}/overrides/{segment.pk}/edit/"

    answers = [
        client.put(place, encode_multipart(BOUNDARY, {"value": str(value)}), MULTIPART_CONTENT).status_code
        for value in (other.pk, theirs.pk, 999_999, "https://example.org/")
    ]

    assert answers == [201, 403, 403, 403]


@pytest.mark.usefixtures("indexed")
def test_b_the_chooser_hides_drafts_of_others(client, organiser):
    theirs = [activity(title="Secret plan", live=False), activity(title="Secret success")]
    own = activity(organiser, title="Secret of ours", live=False)

    found = client.get(
        "/cms/choose-page/search/", {"q": "Secret", "page_type": "pathways.activitypage"}
    ).content.decode()
    browsed = client.get(f"/cms/choose-page/{theirs[0].get_parent().pk}/").content.decode()

    assert ("Secret plan" in found, "Secret success" in found, own.title in found) == (False, True, True)
    assert "Secret plan" not in browsed


def test_c_a_forged_choice_of_a_draft_of_others_is_refused(client, organiser):
    page, theirs = playlist(activity(organiser)), activity(live=False)
    before = steps_in_draft(page)

    answer = send_playlist(client, page, [theirs])

    assert answer.status_code == 200
    assert "Choose one of your own activities, or a published one." in answer.content.decode()
    assert steps_in_draft(page) == before


def test_c_published_activities_of_others_and_own_drafts_are_welcome(client, organiser):
    own, theirs = activity(organiser, live=False), activity()
    page = playlist(organiser=organiser, live=False)

    assert send_playlist(client, page, [own, theirs]).status_code == 302
    assert steps_in_draft(page) == [own.pk, theirs.pk]


def test_c_an_activity_twice_or_a_rule_that_cannot_be_met_is_refused(client, organiser):
    own = activity(organiser)
    page = playlist(own)

    assert "stands in the playlist already" in send_playlist(client, page, [own, own]).content.decode()
    assert "not that many activities" in send_playlist(client, page, [own], required_count="2").content.decode()


def test_d_badges_of_others_are_neither_offered_nor_taken(client, organiser):
    own, theirs = published_badge(organiser, name="Ours"), published_badge(name="Theirs")
    page = playlist(one := activity(organiser))

    text = client.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert ("Ours" in text, "Theirs" in text) == (True, False)
    assert send_playlist(client, page, [one], badge_class=str(theirs.pk)).status_code == 200
    assert send_playlist(client, page, [one], badge_class=str(own.pk)).status_code == 302
    assert draft(page).badge_class == own


def test_a_copy_into_another_section_leaves_organiser_and_badge_behind(client, organiser):
    theirs = OrganiserFactory(verified=True, slug="theirs")
    page = activity(theirs, badge_class=published_badge(theirs))
    both = with_role(organiser, "author")
    MembershipFactory(organiser=theirs, person=both, role="author")
    sync_authors()
    client.force_login(both)
    form = {"new_title": "C", "new_slug": "c", "new_parent_page": section(organiser).pk, "publish_copies": "on"}

    client.post(f"/cms/pages/{page.pk}/copy/", form)

    copy = ActivityPage.objects.get(slug="c")
    assert (copy.organiser, copy.badge_class) == (organiser, None)
    assert copy.get_latest_revision_as_object().badge_class is None
