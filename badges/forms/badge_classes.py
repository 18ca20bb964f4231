"""The badge editor's forms: facts with the words they were written in, and the words in another language."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from badges import art
from badges.forms.pictures import DRAWING, PictureForm, drawing_in_words
from badges.models import BadgeClass, BadgeClassText


def text_area(label, limit, help_text="", *, rows=3, required=False):
    """Return a field for a longer text."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


class WordsForm(forms.Form):
    """Everything that a badge says in one language."""

    name = forms.CharField(label=_("Name"), max_length=120)
    description = text_area(
        _("Description"),
        1500,
        _("What a person who holds this badge can do or has done, in words that a stranger understands."),
        required=True,
    )
    criteria = text_area(
        _("Criteria as a text"),
        5000,
        _("What one must do to earn it, to what standard, and who judges. Give a text, an address, or both."),
        rows=5,
    )
    picture_text = forms.CharField(
        label=_("What the picture shows"),
        max_length=250,
        help_text=_("For people who cannot see it, such as “Hexagon with a wrench on orange contour lines”."),
    )
    outcomes = text_area(_("Learning outcomes"), 3000, _("What people can do afterwards, one outcome a line."), rows=4)
    assessment = text_area(
        _("Type of assessment"), 600, _("How the outcomes are tested, such as a piece of work judged by two people.")
    )
    quality = text_area(
        _("Quality assurance"), 600, _("Who looks after the quality of the learning and of the badge, and how.")
    )
    prerequisites = text_area(_("What one needs to take part"), 600)
    grading = text_area(_("Grades"), 600, _("Which grades there are, if any, and what they mean."))
    stacking = text_area(
        _("What it counts towards"), 600, _("Whether it stands alone or adds up with others, and to what.")
    )
    further = text_area(_("Further information"), 600)

    def words(self) -> dict:
        """Return the words."""
        names = (*BadgeClassText.WORDS, *BadgeClassText.CREDENTIAL_WORDS)
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def value(self, name) -> str:
        """Return what stands in a field now, typed or kept."""
        return self[name].value() or "" if name in self.fields else ""


class BadgeClassForm(WordsForm, PictureForm, forms.ModelForm):
    """A badge class with the words in its first language, and its picture."""

    language = forms.ChoiceField(
        label=_("Language of these texts"),
        choices=settings.TEXT_LANGUAGES,
        help_text=_("You can add other languages once the badge is saved."),
    )

    class Meta:
        model = BadgeClass
        fields = [
            "kind",
            "criteria_url",
            "workload_minutes",
            "valid_months",
            "level",
            "cycle",
            "credits",
            "participation",
            "supervision",
        ]
        labels = {"valid_months": _("Valid for how many months"), "workload_minutes": _("Workload in minutes")}
        help_texts = {
            "workload_minutes": _("How long it takes most people, all in all."),
            "valid_months": _("Leave empty for a badge without an end."),
            "level": _("Of the European Qualifications Framework."),
            "cycle": _("Where it belongs to higher education."),
            "credits": _("One credit stands for 25 to 30 hours of learning."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = BadgeClass.Kind
        offered = (
            kinds.choices
            if self.instance.organiser.is_network
            else [(k.value, k.label) for k in kinds if k != kinds.LABEL]
        )
        self.fields["kind"].choices = offered
        for name in ("level", "cycle", "participation", "supervision"):
            self.fields[name].choices = [("", _("not said")), *self.fields[name].choices[1:]]
        places = {"shape": "{shape}", "symbol": "{symbol}", "colours": "{palette}"}
        self.fields["picture_text"].widget.attrs["data-proposal"] = DRAWING % places
        for name in ("criteria", "criteria_url"):
            self.fields[name].needed_for = _("a text or an address is needed")
        for name in ("outcomes", "assessment", "quality", "participation"):
            self.fields[name].needed_for = _("needed to publish")
        for name in ("level", "cycle"):
            self.fields[name].needed_for = _("one of two is needed to publish")
        if self.instance.pk:
            del self.fields["language"]
            words, seed = self.instance.original(), self.instance.art_seed
            names = (*BadgeClassText.WORDS, *BadgeClassText.CREDENTIAL_WORDS)
            kept = {name: getattr(words, name) for name in names}
        else:
            seed = art.random_choices()
            kept = {"language": get_language(), "picture_text": drawing_in_words(seed)}
        typed = kwargs.get("initial") or {}
        self.initial |= kept | self.picture_initial(typed.get("seed", seed)) | typed

    @property
    def language_now(self) -> str:
        """The language in which the words stand."""
        return self["language"].value() if "language" in self.fields else self.instance.original().language

    @property
    def kind_name(self) -> str:
        """The kind in words."""
        return dict(BadgeClass.Kind.choices).get(self["kind"].value(), "")

    def clean(self):
        """Want criteria in one form or the other, and a picture with words of its own."""
        cleaned = super().clean()
        if cleaned.get("picture_text") == drawing_in_words(self["seed"].value()):
            if cleaned.get("picture_file"):
                self.add_error("picture_text", _("These words tell of the drawn picture. Say what yours shows."))
            else:
                cleaned["picture_text"] = drawing_in_words(cleaned.get("seed"))
        if not cleaned.get("criteria") and not cleaned.get("criteria_url"):
            self.add_error("criteria", _("Say what one must do to earn the badge, as a text or as an address."))
        if not (cleaned.get("picture_file") or cleaned.get("seed") or self.instance.picture):
            self.add_error("picture_file", _("Choose a picture, or have one drawn."))
        return cleaned

    def words(self) -> dict:
        """Return the words with their language."""
        return super().words() | {"language": self.cleaned_data.get("language") or self.language_now}


class TranslationForm(WordsForm):
    """The words of a badge in another language: all that the first language says, and nothing else."""

    def __init__(self, *args, badge_class: BadgeClass, text: BadgeClassText | None, language: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.original, self.language = badge_class.original(), language
        said = self.original.content(badge_class.is_micro_credential)
        for name in list(self.fields):
            if not said.get(name):
                del self.fields[name]
                continue
            field = self.fields[name]
            field.required, field.help_text = True, ""
            field.widget.is_required = True
            field.widget.attrs["lang"] = language
            self.initial.setdefault(name, getattr(text, name) if text else "")

    def pairs(self):
        """Return each field with what the first language says there."""
        return [(self[name], getattr(self.original, name)) for name in self.fields]

    def words(self) -> dict:
        """Return the words with their language."""
        return super().words() | {"language": self.language}
