"""After the award: find, resend, remind, correct, report."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from badges.actions import collect_badge
from badges.actions.assertions import (
    ask_for_correction,
    correct_badge,
    decline_correction,
    report_award,
    resend_mail,
)
from badges.claims import claim_link
from badges.models import Assertion, AwardReport, CorrectionRequest
from badges.schedule import remind_recipients
from portal import clock
from portal.audit.models import AuditEvent
from portal.invariants import violations
from portal.notifications.models import OutgoingMail
from portal.notifications.schedule import send_due_mail
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, issuer_of, published_badge

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def workspace(badge):
    return f"/workspace/{badge.badge_class.organiser.slug}/issued/"


def reminders():
    return OutgoingMail.objects.filter(event="badges/badge_reminder").count()


def test_the_list_finds_by_status_words_and_date(client):
    held = assertion(published_badge())
    badge = assertion(held.badge_class, email="ona@example.org", name="Ona")
    collect_badge(badge, by=PersonFactory(email="ona@example.org"))
    client.force_login(issuer_of(badge.badge_class.organiser))

    def shown(query):
        return [one.name for one in client.get(f"{workspace(badge)}?{query}").context["page"]]

    assert shown("") == ["Ona", "Jonas Petraitis"]
    assert shown("status=collected") == ["Ona"]
    assert shown("status=awarded") == ["Jonas Petraitis"]
    assert shown("q=JONAS") == ["Jonas Petraitis"]
    assert shown(f"since={clock.today() + timedelta(days=2)}") == []
    for status in ("held", "declined", "expired", "revoked", "replaced", "returned"):
        assert shown(f"status={status}") == []


def test_the_export_holds_what_the_filter_found_and_no_formula(client):
    badge = assertion(published_badge(), email="=cmd@example.org", name="=HYPERLINK(1)")
    client.force_login(issuer_of(badge.badge_class.organiser))

    answer = client.get(f"{workspace(badge)}badges.csv?status=awarded")

    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert rows[1][1:3] == ["'=HYPERLINK(1)", "'=cmd@example.org"]


def test_mail_that_came_back_is_marked(client):
    badge = assertion()
    OutgoingMail.objects.update(state="failed", error="550 No such person")
    client.force_login(issuer_of(badge.badge_class.organiser))

    assert "mail came back" in client.get(f"{workspace(badge)}?status=returned").content.decode()
    assert "550 No such person" in client.get(badge.workspace_url).content.decode()


def test_mail_to_issuers_that_came_back_says_nothing_of_the_holders():
    badge = assertion()
    ask_for_correction(badge, by=PersonFactory(email=badge.email), text="My name")
    OutgoingMail.objects.filter(event="badges/correction_asked").update(state="failed")

    assert not Assertion.objects.in_status("returned").exists()
    resend_mail(badge, by=issuer_of(badge.badge_class.organiser))


def test_a_mail_is_sent_again_three_times_a_day_at_the_most():
    badge = assertion()
    issuer = issuer_of(badge.badge_class.organiser)
    for _time in range(2):
        resend_mail(badge, by=issuer)

    with pytest.raises(StepRefused, match="three times"):
        resend_mail(badge, by=issuer)
    with pytest.raises(PermissionDenied):
        resend_mail(badge, by=PersonFactory())


def test_the_clock_reminds_twice_and_stops():
    badge = assertion()
    out = badge.batch.release_at

    counted = []
    for days in (6, 8, 9, 20, 22, 23, 90):
        with clock.moved_to(out + timedelta(days=days) - clock.now()):
            remind_recipients()
            counted.append(reminders())

    assert counted == [0, 1, 1, 1, 2, 2, 2]


def test_who_answered_is_not_reminded():
    badge = assertion()
    collect_badge(badge, by=PersonFactory(email=badge.email))
    with clock.moved_to(timedelta(days=30)):
        remind_recipients()

    assert reminders() == 0


def test_who_switched_reminders_off_in_the_settings_gets_none_and_both_is_written_down(client):
    badge = assertion()
    person = PersonFactory(email=badge.email)
    client.force_login(person)
    facts = {"name": "Jonas", "country": "LT", "language": "en", "theme": "auto", "time_zone": "Europe/Vilnius"}

    client.post("/settings/", facts)
    with clock.moved_to(timedelta(days=9)):
        remind_recipients()
    assert reminders() == 0
    client.post("/settings/", facts | {"gets_reminders": "on"})
    with clock.moved_to(timedelta(days=30)):
        remind_recipients()

    assert reminders() == 1
    consents = AuditEvent.objects.filter(verb__startswith="accounts.consent").order_by("pk")
    assert list(consents.values_list("verb", "facts")) == [
        ("accounts.consent.withdraw", {"to": "reminders"}),
        ("accounts.consent.give", {"to": "reminders"}),
    ]


def test_a_corrected_badge_takes_the_place_of_the_old_one_and_stays_collected():
    badge = assertion()
    holder = PersonFactory(email=badge.email)
    collect_badge(badge, by=holder)

    correct_badge(badge, by=issuer_of(badge.badge_class.organiser), email=badge.email, name="Jonas P.", narrative="")
    carry_out()

    old, new = Assertion.objects.order_by("pk")
    assert (old.state, old.superseded_by) == ("revoked", new)
    assert (new.state, new.person, new.name) == ("collected", holder, "Jonas P.")
    assert list(violations()) == []


def test_a_corrected_badge_is_shown_as_replaced_and_leads_to_the_new_one(client):
    old = assertion()
    organiser = old.badge_class.organiser
    client.force_login(issuer_of(organiser))
    correct_badge(old, by=issuer_of(organiser), email=old.email, name="Jonas P.", narrative="")
    carry_out()
    old.refresh_from_db()

    lists = [old.badge_class.workspace_url, old.batch.get_absolute_url(), f"{workspace(old)}?status=replaced"]
    for page in [client.get(address).content.decode() for address in lists]:
        assert f'href="{old.superseded_by.workspace_url}">the corrected badge</a>' in page
        assert "revoked</span>" not in page
    assert [one.pk for one in client.get(f"{workspace(old)}?status=revoked").context["page"]] == []
    own = client.get(old.workspace_url).content.decode()
    assert "Replaced by a corrected badge" in own
    assert "Revoked" not in own
    assert b"".join(client.get(f"{workspace(old)}badges.csv").streaming_content).decode().count('"replaced"') == 1


def test_a_badge_sent_to_a_mistyped_address_waits_at_the_right_one():
    badge = assertion()

    correct_badge(badge, by=issuer_of(badge.badge_class.organiser), email="j@example.org", name="Jonas", narrative="")
    carry_out()

    new = Assertion.objects.latest("pk")
    assert (new.email, new.state, new.expires_at) == ("j@example.org", "waiting", badge.expires_at)


def test_a_holder_asks_and_is_answered(client):
    badge = assertion()
    holder = PersonFactory(email=badge.email)
    client.force_login(holder)
    client.post(f"/backpack/{badge.key}/correction/", {"text": "My name is Jonas Petraitis-Kalnas."})

    for address in (badge.get_absolute_url(), f"/backpack/{badge.key}/correction/"):
        page = client.get(address).content.decode()
        assert "You asked for a correction on" in page
        assert "Ask the issuer to correct this" not in page
        assert "<textarea" not in page
    assert "Correction asked for" in client.get(badge.get_absolute_url()).content.decode()

    with pytest.raises(StepRefused, match="asked already"):
        ask_for_correction(badge, by=holder, text="Again")
    request = CorrectionRequest.objects.get()
    issuer = issuer_of(badge.badge_class.organiser)
    client.force_login(issuer)
    assert "Petraitis-Kalnas" in client.get(workspace(badge)).content.decode()
    decline_correction(request, by=issuer, answer="It is your passport name.")
    send_due_mail()

    events = OutgoingMail.objects.filter(state="sent").values_list("event", flat=True)
    assert {"badges/correction_asked", "badges/correction_declined"} <= set(events)


def test_the_news_of_a_request_leads_to_where_it_is_answered(client):
    badge = assertion()
    issuer = issuer_of(badge.badge_class.organiser)
    ask_for_correction(badge, by=PersonFactory(email=badge.email), text="My name is misspelt.")

    client.force_login(issuer)
    assert f'href="{badge.workspace_url}"' in client.get("/inbox/").text
    assert "My name is misspelt." in client.get(badge.workspace_url).text


def test_nobody_else_asks_about_a_badge():
    with pytest.raises(PermissionDenied):
        ask_for_correction(assertion(), by=PersonFactory(), text="Mine")


def test_this_is_not_for_me_turns_the_badge_down_without_an_account(client):
    badge = assertion()
    link = claim_link(badge).removeprefix("http://testserver")
    report = f"/claim/{link.rpartition('/')[2]}/report"

    assert "This is not for me" in client.get(report).content.decode()
    assert client.post(report, {"kind": "stranger", "text": ""}).status_code == 200
    assert client.post(report, {"kind": "stranger", "text": ""}).status_code == 200

    badge.refresh_from_db()
    assert badge.state == "declined"
    assert AwardReport.objects.count() == 1
    assert client.post(f"{report}x", {"kind": "stranger"}).status_code == 404


def test_the_network_reads_reports_and_nobody_else(client):
    badge = assertion()
    report_award(badge, kind="harmful", text="Nasty")
    client.force_login(issuer_of(badge.badge_class.organiser))
    assert client.get("/network/reports/").status_code == 403

    client.force_login(PersonFactory(roles=["network_admin"]))
    assert "Nasty" in client.get("/network/reports/").content.decode()
    client.post(f"/network/reports/{AwardReport.objects.get().pk}/")

    assert not AwardReport.objects.open().exists()


def test_the_network_finds_what_was_put_away_and_opens_it_again(client):
    badge = assertion()
    report = report_award(badge, kind="harmful", text="Nasty")
    admin = PersonFactory(roles=["network_admin"], name="Rūta")
    client.force_login(admin)
    assert f'href="{badge.get_absolute_url()}"' in client.get("/network/reports/").content.decode()
    client.post(f"/network/reports/{report.pk}/")

    history = client.get("/network/reports/?show=handled").content.decode()
    assert ("Nasty" in history, "put away by Rūta" in history) == (True, True)
    client.post(f"/network/reports/{report.pk}/reopen/")

    report.refresh_from_db()
    assert (report.handled_at, report.handled_by) == (None, None)


def test_a_report_is_not_opened_beside_a_newer_one_nor_by_others(client):
    badge = assertion()
    report = report_award(badge, kind="harmful")
    client.force_login(PersonFactory(roles=["network_admin"]))
    client.post(f"/network/reports/{report.pk}/")
    report_award(badge, kind="harmful")

    assert client.post(f"/network/reports/{report.pk}/reopen/").status_code == 409
    client.force_login(issuer_of(badge.badge_class.organiser))
    assert client.post(f"/network/reports/{report.pk}/reopen/").status_code == 403


def test_other_organisers_see_nothing_of_it(client):
    badge = assertion()
    client.force_login(issuer_of(published_badge().organiser))

    for path in ("", f"{badge.key}/", f"{badge.key}/correct/", "badges.csv"):
        assert client.get(f"{workspace(badge)}{path}").status_code == 404


def test_who_takes_addresses_away_in_a_file_is_written_down(client):
    badge = assertion()
    organiser = badge.badge_class.organiser
    client.force_login(issuer_of(organiser))

    client.get(f"/workspace/{organiser.slug}/issued/badges.csv")
    client.get(f"{badge.batch.get_absolute_url()}report.csv")

    lines = AuditEvent.objects.filter(verb="badges.download")
    assert [line.object_type for line in lines.order_by("pk")] == ["organisers.organiser", "badges.awardbatch"]


def test_a_mail_that_is_just_being_sent_is_not_missing_from_the_history(client):
    badge = assertion()
    client.force_login(issuer_of(badge.badge_class.organiser))
    OutgoingMail.objects.update(state=OutgoingMail.State.SENDING, inflight_since=clock.now())

    assert "Mail waits to be sent" in client.get(badge.workspace_url).content.decode()
