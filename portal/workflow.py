"""The one way anything in the portal changes state."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField

from portal.audit.log import record
from portal.audit.models import AuditEvent


class StepRefused(Exception):
    """The step is not open now; `reasons` are sentences for a person."""

    def __init__(self, reasons):
        super().__init__(" ".join(str(reason) for reason in reasons))
        self.reasons = reasons


class Stale(StepRefused):
    """Somebody, or oneself elsewhere, changed the row since one looked at it; `current` is the row as it is now."""

    def __init__(self, current, *, is_own=False):
        theirs = _("Somebody else changed this in the meantime. Look at it again before you go on.")
        own = _("You changed this in another window in the meantime. Look at it again before you go on.")
        super().__init__([own if is_own else theirs])
        self.current, self.is_own = current, is_own


def says(row, facts: dict) -> bool:
    """Say whether a row says already what somebody writes, such as what their page sent by itself a moment ago."""
    return all(getattr(row, name) == value for name, value in facts.items())


class StateField(FSMField):
    """The state of a workflow, set by its steps alone; plain text to migrations, whose models take no steps."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, protected=True, **kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        del kwargs["protected"]
        return name, "django.db.models.CharField", args, kwargs


class Workflow(ConcurrentTransitionMixin, models.Model):
    """A model with one `state`; the version counts its steps, so that a form can say which one it showed."""

    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


def guard(reason) -> Callable:
    """Attach the sentence a person reads when the condition fails."""

    def attach(condition):
        condition.reason = reason
        return condition

    return attach


def by_clock(_obj, user) -> bool:
    """Allow a step to the clock alone."""
    return user is None


def unmet(step) -> list[str]:
    """Return the reasons `step` cannot be taken now; empty when it can."""
    obj = step.__self__
    move = step._django_fsm.get_transition(obj.state)
    if move is None:
        return [_("This step is not open at this stage.")]
    return [condition.reason for condition in move.conditions if not condition(obj)]


def held(step, *, by, seen: int | None = None):
    """Lock the row of `step` until the transaction ends, and return the step of the fresh row, which is open.

    For what has to be made before it is taken, such as a signature. Raises as `take` does.
    """
    stale = step.__self__
    obj = type(stale)._base_manager.select_for_update(no_key=True).get(pk=stale.pk)
    step = getattr(obj, step.__name__)
    move = step._django_fsm.get_transition(obj.state)
    if move is not None and not move.has_perm(obj, by):
        raise PermissionDenied
    if seen is not None and seen != obj.version:
        last = AuditEvent.objects.about(obj).order_by("pk").last()
        raise Stale(obj, is_own=last is not None and last.actor == by)
    if reasons := unmet(step):
        raise StepRefused(reasons)
    return step


@transaction.atomic
def take(step, *, by, seen: int | None = None, **facts):
    """Take `step` as `by` under a row lock, leave an audit line, and return the fresh row.

    `seen` is the version that `by` was looking at. Raises PermissionDenied, Stale, or StepRefused with the reasons.
    """
    step = held(step, by=by, seen=seen)
    obj = step.__self__
    before = obj.state
    step(**facts)
    obj.version += 1
    obj.save()
    record(f"{obj._meta.label_lower}.{step.__name__}", about=obj, by=by, facts={"from": before, "to": obj.state})
    return obj


def do_all(*rounds) -> None:
    """Act on each row of each round, given as (rows, action), in turn; what is refused or fails stops no other.

    Somebody was faster where a step is refused. Raises an ExceptionGroup of all other failures when the rest is done.
    """
    failures = []
    for rows, act in rounds:
        for row in rows:
            try:
                act(row)
            except StepRefused:
                continue
            except Exception as failure:  # noqa: BLE001 raised when the rest is done
                failure.add_note(f"{row._meta.label} {row.pk}")
                failures.append(failure)
    if failures:
        raise ExceptionGroup("some rows could not be acted on", failures)
