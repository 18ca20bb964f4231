"""What experts say of themselves."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal import clock
from portal.audit.log import record
from quality_label.actions.limits import refuse_overlong
from quality_label.models import ExpertProfile
from quality_label.permissions import may_edit_profile


@transaction.atomic
def save_profile(person, *, by, **facts) -> ExpertProfile:
    """Keep what a person reads, where they live and when they are away."""
    if not may_edit_profile(person, by):
        raise PermissionDenied
    refuse_overlong(ExpertProfile, fields=facts.get("fields", ""))
    profile, _is_new = ExpertProfile.objects.update_or_create(
        person=person, defaults=facts | {"edited_at": clock.now()}
    )
    record("quality_label.save_profile", about=profile, by=by)
    return profile
