"""Whatever points at a person says what becomes of it when two accounts become one."""

import uuid
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import IntegrityError, models, transaction

from badges.models import Assertion, CollectionItem, ImportedBadge, Portfolio, PortfolioItem
from badges.panels import sent_to
from organisers.models import JoinRequest, Membership, PastMembership
from pathways.actions import hand_in
from pathways.models import Attempt, Enrolment, EvidenceItem, Judgement
from portal import clock
from portal.accounts.actions import set_network_roles
from portal.accounts.merging import merge_accounts
from portal.accounts.models import DataExport, NetworkRole, Person
from portal.audit.log import record
from portal.audit.models import AuditEvent
from portal.files.models import StoredFile
from portal.invariants import violations
from portal.notifications.models import Notification
from portal.privacy import merge_rules, merges, personal_data
from portal.schedule import drain
from portal.uniting import Move, people_columns
from portal.workflow import StepRefused
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.factories.badges import assertion, published_assertion, published_badge
from tests.factories.collections import collection, imported
from tests.factories.organisers import MembershipFactory, OrganiserFactory
from tests.factories.pathways import reviewed_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    return PersonFactory(email="ona@example.org", name="Ona")


@pytest.fixture
def other():
    return PersonFactory(email="ona@work.example", name="Ona K.")


def merge(kept, other):
    merge_accounts(kept, other, by=kept)
    return Person.objects.get(pk=kept.pk)


def unique_over_people(model):
    """Say whether a person may have only one of something in a model."""
    columns = set(people_columns(model))
    sets = [
        constraint.fields for constraint in model._meta.constraints if isinstance(constraint, models.UniqueConstraint)
    ]
    sets += model._meta.unique_together
    sets += [[field.name] for field in model._meta.local_fields if field.unique]
    return any(columns & set(names) for names in sets)


def test_a_model_with_one_row_a_person_says_how_two_become_one():
    silent = [
        model._meta.label
        for model, _rule in merge_rules()
        if unique_over_people(model) and model._meta.label not in merges
    ]

    assert silent == []


def test_nothing_points_at_the_closed_account_but_the_log(kept, other):
    organiser = MembershipFactory(person=other, role="owner").organiser
    published_assertion(published_badge(organiser), email=other.email)
    for model, rule in merge_rules():
        assert isinstance(rule, Move), model

    merge(kept, other)

    left = {
        f"{model._meta.label}.{column}"
        for model, _rule in merge_rules()
        for column in people_columns(model)
        if model._base_manager.filter(**{column: other.pk}).exists()
    }
    assert left <= {"audit.AuditEvent.actor", "wagtailcore.PageLogEntry.user", "wagtailcore.ModelLogEntry.user"}
    assert list(violations()) == []


def test_the_closed_account_is_an_empty_row_to_which_nobody_signs_in(client, kept, other):
    client.post("/accounts/login/", {"login": other.email, "password": PASSWORD})
    other.groups.add(Group.objects.create(name="Some"))

    merge(kept, other)

    shell = Person.objects.get(pk=other.pk)
    assert (shell.is_active, shell.name, shell.merged_into, str(shell)) == (False, "", kept, "Merged account")
    assert not shell.has_usable_password()
    assert not shell.emailaddress_set.exists()
    assert not shell.groups.exists()
    assert shell.email.endswith("@merged.invalid")
    assert not Session.objects.exists()
    assert client.get("/settings/").status_code == 302
    assert list(Person.objects.standing()) == [kept]


def test_a_closed_account_cannot_be_opened_again(kept, other):
    merge(kept, other)

    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=other.pk).update(is_active=True)


def test_a_network_admin_neither_finds_nor_edits_the_closed_account(client, kept, other):
    merge(kept, other)
    client.force_login(PersonFactory(roles=["network_admin"]))

    assert "Merged account" not in client.get("/network/people/").content.decode()
    assert client.get(f"/network/people/{other.pk}/").status_code == 404


def test_proved_addresses_come_along_and_the_main_one_stays(kept, other):
    EmailAddress.objects.create(user=other, email="never@example.org")
    EmailAddress.objects.create(user=kept, email=other.email)  # added and never proved: it was the other account's

    merge(kept, other)

    assert list(kept.emailaddress_set.order_by("pk").values_list("email", "verified", "primary")) == [
        ("ona@example.org", True, True),
        ("ona@work.example", True, False),
    ]


