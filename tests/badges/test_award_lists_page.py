"""Awarding to a list in the browser: from the file to the report, and what is typed on the way."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from badges.actions.lists import award_list
from badges.models import AwardBatch
from badges.schedule import read_lists
from portal.accounts.models import Person
from tests.badges.lists import LIST, draft, states, steer
from tests.factories.badges import carry_out, held_award, issuer_of, published_badge

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_in_the_browser_from_file_to_report(client):
    badge = published_badge()
    client.force_login(issuer_of(badge.organiser))
    begin = f"{badge.workspace_url}award/many/"
    answer = client.post(begin, {"file": SimpleUploadedFile("l.csv", LIST.encode()), "pasted": ""})
    page = answer["Location"]
    assert "being read" in client.get(page).content.decode()
    read_lists()

    check = client.get(page).content.decode()
    assert "2 of 4 rows are ready." in check
    assert "This does not look like an e-mail address." in check
    client.post(f"{page}rows/3/", {"step": "mend", "email": "a@example.org", "first_name": "A", "last_name": "Ł"})
    client.post(f"{page}award/", {"notify": "on", "send_at": ""})
    carry_out()

    done = client.get(page).content.decode()
    assert "3 of 3" in done
    report = b"".join(client.get(f"{page}report.csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(report), delimiter=";"))
    assert [row[3] for row in rows[1:]][:2] == ["held", "held"]
    assert client.get(f"{page}report.xlsx").status_code == 200


def test_columns_can_be_chosen_anew_and_are_remembered(client):
    badge = published_badge()
    client.force_login(issuer_of(badge.organiser))
    batch = draft(badge, "kontaktas;kitas\na@example.org;b@example.org\n")
    page = batch.get_absolute_url()

    assert client.post(f"{page}columns/", {"column-0": "", "column-1": ""}).status_code == 422
    client.post(f"{page}columns/", {"column-0": "", "column-1": "email"})
    read_lists()

    assert batch.rows.get().email == "b@example.org"
    assert draft(badge, "kontaktas;kitas\nc@example.org;d@example.org\n").rows.get().email == "d@example.org"


def test_a_template_can_be_filled_in_and_read_again(client):
    badge = published_badge()
    client.force_login(issuer_of(badge.organiser))

    answer = client.get(f"{badge.workspace_url}award/template-described.xlsx")

    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"


def test_any_row_can_be_changed_also_one_that_was_left_out(client):
    batch = draft()
    client.force_login(issuer_of(batch.badge_class.organiser))
    page = batch.get_absolute_url()

    assert 'value="Jonas"' in client.get(f"{page}?change=4").content.decode()
    client.post(f"{page}rows/4/?change=4", {"step": "mend", "email": "jurga@example.org"})

    assert states(batch)[2] == (4, "ready", "")


def test_remarks_about_a_file_are_said_in_the_language_of_the_reader(client):
    batch = draft()
    client.force_login(issuer_of(batch.badge_class.organiser))

    assert "semicolon" in client.get(batch.get_absolute_url()).content.decode()
    client.cookies["language"] = "lt"
    assert "kabliataškis" in client.get(batch.get_absolute_url()).content.decode()


def test_the_list_of_awards_tells_them_apart_and_counts_who_gets_the_badge(client):
    batch = draft()
    award_list(batch, **steer(batch))
    held_award(published_badge(batch.badge_class.organiser, name="Chain Check"), name="Vaiva Šaltenytė")
    client.force_login(issuer_of(batch.badge_class.organiser))

    page = client.get(f"/workspace/{batch.badge_class.organiser.slug}/awards/").content.decode()

    assert "l.csv" in page
    assert "Vaiva Šaltenytė" in page
    assert AwardBatch.objects.with_counts().get(pk=batch.pk).people == 2


def test_a_row_is_mended_with_no_more_than_a_cell_of_a_spreadsheet_holds(client):
    batch = draft()
    client.force_login(issuer_of(batch.badge_class.organiser))

    answer = client.post(f"{batch.get_absolute_url()}rows/3/", {"email": "a@example.org", "language": "(" * 40_000})

    assert "A cell holds more than 32767 characters." in client.get(answer["Location"]).content.decode()
    assert batch.rows.get(number=3).problems == [["email wrong", "email"]]


@pytest.mark.parametrize("zone", ["Europe/London", "Atlantic/Azores", "Europe/Vilnius"])
@pytest.mark.parametrize("send_at", ["9999-12-31T23:59", "0001-01-01T00:00"])
def test_a_moment_at_the_end_of_the_calendar_sends_no_list(client, zone, send_at):
    batch = draft()
    issuer = issuer_of(batch.badge_class.organiser)
    Person.objects.filter(pk=issuer.pk).update(time_zone=zone)
    client.force_login(issuer)

    answer = client.post(f"{batch.get_absolute_url()}award/", {"notify": "on", "send_at": send_at})

    assert client.get(answer["Location"]).status_code == 200
    assert AwardBatch.objects.get(pk=batch.pk).is_draft


def test_nul_in_what_is_asked_or_typed_is_dropped(client):
    batch = draft()
    client.force_login(issuer_of(batch.badge_class.organiser))

    found = client.get(batch.get_absolute_url(), {"q": "agnie\0szka"}).context["page"]
    assert [row.number for row in found] == [3]
    client.post(f"{batch.get_absolute_url()}rows/3/", {"email": "a@example.org", "first_name": "Agnie\0szka"})
    row = batch.rows.get(number=3)
    assert row.cells[:2] == ["a@example.org", "Agnieszka"]


def test_addresses_without_a_key_are_not_found(client):
    batch = draft()
    client.force_login(issuer_of(batch.badge_class.organiser))
    home = f"/workspace/{batch.badge_class.organiser.slug}"

    for key in ("-" * 36, "0" * 36, "a" * 36):
        assert client.post(f"{home}/awards/{key}/pause/", follow=True).status_code == 404
        assert client.get(f"{home}/awards/{key}/report.csv", follow=True).status_code == 404
        assert client.post(f"{home}/badges/{key}/publish/", follow=True).status_code == 404
