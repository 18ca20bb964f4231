"""A date that moves or goes: all languages follow its original, and who comes or waits is told."""

from datetime import timedelta

import pytest
from wagtail_localize.models import Translation

from pathways.actions import cancel_registration, register, tell_of_dates
from pathways.models import ActivityDate, ActivityPage, Registration
from pathways.schedule import tell_of_changed_dates
from portal import clock
from portal.notifications.letters import inbox_lines, letter
from portal.notifications.models import Notification, OutgoingMail
from tests.factories.accounts import PersonFactory
from tests.factories.pages import city
from tests.factories.pathways import activity, translated
from tests.pathways.editor import activity_words
from tests.pathways.test_dates import MORNING, date_of, states

pytestmark = [pytest.mark.django_db, pytest.mark.services]
DAY = timedelta(days=1)


@pytest.fixture
def page(organiser):
    return activity(organiser, title="Brake clinic", slug="clinic", mode="on-site", address="Bridge 1")


@pytest.fixture
def date(page):
    """Return the date of an activity on 8 March 2027 at eleven, Vilnius time, for one."""
    with clock.moved_to(MORNING):
        yield date_of(page, capacity=1)


def fill(date, *names, **facts):
    return [register(date, by=PersonFactory(name=name, **facts)) for name in names]


def move(client, date, *, days=1, publish=True, **changes):
    """Move a date in the editor."""
    begins, ends = (f"{moment + days * DAY:%Y-%m-%d} {hour}:00" for moment, hour in [(MORNING, 10), (MORNING, 12)])
    words = activity_words(
        title="Brake clinic", slug="clinic", mode="on-site", address="Bridge 1",
        **{"dates-TOTAL_FORMS": "1", "dates-INITIAL_FORMS": "1", "dates-0-id": str(date.pk), "dates-0-ORDER": "1"},
        **{"dates-0-begins_at": begins, "dates-0-ends_at": ends, "dates-0-capacity": "1"},
    )  # fmt: skip
    words |= {"action-publish": "action-publish"} if publish else {}
    return client.post(f"/cms/pages/{date.page_id}/edit/", words | changes, follow=True)


def mails():
    return list(OutgoingMail.objects.order_by("event", "person__name").values_list("event", "person__name"))


def test_who_comes_or_waits_is_told_of_a_moved_date_and_the_author_how_many_that_are(client, date):
    fill(date, "Ana", "Bo")
    gone = fill(date, "Cy")[0]
    cancel_registration(gone, by=gone.person)

    shown = move(client, date, days=9).text

    assert "2 people have a place or wait for one and were told of the changed dates." in shown
    assert mails() == [("pathways/date_moved", "Ana"), ("pathways/date_moved", "Bo")]
    assert Notification.objects.count() == 2
    body = letter(OutgoingMail.objects.first()).body
    assert "Before: 8 March 2027, 11:00–13:00" in body
    assert "Now: 10 March 2027, 10:00–12:00" in body
    assert "Where: Bridge 1" in body
    assert f"/dates/{date.key}/date.ics" in body
    assert states(date) == ["Ana registered", "Bo waiting", "Cy cancelled"]


def test_nobody_is_told_twice_nor_of_a_draft_nor_of_other_changes(client, date):
    fill(date, "Ana")

    move(client, date, days=9, publish=False)
    assert mails() == []
    move(client, date, days=9)
    shown = move(client, date, days=9, summary="Other words.").text
    tell_of_changed_dates()

    assert mails() == [("pathways/date_moved", "Ana")]
    assert "were told" not in shown


SAME_TIME = {"dates-0-begins_at": "2027-03-08 11:00", "dates-0-ends_at": "2027-03-08 13:00"}


def test_who_comes_or_waits_is_told_of_another_place(client, date):
    fill(date, "Ana", "Bo")

    shown = move(client, date, address="Harbour 9", **SAME_TIME).text
    move(client, date, address="Harbour 9", **SAME_TIME)
    tell_of_changed_dates()

    assert "2 people" in shown
    assert mails() == [("pathways/place_moved", "Ana"), ("pathways/place_moved", "Bo")]
    first = letter(OutgoingMail.objects.first())
    assert first.subject == "“Brake clinic” takes place somewhere else"
    assert "Before: Bridge 1\nNow: Harbour 9\nWhen: 8 March 2027, 11:00–13:00" in first.body