def test_badges_of_both_are_together_also_the_same_one_twice(kept, other):
    badge = published_badge()
    mine, theirs = (published_assertion(badge, email=person.email) for person in (kept, other))
    waiting = assertion(email=other.email)

    kept = merge(kept, other)

    assert set(Assertion.objects.for_person(kept)) == {mine, theirs, waiting}
    assert set(Assertion.objects.for_person(kept).collected()) == {mine, theirs}
    assert sent_to(EmailAddress.objects.get(email="ona@work.example")).count() == 2


def test_a_badge_of_another_platform_is_kept_once_in_the_collections_of_both(kept, other):
    mine, theirs, only = imported(kept), imported(other), imported(other, "Baker")
    collection(kept, [mine])
    collection(other, [theirs, only])

    merge(kept, other)

    assert set(ImportedBadge.objects.of(kept)) == {mine, only}
    assert sorted(CollectionItem.objects.values_list("imported", flat=True)) == sorted([mine.pk, mine.pk, only.pk])
    assert StoredFile.objects.count() == 2


def test_roles_and_past_roles_come_along_each_once_since_the_earlier_day(kept, other):
    organiser = OrganiserFactory()
    early = clock.now() - timedelta(days=90)
    MembershipFactory(organiser=organiser, person=kept, role="issuer")
    MembershipFactory(organiser=organiser, person=other, role="issuer")
    MembershipFactory(organiser=organiser, person=other, role="author")
    Membership.objects.filter(person=other, role="issuer").update(since=early)
    past = OrganiserFactory()
    PastMembership.objects.create(organiser=past, person=other, role="owner", since=early)

    merge(kept, other)

    held = Membership.objects.filter(person=kept).order_by("role").values_list("role", "since")
    assert [role for role, _since in held] == ["author", "issuer"]
    assert held[1][1] == early
    assert PastMembership.objects.get().person == kept


def test_an_open_request_to_join_is_made_once(kept, other):
    organiser = OrganiserFactory()
    mine = JoinRequest.objects.create(organiser=organiser, person=kept, message="Please.")
    JoinRequest.objects.create(organiser=organiser, person=other, message="Please!")
    elsewhere = JoinRequest.objects.create(organiser=OrganiserFactory(), person=other, message="Hello.")

    merge(kept, other)

    assert set(JoinRequest.objects.by(kept)) == {mine, elsewhere}


@pytest.mark.parametrize("further", ["kept", "other"])
def test_on_a_playlist_the_place_that_got_further_stays(kept, other, further):
    key, now = uuid.uuid4(), clock.now()
    early = now - timedelta(days=9)
    for name, person in {"kept": kept, "other": other}.items():
        done = now if name == further else None
        Enrolment.objects.create(person=person, playlist_key=key, joined_at=now if done else early, completed_at=done)

    merge(kept, other)

    stays = Enrolment.objects.get()
    assert (stays.person, stays.completed_at, stays.joined_at) == (kept, now, early)


@pytest.mark.parametrize("further", ["kept", "other"])
def test_of_two_attempts_the_further_stays_with_the_work_of_both(kept, other, further):
    page = reviewed_activity()
    for person in (kept, other):
        hand_in(page, by=person, text=f"By {person.name}")
    lesser, best = (kept, other) if further == "other" else (other, kept)
    Attempt.objects.filter(person=best).update(state="passed", passed_at=clock.now())
    for attempt in Attempt.objects.all():
        Judgement.objects.create(attempt=attempt, round=1, outcome="returned", feedback=attempt.person.name)

    merge(kept, other)

    attempt = Attempt.objects.get()
    assert (attempt.person, attempt.state, attempt.round) == (kept, "passed", 2)
    told = EvidenceItem.objects.order_by("round").values_list("attempt", "round", "text")
    assert list(told) == [(attempt.pk, 1, f"By {lesser.name}"), (attempt.pk, 2, f"By {best.name}")]
    assert list(Judgement.objects.order_by("round").values_list("feedback", flat=True)) == [lesser.name, best.name]
    assert list(violations()) == []


def test_past_roles_of_the_network_come_along_and_those_of_today_forbid_it(kept, other):
    set_network_roles(other, ["assessor"], by=None)

    with pytest.raises(StepRefused, match="acts for the network"):
        merge(kept, other)
    set_network_roles(other, [], by=None)
    merge(kept, other)

    assert NetworkRole.objects.get().person == kept
    assert not Person.objects.get(pk=kept.pk).is_of_network


def test_who_acts_for_the_network_keeps_their_roles_and_gains_none(other):
    admin = PersonFactory(roles=["network_admin"])

    admin = merge(admin, other)

    assert [role.role for role in admin.network_roles.current()] == ["network_admin"]


