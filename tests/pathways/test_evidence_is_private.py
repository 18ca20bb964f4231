"""The files that learners hand in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from organisers.models import Membership
from pathways.actions import hand_in, judge_attempt, take_back_evidence
from pathways.models import ActivityPage, EvidenceItem
from pathways.permissions import may_see_evidence
from portal.files.gate import admit_document
from tests.factories.accounts import PersonFactory
from tests.factories.pathways import reviewed_activity, with_role

pytestmark = pytest.mark.django_db
SECRET = b"Both brakes hold, and my address is 5 River Street."


@pytest.fixture
def handed_in():
    page = reviewed_activity()
    attempt = hand_in(page, by=PersonFactory(), file=admit_document(SimpleUploadedFile("notes.txt", SECRET)))
    return attempt.evidence.get()


def address(item):
    return reverse("pathways:evidence-file", args=[item.pk])


def test_its_learner_and_reviewers_open_it(client, handed_in):
    organiser = handed_in.attempt.organiser
    for person in (handed_in.attempt.person, with_role(organiser, "reviewer"), with_role(organiser, "owner")):
        client.force_login(person)
        answer = client.get(address(handed_in))

        assert b"".join(answer.streaming_content) == SECRET
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["Content-Disposition"] == 'attachment; filename="notes.txt"'
        assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["get", "head"])
def test_everybody_else_finds_nothing(client, handed_in, method):
    organiser = handed_in.attempt.organiser
    others = [PersonFactory(), with_role(reviewed_activity().organiser, "reviewer")]
    others += [with_role(organiser, role) for role in ("author", "issuer")]
    for person in others:
        client.force_login(person)
        for extra in ({}, {"HTTP_RANGE": "bytes=0-9"}):
            answer = getattr(client, method)(address(handed_in), **extra)
            assert answer.status_code == 404
            assert SECRET[:10] not in answer.getvalue()


def test_without_signing_in_there_is_nothing_either(client, handed_in):
    for method in (client.get, client.head):
        assert method(address(handed_in))["Location"].startswith("/accounts/login/")
    assert client.get(f"/media/{handed_in.file.content.name}", follow=True).status_code == 404


def test_the_right_ends_with_the_role(client, handed_in):
    reviewer = with_role(handed_in.attempt.organiser, "reviewer")
    client.force_login(reviewer)
    assert client.get(address(handed_in)).status_code == 200

    Membership.objects.filter(person=reviewer).delete()

    assert client.get(address(handed_in)).status_code == 404


def test_what_was_taken_back_is_the_learners_alone(client, handed_in):
    attempt = handed_in.attempt
    take_back_evidence(reviewed_page(attempt), by=attempt.person)

    client.force_login(with_role(attempt.organiser, "reviewer"))
    assert client.get(address(handed_in)).status_code == 404
    assert client.get(f"/workspace/{attempt.organiser.slug}/reviews/{attempt.pk}/").status_code == 404
    client.force_login(attempt.person)
    assert client.get(address(handed_in)).status_code == 200


def reviewed_page(attempt):
    return ActivityPage.objects.get(translation_key=attempt.activity_key)


def test_predicate_and_queryset_agree_for_every_role_and_state(handed_in):
    attempt = handed_in.attempt
    page, organiser = reviewed_page(attempt), attempt.organiser
    people = [attempt.person, PersonFactory()] + [
        with_role(organiser, role) for role in ("owner", "reviewer", "author", "issuer")
    ]
    reviewer = people[3]
    steps = [
        lambda: None,
        lambda: take_back_evidence(page, by=attempt.person),
        lambda: hand_in(page, by=attempt.person, text="Again"),
        lambda: judge_attempt(attempt, by=reviewer, accept=False, feedback="More."),
        lambda: hand_in(page, by=attempt.person, text="More"),
        lambda: take_back_evidence(page, by=attempt.person),
        lambda: hand_in(page, by=attempt.person, text="Most"),
        lambda: judge_attempt(attempt, by=reviewer, accept=True, checklist=page.lines()),
    ]
    for step in steps:
        step()
        for item in EvidenceItem.objects.select_related("attempt__organiser"):
            for person in people:
                seen = EvidenceItem.objects.visible_to(person).filter(pk=item.pk).exists()
                assert seen is may_see_evidence(item, person), (person, item.round, attempt.state)
