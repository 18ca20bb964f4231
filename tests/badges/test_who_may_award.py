"""Who may award, for whom, and how much; asked again when the badge is made."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from badges.actions import Recipient, award, release_batch, undo_batch
from badges.models import AwardRow
from badges.schedule import release_due_batches
from organisers.actions import record_standing
from organisers.models import Membership
from portal import clock
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, draft_badge, held_award, issuer_of, published_badge
from tests.factories.organisers import MembershipFactory, OrganiserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_who_was_deactivated_stops_awarding_at_once():
    badge = published_badge()
    issuer = issuer_of(badge.organiser)
    batch = award(badge, [Recipient("a@example.org", "A")], by=issuer)
    type(issuer).objects.filter(pk=issuer.pk).update(is_active=False)

    carry_out()

    assert AwardRow.objects.get(batch=batch).refusal == "forbidden"


def test_strangers_and_other_roles_may_not_award():
    badge = published_badge()
    for stranger in (PersonFactory(), issuer_of(OrganiserFactory(verified=True))):
        with pytest.raises(PermissionDenied):
            award(badge, [Recipient("a@example.org", "A")], by=stranger)


def test_who_loses_the_role_stops_awarding_at_once():
    badge = published_badge()
    issuer = issuer_of(badge.organiser)
    batch = award(badge, [Recipient("a@example.org", "A")], by=issuer)
    Membership.objects.filter(person=issuer).delete()

    carry_out()

    row = AwardRow.objects.get(batch=batch)
    assert (row.state, row.refusal) == ("refused", "forbidden")


def test_a_draft_is_not_awarded():
    badge = draft_badge()

    with pytest.raises(StepRefused):
        award(badge, [Recipient("a@example.org", "A")], by=issuer_of(badge.organiser))


def test_a_suspended_organiser_awards_nothing_even_by_playlist():
    badge = published_badge()
    badge.organiser = record_standing(badge.organiser, by=None, standing="suspended")

    with pytest.raises(StepRefused):
        award(badge, [Recipient("a@example.org", "A")], by=None, source="playlist", once_key="k")


def test_an_unverified_organiser_awards_fifty_a_day():
    badge = published_badge(OrganiserFactory())
    issuer = issuer_of(badge.organiser)
    award(badge, [Recipient(f"p{n}@example.org", "P") for n in range(50)], by=issuer)
    carry_out()

    with pytest.raises(StepRefused):
        award(badge, [Recipient("one-more@example.org", "P")], by=issuer)
    with clock.moved_to(timedelta(days=1, minutes=1)):
        award(badge, [Recipient("one-more@example.org", "P")], by=issuer)


def test_authors_and_reviewers_do_not_read_recipients_addresses(client):
    badge = published_badge()
    assertion(badge)
    for role in ("author", "reviewer"):
        client.force_login(MembershipFactory(organiser=badge.organiser, role=role).person)

        assert client.get(f"/workspace/{badge.organiser.slug}/awards/").status_code == 403
        assert "jonas@example.org" not in client.get(badge.workspace_url).content.decode()


def test_one_person_with_many_unverified_organisers_awards_fifty_a_day():
    first, second = published_badge(OrganiserFactory()), published_badge(OrganiserFactory())
    person = issuer_of(first.organiser)
    MembershipFactory(organiser=second.organiser, person=person, role="issuer")
    award(first, [Recipient(f"p{n}@example.org", "P") for n in range(30)], by=person)

    with pytest.raises(StepRefused, match="50 badges a day"):
        award(second, [Recipient(f"q{n}@example.org", "Q") for n in range(30)], by=person)


def test_what_somebody_awarded_who_lost_the_role_waits_for_a_colleague(client):
    batch = held_award()
    organiser = batch.badge_class.organiser
    colleague = MembershipFactory(organiser=organiser, role="owner").person
    Membership.objects.filter(organiser=organiser, role="issuer").delete()

    with clock.moved_to(timedelta(minutes=11)):
        release_due_batches()
        batch.refresh_from_db()
        assert batch.is_held
        client.force_login(colleague)
        assert "This award waits for you" in client.get(batch.get_absolute_url()).content.decode()

        release_batch(batch, by=colleague)
        batch.refresh_from_db()
        assert batch.is_out


def test_an_author_sees_neither_held_nor_undone_badges(client):
    batch = held_award()
    badge = batch.badge_class
    person = MembershipFactory(organiser=badge.organiser, role="author").person
    pages = [batch.assertions.get().get_absolute_url(), badge.workspace_url]

    client.force_login(person)
    assert [batch.rows.get().name in client.get(page).content.decode() for page in pages] == [False, False]
    client.force_login(issuer_of(badge.organiser))
    assert [batch.rows.get().name in client.get(page).content.decode() for page in pages] == [True, True]
    undo_batch(batch, by=issuer_of(badge.organiser))
    assert [batch.rows.get().name in client.get(page).content.decode() for page in pages] == [False, False]
