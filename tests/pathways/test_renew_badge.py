"""A badge that ends is renewed by a playlist; the old one stays (K9, K10)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from badges.actions import Recipient, award, revoke_badge
from badges.actions.assertions import correct_badge
from badges.invariants import one_live_badge
from badges.models import Assertion, AwardRow, BadgeClass
from organisers.models import Organiser
from pathways.actions import confirm_activity, copy_playlist, join_playlist
from pathways.invariants import awards_fit, earned_badges_are_awarded
from pathways.models import Attempt, Enrolment, prerequisites_of
from pathways.schedule import follow_learners_away
from portal import clock
from portal.notifications.schedule import send_due_mail
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, issuer_of, published_badge
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist, with_role

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def holder():
    return PersonFactory(email="jonas@example.org")


@pytest.fixture
def badge():
    badge = published_badge(OrganiserFactory(verified=True))
    BadgeClass.objects.filter(pk=badge.pk).update(valid_months=24)
    return BadgeClass.objects.get(pk=badge.pk)


@pytest.fixture
def held(badge, holder):
    return assertion(badge)


@pytest.fixture
def refresher(badge):
    """A playlist that renews the badge, with what is new and a capstone."""
    activities = [activity(badge.organiser, title=title) for title in ("What is new", "Capstone, again")]
    return playlist(*activities, title="Refresh", badge_class=badge, renews_badge=True)


def steps(page):
    return [step.activity for step in page.steps.all()]


def before_the_end(held, days):
    return clock.moved_to(held.expires_at - timedelta(days=days))


def renew(page, person):
    join_playlist(page, by=person)
    for one in steps(page):
        confirm_activity(one, by=person)
    carry_out()


def test_who_holds_the_badge_renews_it_from_two_months_before_its_end(held, holder, refresher):
    with before_the_end(held, 61), pytest.raises(StepRefused, match="ended or ends within two months"):
        join_playlist(refresher, by=holder)

    with before_the_end(held, 59):
        renew(refresher, holder)

    old, new = Assertion.objects.order_by("pk")
    assert (old.pk, old.is_live, old.expires_at) == (held.pk, True, held.expires_at)
    assert new.expires_at > old.expires_at
    assert (old.is_renewed, new.is_renewed) == (True, False)
    assert not prerequisites_of(refresher, holder)[0].is_met
    assert [*earned_badges_are_awarded(), *awards_fit()] == []


def test_an_ended_badge_is_enough_and_a_revoked_or_foreign_one_is_not(held, holder, refresher):
    with before_the_end(held, -400):
        assert prerequisites_of(refresher, holder)[0].is_met
        with pytest.raises(StepRefused):
            join_playlist(refresher, by=PersonFactory())
        revoke_badge(held, by=issuer_of(held.badge_class.organiser), reason="Somebody else’s work.")
        assert not prerequisites_of(refresher, holder)[0].is_met
        with pytest.raises(StepRefused):
            join_playlist(refresher, by=holder)


def test_it_is_renewed_again_when_the_new_one_ends(held, holder, refresher):
    with before_the_end(held, 10):
        renew(refresher, holder)
        with pytest.raises(StepRefused):
            confirm_activity(steps(refresher)[0], by=holder)
        join_playlist(refresher, by=holder)
        assert Enrolment.objects.get(person=holder).time == 1

    second = Assertion.objects.latest("pk")
    with before_the_end(second, 10):
        renew(refresher, holder)

    enrolment = Enrolment.objects.get(person=holder)
    assert (Assertion.objects.count(), enrolment.time, enrolment.is_completed) == (3, 2, True)
    assert enrolment.batch.once_key.endswith(":2")
    assert all(attempt.is_passed and attempt.round == 2 for attempt in Attempt.objects.of(holder))
    assert [*earned_badges_are_awarded(), *awards_fit()] == []


def test_whoever_awards_by_hand_gives_an_ended_badge_anew_and_a_lasting_one_once(client, badge, held):
    by = issuer_of(badge.organiser)
    with before_the_end(held, 100):
        award(badge, [Recipient(held.email, "")], by=by)
        carry_out()
    with before_the_end(held, -1):
        for _time in range(2):
            award(badge, [Recipient(held.email, "")], by=by)
            carry_out()

    assert Assertion.objects.count() == 2
    assert AwardRow.objects.filter(refusal=AwardRow.Refusal.HELD_ALREADY).count() == 2


def test_the_holder_is_told_60_and_14_days_before_and_not_again(held, holder, refresher):
    for days in range(64, -3, -1):
        with before_the_end(held, days):
            follow_learners_away()
            follow_learners_away()
            told = [days, len(outbox(holder))]
            assert told[1] == (0 if days > 60 else 1 if days > 14 else 2), told

    assert f"/playlists/{refresher.translation_key}/" in outbox(holder)[0].body


def test_the_old_badge_can_still_be_corrected(held, holder, refresher):
    with before_the_end(held, 10):
        renew(refresher, holder)
        correct_badge(held, by=issuer_of(held.badge_class.organiser), email=held.email, name="Jonas Petraitis Jr")
        carry_out()

    corrected = Assertion.objects.latest("pk")
    assert (corrected.name, corrected.is_renewed) == ("Jonas Petraitis Jr", True)
    assert corrected.last_day == held.last_day
    assert list(one_live_badge()) == []


@pytest.mark.parametrize("months", [None, "none chosen"])
def test_what_renews_no_badge_that_ends_is_refused(months):
    organiser = OrganiserFactory(verified=True)
    badge = published_badge(organiser) if months is None else None

    with pytest.raises(ValidationError, match="one that ends after some months"):
        playlist(activity(organiser), badge_class=badge, renews_badge=True)


def test_a_copy_renews_nothing(refresher):
    author = with_role(OrganiserFactory(verified=True), "author")
    theirs = author_organiser(author)

    copy = copy_playlist(refresher, theirs, by=author)

    assert (copy.badge_class, copy.renews_badge) == (None, False)


def author_organiser(author):
    return Organiser.objects.held_by(author, "author").get()


def outbox(holder):
    send_due_mail()
    return [one for one in mail.outbox if one.to == [holder.email] and "ends soon" in one.subject]


def test_nobody_is_told_of_a_badge_that_was_renewed_or_that_nothing_renews(held, holder, refresher):
    with before_the_end(held, 59):
        renew(refresher, holder)
    with before_the_end(held, 13):
        follow_learners_away()
    other = assertion(published_badge(OrganiserFactory(verified=True), name="Other"))
    Assertion.objects.filter(pk=other.pk).update(expires_at=clock.now() + timedelta(days=5))
    follow_learners_away()

    assert outbox(holder) == []


def test_refresh_stands_on_the_first_playlist_and_among_ones_own_learning(client, held, holder, refresher, badge):
    first = playlist(activity(badge.organiser), title="Training", badge_class=badge)
    Enrolment.objects.create(person=holder, playlist_key=first.translation_key, completed_at=clock.now())
    client.force_login(holder)
    early = [client.get(url).text for url in (first.url, "/learning/")]

    Assertion.objects.filter(pk=held.pk).update(expires_at=clock.now() + timedelta(days=30))
    late = [client.get(url).text for url in (first.url, "/learning/")]

    assert [refresher.url in page for page in early] == [False, False]
    assert [refresher.url in page for page in late] == [True, True]
    client.post(f"/learn/playlists/{refresher.pk}/join/")
    assert Enrolment.objects.of(holder).under_way().count() == 1
    assert "You can get it anew" not in client.get("/learning/").text
