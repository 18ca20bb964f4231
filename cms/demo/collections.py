"""Collections of the demo: a learner shows what she can repair, and keeps one for herself."""

from badges.actions.collections import arrange_badges, choose_badges, create_collection, share_collection
from badges.actions.showing import publish_badges_of
from badges.models import Assertion
from portal.accounts.models import Person

SHOWN = ("Things I can repair", "What I learned to mend, at home and at the repair café.")
KEPT = ("For my application", "Still to be chosen.")


def build_collections() -> None:
    """Let one learner share three badges with everybody and keep another collection private."""
    learner = Person.objects.get(email="learner02@example.org")
    keys = list(Assertion.objects.for_person(learner).collected().order_by("pk").values_list("key", flat=True))
    shown = create_collection(by=learner, name=SHOWN[0], description=SHOWN[1])
    choose_badges(shown, keys[-1:] + keys[:2], by=learner)
    arrange_badges(shown, keys[-1:], by=learner)
    shown = share_collection(shown, by=learner, visibility="public", shows_name=True)
    publish_badges_of(shown, by=learner)
    kept = create_collection(by=learner, name=KEPT[0], description=KEPT[1])
    choose_badges(kept, keys[-1:], by=learner)
