"""Replacing evidence that an assessor hid for the personal data in it, while the review goes on."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from portal import clock
from portal.notifications.letters import letter
from portal.notifications.models import OutgoingMail
from portal.workflow import StepRefused
from quality_label.actions import (
    attach_evidence,
    remove_evidence,
    replace_evidence,
    report_personal_data,
    send_replies,
)
from quality_label.actions.days import deadline, stop_days
from quality_label.actions.reviews import pointers_of
from quality_label.models import Application, Clarification, ClarificationQuestion
from tests.factories.label import EvidenceFactory, review_under_way
from tests.factories.organisers import owner_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    application, assessors, _lead = review_under_way()
    shown = EvidenceFactory(application=application, criteria=["B1"], title="Award records")
    EvidenceFactory(application=application, criteria=["C1"], title="Profile")
    report_personal_data(assessors[0], shown, "A name on page two.", by=assessors[0].person)
    return application


def link(*criteria):
    return {
        "kind": "link", "title": "Award records, covered", "url": "https://organiser.example.org/records",
        "dated_on": clock.today(), "criteria": list(criteria), "is_free_of_personal_data": True,
    }  # fmt: skip


def test_what_takes_its_place_is_in_the_file_at_once(case):
    item = replace_evidence(case, by=owner_of(case.organiser), **link("B1"))

    assert list(case.evidence.shown().values_list("title", flat=True)) == ["Profile", "Award records, covered"]
    assert case.snapshots.last().cause == "replaced"
    assert f"e{item.number}" in pointers_of(case)
    assert (case.days().day, case.rounds_asked()) == (0, 0)
    told = OutgoingMail.objects.filter(event="quality_label/evidence_replaced")
    assert {mail.person for mail in told} == set(case.people_of_team())


def test_nothing_else_can_be_attached_and_nothing_taken_away(case):
    owner = owner_of(case.organiser)
    with pytest.raises(PermissionDenied):
        replace_evidence(case, by=owner, **link("C1"))
    replace_evidence(case, by=owner, **link("B1"))

    with pytest.raises(StepRefused, match="with the network"):
        attach_evidence(case, by=owner, **link("B1"))
    with pytest.raises((StepRefused, PermissionDenied)):
        remove_evidence(case.evidence.get(title="Profile"), by=owner)


def test_letter_and_label_page_lead_to_the_evidence_until_it_is_replaced(client, case):
    owner = owner_of(case.organiser)
    client.force_login(owner)
    here, there = (reverse(f"quality_label:{name}", args=[case.organiser.slug]) for name in ["own", "own-evidence"])
    written = reverse("quality_label:own-all", args=[case.organiser.slug])

    message = letter(OutgoingMail.objects.get(event="quality_label/evidence_hidden"))
    ahead = client.get(here).context["next"]

    assert [there in body for body in [message.body, message.alternatives[0].content]] == [True, True]
    assert (ahead["url"], "“Award records”" in ahead["text"], "Nothing for you" in ahead["text"]) == (
        there,
        True,
        False,
    )
    assert (len(ahead["text"].split("Profile")), client.get(there).status_code) == (1, 200)
    assert f'href="{there}"' in client.get(written).content.decode()

    replace_evidence(case, by=owner, **link("B1"))
    assert client.get(here).context["next"]["url"] == ""
    assert f'href="{there}"' not in client.get(written).content.decode()


def test_evidence_attached_while_questions_are_open_replaces_as_well_once_the_answers_are_sent(client, case):
    owner = owner_of(case.organiser)
    plain, answer_by = deadline(14)
    Application.objects.filter(pk=case.pk).update(state="clarification", answer_by=answer_by)
    case = Application.objects.get(pk=case.pk)
    stop_days(case, "clarification", plain=plain)
    asked = Clarification.objects.create(application=case, round=1, sent_at=clock.now())
    ClarificationQuestion.objects.create(
        clarification=asked, code="C1", words="Who reads the profile?", cannot_answer=True
    )
    client.force_login(owner)

    page = client.get(reverse("quality_label:own", args=[case.organiser.slug]))
    attach_evidence(case, by=owner, **link("B1"))
    case = send_replies(case, by=owner)

    assert "“Award records”" in page.context["next"]["besides"]["text"]
    assert page.context["next"]["besides"]["url"] in page.content.decode()
    assert case.evidence_to_replace().count() == 0
    assert case.handed_in_evidence().filter(title="Award records, covered").exists()


def test_the_page_offers_the_criteria_of_what_is_hidden(client, case):
    client.force_login(owner_of(case.organiser))
    address = f"/workspace/{case.organiser.slug}/quality-label/evidence/"

    offered = client.get(address).context["codes"]
    answer = client.post(
        address,
        {
            "title": "Covered", "address": "/workspace/", "dated_on": clock.today().isoformat(),
            "criteria": ["B1"], "is_free_of_personal_data": "on",
        },
    )  # fmt: skip

    assert offered == {"B1"}
    assert (answer.status_code, case.evidence.shown().filter(title="Covered").count()) == (302, 1)
