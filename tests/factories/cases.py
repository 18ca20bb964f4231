"""Cases of the label with a coordinator, experts and answers, for tests."""

from quality_label.conflicts import QUESTIONS
from quality_label.models import ExpertProfile, Snapshot
from tests.factories.accounts import PersonFactory
from tests.factories.label import ApplicationFactory, AssignmentFactory, DeclarationFactory

NO = {code: {"yes": False, "words": ""} for code in QUESTIONS}
TYPED_NO = dict.fromkeys(QUESTIONS, "no")


def said(*yes) -> dict:
    """Return answers with a yes to some questions."""
    return NO | {code: {"yes": True, "words": "Two years ago."} for code in yes}


def typed(*yes) -> dict:
    """Return what a browser sends for these answers, with the promise."""
    words = {f"{code}_words": "Two years ago." for code in yes}
    return TYPED_NO | dict.fromkeys(yes, "yes") | words | {"is_confidential": "on"}


def led_case(petra=None, **facts):
    """Return a case whose coordinator said that there is no conflict; looking for a team unless told otherwise."""
    petra = petra or PersonFactory(name="Petra N.", roles=["coordinator"])
    case = ApplicationFactory(**({"assigning": True} | facts), coordinator=petra)
    DeclarationFactory(application=case, person=petra, answers=NO)
    return case


def expert(*roles, languages=("en",), country="NO", **facts):
    """Return somebody who judges; from abroad, so that there is no tie."""
    person = PersonFactory(roles=list(roles) or ["assessor"], country=country, **facts)
    ExpertProfile.objects.create(person=person, languages=list(languages))
    return person


def trio() -> list:
    """Return two assessors and a lead."""
    return [expert("assessor"), expert("assessor"), expert("lead_assessor")]


def whole_team(case, **facts) -> list:
    """Let three people hold the places of a case."""
    people = trio()
    roles = ["assessor", "assessor", "lead"]
    return [
        AssignmentFactory(application=case, person=person, role=role, accepted=True, **facts)
        for person, role in zip(people, roles, strict=True)
    ]


def snapshot_of(case, **document) -> Snapshot:
    """Freeze a file."""
    answers = {
        "signatory": {"name": "Ruta K."},
        "context": {"learners": "Young people of the harbour"},
        "criterion:A1": {"level": 3, "reason": "Every badge names its readers."},
        "conflicts": {
            "people": [{"name": "Ingrid L.", "how": "a workshop"}],
            "avoid": [{"name": "Bo A.", "reason": "x"}],
        },
    }
    document = {"answers": answers, "gates": [{"code": "G1", "is_met": True}], "evidence": []} | document
    return Snapshot.objects.create(application=case, cause="submitted", document=document, sha256="0" * 64)
