"""Endorsements: asked for or offered, given with the consent of both sides, withdrawn."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from badges.actions import collect_badge, save_badge_class
from badges.actions import endorsements as actions
from badges.actions.showing import publish_badge
from badges.models import Endorsement
from badges.subjects import ASSERTION, find
from organisers.actions import suspend_organiser
from portal import clock
from portal.audit.models import AuditEvent
from portal.notifications.letters import inbox_lines, letter
from portal.notifications.models import Notification, OutgoingMail
from portal.workflow import StepRefused, take
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, issuer_of, published_badge
from tests.factories.endorsements import TEXT, asked, given, offered, subject_of, withdrawn, writer_of
from tests.factories.organisers import MembershipFactory, OrganiserFactory, owner_of

pytestmark = pytest.mark.django_db


def told(person):
    return list(Notification.objects.filter(person=person).values_list("event", flat=True))


def collected(organiser=None, holder=None):
    """Return a badge that its holder accepted, and the holder."""
    holder = holder or PersonFactory()
    held = collect_badge(assertion(published_badge(organiser), email=holder.email), by=holder)
    return publish_badge(held, by=holder) if holder.is_of_age else held, holder


def test_asked_for_and_written_is_public_at_once():
    badge = published_badge()

    request = asked(badge)
    found = actions.answer_request(request, endorser=request.endorser, text=TEXT, by=writer_of(request))

    assert (found.state, found.text, found.title) == ("given", TEXT, badge.name)
    assert list(Endorsement.objects.about("badge", badge.key).shown()) == [found]
    assert told(writer_of(request)) == ["badges/endorsement_asked"]
    assert told(request.asked_by) == ["badges/endorsement_given"]
    verbs = AuditEvent.objects.about(found).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["badges.endorsement.ask", "badges.endorsement.give"]


def test_offered_is_shown_only_once_it_is_accepted():
    badge = published_badge()
    offer = offered(badge)

    assert not Endorsement.objects.about("badge", badge.key).shown().exists()
    assert offer.attestation is None
    assert told(owner_of(badge.organiser)) == ["badges/endorsement_offered"]

    found = actions.accept_endorsement(offer, by=issuer_of(badge.organiser))

    assert found.is_given
    assert Endorsement.objects.about("badge", badge.key).shown().get() == found
    assert told(writer_of(found)) == ["badges/endorsement_accepted"]


def test_declined_and_turned_down_are_told_and_never_shown():
    request, offer = asked(), offered()

    declined = actions.decline_request(request, by=writer_of(request))
    turned_down = actions.turn_down_endorsement(offer, by=owner_of(offer.organiser))

    assert {declined.state, turned_down.state} == {"declined"}
    assert told(request.asked_by) == ["badges/endorsement_declined"]
    assert told(writer_of(offer)) == ["badges/endorsement_turned_down"]
    assert not Endorsement.objects.shown().exists()


def test_what_is_taken_back_in_time_is_mailed_to_nobody():
    request, offer = asked(), offered()

    actions.cancel_request(request, by=request.asked_by)
    actions.take_back_offer(offer, by=writer_of(offer))

    assert set(Endorsement.objects.values_list("state", flat=True)) == {"cancelled"}
    about = OutgoingMail.objects.filter(object_type="badges.endorsement")
    assert set(about.values_list("state", flat=True)) == {"cancelled"}


def test_withdrawn_is_shown_no_more_and_both_are_told():
    found = given()

    over = withdrawn(found)

    assert over.is_withdrawn
    over.attestation.refresh_from_db()
    assert over.attestation.withdrawn_at is not None
    assert not Endorsement.objects.shown().exists()
    assert "badges/endorsement_withdrawn" in told(found.asked_by)


def test_each_letter_and_line_names_the_thing_and_leads_to_its_page():
    withdrawn()
    actions.accept_endorsement(offer := offered(), by=owner_of(offer.organiser))
    actions.turn_down_endorsement(offer := offered(), by=owner_of(offer.organiser))
    actions.decline_request(request := asked(), by=writer_of(request))

    mails = OutgoingMail.objects.filter(object_type="badges.endorsement")
    assert len(set(mails.values_list("event", flat=True))) == 7
    for mail in mails:
        message = letter(mail)
        assert mail.about().title in message.subject
        assert mail.about().absolute_url in message.body
    lines = inbox_lines(list(Notification.objects.select_related("person")))
    assert all("Brake Check" in line["title"] and "/endorsements/" in line["link"] for line in lines)


def test_owner_answers_in_the_name_of_another_of_their_organisers():
    request = asked()
    other = OrganiserFactory(owner=writer_of(request))

    found = actions.answer_request(request, endorser=other, text=TEXT, by=writer_of(request))

    assert found.endorser == other
    assert found.attestation.issuer.organiser == other


def test_nobody_writes_in_the_name_of_an_organiser_that_is_not_theirs():
    request, elsewhere = asked(), OrganiserFactory()

    with pytest.raises(PermissionDenied):
        actions.answer_request(request, endorser=elsewhere, text=TEXT, by=writer_of(request))
    with pytest.raises(PermissionDenied):
        actions.offer_endorsement(subject_of(published_badge()), endorser=elsewhere, text=TEXT, by=writer_of(request))


@pytest.mark.parametrize("role", ["issuer", "author", "reviewer"])
def test_only_owners_speak_for_who_endorses(role):
    request, found = asked(), given()
    member = MembershipFactory(organiser=request.endorser, role=role).person
    MembershipFactory(organiser=found.endorser, person=member, role=role)

    for step in [
        lambda: actions.answer_request(request, endorser=request.endorser, text=TEXT, by=member),
        lambda: actions.decline_request(request, by=member),
        lambda: actions.withdraw_endorsement(found, by=member),
    ]:
        with pytest.raises(PermissionDenied):
            step()


@pytest.mark.parametrize("role", ["author", "reviewer"])
def test_only_owners_and_issuers_speak_for_what_is_endorsed(role):
    badge = published_badge()
    offer = offered(badge)
    member = MembershipFactory(organiser=badge.organiser, role=role).person

    for step in [
        lambda: asked(badge, by=member),
        lambda: actions.accept_endorsement(offer, by=member),
        lambda: actions.turn_down_endorsement(offer, by=member),
    ]:
        with pytest.raises(PermissionDenied):
            step()


def test_nobody_endorses_what_is_their_own():
    badge = published_badge()
    unit = OrganiserFactory(parent=badge.organiser)

    for own in [badge.organiser, unit]:
        with pytest.raises(StepRefused, match="their own"):
            asked(badge, own)
    with pytest.raises(StepRefused, match="their own"):
        asked(unit, badge.organiser)


def test_who_speaks_for_the_one_side_does_not_write_for_the_other():
    request = asked()
    both = writer_of(request)
    MembershipFactory(organiser=request.organiser, person=both, role="issuer")

    with pytest.raises(PermissionDenied):
        actions.answer_request(request, endorser=request.endorser, text=TEXT, by=writer_of(request))


def test_one_organiser_endorses_a_thing_once():
    found = given()
    subject = find(found.kind, found.thing)

    with pytest.raises(StepRefused, match="already"):
        actions.ask_for_endorsement(subject, endorser=found.endorser, message="Again", by=found.asked_by)
    with pytest.raises(StepRefused, match="already"):
        actions.offer_endorsement(subject, endorser=found.endorser, text=TEXT, by=writer_of(found))

    withdrawn(found)
    again = actions.ask_for_endorsement(subject, endorser=found.endorser, message="Again", by=found.asked_by)
    assert again.is_asked


def test_what_was_declined_rests_for_a_week():
    request = asked()
    subject = find(request.kind, request.thing)
    again = {"endorser": request.endorser, "message": "Again", "by": request.asked_by}
    actions.decline_request(request, by=writer_of(request))

    with pytest.raises(StepRefused, match="less than a week"):
        actions.ask_for_endorsement(subject, **again)
    with clock.moved_to(timedelta(days=8)):
        assert actions.ask_for_endorsement(subject, **again).is_asked


def test_requests_of_a_day_are_limited():
    organiser = OrganiserFactory()
    issuer = issuer_of(organiser)
    for _number in range(Endorsement.A_DAY):
        asked(organiser, by=issuer)

    with pytest.raises(StepRefused, match="today"):
        asked(organiser, by=issuer)


def test_what_is_gone_or_may_not_act_is_not_endorsed():
    badge = published_badge()
    request, offer = asked(badge), offered(published_badge())
    take(badge.archive, by=issuer_of(badge.organiser))
    coordinator = PersonFactory(roles=["coordinator"])
    suspend_organiser(offer.endorser, by=coordinator, reason="complaint", words="A complaint.")

    with pytest.raises(StepRefused, match="Nobody can see this"):
        actions.answer_request(request, endorser=request.endorser, text=TEXT, by=writer_of(request))
    with pytest.raises(StepRefused, match="may not act"):
        actions.accept_endorsement(Endorsement.objects.get(pk=offer.pk), by=owner_of(offer.organiser))


def test_endorsements_of_a_suspended_organiser_are_not_shown():
    found = given()
    coordinator = PersonFactory(roles=["coordinator"])

    suspend_organiser(found.endorser, by=coordinator, reason="complaint", words="A complaint.")

    assert not Endorsement.objects.shown().exists()


def test_an_endorsement_is_of_the_words_that_its_writer_read():
    badge = published_badge()
    found = given(badge)
    words = {"language": "en", "name": badge.name, "description": "Something else.", "picture_text": "A wheel"}
    save_badge_class(badge, by=issuer_of(badge.organiser), words=words | {"criteria": "Come."}, skills=[])

    assert found.badge_version.words()["description"] != "Something else."
    assert found.address.endswith(f"/badges/{badge.key}/1/achievement.json")
    assert given(badge).address.endswith(f"/badges/{badge.key}/2/achievement.json")


def test_the_holder_asks_for_their_badge_and_it_is_public_at_once():
    held, holder = collected()
    endorser = OrganiserFactory()

    subject = find(ASSERTION, held.key)
    request = actions.ask_for_endorsement(subject, endorser=endorser, message="Please", by=holder)
    found = actions.answer_request(request, endorser=endorser, text=TEXT, by=owner_of(endorser))

    assert found.is_given
    assert found.address.endswith(f"/assertions/{held.key}/credential.json")


def test_where_the_issuer_asks_for_a_badge_its_holder_has_the_last_word():
    held, holder = collected()
    endorser = OrganiserFactory()
    issuer = issuer_of(held.badge_class.organiser)

    request = actions.ask_for_endorsement(find(ASSERTION, held.key), endorser=endorser, message="Please", by=issuer)
    offer = actions.answer_request(request, endorser=endorser, text=TEXT, by=owner_of(endorser))

    assert offer.is_offered
    assert "badges/endorsement_offered" in told(holder)
    with pytest.raises(PermissionDenied):
        actions.accept_endorsement(offer, by=issuer)
    assert actions.accept_endorsement(offer, by=holder).is_given


def test_a_badge_that_waits_or_was_taken_back_or_of_a_child_is_not_endorsed():
    young = PersonFactory(is_of_age=False)
    waiting = assertion()
    of_child, _holder = collected(holder=young)

    assert find(ASSERTION, waiting.key) is None
    assert find(ASSERTION, of_child.key) is None


@pytest.mark.parametrize(
    ("state", "facts"),
    [("given", {"text": "x", "address": "did:web:x"}), ("offered", {"text": "", "address": "did:web:x"})],
)
def test_the_database_keeps_what_must_hold(state, facts):
    request = asked()

    with pytest.raises(IntegrityError), transaction.atomic():
        Endorsement.objects.filter(pk=request.pk).update(state=state, **facts)


def test_the_database_lets_nobody_endorse_their_own():
    request = asked()

    with pytest.raises(IntegrityError), transaction.atomic():
        Endorsement.objects.filter(pk=request.pk).update(endorser=request.organiser)
