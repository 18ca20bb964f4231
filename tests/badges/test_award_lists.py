"""Awarding to a list: read, mended in the browser, awarded, reported."""

import csv
import io
import uuid
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from badges import ledger
from badges.actions import undo_batch
from badges.actions.badge_classes import freeze
from badges.actions.lists import (
    MOST_DRAFTS,
    award_list,
    begin_list,
    begin_list_of_rest,
    cancel_rest,
    leave_out,
    leave_out_faulty,
    mend_row,
    pause_batch,
    resume_batch,
    take_in,
)
from badges.actions.reading import read_list
from badges.models import Assertion, AwardBatch, AwardRow
from badges.schedule import drop_forgotten_lists, read_lists
from portal import clock
from portal.accounts.models import Person
from portal.audit.models import AuditEvent
from portal.files.gate import Admitted
from portal.invariants import violations
from portal.notifications.models import OutgoingMail
from portal.workflow import StepRefused
from tests.factories.badges import assertion, carry_out, draft_badge, held_award, issuer_of, published_badge
from tests.factories.organisers import OrganiserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.services]
LIST = """E-mail;First name;Last name
jonas@example.org;Jonas;Petraitis
agnieszka@example;Agnieszka;Łuczak
JONAS@example.org;Jonas;P.
ugne@example.org;Ugnė;Žydrūnaitė
"""


def begin(badge, text=LIST):
    file = Admitted("l.csv", text.encode(), "text/plain")
    return begin_list(badge, file, by=issuer_of(badge.organiser), language="en")


def draft(badge=None, text=LIST):
    batch = begin(badge or published_badge(), text)
    read_lists()
    return AwardBatch.objects.get(pk=batch.pk)


def states(batch):
    return list(batch.rows.order_by("number").values_list("number", "state", "absence"))


def steer(batch):
    return {"by": issuer_of(batch.badge_class.organiser)}


def test_rows_keep_their_spreadsheet_numbers_and_say_what_is_wrong():
    badge = published_badge()
    assertion(badge, email="ugne@example.org")
    batch = draft(badge)

    assert batch.is_draft
    assert states(batch) == [
        (2, "ready", ""),
        (3, "faulty", ""),
        (4, "left out", "repeated"),
        (5, "left out", "held"),
    ]
    assert batch.rows.get(number=3).problems == [["email wrong", "email"]]
    assert batch.rows.get(number=5).name == "Ugnė Žydrūnaitė"


def test_a_mended_row_is_ready_and_repeats_are_found_anew():
    batch = draft()
    row = batch.rows.get(number=3)

    mended = mend_row(row, {"email": "agnieszka@example.org", "first_name": "Agnieszka"}, **steer(batch))
    assert (mended.state, mended.email, mended.name) == ("ready", "agnieszka@example.org", "Agnieszka Łuczak")

    leave_out(batch.rows.get(number=2), **steer(batch))
    assert batch.rows.get(number=4).state == "ready"  # no longer a repeat
    take_in(batch.rows.get(number=2), **steer(batch))
    assert batch.rows.get(number=4).absence == "repeated"


def test_who_changes_a_row_is_written_down_without_what_stands_in_it():
    batch = draft()
    row = batch.rows.get(number=3)
    kept = AuditEvent.objects.count()

    mend_row(row, {"email": "agnieszka@example.org", "first_name": "Agnieszka"}, **steer(batch))
    leave_out(row, **steer(batch))
    take_in(row, **steer(batch))
    mend_row(row, {"email": "agnieszka"}, **steer(batch))
    leave_out_faulty(batch, **steer(batch))

    written = AuditEvent.objects.order_by("pk")[kept:]
    assert {(event.actor_id, event.object_id) for event in written} == {(batch.awarded_by_id, str(batch.pk))}
    assert [(event.verb.rpartition(".")[2], event.facts) for event in written] == [
        ("mend_row", {"row": 3, "fields": ["email"]}),
        ("leave_out_row", {"row": 3}),
        ("take_in_row", {"row": 3, "fields": []}),
        ("mend_row", {"row": 3, "fields": ["email"]}),
        ("leave_out_faulty", {"rows": [3]}),
    ]


def test_nothing_is_awarded_before_the_award_and_then_exactly_the_ready_rows():
    batch = draft()
    carry_out()
    assert not Assertion.objects.exists()

    award_list(batch, **steer(batch))
    carry_out()

    assert sorted(Assertion.objects.values_list("email", flat=True)) == ["jonas@example.org", "ugne@example.org"]
    assert batch.rows.get(number=3).state == "faulty"
    assert OutgoingMail.objects.due().count() == 0  # held


def test_the_same_list_again_shuffled_and_in_other_case_issues_nothing_new():
    badge = published_badge()
    award_list(draft(badge), by=issuer_of(badge.organiser))
    carry_out()

    again = draft(badge, "First name,E-mail\nUgnė,UGNE@example.org\nJonas,Jonas@Example.org\n")

    assert [absence for _n, _s, absence in states(again)] == ["held", "held"]
    with pytest.raises(StepRefused):
        award_list(again, by=issuer_of(badge.organiser))


def test_a_worker_that_dies_while_reading_is_followed_by_another():
    badge = published_badge()
    batch = begin_list(badge, Admitted("l.csv", LIST.encode(), ""), by=issuer_of(badge.organiser), language="en")
    AwardBatch.objects.update(reading_until=clock.now() + timedelta(minutes=5))
    AwardRow.objects.create(batch=batch, number=2, state="faulty")  # what the dead worker left

    assert read_list(batch) is False
    with clock.moved_to(timedelta(minutes=6)):
        assert read_list(batch) is True

    assert batch.rows.count() == 4


