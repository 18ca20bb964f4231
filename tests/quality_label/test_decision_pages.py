"""The pages of the panel, of who writes its decision down, and of the applicant who reads it."""

import re
import subprocess
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from portal.accounts.models import Person
from portal.files.actions import store_file
from portal.files.gate import Admitted
from portal.notifications.letters import inbox_lines, letter
from portal.notifications.models import Notification, OutgoingMail
from quality_label.actions.decision import correct_facts, declare_for_panel, invite_panel
from quality_label.actions.label_end import surrender_label
from quality_label.actions.label_suspension import lift_label, suspend_label
from quality_label.conflicts import QUESTIONS
from quality_label.models import Application, Decision, Declaration, Snapshot
from tests.factories.accounts import PersonFactory
from tests.factories.label import (
    RECOMMENDATIONS,
    AssignmentFactory,
    CommitteeTermFactory,
    EvidenceFactory,
    condition,
    decided,
    label,
    panel_of,
    rate,
    ready_case,
    revoked,
    voted_case,
)
from tests.factories.organisers import MembershipFactory, owner_of

pytestmark = pytest.mark.django_db


def panel_url(case, step=""):
    return f"/network/applications/{case.key}/panel/{step}"


def report_url(case, end="/"):
    return f"/quality-label/applications/{case.key}/report{end}"


def typed(case, outcome="awarded", *, conditions=(), **facts):
    """Return what a coordinator types in the record of a decision."""
    fields = {"seen": case.version, "outcome": outcome, "recommendations": "\n".join(RECOMMENDATIONS)}
    fields |= {"departure_reason": "", "checks": ["names", "tone", "thresholds"], "confirmed": "1"}
    for number, one in enumerate(conditions, start=1):
        fields |= {f"condition-{number}-{name}": value or "" for name, value in one.items()}
    return fields | facts


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_nothing_of_a_case_is_open_to_a_seat_before_the_declaration_at_any_address(client):
    case = ready_case()
    file = store_file(Admitted("minutes.txt", b"Agreed.", "text/plain"), owner=owner_of(case.organiser))
    item = EvidenceFactory(application=case, kind="file", url="", file=file)
    document = {"evidence": [{"number": item.number, "sha256": file.sha256}]}
    Snapshot.objects.create(application=case, cause="submitted", document=document, sha256="0" * 64)
    CommitteeTermFactory()
    (seat,) = invite_panel(case)
    client.force_login(seat.person)
    paths = [f"/quality-label/lead/{case.key}/consensus/", f"/quality-label/lead/{case.key}/print/"]
    paths.append(f"/quality-label/evidence/{item.key}/")

    assert [client.get(path).status_code for path in paths] == [403, 403, 403]

    declare_for_panel(seat, has_conflict=False, by=seat.person)
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]


def test_the_panel_reads_by_when_to_vote(client):
    case = ready_case()
    CommitteeTermFactory()
    (seat,) = invite_panel(case)
    client.force_login(seat.person)
    said = f"Please vote by {date_format(case.day_0 + timedelta(days=72))}:"

    assert said in client.get(panel_url(case)).text
    declare_for_panel(seat, has_conflict=False, by=seat.person)
    assert said in client.get(panel_url(case)).text


def test_the_file_opens_to_a_seat_after_the_declaration(client):
    case = ready_case()
    review = AssignmentFactory(application=case, locked=True, person__name="Ingrid Larsen")
    rate(review, {"A1": 4})
    CommitteeTermFactory()
    seat = panel_of(case, 1)[0]
    Declaration.objects.all().exclude(pk=review.declaration_id).update(conflict="none")
    seat.declaration = None
    seat.save()
    client.force_login(seat.person)

    before = client.get(panel_url(case))
    answer = client.post(panel_url(case, "declare/"), {"has_conflict": "no"})
    after = client.get(panel_url(case))

    assert "are you free in this case" in text_of(before)
    assert "Criterion by criterion" not in text_of(before)
    assert answer.status_code == 302
    assert "75.0 % of all points" in text_of(after)
    assert "Review 1" in text_of(after)
    assert "Ingrid" not in text_of(after)


def test_the_panel_is_asked_the_questions_of_the_assessors(client):
    case = ready_case()
    CommitteeTermFactory()
    (seat,) = invite_panel(case)
    client.force_login(seat.person)

    page = text_of(client.get(panel_url(case)))

    assert [question for _excludes, question in QUESTIONS.values() if str(question) not in page] == []


