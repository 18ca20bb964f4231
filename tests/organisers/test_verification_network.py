"""Checking organisers: the queue, the case of a coordinator, papers, second looks."""

from datetime import UTC, datetime, timedelta

import pytest

from organisers.actions import (
    answer_question,
    ask_for_information,
    ask_for_second_look,
    reject_verification,
    take_up_verification,
    verify_organiser,
)
from organisers.models import Organiser, VerificationCase
from portal import clock
from portal.files.gate import Admitted
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import (
    MembershipFactory,
    OrganiserFactory,
    case_in_check,
    case_with_question,
    owner_of,
    requested_case,
)
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
QUEUE = "/network/verifications/"
QUESTION = {"ask-about": ["document"], "ask-words": "Please attach your statutes, the last version."}
TICKED = {"verify-checks": list(VerificationCase.CHECKS), "verify-note": "Called them."}
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def petra(client):
    person = PersonFactory(name="Petra N.", roles=["coordinator"])
    client.force_login(person)
    return person


def text(response) -> str:
    return response.content.decode()


def names(client, show="") -> list[str]:
    return [case.organiser.slug for case in client.get(QUEUE, {"show": show}).context["cases"]]


def test_the_queue_is_for_the_network(client):
    client.force_login(owner_of(OrganiserFactory()))
    assert client.get(QUEUE).status_code == 403

    for role in ["coordinator", "network_admin"]:
        client.force_login(PersonFactory(roles=[role]))
        assert client.get(QUEUE).status_code == 200
        assert QUEUE in text(client.get("/workspace/"))


def test_the_queue_shows_what_is_due_first_and_leaves_out_ones_own(client, petra):
    with clock.moved_to(MONDAY):
        first = requested_case()
    with clock.moved_to(MONDAY + timedelta(days=2)):
        asked = case_with_question(petra)
        mine = case_in_check(petra)
    own = requested_case()
    MembershipFactory(organiser=own.organiser, person=petra, role="author")

    with clock.moved_to(MONDAY + timedelta(days=15)):
        client.force_login(petra)
        found = {show: names(client, show) for show in ["", "waiting", "mine", "questions", "overdue"]}

    slugs = [one.organiser.slug for one in (first, mine, asked)]
    assert found == {
        "": slugs,
        "waiting": slugs[:1],
        "mine": slugs[1:],
        "questions": slugs[2:],
        "overdue": slugs[:1],
    }


def test_the_queue_asks_the_same_of_the_database_for_one_and_for_three(client, petra):
    case_with_question(petra)
    one = queries_of(client, QUEUE)
    case_with_question(petra)
    requested_case()

    assert queries_of(client, QUEUE) == one


def test_a_coordinator_takes_a_case_up_asks_and_verifies(client, petra):
    case = requested_case()
    url, owner = case.get_absolute_url(), owner_of(case.organiser)
    assert "Take the case up" in text(client.get(url))

    client.post(f"{url}take/")
    asked = client.post(f"{url}ask/", QUESTION | {"ask-seen": 1})
    answer_question(VerificationCase.objects.get(), words="Here they are.", by=owner)
    page = client.get(url)
    decided = client.post(f"{url}verify/", TICKED | {"verify-seen": page.context["case"].version})

    assert (asked.status_code, decided.status_code) == (302, 302)
    assert "Here they are." in text(page)
    assert Organiser.objects.get().standing == "verified"
    assert VerificationCase.objects.get().note == "Called them."


@pytest.mark.parametrize(
    ("act", "typed", "field"),
    [
        ("ask", QUESTION | {"ask-words": "Short?"}, "words"),
        ("ask", QUESTION | {"ask-about": []}, "about"),
        ("verify", TICKED | {"verify-checks": ["identity"]}, "checks"),
        ("reject", {"reject-reason": "", "reject-words": "No."}, "reason"),
        ("reject", {"reject-reason": "contact", "reject-words": " "}, "words"),
    ],
)
def test_what_is_missing_is_said_beside_the_case(client, petra, act, typed, field):
    case = case_in_check(petra)

    answer = client.post(f"{case.get_absolute_url()}{act}/", typed | {f"{act}-seen": case.version})

    assert (answer.status_code, list(answer.context["forms"][act].errors)) == (422, [field])
    assert VerificationCase.objects.get().state == "in_check"


def test_a_stale_form_is_shown_with_what_was_typed_and_how_things_stand(client, petra):
    case = case_in_check(petra)
    stale = case.version
    case = case_with_answer(case, petra)

    answer = client.post(f"{case.get_absolute_url()}reject/", reject(stale))
    page = text(answer)

    assert answer.status_code == 409
    assert "Somebody else changed this in the meantime." in page
    assert "Nobody answered the telephone." in page
    assert "We moved house." in page
    again = answer.context["forms"]["reject"]["seen"].value()
    assert client.post(f"{case.get_absolute_url()}reject/", reject(again)).status_code == 302


