"""A badge at an address that its holder no longer reads: asked for without an oracle, answered by its issuer."""

import re
import uuid
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from badges.actions import revoke_badge
from badges.actions.lost_addresses import ask_for_address, confirm_address, decline_address
from badges.claims import claim_link
from badges.models import AddressRequest, Assertion, AwardRow
from organisers.models import Organiser
from portal import clock
from portal.accounts.merging import merge_accounts
from portal.audit.models import AuditEvent
from portal.invariants import violations
from portal.notifications.models import Notification
from portal.schedule import drain
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, issuer_of, published_assertion, published_badge
from tests.factories.leaver import erased
from tests.factories.organisers import MembershipFactory, OrganiserFactory

pytestmark = pytest.mark.django_db
OLD = "jonas@school.example"
PAGE = "/backpack/lost-address/"


@pytest.fixture
def jonas():
    return PersonFactory(email="jonas@example.org", name="Jonas")


@pytest.fixture
def badge():
    return assertion(email=OLD, name="Jonas P.")


def ask(person, organiser, **facts):
    facts = {"new_email": person.email, "old_email": OLD, "organiser": organiser, **facts}
    return ask_for_address(by=person, **facts)


def asked_about(badge, person, **facts):
    return ask(person, badge.badge_class.organiser, **facts)


def words(response):
    return " ".join(response.content.decode().split())


def seen(response, *names):
    """Return what a reader sees of a page, without the names that differ."""
    page = re.sub(r"<[^>]*>", " ", words(response))
    for name in names:
        page = page.replace(name, "X")
    return page


def confirm(request, badges):
    by = issuer_of(Organiser.objects.get(pk=request.organiser_id))
    confirm_address(request, [badge.key for badge in badges], by=by)
    carry_out()
    drain()


def test_a_confirmed_badge_is_made_anew_for_the_new_address(jonas, badge):
    request = asked_about(badge, jonas)

    confirm(request, [badge])

    badge.refresh_from_db()
    assert badge.superseded_by == Assertion.objects.for_person(jonas).waiting().get()
    assert badge.superseded_by.email == "jonas@example.org"
    request.refresh_from_db()
    assert (request.is_open, request.is_confirmed) == (False, True)
    assert list(violations()) == []


def test_issuers_the_person_and_the_old_address_are_told(jonas, badge):
    request = asked_about(badge, jonas)
    drain()
    issuer = issuer_of(badge.badge_class.organiser)
    told = {message.to[0]: message.subject for message in mail.outbox}
    assert told[issuer.email] == "Jonas asks for badges at a new address"
    mail.outbox.clear()

    confirm(request, [badge])

    told = {(message.to[0], message.subject) for message in mail.outbox}
    assert (OLD, "Your badge Brake Check goes to another address") in told
    assert [said for to, said in told if to == "jonas@example.org"] == ["Your badge Brake Check comes to this address"]
    assert not any("a mistake" in message.body for message in mail.outbox)
    assert not any("jonas@example.org" in message.body for message in mail.outbox if message.to == [OLD])
    assert Notification.objects.filter(person=jonas, event="badges/address_confirmed").exists()


def test_who_held_the_badge_with_another_account_is_told_in_the_inbox_as_well(jonas):
    badge = published_assertion(email=OLD)
    request = asked_about(badge, jonas)

    confirm(request, [badge])

    badge.refresh_from_db()
    assert Notification.objects.filter(person=badge.person, event="badges/address_moved").count() == 1


def test_a_refusal_needs_a_reason_which_the_person_reads(client, jonas, badge):
    request = asked_about(badge, jonas)
    issuer = issuer_of(badge.badge_class.organiser)
    with pytest.raises(StepRefused, match="Say why"):
        decline_address(request, by=issuer, text=" ")

    decline_address(request, by=issuer, text="We do not know you.")
    drain()

    client.force_login(jonas)
    assert "We do not know you." in words(client.get(request.get_absolute_url()))
    assert any("We do not know you." in message.body for message in mail.outbox)
    badge.refresh_from_db()
    assert badge.is_live


