"""The label in the demo: criteria in force for a year, a draft of the next ones, and the training."""

from datetime import timedelta

from cms.demo.organisations import ADMIN
from pathways.models import PlaylistPage
from portal import clock
from portal.accounts.models import Person
from quality_label.actions import begin_version, edit_part, import_version, put_in_force
from quality_label.actions.training import choose_training_badges
from quality_label.frameworks import framework_text

IN_FORCE_SINCE = timedelta(days=600)
SAID_BETTER = "There is evidence, not older than two years, that badges are accepted, shared or used for something."


def build_framework() -> None:
    """Put the first framework in force, and begin a draft that says one criterion better."""
    admin = Person.objects.get(email=ADMIN)
    with clock.moved_to(-IN_FORCE_SINCE):
        first = put_in_force(import_version(framework_text("waymark-1.0"), by=admin), by=admin)
    with clock.moved_to(-timedelta(days=6)):
        draft = begin_version("1.1", source=first, by=admin)
        edit_part(draft, "E3", {"statement": SAID_BETTER}, by=admin)


def choose_training() -> None:
    """Let the badge of the network's training playlist count as the training."""
    playlist = PlaylistPage.objects.filter(slug="training").select_related("badge_class__organiser").first()
    choose_training_badges([playlist.badge_class], by=Person.objects.get(email=ADMIN))
