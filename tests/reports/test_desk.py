"""The desk takes reports up and answers them; those whose page it is are heard; nobody judges their own."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from badges.actions.showing import publish_badge
from badges.models import Assertion
from pathways.models import PlaylistPage
from portal import clock
from portal.accounts.merging import merge_accounts
from portal.notifications.models import Notification, OutgoingMail
from portal.workflow import StepRefused
from reports.actions import close_report, decide_objection, object_to_report, take_up_report
from reports.models import Report
from reports.permissions import may_judge, may_see
from reports.schedule import forget_reporters
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_assertion
from tests.factories.organisers import MembershipFactory, owner_of
from tests.factories.pathways import activity, playlist
from tests.factories.reports import WORDS, in_hand, reported, taken_off
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
SAID = "The route breaks the rules of the network."


@pytest.fixture
def petra():
    return PersonFactory(roles=["coordinator"], name="Petra N.")


@pytest.fixture
def admin():
    return PersonFactory(roles=["network_admin"])


@pytest.fixture
def page() -> PlaylistPage:
    return playlist(activity(), title="Bike-Ready")


def events_of(person) -> list[str]:
    return [*Notification.objects.filter(person=person).order_by("pk").values_list("event", flat=True)]


def test_a_report_is_taken_up_and_answered_by_its_pages(client, petra, page):
    report = reported(page, email="nida@example.org")
    client.force_login(petra)
    assert report.get_absolute_url() in client.get("/network/reported-pages/").text
    assert events_of(petra) == ["reports/waiting"]

    client.post(f"{report.get_absolute_url()}take/")
    empty = client.post(f"{report.get_absolute_url()}close/", {"close-outcome": "corrected", "close-words": "Done."})
    sent = {"close-outcome": "corrected", "close-words": SAID}
    client.post(f"{report.get_absolute_url()}close/", sent)

    report.refresh_from_db()
    assert (empty.status_code, "Done." in empty.text) == (422, True)
    assert (report.state, report.outcome, report.answer, report.closed_by) == ("closed", "corrected", SAID, petra)
    assert client.post(f"{report.get_absolute_url()}close/", sent).status_code == 409
    assert OutgoingMail.objects.filter(to="nida@example.org").last().event == "reports/answered"
    assert events_of(owner_of(page.organiser)) == ["reports/page_reported", "reports/decided"]
    assert "/report" not in client.get("/network/reported-pages/").context["page"].object_list


def test_owners_read_it_once_it_is_taken_up_without_the_name(client, petra, page):
    nida = PersonFactory(name="Nida R.")
    report = reported(page, by=nida)
    client.force_login(owner_of(page.organiser))
    place = f"/workspace/{page.organiser.slug}/reports/"
    assert client.get(report.get_absolute_url()).status_code == 404
    assert report.get_absolute_url() not in client.get(place).text

    take_up_report(report, by=petra)

    shown = client.get(report.get_absolute_url()).text
    assert report.get_absolute_url() in client.get(place).text
    assert "1 report about a page of yours" in client.get(f"/workspace/{page.organiser.slug}/").text
    assert WORDS in shown
    assert all(word not in shown for word in ["Nida R.", nida.email, "Petra N."])
    client.post(f"{report.get_absolute_url()}note/", {"note-words": "There is a bridge over the motorway there."})
    report.refresh_from_db()
    assert report.note == "There is a bridge over the motorway there."
    assert events_of(petra)[-1] == "reports/noted"


def test_nobody_judges_what_is_their_own(client, petra, page):
    report = reported(page)
    MembershipFactory(organiser=page.organiser, person=petra, role="author")
    own = reported(by=petra)
    holder = published_assertion()
    about_me = reported(path=holder.get_absolute_url())
    Report.objects.filter(pk=about_me.pk).update(holder=petra)

    for one in (report, own, Report.objects.get(pk=about_me.pk)):
        assert not may_judge(one, petra)
        with pytest.raises(PermissionDenied):
            take_up_report(one, by=petra)
    assert not Report.objects.overseen_by(petra).exists()
    client.force_login(petra)
    assert client.get(report.get_absolute_url()).status_code == 404
    assert client.post(f"{own.get_absolute_url()}take/").status_code == 403


def test_who_took_it_up_answers_it_and_admins_in_their_place(petra, admin, page):
    report = in_hand(petra, page)

    with pytest.raises(PermissionDenied):
        close_report(report, outcome="nothing", words=SAID, by=PersonFactory(roles=["coordinator"]))

    assert close_report(report, outcome="nothing", words=SAID, by=admin).closed_by == admin


def test_a_page_is_taken_off_in_every_language_and_cannot_be_published_again(client, petra, page):
    taken_off(petra, page)

    page.refresh_from_db()
    author = owner_of(page.organiser)
    assert (page.live, page.locked) == (False, True)
    assert page.get_lock().for_user(author)
    assert not page.permissions_for_user(author).can_publish()
    assert client.get(page.get_url_parts()[2]).status_code == 404


def test_an_objection_is_decided_once_by_somebody_else(petra, admin, page):
    report = taken_off(petra, page)
    owner = owner_of(page.organiser)
    report = object_to_report(report, words="There is a bridge, and everybody uses it.", by=owner)
    assert (events_of(admin)[-1], events_of(petra)[-1]) == ("reports/objected", "reports/waiting")
    with pytest.raises(PermissionDenied):
        decide_objection(report, is_granted=False, words=SAID, by=petra)

    report = decide_objection(report, is_granted=True, words="There is a bridge indeed.", by=admin)

    page.refresh_from_db()
    assert (report.state, page.live, page.locked) == ("final", True, False)
    assert events_of(owner)[-1] == "reports/objection_decided"
    with pytest.raises(StepRefused):
        object_to_report(report, words="Once more, please, look at it.", by=owner)


def test_an_objection_that_is_not_right_leaves_the_page_off(petra, admin, page):
    report = object_to_report(taken_off(petra, page), words="We like it there.", by=owner_of(page.organiser))

    decide_objection(report, is_granted=False, words=SAID, by=admin)

    page.refresh_from_db()
    assert (page.live, page.locked) == (False, True)


def test_only_what_was_taken_off_is_objected_to_and_in_time(petra, page):
    owner = owner_of(page.organiser)
    left = close_report(in_hand(petra), outcome="nothing", words=SAID, by=petra)
    with pytest.raises(StepRefused):
        object_to_report(left, words="But it is right.", by=owner_of(left.organiser))
    report = taken_off(petra, page)

    with clock.moved_to(timedelta(days=181)), pytest.raises(StepRefused):
        object_to_report(report, words="But it is right.", by=owner)


def test_the_page_of_a_badge_is_taken_off_until_an_objection_is_right(client, petra, admin):
    held = published_assertion()
    report = taken_off(petra, path=held.get_absolute_url())
    held = Assertion.objects.get(pk=held.pk)
    assert (held.is_published, client.get(held.get_absolute_url()).status_code) == (False, 404)
    with pytest.raises(StepRefused):
        publish_badge(held, by=held.person)
    assert "reports/decided" in events_of(held.person)

    report = object_to_report(report, words="It shows nothing but my name.", by=held.person)
    decide_objection(report, is_granted=True, words="It shows nothing else.", by=admin)

    assert publish_badge(Assertion.objects.get(pk=held.pk), by=held.person).is_published


def test_what_cannot_be_taken_off_here_is_refused(client, petra):
    report = in_hand(petra, path=published_assertion().badge_class.get_absolute_url())
    client.force_login(petra)

    assert 'value="taken_off"' not in client.get(report.get_absolute_url()).text
    with pytest.raises(StepRefused):
        close_report(report, outcome="taken_off", words=SAID, by=petra)


def test_who_may_see_a_report_agrees_with_what_is_listed(petra, admin, page):
    nida = PersonFactory()
    waiting, taken = reported(page, by=nida), in_hand(petra)
    people = [petra, admin, nida, owner_of(page.organiser), owner_of(taken.organiser), PersonFactory()]

    seen = {(p.pk, r.pk) for p in people for r in (waiting, taken) if may_see(Report.objects.get(pk=r.pk), p)}

    assert seen == {(p.pk, r.pk) for p in people for r in Report.objects.visible_to(p)}
    assert len(seen) == 6


def test_the_reporter_is_forgotten_half_a_year_after_the_answer(petra, page):
    closed = close_report(in_hand(petra, page, by=PersonFactory()), outcome="nothing", words=SAID, by=petra)
    other = reported(email="nida@example.org")
    with clock.moved_to(timedelta(days=179)):
        forget_reporters()
    assert Report.objects.get(pk=closed.pk).reporter is not None

    with clock.moved_to(timedelta(days=181)):
        forget_reporters()

    assert (Report.objects.get(pk=closed.pk).reporter, Report.objects.get(pk=closed.pk).answer) == (None, SAID)
    assert Report.objects.get(pk=other.pk).email == "nida@example.org"


def test_two_accounts_that_become_one_have_one_report_of_a_page(page):
    kept, other = PersonFactory(), PersonFactory()
    mine, theirs, elsewhere = reported(page, by=kept), reported(page, by=other), reported(by=other)

    merge_accounts(kept, other, by=kept)

    reporters = {one.pk: one.reporter for one in Report.objects.all()}
    assert reporters == {mine.pk: kept, theirs.pk: None, elsewhere.pk: kept}


def test_lists_ask_the_same_however_long_they_are(client, petra, page):
    first = in_hand(petra, page)
    client.force_login(petra)
    desk = queries_of(client, "/network/reported-pages/")
    client.force_login(owner_of(page.organiser))
    place = f"/workspace/{page.organiser.slug}/reports/"
    own = queries_of(client, place)
    for number in range(29):
        Report.objects.create(
            kind="playlist", subject_key=str(number), title="Bike", path=page.url, organiser=first.organiser,
            reason="wrong", words=WORDS, promised_on=first.promised_on, state="in_hand", handler=petra,
        )  # fmt: skip

    assert queries_of(client, place) == own
    client.force_login(petra)
    assert queries_of(client, "/network/reported-pages/") == desk
