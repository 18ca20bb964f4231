"""Every address of the label, in the stages of a case, as everybody: who may open what."""

import logging
import os
import random
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from quality_label.models import Application, CommitteeTerm, Label
from tests.factories.accounts import PersonFactory
from tests.factories.label import AssignmentFactory, DeclarationFactory
from tests.factories.organisers import OrganiserFactory, owner_of
from tests.quality_label.walking import go_on, person, whole_case

IS_FULL = os.environ.get("FULL_SIZE") == "1"
STATES = ["draft", "in_check", "in_review", "ready", "awarded"]
HANDED_IN, IN_TEAM, ENDED = STATES[1:], ["in_review", "ready"], STATES[-1:]
OPEN = STATES[:-1]

NETWORK = {"petra", "other coordinator", "admin"}
LEADS = {"petra", "admin"}
OWN = {"owner", "member"}
JUDGES = {"assessor", "other assessor", "lead"}
SIGNED_IN = NETWORK | OWN | JUDGES | {"panel 0", "conflicted", "elsewhere", "other owner", "stranger"}
SHUT = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}

# Names of addresses, in which states they open, and to whom; the panel has not declared yet in this case.
TABLE = [
    ("start criteria criteria-version criteria-json", ENDED, {"everybody"}),
    ("past-case", ENDED, JUDGES | {"panel 0"}),
    ("yearly-latest yearly yearly-json yearly-csv", ENDED, {"everybody"}),
    ("register register-json register-feed holder certificate seal seal-svg", ENDED, {"everybody"}),
    ("case-list allowances experts committee framework-list framework", ENDED, NETWORK | {"conflicted"}),
    (
        "framework-begin framework-import framework-in-force framework-discard training hearing-list expert term-end",
        ENDED,
        {"admin"},
    ),
    ("part-edit criterion-new criterion-remove texts texts-edit", ENDED, {"admin"}),
    ("judging own-profile", ENDED, NETWORK | JUDGES | {"conflicted", "elsewhere"}),
    ("own-training", ENDED, SIGNED_IN),
    ("hearing", [], set()),  # of a badge in doubt, which a case has not: test_hearings.py
    ("label", ENDED, NETWORK | {"conflicted"}),
    ("application", STATES, OWN),
    ("application case case-declare", HANDED_IN, NETWORK),
    ("application", IN_TEAM, JUDGES),
    ("judging", ENDED, {"panel 0"}),
    ("application", ["ready"], {"panel 0"}),
    ("panel", ["ready", *ENDED], {"panel 0"}),
    ("own", STATES, OWN),
    ("own-label", ENDED, OWN),
    ("own-label-surrender", ENDED, {"owner"}),
    ("own-condition condition own-check-in", [], set()),  # this label has none: test_conditions.py, test_check_in.py
    (
        "own-appeal-lodge own-appeal appeal appeal-panel report-before",
        [],
        set(),
    ),  # no appeal here: test_appeal_pages.py
    ("appeal-list", ENDED, {"admin"}),
    ("own-form own-all own-place own-history own-evidence own-replies", OPEN, OWN),
    ("own-submit own-discard own-withdraw", OPEN, {"owner"}),
    ("evidence", [], set()),  # a link: it has no file to be sent
    ("case-return case-not-eligible case-eligible case-hand-over team panel", HANDED_IN, LEADS),
    ("case-extend case-explain case-reexamine", HANDED_IN, {"admin"}),
    ("place-void place-agree", [*IN_TEAM, *ENDED], LEADS),
    ("assignment", [*IN_TEAM, *ENDED], {"assessor"}),
    ("desk desk-hand-in desk-questions desk-report", IN_TEAM, {"assessor"}),
    ("desk-file desk-sample", [], set()),  # likewise
    ("lead lead-report lead-finish", IN_TEAM, {"lead"}),
    ("lead-consensus", ["ready"], {"petra"} | JUDGES),
    ("case-print", HANDED_IN, {"petra"}),
    ("case-print", IN_TEAM, JUDGES),
    ("report report-pdf", ENDED, OWN | NETWORK),
]
PRINTED = {"case-print", "report-pdf", "certificate"}  # slow to make: opened only by those to whom they are shut