def test_an_answer_is_given_once(jonas, badge):
    request = asked_about(badge, jonas)
    issuer = issuer_of(badge.badge_class.organiser)
    decline_address(request, by=issuer, text="No.")

    with pytest.raises(StepRefused, match="answered this already"):
        confirm_address(request, [badge.key], by=issuer)

    assert not Assertion.objects.filter(row__supersedes=badge).exists()
    assert AuditEvent.objects.filter(verb="badges.decline_address").count() == 1


@pytest.mark.parametrize("link", ["page", "claim"])
def test_a_link_alone_finds_the_badge_and_its_organiser(jonas, badge, link):
    link = claim_link(badge) if link == "claim" else badge.absolute_url

    request = ask(jonas, None, old_email="", link=link)

    assert request.organiser == badge.badge_class.organiser
    assert list(request.badges()) == [badge]


def test_whether_there_is_such_a_badge_is_not_learnt_from_asking(client, jonas, badge):
    client.force_login(jonas)
    nowhere = badge.absolute_url.replace(str(badge.key), "00000000-0000-4000-8000-000000000000")
    answers = []
    for link in (badge.absolute_url, nowhere):
        sent = client.post(PAGE, {"link": link, "new_email": jonas.email}, follow=True)
        found = client.get(AddressRequest.objects.get(link=link).get_absolute_url())
        answers.append([seen(sent, link), seen(found, link)])
        AddressRequest.objects.all().delete()

    assert answers[0] == answers[1]