def test_a_draft_that_nobody_came_back_to_is_gone_after_a_month():
    batch = draft()
    assert batch.file is None  # its rows hold what was in it

    with clock.moved_to(timedelta(days=29)):
        drop_forgotten_lists()
        assert AwardBatch.objects.filter(pk=batch.pk).exists()
    with clock.moved_to(timedelta(days=31)):
        drop_forgotten_lists()

    assert not AwardRow.objects.exists()


def test_a_file_that_cannot_be_read_says_why_and_awards_nothing():
    batch = draft(text="%PDF-1.7 no list")

    assert batch.is_draft
    assert "PDF" in batch.notes[0]
    assert not batch.rows.exists()


def test_a_person_who_lost_the_role_awards_no_further_row():
    batch = draft()
    award_list(batch, **steer(batch))
    batch.badge_class.organiser.memberships.filter(role="issuer").delete()

    carry_out()

    assert set(batch.rows.filter(state="refused").values_list("refusal", flat=True)) == {"forbidden"}


def test_paused_rows_wait_and_cancelled_ones_never_come():
    batch = draft()
    award_list(batch, **steer(batch))
    pause_batch(batch, **steer(batch))
    carry_out()
    assert not Assertion.objects.exists()

    cancel_rest(batch, **steer(batch))
    resume_batch(batch, **steer(batch))
    carry_out()

    assert not Assertion.objects.exists()
    assert batch.counts()["cancelled"] == 2


def test_rows_that_a_worker_holds_are_cancelled_too():
    batch = draft()
    award_list(batch, **steer(batch))
    lease = uuid.uuid4()
    rows = ledger.lease_rows(lease)

    assert cancel_rest(batch, **steer(batch)) == 2
    ledger.commit(rows, ledger.sign_rows(rows), lease)

    assert not Assertion.objects.exists()
    assert batch.counts()["cancelled"] == 2


def test_rows_carry_language_end_description_evidence_and_date():
    text = (
        "email;name;valid until;description;evidence;date of activity\n"
        "a@example.org;Ana;2031-05-06;Led a group;https://example.org/a https://example.org/b;2026-01-31\n"
    )
    batch = draft(text=text)
    row = batch.rows.get()

    assert (row.state, row.problems) == ("ready", [])
    assert (row.valid_until, row.activity_on) == (date(2031, 5, 6), date(2026, 1, 31))
    assert row.evidence == ["https://example.org/a", "https://example.org/b"]
    award_list(batch, **steer(batch))
    carry_out()
    badge = Assertion.objects.get()
    assert badge.expires_at.isoformat() == "2031-05-06T23:59:59+00:00"
    assert '"activityStartDate"' in badge.documents.get(format="ob3").body


def test_an_undone_list_withdraws_all_its_badges_at_once(django_assert_max_num_queries):
    batch = draft(text="email\n" + "".join(f"p{n}@example.org\n" for n in range(30)))
    award_list(batch, **steer(batch))
    carry_out()

    with django_assert_max_num_queries(30):
        undo_batch(batch, **steer(batch))
    carry_out()

    assert set(Assertion.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert OutgoingMail.objects.filter(state="cancelled").count() == 30
    assert list(violations()) == []


def test_without_mail_nobody_is_told_and_fsck_agrees():
    batch = draft()
    award_list(batch, notify=False, **steer(batch))
    carry_out()

    assert not OutgoingMail.objects.filter(event="badges/badge_waiting").exists()


def test_sent_on_a_date_it_stays_held_until_then():
    batch = draft()
    later = clock.now() + timedelta(days=3)
    batch = award_list(batch, send_at=later, **steer(batch))

    assert (batch.is_held, batch.release_at) == (True, later)


def test_an_unverified_organiser_awards_no_list_above_its_daily_limit():
    badge = published_badge(OrganiserFactory())
    text = "email\n" + "".join(f"p{n}@example.org\n" for n in range(51))
    with pytest.raises(StepRefused, match="50 badges a day"):
        award_list(draft(badge, text), by=issuer_of(badge.organiser))


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


def test_a_draft_counts_for_nothing_in_the_day_of_an_unverified_organiser():
    organiser = OrganiserFactory()
    lines = "".join(f"p{n}@example.org;P;No {n}\n" for n in range(30))
    batch = draft(published_badge(organiser), f"E-mail;First name;Last name\n{lines}")

    award_list(batch, **steer(batch))
    carry_out()

    assert batch.counts()["awarded"] == 30


def test_a_badge_that_is_not_published_takes_no_list_and_shows_no_version(client):
    badge = draft_badge()
    freeze(badge)

    with pytest.raises(StepRefused, match="Publish the badge"):
        draft(badge)
    assert client.get(f"/badges/{badge.key}/1").status_code == 404
    assert client.get(f"/badges/{badge.key}/1/achievement.json").status_code == 404


def test_an_organiser_prepares_thirty_lists_at_a_time():
    badge = published_badge()
    for _number in range(MOST_DRAFTS):
        begin(badge)

    with pytest.raises(StepRefused, match="Thirty lists"):
        begin(badge)


def test_what_is_left_of_a_list_begins_a_new_one():
    batch = draft()
    award_list(batch, **steer(batch))
    carry_out()

    rest = begin_list_of_rest(batch, **steer(batch), language="en")
    read_lists()

    assert list(rest.rows.order_by("number").values_list("cells", flat=True)) == [
        ["agnieszka@example", "Agnieszka", "Łuczak"],
        ["JONAS@example.org", "Jonas", "P."],
    ]


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