def test_a_room_or_link_is_told_to_those_who_have_a_place_and_to_nobody_else(client, date):
    fill(date, "Ana", "Bo")

    shown = move(client, date, **SAME_TIME, **{"dates-0-room": "Room 3"}).text

    assert "1 person" in shown
    assert mails() == [("pathways/place_moved", "Ana")]
    assert "Before: Bridge 1\nNow: Bridge 1, Room 3" in letter(OutgoingMail.objects.get()).body
    move(client, date, days=9, **{"dates-0-room": "Room 4"})
    last = {mail.person.name: letter(mail).body for mail in OutgoingMail.objects.order_by("pk")}
    assert "Where: Bridge 1, Room 4" in last["Ana"]
    assert ("Where: Bridge 1" in last["Bo"], "Room" in last["Bo"]) == (True, False)
    assert mails()[1:] == [("pathways/date_moved", "Bo"), ("pathways/place_moved", "Ana")]


def test_what_people_know_of_a_place_is_what_the_database_says_of_it(organiser):
    page = activity(organiser, mode="on-site", address="Bridge 1", city=city("Vilnius"))
    with clock.moved_to(MORNING):
        fill(date_of(page, room="Room 3"), "Ana")

        assert Registration.objects.get().whereabouts == "Bridge 1\nVilnius\nRoom 3"
        assert not Registration.objects.outdated().exists()


def test_a_place_that_is_taken_off_the_page_is_not_known(client, date):
    fill(date, "Ana")

    move(client, date, address="", mode="online", **SAME_TIME)

    assert "Before: Bridge 1\nNow: not said yet" in letter(OutgoingMail.objects.get()).body


def test_nobody_is_told_of_the_place_of_a_date_that_is_over(client, date):
    fill(date, "Ana")
    with clock.moved_to(MORNING + 30 * DAY):
        move(client, date, address="Harbour 9", **SAME_TIME)
        tell_of_changed_dates()
        assert not Registration.objects.outdated().exists()

    assert mails() == []


def test_a_removed_date_is_called_off_and_may_be_asked_for_again_when_it_is_back(client, date):
    registered = fill(date, "Ana", "Bo")[0]
    before = date.page.latest_revision

    shown = move(client, date, **{"dates-0-DELETE": "1"}).text

    assert "2 people" in shown
    assert states(date) == ["Ana called-off", "Bo called-off"]
    assert mails() == [("pathways/date_called_off", "Ana"), ("pathways/date_called_off", "Bo")]
    assert "When: 8 March 2027, 11:00–13:00" in letter(OutgoingMail.objects.first()).body
    client.force_login(registered.person)
    assert "Starts soon" not in client.get("/learning/").text
    ActivityPage.objects.get(pk=date.page_id).revisions.get(pk=before.pk).publish()
    assert register(ActivityDate.objects.get(key=date.key), by=registered.person).is_registered


def test_a_date_published_otherwise_is_told_of_by_the_clock(date):
    fill(date, "Ana")
    page = date.page.specific
    page.dates = []
    page.save_revision().publish()
    assert mails() == []

    tell_of_changed_dates()

    assert mails() == [("pathways/date_called_off", "Ana")]


def test_what_is_long_past_is_put_right_quietly(date):
    fill(date, "Ana")
    ActivityDate.objects.update(ends_at=date.ends_at + timedelta(minutes=5))

    with clock.moved_to(MORNING + 30 * DAY):
        assert tell_of_dates(date.page) == 0
        assert not Registration.objects.outdated().exists()
        ActivityDate.objects.all().delete()
        tell_of_changed_dates()

    assert (mails(), states(date)) == ([], ["Ana registered"])


def test_each_reads_it_in_their_language_and_the_time_of_the_place(client, page):
    page.city = city("Barcelona", "ES")
    page.save()
    with clock.moved_to(MORNING):
        date = date_of(page)
        lithuanian = translated(page)
        ActivityPage.objects.filter(pk=lithuanian.pk).update(title="Stabdžiai")
        fill(date, "Ana", language="lt", time_zone="Europe/Vilnius")
        move(client, date, days=9, city=str(page.city_id))

    mail = letter(OutgoingMail.objects.get())

    assert "Stabdžiai" in mail.subject
    assert "2027 m. kovo 10 d." in mail.body
    assert "10:00–12:00" in mail.body
    assert "Madrid" in mail.body
    assert "Stabdžiai" in inbox_lines(list(Notification.objects.all()))[0]["title"]


