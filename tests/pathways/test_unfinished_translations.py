"""A translation is shown as one once its title and half of its parts are translated; what lacks parts says so."""

import pytest
from django.test import Client, TestCase
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.models import ChapterPage
from tests.factories.accounts import PersonFactory
from tests.factories.pages import guide, written
from tests.factories.pathways import activity, translated

pytestmark = pytest.mark.django_db


PARTLY = "Parts of this page are not translated yet. You read them in the language in which they were written."


def said(page) -> bool:
    """Say whether strangers read on a page, in its language, that parts of it are missing."""
    with translation.override(page.locale.language_code):
        return gettext(PARTLY) in Client().get(page.url).text


def submitted(client, page):
    """Send a page to translation as an author does, and return its Lithuanian twin."""
    lithuanian = Locale.objects.get(language_code="lt")
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(f"/cms/localize/submit/page/{page.pk}/", {"locales": [str(lithuanian.pk)]})
    return page.get_translation(lithuanian)


def translate_parts(page, count=None):
    """Translate the first parts of a page, its title among them."""
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale)
    for segment in translation.source.stringsegment_set.order_by("order")[:count]:
        StringTranslation.objects.create(
            translation_of=segment.string, locale=page.locale, context=segment.context, data=f"LT {segment.order}"
        )


def publish(client, page):
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post(f"/cms/pages/{page.pk}/edit/", {"action": "publish"}, follow=True)
    page.refresh_from_db()
    return answer


def test_a_page_sent_to_translation_is_not_published_by_that(client, organiser):
    assert submitted(client, activity(organiser)).live is False


def test_nothing_translated_is_not_published(client, organiser):
    twin = submitted(client, page := activity(organiser))

    answer = publish(client, twin)

    assert "translate its title and at least half of its parts first" in answer.text
    assert twin.live is False
    assert "hreflang" not in client.get(page.url).text.partition("</head>")[0]


def test_without_the_title_it_stays_a_draft(client, organiser):
    twin = submitted(client, activity(organiser))
    translate_parts(twin)
    StringTranslation.objects.filter(context__path="title").delete()

    publish(client, twin)

    assert twin.live is False


def test_what_is_translated_in_part_is_published_and_says_so(client, organiser):
    twin = submitted(client, page := activity(organiser))
    total = TranslationSource.objects.get_for_instance(page).stringsegment_set.count()
    translate_parts(twin, (total + 1) // 2)

    publish(client, twin)

    assert twin.live
    assert said(twin)
    assert not said(page)
    StringTranslation.objects.all().delete()
    translate_parts(twin)
    publish(client, twin)
    assert not said(twin)


def test_bringing_it_up_to_date_publishes_only_what_is_ready(client, organiser):
    twin = submitted(client, page := activity(organiser))
    source = TranslationSource.objects.get_for_instance(page)

    def update():
        with TestCase.captureOnCommitCallbacks(execute=True):
            client.post(f"/cms/localize/update/{source.pk}/", {"publish_translations": "on"})
        return Page.objects.get(pk=twin.pk).live

    assert update() is False
    translate_parts(twin)
    assert update() is True


@pytest.mark.parametrize("include_descendants", ["", "on"])
def test_bulk_publishing_is_no_way_round_it(client, organiser, include_descendants):
    twin = submitted(client, activity(organiser))
    chosen = twin.get_parent() if include_descendants else twin

    client.post(
        f"/cms/bulk/wagtailcore/page/publish/?id={chosen.pk}&next=/cms/", {"include_descendants": include_descendants}
    )

    assert Page.objects.get(pk=twin.pk).live is False


def test_pages_of_the_site_follow_the_same_rule(client):
    client.force_login(PersonFactory(roles=["editor"]))
    twin = submitted(client, written())

    publish(client, twin)
    assert twin.live is False
    translate_parts(twin, 1)
    publish(client, twin)
    assert twin.live
    assert said(twin)


def test_a_page_that_was_translated_otherwise_is_published_as_it_is(client, organiser):
    twin = translated(activity(organiser))
    Translation.objects.update(enabled=False)
    twin.unpublish()

    client.post(f"/cms/bulk/wagtailcore/page/publish/?id={twin.pk}&next=/cms/", {"include_descendants": ""})

    assert Page.objects.get(pk=twin.pk).live


def test_a_chapter_is_translated_after_its_guide(client):
    client.force_login(PersonFactory(roles=["editor"]))
    book = guide()
    chapter = written(ChapterPage, parent=book)
    lithuanian = {"locales": [str(Locale.objects.get(language_code="lt").pk)]}

    answer = client.post(f"/cms/localize/submit/page/{chapter.pk}/", lithuanian, follow=True)

    assert "Translate the page above it first: “How to badge”." in answer.text
    assert not book.get_translations().exists()
    submitted(client, book)
    assert submitted(client, chapter).get_parent().live is False
