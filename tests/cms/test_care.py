"""What editors are told about pages that want a hand."""

import datetime

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from wagtail.images.models import Image
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.care import faults_of, gaps_of
from cms.models import FaqPage, HelpPage, StandardPage
from portal import clock
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.organisers import OrganiserFactory
from tests.factories.pages import written
from tests.factories.pathways import activity, playlist, translated, with_role
from tests.pathways.editor import send_playlist
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db

REPORT = "/cms/reports/pages-to-look-after/"


def moderator():
    person = PersonFactory()
    person.groups.add(Group.objects.get(name="Moderators"))
    return person


def with_text(html, model=StandardPage):
    page = written(model)
    if model is FaqPage:
        block = page.body.stream_block.child_blocks["question"]
        page.body = [("question", block.to_python({"question": "What?", "answer": html}))]
    else:
        page.body = [("text", page.body.stream_block.child_blocks["text"].to_python(html))]
    page.save_revision().publish()
    return model.objects.get(pk=page.pk)


def test_a_good_page_has_no_faults():
    other = written(StandardPage, title="Other")
    html = (
        f'<h2>A</h2><h3>B</h3><h2>C</h2><p><a linktype="page" id="{other.pk}">x</a><a href="/playlists/">x</a>'
        '<a href="/en/help/">x</a><a href="/quality-label/">x</a><a href="/other/">x</a><a href="https://a.example/">x</a></p>'
    )

    assert faults_of(with_text(html)) == []


@pytest.mark.parametrize(
    "link", ['href="/nowhere/"', 'href="/en/nowhere/"', 'linktype="page" id="99999"', 'linktype="page"']
)
@pytest.mark.parametrize("model", [StandardPage, FaqPage])
def test_a_link_that_leads_nowhere_is_named(link, model):
    assert faults_of(with_text(f"<p><a {link}>Read on</a></p>", model)) == ["The link “Read on” leads nowhere."]


def test_a_link_to_a_draft_leads_nowhere():
    draft = written(HelpPage, title="Later", live=False)

    assert faults_of(with_text(f'<p><a linktype="page" id="{draft.pk}">Later</a></p>')) == [
        "The link “Later” leads nowhere."
    ]


def test_a_heading_that_skips_a_level_is_named():
    assert faults_of(with_text("<h3>Deep</h3><p>x</p>")) == ["The heading “Deep” skips a level."]


@pytest.mark.parametrize(
    ("alt", "decorative", "is_fault"), [("", False, True), ("", True, False), ("A cat", False, False)]
)
def test_a_picture_without_description_is_named(alt, decorative, is_fault):
    image = Image.objects.create(title="a", file="a.png", width=1, height=1)
    page = written()
    block = page.body.stream_block.child_blocks["picture"]
    value = {"image": {"image": image.pk, "alt_text": alt, "decorative": decorative}, "caption": ""}
    page.body = [("picture", block.to_python(value))]
    page.save()

    found = faults_of(StandardPage.objects.get(pk=page.pk))

    assert found == ["A picture has no description for those who do not see it."] * is_fault


@pytest.mark.parametrize(("days", "is_due"), [(0, True), (-5, True), (1, False)])
def test_a_page_asks_to_be_read_again_from_its_day_on(days, is_due):
    page = written(review_by=clock.today() + datetime.timedelta(days=days))

    assert bool(faults_of(page)) is is_due


def test_what_is_not_translated_is_named():
    page = written()
    others = {name for code, name in settings.LANGUAGES if code != "en"}
    assert set(gaps_of(page)) == {f"There is no translation into this language: {name}." for name in others}
    for language in ("pl", "ro"):
        translated(page, language)

    other = translated(page)

    assert gaps_of(page) == []
    assert gaps_of(other) == ["0 of 2 parts are translated."]
    lithuanian = Locale.objects.get(language_code="lt")
    for segment in StringSegment.objects.filter(source=Translation.objects.get(target_locale=lithuanian).source):
        StringTranslation.objects.create(
            translation_of=segment.string, locale=lithuanian, context=segment.context, data="Apie"
        )
    assert gaps_of(other) == []


def test_the_report_lists_pages_with_what_they_want(client):
    page = with_text('<p><a href="/nowhere/">Read on</a></p>')
    client.force_login(moderator())

    answer = client.get(REPORT)

    assert "The link “Read on” leads nowhere." in answer.text
    assert f"/cms/pages/{page.pk}/edit/" in answer.text
    assert REPORT in client.get("/cms/").text


def test_the_report_is_closed_to_authors_of_organisers(client):
    client.force_login(with_role(OrganiserFactory(verified=True), "author"))

    answer = client.get(REPORT)

    assert (answer.status_code, answer["Location"]) == (302, "/cms/")


def test_the_report_is_closed_to_everybody_else(client):
    assert client.get(REPORT).status_code == 302
    client.force_login(PersonFactory())
    assert client.get(REPORT).status_code == 302


def test_an_editor_is_told_on_saving(client):
    page = written(review_by=clock.today())
    client.force_login(moderator())
    form = {
        "title": "About us", "slug": page.slug, "summary": "What it is.", "review_by": str(clock.today()),
        "body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "seo_title": "",
        "search_description": "", "share_picture": "", "go_live_at": "", "expire_at": "",
    }  # fmt: skip

    answer = client.post(f"/cms/pages/{page.pk}/edit/", form, follow=True)

    assert "Somebody was to read it again by now." in answer.text


def test_the_report_costs_the_same_with_1_and_with_20_pages(client):
    with_text("<h3>Deep</h3>")
    client.force_login(moderator())
    with_one = queries_of(client, REPORT)
    for number in range(19):
        translated(written(title=f"Page {number}", review_by=clock.today()))

    assert queries_of(client, REPORT) == with_one


def test_a_playlist_without_a_badge_is_named_to_its_author_and_in_the_report(client):
    organiser = OrganiserFactory(verified=True)
    page = playlist(activity(organiser), badge_class=None)
    client.force_login(with_role(organiser, "author"))
    send_playlist(client, page, [step.activity for step in page.steps.all()], **{"action-publish": "1"})

    said = client.get("/cms/").text

    assert "There is no badge at its end" in said
    client.force_login(moderator())
    assert "There is no badge at its end" in client.get(REPORT).text
    assert "There is no badge at the end of this playlist." in client.get(page.url).text


def test_a_playlist_with_a_badge_wants_no_hand(client):
    organiser = OrganiserFactory(verified=True)
    page = playlist(activity(organiser), badge_class=published_badge(organiser))

    assert faults_of(page) == []
    client.force_login(moderator())
    assert "There is no badge at its end" not in client.get(REPORT).text
    assert "There is no badge at the end of this playlist." not in client.get(page.url).text
