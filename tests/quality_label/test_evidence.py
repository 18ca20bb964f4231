"""Attaching evidence: what is taken, how much, by whom, and who is sent a file."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal import clock
from portal.audit.models import AuditEvent
from portal.files.models import StoredFile
from portal.workflow import StepRefused
from quality_label.actions import (
    attach_evidence,
    copy_application,
    remove_evidence,
    widen_evidence,
    withdraw_application,
)
from quality_label.actions.label_end import surrender_label
from quality_label.actions.submission import freeze
from quality_label.models import MOST_EVIDENCE, Application, Evidence
from quality_label.schedule import keep_applicants_days
from tests.factories.accounts import PersonFactory
from tests.factories.label import ApplicationFactory, AssignmentFactory, EvidenceFactory, label
from tests.factories.organisers import MembershipFactory, owner_of
from tests.quality_label.applying import link_facts

pytestmark = pytest.mark.django_db
SAME = b"Two brakes, both hold."


@pytest.fixture
def draft():
    return ApplicationFactory()


@pytest.fixture
def owner(client, draft):
    person = owner_of(draft.organiser)
    client.force_login(person)
    return person


def place(draft):
    return reverse("quality_label:own-evidence", args=[draft.organiser.slug])


def sent(**changes):
    facts = {
        "title": "Rubric", "dated_on": clock.today().isoformat(), "criteria": ["A1", "B2"],
        "is_free_of_personal_data": "on", "file": SimpleUploadedFile("rubric.txt", SAME),
    }  # fmt: skip
    return {name: value for name, value in (facts | changes).items() if value is not None}


def file_of(name, content):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", b"words", "text/plain"),
        ("a.csv", b"a;b\n1;2", "text/csv"),
        ("a.json", b'{"a": 1}', "application/json"),
        ("a.pdf", b"%PDF-1.4\n%%EOF", "application/pdf"),
    ],
)
def test_a_file_is_attached_under_its_own_kind(client, draft, owner, name, content, kind):
    answer = client.post(place(draft), sent(file=file_of(name, content)))

    item = draft.evidence.get()
    assert (answer.status_code, item.kind, item.file.content_type) == (302, "file", kind)
    assert (item.number, item.criteria, item.added_by) == (1, ["A1", "B2"], owner)


@pytest.mark.parametrize(
    "changes",
    [
        {"file": file_of("a.html", b"<html>")},
        {"file": file_of("a.json", b"{")},
        {"file": file_of("a.exe", b"MZ\0\0")},
        {"file": file_of("a.md", b"text")},
        {"file": None},
        {"address": "https://example.org/page"},
        {"file": None, "address": "http://127.0.0.1/"},
        {"file": None, "address": "file:///etc/passwd"},
        {"file": None, "address": "https://intranet.local/"},
        {"file": None, "address": "/nowhere/at/all/of/this/portal/"},
        {"criteria": None},
        {"criteria": ["Z9"]},
        {"is_free_of_personal_data": None},
        {"dated_on": (clock.today() + timedelta(days=2)).isoformat()},
        {"dated_on": "2001-01-01"},
        {"dated_on": (clock.today() - timedelta(days=400)).isoformat(), "is_plan": "on"},
        {"title": "a\0b"},
    ],
)
def test_what_is_not_taken_is_said_and_comes_back(client, draft, owner, changes):
    answer = client.post(place(draft), sent(**changes))

    assert (answer.status_code, draft.evidence.count()) == (422, 0)
    assert answer.context["form"].errors != {}


@pytest.mark.parametrize("file", [file_of("a.exe", b"MZ\0\0"), file_of("a.txt", b"Fine.")])
def test_after_a_fault_everything_typed_stands_again_and_a_file_is_asked_for_once_more(client, draft, owner, file):
    file.seek(0)
    facts = sent(file=file, title="Kept title", address="https://example.org/kept", from_minute="7", is_plan="on")

    answer = client.post(place(draft) + "?for=A1", facts)

    form = answer.context["form"]
    values = {name: form[name].value() for name in ["title", "address", "from_minute", "criteria", "is_plan"]}
    assert answer.status_code == 422
    assert values == {
        "title": "Kept title", "address": "https://example.org/kept", "from_minute": "7", "criteria": ["A1", "B2"],
        "is_plan": True,
    }  # fmt: skip
    assert answer.text.count(" checked") == 4
    assert "file" in form.errors


def test_the_address_names_the_criterion_that_is_ticked_whatever_was_remembered(client, draft, owner):
    page = client.get(place(draft) + "?for=B2")

    assert page.context["form"]["criteria"].value() == ["B2"]
    assert 'data-keep="B2" data-given="B2"' in page.text


def test_the_same_file_twice_is_put_to_more_criteria_instead(client, draft, owner):
    client.post(place(draft), sent())

    again = client.post(place(draft), sent(title="Once more", criteria=["B2", "C1"], file=file_of("b.txt", SAME)))
    item = draft.evidence.get()
    widen = reverse("quality_label:own-evidence-widen", args=[draft.organiser.slug, item.key])
    done = client.post(widen, {"criteria": again.context["form"].codes_for_twin()})

    item.refresh_from_db()
    assert (again.status_code, widen in again.text, done.status_code) == (422, True, 302)
    assert "This file is attached already: “Rubric”, about A1, B2." in again.text
    assert (draft.evidence.count(), item.criteria) == (1, ["A1", "B2", "C1"])


def test_what_was_handed_in_is_not_put_to_more_criteria(client, draft, owner):
    item = handed_in(client, draft)

    for codes in [["C1"], ["Z9"], []]:
        with pytest.raises(StepRefused):
            widen_evidence(item, codes, by=owner)
    with pytest.raises(PermissionDenied):
        widen_evidence(item, ["C1"], by=PersonFactory())


def test_a_page_of_the_portal_is_attached(client, draft, owner):
    client.post(place(draft), sent(file=None, address="/workspace/"))

    item = draft.evidence.get()
    assert (item.kind, item.url.endswith("/workspace/"), item.seen_on) == ("record", True, None)


def test_the_forty_first_is_not_open(client, draft, owner):
    for number in range(MOST_EVIDENCE):
        Evidence.objects.create(application=draft, number=number + 1, **link_facts(["A1"]))

    answer = client.post(place(draft), sent())

    assert (answer.status_code, draft.evidence.count()) == (409, MOST_EVIDENCE)
    assert "holds 40 pieces of evidence at most" in answer.content.decode()
    assert StoredFile.objects.count() == 0


def test_evidence_of_a_draft_goes_with_its_file(client, draft, owner):
    client.post(place(draft), sent())
    item = draft.evidence.get()

    client.post(reverse("quality_label:own-evidence-remove", args=[draft.organiser.slug, item.key]))

    assert (draft.evidence.count(), StoredFile.objects.count()) == (0, 0)


def handed_in(client, draft):
    """Attach a file and hand the application in."""
    client.post(place(draft), sent())
    Application.objects.filter(pk=draft.pk).update(
        state="in_review", day_0=clock.today(), submitted_at=clock.now(), seed="5eed"
    )
    application = Application.objects.get(pk=draft.pk)
    freeze(application, "submitted")
    return application.evidence.get()


def test_a_file_is_sent_to_those_who_may_follow_the_application(client, draft, owner):
    item = handed_in(client, draft)
    path = reverse("quality_label:evidence", args=[item.key])
    assessor = AssignmentFactory(application=Application.objects.get(), accepted=True).person
    statuses = {}
    people = {
        "owner": owner,
        "assessor": assessor,
        "stranger": PersonFactory(),
        "other assessor": PersonFactory(roles=["assessor"]),
    }

    for name, person in people.items():
        client.force_login(person)
        statuses[name] = client.get(path).status_code

    assert statuses == {"owner": 200, "assessor": 200, "stranger": 404, "other assessor": 404}


def test_what_is_hidden_is_seen_by_its_applicant_alone(client, draft, owner):
    item = handed_in(client, draft)
    assessor = AssignmentFactory(application=Application.objects.get(), accepted=True).person
    Evidence.objects.filter(pk=item.pk).update(hidden_at=clock.now())
    path = reverse("quality_label:evidence", args=[item.key])
    own = client.get(path).status_code
    client.force_login(assessor)

    assert (own, client.get(path).status_code) == (200, 404)


def test_changed_bytes_are_not_shown_and_that_is_written_down(client, draft, owner):
    item = handed_in(client, draft)
    with open(item.file.content.path, "ab") as stored:
        stored.write(b" changed")

    answer = client.get(reverse("quality_label:evidence", args=[item.key]))

    assert (answer.status_code, "is not the one that was handed in" in answer.content.decode()) == (409, True)
    assert AuditEvent.objects.filter(verb="quality_label.evidence_changed").count() == 1


def test_signs_that_turn_letters_around_are_not_kept_in_a_title(client, draft, owner):
    client.post(place(draft), sent(title="e\u202efdp\u202c\u2066\u2069.txt"))
    empty = client.post(place(draft), sent(title="\u202e \u2067", file=file_of("other.txt", b"Other words.")))

    assert draft.evidence.get().title == "efdp.txt"
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["title", "file"])


def test_nothing_is_attached_or_taken_away_during_the_review(client, draft, owner):
    item = handed_in(client, draft)

    with pytest.raises(StepRefused, match="with the network"):
        attach_evidence(draft, by=owner, **link_facts(["A1"]))
    with pytest.raises(StepRefused, match="with the network"):
        remove_evidence(item, by=owner)


def test_strangers_attach_nothing(draft):
    with pytest.raises(PermissionDenied):
        attach_evidence(draft, by=PersonFactory(), **link_facts(["A1"]))


def test_staff_attach_evidence(draft):
    author = MembershipFactory(organiser=draft.organiser, role="author").person

    assert attach_evidence(draft, by=author, **link_facts(["A1"])).added_by == author


def test_a_copy_keeps_files_of_its_own(client, draft, owner):
    item = handed_in(client, draft)
    withdraw_application(Application.objects.get(), by=owner)

    copy = copy_application(Application.objects.get(), by=owner)

    again = copy.evidence.get()
    assert again.file_id != item.file_id
    assert (again.file.sha256, again.title, again.criteria) == (item.file.sha256, item.title, item.criteria)


@pytest.mark.parametrize(
    ("state", "was_submitted", "days", "is_kept"),
    [
        ("withdrawn", False, 29, True),
        ("withdrawn", False, 30, False),
        ("withdrawn", True, 180, True),
        ("withdrawn", True, 185, False),
        ("lapsed", False, 360, True),
        ("lapsed", False, 367, False),
        ("lapsed", True, 185, False),
        ("not_awarded", True, 180, True),
        ("not_awarded", True, 185, False),
        ("ineligible", True, 185, False),
        ("awarded", True, 900, True),
    ],
)
def test_evidence_is_erased_some_time_after_the_end(client, draft, owner, state, was_submitted, days, is_kept):
    client.post(place(draft), sent())
    ended = {"state": state, "ended_at": clock.now() - timedelta(days=days)}
    if was_submitted:
        ended |= {"day_0": clock.today(), "submitted_at": clock.now(), "seed": "5eed"}
    Application.objects.filter(pk=draft.pk).update(**ended)

    keep_applicants_days()

    assert (draft.evidence.exists(), StoredFile.objects.exists()) == (is_kept, is_kept)


@pytest.mark.services
def test_an_award_keeps_its_evidence_until_half_a_year_after_the_label(client):
    held = label()
    item = EvidenceFactory(application=held.application)
    surrender_label(held, typed=held.organiser.name, by=owner_of(held.organiser))
    events = AuditEvent.objects.count()

    for days, is_kept in [(180, True), (185, False)]:
        with clock.moved_to(clock.now() + timedelta(days=days)):
            keep_applicants_days()
        assert Evidence.objects.filter(pk=item.pk).exists() == is_kept
    assert AuditEvent.objects.count() >= events


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(client, draft, owner, count, django_assert_num_queries):
    for number in range(count):
        Evidence.objects.create(application=draft, number=number + 1, **link_facts(["A1"]))
    client.get(place(draft))

    with django_assert_num_queries(12):
        client.get(place(draft))