def test_a_declared_conflict_shuts_the_case(client):
    case = ready_case()
    seat = panel_of(case, 1)[0]
    seat.declaration = None
    seat.save()
    client.force_login(seat.person)

    assert client.post(panel_url(case, "declare/"), {}).status_code == 422
    answer = client.post(panel_url(case, "declare/"), {"has_conflict": "yes", "words": "My aunt."})
    assert (answer.status_code, answer.url) == (302, reverse("quality_label:judging"))
    landed = client.get(answer.url)
    assert "Thank you. You do not take part in this decision." in landed.text
    assert panel_url(case) not in landed.text
    assert client.get(panel_url(case)).status_code == 404
    assert client.post(panel_url(case, "vote/"), {"vote": "awarded", "words": "Good."}).status_code == 403


def test_a_vote_without_a_reason_is_given_back(client):
    case = ready_case()
    seat = panel_of(case, 1)[0]
    client.force_login(seat.person)

    refused = client.post(panel_url(case, "vote/"), {"vote": "awarded", "words": ""})
    taken = client.post(panel_url(case, "vote/"), {"vote": "awarded", "words": "Good work."})

    seat.refresh_from_db(fields=["vote", "vote_words"])
    assert (refused.status_code, taken.status_code) == (422, 302)
    assert (seat.vote, seat.vote_words) == ("awarded", "Good work.")


def test_who_has_no_seat_sees_nothing(client):
    case = ready_case()
    owner = owner_of(case.organiser)
    assessor = AssignmentFactory(application=case, locked=True).person
    coordinator = PersonFactory(roles=["coordinator"])

    for person, status in [(owner, 404), (PersonFactory(), 404), (assessor, 403), (coordinator, 403)]:
        client.force_login(person)
        assert client.get(panel_url(case)).status_code == status
        assert client.post(panel_url(case, "decide/"), typed(case)).status_code == status
        assert client.post(panel_url(case, "vote/"), {}).status_code == 404


def test_the_coordinator_invites_reads_the_votes_and_decides(client):
    case = voted_case("awarded", "awarded", "not_awarded")
    client.force_login(case.coordinator)

    page = text_of(client.get(panel_url(case)))
    invited = client.post(panel_url(case, "invite/"), follow=True)
    answer = client.post(panel_url(case, "decide/"), typed(case))

    assert "3 votes count; a decision takes 3." in page
    assert "Everybody of the committee who can sit on this panel is invited already." in text_of(invited)
    assert answer.headers["Location"] == report_url(case)
    assert "The decision is written down." in text_of(client.get(panel_url(case)))
    assert client.post(panel_url(case, "decide/"), typed(case)).status_code == 409


def test_each_of_the_panel_has_the_sign_of_how_far_they_are(client):
    case = voted_case("awarded")
    CommitteeTermFactory.create_batch(2)
    tied, _waiting = invite_panel(case)
    declare_for_panel(tied, has_conflict=True, by=tied.person)
    client.force_login(case.coordinator)

    (panel,) = re.findall(r'<ul class="checked".*?</ul>', client.get(panel_url(case)).text, re.DOTALL)

    assert re.findall(r'data-icon="(\w+)"', panel) == ["check", "minus", "wait"]
    assert re.findall("has a conflict|has not voted yet", panel) == ["has a conflict", "has not voted yet"]


def test_the_committee_is_invited_by_hand_only_where_somebody_is_left(client):
    case = voted_case("awarded")
    client.force_login(case.coordinator)
    button = "Invite the others of the committee"

    before = client.get(panel_url(case)).text
    late = CommitteeTermFactory().person
    between = client.get(panel_url(case)).text
    client.post(panel_url(case, "invite/"))
    after = client.get(panel_url(case)).text

    assert [button in page for page in [before, between, after]] == [False, True, False]
    assert case.has_seat(late)


def test_a_decision_is_shown_once_more_before_it_is_released(client):
    case = voted_case("awarded", "awarded", "awarded")
    client.force_login(case.coordinator)
    unconfirmed = {name: value for name, value in typed(case, conditions=[condition()]).items() if name != "confirmed"}

    page = client.post(panel_url(case, "decide/"), unconfirmed)

    said = text_of(page)
    assert "The panel decided to: award the label." in said
    assert "The conditions on the form are left out: this outcome has none." in said
    assert Application.objects.get(pk=case.pk).is_ready
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    sent = {name: [value for other, value in fields if other == name] for name, _value in fields}
    assert client.post(panel_url(case, "decide/"), sent).status_code == 302
    assert Application.objects.get(pk=case.pk).state == "awarded"


