"""Writing a draft: who may, two at once, the history, and what hinders."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from organisers.models import Organiser
from portal import clock
from portal.accounts.models import Person
from portal.audit.models import AuditEvent
from portal.workflow import Stale, StepRefused
from quality_label.actions import (
    copy_application,
    discard_draft,
    save_answer,
    start_application,
    withdraw_application,
)
from quality_label.models import Application
from tests.factories.badges import published_badge
from tests.factories.label import ApplicationFactory, framework_in_force
from tests.factories.organisers import MembershipFactory, OrganiserFactory, owner_of

pytestmark = pytest.mark.django_db
REASON = "We look at each award twice, and write down what we saw."


@pytest.fixture
def draft():
    return ApplicationFactory()


@pytest.fixture
def owner(draft):
    return owner_of(draft.organiser)


def page(draft, place="criterion:A1"):
    return reverse("quality_label:own-place", args=[draft.organiser.slug, place])


def test_an_unverified_organiser_begins_a_draft_and_only_one():
    framework, organiser = framework_in_force(), OrganiserFactory()

    draft = start_application(organiser, by=owner_of(organiser))

    assert (draft.framework, draft.is_draft) == (framework, True)
    with pytest.raises(StepRefused, match="Go on with that one"):
        start_application(organiser, by=owner_of(organiser))


def test_staff_and_the_suspended_do_not_begin_one():
    framework_in_force()
    organiser = OrganiserFactory(standing="suspended")

    with pytest.raises(PermissionDenied):
        start_application(organiser, by=MembershipFactory(organiser=organiser, role="author").person)
    with pytest.raises(StepRefused, match="suspended"):
        start_application(organiser, by=owner_of(organiser))


def test_staff_write_and_the_history_says_who(draft, owner):
    author = MembershipFactory(organiser=draft.organiser, role="author").person

    save_answer(draft, "criterion:A1", {"level": 2, "reason": "First."}, by=owner, seen=0)
    answer = save_answer(draft, "criterion:A1", {"level": 3, "reason": "Second."}, by=author, seen=1)

    assert (answer.content["level"], answer.version) == (3, 2)
    assert [(edit.by, edit.content["reason"]) for edit in answer.edits.all()] == [
        (author, "Second."),
        (owner, "First."),
    ]


def test_edits_of_one_person_within_ten_minutes_are_one_line(draft, owner):
    save_answer(draft, "context", {"learners": "A"}, by=owner, seen=0)
    answer = save_answer(draft, "context", {"learners": "AB"}, by=owner, seen=1)
    with clock.moved_to(timedelta(minutes=11)):
        answer = save_answer(draft, "context", {"learners": "ABC"}, by=owner, seen=2)

    assert [edit.content["learners"] for edit in answer.edits.all()] == ["ABC", "AB"]


def test_a_stale_version_is_not_written_over(draft, owner):
    save_answer(draft, "context", {"learners": "Theirs"}, by=owner, seen=0)

    with pytest.raises(Stale) as stale:
        save_answer(draft, "context", {"learners": "Mine"}, by=owner, seen=0)

    assert stale.value.current.content["learners"] == "Theirs"


def test_a_conflict_says_whether_the_other_window_was_ones_own(client, draft, owner):
    author = MembershipFactory(organiser=draft.organiser, role="author").person
    save_answer(draft, "criterion:A1", {"reason": "First."}, by=owner, seen=0)
    client.force_login(owner)
    own = client.post(page(draft), {"seen": 0, "reason": "Mine"}).content.decode()
    save_answer(draft, "criterion:A1", {"reason": "Second."}, by=author, seen=1)
    theirs = client.post(page(draft), {"seen": 0, "reason": "Mine"}).content.decode()

    assert ("You changed this in another window" in own, "Somebody else changed this" in own) == (True, False)
    assert ("You changed this in another window" in theirs, "Somebody else changed this" in theirs) == (False, True)


@pytest.mark.parametrize("level", [5, -1, 3.5, "3"])
def test_a_level_off_the_scale_is_refused(draft, owner, level):
    with pytest.raises(StepRefused, match="does not fit"):
        save_answer(draft, "criterion:A1", {"level": level}, by=owner, seen=0)


def test_a_suspended_organiser_writes_nothing_and_that_is_written_down(client, draft, owner):
    Organiser.objects.filter(pk=draft.organiser_id).update(standing="suspended")
    client.force_login(owner)

    refused = client.post(page(draft), {"seen": 0, "reason": REASON})

    assert (refused.status_code, REASON in refused.content.decode()) == (409, True)
    assert "suspended" in refused.content.decode()
    assert AuditEvent.objects.filter(verb="step refused", actor_id=owner.pk).count() == 1


def test_the_page_keeps_what_was_typed_and_leads_on(client, draft, owner):
    client.force_login(owner)

    kept = client.post(page(draft), {"seen": 0, "level": "3", "reason": REASON, "then": "next"})

    assert (kept.status_code, kept["Location"]) == (302, page(draft, "criterion:A2"))
    assert draft.answers.get().content["level"] == 3


def test_the_autosave_is_told_the_version_and_the_time(client, draft, owner):
    client.force_login(owner)
    json = {"Accept": "application/json"}

    kept = client.post(page(draft), {"seen": 0, "reason": REASON}, headers=json)
    stale = client.post(page(draft), {"seen": 0, "reason": "Mine"}, headers=json)
    wrong = client.post(page(draft), {"seen": 1, "level": "3.5"}, headers=json)

    assert (kept.status_code, kept.json()["seen"]) == (200, 1)
    assert kept.json()["said"].startswith("Saved ")
    assert (stale.status_code, wrong.status_code) == (409, 422)
    assert draft.answers.get().content["reason"] == REASON


def test_a_text_that_is_too_long_is_not_cut_and_the_autosave_says_why_nothing_is_saved(client, draft, owner):
    client.force_login(owner)
    long = {"seen": 0, "reason": "x" * 1500}

    by_page = client.post(page(draft), long, headers={"Accept": "application/json"})
    by_person = client.post(page(draft), long)

    said = "Not saved. Why this level: This has 1500 characters. At most 1200 fit."
    assert (by_page.status_code, by_page.json()["said"]) == (422, said)
    assert "x" * 1500 in by_person.text
    assert 'maxlength="' not in by_person.text


def test_a_fault_in_a_row_names_the_row(client, draft, owner):
    client.force_login(owner)

    refused = client.post(page(draft, "plan"), {"seen": 0, "rows-1-gap": "x" * 2001})

    assert "Action 2, What is not good yet: This has 2001 characters. At most 2000 fit." in refused.text


def test_the_badges_of_a_fact_stand_apart(client, draft, owner):
    first, second = (published_badge(draft.organiser, name=name) for name in ["Brake Check", "Calm Talker"])
    client.force_login(owner)

    shown = client.get(page(draft)).text

    links = [f'<a href="{badge.get_absolute_url()}">{badge.name}</a>' for badge in (first, second)]
    assert ", ".join(links) in shown or ", ".join(reversed(links)) in shown


def test_two_tabs_see_both_texts_and_nothing_is_lost(client, draft, owner):
    client.force_login(owner)
    client.post(page(draft), {"seen": 0, "reason": "What they wrote."})

    both = client.post(page(draft), {"seen": 0, "reason": "What I wrote."})

    text = both.content.decode()
    assert (both.status_code, both.context["pairs"]) == (
        409,
        [{"name": "reason", "theirs": "What they wrote.", "mine": "What I wrote."}],
    )
    assert text.count("What they wrote.") == 1
    assert both.context["form"]["seen"].value() == "1"
    assert client.post(page(draft), {"seen": 1, "reason": "What I wrote."}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"level": "3.5"}, 422),
        ({"level": "9"}, 422),
        ({"reason": "x" * 1201}, 422),
        ({"reason": "a\0b"}, 422),
        ({"seen": "x"}, 422),
    ],
)
def test_bad_input_is_answered_with_422_and_comes_back(client, draft, owner, typed, status):
    client.force_login(owner)

    refused = client.post(page(draft), {"seen": 0, "reason": REASON} | typed)

    assert refused.status_code == status
    assert refused.context["form"].errors != {}
    assert not draft.answers.exists()


def test_a_line_of_the_plan_that_says_something_new_names_a_day_ahead(client, draft, owner):
    line = {"criterion": "A1", "gap": "g", "action": "a", "owner": "Ona", "date": "2026-01-01", "sign": "s"}
    save_answer(draft, "plan", {"rows": [line]}, by=owner, seen=0)
    client.force_login(owner)
    known = {f"rows-0-{name}": value for name, value in line.items()}
    ahead = {f"rows-1-{name}": value for name, value in line.items()} | {"rows-1-date": str(clock.today())}

    changed = client.post(page(draft, "plan"), known | {"seen": 1, "rows-0-gap": "Another gap"})
    past = client.post(page(draft, "plan"), known | ahead | {"seen": 1, "rows-1-date": "2026-01-02"})
    kept = client.post(page(draft, "plan"), known | ahead | {"seen": 1})

    assert (changed.status_code, past.status_code, kept.status_code) == (422, 422, 302)
    assert changed.context["form"].errors == {"rows-0-date": ["Action 1: this day is over. Name one that lies ahead."]}
    assert past.context["form"].errors == {"rows-1-date": ["Action 2: this day is over. Name one that lies ahead."]}


def test_nobody_and_somebody_cannot_both_have_worked_with_the_applicant(client, draft, owner):
    client.force_login(owner)
    somebody = {"seen": 0, "people-0-name": "Kadri", "people-0-how": "advised us"}

    both = client.post(page(draft, "conflicts"), somebody | {"knows_nobody": "on"})
    one = client.post(page(draft, "conflicts"), somebody)

    assert (both.status_code, one.status_code) == (422, 302)
    assert "Take out the tick or the names." in both.text


def test_a_script_in_a_text_is_shown_as_text(client, draft, owner):
    client.force_login(owner)
    client.post(page(draft), {"seen": 0, "reason": "<script>alert(1)</script> and more of it"})

    shown = client.get(reverse("quality_label:own-all", args=[draft.organiser.slug])).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script>alert" not in shown


def test_what_is_typed_after_the_session_ended_comes_back(client, draft, owner):
    away = client.post(page(draft), {"seen": 0, "reason": REASON})
    client.force_login(owner)

    assert away.status_code == 302
    assert not draft.answers.exists()
    assert REASON in client.get("/resume/").content.decode() or "resume" in away["Location"]


def test_who_lost_their_role_meanwhile_does_not_see_it(client, draft, owner):
    author = MembershipFactory(organiser=draft.organiser, role="author")
    client.force_login(author.person)
    opened = client.get(page(draft)).status_code
    author.delete()

    assert (opened, client.post(page(draft), {"seen": 0, "reason": REASON}).status_code) == (200, 404)


def test_the_history_shows_words_that_changed_and_takes_a_version_back(client, draft, owner):
    author = MembershipFactory(organiser=draft.organiser, role="author").person
    save_answer(draft, "context", {"learners": "Adults who work"}, by=owner, seen=0)
    save_answer(draft, "context", {"learners": "Adults who learn"}, by=author, seen=1)
    client.force_login(owner)
    here = [draft.organiser.slug, "context"]

    shown = client.get(reverse("quality_label:own-history", args=here)).content.decode()
    client.post(reverse("quality_label:own-take-back", args=here), {"version": 1, "seen": 2})

    assert "<del>work</del><ins>learn</ins>" in shown
    answer = draft.answers.get()
    assert (answer.content["learners"], answer.version, answer.edited_by) == ("Adults who work", 3, owner)


@pytest.mark.parametrize("place", ["gate:G1", "criterion:Z9", "nowhere"])
def test_there_is_no_page_for_what_is_no_place(client, draft, owner, place):
    client.force_login(owner)

    assert client.get(page(draft, place)).status_code == 404


def test_every_place_opens_and_keeps_what_its_form_sends(client, draft, owner):
    client.force_login(owner)
    for place in draft.writable_places():
        form = client.get(page(draft, place)).context["form"]
        sent = {
            field.html_name: field.value() for field in form if field.value() is not None and field.value() is not False
        }

        assert client.post(page(draft, place), sent).status_code == 302, place


def test_nothing_that_is_asked_for_is_called_optional(client, draft, owner):
    client.force_login(owner)

    assert "optional" not in client.get(page(draft, "context")).content.decode()


def test_all_on_one_page_names_gates_and_criteria(client, draft, owner):
    client.force_login(owner)

    shown = client.get(reverse("quality_label:own-all", args=[draft.organiser.slug])).content.decode()

    assert "G4 Enough to sample" in shown
    assert "A1 Purpose and audience" in shown


def test_a_draft_is_discarded_by_owners_after_a_question(client, draft, owner):
    client.force_login(owner)
    path = reverse("quality_label:own-discard", args=[draft.organiser.slug])

    asked = client.get(path)
    client.post(path)

    assert "Throw the draft away?" in asked.content.decode()
    assert Application.objects.get().get_state_display() == "withdrawn"


def test_staff_do_not_discard_a_draft(draft):
    with pytest.raises(PermissionDenied):
        discard_draft(draft, by=MembershipFactory(organiser=draft.organiser, role="author").person)


def test_what_was_withdrawn_is_copied_into_a_new_draft(draft, owner):
    save_answer(draft, "context", {"learners": "Adults"}, by=owner, seen=0)
    discard_draft(draft, by=owner)
    source = Application.objects.get(pk=draft.pk)

    copy = copy_application(source, by=Person.objects.get(pk=owner.pk))

    assert (copy.copied_from, copy.answers.get(place="context").content["learners"]) == (source, "Adults")
    with pytest.raises(StepRefused, match="can be copied"):
        copy_application(copy, by=owner)


@pytest.mark.parametrize("state", ["submitted", "in_check", "assigning", "in_review", "consensus"])
def test_owners_withdraw_while_nothing_is_decided(state):
    application = ApplicationFactory(**{state: True})

    application = withdraw_application(application, by=owner_of(application.organiser))

    assert (application.get_state_display(), application.is_open) == ("withdrawn", False)


def test_nothing_is_withdrawn_while_the_decision_is_taken(client):
    application = ApplicationFactory(ready=True)
    client.force_login(owner_of(application.organiser))
    path = reverse("quality_label:own-withdraw", args=[application.organiser.slug])

    asked, sent = client.get(path), client.post(path)

    assert (asked.status_code, sent.status_code) == (409, 409)
    assert "The decision is being taken." in asked.content.decode()


def test_the_form_counts_the_open_gates_of_all_gates(client, draft, owner):
    save_answer(draft, "gate:G4", {"words": "We are a small workshop and award in spring."}, by=owner, seen=0)
    client.force_login(owner)

    page = client.get(reverse("quality_label:own-form", args=[draft.organiser.slug]))

    gates = next(one for one in page.context["sections"] if one["name"] == "gates")["progress"]
    states = page.context["readiness"].gates
    assert (gates.filled, gates.of) == (len([one for one in states if one.is_open]), len(states))
    assert (gates.is_done, f"{gates.filled} of 8 gates are open" in page.content.decode()) == (False, True)
