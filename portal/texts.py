"""Texts in several languages: a child row for each language, one of them the original."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Text(models.Model):
    """The words of one thing in one language; subclasses add `owner` and the words."""

    language = models.CharField(_("language"), max_length=10, choices=settings.TEXT_LANGUAGES)
    is_original = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @staticmethod
    def rules(name):
        """Return the constraints: one row a language, one original."""
        return [
            models.UniqueConstraint(fields=["owner", "language"], name=f"{name}_language_once"),
            models.UniqueConstraint(fields=["owner"], condition=Q(is_original=True), name=f"{name}_one_original"),
        ]


class Worded:
    """Something with `texts`; prefetch them in lists."""

    def words(self, language=None):
        """Return the text in a language (the reader's, by default), else the original, which names its own."""
        texts = {text.language: text for text in self.texts.all()}
        wanted = texts.get(language or get_language())
        return wanted or next((text for text in texts.values() if text.is_original), None)

    @property
    def name(self):
        words = self.words()
        return words.name if words else ""

    def __str__(self):
        return self.name
