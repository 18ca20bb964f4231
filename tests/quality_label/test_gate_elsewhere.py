"""What was issued on another platform counts for experience and sample, once the network has checked it."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress

from portal.sentences import in_every_language
from quality_label.gates import experience, sample
from tests.factories.badges import published_badge
from tests.factories.move_ins import (
    checked,
    export_of,
    former_award,
    former_badge,
    handed_in,
    log_of,
    turned_down,
)
from tests.factories.organisers import MembershipFactory, OrganiserFactory, owner_of
from tests.quality_label.awarding import TODAY, emails, give

pytestmark = [pytest.mark.django_db, pytest.mark.services, pytest.mark.usefixtures("stopped_clock")]


def log(*awards, badge="Brake Check"):
    """Return an award log of addresses and days; some are taken back."""
    rows = [f"{badge},{email},{day},{'yes' if taken_back else ''}" for email, day, *taken_back in awards]
    return log_of(*rows)


def sample_log(awards=20, people=15, badges=3, day="2026-10-01"):
    """Return a log of so many badges, awards and people, all of one day but the repeats."""
    rows = [f"Badge {number % badges},learner{number % people}@example.org,{day}," for number in range(people)]
    rows += [f"Badge 0,learner1@example.org,2026-09-{number + 1:02}," for number in range(awards - people)]
    return log_of(*rows)


@pytest.mark.parametrize(("day", "is_met", "ago"), [("22", True, "6 months ago"), ("23", False, "5 months ago")])
def test_experience_elsewhere_is_six_months_to_the_day_and_is_said_to_be_elsewhere(organiser, day, is_met, ago):
    checked(organiser, log=log(("ona@example.org", f"2026-05-{day}"), ("jonas@example.org", "2026-10-01")))

    found = experience(organiser, TODAY)

    rest = "." if is_met else "; 6 months are asked for. Possible from 23 November 2026."
    assert (found.is_met, found.said) == (is_met, f"First award on {day} May 2026, issued elsewhere, {ago}{rest}")


@pytest.mark.parametrize(
    ("elsewhere", "said"), [("2026-01-01", "1 January 2026, issued elsewhere"), ("2026-01-03", "2 January 2026")]
)
def test_the_first_award_is_the_earlier_one_of_here_and_elsewhere(organiser, elsewhere, said):
    give(published_badge(organiser), "here@example.org", on=date(2026, 1, 2))
    checked(organiser, log=log(("there@example.org", elsewhere)))

    assert experience(organiser, TODAY).said == f"First award on {said}, 10 months ago."


def test_nothing_counts_before_it_is_checked_nor_once_it_is_turned_down(organiser):
    handed_in(organiser, log=sample_log(day="2026-01-01"))
    turned_down(organiser, log=sample_log(day="2026-01-01"))
    checked(OrganiserFactory(verified=True), log=sample_log(day="2026-01-01"))

    assert experience(organiser, TODAY).said == "No badge was awarded yet."
    assert sample(organiser, TODAY).said == (
        "0 of 3 published badges, 0 of 1 that claims a skill or a contribution, "
        "0 of 20 awards in twelve months, 0 of 15 recipients."
    )


def test_awards_to_own_staff_and_those_taken_back_do_not_count(organiser):
    unit = OrganiserFactory(parent=organiser, verified=True)
    author = MembershipFactory(organiser=organiser, role="author").person
    EmailAddress.objects.create(user=author, email="author@private.example", verified=True)
    staff = [owner_of(organiser).email, owner_of(unit).email, author.email, "Author@Private.example"]
    early = [(address, "2026-01-02") for address in staff]
    checked(organiser, log=log(*early, ("ona@example.org", "2026-01-02", "taken back")))

    assert experience(organiser, TODAY).said == "No badge was awarded yet."
    assert "0 of 20 awards in twelve months, 0 of 15 recipients." in sample(organiser, TODAY).said


def test_who_joins_the_organiser_later_is_staff_from_then_on(organiser):
    checked(organiser, log=log(("learner0@example.org", "2026-01-02")))
    assert experience(organiser, TODAY).is_met

    person = MembershipFactory(organiser=organiser, role="issuer").person
    EmailAddress.objects.create(user=person, email="learner0@example.org", verified=True)

    assert experience(organiser, TODAY).said == "No badge was awarded yet."


def test_what_a_unit_issued_elsewhere_counts_above_and_not_below(organiser):
    unit = OrganiserFactory(parent=organiser, verified=True)
    checked(unit, log=log(("ona@example.org", "2026-01-02")))

    assert [experience(one, TODAY).is_met for one in (organiser, unit)] == [True, True]
    assert not experience(OrganiserFactory(parent=unit, verified=True), TODAY).is_met


def test_a_sample_may_be_all_of_elsewhere(organiser):
    checked(organiser, log=sample_log(), kinds={1: "skill"})

    found = sample(organiser, TODAY)

    assert found.is_met
    assert found.said == (
        "3 published badges, 1 that claims a skill or a contribution, 20 awards in twelve months, 15 recipients. "
        "Issued elsewhere before: 3 of these badges, 20 of these awards."
    )


@pytest.mark.parametrize("facts", [{"awards": 19}, {"people": 14}, {"badges": 2}])
def test_one_less_elsewhere_is_not_enough(organiser, facts):
    checked(organiser, log=sample_log(**facts), kinds={1: "contribution"})

    assert not sample(organiser, TODAY).is_met


def test_badges_that_claim_nothing_are_no_sample(organiser):
    checked(organiser, log=sample_log())

    assert not sample(organiser, TODAY).is_met


@pytest.mark.parametrize(("day", "count"), [("2025-11-22", 1), ("2025-11-21", 0)])
def test_elsewhere_counts_for_twelve_months_to_the_day(organiser, day, count):
    checked(organiser, log=log(("ona@example.org", day)))

    assert f"{count} of 20 awards in twelve months, {count} of 15 recipients" in sample(organiser, TODAY).said


def test_who_got_badges_here_and_elsewhere_is_one_person(organiser):
    give(published_badge(organiser), *emails(3))
    checked(organiser, log=log(*((address, "2026-10-01") for address in emails(4, start=1))))

    assert "7 of 20 awards in twelve months, 5 of 15 recipients." in sample(organiser, TODAY).said


def test_hidden_recipients_are_awards_but_no_people(organiser):
    def hidden(number):
        identity = {"type": "email", "hashed": True, "salt": f"s{number}", "identity": f"sha256${number:064x}"}
        return former_award(number, recipient=identity, issuedOn="2026-10-01T12:00:00Z")

    checked(organiser, export=export_of(former_badge(), *map(hidden, range(5))))

    assert "5 of 20 awards in twelve months, 0 of 15 recipients." in sample(organiser, TODAY).said


def test_what_is_said_of_elsewhere_is_kept_in_every_language(organiser):
    checked(organiser, log=sample_log(day="2026-01-01"))

    for finding in [experience(organiser, TODAY), sample(organiser, TODAY)]:
        assert set(in_every_language(finding.said)) >= {"en", "lt"}
