"""No name of an organiser, a person, a badge or a file breaks what is printed, mailed or sent about a case."""

import re
import subprocess
from email import message_from_bytes, policy
from xml.etree import ElementTree

import pytest
from django.utils.http import parse_header_parameters

from portal.accounts.models import Person
from portal.files.actions import store_file
from portal.files.gate import Admitted
from portal.files.responses import private_response
from portal.folding import printable
from portal.notifications.letters import letter
from portal.notifications.models import OutgoingMail
from quality_label.documents import case_pdf, may_print, report_pdf
from quality_label.models import Application, SampledBadge, Snapshot
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, published_badge
from tests.factories.label import EvidenceFactory, decided, voted_case
from tests.factories.organisers import OrganiserFactory
from tests.portal.hostile import NAMES

pytestmark = pytest.mark.django_db
printed = pytest.mark.skipif(not may_print(), reason="needs the libraries that WeasyPrint draws with")
WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)" yMax="[\d.-]+">([^<]*)</word>')
named = pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)


def case_of(name, **facts):
    """Return a case with a vote whose organiser, coordinator, badge, evidence and words carry a name."""
    organiser = OrganiserFactory(words=name, verified=True)
    case = voted_case("awarded", "awarded", "awarded", organiser=organiser, report={"strengths": name})
    Person.objects.filter(pk=case.coordinator_id).update(name=name)
    case.consensus.update(reason=name)
    version = assertion(published_badge(organiser, name=name), name=name).badge_version
    SampledBadge.objects.create(application=case, badge_version=version, number=1, is_chosen=True)
    EvidenceFactory(application=case, title=name, added_at=case.submitted_at)
    answers = {"context": {"learners": name}, "criterion:A1": {"level": 3, "reason": name}}
    Snapshot.objects.create(
        application=case, cause="submitted", document={"answers": answers, "evidence": []}, sha256="0" * 64
    )
    return Application.objects.get(pk=case.pk)


def read(*words):
    return subprocess.run(words, capture_output=True, check=True, encoding="utf-8", errors="replace").stdout


def look_at(pdf, folder, name) -> str:
    """Check that nothing of a file leaves its page and that others can read what it says of itself; return its text."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    drawn = read("pdftotext", "-bbox", str(file), "-")
    width = float(re.search(r'<page width="([\d.]+)"', drawn)[1])
    outside = [word for left, right, word in WORD.findall(drawn) if float(left) < 0 or float(right) > width]
    assert WORD.search(drawn)
    assert outside == []
    ElementTree.fromstring(read("pdfinfo", "-meta", str(file)))  # noqa: S314 our own
    text = read("pdftotext", "-raw", str(file), "-")
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\x07]", text)
    return text


@printed
@named
def test_the_report_and_the_print_of_a_case_stay_whole(tmp_path, name):
    case = case_of(name)

    printed_case = look_at(case_pdf(case, with_reviews=True), tmp_path, name)
    report = look_at(report_pdf(decided(case)), tmp_path, name)

    assert case.reference in printed_case
    assert case.reference in report


@named
def test_subjects_stay_one_readable_line(name):
    case = case_of(name)
    decided(case)

    mails = list(OutgoingMail.objects.filter(event__startswith="quality_label/"))
    letters = [message_from_bytes(letter(mail).message().as_bytes(), policy=policy.default) for mail in mails]
    subjects = [message["Subject"] for message in letters]
    assert {mail.event for mail in mails} >= {"quality_label/panel_invited", "quality_label/decided"}
    assert all(" ".join(printable(name).split()) in subject or not subject.isprintable() for subject in subjects)
    assert not any(re.search(r"[\r\n\x00-\x1f\u202a-\u202e\u2066-\u2069]", subject) for subject in subjects)
    assert not any(message["Bcc"] for message in letters)


@printed
@named
def test_headers_name_a_file_and_nothing_else(client, name):
    case = case_of(name)
    decision = decided(case)
    client.force_login(case.coordinator)
    pages = [
        decision.get_absolute_url()[:-1] + ".pdf",
        f"{decision.application.label.get_absolute_url()}certificate.pdf",
    ]
    stored = store_file(Admitted(f"{name}.pdf", b"%PDF-1.4", "application/pdf"), owner=PersonFactory())

    answers = [client.get(page) for page in pages]
    handed_in = private_response(stored)

    assert [answer["Content-Type"] for answer in answers] == ["application/pdf"] * 2
    for answer in [*answers, handed_in]:
        _kind, facts = parse_header_parameters(answer["Content-Disposition"])
        assert list(facts) == ["filename"]
        assert facts["filename"].endswith(".pdf")
        assert not re.search(r"[\x00-\x1f]", answer["Content-Disposition"])
    assert not handed_in.has_header("Bcc")
    handed_in.close()
