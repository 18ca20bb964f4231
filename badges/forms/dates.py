"""Days and moments that people give."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from badges.sheets.cleaning import PROBLEMS
from portal import clock


def check_reach(day: date) -> None:
    """Refuse a day or moment that is too far away, with a sentence that says which way."""
    if clock.is_in_reach(day):
        return
    if day.year < clock.now().year:
        raise ValidationError(PROBLEMS["date old"])
    raise ValidationError(_("This day is too far away. Choose one within the next hundred years."))