def test_nor_from_naming_an_organiser_and_an_address(client, jonas, badge):
    client.force_login(jonas)
    answers = []
    for address in (OLD, "nobody@school.example"):
        facts = {"organiser": badge.badge_class.organiser.slug, "old_email": address, "new_email": jonas.email}
        answers.append(seen(client.post(PAGE, facts, follow=True), address))
        AddressRequest.objects.all().delete()

    assert answers[0] == answers[1]
    assert "If the organiser finds the badge" in answers[0]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({}, "organiser"),
        ({"link": "https://elsewhere.example/assertions/1"}, "link"),
        ({"link": "http://[nonsense"}, "link"),
        ({"old_email": "no address", "organiser": "x"}, "old_email"),
        ({"old_email": "jonas@example.org"}, "old_email"),
        ({"new_email": "somebody@else.example"}, "new_email"),
        ({"text": "x" * 501}, "text"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_stays(client, jonas, facts, field):
    client.force_login(jonas)

    answer = client.post(PAGE, {"new_email": jonas.email, **facts})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert all(answer.context["form"][name].value() == value for name, value in facts.items())
    assert not AddressRequest.objects.exists()


def test_the_same_is_not_asked_twice_nor_much_in_one_day(jonas, badge):
    asked_about(badge, jonas)
    with pytest.raises(StepRefused, match="asked for this already"):
        asked_about(badge, jonas)
    for number in range(AddressRequest.A_DAY - 1):
        asked_about(badge, jonas, old_email=f"j{number}@school.example")
    with pytest.raises(StepRefused, match="Five of your requests wait"):
        asked_about(badge, jonas, old_email="more@school.example")
    AddressRequest.objects.all().answer(by=None)
    with pytest.raises(StepRefused, match="five times today"):
        asked_about(badge, jonas, old_email="more@school.example")
    with clock.moved_to(timedelta(days=2)):
        asked_about(badge, jonas, old_email="more@school.example")


def test_only_an_address_that_one_proved_can_be_named(jonas, badge):
    EmailAddress.objects.create(user=jonas, email="open@example.org")

    with pytest.raises(PermissionDenied):
        asked_about(badge, jonas, new_email="open@example.org")


def test_an_address_that_was_given_up_meanwhile_gets_nothing(jonas, badge):
    request = asked_about(badge, jonas)
    EmailAddress.objects.filter(user=jonas).update(email="other@example.org")

    with pytest.raises(StepRefused, match="no longer has the new address"):
        confirm_address(request, [badge.key], by=issuer_of(badge.badge_class.organiser))


def test_badges_of_others_and_of_other_organisers_cannot_be_slipped_in(jonas, badge):
    request = asked_about(badge, jonas)
    foreign = assertion(email=OLD)
    stranger = assertion(badge.badge_class, email="somebody@else.example")

    for one in (foreign, stranger):
        with pytest.raises(StepRefused, match="at least one badge"):
            confirm_address(request, [one.key], by=issuer_of(badge.badge_class.organiser))


def test_where_one_badge_cannot_move_none_does(client, jonas, badge):
    second = assertion(published_badge(badge.badge_class.organiser), email=OLD)
    assertion(second.badge_class, email=jonas.email)
    request = asked_about(badge, jonas)
    client.force_login(issuer_of(badge.badge_class.organiser))

    answer = client.post(f"{request.get_absolute_url()}confirm/", {"badges": [badge.key, second.key]})

    assert answer.status_code == 422
    assert "holds the badge already: Brake Check" in words(answer)
    assert not Assertion.objects.filter(row__supersedes__isnull=False).exists()
    request.refresh_from_db()
    assert request.is_open


def test_the_issuer_answers_on_a_page(client, jonas, badge):
    request = asked_about(badge, jonas, text="The course of 2024.")
    organiser = badge.badge_class.organiser
    client.force_login(issuer_of(organiser))
    path = request.get_absolute_url()

    assert path in words(client.get(f"/workspace/{organiser.slug}/issued/"))
    assert "1 person with a new address" in words(client.get(f"/workspace/{organiser.slug}/"))
    shown = words(client.get(path))
    assert "The course of 2024." in shown
    assert "Brake Check, for Jonas P., waiting to be collected" in shown
    assert client.post(f"{path}confirm/", {}).status_code == 422
    assert client.post(f"{path}decline/", {"answer": ""}).status_code == 422
    assert client.post(f"{path}confirm/", {"badges": [badge.key]}).status_code == 302
    assert "This was confirmed." in words(client.get(path))


def test_a_badge_that_was_taken_back_is_not_offered(client, jonas, badge):
    request = asked_about(badge, jonas)
    issuer = issuer_of(badge.badge_class.organiser)
    revoke_badge(badge, by=issuer, reason="Wrong.")
    client.force_login(issuer)

    assert "no badge that stands" in words(client.get(request.get_absolute_url()))


def test_others_find_nothing_and_the_person_answers_nothing(client, jonas, badge):
    path = asked_about(badge, jonas).get_absolute_url()
    author = MembershipFactory(organiser=badge.badge_class.organiser, role="author").person
    for stranger in (PersonFactory(), author, issuer_of(OrganiserFactory())):
        client.force_login(stranger)
        assert client.get(path).status_code == 404
        assert client.post(f"{path}confirm/", {"badges": [badge.key]}).status_code == 404
    client.force_login(jonas)

    assert client.get(path).status_code == 200
    assert client.post(f"{path}confirm/", {"badges": [badge.key]}).status_code == 403
    assert client.post(f"{path}decline/", {"answer": "x"}).status_code == 403


def test_an_issuer_does_not_answer_their_own_request(jonas, badge):
    MembershipFactory(organiser=badge.badge_class.organiser, person=jonas, role="issuer")
    request = asked_about(badge, jonas)

    with pytest.raises(PermissionDenied):
        confirm_address(request, [badge.key], by=jonas)


def test_a_request_comes_along_when_accounts_are_merged(jonas, badge):
    request = asked_about(badge, jonas)
    kept = PersonFactory()

    merge_accounts(kept, jonas, by=kept)

    assert AddressRequest.objects.by(kept).get() == request
    confirm(AddressRequest.objects.get(), [badge])
    assert Assertion.objects.for_person(kept).waiting().count() == 1


def test_a_request_names_a_badge(jonas):
    with pytest.raises(IntegrityError), transaction.atomic():
        AddressRequest.objects.create(person=jonas, name="J", new_email=jonas.email)


def test_a_link_is_asked_about_once_whether_it_leads_to_a_badge_or_not(jonas, badge):
    nothing = badge.absolute_url.replace(str(badge.key), str(uuid.uuid4()))

    for link in (badge.absolute_url, nothing):
        ask(jonas, None, old_email="", link=link)
        with pytest.raises(StepRefused, match="asked for this already"):
            ask(jonas, None, old_email="", link=link)


def test_a_request_does_not_lead_to_badges_that_were_erased_since(jonas, django_capture_on_commit_callbacks):
    held = published_assertion(email="rasa@example.org")
    by_address, by_link = (
        asked_about(held, jonas, old_email=held.email),
        asked_about(held, jonas, link=held.absolute_url),
    )

    erased(held.person, django_capture_on_commit_callbacks)

    held.refresh_from_db()
    by_address.refresh_from_db()
    assert held.is_erased
    assert by_address.old_email not in {"rasa@example.org", held.email}
    assert [list(one.badges()) for one in (by_address, by_link)] == [[], []]


def test_an_address_that_was_erased_since_is_named_in_words(client, jonas, django_capture_on_commit_callbacks):
    held = published_assertion(email="rasa@example.org")
    request = asked_about(held, jonas, old_email=held.email)

    erased(held.person, django_capture_on_commit_callbacks)

    pages = [(jonas, PAGE), (jonas, request.get_absolute_url())]
    for reader, page in [*pages, (issuer_of(held.badge_class.organiser), request.get_absolute_url())]:
        client.force_login(reader)
        shown = words(client.get(page))
        assert ("erased.invalid" in shown, "an address that is gone" in shown) == (False, True)


def overtaken(request, badges, held):
    """Confirm a request, and award one of its badges to the new address before the new ones are made."""
    by = issuer_of(Organiser.objects.get(pk=request.organiser_id))
    confirm_address(request, [badge.key for badge in badges], by=by)
    move = AwardRow.objects.filter(supersedes=held)
    AwardRow.objects.filter(supersedes__in=badges).update(leased_until=clock.now() + timedelta(hours=1))
    assertion(held.badge_class, email=request.new_email)
    AwardRow.objects.filter(supersedes__in=badges).update(leased_until=None)
    carry_out()
    drain()
    return move.get()


def test_a_badge_that_came_to_the_new_address_meanwhile_ends_the_request_with_a_reason(client, jonas, badge):
    request = asked_about(badge, jonas)

    row = overtaken(request, [badge], badge)

    request.refresh_from_db()
    badge.refresh_from_db()
    assert (row.state, row.refusal, badge.is_live) == ("refused", "held already", True)
    assert (request.is_open, request.is_confirmed) == (False, False)
    assert request.answer == "You hold “Brake Check” at your new address already, so nothing was changed."
    assert not any("goes to another address" in message.subject for message in mail.outbox)
    assert not any("come to your new address" in message.subject for message in mail.outbox)
    assert [message.to for message in mail.outbox if "stays at your old address" in message.subject] == [[jonas.email]]
    client.force_login(jonas)
    assert request.answer in words(client.get(request.get_absolute_url()))
    assert list(violations()) == []


def test_the_other_badges_of_the_request_move_all_the_same(jonas, badge):
    second = assertion(published_badge(badge.badge_class.organiser), email=OLD)
    request = asked_about(badge, jonas)

    overtaken(request, [badge, second], badge)

    request.refresh_from_db()
    assert request.is_confirmed
    assert "You hold “Brake Check” at your new address already" in request.answer
    assert Assertion.objects.for_person(jonas).filter(row__supersedes=second).exists()