def test_the_record_of_a_decision_opens_once_enough_votes_count(client):
    case, decided_on = voted_case("awarded", "awarded"), voted_case("awarded", "awarded", "awarded")
    pages = []
    for one in [case, decided_on]:
        client.force_login(one.coordinator)
        pages.append(client.get(panel_url(one)))
    client.force_login(case.coordinator)
    given_back = client.post(panel_url(case, "decide/"), typed(case, departure_reason="Kept words."))

    said = "The decision can be written down once 3 votes count."
    assert [said in text_of(page) for page in [*pages, given_back]] == [True, False, True]
    assert ["Go on to the release" in page.text for page in [*pages, given_back]] == [False, True, False]
    assert ["Kept words." in page.text for page in [*pages, given_back]] == [False, False, True]
    assert [page.text.count("data-not-kept") for page in pages] == [0, 3]


@pytest.mark.parametrize(
    ("votes", "facts", "sentence"),
    [
        (["awarded"] * 2, {}, "2 votes were cast"),
        (["awarded"] * 3, {"checks": ["names"]}, "Not checked yet: Its tone is respectful and plain."),
        (["awarded"] * 3, {"outcome": ""}, "Choose one of these."),
        (["not_awarded"] * 3, {"outcome": "not_awarded", "recommendations": "One.\nTwo."}, "Write 3 recommendations"),
        (["awarded_conditions"] * 3, {"outcome": "awarded_conditions"}, "Write one condition at least"),
        (
            ["awarded_conditions"] * 3,
            {"outcome": "awarded_conditions", "condition-1-code": "F3", "condition-1-evidence": "A plan."},
            "A condition needs this as well.",
        ),
        (
            ["awarded_conditions"] * 3,
            {"outcome": "awarded_conditions", "condition-2-code": "F3"},
            "Mend condition 2: something is missing in it.",
        ),
    ],
)
def test_an_incomplete_record_is_given_back_as_typed(client, votes, facts, sentence):
    case = voted_case(*votes)
    client.force_login(case.coordinator)

    answer = client.post(panel_url(case, "decide/"), typed(case, **{"departure_reason": "Kept words."} | facts))

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "Kept words." in answer.content.decode()
    assert not Decision.objects.exists()


def test_the_draft_names_days_as_people_do_and_calls_no_duty_optional(client):
    case = voted_case(*["awarded_conditions"] * 3, levels={"F3": 2})
    asked = condition()
    case.report.propose([asked])
    case.report.save()
    client.force_login(case.coordinator)

    page = text_of(client.get(panel_url(case)))

    assert f"F3 reaches level 3 by {date_format(asked['due_on'])}." in page
    assert "Before the report goes out you checked No name" in page.replace("  ", " ")
    assert "optional" not in page[page.index("Condition 1") :]


def test_departing_without_two_thirds_and_a_stale_record_are_409(client):
    case = voted_case("awarded", "awarded", "awarded", levels={"C4": 1})
    client.force_login(case.coordinator)

    departing = client.post(panel_url(case, "decide/"), typed(case, departure_reason="Kept words."))
    stale = client.post(panel_url(case, "decide/"), typed(case, "awarded", seen=case.version + 5))

    assert (departing.status_code, stale.status_code) == (409, 409)
    assert "Two thirds of the panel" in text_of(departing)
    assert "Kept words." in departing.content.decode()


def test_a_name_in_the_report_is_pointed_out(client):
    case = voted_case("awarded", "awarded", "awarded", report={"strengths": "As Ingrid said."})
    AssignmentFactory(application=case, locked=True, person__name="Ingrid Larsen")
    client.force_login(case.coordinator)

    assert "The report may name somebody of the team" in text_of(client.get(panel_url(case)))


