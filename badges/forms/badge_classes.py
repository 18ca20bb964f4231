"""The badge editor's forms."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from badges import art
from badges.models import BadgeClass
from portal.files.fields import PictureField

ESCO_PREFIX = "http://data.europa.eu/esco/"


class BadgeClassForm(forms.ModelForm):
    """A badge class with its words in one language and its picture: uploaded, or drawn from a seed."""

    name = forms.CharField(label=_("Name"), max_length=120)
    description = forms.CharField(
        label=_("Description"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What a person who holds this badge can do or has done, in words that a stranger understands."),
    )
    criteria = forms.CharField(
        label=_("Criteria as a text"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What one must do to earn it, and who judges. Give a text, an address, or both."),
    )
    language = forms.ChoiceField(label=_("Language of these texts"), choices=settings.TEXT_LANGUAGES)
    picture_file = PictureField(
        label=_("Your own picture"),
        required=False,
        help_text=_("PNG, JPEG or WebP, square, 600 × 600 pixels or more. Leave empty to use the drawn one."),
    )
    picture_text = forms.CharField(
        label=_("What the picture shows"),
        max_length=250,
        help_text=_("For people who cannot see it, such as “Hexagon with a wrench on orange contour lines”."),
    )
    seed = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)

    class Meta:
        model = BadgeClass
        fields = ["kind", "criteria_url", "workload_minutes", "valid_months"]
        help_texts = {
            "workload_minutes": _("How long it takes most people, all in all."),
            "valid_months": _("Leave empty for a badge without an end."),
        }

    field_order = [
        "name",
        "description",
        "criteria",
        "criteria_url",
        "kind",
        "language",
        "workload_minutes",
        "valid_months",
        "picture_file",
        "picture_text",
        "seed",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            choice for choice in BadgeClass.Kind.choices if choice[0] != BadgeClass.Kind.LABEL
        ]
        if self.instance.pk:
            words = self.instance.words()
            self.initial |= {
                "name": words.name,
                "description": words.description,
                "criteria": words.criteria,
                "picture_text": words.picture_text,
                "language": words.language,
                "seed": self.instance.art_seed,
            }
        else:
            self.initial.setdefault("language", get_language())
            self.initial.setdefault("seed", art.random_seed())

    @property
    def shown_seed(self) -> str:
        """The seed whose drawing the page shows now."""
        return self["seed"].value() or ""

    def clean(self):
        """Want criteria in one form or the other, and a picture."""
        cleaned = super().clean()
        if not cleaned.get("criteria") and not cleaned.get("criteria_url"):
            self.add_error("criteria", _("Say what one must do to earn the badge, as a text or as an address."))
        if not (cleaned.get("picture_file") or cleaned.get("seed") or self.instance.picture):
            self.add_error("picture_file", _("Choose a picture, or have one drawn."))
        return cleaned

    def words(self) -> dict:
        """Return the words in their language."""
        return {
            name: self.cleaned_data[name] for name in ["language", "name", "description", "criteria", "picture_text"]
        }


class SkillForm(forms.Form):
    """One skill: an ESCO concept by its address, or free words."""

    label = forms.CharField(label=_("Skill"), max_length=200, required=False)
    uri = forms.URLField(label=_("ESCO address"), required=False, assume_scheme="http")

    def clean_uri(self):
        """Take addresses of ESCO only: others could be anything."""
        uri = self.cleaned_data["uri"]
        if uri and not uri.startswith(ESCO_PREFIX):
            raise ValidationError(_("An ESCO address begins with %(prefix)s") % {"prefix": ESCO_PREFIX})
        return uri

    def clean(self):
        """Want words with an address."""
        cleaned = super().clean()
        if cleaned.get("uri") and not cleaned.get("label"):
            self.add_error("label", _("Write the name of the skill as well."))
        return cleaned


class BaseSkillFormSet(forms.BaseFormSet):
    """The skills of a badge, each once."""

    def clean(self):
        """Refuse the same skill twice."""
        labels = [
            form.cleaned_data.get("label") for form in self.forms if form.is_valid() and form.cleaned_data.get("label")
        ]
        if len(labels) != len(set(labels)):
            raise ValidationError(_("The same skill stands there twice."))

    def skills(self) -> list[dict]:
        """Return the filled rows."""
        return [
            {"label": form.cleaned_data["label"], "uri": form.cleaned_data["uri"]}
            for form in self.forms
            if form.cleaned_data.get("label")
        ]


SkillFormSet = forms.formset_factory(SkillForm, formset=BaseSkillFormSet, extra=3, max_num=20, absolute_max=30)
