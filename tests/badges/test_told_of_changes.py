"""Recipients hear of it when their badge is corrected or taken back, and old links lead on."""

import pytest
from django.core import mail
from django.urls import reverse

from badges.actions import collect_badge, decline_badge
from badges.actions.assertions import correct_badge, resend_mail, revoke_badge
from badges.claims import claim_link
from badges.models import Assertion, AwardBatch
from portal.invariants import violations
from portal.notifications.models import Notification, OutgoingMail
from portal.notifications.schedule import send_due_mail
from tests.badges.pages import claim_path
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, issuer_of, published_assertion

pytestmark = pytest.mark.django_db


def page_of(client, badge) -> str:
    return client.get(claim_path(badge)).content.decode()


def corrected(badge, *, email=None, name="Jonas P.") -> Assertion:
    by = issuer_of(badge.badge_class.organiser)
    correct_badge(badge, by=by, email=email or badge.email, name=name, narrative="")
    carry_out()
    badge.refresh_from_db()
    return badge.superseded_by


def revoke(badge, reason="Awarded to the wrong Jonas.") -> Assertion:
    return revoke_badge(badge, by=issuer_of(badge.badge_class.organiser), reason=reason)


def letters() -> list:
    OutgoingMail.objects.filter(event="badges/badge_waiting").update(state="cancelled")
    send_due_mail()
    return mail.outbox


def test_the_mail_about_a_corrected_badge_says_what_happened():
    new = corrected(assertion())

    (letter,) = letters()

    assert letter.subject == "Corrected: your badge Brake Check"
    assert "takes the place of the old one" in letter.body
    assert claim_link(new) in letter.body
    assert "It waits to be collected." in letter.alternatives[0].content
    assert list(violations()) == []


def test_who_had_collected_it_reads_that_the_corrected_badge_is_theirs():
    badge = assertion()
    collect_badge(badge, by=PersonFactory(email=badge.email))
    badge.refresh_from_db()
    corrected(badge)

    (letter,) = letters()

    assert "the new one is yours already" in letter.body
    assert "turn it down" not in letter.body
    assert Notification.objects.latest("pk").event == "badges/badge_corrected"


def test_every_inbox_line_leads_to_the_corrected_badge(client):
    holder = PersonFactory(email="jonas@example.org")
    badge = assertion(email=holder.email)
    new = corrected(badge)
    client.force_login(holder)

    page = client.get("/inbox/").content.decode()

    assert page.count(f'href="{new.get_absolute_url()}"') == Notification.objects.filter(person=holder).count() == 2
    assert badge.get_absolute_url() not in page


def test_the_inbox_line_of_a_wrong_recipient_does_not_lead_to_the_right_one(client):
    wrong = PersonFactory(email="wrong@example.org")
    badge = assertion(email=wrong.email)
    new = corrected(badge, email="right@example.org")
    client.force_login(wrong)

    page = client.get("/inbox/").content.decode()

    assert badge.get_absolute_url() in page
    assert new.get_absolute_url() not in page


def test_a_wrong_address_learns_nothing_of_the_right_one(client):
    badge = assertion(email="wrong@example.org")
    new = corrected(badge, email="right@example.org")

    page = page_of(client, badge)

    assert [letter.to for letter in letters()] == [["right@example.org"]]
    assert "This badge was corrected" in page
    assert "right@example.org" not in page
    assert claim_link(new) not in page


def test_a_corrected_badge_is_sent_again_as_such():
    new = corrected(assertion())

    resend_mail(new, by=issuer_of(new.badge_class.organiser))

    assert OutgoingMail.objects.filter(event="badges/badge_corrected").count() == 2


def test_a_badge_taken_back_is_told_with_its_reason_by_mail_and_inbox(client):
    badge = assertion()
    holder = PersonFactory(email=badge.email)
    collect_badge(badge, by=holder)

    revoke(badge)

    (letter,) = letters()
    assert (letter.to, letter.subject) == ([badge.email], "Taken back: your badge Brake Check")
    assert "Awarded to the wrong Jonas." in letter.body
    assert "Awarded to the wrong Jonas." in letter.alternatives[0].content
    client.force_login(holder)
    assert "Taken back: your badge Brake Check" in client.get("/inbox/").content.decode()


def asked(client, badge) -> str:
    client.force_login(issuer_of(badge.badge_class.organiser))
    page = reverse("badges:assertion-revoke", args=[badge.badge_class.organiser.slug, badge.key])
    return client.get(page).content.decode()


def test_who_takes_a_badge_back_reads_first_who_will_be_told(client):
    badge = assertion()
    assert f"A mail with your reason goes to {badge.email}." in asked(client, badge)

    AwardBatch.objects.update(notify=False)
    assert "no mail spoke of the badge" in asked(client, badge)

    decline_badge(badge, by=PersonFactory(email=badge.email))
    assert "the badge was turned down" in asked(client, badge)


def test_who_turned_a_badge_down_hears_no_more_of_it():
    badge = assertion()
    declined = decline_badge(badge, by=PersonFactory(email=badge.email))

    revoke(declined)

    assert letters() == []


def test_who_was_never_mailed_of_a_badge_is_not_told_that_it_is_gone():
    badge = assertion()
    AwardBatch.objects.filter(pk=badge.batch_id).update(notify=False)

    revoke(badge)

    assert letters() == []


def test_the_mailed_link_of_a_badge_taken_back_says_why(client):
    badge = assertion()
    revoke(badge)

    assert "Awarded to the wrong Jonas." in page_of(client, badge)


def test_the_mailed_link_of_a_corrected_badge_leads_to_the_new_one(client):
    badge = assertion()
    new = corrected(badge)

    page = page_of(client, badge)

    assert "This badge was corrected" in page
    assert claim_link(new) in page


def test_the_public_page_of_a_corrected_badge_links_to_the_new_one(client):
    badge = published_assertion()
    new = corrected(badge)

    page = client.get(badge.get_absolute_url()).content.decode()

    assert "Another badge replaces this one" in page
    assert new.get_absolute_url() in page


def test_a_badge_that_the_visitor_may_not_see_is_not_linked(client):
    badge = assertion(email="wrong@example.org")
    PersonFactory(email="young@example.org", is_of_age=False)
    new = corrected(badge, email="young@example.org")

    assert new.get_absolute_url() not in client.get(badge.get_absolute_url()).content.decode()
