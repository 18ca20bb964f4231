"""Collections: what their owner can do with them, and what nobody can."""

from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from badges.actions import collect_badge, revoke_badge
from badges.actions import collections as actions
from badges.actions.assertions import correct_badge
from badges.actions.importing import remove_imported
from badges.models import Assertion, Collection, CollectionItem
from portal.audit.models import AuditEvent
from portal.workflow import Stale, StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, issuer_of
from tests.factories.collections import collected, collection, imported, published

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def person():
    return PersonFactory(email="jonas@example.org")


def titles(collection):
    return [item.title for item in collection.items.with_badges()]


def seen(collection):
    return [item.title for item in collection.items.seen_by_others(collection.person).with_badges()]


def test_a_new_collection_is_empty_and_private(person):
    made = actions.create_collection(by=person, name="For a job")

    assert (made.is_shared, made.shows_name, made.may_be_indexed, titles(made)) == (False, False, False, [])
    assert AuditEvent.objects.filter(verb="badges.collection.create", actor_id=person.pk).count() == 1


def test_nobody_keeps_more_than_a_hundred(person):
    Collection.objects.bulk_create(Collection(person=person, name=f"{n}") for n in range(actions.MOST))

    with pytest.raises(StepRefused, match="100 collections"):
        actions.create_collection(by=person, name="One more")


def test_badges_of_here_and_of_elsewhere_are_chosen_and_taken_out(person):
    first, second = collected(person, 2)
    other = imported(person)
    made = collection(person, [first, other])
    assert set(titles(made)) == {"Badge 1", "Cook"}

    actions.choose_badges(made, [other.key, second.key], by=person)

    assert titles(made) == ["Cook", "Badge 2"]


def test_only_what_one_collected_can_be_chosen(person):
    waiting = assertion(email=person.email)
    stranger = PersonFactory()
    foreign = [*collected(stranger), imported(stranger)]

    assert titles(collection(person, [waiting, *foreign])) == []


def test_a_collection_holds_so_many_badges_and_no_more(person, monkeypatch):
    made = collection(person, badges := collected(person, 2))
    monkeypatch.setattr(actions, "MOST_BADGES", 2)

    with pytest.raises(StepRefused, match="2 badges at the most"):
        actions.choose_badges(made, [*(badge.key for badge in badges), imported(person).key], by=person)
    assert len(titles(made)) == 2


def test_badges_move_up_and_down_and_stay_at_the_ends(person):
    badges = collected(person, 3)
    made = actions.arrange_badges(collection(person, badges), [badge.key for badge in badges], by=person)

    for number, where, order in [
        (2, "up", ["Badge 1", "Badge 3", "Badge 2"]),
        (0, "up", ["Badge 1", "Badge 3", "Badge 2"]),
        (0, "down", ["Badge 3", "Badge 1", "Badge 2"]),
        (1, "down", ["Badge 3", "Badge 1", "Badge 2"]),
    ]:
        actions.move_badge(made, badges[number].key, where, by=person)
        assert titles(made) == order


def test_an_order_that_does_not_name_all_leaves_the_others_behind(person):
    badges = collected(person, 3)
    made = actions.arrange_badges(collection(person, badges), [badge.key for badge in badges], by=person)

    actions.arrange_badges(made, [badges[2].key, uuid4(), badges[2].key], by=person)

    assert titles(made) == ["Badge 3", "Badge 1", "Badge 2"]


def test_badges_that_are_chosen_later_come_last(person):
    badges = collected(person, 3)
    made = collection(person, badges[1:])
    order = titles(made)

    actions.choose_badges(made, [badge.key for badge in badges], by=person)

    assert titles(made) == [*order, "Badge 1"]


def test_words_are_not_written_over_what_another_window_wrote(person):
    made = collection(person)
    actions.change_words(made, by=person, name="New", description="", seen=made.version)

    with pytest.raises(Stale):
        actions.change_words(made, by=person, name="Old", description="", seen=made.version)
    assert Collection.objects.get().name == "New"


def test_a_badge_goes_into_several_collections_and_a_new_one(person):
    (badge,) = collected(person)
    one, two = collection(person, [badge]), collection(person)

    actions.choose_collections(badge.key, [two.key], by=person, new_name="For school")

    assert (titles(one), titles(two)) == ([], ["Badge 1"])
    assert titles(Collection.objects.get(name="For school")) == ["Badge 1"]


