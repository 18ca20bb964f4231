"""The Quality Label in the workspace: what is next, where an application stands, what may stand in its way."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.formats import date_format

from portal import clock
from portal.accounts.models import Person
from portal.notifications.actions import notify
from portal.notifications.schedule import send_due_mail
from quality_label.actions.days import deadline, stop_days
from quality_label.models import (
    Application,
    Clarification,
    ClarificationQuestion,
    SampleAllowance,
    TrainingBadge,
)
from quality_label.readiness import no_case
from quality_label.workflow.application import EVERY, FINAL
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.label import (
    ApplicationFactory,
    AssignmentFactory,
    condition,
    decided,
    framework_in_force,
    label,
    voted_case,
)
from tests.factories.organisers import MembershipFactory, OrganiserFactory, owner_of
from tests.factories.pathways import playlist
from tests.quality_label.awarding import give

pytestmark = pytest.mark.django_db
MORNING = datetime(2027, 3, 1, 9, tzinfo=UTC)
EVENTS = [
    "application_received", "application_new", "application_completed", "application_withdrawn", "draft_waiting",
    "draft_lapsed", "return_waiting", "return_over", "questions_waiting", "questions_over", "questions_answered",
    "questions_unanswered",
]  # fmt: skip


def own(organiser):
    return reverse("quality_label:own", args=[organiser.slug])


def in_state(state, **facts):
    if state != "draft":
        facts |= {"submitted": True}
    if state in FINAL:
        facts["ended_at"] = clock.now()
    if state in {"returned", "clarification"}:
        facts["answer_by"] = clock.today()
    return ApplicationFactory(**facts | {"state": state})


def test_the_page_leads_from_being_verified_to_applying(client):
    framework_in_force()
    organiser = OrganiserFactory()
    client.force_login(owner_of(organiser))

    page = client.get(own(organiser))

    assert [stop["state"] for stop in page.context["stops"]] == ["now", "", "", ""]
    assert page.context["next"]["url"] == organiser.verification_url
    assert "Begin the application" in page.content.decode()


def test_the_last_stop_is_shut_until_one_can_apply_again_and_leads_to_the_draft(client):
    framework_in_force()
    with clock.moved_to(MORNING):
        refused = in_state("not_awarded", ended_at=MORNING)
        client.force_login(owner_of(refused.organiser))
        shut = client.get(own(refused.organiser)).context
        draft = in_state("draft")
        client.force_login(owner_of(draft.organiser))
        begun = client.get(own(draft.organiser)).context["stops"][-1]

    assert (shut["stops"][-1]["state"], shut["stops"][-1]["url"]) == ("locked", "")
    assert (
        shut["stops"][-1]["text"]
        == shut["next"]["text"]
        == f"You can apply again from {date_format(refused.again_from)}."
    )
    assert begun["url"] == reverse("quality_label:own-form", args=[draft.organiser.slug])


def test_members_read_and_strangers_find_nothing(client):
    organiser = OrganiserFactory()
    statuses = []
    for person in [MembershipFactory(organiser=organiser, role="reviewer").person, PersonFactory()]:
        client.force_login(person)
        statuses.append(client.get(own(organiser)).status_code)

    assert statuses == [200, 404]


@pytest.mark.parametrize("state", EVERY)
def test_applicants_read_no_names_and_no_inner_steps(client, state):
    application = in_state(state)
    assessor = AssignmentFactory(application=application, accepted=True, person=PersonFactory(name="Zz Assessor"))
    client.force_login(owner_of(application.organiser))

    text = client.get(own(application.organiser)).content.decode()

    assert assessor.person.name not in text
    assert not any(word in text.lower() for word in ["rejected", "consensus", "third review"])


def test_days_that_do_not_count_are_named(client):
    with clock.moved_to(timedelta(days=-20)):
        application = ApplicationFactory(submitted=True, state="in_check")
    with clock.moved_to(timedelta(days=-10)):
        plain, _answer_by = deadline(14)
        stop_days(application, "return", plain=plain)
    application.pauses.update(resumed_on=clock.today() - timedelta(days=7))
    client.force_login(owner_of(application.organiser))

    page = client.get(own(application.organiser))

    assert (page.context["clock"].day, page.context["since"]) == (17, "20 days since you applied")
    assert "returned to be completed" in page.context["pauses"][0]


def test_a_pause_without_a_day_is_not_told(client):
    with clock.moved_to(MORNING):
        application = in_state("in_review")
        stop_days(application, "return", plain=clock.today())
        application.pauses.update(resumed_on=clock.today())
        client.force_login(owner_of(application.organiser))

        page = client.get(own(application.organiser))

    assert (page.context["pauses"], "These days do not count" in page.content.decode()) == ([], False)


@pytest.mark.parametrize("state", ["returned", "clarification"])
def test_what_waits_for_the_applicant_stands_first(client, state):
    application = in_state(state)
    if state == "returned":
        application.returns.create(places={"context": "Nothing is said."})
    else:
        open_round = Clarification.objects.create(application=application, round=1, sent_at=clock.now())
        ClarificationQuestion.objects.create(clarification=open_round, code="A1", words="Why?")
    client.force_login(owner_of(application.organiser))

    page = client.get(own(application.organiser))

    assert page.context["next"]["text"].startswith("Your turn")
    assert client.get(page.context["next"]["url"]).status_code == 200


@pytest.mark.parametrize(
    ("states", "days_ago", "is_met"),
    [
        (["not_awarded"], 89, False),
        (["not_awarded"], 90, True),
        (["withdrawn"], 0, True),
        (["withdrawn", "withdrawn"], 29, False),
        (["withdrawn", "withdrawn"], 30, True),
        (["ineligible", "lapsed"], 0, True),
    ],
)
def test_waiting_times_after_earlier_cases_are_kept_to_the_day(states, days_ago, is_met):
    application = ApplicationFactory()
    for state in states:
        with clock.moved_to(MORNING - timedelta(days=days_ago)):
            in_state(state, organiser=application.organiser)

    with clock.moved_to(MORNING):
        assert no_case(application, clock.today()).is_met is is_met


def test_who_was_refused_reads_the_report_and_from_when_to_apply_again(client):
    application = decided(voted_case(*["not_awarded"] * 3, levels={"C4": 1}), "not_awarded").application
    Application.objects.filter(pk=application.pk).update(started_at=clock.now() - timedelta(days=70))
    client.force_login(Person.objects.get(pk=owner_of(application.organiser).pk))

    page = client.get(own(application.organiser)).content.decode()

    assert application.decision.get_absolute_url() in page
    assert f"{application.reference} · {date_format(clock.today())}" in page
    first = clock.today() + timedelta(days=90)
    assert f"You can apply again from {date_format(first)}." in page
    assert reverse("quality_label:own-start", args=[application.organiser.slug]) not in page


def test_who_gave_an_application_up_may_begin_with_a_copy_of_it(client):
    framework_in_force()
    organiser = OrganiserFactory(verified=True)
    withdrawn = in_state("withdrawn", organiser=organiser)
    client.force_login(owner_of(organiser))

    page = client.get(own(organiser)).text

    copying = reverse("quality_label:own-copy", args=[withdrawn.key])
    assert page.index(copying) < page.index(reverse("quality_label:own-start", args=[organiser.slug]))
    assert "Begin with a copy of the last one" in page
    assert client.post(copying).status_code == 302
    assert Application.objects.of(organiser).open().get().copied_from == withdrawn


def test_who_was_refused_may_begin_with_a_copy_once_the_waiting_time_is_over(client):
    framework_in_force()
    with clock.moved_to(MORNING - timedelta(days=90)):
        refused = in_state("not_awarded", organiser=OrganiserFactory(verified=True))
    with clock.moved_to(MORNING):
        client.force_login(owner_of(refused.organiser))
        copying = reverse("quality_label:own-copy", args=[refused.key])

        assert copying in client.get(own(refused.organiser)).text
        assert client.post(copying).status_code == 302
        assert Application.objects.of(refused.organiser).open().get().copied_from == refused


@pytest.mark.parametrize("is_trained", [False, True])
def test_train_leads_to_the_playlist_of_the_training(client, is_trained):
    training = published_badge(OrganiserFactory(verified=True, is_network=True))
    TrainingBadge.objects.create(badge_class=training)
    route = playlist(organiser=training.organiser, badge_class=training)
    organiser = OrganiserFactory(verified=True)
    if is_trained:
        give(training, owner_of(organiser).email, on=clock.today())
    client.force_login(owner_of(organiser))

    stop = client.get(own(organiser)).context["stops"][1]

    assert (stop["is_met"], stop["url"]) == (is_trained, f"/playlists/{route.translation_key}/")


def test_a_gate_that_is_met_asks_for_nothing(client):
    application = ApplicationFactory()
    SampleAllowance.objects.create(organiser=application.organiser, badges=1, awards=1, people=1, reason="Small.")
    give(published_badge(application.organiser), "one@example.org", on=clock.today())
    client.force_login(owner_of(application.organiser))

    page = client.get(reverse("quality_label:own-place", args=[application.organiser.slug, "gate:G4"])).text

    assert "there is nothing to do here" in page


def test_a_holder_reads_until_when_the_label_holds(client):
    held = label()
    client.force_login(Person.objects.get(pk=owner_of(held.organiser).pk))

    page = client.get(own(held.organiser)).content.decode()

    assert held.sentence in page
    assert "it holds meanwhile" in page


def test_a_holder_on_conditions_reads_them_with_their_days(client):
    case = voted_case(*["awarded_conditions"] * 3, levels={"F3": 2})
    asked = condition()
    decided(case, "awarded_conditions", conditions=[asked])
    client.force_login(Person.objects.get(pk=owner_of(case.organiser).pk))

    text = client.get(own(case.organiser)).text

    assert f"F3 reaches level 3 by {date_format(asked['due_on'])}." in text
    assert asked["evidence"] in text


@pytest.mark.parametrize("standing", ["suspended", "revoked"])
def test_who_may_not_act_has_a_case_in_the_way(standing):
    application = ApplicationFactory(organiser=OrganiserFactory(standing=standing))

    assert not no_case(application, clock.today()).is_met


@pytest.mark.parametrize("event", EVENTS)
def test_each_mail_names_the_case_and_leads_to_it(event, django_capture_on_commit_callbacks):
    organiser = OrganiserFactory(words="Ratas", verified=True)
    application = ApplicationFactory(organiser=organiser, submitted=True, state="returned", answer_by="2027-03-31")
    application = Application.objects.get(pk=application.pk)
    notify([PersonFactory(name="Ona")], f"quality_label/{event}", about=application)

    send_due_mail()

    (letter,) = mail.outbox
    assert "Ratas" in letter.body
    assert f"/quality-label/applications/{application.key}/" in letter.body
    assert ("{{" in letter.body, "{{" in letter.subject, letter.subject == "") == (False, False, False)
    assert letter.subject in letter.alternatives[0][0]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number(client, count, django_assert_num_queries):
    organiser = OrganiserFactory(verified=True)
    for _number in range(count):
        in_state("lapsed", organiser=organiser)
    client.force_login(Person.objects.get(pk=owner_of(organiser).pk))
    client.get(own(organiser))

    with django_assert_num_queries(28):
        client.get(own(organiser))
