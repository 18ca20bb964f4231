"""Copies of a badge, and drafts that are deleted."""

import pytest
from django.core.exceptions import PermissionDenied

from badges.actions import copy_badge_class, delete_badge_class, save_badge_text
from badges.models import BadgeClass, BadgeClassSkill
from pathways.actions import confirm_activity
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.badges import WORDS, draft_badge, issuer_of, published_badge
from tests.factories.organisers import MembershipFactory, OrganiserFactory
from tests.factories.pathways import activity

pytestmark = pytest.mark.django_db


def test_a_copy_is_a_draft_with_all_languages_skills_and_the_picture():
    badge = published_badge()
    by = issuer_of(badge.organiser)
    save_badge_text(badge, by=by, words={**WORDS, "language": "lt", "name": "Stabdžių patikra"})
    BadgeClassSkill.objects.create(owner=badge, label="attend to detail", uri="http://data.europa.eu/esco/skill/1")

    copy = BadgeClass.objects.get(pk=copy_badge_class(badge, by=by, to=badge.organiser).pk)

    assert (copy.state, copy.picture, copy.created_by) == ("draft", badge.picture, by)
    assert {text.language: text.name for text in copy.texts.all()}["en"] == "Copy of Brake Check"
    assert copy.original().language == "en"
    assert copy.texts.count() == badge.texts.count() == 2
    assert list(copy.skills.values_list("label", "uri")) == list(badge.skills.values_list("label", "uri"))


def test_a_copy_goes_where_the_person_issues_and_nowhere_else(client):
    badge = published_badge()
    by = issuer_of(badge.organiser)
    own, foreign = OrganiserFactory(verified=True), OrganiserFactory(verified=True)
    MembershipFactory(organiser=own, person=by, role="owner")
    MembershipFactory(organiser=foreign, person=by, role="author")
    client.force_login(by)

    assert client.post(f"{badge.workspace_url}copy/", {"organiser": foreign.slug}).status_code == 422
    with pytest.raises(PermissionDenied):
        copy_badge_class(badge, by=by, to=foreign)
    client.post(f"{badge.workspace_url}copy/", {"organiser": own.slug})

    assert [copy.organiser for copy in BadgeClass.objects.exclude(pk=badge.pk)] == [own]


def test_a_long_name_is_cut_to_fit():
    badge = draft_badge(name="N" * 120)

    assert copy_badge_class(badge, by=issuer_of(badge.organiser), to=badge.organiser).name == "Copy of " + "N" * 112


def test_a_label_badge_is_copied_within_the_network_alone():
    badge = draft_badge()
    BadgeClass.objects.filter(pk=badge.pk).update(kind="label")

    with pytest.raises(StepRefused):
        copy_badge_class(BadgeClass.objects.get(pk=badge.pk), by=issuer_of(badge.organiser), to=badge.organiser)


def test_a_draft_is_deleted_after_asking(client):
    badge = draft_badge()
    client.force_login(issuer_of(badge.organiser))

    assert client.get(f"{badge.workspace_url}delete/").status_code == 200
    assert BadgeClass.objects.exists()
    client.post(f"{badge.workspace_url}delete/")
    assert not BadgeClass.objects.exists()


def test_what_was_published_is_not_deleted(client):
    badge = published_badge()
    client.force_login(issuer_of(badge.organiser))

    assert client.post(f"{badge.workspace_url}delete/").status_code == 409
    assert BadgeClass.objects.exists()


def test_a_draft_that_a_learner_has_earned_is_kept():
    badge = draft_badge()
    confirm_activity(activity(badge.organiser, badge_class=badge), by=PersonFactory())

    with pytest.raises(StepRefused):
        delete_badge_class(badge, by=issuer_of(badge.organiser))
    assert BadgeClass.objects.exists()


def test_a_draft_that_pages_name_is_kept_until_they_name_another(client):
    badge = draft_badge()
    page = activity(badge.organiser, badge_class=badge, title="Mend a tyre")
    client.force_login(issuer_of(badge.organiser))

    refused = client.post(f"{badge.workspace_url}delete/")

    assert "Mend a tyre" in refused.content.decode()
    page.refresh_from_db()
    assert (refused.status_code, page.badge_class) == (409, badge)

    page.badge_class = None
    page.save()
    client.post(f"{badge.workspace_url}delete/")
    assert not BadgeClass.objects.exists()
