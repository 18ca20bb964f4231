"""What speaks against making one account of two that judge, and what becomes of both having judged one case."""

from collections.abc import Iterable

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.merging import ACTS_FOR_NETWORK
from portal.accounts.models import Person
from portal.uniting import Move
from quality_label.models import (
    Appeal,
    Application,
    Assignment,
    CommitteeTerm,
    Declaration,
    ExpertProfile,
    NamedPerson,
    PanelSeat,
)
from quality_label.models.conflict import key_of


def judges_the_same(kept: Person, other: Person) -> Iterable[str]:
    """Say that two accounts with a part in one open case cannot become one: its judges are different people."""
    if not cases_of(other).filter(ended_at=None, pk__in=cases_of(kept).values("pk")).exists():
        return []
    return [_("Both accounts have a part in the same case of the quality label. Write to its coordinator first.")]


def cases_of(person: Person):
    """Return the cases in which a person has a part, or had or refused one."""
    parts = Q(coordinator=person)
    for model in (Assignment, Declaration, PanelSeat):
        parts |= Q(pk__in=model.objects.filter(person=person).values("application"))
    parts |= Q(pk__in=Appeal.objects.running().filter(seats__person=person).values("application"))
    return Application.objects.filter(parts)


def sits_in_committee(kept: Person, other: Person) -> Iterable[str]:
    """Say that a member of the committee is not swallowed by another account."""
    return [ACTS_FOR_NETWORK] if CommitteeTerm.objects.not_over().filter(person=other).exists() else []


def keep_off_who_was_named(kept: Person, other: Person) -> None:
    """Let the cases of an account be another one's; whom an applicant named is known by their main address from now on.

    The name under which the other account was named is gone with it; its addresses come along.
    """
    Move().move(Application, kept, other)
    named = NamedPerson.objects.filter(key=key_of(other.name)).values_list("application", flat=True)
    NamedPerson.objects.bulk_create(
        (NamedPerson(application_id=case, key=key_of(kept.email)) for case in named), ignore_conflicts=True
    )


def keep_profile(mine: ExpertProfile, theirs: ExpertProfile) -> None:
    """Keep what a person said of themselves here, with the city that they said there where they named none."""
    ExpertProfile.objects.filter(pk=mine.pk, city=None).update(city=theirs.city_id)
    theirs.delete()


def stays(mine: Model, theirs: Model) -> bool:
    """Let both rows of a case that has ended be what they were: the second stays with the closed account."""
    return True


def keep_share(mine, theirs) -> None:
    """Keep one of two consents to the same organiser."""
    theirs.delete()
