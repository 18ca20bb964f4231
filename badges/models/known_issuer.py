"""Issuers elsewhere whom the network knows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock


class KnownIssuer(models.Model):
    """An issuer of another platform whose badges the network takes for what they say: by its DID or its address."""

    address = models.CharField(_("DID or address"), max_length=500, unique=True)
    name = models.CharField(_("name"), max_length=200)
    note = models.TextField(_("how the network knows it"), max_length=1000, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["name", "address"]

    def __str__(self):
        return self.name
