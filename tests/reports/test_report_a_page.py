"""Anybody reports a page; the address is one of ours, and nothing typed is lost."""

import pytest
from django.core.cache import cache

from pathways.models import PlaylistPage
from portal.notifications.models import OutgoingMail
from reports.models import Report
from reports.subjects import subject_at
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, published_assertion, published_badge
from tests.factories.collections import collection
from tests.factories.organisers import OrganiserFactory
from tests.factories.pages import written
from tests.factories.pathways import activity, playlist
from tests.factories.reports import WORDS, reported

pytestmark = pytest.mark.django_db
SENT = {"reason": "unsafe", "words": WORDS, "email": "Nida@Example.org"}


@pytest.fixture(autouse=True)
def no_limits():
    cache.clear()


@pytest.fixture
def page() -> PlaylistPage:
    return playlist(activity(), title="Bike-Ready")


def send(client, path, **facts):
    return client.post("/report/", SENT | {"page": path} | facts)


def test_a_stranger_reports_and_is_answered_at_an_address(client, page):
    assert f"/report/?page={page.url.replace('/', '%2F')}" in client.get(page.url).text
    assert "Bike-Ready" in client.get("/report/", {"page": page.url}).text

    answer = send(client, page.url)

    report = Report.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, page.url)
    assert (report.kind, report.reason, report.email, report.reporter) == (
        "playlist",
        "unsafe",
        "nida@example.org",
        None,
    )
    assert (report.organiser, report.subject_key) == (page.organiser, str(page.translation_key))
    mail = OutgoingMail.objects.get(to="nida@example.org")
    assert (mail.event, mail.about()) == ("reports/received", report)


def test_people_with_an_account_are_answered_in_their_inbox(client, page):
    person = PersonFactory()
    client.force_login(person)

    answer = send(client, page.url)

    report = Report.objects.get()
    assert (report.reporter, report.email, answer["Location"]) == (person, "", report.get_absolute_url())
    assert person.notifications.get().event == "reports/received"
    assert WORDS in client.get(report.get_absolute_url()).text


def test_every_kind_of_page_is_found(page):
    badge, shown, organiser = published_badge(), published_assertion(), OrganiserFactory()
    kept = collection(shown.person, [shown], visibility="public")
    text, task = written(title="About bikes"), activity()
    paths = {
        "playlist": page.url,
        "activity": task.url,
        "organiser": organiser.get_absolute_url(),
        "badge": badge.get_absolute_url(),
        "assertion": shown.get_absolute_url(),
        "collection": kept.shared_url,
        "page": text.url,
    }
    stranger = PersonFactory()

    found = {kind: subject_at(path, stranger) for kind, path in paths.items()}

    assert {kind: str(one.kind) for kind, one in found.items()} == {kind: kind for kind in paths}
    assert (found["assertion"].holder, found["collection"].holder) == (shown.person, shown.person)
    assert (found["badge"].organiser, found["organiser"].organiser) == (badge.organiser, organiser)
    assert subject_at("/en/playlists/", stranger).kind == "page"


@pytest.mark.parametrize(
    "path",
    [
        *("", "/", "//evil.example/", "https://evil.example/", "/en/nowhere/", "/backpack/", "/cms/", "/en/\r\nX: y"),
        *("/\0", "/<script>alert(1)</script>", "/report/", "/assertions/00000000-0000-0000-0000-000000000000"),
        "/" + "a" * 400,
    ],
)
def test_what_is_no_public_page_of_ours_is_not_found(client, path):
    assert client.get("/report/", {"page": path}).status_code == 404
    assert send(client, path).status_code == 404
    assert not Report.objects.exists()


def test_drafts_and_private_badges_are_not_found(client):
    draft = playlist(activity(), live=False)
    private = assertion(published_badge(), "a@example.org")

    for path in (draft.get_url_parts()[2], private.get_absolute_url()):
        assert client.get("/report/", {"page": path}).status_code == 404


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "x"}, "reason"),
        ({"words": "Too short."}, "words"),
        ({"words": "x" * 2001}, "words"),
        ({"email": "nobody"}, "email"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_kept(client, page, facts, field):
    answer = send(client, page.url, **facts)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert (SENT | facts)["words"] in answer.text
    assert not Report.objects.exists()


def test_one_page_is_reported_once_at_a_time(client, page):
    send(client, page.url)

    again = send(client, page.url, email="nida@example.org")

    assert (again.status_code, Report.objects.count()) == (409, 1)
    assert WORDS in again.text
    assert send(client, page.url, email="other@example.org").status_code == 302


def test_who_sends_many_is_stopped_and_keeps_the_words(client, page):
    answers = [send(client, page.url, email=f"n{number}@example.org") for number in range(11)]

    assert [one.status_code for one in answers] == [302] * 10 + [429]
    assert WORDS in answers[-1].text


def test_days_are_promised(page):
    assert Report.promise("unsafe") < Report.promise("wrong")
    assert reported(page, reason="unsafe").promised_on == Report.promise("unsafe")


def test_the_reason_is_chosen_by_the_link(client, page):
    text = client.get("/report/", {"page": page.url, "reason": "barrier"}).text

    assert 'value="barrier"' in text
    assert "checked" in text.split('value="barrier"')[1].split(">")[0]
