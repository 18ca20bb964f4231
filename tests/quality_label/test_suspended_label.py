"""A label is suspended, confirmed, answered to, lifted and revoked, or given back (L3, L5, L7, L9)."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from portal import clock
from portal.invariants import violations
from portal.notifications.models import Notification
from portal.workdays import working_days_after
from portal.workflow import StepRefused
from quality_label.actions.label_end import revoke_label, surrender_label
from quality_label.actions.label_suspension import answer_suspension, confirm_suspension, lift_label, suspend_label
from quality_label.models import Label, LabelSuspension
from quality_label.schedule import keep_duties
from tests.factories.accounts import PersonFactory
from tests.factories.label import label, revoked, suspended
from tests.factories.organisers import MembershipFactory, owner_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]
DAY = timedelta(days=1)


def coordinator():
    return PersonFactory(roles=["coordinator"])


def admin():
    return PersonFactory(roles=["network_admin"])


def told(event):
    return set(Notification.objects.filter(event=f"quality_label/{event}").values_list("person", flat=True))


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def at(day):
    return clock.moved_to(clock.now() + (day - clock.today()))


def revoke(held, *, by, ground="false_evidence"):
    return revoke_label(held, ground=ground, words="It is not theirs.", by=by)


def test_a_suspension_that_no_admin_confirms_is_lifted_after_three_working_days():
    one, begun_by = admin(), coordinator()
    held = suspended(label(), by=begun_by)
    last = working_days_after(clock.today(), 3)

    with at(last):
        keep_duties()
        assert Label.objects.get().is_suspended
    with at(last + DAY):
        keep_duties()
        keep_duties()

    held.refresh_from_db()
    assert (held.state, held.credential.suspended_at) == ("active", None)
    assert told("suspension_to_confirm") == {one.pk}
    assert told("suspension_unconfirmed") == {held.application.coordinator_id}
    assert Notification.objects.filter(event="quality_label/label_lifted").count() == 1
    assert list(violations()) == []


def test_a_confirmed_suspension_stays_and_is_confirmed_once():
    held = suspended(label(), by=coordinator())
    with pytest.raises(PermissionDenied):
        confirm_suspension(held, by=coordinator())

    confirm_suspension(held, by=admin())

    with pytest.raises(StepRefused, match="confirmed already"):
        confirm_suspension(held, by=admin())
    with clock.moved_to(timedelta(days=20)):
        keep_duties()
    assert Label.objects.get().is_suspended


def test_who_suspends_as_an_admin_confirms_with_it():
    held = suspended(label(), by=admin())

    assert not held.suspension.waits_for_confirmation
    assert told("suspension_to_confirm") == set()


def test_nothing_is_revoked_before_an_admin_confirmed_and_the_holder_was_heard():
    held, by = suspended(label(), by=coordinator()), admin()
    with pytest.raises(StepRefused) as refused:
        revoke(held, by=by)
    assert len(refused.value.reasons) == 2

    held = confirm_suspension(held, by=by)
    with at(held.suspension.answer_by), pytest.raises(StepRefused, match="Hear the holder first"):
        revoke(held, by=by)
    with at(held.suspension.answer_by + DAY):
        assert revoke(held, by=by).state == "revoked"


def test_the_holder_answers_once_and_in_time_and_the_admins_read_it(client):
    held, by = label(), admin()
    owner = owner_of(held.organiser)
    url = f"/workspace/{held.organiser.slug}/quality-label/label/"
    client.force_login(owner)
    assert "Give the label back" in text_of(client.get(url))
    assert client.post(f"{url}answer/", {"seen": held.version, "words": "Why?"}).status_code == 409
    held = suspended(held, by=by)

    page = text_of(client.get(url))
    empty = client.post(f"{url}answer/", {"seen": held.version, "words": " "})
    stale = client.post(f"{url}answer/", {"seen": 99, "words": "We asked the learner."})
    sent = client.post(f"{url}answer/", {"seen": held.version, "words": "We asked the learner."})

    assert "A complaint is looked at." in page
    assert "Give the label back" not in page
    assert (empty.status_code, stale.status_code, sent.status_code) == (422, 409, 302)
    assert "We asked the learner." in stale.content.decode()
    assert "We asked the learner." in text_of(client.get(url))
    assert told("suspension_answered") == {by.pk}
    again = {"seen": Label.objects.get().version, "words": "More."}
    assert client.post(f"{url}answer/", again).status_code == 409
    client.force_login(by)
    assert "We asked the learner." in text_of(client.get(f"/network/labels/{held.key}/"))


def test_after_the_last_day_there_is_no_answer():
    held = suspended(label())

    with at(held.suspension.answer_by + DAY), pytest.raises(StepRefused, match="days to answer are over"):
        answer_suspension(held, words="Late.", by=owner_of(held.organiser))


def test_members_look_and_owners_answer(client):
    held = suspended(label())
    url = f"/workspace/{held.organiser.slug}/quality-label/label/"
    client.force_login(MembershipFactory(organiser=held.organiser, role="author").person)

    assert client.get(url).status_code == 200
    assert client.post(f"{url}answer/", {"words": "x"}).status_code == 403
    assert client.get(f"{url}give-back/").status_code == 403
    client.force_login(PersonFactory())
    assert client.get(url).status_code == 404


def test_a_court_or_learners_safety_revokes_at_once_and_nothing_else_does(client):
    held, by = label(), admin()
    with pytest.raises(StepRefused):
        revoke(held, by=by, ground="harm")
    client.force_login(by)
    page = f"/network/labels/{held.key}/"
    assert "Only where a court orders it" in text_of(client.get(page))

    words = {"revoke_by_order-seen": held.version, "revoke_by_order-words": "A court said so."}
    assert client.post(f"{page}revoke/", {**words, "revoke_by_order-ground": "harm"}).status_code == 422
    assert client.post(f"{page}revoke/", {**words, "revoke_by_order-ground": "order"}).status_code == 302

    held.refresh_from_db()
    assert (held.state, held.ground) == ("revoked", "order")
    assert "A court, or the protection of learners, asked for it." in text_of(client.get(held.get_absolute_url()))


def test_the_ground_is_public_and_the_words_are_for_the_owners(client):
    held = revoked(label())

    page = text_of(client.get(held.get_absolute_url()))

    assert "The evidence was false." in page
    assert held.words not in page


def test_an_owner_gives_the_label_back_by_typing_its_name(client):
    held = label()
    client.force_login(owner_of(held.organiser))
    url = f"/workspace/{held.organiser.slug}/quality-label/label/give-back/"

    asked = client.get(url)
    wrong = client.post(url, {"seen": held.version, "typed": "Somebody else"})
    done = client.post(url, {"seen": held.version, "typed": held.organiser.name.upper()}, follow=True)

    held.refresh_from_db()
    assert (asked.status_code, wrong.status_code, done.status_code) == (200, 409, 200)
    assert (held.state, held.ended_on) == ("surrendered", clock.today())
    assert held.credential.withdrawn_at
    assert held.endorsement.withdrawn_at
    assert told("label_surrendered") == {owner_of(held.organiser).pk, held.application.coordinator_id}
    assert "Begin the application" in text_of(done)
    assert client.get(url).status_code == 404


def test_the_register_says_for_a_month_that_a_label_was_given_back(client):
    held = label()
    surrender_label(held, typed=held.organiser.name, by=owner_of(held.organiser))

    assert "Given back" in text_of(client.get("/quality-label/holders/"))
    with clock.moved_to(timedelta(days=32)):
        assert held.organiser.name not in text_of(client.get("/quality-label/holders/"))
        assert client.get(held.get_absolute_url()).status_code == 404


def test_a_suspended_label_is_not_given_back():
    held = suspended(label())

    with pytest.raises(StepRefused):
        surrender_label(held, typed=held.organiser.name, by=owner_of(held.organiser))


def test_every_suspension_is_kept_and_one_runs(client):
    by = admin()
    held = lift_label(suspended(label(), by=by), words="It was settled.", by=by)
    held = suspend_label(held, cause="misuse", words="The seal is on another site.", by=by)

    client.force_login(by)
    page = text_of(client.get(f"/network/labels/{held.key}/"))

    assert LabelSuspension.objects.running().get().cause == "misuse"
    assert "Earlier suspensions" in page
    assert "It was settled." in page


def test_a_suspension_wants_one_of_four_causes():
    for cause in ["", "untrained", "envy"]:
        with pytest.raises(StepRefused, match="Choose why"):
            suspend_label(label(), cause=cause, words="x", by=admin())