@pytest.mark.parametrize(
    "stop", [actions.stop_sharing, lambda made, by: actions.share_collection(made, by=by, visibility="private")]
)
def test_sharing_opens_and_stopping_makes_another_link(person, stop):
    made = collection(person, visibility="public", may_be_indexed=True, shows_name=True)
    assert list(Collection.objects.shared()) == [made]

    stopped = stop(made, by=person)

    assert (stopped.is_shared, stopped.may_be_indexed) == (False, False)
    assert stopped.token != made.token
    assert not Collection.objects.shared().exists()


def test_what_goes_by_link_alone_is_not_for_search_engines(person):
    assert not collection(person, visibility="link", may_be_indexed=True).may_be_indexed


def test_people_under_age_share_nothing(person):
    young = PersonFactory(is_of_age=False)

    for visibility in ("link", "public"):
        with pytest.raises(StepRefused, match="under age"):
            collection(young, visibility=visibility)

    made = collection(person, visibility="public")
    for fact in ("is_of_age", "is_active"):
        type(person).objects.filter(pk=person.pk).update(**{fact: False})
        assert not Collection.objects.shared().filter(pk=made.pk).exists()
        type(person).objects.filter(pk=person.pk).update(**{fact: True})


def test_others_see_only_badges_that_hold(person):
    gone, kept = collected(person, 2)
    broken, old = imported(person), imported(person, name="Old", finding="expired")
    made = collection(person, [*published(person, [gone, kept]), broken, old], visibility="public")
    revoke_badge(gone, by=issuer_of(gone.badge_class.organiser), reason="By mistake.")
    type(broken).objects.filter(pk=broken.pk).update(finding="revoked")

    assert set(seen(made)) == {"Badge 2", "Old"}
    stands = {item.title: item.stands for item in made.items.with_badges().marked(person)}
    assert stands == {"Badge 1": False, "Badge 2": True, "Cook": False, "Old": True}


def test_a_badge_whose_address_one_gave_up_is_still_shown(person):
    made = collection(person, published(person, collected(person)), visibility="public")

    EmailAddress.objects.filter(user=person).update(email="new@example.org")

    assert seen(made) == ["Badge 1"]


def test_an_imported_badge_that_was_removed_leaves_its_collections(person):
    badge = imported(person)
    made = collection(person, [badge])

    remove_imported(badge, by=person)

    assert titles(made) == []


@pytest.mark.parametrize("address", ["jonas@example.org", "work@example.org"])
def test_a_corrected_badge_takes_the_place_of_the_former_once_it_is_collected(person, address):
    EmailAddress.objects.create(user=person, email="work@example.org", verified=True)
    badges = published(person, collected(person, 3))
    order = [one.key for one in badges]
    made = actions.arrange_badges(collection(person, badges, visibility="public"), order, by=person)

    correct_badge(badges[1], by=issuer_of(badges[1].badge_class.organiser), email=address, name="J. P.", narrative="")
    carry_out()
    new = Assertion.objects.get(name="J. P.")
    if new.is_waiting:
        assert seen(made) == ["Badge 1", "Badge 3"]
        collect_badge(new, by=person)

    assert seen(made) == ["Badge 1", "Badge 2", "Badge 3"]
    assert made.items.with_badges()[1].assertion == new


@pytest.mark.parametrize(
    "act",
    [
        lambda made, by: actions.change_words(made, by=by, name="x", description="", seen=0),
        lambda made, by: actions.choose_badges(made, [], by=by),
        lambda made, by: actions.move_badge(made, uuid4(), "up", by=by),
        lambda made, by: actions.arrange_badges(made, [], by=by),
        lambda made, by: actions.share_collection(made, by=by, visibility="public"),
        lambda made, by: actions.stop_sharing(made, by=by),
        lambda made, by: actions.delete_collection(made, by=by),
    ],
)
def test_nobody_else_does_anything_with_it(person, act):
    made = collection(person)

    with pytest.raises(PermissionDenied):
        act(made, PersonFactory())


def test_a_deleted_collection_leaves_its_badges(person):
    made = collection(person, badges := collected(person))

    actions.delete_collection(made, by=person)

    assert not Collection.objects.exists()
    assert list(Assertion.objects.collected()) == badges


def test_the_database_wants_one_badge_in_each_place_and_each_badge_once(person):
    (badge,) = collected(person)
    made = collection(person, [badge])

    for facts in ({}, {"assertion": badge, "imported": imported(person)}, {"assertion": badge}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CollectionItem.objects.create(collection=made, position=9, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Collection.objects.filter(pk=made.pk).update(may_be_indexed=True)
