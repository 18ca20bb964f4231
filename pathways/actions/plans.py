"""Planning what to do after an event, and being reminded of it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from pathways.models import ActionPlan, ActivityPage, Registration
from portal import clock
from portal.accounts.models import Person
from portal.notifications.actions import forget_news, notify


def was_there(activity: ActivityPage, person: Person) -> bool:
    """Say whether a person was at one of the dates of an activity."""
    return Registration.objects.of(person).attended().filter(activity_key=activity.translation_key).exists()


@transaction.atomic
def keep_plan(
    activity: ActivityPage, *, goal: str, steps: str, by_when: date, is_reminded: bool, by: Person
) -> ActionPlan:
    """Write down, or change, what somebody who was there wants to do."""
    if not was_there(activity, by):
        raise PermissionDenied
    facts = {"goal": goal, "steps": steps, "by_when": by_when, "is_reminded": is_reminded, "changed_at": clock.now()}
    plan, _is_new = ActionPlan.objects.update_or_create(
        person=by,
        activity_key=activity.translation_key,
        defaults=facts | {"reminded_at": None},
        create_defaults=facts | {"organiser": activity.organiser},
    )
    return plan


@transaction.atomic
def drop_plan(plan: ActionPlan, *, by: Person) -> None:
    """Delete a plan and what was said of it."""
    if plan.person_id != by.pk:
        raise PermissionDenied
    rows = ActionPlan.objects.filter(pk=plan.pk)
    forget_news(rows)
    rows.delete()


@transaction.atomic
def remind_of_plan(plan: ActionPlan) -> None:
    """Remind somebody on the day that they named, once."""
    if ActionPlan.objects.filter(pk=plan.pk, reminded_at=None).update(reminded_at=clock.now()):
        notify([plan.person], "pathways/plan_due", about=plan)
