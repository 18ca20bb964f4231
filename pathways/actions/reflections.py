"""Writing for oneself at an activity."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from pathways.models import ActivityPage, Reflection
from pathways.permissions import may_learn
from portal import clock
from portal.accounts.models import Person
from portal.workflow import StepRefused


def keep_reflection(activity: ActivityPage, part: str, text: str, *, by: Person) -> None:
    """Keep what a learner wrote at a question; nothing written takes it away."""
    if not may_learn(by):
        raise PermissionDenied
    if part not in {block.id for block in activity.body if block.block_type == "reflection"}:
        raise StepRefused([_("This question is not there any more.")])
    mine = {"person": by, "activity_key": activity.translation_key, "part": part}
    if text:
        Reflection.objects.update_or_create(**mine, defaults={"text": text, "changed_at": clock.now()})
    else:
        Reflection.objects.filter(**mine).delete()