def test_an_account_of_the_page_editor_with_all_rights_is_not_swallowed(kept):
    root = Person.objects.create_superuser("root@example.org", "x", name="Root", country="LT", is_of_age=True)

    with pytest.raises(StepRefused, match="acts for the network"):
        merge(kept, root)


@pytest.mark.parametrize(
    ("facts", "words"),
    [({"is_of_age": False}, "under age"), ({"proved": False}, "Prove an address"), ({"is_active": False}, "closed")],
)
def test_what_keeps_two_accounts_apart(kept, facts, words):
    other = PersonFactory(**facts)

    with pytest.raises(StepRefused, match=words):
        merge(kept, other)

    assert Person.objects.standing().count() == 2


def test_nobody_merges_an_account_with_itself(kept):
    with pytest.raises(StepRefused, match="with which you are signed in"):
        merge_accounts(kept, kept, by=kept)


def test_two_people_under_age_with_their_own_accounts_stay_under_age():
    young, also = PersonFactory.create_batch(2, is_of_age=False)

    assert merge(young, also).is_of_age is False


def test_every_address_hears_of_it_and_the_log_keeps_a_line(kept, other):
    merge(kept, other)
    drain()

    told = sorted(message.to[0] for message in mail.outbox if "are one now" in message.subject)
    assert told == ["ona@example.org", "ona@work.example"]
    assert Notification.objects.get(event="accounts/merged").person == kept
    line = AuditEvent.objects.get(verb="accounts.merge")
    assert (line.actor_id, line.facts) == (kept.pk, {"closed": other.pk})


def test_what_the_closed_account_did_stays_its_own_in_the_log(kept, other):
    organiser = OrganiserFactory()
    JoinRequest.objects.create(organiser=organiser, person=other, message="x")
    AuditEvent.objects.create(verb="something", actor_id=other.pk)

    merge(kept, other)

    assert AuditEvent.objects.get(verb="something").actor_id == other.pk


def test_an_account_into_which_others_were_merged_takes_their_rows_along(kept, other):
    last = PersonFactory()
    merge(kept, other)

    merge(last, kept)

    assert set(Person.objects.filter(merged_into=last)) == {kept, other}


@pytest.mark.parametrize(
    ("mine_shown", "theirs_shown", "things"), [(False, True, 2), (True, False, 1), (True, True, 2)]
)
def test_one_portfolio_is_kept_and_shows_strangers_nothing_new(kept, other, mine_shown, theirs_shown, things):
    badges = {person: published_assertion(email=person.email) for person in (kept, other)}
    for person, is_shown in ((kept, mine_shown), (other, theirs_shown)):
        made = Portfolio.objects.create(person=person, headline=person.name, is_shown=is_shown)
        PortfolioItem.objects.create(portfolio=made, assertion=badges[person], position=1)

    merge(kept, other)

    portfolio = Portfolio.objects.get()
    assert (portfolio.person, portfolio.headline, portfolio.is_shown) == (kept, "Ona", mine_shown)
    assert portfolio.items.count() == things


def test_an_empty_portfolio_gives_way_to_the_other_one(kept, other):
    Portfolio.objects.create(person=kept)
    theirs = Portfolio.objects.create(person=other, headline="Mends bicycles.", is_shown=True)

    merge(kept, other)

    assert Portfolio.objects.get() == theirs
    assert Portfolio.objects.get().person == kept


def test_downloads_of_the_other_account_are_forgotten(kept, other):
    DataExport.objects.create(person=kept)
    DataExport.objects.create(person=other)

    merge(kept, other)

    assert DataExport.objects.get().person == kept


def test_words_in_the_log_by_a_merged_account_are_the_persons_own(kept, other):
    record("accounts.person.update", about=other, by=other, words="Canary of the second account.")
    merge(kept, other)

    told = [row.words for row in personal_data()["audit.AuditText"].rows_of(kept)]

    assert "Canary of the second account." in told


@pytest.mark.parametrize("switch", ["shows_name", "may_be_indexed"])
def test_what_was_shown_without_a_name_or_kept_from_search_engines_stays_so(kept, other, switch):
    switches = {"is_shown": True, "shows_name": True, "may_be_indexed": True}
    badges = {person: published_assertion(email=person.email) for person in (kept, other)}
    for person, facts in ((kept, switches), (other, switches | {switch: False})):
        made = Portfolio.objects.create(person=person, **facts)
        PortfolioItem.objects.create(portfolio=made, assertion=badges[person], position=1)

    merge(kept, other)

    assert [item.assertion for item in Portfolio.objects.get().items.all()] == [badges[kept]]
