"""The label in the demo."""

import pytest

from cms.demo.description import describe
from cms.demo.label import build_framework, choose_training
from cms.demo.organisations import ADMIN
from cms.management.commands.demo import FOUNDED
from portal import clock
from quality_label.comparison import changes_between
from quality_label.models import FrameworkVersion, TrainingBadge
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.label import ApplicationFactory
from tests.factories.organisers import OrganiserFactory, owner_of
from tests.factories.pathways import activity, playlist

pytestmark = pytest.mark.django_db


def test_the_demo_has_criteria_in_force_and_a_draft_with_a_change():
    with clock.moved_to(-FOUNDED):
        PersonFactory(email=ADMIN, roles=["network_admin"])

    build_framework()

    in_force, (draft,) = FrameworkVersion.objects.in_force(), FrameworkVersion.objects.drafts()
    assert (in_force.name, draft.name, draft.based_on) == ("1.0", "1.1", in_force)
    assert [change.place for change in changes_between(in_force.rules, draft.rules)] == ["E3.statement"]


def test_the_badge_of_the_training_playlist_is_the_training_badge_of_the_demo():
    PersonFactory(email=ADMIN, roles=["network_admin"])
    badge = published_badge(OrganiserFactory(verified=True, is_network=True))
    playlist(activity(badge.organiser), slug="training", badge_class=badge)

    choose_training()

    assert [one.badge_class for one in TrainingBadge.objects.all()] == [badge]


def test_the_description_says_whose_cases_there_are_how_far_and_where_to_look(settings):
    draft, case = ApplicationFactory(), ApplicationFactory(in_check=True)

    ours, theirs = describe()["label"]

    assert ours == {
        "organiser": draft.organiser.slug,
        "owner": owner_of(draft.organiser).email,
        "reference": "",
        "state": "draft",
        "page": f"{settings.BASE_URL}/workspace/{draft.organiser.slug}/quality-label/",
        "coordinator": "",
        "case": "",
    }
    assert (theirs["state"], theirs["reference"], theirs["coordinator"], theirs["case"]) == (
        "in_check",
        case.reference,
        case.coordinator.email,
        f"{settings.BASE_URL}/network/applications/{case.key}/",
    )
