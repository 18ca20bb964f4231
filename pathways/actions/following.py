"""Facts of an activity in all its languages: edited in the original, followed by its translations at once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail_localize.fields import SynchronizedField

from pathways.models import ActivityPage

OWN = {"slug", "organiser"}  # where a page lies is its own in each language
FOLLOWED = [
    field.field_name
    for field in ActivityPage.override_translatable_fields
    if isinstance(field, SynchronizedField) and field.field_name not in OWN
]


@transaction.atomic
def follow_original(activity: ActivityPage) -> None:
    """Give the translations of a published activity its dates, place and other facts.

    Words wait for a translator, facts do not. A translation keeps its way of judging as long as it lacks the words
    that the new one needs.
    """
    facts = facts_of(activity)
    others = ActivityPage.objects.filter(translation_key=activity.translation_key, alias_of=None)
    for page in others.exclude(pk=activity.pk):
        if facts_of(page) == facts:
            continue
        judge = page.judge
        for name in FOLLOWED:
            if name == "dates":
                activity.copy_child_relation(name, page)
            else:
                setattr(page, name, getattr(activity, name))
        try:
            page.clean()
        except ValidationError:
            page.judge = judge
        page.save(clean=False)


def facts_of(page: ActivityPage) -> dict:
    """Return the facts of an activity so that two languages can be compared."""
    facts = {name: value for name, value in page.serializable_data().items() if name in FOLLOWED}
    own = {"pk", "page", "sort_order"}
    facts["dates"] = [{name: value for name, value in date.items() if name not in own} for date in facts["dates"]]
    return facts
