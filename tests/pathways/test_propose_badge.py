"""A badge made from the text of an activity."""

import pytest
from django.utils import translation

from badges.hints import Facts, hints_for
from badges.models import BadgeClass
from badges.workflow import DRAFT
from pathways.actions.proposals import BEING_THERE, criteria_from
from pathways.models import ActivityPage
from tests.factories.badges import published_badge
from tests.factories.organisers import OrganiserFactory, owner_of
from tests.factories.pathways import activity, quiz_activity, reviewed_activity, translated, with_role

pytestmark = pytest.mark.django_db


def address(page):
    return f"/workspace/{page.organiser.slug}/playlists/{page.pk}/badge/"


def proposed(client, page) -> BadgeClass:
    """Press the button as the owner; return the draft that one lands on."""
    client.force_login(owner_of(page.organiser))
    answer = client.post(address(page))
    badge = BadgeClass.objects.get(organiser=page.organiser)
    assert answer["Location"] == f"/workspace/{page.organiser.slug}/badges/{badge.key}/edit/"
    assert client.get(answer["Location"]).status_code == 200
    return badge


def test_a_draft_says_what_the_activity_says_in_each_of_its_languages(client):
    page = reviewed_activity(title="Brake check", minutes=40)
    translated(page)

    badge = proposed(client, page)

    words = badge.words("en")
    assert (badge.state, badge.kind, badge.workload_minutes) == (DRAFT, "skill", 40)
    assert (words.name, words.description) == ("Brake check", "Check a brake.")
    assert all(line in words.criteria for line in page.lines().values())
    assert sorted(text.language for text in badge.texts.all()) == ["en", "lt"]
    assert words.picture_text != badge.words("lt").picture_text


@pytest.mark.parametrize(("judge", "kind"), [("self", "participation"), ("presence", "participation")])
def test_what_nobody_looks_at_proves_no_skill(client, judge, kind):
    assert proposed(client, activity(OrganiserFactory(verified=True), judge=judge)).kind == kind


@pytest.mark.parametrize(
    ("judge", "lines"),
    [("reviewer", []), *((judge, [("line", "Both brakes hold")]) for judge in ActivityPage.Judge.values)],
)
@pytest.mark.parametrize("language", ["lt", "pl", "ro"])
def test_its_own_words_pass_the_check_in_other_languages(language, judge, lines):
    quiz = quiz_activity(OrganiserFactory(verified=True)).quiz if judge == "quiz" else []
    page = activity(OrganiserFactory(verified=True), judge=judge, checklist=lines, quiz=quiz)
    kind = BadgeClass.Kind.PARTICIPATION if judge in BEING_THERE else BadgeClass.Kind.SKILL

    with translation.override(language):
        criteria = criteria_from(page)

    found = {one.code for one in hints_for(Facts(language, kind, criteria=criteria, description=page.summary))}
    assert not found & {"no-assessor-named", "claim-without-evidence"}


@pytest.mark.parametrize(
    ("judge", "lines"),
    [("reviewer", []), *((judge, [("line", "Both brakes hold")]) for judge in ActivityPage.Judge.values)],
)
def test_its_own_words_pass_the_check_of_who_judges_and_by_what(client, judge, lines):
    quiz = quiz_activity(OrganiserFactory(verified=True)).quiz if judge == "quiz" else []
    page = activity(OrganiserFactory(verified=True), judge=judge, checklist=lines, quiz=quiz)

    badge = proposed(client, page)

    words = badge.words("en")
    facts = Facts("en", badge.kind, criteria=words.criteria, description=words.description)
    found = {one.code for one in hints_for(facts)}
    assert not found & {"no-assessor-named", "claim-without-evidence"}
    assert ("no-standard" in found) is (not lines)


def test_a_quiz_says_how_much_must_be_right(client):
    page = quiz_activity(OrganiserFactory(verified=True), pass_mark=75)

    assert "Answer 75 % of the questions of a quiz right." in proposed(client, page).words("en").criteria


def test_the_list_offers_it_where_there_is_no_badge(client):
    organiser = OrganiserFactory(verified=True)
    bare = activity(organiser, title="Bare")
    activity(organiser, title="Crowned", badge_class=published_badge(organiser))
    client.force_login(owner_of(organiser))

    text = client.get(f"/workspace/{organiser.slug}/playlists/").text

    assert text.count("Make one from its text") == 1
    assert address(bare) in text


def test_authors_and_strangers_make_none(client):
    page = activity(OrganiserFactory(verified=True))
    assert client.post(address(page)).status_code == 302

    client.force_login(with_role(page.organiser, "author"))
    assert "Make one from its text" not in client.get(f"/workspace/{page.organiser.slug}/playlists/").text
    assert client.post(address(page)).status_code == 403
    client.force_login(owner_of(OrganiserFactory(verified=True)))
    assert client.post(address(page)).status_code == 404
    assert not BadgeClass.objects.exists()
