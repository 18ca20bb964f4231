"""The part of the badge editor's form that names skills."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from badges.models import EscoLabel
from badges.models.skill import ESCO_PREFIX

SKILL_LIMIT = 20


class SkillForm(forms.Form):
    """One skill: an ESCO concept by its address, or free words."""

    label = forms.CharField(label=_("Skill"), max_length=200, required=False)
    uri = forms.URLField(label=_("ESCO address"), required=False, assume_scheme="http", widget=forms.HiddenInput)

    def clean_uri(self):
        """Take addresses of ESCO only: others could be anything."""
        uri = self.cleaned_data["uri"]
        if uri and not uri.startswith(ESCO_PREFIX):
            raise ValidationError(_("An ESCO address begins with %(prefix)s") % {"prefix": ESCO_PREFIX})
        return uri

    @property
    def is_european(self) -> bool:
        """Whether the skill comes from ESCO."""
        return bool(self["uri"].value())


class BaseSkillFormSet(forms.BaseFormSet):
    """The skills of a badge, each once."""

    def clean(self):
        """Refuse the same skill twice, and give skills of ESCO the names they have there."""
        filled = [form.cleaned_data for form in self.forms if form.is_valid() and form.cleaned_data.get("label")]
        known = EscoLabel.objects.by_address([skill["uri"] for skill in filled if skill["uri"]])
        for skill in filled:
            names = {label.language: label.label for label in known.get(skill["uri"], [])}
            if names and skill["label"] not in names.values():
                skill["label"] = names.get(get_language()) or names.get("en") or next(iter(names.values()))
        labels = [skill["label"] for skill in filled]
        if len(labels) != len(set(labels)):
            raise ValidationError(_("The same skill stands there twice."))

    def skills(self) -> list[dict]:
        """Return the filled rows."""
        return [
            {"label": form.cleaned_data["label"], "uri": form.cleaned_data["uri"]}
            for form in self.forms
            if form.cleaned_data.get("label")
        ]


SkillFormSet = forms.formset_factory(SkillForm, formset=BaseSkillFormSet, extra=2, max_num=SKILL_LIMIT, absolute_max=30)