def test_the_applicant_reads_what_is_missing_and_never_that_it_was_rejected(client):
    case = voted_case(*["not_awarded"] * 3, levels={"C4": 1})
    AssignmentFactory(application=case, locked=True, person__name="Ingrid Larsen")
    decided(case, "not_awarded")
    client.force_login(owner_of(case.organiser))

    page = text_of(client.get(report_url(case)))

    assert "not yet issued" in page
    assert "C4 is at level 1; no mandatory criterion may lie below 2." in page
    assert "Publish the criteria." in page
    assert "Appeals are taken until" in page
    assert str(case.coordinator) in page
    for word in ["reject", "Ingrid", *(str(seat.person) for seat in case.seats.all())]:
        assert word not in page


def test_a_report_leads_back_and_says_what_comes_next_with_its_day(client):
    case = decided(voted_case(*["not_awarded"] * 3, levels={"C4": 1}), "not_awarded").application
    own, network = reverse("quality_label:own", args=[case.organiser.slug]), reverse("quality_label:case-list")
    pages = {}
    for person in [owner_of(case.organiser), case.coordinator]:
        client.force_login(Person.objects.get(pk=person.pk))
        pages[person] = client.get(report_url(case)).text
    theirs, ours = pages.values()

    said = f"You can apply again from {date_format(case.again_from)}."
    assert theirs.count(said) == 2
    assert "90 days after" not in theirs
    assert "A new draft can begin with a copy of this application" in theirs
    assert (own in theirs, own in ours, network in ours) == (True, False, True)


def test_who_reads_a_report_and_who_corrects_facts(client):
    case = decided(voted_case(*["awarded"] * 3)).application
    author = MembershipFactory(organiser=case.organiser, role="author").person
    for person, reads, corrects in [
        (PersonFactory(), 404, 404),
        (Person.objects.get(pk=case.coordinator_id), 200, 403),
        (author, 200, 403),
        (owner_of(case.organiser), 200, 302),
    ]:
        client.force_login(person)
        assert client.get(report_url(case)).status_code == reads
        assert client.post(report_url(case, "/correct/"), {"words": "Three badges."}).status_code == corrects

    client.force_login(case.coordinator)
    assert "Three badges." in text_of(client.get(panel_url(case)))


def test_an_empty_correction_is_given_back(client):
    case = decided(voted_case(*["awarded"] * 3)).application
    client.force_login(owner_of(case.organiser))

    assert client.post(report_url(case, "/correct/"), {"words": ""}).status_code == 422


def test_the_report_is_a_tagged_pdf_of_four_pages_at_most(client, tmp_path):
    case = voted_case(*["awarded_conditions"] * 3, levels={"F3": 2}, report={"areas": {"A": "Clear. " * 60}})
    decided(case, "awarded_conditions", conditions=[condition()])
    client.force_login(owner_of(case.organiser))

    answer = client.get(report_url(case, ".pdf"))

    file = tmp_path / "report.pdf"
    file.write_bytes(answer.content)
    facts = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True).stdout
    assert 1 <= int(re.search(r"Pages: +(\d+)", facts)[1]) <= 4
    assert re.search("Tagged: +yes", facts)


def test_every_letter_and_line_can_be_read():
    decided(voted_case(*["not_awarded"] * 3, levels={"C4": 1}), "not_awarded")
    by = PersonFactory(roles=["network_admin"])
    found = suspend_label(label(), cause="complaint", words="A complaint.", by=PersonFactory(roles=["coordinator"]))
    revoked(lift_label(found, words="Settled.", by=by), by=by)
    given = label()
    surrender_label(given, typed=given.organiser.name, by=owner_of(given.organiser))

    messages = [letter(mail) for mail in OutgoingMail.objects.filter(event__startswith="quality_label/")]
    lines = inbox_lines(Notification.objects.filter(event__startswith="quality_label/"))

    assert {line["title"] for line in lines} == {message.subject for message in messages}
    assert len({line["title"] for line in lines}) >= 6
    assert all(line["link"] for line in lines)
    assert any("is not yet issued" in message.subject for message in messages)
    assert all("http://localhost:8000/" in message.body for message in messages)


def test_a_correction_of_facts_stands_on_the_case_page_and_in_its_log(client):
    decision = decided(voted_case("awarded", "awarded", "awarded"))
    case = decision.application
    correct_facts(decision, words="We have 3 badges, not 2.", by=owner_of(case.organiser))
    client.force_login(case.coordinator)

    page = client.get(f"/network/applications/{case.key}/")

    assert "We have 3 badges, not 2." in page.text
    assert page.context["log"][0]["title"] == "Correction of facts sent by the applicant"
    assert "Your correction of facts" not in client.get(decision.get_absolute_url()).text
