"""Pages on which somebody learns are not deleted."""

import pytest
from wagtail.models import Page

from pathways.actions import cancel_registration, confirm_activity, join_playlist, register
from tests.factories.accounts import PersonFactory
from tests.factories.pathways import activity, playlist, translated
from tests.pathways.test_dates import date_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]
SENTENCE = "Unpublish it instead of deleting it."


def delete(client, page, in_bulk):
    if in_bulk:
        return client.post(f"/cms/bulk/wagtailcore/page/delete/?id={page.pk}&next=/cms/", follow=True)
    return client.post(f"/cms/pages/{page.pk}/delete/", follow=True)


@pytest.mark.parametrize("in_bulk", [False, True])
@pytest.mark.parametrize("language", ["en", "lt"])
def test_an_activity_with_learners_stays_in_every_language(client, organiser, in_bulk, language):
    page = activity(organiser)
    pages = {"en": page, "lt": translated(page)}
    confirm_activity(page, by=PersonFactory())

    answer = delete(client, pages[language], in_bulk)

    assert SENTENCE in answer.content.decode()
    assert Page.objects.filter(pk=pages[language].pk).exists()


@pytest.mark.parametrize("in_bulk", [False, True])
def test_a_playlist_with_learners_stays(client, organiser, in_bulk):
    page = playlist(activity(organiser))
    join_playlist(page, by=PersonFactory())

    answer = delete(client, page, in_bulk)

    assert SENTENCE in answer.content.decode()
    assert Page.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("in_bulk", [False, True])
def test_an_event_at_which_people_have_a_place_stays(client, organiser, in_bulk):
    date = date_of(activity(organiser))
    registration = register(date, by=PersonFactory())

    assert SENTENCE in delete(client, date.page, in_bulk).content.decode()
    assert Page.objects.filter(pk=date.page_id).exists()

    cancel_registration(registration, by=registration.person)
    delete(client, date.page, in_bulk)
    assert not Page.objects.filter(pk=date.page_id).exists()


@pytest.mark.parametrize("in_bulk", [False, True])
def test_a_page_without_learners_goes(client, organiser, in_bulk):
    page = activity(organiser)

    delete(client, page, in_bulk)

    assert not Page.objects.filter(pk=page.pk).exists()


def test_a_section_with_learners_below_stays_even_for_a_superuser(client, organiser):
    page = activity(organiser)
    confirm_activity(page, by=PersonFactory())
    client.force_login(PersonFactory(is_superuser=True))

    delete(client, page.get_parent(), in_bulk=False)

    assert Page.objects.filter(pk=page.pk).exists()
