"""A training badge in doubt: its holder is heard, then it is void or stands (K12)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from badges.models import Assertion
from portal import clock
from portal.audit.models import AuditEvent
from portal.notifications.models import Notification
from portal.workflow import StepRefused, unmet
from quality_label.actions.hearing import answer_hearing, declare_void, drop_hearing, open_hearing
from quality_label.gates import trained
from quality_label.models import Application, Hearing, TrainingBadge
from quality_label.workflow.hearing import ANSWERED, DROPPED, OPEN, VOIDED
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, published_badge
from tests.factories.label import ApplicationFactory
from tests.factories.organisers import MembershipFactory, OrganiserFactory
from tests.quality_label.steps import expected, steps_open

pytestmark = [pytest.mark.django_db, pytest.mark.services]
WORDS = "Two other people handed in the same capstone before."
LIST = "/network/training/hearings/"


@pytest.fixture
def holder():
    return PersonFactory(email="jonas@example.org")


@pytest.fixture
def held(holder):
    badge = published_badge(OrganiserFactory(verified=True, is_network=True))
    TrainingBadge.objects.create(badge_class=badge)
    return assertion(badge)


@pytest.fixture
def hearing(held, admin):
    return open_hearing(held, words=WORDS, by=admin)


def after(days):
    return clock.moved_to(clock.now() + timedelta(days=days))


def told(event):
    return set(Notification.objects.filter(event=f"quality_label/{event}").values_list("person", flat=True))


def test_the_holder_is_told_what_is_held_against_the_badge(client, admin, held, holder):
    typed = client.post(LIST, {"whose": holder.email, "words": WORDS})
    hearing = Hearing.objects.get()

    assert typed.status_code == 302
    assert (hearing.person, hearing.assertion, hearing.state) == (holder, held, OPEN)
    assert hearing.answer_by == clock.today() + timedelta(days=14)
    assert told("hearing_opened") == {holder.pk}
    client.force_login(holder)
    assert WORDS in client.get(hearing.get_absolute_url()).text


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"whose": "", "words": WORDS}, 422, "required"),
        ({"whose": "nobody@example.org", "words": WORDS}, 422, "No training badge that stands is found"),
        ({"whose": "jonas@example.org", "words": ""}, 422, "required"),
        ({"whose": "jonas@example.org", "words": "x" * 2001}, 422, "2000"),
        ({"whose": "other@example.org", "words": WORDS}, 422, "No training badge that stands is found"),
        ({"whose": "\x00", "words": WORDS}, 422, ""),
    ],
)
def test_a_hearing_wants_a_training_badge_and_words(client, admin, held, typed, status, said):
    assertion(published_badge(OrganiserFactory(verified=True), name="Other"), email="other@example.org")

    answer = client.post(LIST, typed)

    assert (answer.status_code, Hearing.objects.count()) == (status, 0)
    assert said in answer.text
    if typed["words"] == WORDS:
        assert WORDS in answer.text


def test_a_badge_is_found_by_its_address_and_doubted_once_at_a_time(client, admin, held):
    typed = {"whose": f"http://testserver{held.get_absolute_url()}", "words": WORDS}
    first, second = client.post(LIST, typed), client.post(LIST, typed)

    assert (first.status_code, second.status_code) == (302, 409)
    assert "in doubt already" in second.text
    with pytest.raises(IntegrityError), transaction.atomic():
        Hearing.objects.create(assertion=held, answer_by=clock.today(), words="Again.")


def test_nobody_is_declared_void_unheard(client, admin, hearing, held):
    page = client.get(hearing.get_absolute_url()).text
    refused = client.post(f"{hearing.get_absolute_url()}void/", {"void-seen": 0, "void-reason": "Copied."})
    held.refresh_from_db()

    assert "Hear the person first" in page
    assert (refused.status_code, held.is_revoked) == (409, False)
    assert "Copied." in refused.text
    with after(14):
        assert unmet(hearing.declare_void)
    with after(15):
        assert not unmet(hearing.declare_void)
        declare_void(hearing, reason="Copied.", by=admin)
    held.refresh_from_db()
    assert (held.is_revoked, held.revocation_reason) == (True, "Copied.")


def test_once_answered_it_is_declared_void_with_all_that_follows(client, admin, hearing, held, holder):
    organiser = OrganiserFactory(verified=True)
    MembershipFactory(organiser=organiser, person=holder, role="issuer")
    case = ApplicationFactory(organiser=organiser, submitted=True)
    elsewhere = ApplicationFactory(submitted=True)
    coordinator = PersonFactory(roles=["coordinator"])
    assert trained(organiser, clock.today()).is_met
    client.force_login(holder)
    client.post(f"{hearing.get_absolute_url()}answer/", {"answer-seen": 0, "answer-answer": "It is mine."})
    client.force_login(admin)

    done = client.post(f"{hearing.get_absolute_url()}void/", {"void-seen": 1, "void-reason": "Copied."})
    hearing.refresh_from_db()

    assert (done.status_code, hearing.state, hearing.answer) == (302, VOIDED, "It is mine.")
    assert Assertion.objects.get(pk=held.pk).revocation_reason == "Copied."
    assert not trained(organiser, clock.today()).is_met
    assert AuditEvent.objects.about(case).filter(verb="quality_label.lose_training").count() == 1
    assert not AuditEvent.objects.about(elsewhere).filter(verb="quality_label.lose_training").exists()
    assert told("hearing_answered") == {admin.pk}
    assert told("training_lost") == {coordinator.pk}
    assert told("hearing_closed") == {holder.pk}
    again = client.post(f"{hearing.get_absolute_url()}void/", {"void-seen": 2, "void-reason": "Copied."})
    assert again.status_code == 409


def test_a_dropped_doubt_lets_the_badge_stand_and_may_come_again(client, admin, hearing, held, holder):
    done = client.post(f"{hearing.get_absolute_url()}drop/", {"drop-seen": 0, "drop-reason": "It is theirs."})
    hearing.refresh_from_db()
    held.refresh_from_db()

    assert (done.status_code, hearing.state, held.is_live) == (302, DROPPED, True)
    assert told("hearing_closed") == {holder.pk}
    assert open_hearing(held, words=WORDS, by=admin).is_running


def test_an_answer_comes_in_time_once_and_in_words(client, hearing, holder):
    client.force_login(holder)
    address = f"{hearing.get_absolute_url()}answer/"
    empty = client.post(address, {"answer-seen": 0, "answer-answer": " "})
    with after(15):
        late = client.post(address, {"answer-seen": 0, "answer-answer": "Too late."})
    first = client.post(address, {"answer-seen": 0, "answer-answer": "It is mine."})
    second = client.post(address, {"answer-seen": 1, "answer-answer": "It is mine!"})

    assert [one.status_code for one in (empty, late, first, second)] == [422, 409, 302, 409]
    assert "Too late." in late.text


def test_who_reads_and_who_acts(client, hearing, held, holder, admin):
    address = hearing.get_absolute_url()
    network = held.badge_class.organiser
    owner = MembershipFactory(organiser=network, role="owner").person
    other_admin = PersonFactory(roles=["network_admin"])
    found = {}
    for name, person in [("owner", owner), ("admin", other_admin), ("holder", holder), ("stranger", PersonFactory())]:
        client.force_login(person)
        statuses = [client.get(address).status_code, client.get(LIST).status_code]
        found[name] = statuses + [
            client.post(f"{address}{step}/", {}).status_code for step in ("answer", "void", "drop")
        ]

    assert found == {
        "owner": [404, 403, 404, 404, 404],
        "admin": [200, 200, 403, 422, 422],
        "holder": [200, 403, 422, 403, 403],
        "stranger": [404, 403, 404, 404, 404],
    }


def test_admins_neither_doubt_nor_judge_their_own_badge(admin, held, holder):
    holder.network_roles.create(role="network_admin") if hasattr(holder, "network_roles") else None
    mine = Hearing.objects.create(assertion=held, person=admin, words=WORDS, answer_by=clock.today())

    for act in (declare_void, drop_hearing):
        with pytest.raises(PermissionDenied):
            act(mine, reason="It is mine.", by=admin)
    assert answer_hearing(mine, answer="It is mine.", by=admin).state == ANSWERED


def test_without_the_role_nobody_opens_one(held, holder):
    for person in (holder, PersonFactory(roles=["coordinator"])):
        with pytest.raises(PermissionDenied):
            open_hearing(held, words=WORDS, by=person)


def test_what_is_no_standing_training_badge_is_not_doubted(admin, held):
    with pytest.raises(StepRefused, match="no training badge"):
        open_hearing(assertion(email="other@example.org"), words=WORDS, by=admin)
    with pytest.raises(StepRefused, match="Nobody who can be heard"):
        open_hearing(assertion(held.badge_class, email="unknown@example.org"), words=WORDS, by=admin)
    with pytest.raises(StepRefused, match="in words"):
        open_hearing(held, words=" ", by=admin)


def test_every_step_is_open_in_its_states_to_its_people_alone(hearing, holder, admin):
    steps = {
        "give_answer": ({OPEN}, {"holder"}),
        "declare_void": ({OPEN, ANSWERED}, {"admin"}),
        "drop": ({OPEN, ANSWERED}, {"admin"}),
    }
    people = {"holder": holder, "admin": admin, "coordinator": PersonFactory(roles=["coordinator"]), "clock": None}
    for state in (OPEN, ANSWERED, VOIDED, DROPPED):
        facts = {field.attname: getattr(hearing, field.attname) for field in Hearing._meta.concrete_fields}
        assert (state, steps_open(Hearing(**facts | {"state": state}), people)) == (state, expected(steps, state))


def test_the_table_knows_how_a_hearing_ends(hearing):
    for facts in ({"state": VOIDED}, {"closed_at": clock.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Hearing.objects.filter(pk=hearing.pk).update(**facts)
    assert Application.objects.count() == 0
