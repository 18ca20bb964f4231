"""What people declare of their ties to an applicant before its case opens to them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock


class DeclarationQuerySet(models.QuerySet):
    def barring(self):
        """Return those by which a person has nothing to do with the case."""
        return self.filter(conflict=Declaration.Conflict.EXCLUDING)


class Declaration(models.Model):
    """What a person said of their ties to an applicant, before the case opened to them; or what was found later."""

    class Conflict(models.TextChoices):
        NONE = "none", _("no conflict")
        MANAGEABLE = "manageable", _("a tie that can be managed")
        EXCLUDING = "excluding", _("a conflict that excludes")

    TEXT_VERSION = "1"  # of the eight questions: raise it when their words change

    application = models.ForeignKey("quality_label.Application", on_delete=models.CASCADE, related_name="declarations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    answers = models.JSONField(default=dict)
    conflict = models.CharField(max_length=10, choices=Conflict)
    words = models.TextField(max_length=1000, blank=True)
    text_version = models.CharField(max_length=10, default=TEXT_VERSION)
    declared_at = models.DateTimeField(default=clock.now)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    agreed_words = models.TextField(max_length=1000, blank=True)
    agreed_at = models.DateTimeField(null=True)

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "person"], name="declared_once")]

    @property
    def is_settled(self) -> bool:
        """Whether the person may go on: no conflict, or one that the coordinator agreed in writing to manage."""
        return self.conflict == self.Conflict.NONE or (
            self.conflict == self.Conflict.MANAGEABLE and self.agreed_at is not None
        )
