"""The people in an organiser."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock


class MembershipQuerySet(models.QuerySet):
    def owners(self):
        """Return the memberships of owners."""
        return self.filter(role=Membership.Role.OWNER)


class Membership(models.Model):
    """One role of one person in one organiser."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        ISSUER = "issuer", _("Issuer")
        AUTHOR = "author", _("Author")
        REVIEWER = "reviewer", _("Reviewer")

    organiser = models.ForeignKey("organisers.Organiser", on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    since = models.DateTimeField(default=clock.now, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["organiser", "person", "role"], name="role_once")]