def test_translations_follow_the_dates_and_the_place_as_soon_as_the_original_is_published(client, date):
    lithuanian = translated(date.page)

    move(client, date, days=9, address="Bridge 2", minutes="45")

    lithuanian.refresh_from_db()
    original = ActivityDate.objects.get(page=date.page_id)
    moved = lithuanian.dates.get()
    assert (moved.key, moved.begins_at, moved.ends_at) == (date.key, original.begins_at, original.ends_at)
    assert (lithuanian.address, lithuanian.minutes) == ("Bridge 2", 45)
    move(client, original, **{"dates-0-DELETE": "1"})
    assert not ActivityDate.objects.exists()


def test_a_translation_that_is_published_from_older_words_has_the_dates_of_today(
    client, date, django_capture_on_commit_callbacks
):
    lithuanian = translated(date.page)
    move(client, date, days=9)

    with django_capture_on_commit_callbacks(execute=True):
        Translation.objects.get().save_target()

    original = ActivityDate.objects.get(page=date.page_id)
    assert ActivityDate.objects.get(page=lithuanian).begins_at == original.begins_at


def test_a_translation_keeps_its_way_of_judging_until_it_has_the_words_of_the_new_one(page):
    lithuanian = translated(page)
    page.judge, page.minutes, page.checklist = "peer", 45, [("line", "It holds")]
    page.save_revision().publish()

    lithuanian.refresh_from_db()
    assert (lithuanian.judge, lithuanian.minutes) == ("self", 45)


def test_a_translation_changes_nothing_in_the_original(date):
    lithuanian = translated(date.page)
    lithuanian.minutes = 99
    lithuanian.save_revision().publish()

    lithuanian.refresh_from_db()
    assert (ActivityPage.objects.get(pk=date.page_id).minutes, lithuanian.minutes) == (30, 30)


def test_a_date_first_written_in_the_editor_can_be_moved(client, page):
    """A date has no row while it is a draft; the people on it stay with it all the same."""
    new = {"dates-TOTAL_FORMS": "1", "dates-0-id": "", "dates-0-ORDER": "1", "dates-0-begins_at": "2027-03-08 11:00"}
    with clock.moved_to(MORNING):
        words = activity_words(title="Brake clinic", slug="clinic", **new, **{"dates-0-ends_at": "2027-03-08 13:00"})
        client.post(f"/cms/pages/{page.pk}/edit/", words | {"action-publish": "action-publish"})
        date = ActivityDate.objects.get(page=page)
        fill(date, "Ana")
        move(client, date, days=9)

    assert mails() == [("pathways/date_moved", "Ana")]
    assert ActivityDate.objects.get(page=page).key == date.key


def test_a_calendar_sees_that_a_moved_date_is_newer(client, date):
    def sequence():
        file = client.get(f"/dates/{date.key}/date.ics").content.decode()
        return int(next(line for line in file.splitlines() if line.startswith("SEQUENCE")).split(":")[1])

    first = sequence()
    move(client, date, days=9)

    assert sequence() > first


@pytest.mark.parametrize(
    "address", ["/cms/pages/{0}/unpublish/", "/cms/bulk/wagtailcore/page/unpublish/?id={0}&next=/cms/"]
)
def test_whoever_unpublishes_an_event_hears_how_many_people_count_on_it(client, date, address):
    fill(date, "Ana", "Bo")
    gone = fill(date, "Cy")[0]
    cancel_registration(gone, by=gone.person)

    shown = client.post(address.format(date.page_id), follow=True).text

    assert "2 people have a place at a date to come or wait for one, and were not told." in shown
    assert not ActivityPage.objects.get(pk=date.page_id).live


def test_whoever_unpublishes_an_event_that_is_over_hears_nothing(client, date):
    fill(date, "Ana")

    with clock.moved_to(MORNING + 30 * DAY):
        shown = client.post(f"/cms/pages/{date.page_id}/unpublish/", follow=True).text

    assert "were not told" not in shown
    assert "was not told" not in shown
    assert not ActivityPage.objects.get(pk=date.page_id).live
