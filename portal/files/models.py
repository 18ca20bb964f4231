"""Private files."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models

from portal import clock


def private_storage():
    """Return the storage that no web server reads."""
    return storages["private"]


def private_name(stored, _name):
    """Return a name made by the server; what the person called the file is only shown."""
    return f"{stored.key.hex[:2]}/{stored.key.hex}"


class StoredFile(models.Model):
    """One admitted file, with the type its content has and the name its owner gave it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=150)
    content = models.FileField(storage=private_storage, upload_to=private_name, max_length=100)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self):
        return self.name

    @property
    def is_image(self):
        return self.content_type.startswith("image/")
