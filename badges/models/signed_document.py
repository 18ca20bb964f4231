"""The documents that were signed for a badge: their exact bytes, one after the other."""

from django.db import models
from django.db.models import Q

from badges.models.assertion import Assertion
from portal import clock


class SignedDocumentQuerySet(models.QuerySet):
    def kept(self):
        """Leave out those of erased badges, of which the digest alone stays: who has a copy can show that it is one."""
        return self.exclude(body="")


class SignedDocument(models.Model):
    """The exact bytes of one form of a badge; a newer one replaces it, none is ever changed, erased ones are empty."""

    class Format(models.TextChoices):
        OB3 = "ob3", "Open Badges 3.0, eddsa-rdfc-2022"
        OB2 = "ob2", "Open Badges 2.0, hosted"

    assertion = models.ForeignKey(Assertion, on_delete=models.PROTECT, related_name="documents")
    format = models.CharField(max_length=5, choices=Format)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    key = models.ForeignKey("badges.IssuerKey", null=True, on_delete=models.PROTECT, related_name="documents")
    made_at = models.DateTimeField(default=clock.now)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    objects = SignedDocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assertion", "format"], condition=Q(replaced_by=None), name="one_current_document"
            )
        ]