def opens_to(name, state) -> set:
    """Return to whom an address opens in a state."""
    return {who for names, states, found in TABLE if name in names.split() and state in states for who in found}


def cast_of(case, people) -> dict:
    """Return everybody by what they are called in the table, signed in."""
    conflicted = PersonFactory(roles=["coordinator"])
    DeclarationFactory(application=case, conflict="excluding", person=conflicted)
    spare = {"third assessor", "panel 1", "panel 2", "panel 3"}
    keys = {name: pk for name, pk in people.items() if name not in spare} | {
        "conflicted": conflicted.pk,
        "elsewhere": AssignmentFactory(accepted=True).person_id,
        "other owner": owner_of(OrganiserFactory(verified=True)).pk,
    }
    clients = {"nobody": Client(raise_request_exception=False)}
    for name, pk in keys.items():
        clients[name] = Client(raise_request_exception=False)
        clients[name].force_login(person(pk))
    return clients


def addresses(case, people) -> list[tuple[str, str]]:
    """Return every address that there is in a case as it stands, with real objects; others only once it has ended."""
    place = case.assignments.filter(person=people["assessor"]).first()
    evidence, label = case.evidence.get(), Label.objects.filter(application=case).first()
    values = {"slug": case.organiser.slug, "place": "criterion:A1", "code": "A1", "number": evidence.number}
    values |= {"item": 1, "question": 1, "name": case.framework.name, "part": "A1", "area": "A", "language": "lt"}
    values |= {"subject": "not_awarded", "year": case.day_0.year if case.day_0 else 0}
    values |= {"pk": people["assessor"], "dark": "-dark"}
    found = []
    for pattern in get_resolver("quality_label.urls").url_patterns:
        keyed = {"desk": place, "assignment": place, "place": place, "label": label}.get(
            pattern.name.split("-")[0], case
        )
        keyed = evidence if pattern.name in {"evidence", "own-evidence-remove", "own-evidence-widen"} else keyed
        names = set(pattern.pattern.regex.groupindex)
        is_of_case = "key" in names or (pattern.name.startswith("own") and "slug" in names)
        if (keyed is None and "key" in names) or not (is_of_case or case.state in ENDED):
            continue
        known = values | {"key": keyed and keyed.key}
        known |= {"pk": CommitteeTerm.objects.first().pk} if pattern.name == "term-end" else {}
        found.append(
            (pattern.name, reverse(f"quality_label:{pattern.name}", kwargs={name: known[name] for name in names}))
        )
    return found


@pytest.fixture
def no_log():
    """Write down none of the thousands of refusals."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def asked(name, state, clients) -> list[str]:
    """Return who is asked: everybody at full size, else one of those to whom it opens and one of the others, drawn."""
    allowed = opens_to(name, state)
    may = [who for who in clients if allowed & {who, "everybody"} and name not in PRINTED]
    may_not = [who for who in clients if not allowed & {who, "everybody"}]
    if IS_FULL:
        return may + may_not
    draw = random.Random(f"{name} {state}")
    return draw.sample(may, min(1, len(may))) + draw.sample(may_not, min(1, len(may_not)))


def faults_at(name, path, state, clients) -> list[tuple]:
    """Return who sees an address against the table, or may not see it against it, with the status."""
    allowed, faults = opens_to(name, state), []
    for who in asked(name, state, clients):
        may = bool(allowed & {who, "everybody"})
        answer = clients[who].get(path)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            continue  # it takes what is sent, and shows nothing
        is_shut = answer.status_code in SHUT or (who == "nobody" and "/login/" in answer.headers.get("Location", ""))
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or is_shut == may:
            faults.append((state, name, who, answer.status_code))
    return faults


@pytest.mark.timeout(3600 if IS_FULL else 600)
def test_each_address_opens_to_whom_the_table_says(db, no_log):
    case, people = whole_case()
    clients, faults, met = cast_of(case, people), [], set()

    while case.state not in met or case.is_open:
        if case.state in STATES and case.state not in met:
            faults += [
                fault for name, path in addresses(case, people) for fault in faults_at(name, path, case.state, clients)
            ]
        met.add(case.state)
        go_on(case, people)
        case = Application.objects.get(pk=case.pk)

    assert set(STATES) <= met
    assert faults == []
