"""Saving recipients as a group, and awarding to it again."""

import csv
import io

from django.core.exceptions import PermissionDenied
from django.db import transaction

from badges.actions.lists import begin_list
from badges.models import AwardBatch, AwardRow, BadgeClass, GroupMember, RecipientGroup
from badges.permissions import may_keep_groups
from portal.accounts.models import Person
from portal.audit.log import record
from portal.files.gate import Admitted


@transaction.atomic
def save_group(batch: AwardBatch, name: str, *, by: Person) -> RecipientGroup:
    """Keep the people of a batch as a group; with the name of a group that is there, they join it."""
    organiser = batch.badge_class.organiser
    if not may_keep_groups(organiser, by):
        raise PermissionDenied
    group, _is_new = RecipientGroup.objects.get_or_create(organiser=organiser, name=name, defaults={"created_by": by})
    people = people_of(batch)
    GroupMember.objects.bulk_create(
        (GroupMember(group=group, email=email, name=shown) for email, shown in people.items()), ignore_conflicts=True
    )
    record("badges.group.save", about=group, by=by, facts={"people": len(people)})
    return group


def people_of(batch: AwardBatch) -> dict[str, str]:
    """Return the names by address of those who got the badge of a batch, get it, or hold it; corrected ones as such."""
    rows = batch.rows.exclude(state__in=[AwardRow.State.FAULTY, AwardRow.State.CANCELLED])
    rows = rows.exclude(absence__in=[AwardRow.Absence.REMOVED, AwardRow.Absence.REPEATED])
    people = {}
    for row in rows.exclude(email="").select_related("assertion__superseded_by").order_by("-number"):
        badge = getattr(row, "assertion", None)
        while badge and badge.superseded_by:
            badge = badge.superseded_by
        if badge is None or badge.is_live:
            people[(badge or row).email] = (badge or row).name
    return people


def begin_list_of(group: RecipientGroup, badge_class: BadgeClass, *, by: Person, language: str) -> AwardBatch:
    """Begin an award list with the people of a group; it is checked and awarded like a file."""
    if not may_keep_groups(group.organiser, by) or group.organiser_id != badge_class.organiser_id:
        raise PermissionDenied
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["email", "name"])
    writer.writerows(group.members.values_list("email", "name"))
    admitted = Admitted(f"{group.name}.csv", file.getvalue().encode(), "text/csv")
    return begin_list(badge_class, admitted, by=by, language=language)


@transaction.atomic
def remove_member(member: GroupMember, *, by: Person) -> None:
    """Take a person out of a group."""
    if not may_keep_groups(member.group.organiser, by):
        raise PermissionDenied
    member.delete()


@transaction.atomic
def delete_group(group: RecipientGroup, *, by: Person) -> None:
    """Forget a group; badges that its people hold stay."""
    if not may_keep_groups(group.organiser, by):
        raise PermissionDenied
    record("badges.group.delete", about=group, by=by)
    group.delete()
