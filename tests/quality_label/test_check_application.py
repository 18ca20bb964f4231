"""Checking an application: taken up, returned, not eligible, eligible, handed over, small organisers."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.audit.models import AuditEvent
from portal.notifications.models import Notification, OutgoingMail
from quality_label.actions import lower_sample, return_application, take_up_application
from quality_label.models import Application, SampleAllowance
from tests.factories.accounts import PersonFactory
from tests.factories.cases import NO, TYPED_NO, led_case, said, snapshot_of, typed
from tests.factories.label import ApplicationFactory, AssignmentFactory, DeclarationFactory
from tests.factories.organisers import OrganiserFactory, owner_of
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
LIST = "/network/applications/"
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
WHY = {"gate": "G2", "words": "Nobody of your staff holds the badge. Let somebody do the training."}


@pytest.fixture
def petra(client):
    person = PersonFactory(name="Petra N.", roles=["coordinator"])
    client.force_login(person)
    return person


def case_in_check(petra):
    return led_case(petra, in_check=True, assigning=False)


def url_of(case, page=""):
    return f"{LIST}{case.key}/{page}"


def state_of(case):
    return Application.objects.get(pk=case.pk).state


def mails() -> list:
    return list(OutgoingMail.objects.values_list("event", flat=True).order_by("pk"))


def seen(case, **more):
    return {"seen": Application.objects.get(pk=case.pk).version} | more


def gates(case) -> dict:
    return {gate.code: "on" for gate in case.rules.gates}


@pytest.mark.parametrize(
    ("roles", "status"), [([], 403), (["assessor"], 403), (["coordinator"], 200), (["network_admin"], 200)]
)
def test_the_list_is_for_coordinators_and_admins(client, roles, status):
    client.force_login(PersonFactory(roles=roles))

    assert client.get(LIST).status_code == status


def test_the_list_shows_what_is_most_urgent_first_without_drafts(client, petra):
    made = {}
    for name, days in [("young", 5), ("old", 80), ("middle", 61)]:
        with clock.moved_to(MONDAY - timedelta(days=days)):
            made[name] = ApplicationFactory(submitted=True)
    mine = led_case(petra, submitted=True, day_0="2027-02-27")
    ApplicationFactory()

    with clock.moved_to(MONDAY):
        client.force_login(petra)
        rows = client.get(LIST).context["rows"]
        waiting = client.get(LIST, {"show": "waiting"}).context["rows"]
        team = client.get(LIST, {"show": "team"}).context["rows"]

    assert [row["case"] for row in rows] == [made["old"], made["middle"], made["young"], mine]
    assert [row["clock"]["zone"] for row in rows] == ["late", "soon", "calm", "calm"]
    assert [row["clock"]["left"] for row in rows] == [10, 29, 85, 88]
    assert (len(waiting), [row["case"] for row in team]) == (3, [mine])


def test_the_list_and_the_case_cost_the_same_for_1_and_3_rows(client, petra):
    first = case_in_check(petra)
    with_one = queries_of(client, LIST)
    case_in_check(petra)
    case_in_check(PersonFactory(roles=["coordinator"]))
    assert queries_of(client, LIST) == with_one

    AssignmentFactory(application=first)
    page = queries_of(client, url_of(first))
    AssignmentFactory(application=first)
    AssignmentFactory(application=first)
    assert queries_of(client, url_of(first)) == page


def test_who_declares_no_conflict_takes_the_case_up(client, petra):
    case = ApplicationFactory(submitted=True)
    assert "Take the case up" in client.get(url_of(case)).text

    response = client.post(url_of(case, "declare/"), TYPED_NO)

    case = Application.objects.get(pk=case.pk)
    assert response["Location"] == url_of(case)
    assert (case.state, case.coordinator) == ("in_check", petra)
    assert case.declarations.get().conflict == "none"
    assert client.post(url_of(case, "declare/"), TYPED_NO).status_code == 409


def test_an_excluding_answer_is_403_keeps_the_declaration_and_closes_the_case(client, petra):
    case = ApplicationFactory(submitted=True)
    Notification.objects.create(
        person=petra, event="quality_label/case_handed_over", object_type="quality_label.application", object_id=case.pk
    )

    response = client.post(url_of(case, "declare/"), typed("pay"))

    assert response.status_code == 403
    assert state_of(case) == "submitted"
    assert case.declarations.get().conflict == "excluding"
    assert not Notification.objects.filter(person=petra).exists()
    assert client.get(url_of(case)).status_code == 404
    assert not client.get(LIST).context["rows"]
    other = PersonFactory(roles=["coordinator"])
    assert take_up_application(case, NO, by=other).conflict == "none"


def test_an_unanswered_question_is_422_and_keeps_the_rest(client, petra):
    case = ApplicationFactory(submitted=True)

    response = client.post(url_of(case, "declare/"), typed("project") | {"family": "", "project_words": ""})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"family", "project_words"}
    assert response.context["form"]["project"].value() == "yes"
    assert not case.declarations.exists()


def test_a_file_is_returned_once_for_14_days_with_a_sentence_a_place(client, petra):
    with clock.moved_to(MONDAY):
        client.force_login(petra)
        case = case_in_check(petra)
        empty = client.post(url_of(case, "return/"), seen(case))
        done = client.post(
            url_of(case, "return/"),
            seen(case, **{"criterion:A1": "The reason is cut off.", "context": "No languages."}),
        )

    case = Application.objects.get(pk=case.pk)
    returned = case.returns.get()
    assert (empty.status_code, done.status_code) == (422, 302)
    assert (case.state, str(case.answer_by)) == ("returned", "2027-03-15")
    assert returned.places == {"context": "No languages.", "criterion:A1": "The reason is cut off."}
    assert case.pauses.get().cause == "return"
    assert mails() == ["quality_label/application_returned"]


def test_a_second_return_is_409(client, petra):
    case = return_application(case_in_check(petra), {"context": "Empty."}, by=petra)
    Application.objects.filter(pk=case.pk).update(state="in_check", answer_by=None)

    assert client.get(url_of(case, "return/")).status_code == 409
    assert client.post(url_of(case, "return/"), seen(case, context="Again.")).status_code == 409
    assert case.returns.count() == 1


@pytest.mark.parametrize("missing", ["gate", "words"])
def test_not_eligible_needs_a_gate_and_words(client, petra, missing):
    case = case_in_check(petra)

    response = client.post(url_of(case, "not-eligible/"), seen(case, **WHY | {missing: " "}))

    assert (response.status_code, state_of(case)) == (422, "in_check")
    assert missing in response.context["form"].errors


def test_not_eligible_ends_the_case_with_kind_words(client, petra):
    case = case_in_check(petra)

    client.post(url_of(case, "not-eligible/"), seen(case, **WHY))

    case = Application.objects.get(pk=case.pk)
    assert (case.state, case.ineligible_gate, case.ending_words) == ("ineligible", "G2", WHY["words"])
    assert mails() == ["quality_label/application_not_eligible"]
    assert WHY["words"] in client.get(url_of(case)).text


def test_a_gate_that_has_fallen_since_day_0_is_named(client, petra):
    case = case_in_check(petra)
    snapshot_of(
        case, gates=[{"code": "G1", "is_met": True}, {"code": "G3", "is_met": True}, {"code": "G2", "is_met": False}]
    )

    said = client.get(url_of(case, "eligible/")).text

    assert said.count("Not so any more") == 1
    assert "Not so any more: Nobody was awarded a badge yet" in said or "Not so any more: No badge" in said


def test_what_was_found_is_read_in_ones_own_language_and_the_applicants_words_are_marked(client, petra):
    case = case_in_check(petra)
    found = {"en": "5 of 20 awards in twelve months.", "lt": "5 iš 20 suteikimų per dvylika mėnesių."}
    words = "Few came in winter."
    snapshot_of(case, gates=[{"code": "G4", "is_met": False, "said": found, "explanation": words}])

    for path in ["", "eligible/"]:
        page = client.get(url_of(case, path)).text
        assert f"Not met when it was handed in. {found['en']}" in page
        assert f"The applicant explains: {words}" in page
        client.cookies["language"] = "lt"
        assert found["lt"] in client.get(url_of(case, path)).text
        client.cookies["language"] = "en"


def test_eligible_needs_a_tick_at_every_gate(client, petra):
    case = case_in_check(petra)
    snapshot_of(case)
    assert "Met when it was handed in." in client.get(url_of(case, "eligible/")).text

    one_missing = client.post(url_of(case, "eligible/"), seen(case, **gates(case)) | {"G3": ""})
    all_there = client.post(url_of(case, "eligible/"), seen(case, **gates(case)))

    assert (one_missing.status_code, list(one_missing.context["form"].errors)) == (422, ["G3"])
    assert (all_there.status_code, state_of(case)) == (302, "assigning")
    assert mails() == ["quality_label/application_eligible"]


@pytest.mark.parametrize("standing", ["lapsed", "suspended"])
def test_g1_and_g5_must_still_hold(client, petra, standing):
    case = case_in_check(petra)
    type(case.organiser).objects.filter(pk=case.organiser.pk).update(standing=standing)

    assert client.post(url_of(case, "eligible/"), seen(case, **gates(case))).status_code == 409
    assert state_of(case) == "in_check"


def test_a_stale_form_is_409_and_keeps_what_was_typed(client, petra):
    case = case_in_check(petra)
    Application.objects.filter(pk=case.pk).update(version=5)

    response = client.post(url_of(case, "not-eligible/"), {"seen": 1, **WHY})

    assert response.status_code == 409
    assert WHY["words"] in response.text
    assert response.context["form"]["seen"].value() == 5


def test_other_coordinators_read_but_do_not_act(client, petra):
    case = case_in_check(PersonFactory(roles=["coordinator"]))

    assert client.get(url_of(case)).status_code == 200
    assert {
        client.post(url_of(case, page)).status_code for page in ["return/", "eligible/", "hand-over/", "team/"]
    } == {403}


def test_who_has_another_part_in_the_case_does_not_read_it_as_a_coordinator(client, petra):
    case = led_case()
    AssignmentFactory(application=case, person=petra)

    assert client.get(url_of(case)).status_code == 403


def test_an_admin_acts_in_place_of_the_coordinator_after_declaring_and_the_log_says_so(client, petra):
    case = case_in_check(petra)
    admin = PersonFactory(name="Hanna W.", roles=["network_admin"])
    client.force_login(admin)
    assert "in their place" in client.get(url_of(case)).text
    assert client.post(url_of(case, "not-eligible/"), seen(case, **WHY)).status_code == 409

    client.post(url_of(case, "declare/"), TYPED_NO)
    client.post(url_of(case, "not-eligible/"), seen(case, **WHY))

    case = Application.objects.get(pk=case.pk)
    line = AuditEvent.objects.get(verb="quality_label.act_for_coordinator")
    assert (case.state, case.coordinator) == ("ineligible", petra)
    assert (line.actor, line.facts) == (admin, {"coordinator": petra.pk, "step": "turn_down"})
    assert "taken in place of the coordinator" in client.get(url_of(case)).text


def test_a_case_is_handed_over_to_somebody_free_who_declares_first(client, petra):
    case = case_in_check(petra)
    luca = PersonFactory(name="Luca D.", roles=["coordinator"])
    barred = DeclarationFactory(
        application=case, conflict="excluding", person=PersonFactory(roles=["coordinator"])
    ).person

    refused = client.post(url_of(case, "hand-over/"), seen(case, coordinator=barred.pk))
    client.post(url_of(case, "hand-over/"), seen(case, coordinator=luca.pk))

    assert refused.status_code == 422
    case = Application.objects.get(pk=case.pk)
    assert case.coordinator == luca
    assert mails() == ["quality_label/case_handed_over"]
    client.force_login(luca)
    assert client.post(url_of(case, "not-eligible/"), seen(case, **WHY)).status_code == 409
    client.post(url_of(case, "declare/"), TYPED_NO)
    assert client.post(url_of(case, "not-eligible/"), seen(case, **WHY)).status_code == 302


def test_the_sections_of_a_return_are_shut_but_for_those_with_words_or_a_fault(client, petra):
    case = case_in_check(petra)
    fresh = client.get(url_of(case, "return/")).text

    refused = client.post(url_of(case, "return/"), seen(case, **{"criterion:B2": "x" * 501, "plan": "One row."}))

    groups = refused.context["form"].groups()
    names = [group["name"].split()[0] for group in groups]
    assert all(f"<details><summary>{group['name']}</summary>" in fresh for group in groups)
    assert (len(groups) < 20, sum(len(group["fields"]) for group in groups)) == (True, 34)
    assert [name for name, group in zip(names, groups, strict=True) if group["is_open"]] == ["B", "Improvement"]
    assert "B2 Consistent judgement: This has 501 characters. At most 500 fit." in refused.text


def test_the_case_page_shows_the_file_as_it_was_handed_in(client, petra):
    case = case_in_check(petra)
    snapshot_of(case, evidence=[{"title": "Our rubric", "criteria": ["B2"]}])

    page = client.get(url_of(case)).text

    for words in ["Young people of the harbour", "A1 Purpose and audience", "Our rubric", "target: day 7"]:
        assert words in page


def test_the_file_has_the_order_of_the_form(client, petra):
    case = case_in_check(petra)
    words = {"level": 2, "reason": "As we see it."}
    snapshot_of(case, answers={"criterion:B1": words, "context": {"learners": "Young people."}, "criterion:A1": words})

    sections = client.get(url_of(case)).context["file"]["sections"]

    assert [section["title"].split()[0] for section in sections][1:] == ["A1", "B1"]


def test_the_log_begins_when_the_case_was_handed_in_and_names_every_step(client, petra):
    case = led_case(petra, in_review=True)
    with clock.moved_to(-timedelta(days=1)):
        record("quality_label.start_application", about=case, by=petra)
    for verb in ["attach_evidence", "gather_questions", "vote", "promise_broken", "explain_delay"]:
        record(f"quality_label.{verb}", about=case, by=petra)

    titles = {line["title"] for line in client.get(url_of(case)).context["log"]}

    assert "Start application" not in titles
    assert titles >= {"Evidence attached", "Questions gathered", "Vote cast", "Delay explained"}
    assert "Promised day passed without a decision" in titles


def test_the_log_names_people_and_shows_no_address(client, petra):
    case = led_case(petra, in_review=True)
    owner = owner_of(case.organiser)
    Person.objects.filter(pk__in=[petra.pk, owner.pk]).update(name="")
    for person in [petra, owner, PersonFactory(name=""), PersonFactory(name="Luca D.")]:
        record("quality_label.attach_evidence", about=case, by=person)

    log = client.get(url_of(case)).context["log"]

    assert [line["by"] for line in log[:4]] == [
        "Luca D.",
        "somebody of the network",
        "the applicant",
        "the coordinator",
    ]


def test_numbers_are_lowered_once_with_a_reason_and_not_for_ones_own(client, petra):
    organiser = OrganiserFactory()
    own = OrganiserFactory(author=petra)
    typed_numbers = {"organiser": organiser.pk, "badges": 2, "awards": 8, "people": 6, "reason": "An island of 200."}
    page = f"{LIST}small-organisers/"

    without = client.post(page, typed_numbers | {"reason": ""})
    more = client.post(page, typed_numbers | {"awards": 30})
    not_mine = client.post(page, typed_numbers | {"organiser": own.pk})
    done = client.post(page, typed_numbers)
    again = client.post(page, typed_numbers)

    assert [one.status_code for one in [without, more, not_mine, done, again]] == [422, 422, 422, 302, 422]
    allowance = SampleAllowance.objects.get()
    assert (allowance.organiser, allowance.awards, allowance.by) == (organiser, 8, petra)
    assert "An island of 200." in client.get(page).text


def test_owners_do_not_lower_their_own_numbers():
    organiser = OrganiserFactory()
    with pytest.raises(PermissionDenied):
        lower_sample(organiser, badges=1, awards=1, people=1, reason="x", by=owner_of(organiser))


def test_manageable_ties_do_not_keep_a_coordinator_away(petra):
    case = ApplicationFactory(submitted=True)

    assert take_up_application(case, said("project"), by=petra).conflict == "manageable"
    assert state_of(case) == "in_check"
    assert Person.objects.get(pk=petra.pk) == Application.objects.get(pk=case.pk).coordinator
