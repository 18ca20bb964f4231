"""Skills: those that a badge shows, and the European list they may come from."""

import unicodedata

from django.conf import settings
from django.db import models
from django.db.models import Case, IntegerField, OuterRef, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from portal.versions import kept_part

ESCO_PREFIX = "http://data.europa.eu/esco/"
CROSSED = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ð": "d", "ħ": "h", "ŧ": "t"})  # no accents to Unicode


def folded(text: str) -> str:
    """Return a text as the search sees it: small letters without accents, each word after a space."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", text.casefold().translate(CROSSED)) if not unicodedata.combining(c)
    )
    return "".join(f" {word}" for word in "".join(c if c.isalnum() else " " for c in plain).split())


class BadgeClassSkill(models.Model):
    """A skill that the badge shows: an ESCO concept by its address, or free words."""

    owner = models.ForeignKey("badges.BadgeClass", on_delete=models.CASCADE, related_name="skills")
    label = models.CharField(_("skill"), max_length=200)
    uri = models.URLField(_("ESCO address"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "label"], name="skill_once")]


def name_skills(skills, language: str) -> list[dict]:
    """Return skills as a reader of a language sees them: words, address, and the language where it is another.

    Takes labels and addresses, as a badge class has them and as its published versions keep them.
    """
    skills = list(skills)
    names = EscoLabel.objects.named({label for label, uri in skills if uri}, language)
    rows = [(uri, *names.get(label, (label, language))) for label, uri in skills]
    return [{"words": words, "uri": uri, "lang": "" if spoken == language else spoken} for uri, words, spoken in rows]


class EscoSkill(models.Model):
    """A skill of the European classification, by the address that all languages share."""

    uri = models.URLField(unique=True)


class EscoLabelQuerySet(models.QuerySet):
    def matching(self, text):
        """Return the skills in which every word of a text begins a word, those that begin with the text first."""
        wanted = folded(text)
        found = self.filter(searched__startswith=" ") if wanted else self.none()
        for word in wanted.split():
            found = found.filter(searched__contains=f" {word}")
        first = Case(When(searched__startswith=wanted, then=Value(0)), default=Value(1), output_field=IntegerField())
        return found.select_related("skill").order_by(first, "label", "pk")

    def search(self, text, language, limit=12):
        """Search in a language, then in English for what it lacks."""
        found = list(self.filter(language=language).matching(text)[:limit])
        if language != "en":
            known = self.filter(language=language).values("skill")
            found += self.filter(language="en").exclude(skill__in=known).matching(text)[: limit - len(found)]
        return found

    def named(self, labels, language) -> dict[str, tuple[str, str]]:
        """Return for each label of ESCO its words and their language: the wished one where it is there."""
        name = ("skills", frozenset(labels), language)
        return kept_part(name, lambda: self._look_up(labels, language))

    def _look_up(self, labels, language) -> dict[str, tuple[str, str]]:
        here = self.model.objects.filter(skill=OuterRef("skill"), language=language)
        rows = self.filter(label__in=labels).annotate(here=Subquery(here.values("label")[:1]))
        found = {}
        for label, spoken, words in rows.values_list("label", "language", "here"):
            if spoken == language or label not in found:
                found[label] = (label, spoken) if spoken == language or not words else (words, language)
        return found

    def by_address(self, uris):
        """Return every label of these skills, by address."""
        labels = {}
        for label in self.filter(skill__uri__in=uris).select_related("skill"):
            labels.setdefault(label.skill.uri, []).append(label)
        return labels


class EscoLabel(models.Model):
    """What a skill of the European classification is called in one language."""

    skill = models.ForeignKey(EscoSkill, on_delete=models.CASCADE, related_name="labels")
    language = models.CharField(max_length=10, choices=settings.TEXT_LANGUAGES)
    label = models.CharField(max_length=200)
    searched = models.TextField(editable=False)

    objects = EscoLabelQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["skill", "language"], name="esco_label_once")]
