"""Handing an application in: gates, snapshot, sample, and twice is once."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from badges.models import BadgeClass
from organisers.models import Organiser
from portal import clock
from portal.audit.models import AuditEvent
from portal.notifications.models import Notification, OutgoingMail
from portal.workflow import StepRefused
from quality_label.actions import (
    attach_evidence,
    begin_version,
    edit_part,
    put_in_force,
    save_answer,
    submit_application,
)
from quality_label.actions.submission import FrameworkChanged, NotReady
from quality_label.digests import digest_of
from quality_label.models import Application
from quality_label.readiness import readiness_of
from quality_label.sampling import drawn_badges
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.organisers import MembershipFactory, owner_of
from tests.quality_label.applying import filled_draft, link_facts
from tests.quality_label.awarding import emails, give

pytestmark = [pytest.mark.django_db, pytest.mark.services]
NAME = "Ruta Kazlauskė"


@pytest.fixture
def draft():
    return filled_draft()


def hand_in(draft, **facts):
    return submit_application(draft, **{"by": owner_of(draft.organiser), "confirmed_name": NAME} | facts)


def test_a_whole_application_is_handed_in_and_its_days_begin(draft):
    application = hand_in(draft, confirmed_name="  ruta  KAZLAUSKĖ ")

    assert (application.was_submitted, application.day_0) == (True, clock.today())
    assert application.days().due_on == clock.today() + timedelta(days=90)
    assert application.reference.startswith("QL-")


def test_what_is_handed_in_is_kept_with_its_digest(draft):
    application = hand_in(draft)

    snapshot = application.snapshots.get()
    assert (snapshot.cause, snapshot.sha256) == ("submitted", digest_of(json.loads(json.dumps(snapshot.document))))
    assert snapshot.document["answers"]["criterion:A1"]["level"] == 3
    assert snapshot.document["evidence"][0]["title"] == "Our handbook"
    assert {code for code, facts in snapshot.document["facts"].items() if facts} <= set(application.rules.criteria)
    assert snapshot.document["facts"]["A3"][0]["sentence"]["en"].endswith(".")
    assert [gate["is_met"] for gate in snapshot.document["gates"]] == [True] * 8


def test_the_sample_is_the_chosen_badges_and_a_draw_that_can_be_repeated(draft):
    application = hand_in(draft)

    sample = list(application.sample.select_related("badge_version__badge_class"))
    keys = [str(one.badge_version.badge_class.key) for one in sample]
    chosen = [one["badge"] for one in application.content_by_place()["badges"]["chosen"]]
    every = [str(key) for key in BadgeClass.objects.inside(draft.organiser).values_list("key", flat=True)]
    assert keys == [*chosen, *drawn_badges(application.seed, chosen, every, every)]
    assert [one.is_chosen for one in sample] == [True, True, False]
    assert [award.number for one in sample for award in one.awards.all()] == list(range(1, 10))


def test_no_award_is_drawn_that_came_after_day_0(draft):
    for badge in BadgeClass.objects.inside(draft.organiser):
        give(badge, *emails(20, start=100), on=clock.today() + timedelta(days=3))

    application = hand_in(draft)

    drawn = [award.assertion.issued_at for one in application.sample.all() for award in one.awards.all()]
    assert len(drawn) == 9
    assert all(clock.day_of(moment) <= application.day_0 for moment in drawn)


def test_no_badge_is_drawn_that_nobody_had_on_day_0(draft):
    late = published_badge(organiser=draft.organiser)
    give(late, *emails(3, start=200), on=clock.today() + timedelta(days=3))

    application = hand_in(draft)

    assert late.pk not in application.sample.values_list("badge_version__badge_class", flat=True)
    assert len(application.sample.all()) == 3


def test_twice_is_once(draft):
    first = hand_in(draft)
    mails = OutgoingMail.objects.count()

    second = hand_in(draft)

    assert (second.reference, second.version) == (first.reference, first.version)
    assert (OutgoingMail.objects.count(), first.snapshots.count()) == (mails, 1)


def test_owners_get_a_receipt_and_coordinators_the_case(draft):
    coordinator = PersonFactory(roles=["coordinator"])

    hand_in(draft)

    told = {line.event: line.person for line in Notification.objects.filter(event__startswith="quality_label/")}
    assert told == {
        "quality_label/application_received": owner_of(draft.organiser),
        "quality_label/application_new": coordinator,
    }


def test_shut_gates_are_named_and_nothing_is_sent(draft):
    draft.answers.filter(place="criterion:A1").delete()
    Organiser.objects.filter(pk=draft.organiser_id).update(standing="lapsed", privacy_url="")

    with pytest.raises(NotReady) as refused:
        hand_in(draft)

    assert [one.gate.code for one in refused.value.readiness.shut] == ["G1", "G6", "G8"]
    assert not Application.objects.submitted().exists()


def test_an_explanation_opens_a_gate_that_may_be_explained(draft):
    Organiser.objects.filter(pk=draft.organiser_id).update(privacy_url="")
    save_answer(draft, "gate:G6", {"words": "It is on paper."}, by=owner_of(draft.organiser), seen=0)

    application = hand_in(draft)

    assert application.snapshots.get().document["gates"][5]["explanation"] == "It is on paper."


def test_the_address_of_who_signs_is_one_that_a_member_proved(draft):
    content = draft.content_by_place()["signatory"] | {"email": "somebody@example.org"}
    save_answer(draft, "signatory", content, by=owner_of(draft.organiser), seen=1)

    with pytest.raises(NotReady) as refused:
        hand_in(draft)

    assert [one.gate.code for one in refused.value.readiness.shut] == ["G7"]


def test_another_name_than_that_of_who_signs_does_not_confirm(draft):
    with pytest.raises(StepRefused, match="Type the name"):
        hand_in(draft, confirmed_name="Jonas")


def test_staff_do_not_hand_in(draft):
    author = MembershipFactory(organiser=draft.organiser, role="author").person

    with pytest.raises(PermissionDenied):
        hand_in(draft, by=author)


def test_a_suspended_organiser_does_not_hand_in(draft):
    Organiser.objects.filter(pk=draft.organiser_id).update(standing="suspended")

    with pytest.raises(StepRefused, match="suspended"):
        hand_in(Application.objects.get(pk=draft.pk))


def new_version(draft):
    """Put a version in force that asks something else in A1 and B2."""
    admin = PersonFactory(roles=["network_admin"])
    version = begin_version("2.0", source=draft.framework, by=admin)
    version = edit_part(version, "A1", {"statement": "Something else."}, by=admin)
    version = edit_part(version, "B2", {"weight": 3}, by=admin)
    return put_in_force(version, by=admin)


def test_a_new_version_is_reviewed_before_it_is_handed_in(draft):
    version = new_version(draft)

    with pytest.raises(FrameworkChanged, match="Review 2 changed criteria"):
        hand_in(draft)

    draft.refresh_from_db()
    assert (draft.framework, draft.is_draft) == (version, True)
    gaps = [gap.place for gap in readiness_of(draft, clock.today()).gaps]
    assert gaps == ["criterion:A1", "criterion:B2"]


def test_a_reviewed_draft_is_handed_in_under_the_new_version(draft):
    version = new_version(draft)
    with pytest.raises(FrameworkChanged):
        hand_in(draft)
    for place in ["criterion:A1", "criterion:B2"]:
        answer = draft.answers.get(place=place)
        content = answer.content | {"is_to_review": False}
        save_answer(draft, place, content, by=owner_of(draft.organiser), seen=answer.version)

    assert hand_in(Application.objects.get(pk=draft.pk)).framework == version


def test_the_page_lists_shut_gates_and_hands_in_once_they_are_open(client, draft):
    client.force_login(owner_of(draft.organiser))
    path = reverse("quality_label:own-submit", args=[draft.organiser.slug])
    Organiser.objects.filter(pk=draft.organiser_id).update(standing="lapsed")
    refused = client.post(path, {"confirmed_name": NAME})
    nameless = client.post(path, {"confirmed_name": "Nobody"}).content.decode()
    Organiser.objects.filter(pk=draft.organiser_id).update(standing="verified")

    taken = client.post(path, {"confirmed_name": NAME})

    assert refused.status_code == 422
    assert "1 gate is not open" in refused.content.decode()
    assert "Ask the network to verify your organiser" in refused.content.decode()
    assert "1 gate is not open" in nameless
    assert "Type the name of who signs as it stands" not in nameless
    assert 'value="Nobody"' in nameless
    assert (taken.status_code, Application.objects.get().was_submitted) == (302, True)
    assert client.post(path, {"confirmed_name": NAME}).status_code == 302
    assert Application.objects.get().snapshots.count() == 1


def test_the_page_of_a_changed_version_says_409_and_staff_get_403(client, draft):
    new_version(draft)
    path = reverse("quality_label:own-submit", args=[draft.organiser.slug])
    client.force_login(owner_of(draft.organiser))
    changed = client.post(path, {"confirmed_name": NAME})
    client.force_login(MembershipFactory(organiser=draft.organiser, role="author").person)

    assert (changed.status_code, "Review 2 changed criteria" in changed.content.decode()) == (409, True)
    assert client.post(path, {"confirmed_name": NAME}).status_code == 403
    assert list(AuditEvent.objects.filter(verb__in=["step refused", "refused"]).values_list("verb", flat=True)) != []


def test_what_is_missing_is_grouped_by_section_with_one_figure_on_all_pages(client, draft):
    draft.answers.filter(place__in=["signatory", "context", "criterion:A1", "criterion:A2"]).delete()
    draft.evidence.all().delete()
    client.force_login(owner_of(draft.organiser))
    slug, total = draft.organiser.slug, len(readiness_of(draft, clock.today()).gaps)

    form = client.get(reverse("quality_label:own-form", args=[slug]))
    submit = client.get(reverse("quality_label:own-submit", args=[slug]))

    groups = form.context["missing"]
    assert [(group["name"], len(group["gaps"])) for group in groups] == [
        ("Organiser and signatory", 3), ("Context", 1), ("Self-assessment", total - 4)
    ]  # fmt: skip
    assert [group["url"].rsplit("/", 2)[1] for group in groups] == ["signatory", "context", "criterion:A1"]
    assert form.text.count(f"{total} things are missing.") == 2  # in the list, and at the gate
    assert submit.text.count(f"{total} things are missing.") == 1


def test_evidence_that_became_too_old_is_named(draft):
    item = attach_evidence(draft, by=owner_of(draft.organiser), **link_facts(["A1"], title="An old note"))
    type(item).objects.filter(pk=item.pk).update(dated_on="2020-01-01")

    with pytest.raises(NotReady) as refused:
        hand_in(draft)

    assert [gap.said for gap in refused.value.readiness.gaps] == ["“An old note” is too old by now. Replace it."]