def reject(seen):
    return {"reject-reason": "contact", "reject-words": "Nobody answered the telephone.", "reject-seen": seen}


def case_with_answer(case, petra):
    asked = ask_for_information(case, about=["address"], words="Where do you stand now, please?", by=petra)
    return answer_question(asked, words="We moved house.", by=owner_of(case.organiser))


def test_what_somebody_else_took_up_is_refused_with_their_name(client, petra):
    case = requested_case()
    take_up_verification(case, by=PersonFactory(name="Luca D.", roles=["coordinator"]))

    answer = client.post(f"{case.get_absolute_url()}take/")
    asked = client.post(f"{case.get_absolute_url()}ask/", QUESTION | {"ask-seen": 1})

    assert (answer.status_code, "Luca D. took it up already." in text(answer)) == (409, True)
    assert asked.status_code == 403


def test_ones_own_organiser_is_not_checked(client, petra):
    inside, above = requested_case(), requested_case(OrganiserFactory(parent=OrganiserFactory()))
    MembershipFactory(organiser=inside.organiser, person=petra, role="author")
    MembershipFactory(organiser=above.organiser.parent, person=petra, role="author")

    answers = [client.post(f"{case.get_absolute_url()}take/").status_code for case in (inside, above)]

    assert answers == [403, 404]


def test_an_admin_acts_as_coordinator_and_reads_so(client, petra):
    case = case_in_check(petra)
    client.force_login(PersonFactory(roles=["network_admin"]))

    assert "as an admin of the network" in text(client.get(case.get_absolute_url()))
    sent = client.post(f"{case.get_absolute_url()}verify/", TICKED | {"verify-seen": case.version})

    assert (sent.status_code, Organiser.objects.get().standing) == (302, "verified")


@pytest.mark.parametrize("step", ["verify", "reject"])
def test_who_took_a_case_up_is_told_that_an_admin_decided_it(petra, step):
    case, admin = case_in_check(petra), PersonFactory(name="Ada A.", roles=["network_admin"])
    decide_in_place = {
        "verify": lambda by: verify_organiser(case, checks=case.needed_checks, note="Seen.", by=by),
        "reject": lambda by: reject_verification(case, reason="contact", words="Nobody answered.", by=by),
    }[step]

    decide_in_place(admin)

    line = petra.notifications.get(event="organisers/verification_decided")
    assert (line.facts["by"], line.facts["by_key"]) == ("Ada A.", str(admin.key))
    assert not admin.notifications.filter(event="organisers/verification_decided").exists()


def test_who_decides_their_own_case_is_told_nothing(petra):
    reject_verification(case_in_check(petra), reason="contact", words="Nobody answered.", by=petra)

    assert not petra.notifications.filter(event="organisers/verification_decided").exists()


def test_a_second_look_is_given_to_somebody_else(client, petra):
    case = reject_verification(case_in_check(petra), reason="contact", words="Nobody answered.", by=petra)
    luca, url = PersonFactory(roles=["coordinator"]), case.get_absolute_url()
    ask_for_second_look(case, by=owner_of(case.organiser))
    assert "Give it to somebody else" not in text(client.get(url))
    assert client.post(f"{url}give/", {"coordinator": luca.pk}).status_code == 403
    client.force_login(PersonFactory(roles=["network_admin"]))
    assert case.organiser.name in text(client.get(QUEUE))

    same = client.post(f"{url}give/", {"coordinator": petra.pk})
    other = client.post(f"{url}give/", {"coordinator": luca.pk})

    assert (same.status_code, other.status_code) == (422, 302)
    assert VerificationCase.objects.get().coordinator == luca


def test_papers_are_for_those_who_follow_the_check(client, petra):
    case = case_with_question(petra)
    paper = Admitted("statutes.pdf", b"%PDF-1.4 statutes", "application/pdf")
    owner = owner_of(case.organiser)
    answer_question(case, words="", files=[paper], by=owner)
    document, other = case.documents.get(), requested_case()
    url = f"{case.get_absolute_url()}documents/{document.key}/"

    answers = {}
    for name, person in {"owner": owner, "petra": petra, "stranger": PersonFactory()}.items():
        client.force_login(person)
        answers[name] = client.get(url).status_code
    client.force_login(petra)
    sent = client.get(url)

    assert answers == {"owner": 200, "petra": 200, "stranger": 404}
    assert sent["Cache-Control"] == "no-store, private"
    assert sent["Content-Disposition"] == 'attachment; filename="statutes.pdf"'
    assert client.get(f"{other.get_absolute_url()}documents/{document.key}/").status_code == 404
    client.logout()
    assert client.get(url).status_code == 302
