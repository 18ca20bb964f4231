"""Writing down who was elected into the committee."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.workflow import StepRefused
from quality_label.models import CommitteeTerm
from quality_label.permissions import may_manage_experts


@transaction.atomic
def write_term(*, person, starts_on, ends_on, is_from_coordinating_organisation: bool, by) -> CommitteeTerm:
    """Write down for which days a person was elected."""
    if not may_manage_experts(by):
        raise PermissionDenied
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # one term of a person after the other
    if starts_on >= ends_on:
        raise StepRefused([_("A term ends after it begins.")])
    if CommitteeTerm.objects.meeting(starts_on, ends_on).filter(person=person).exists():
        raise StepRefused([_("There is a term of this person in these days already.")])
    term = CommitteeTerm.objects.create(
        person=person,
        starts_on=starts_on,
        ends_on=ends_on,
        is_from_coordinating_organisation=is_from_coordinating_organisation,
        written_by=by,
    )
    record("quality_label.write_term", about=term, by=by, facts={"person": person.pk})
    return term


@transaction.atomic
def end_term(term: CommitteeTerm, *, by) -> None:
    """Let a term end today; one that has not begun is taken back."""
    if not may_manage_experts(by):
        raise PermissionDenied
    term = CommitteeTerm.objects.select_for_update().get(pk=term.pk)
    today = clock.today()
    if term.ends_on <= today:
        raise StepRefused([_("This term is over.")])
    record("quality_label.end_term", about=term, by=by, facts={"person": term.person_id})
    if term.starts_on >= today:
        term.delete()
        return
    term.ends_on = today
    term.save()
