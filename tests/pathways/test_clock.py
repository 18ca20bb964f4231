"""What the clock does: sections and groups follow the organisers; registries know the learners' data."""

import pytest
from django.conf import settings
from django.core import mail

from organisers.models import Membership
from pathways.actions import join_playlist, judge_attempt
from pathways.models import SectionPage
from pathways.schedule import follow_organisers
from portal.notifications.letters import inbox_lines
from portal.notifications.schedule import send_due_mail
from portal.privacy import personal_data
from portal.schedule import discover
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import playlist, reviewed_activity, waiting_attempt, with_role

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_a_new_organiser_gets_its_section_in_every_language_and_its_authors_a_group():
    author = PersonFactory()
    organiser = OrganiserFactory(author=author, issuer=PersonFactory(), words="Neris Makers")

    follow_organisers()
    follow_organisers()

    sections = SectionPage.objects.filter(organiser=organiser)
    owner = organiser.memberships.owners().get().person
    group = author.groups.get()
    assert [(page.locale.language_code, page.title, page.slug) for page in sections.order_by("pk")] == [
        (code, "Neris Makers", organiser.slug) for code, _name in settings.LANGUAGES
    ]
    assert set(group.user_set.all()) == {author, owner}
    assert group.page_permissions.count() == 3 * len(settings.LANGUAGES)
    assert group.collection_permissions.count() == 6


def test_groups_follow_roles_and_active_people():
    author, other = PersonFactory(), PersonFactory()
    organiser = OrganiserFactory(author=author)
    follow_organisers()

    Membership.objects.create(organiser=organiser, person=other, role="author")
    author.is_active = False
    author.save()
    follow_organisers()

    assert (author.groups.count(), other.groups.count()) == (0, 1)


def test_the_jobs_are_registered():
    assert {"pathways.follow_organisers", "pathways.award_due_badges", "pathways.complete_met_playlists"} <= set(
        discover()
    )


@pytest.mark.parametrize("model", ["Enrolment", "Attempt", "EvidenceItem", "QuizTry", "Judgement"])
def test_what_concerns_a_learner_is_found(model):
    page = reviewed_activity()
    attempt = waiting_attempt(page)
    join_playlist(playlist(page), by=attempt.person)
    attempt.quiz_tries.create(answers={}, percent=0, is_passed=False)
    judge_attempt(attempt, by=with_role(page.organiser, "reviewer"), accept=False, feedback="More.")

    rows = personal_data()[f"pathways.{model}"].rows_of

    assert (rows(attempt.person).count(), rows(PersonFactory()).count()) == (1, 0)


def test_letters_escape_what_people_wrote_and_speak_the_learners_language():
    page = reviewed_activity(title="Nuts & <bolts>")
    attempt = waiting_attempt(page, PersonFactory(language="lt"))

    judge_attempt(attempt, by=with_role(page.organiser, "reviewer"), accept=False, feedback="<b>More</b>, please.")
    send_due_mail()

    letter = next(message for message in mail.outbox if message.to == [attempt.person.email])
    html = letter.alternatives[0].content
    assert "Nuts & <bolts>" in letter.subject
    assert "<b>More</b>, please." in letter.body
    assert "&lt;b&gt;More&lt;/b&gt;, please." in html
    assert '<html lang="lt">' in html
    assert f"/activities/{page.translation_key}/" in html


def test_inbox_lines_lead_to_the_work():
    page = reviewed_activity()
    attempt, reviewer = waiting_attempt(page), with_role(page.organiser, "reviewer")
    judge_attempt(attempt, by=reviewer, accept=True, checklist=page.lines())

    learner_line = inbox_lines(list(attempt.person.notifications.all()))[0]
    owner = page.organiser.memberships.owners().first().person
    owner_line = inbox_lines(list(owner.notifications.all()))[0]

    assert (learner_line["title"], learner_line["link"]) == (
        "Accepted: Brake check",
        f"/activities/{page.translation_key}/",
    )
    assert owner_line["link"] == f"/workspace/{page.organiser.slug}/reviews/{attempt.pk}/"
