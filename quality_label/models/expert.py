"""What the network knows of the people who judge: what they read, where they live, when they are away."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisers.models import City
from portal import clock

MOST_CASES = 4


class ExpertProfile(models.Model):
    """What a person said of themselves, so that cases can be proposed to them."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    languages = models.JSONField(_("languages you read well"), default=list)
    city = models.ForeignKey(
        City, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("city")
    )
    fields = models.CharField(_("fields of education"), max_length=300, blank=True)
    away_from = models.DateField(_("away from"), null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    most_cases = models.PositiveSmallIntegerField(
        _("cases at a time, at most"),
        default=MOST_CASES,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_CASES)],
    )
    edited_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(away_from=None, away_until=None) | Q(away_from__lte=F("away_until")),
                name="away_from_before_until",
            ),
            models.CheckConstraint(
                condition=Q(most_cases__gte=1, most_cases__lte=MOST_CASES), name="cases_at_a_time_in_bounds"
            ),
        ]

    @property
    def language_names(self) -> list[str]:
        """The languages, as they call themselves."""
        return [name for code, name in settings.TEXT_LANGUAGES if code in self.languages]

    def is_away(self, first, last) -> bool:
        """Say whether the person is away on one of the days."""
        return self.away_from is not None and self.away_from <= last and first <= self.away_until
