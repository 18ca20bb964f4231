"""What a form says of what it does not take: a sentence of ours for each kind of fault, for every form."""

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

EMPTY = {
    forms.Field: _("Fill this in."),
    forms.BooleanField: _("Tick this."),
    forms.ChoiceField: _("Choose one of these."),
    forms.ModelChoiceField: _("Choose one of these."),
    forms.MultipleChoiceField: _("Choose at least one."),
    forms.ModelMultipleChoiceField: _("Choose at least one."),
    forms.FileField: _("Choose a file."),
}
LIMITS = {
    validators.MaxLengthValidator: ngettext_lazy(
        "This has %(show_value)d characters. At most %(limit_value)d fits.",
        "This has %(show_value)d characters. At most %(limit_value)d fit.",
        "limit_value",
    ),
    validators.MinLengthValidator: ngettext_lazy(
        "At least %(limit_value)d character is needed. So far there are %(show_value)d.",
        "At least %(limit_value)d characters are needed. So far there are %(show_value)d.",
        "limit_value",
    ),
    validators.MaxValueValidator: _("Give a number of %(limit_value)s at most."),
    validators.MinValueValidator: _("Give a number of %(limit_value)s at least."),
}


def speak_plainly() -> None:
    """Put these sentences in the place of Django's own; a field that brings its own words keeps them."""
    for kind, words in EMPTY.items():
        kind.default_error_messages = {**kind.default_error_messages, "required": words}
    for kind, words in LIMITS.items():
        kind.message = words
