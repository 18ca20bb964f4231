"""What the portal computes about an organiser's issuing, and that it names no recipient."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from badges.actions import Recipient, award, collect_badge, release_batch, revoke_badge, save_badge_text
from badges.models import BadgeClass, BadgeClassSkill
from pathways.actions import hand_in, judge_attempt
from portal import clock
from portal.workflow import take
from quality_label.criteria import FACTS
from quality_label.facts import facts_for
from quality_label.models import TrainingBadge
from quality_label.wording import COMPUTED
from tests.factories.accounts import PersonFactory
from tests.factories.badges import WORDS, carry_out, draft_badge, issuer_of, published_badge
from tests.factories.label import FrameworkVersionFactory
from tests.factories.organisers import MembershipFactory, OrganiserFactory, owner_of
from tests.factories.pathways import activity, playlist, reviewed_activity
from tests.quality_label.awarding import TODAY, at, corrected, emails, give

pytestmark = [pytest.mark.django_db, pytest.mark.services, pytest.mark.usefixtures("stopped_clock")]
HINTS = [name for name in FACTS if name.startswith("hint:")]


def rules_with(*names, code="A1"):
    """Return the rules of a framework in which one criterion names facts, and no other does."""
    document = FrameworkVersionFactory.build().document
    for area in document["areas"]:
        for criterion in area["criteria"]:
            criterion["facts"] = list(names) if criterion["code"] == code else []
    return FrameworkVersionFactory.build(document=document).rules


def computed(organiser, name):
    """Return a fact, or None where there is nothing to say."""
    return next(iter(facts_for(organiser, rules_with(name), TODAY)["A1"]), None)


def said(organiser, name):
    fact = computed(organiser, name)
    return fact and (fact.sentence, fact.figure)


def with_facts(badge, **facts):
    BadgeClass.objects.filter(pk=badge.pk).update(**facts)
    return badge


def test_every_fact_has_words_for_people():
    assert set(COMPUTED) == set(FACTS)


def test_without_badges_and_awards_there_is_nothing_to_say(organiser):
    draft_badge(organiser)  # by another member

    facts = facts_for(organiser, rules_with(*FACTS), TODAY)["A1"]

    assert [fact.sentence for fact in facts] == ["Members with a valid training badge: 0 of 2."]


def test_facts_stand_under_the_criteria_that_name_them(organiser):
    published_badge(organiser)
    rules = FrameworkVersionFactory.build().rules

    found = facts_for(organiser, rules, TODAY)

    assert set(found) == {code for code, criterion in rules.criteria.items() if criterion.facts}
    assert found["A1"][0] is found["B1"][0]
    assert found["A1"][0].sentence == "1 published badge: skill 1."


def test_badges_are_counted_by_kind_with_those_of_units(organiser):
    first = published_badge(organiser)
    unit = OrganiserFactory(parent=organiser, verified=True)
    second, third = published_badge(unit, name="Wheels"), published_badge(unit, name="Camp")
    with_facts(third, kind="participation")
    published_badge(name="Somebody else's")

    fact = computed(organiser, "kinds")

    assert (fact.sentence, fact.figure) == ("3 published badges: skill 2, participation 1.", 3)
    assert fact.links == tuple((badge.name, badge.get_absolute_url()) for badge in (first, second, third))


def test_what_badges_say_of_themselves_is_counted(organiser):
    rich, plain = published_badge(organiser), published_badge(organiser, name="Plain")
    with_facts(rich, level="eqf-3", valid_months=24)
    with_facts(plain, workload_minutes=None, criteria_url="https://example.org/criteria")
    plain.texts.update(criteria="")
    BadgeClassSkill.objects.create(owner=rich, label="repair", uri="http://data.europa.eu/esco/skill/1")
    save_badge_text(rich, by=issuer_of(organiser), words=WORDS | {"language": "lt", "name": "Stabdžiai"})

    assert [said(organiser, name) for name in ["criteria", "skills", "workload", "level", "languages", "expiry"]] == [
        ("Badges that claim a skill or a contribution and show their criteria here: 1 of 2.", 0.5),
        ("Badges that name skills: 1 of 2, by public addresses: 1.", 0.5),
        ("Badges that say how long they take: 1 of 2.", 0.5),
        ("Badges that name a level: 1 of 2.", 0.5),
        ("Badges in more than one language: 1 of 2. All together: English, Lietuvių.", 0.5),
        ("Badges that end after a number of months: 1 of 2.", 0.5),
    ]
    assert computed(organiser, "expiry").links == ((rich.name, rich.get_absolute_url()),)


def test_versions_and_archived_badges_are_counted(organiser):
    changed, closed = published_badge(organiser), published_badge(organiser, name="Closed")
    published_badge(organiser, name="Unchanged")
    give(changed, "a@example.org")
    with_facts(changed, workload_minutes=30)
    give(changed, "b@example.org")
    take(closed.archive, by=issuer_of(organiser))

    sentence = "Badges that were awarded in more than one version: 1 of 2. Archived badges: 1."
    assert said(organiser, "versions") == (sentence, 0.5)


def test_a_hint_of_the_editor_names_the_badges_it_applies_to(organiser):
    badge = published_badge(organiser, name="Quick", criteria="Be there.")
    published_badge(organiser, criteria="Adjust two brakes against the bench standard, shown in photos. " * 3)

    fact = computed(organiser, "hint:criteria-too-short")

    assert fact.sentence.startswith("Badges at which the editor gives a hint: 1 of 2. “The criteria are very")
    assert (fact.figure, fact.links) == (0.5, (("Quick", badge.get_absolute_url()),))


def test_awards_of_twelve_months_are_counted_without_own_staff(organiser):
    badge, other = published_badge(organiser), published_badge(organiser, name="Wheels")
    give(badge, *emails(3), owner_of(organiser).email)
    give(other, *emails(2))
    give(badge, "first@example.org", on=date(2025, 11, 22))
    give(badge, "early@example.org", on=date(2025, 11, 21))

    assert said(organiser, "awards") == ("6 awards to 4 people in the last twelve months.", 6)


def test_awards_that_say_what_was_done_are_counted_apart_from_those_of_learning(organiser):
    badge = published_badge(organiser)
    give(badge, "learnt@example.org")
    people = [
        Recipient("words@example.org", "A", narrative="Mended two bikes."),
        Recipient("proof@example.org", "B", evidence=["https://example.org/photo"]),
        Recipient("none@example.org", "C"),
    ]
    batch = award(badge, people, by=issuer_of(organiser))
    carry_out()
    release_batch(batch, by=None)

    sentence = "Awards by hand, list or code in twelve months that say what was done: 2 of 3."
    assert said(organiser, "evidence") == (f"{sentence} Awards earned by activities and playlists: 1.", 2 / 3)


def test_the_share_that_was_collected_leaves_out_the_last_thirty_days(organiser):
    badge = published_badge(organiser)
    holder = PersonFactory(email="holder@example.org")
    collect_badge(give(badge, holder.email, on=TODAY - timedelta(days=30)).get(), by=holder)
    give(badge, "waits@example.org", on=TODAY - timedelta(days=31))
    give(badge, "new@example.org", on=TODAY - timedelta(days=29))

    sentence = "Collected, of the awards of twelve months that are older than 30 days: 1 of 2."
    assert said(organiser, "collected") == (sentence, 0.5)


def test_revoked_and_corrected_awards_are_counted_without_their_reasons(organiser):
    badge = published_badge(organiser)
    one, two, *_others = give(badge, *emails(4)).order_by("pk")
    revoke_badge(one, by=issuer_of(organiser), reason="Jonas never came.")
    corrected(two)

    sentence = "Awards in twelve months: 4. Revoked, each with a reason: 1. Corrected: 1."
    assert said(organiser, "revoked") == (sentence, 0.25)


def test_playlists_lead_to_their_pages(organiser):
    first = activity(organiser)
    page = playlist(first, activity(organiser, title="Second", live=True))
    activity(organiser, title="Draft", live=False)

    fact = computed(organiser, "playlists")

    assert (fact.sentence, fact.figure) == ("Published playlists: 1. Published activities: 2.", 1)
    assert fact.links == (("Bike-Ready", reverse("pathways:playlist", args=[page.translation_key])),)


def judged(page, *, submitted, accepted, reviewer, returned_first=False):
    """Let a learner hand in and a reviewer accept so many days ago."""
    learner = PersonFactory()
    if returned_first:
        with clock.moved_to(at(submitted) - timedelta(days=9)):
            attempt = hand_in(page, by=learner, text="A first try.")
            judge_attempt(attempt, by=reviewer, accept=False, feedback="More, please.", checklist=[])
    with clock.moved_to(at(submitted)):
        attempt = hand_in(page, by=learner, text="I did it.")
    with clock.moved_to(at(accepted)):
        judge_attempt(attempt, by=reviewer, accept=True, feedback="", checklist=list(page.lines()))
        carry_out()


def test_judgements_and_the_days_that_they_take_are_told(organiser):
    page = reviewed_activity(organiser, badge_class=published_badge(organiser))
    reviewer = MembershipFactory(organiser=organiser, role="reviewer").person
    judged(page, submitted=date(2026, 9, 1), accepted=date(2026, 9, 2), reviewer=reviewer, returned_first=True)
    judged(page, submitted=date(2026, 9, 1), accepted=date(2026, 9, 4), reviewer=reviewer)
    judged(page, submitted=date(2026, 9, 1), accepted=date(2026, 9, 11), reviewer=owner_of(organiser))
    judged(page, submitted=date(2025, 9, 1), accepted=date(2025, 9, 2), reviewer=reviewer)

    sentence = "Judgements in twelve months: 4, by reviewers: 2. Returned with feedback: 1."
    assert said(organiser, "judgements") == (sentence, 0.25)
    sentence = (
        "Work accepted in twelve months: 3. Days from handing in to the judgement, median: 3.0."
        " Days to the badge, median: 3.0."
    )
    assert said(organiser, "time") == (sentence, 3)


def test_members_with_a_training_badge_are_counted_once(organiser):
    badge = published_badge(OrganiserFactory(verified=True, is_network=True))
    TrainingBadge.objects.create(badge_class=badge)
    MembershipFactory(organiser=organiser, role="issuer")
    MembershipFactory(organiser=organiser, person=owner_of(organiser), role="issuer")
    give(badge, owner_of(organiser).email, "stranger@example.org")

    assert said(organiser, "trained") == ("Members with a valid training badge: 1 of 2.", 0.5)


def test_no_fact_names_a_recipient_and_many_badges_ask_no_more_than_few(organiser):
    TrainingBadge.objects.create(badge_class=published_badge(OrganiserFactory(verified=True, is_network=True)))
    rules = rules_with(*FACTS)

    def add(number):
        badge = published_badge(organiser, name=f"Badge {number}")
        BadgeClassSkill.objects.create(owner=badge, label="repair")
        revoke_badge(give(badge, *emails(3)).first(), by=issuer_of(organiser), reason="learner2@example.org cheated.")
        page = reviewed_activity(organiser, badge_class=badge)
        judged(page, submitted=date(2026, 9, 1), accepted=date(2026, 9, 2), reviewer=owner_of(organiser))
        playlist(page, title=f"Playlist {number}")

    def asked():
        facts_for(organiser, rules, TODAY)  # warm
        with CaptureQueriesContext(connection) as queries:
            facts = facts_for(organiser, rules, TODAY)["A1"]
        return len(queries), facts

    for number in range(2):
        add(number)
    few, _facts = asked()
    for number in range(2, 6):
        add(number)
    many, facts = asked()

    assert (many, len(facts)) == (few, len(FACTS))
    assert not [fact for fact in facts if "@" in fact.sentence or "learner" in fact.sentence]
