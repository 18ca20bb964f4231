"""Whether there is enough to look at: badges, awards and people, as many as asked or as a coordinator lowers it to."""

from datetime import date

import pytest

from portal.workflow import take
from quality_label.gates import sample
from tests.factories.accounts import PersonFactory
from tests.factories.badges import draft_badge, issuer_of, published_badge
from tests.factories.organisers import MembershipFactory
from tests.quality_label.awarding import TODAY, emails, give

pytestmark = [pytest.mark.django_db, pytest.mark.services, pytest.mark.usefixtures("stopped_clock")]


def with_sample(organiser, *, awards=20, people=15, oldest=date(2025, 11, 22), kinds=("skill", "participation")):
    """Publish three badges and award them to so many people, one of them on the oldest day."""
    badges = [published_badge(organiser, name=f"Badge {number}") for number in range(3)]
    for badge, kind in zip(badges, [*kinds, "participation"], strict=True):
        type(badge).objects.filter(pk=badge.pk).update(kind=kind)
    give(badges[0], emails(1)[0], on=oldest)
    give(badges[0], *emails(people - 1, start=1))
    give(badges[1], *emails(awards - people))
    return badges


def test_a_sample_of_exactly_what_is_asked_is_enough(organiser):
    with_sample(organiser)

    found = sample(organiser, TODAY)

    assert found.is_met
    assert found.said == (
        "3 published badges, 1 that claims a skill or a contribution, 20 awards in twelve months, 15 recipients."
    )
    assert found.url == f"/workspace/{organiser.slug}/badges/"


@pytest.mark.parametrize(
    "facts",
    [
        {"awards": 19},
        {"people": 14},
        {"oldest": date(2025, 11, 21)},
        {"kinds": ("participation", "participation")},
    ],
)
def test_one_less_is_not_enough(organiser, facts):
    with_sample(organiser, **facts)

    assert not sample(organiser, TODAY).is_met


def test_drafts_and_archived_badges_are_no_sample(organiser):
    badges = with_sample(organiser)
    take(badges[2].archive, by=issuer_of(organiser))
    draft_badge(organiser)

    assert not sample(organiser, TODAY).is_met


def test_own_staff_is_no_sample(organiser):
    with_sample(organiser)
    MembershipFactory(organiser=organiser, person=PersonFactory(email="learner14@example.org"), role="author")

    assert "19 of 20 awards in twelve months, 14 of 15 recipients." in sample(organiser, TODAY).said


def test_what_is_short_names_the_numbers_that_are_asked_for(organiser):
    give(published_badge(organiser), *emails(6))

    assert sample(organiser, TODAY, awards=5).said == (
        "1 of 3 published badges, 1 that claims a skill or a contribution, "
        "6 awards in twelve months, 6 of 15 recipients."
    )


def test_a_coordinator_may_lower_the_numbers(organiser):
    give(published_badge(organiser), *emails(5))

    assert sample(organiser, TODAY, classes=1, awards=5, people=5).is_met
    for more in [{"classes": 2}, {"awards": 6}, {"people": 6}]:
        assert not sample(organiser, TODAY, **{"classes": 1, "awards": 5, "people": 5} | more).is_met
