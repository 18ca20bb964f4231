"""The case as one PDF: no names of learners and assessors, and the reviews for those alone who may see them."""

import re
import subprocess

import pytest

from portal import clock
from quality_label.documents import case_pdf, may_print
from quality_label.models import Clarification, ClarificationQuestion, SampledAward, SampledBadge
from quality_label.pseudonyms import sample_of
from tests.factories.badges import assertion, published_badge
from tests.factories.label import (
    EvidenceFactory,
    case_in_consensus,
    levels_in_order,
    review_under_way,
    write_review,
)

pytestmark = pytest.mark.django_db
printed = pytest.mark.skipif(not may_print(), reason="needs the libraries that WeasyPrint draws with")


def sample(application):
    """Draw one award of a badge of the applicant."""
    given = assertion(published_badge(application.organiser), name="Jonas Petraitis")
    given.row.narrative = "Jonas mended two brakes; write to jonas@example.org about it."
    given.row.save()
    drawn = SampledBadge.objects.create(
        application=application, badge_version=given.badge_version, number=1, is_chosen=True
    )
    return SampledAward.objects.create(badge=drawn, assertion=given, number=3)


def text_of(pdf, folder):
    file = folder / "case.pdf"
    file.write_bytes(pdf)
    return " ".join(read("pdftotext", str(file), "-").split())


def read(*words):
    return subprocess.run(words, capture_output=True, check=True, text=True).stdout


def test_sample_names_nobody():
    application, _assessors, _lead = review_under_way()
    sample(application)

    ((badge),) = sample_of(application)

    (award,) = badge.awards
    assert (badge.words["name"], award.learner) == ("Brake Check", "Learner 3")
    assert award.narrative == "Learner 3 mended two brakes; write to Learner 3 about it."


@printed
def test_case_is_tagged_and_names_neither_learners_nor_assessors(tmp_path):
    application, places, lead = case_in_consensus("3" * 25, "4" + "3" * 24)
    sample(application)
    EvidenceFactory(application=application, title="Our checklist", added_at=application.submitted_at)

    pdf = case_pdf(application, with_reviews=True)

    text = text_of(pdf, tmp_path)
    assert re.search(r"Tagged:\s+yes", read("pdfinfo", str(tmp_path / "case.pdf")))
    for said in [application.reference, "Our checklist", "Learner 3", "Assessor 1: level 3", "Agreed: level 3.5"]:
        assert said in text
    for name in ["Jonas", "jonas@example.org", lead.person.name, *(place.person.name for place in places)]:
        assert f"{name} " not in text


@printed
def test_closed_rounds_of_questions_are_printed_and_drafts_are_not(tmp_path):
    application, places, lead = case_in_consensus("3" * 25, "3" * 25)
    facts = {"application": application, "sent_at": clock.now(), "closed_at": clock.now(), "sent_by": lead.person}
    for number, is_answered in [(1, True), (2, False)]:
        asked = Clarification.objects.create(round=number, is_answered=is_answered, **facts)
        ClarificationQuestion.objects.create(
            clarification=asked, code="B5", words=f"Who looks {number}?", answer=f"Two people {number}.",
            proposed_by=places[0].person,
        )  # fmt: skip

    text = text_of(case_pdf(application, with_reviews=False), tmp_path)

    assert [said in text for said in ["Who looks 1?", "Two people 1.", "Who looks 2?"]] == [True] * 3
    assert [said in text for said in ["Two people 2.", lead.person.name, places[0].person.name]] == [False] * 3


@printed
def test_levels_of_an_open_round_are_not_printed(client, tmp_path):
    application, (place, _other), lead = review_under_way()
    write_review(place, levels_in_order(application, "3" * 25))
    client.force_login(lead.person)

    answer = client.get(f"/quality-label/lead/{application.key}/print/")

    assert answer["Content-Type"] == "application/pdf"
    assert "Assessor 1" not in text_of(answer.content, tmp_path)


def test_applicant_gets_no_case_file(client):
    application, _assessors, _lead = review_under_way()
    client.force_login(application.organiser.memberships.owners().first().person)

    assert client.get(f"/quality-label/lead/{application.key}/print/").status_code == 404
