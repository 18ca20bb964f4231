"""Codes that ask the organiser first: a queue, an answer, and a mail either way."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from badges.actions.codes import accept_uses, ask_with_code, decline_uses
from badges.models import Assertion, CodeUse
from organisers.actions import record_standing
from portal.notifications.models import Notification
from portal.notifications.schedule import send_due_mail
from tests.badges.pages import confirm_path
from tests.factories.accounts import PersonFactory
from tests.factories.badges import carry_out, issuer_of
from tests.factories.codes import claim_code, proven_use
from tests.factories.organisers import MembershipFactory, OrganiserFactory, owner_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def waiting_code(uses=30):
    return claim_code(uses=uses, needs_approval=True)


def issuer(code):
    return issuer_of(code.series.badge_class.organiser)


def answer_path(code):
    return f"{code.series.get_absolute_url()}answer/"


def test_a_proved_use_waits_and_nothing_is_awarded_yet(client):
    use = proven_use(waiting_code())
    carry_out()

    page = client.get(confirm_path(use)).content.decode()
    assert use.is_waiting
    assert not Assertion.objects.exists()
    assert "looks at each person first" in page


def test_waiting_uses_count_against_the_limit(client):
    code = waiting_code(uses=1)
    proven_use(code)

    assert "used as often" in client.get(code.get_absolute_url()).content.decode()


def test_several_people_are_accepted_at_once(client):
    code = waiting_code()
    uses = [proven_use(code, email=f"p{n}@example.org") for n in range(3)]
    client.force_login(issuer(code))

    client.post(answer_path(code), {"step": "accept", "use": [uses[0].pk, uses[2].pk]})
    carry_out()

    assert sorted(Assertion.objects.values_list("email", flat=True)) == ["p0@example.org", "p2@example.org"]
    assert [use.email for use in CodeUse.objects.waiting()] == ["p1@example.org"]


def test_who_is_declined_is_told_by_mail_and_the_use_is_free_again():
    code = waiting_code(uses=1)
    use = proven_use(code)

    assert decline_uses(CodeUse.objects.filter(pk=use.pk), by=issuer(code)) == 1
    send_due_mail()
    carry_out()

    use.refresh_from_db()
    code.refresh_from_db()
    declined = next(
        message for message in mail.outbox if message.to == ["vaiva@example.org"] and "About" in message.subject
    )
    assert use.is_declined
    assert code.used == 0
    assert "did not award it" in declined.body
    assert "contact@example.org" in declined.body
    assert not Assertion.objects.exists()


def test_an_answer_is_given_once():
    code = waiting_code()
    use = proven_use(code)
    mine = CodeUse.objects.filter(pk=use.pk)

    assert (accept_uses(mine, by=issuer(code)), decline_uses(mine, by=issuer(code))) == (1, 0)

    use.refresh_from_db()
    assert use.is_awarded


def test_who_was_declined_is_not_asked_about_again():
    code = waiting_code()
    use = proven_use(code)
    decline_uses(CodeUse.objects.filter(pk=use.pk), by=issuer(code))

    assert proven_use(code).is_declined


@pytest.mark.parametrize("answer", [accept_uses, decline_uses])
def test_strangers_and_other_roles_do_not_answer(answer):
    code = waiting_code()
    use = proven_use(code)
    organiser = code.series.badge_class.organiser
    author = MembershipFactory(organiser=organiser, role="author").person
    for stranger in (PersonFactory(), author, issuer_of(OrganiserFactory(verified=True))):
        with pytest.raises(PermissionDenied):
            answer(CodeUse.objects.filter(pk=use.pk), by=stranger)

    use.refresh_from_db()
    assert use.is_waiting


def test_a_suspended_organiser_accepts_nobody():
    code = waiting_code()
    use = proven_use(code)
    record_standing(code.series.badge_class.organiser, by=None, standing="suspended")

    with pytest.raises(PermissionDenied):
        accept_uses(CodeUse.objects.filter(pk=use.pk), by=issuer(code))


def test_people_of_another_series_cannot_be_smuggled_into_an_answer(client):
    mine, other = waiting_code(), waiting_code()
    use = proven_use(other)
    client.force_login(issuer(mine))

    client.post(answer_path(mine), {"step": "accept", "use": [use.pk, "x", "9" * 18]})

    use.refresh_from_db()
    assert use.is_waiting


def test_issuers_are_told_once_until_they_have_read_it():
    code = waiting_code()
    person = issuer(code)
    proven_use(code, email="first@example.org")
    proven_use(code, email="second@example.org")
    assert person.notifications.filter(event="badges/code_waiting").count() == 1

    Notification.objects.update(read_at=code.series.created_at)
    proven_use(code, email="third@example.org")

    assert person.notifications.filter(event="badges/code_waiting").count() == 2
    assert not Notification.objects.filter(person=PersonFactory()).exists()


def test_who_owns_the_school_is_told_where_nobody_issues_in_the_unit():
    code = waiting_code()
    unit, school = code.series.badge_class.organiser, OrganiserFactory(verified=True)
    unit.memberships.all().delete()
    unit.parent = school
    unit.save()

    proven_use(code)

    assert Notification.objects.get(event="badges/code_waiting").person == owner_of(school)


def test_the_mail_to_issuers_leads_to_the_queue():
    code = waiting_code()
    proven_use(code)

    send_due_mail()

    told = next(message for message in mail.outbox if message.to == [issuer(code).email])
    assert told.subject == "Somebody waits for a badge: Repair Fair"
    assert f"{code.series.get_absolute_url()}people/?show=waiting" in told.body


def test_the_mail_that_proves_an_address_repeats_nothing_that_a_stranger_typed():
    ask_with_code(claim_code(), email="vaiva@example.org", name="Click https://evil.example now")

    send_due_mail()

    sent = mail.outbox[0]
    assert sent.subject == "Confirm your address for the badge “Brake Check”"
    assert "/c/confirm/" in sent.body
    assert "Repair Fair" in sent.body
    assert "evil" not in sent.body + sent.alternatives[0].content


@pytest.mark.parametrize("number", ["9" * 25, "9" * 5000, "²"])
def test_a_tick_that_is_no_number_answers_nobody(client, number):
    use = proven_use(waiting_code())
    client.force_login(issuer(use.code))

    assert client.post(answer_path(use.code), {"step": "accept", "use": [number]}).status_code == 302
    assert CodeUse.objects.get().is_waiting
