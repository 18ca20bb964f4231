"""The personal data of stored files."""

from django.utils.translation import gettext_lazy as _

from portal.files.actions import forget_owner
from portal.files.models import StoredFile
from portal.privacy import Custom, register

FORGOTTEN = _("It is deleted, but for what you handed in for an organiser: that stays without your name.")

register(
    "files.StoredFile",
    label=_("Files that you sent"),
    fields=("owner", "name", "content"),
    purpose=_("to let reviewers see the evidence a learner handed in (contract)"),
    kept=_("until the evidence is erased"),
    rows_of=lambda person: StoredFile.objects.filter(owner=person),
    erase=Custom(forget_owner, FORGOTTEN),
    also=("size", "content_type", "created_at"),
    hidden=("content",),
)
