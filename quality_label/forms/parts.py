"""Forms for the parts of a framework, in its own words and in others."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from portal.ui.fields import SeenField
from quality_label.criteria import CODE, HIGHEST, LINE, WORDS, Framework, Threshold
from quality_label.parts import places_of
from quality_label.wording import COMPUTED, FACTS, OUTCOMES, THRESHOLDS, facts_in_words, place_in_words

LEVELS = range(HIGHEST + 1)
INDICATOR = re.compile(r"(\S+)\s+(.+)")


class LineField(forms.CharField):
    """A line of text."""

    def __init__(self, label, **kwargs):
        super().__init__(label=label, max_length=LINE, **kwargs)


class WordsField(forms.CharField):
    """A longer text; its lines end as those of a file do."""

    def __init__(self, label, *, rows=3, **kwargs):
        super().__init__(label=label, widget=forms.Textarea(attrs={"rows": rows}), **{"max_length": WORDS, **kwargs})

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class CodeField(forms.CharField):
    """The code of a part."""

    def __init__(self, **kwargs):
        fault = _("A code has up to ten capital letters, digits and dots, such as A1 or 3.1.")
        super().__init__(label=_("Code"), max_length=10, validators=[RegexValidator(CODE, fault)], **kwargs)


class PartForm(forms.Form):
    """What a part of a draft says; it names the version that it was read from."""

    seen = SeenField()
    shows_both = False

    def __init__(self, *args, part: dict, seen: int, **kwargs):
        super().__init__(*args, initial=self.read(part) | {"seen": seen}, **kwargs)

    def read(self, part) -> dict:
        """Return the initial values for a part."""
        return part

    def facts(self) -> dict:
        """Return what the part is to say."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def pairs(self) -> list[tuple]:
        """Return each field with the texts that stand beside it."""
        return [(field, self.beside(field)) for field in self.visible_fields()]

    def beside(self, field) -> list[dict]:
        """Return what stands there now, where somebody changed it while this was typed."""
        now = self.initial.get(field.name, "")
        if not self.shows_both or str(now) == str(field.value()):
            return []
        if isinstance(now, list):
            words = facts_in_words(now)
        else:
            words = {True: _("yes"), False: _("no"), "": "–"}.get(now, now)
        return [{"title": _("What stands there now"), "text": words}]


class TitleForm(PartForm):
    """The title of the framework."""

    title = LineField(_("Title"))


class GateForm(PartForm):
    """A gate."""

    code = CodeField()
    title = LineField(_("Title"))
    statement = WordsField(_("Statement"), help_text=_("What must be so."))
    check = WordsField(_("How it is checked"))
    fact = forms.ChoiceField(
        label=_("What the portal checks by itself"),
        required=False,
        choices=[("", _("nothing: people check it")), *FACTS.items()],
    )
    may_be_explained = forms.BooleanField(label=_("An explanation may stand in for it"), required=False)

    def read(self, part):
        return part | {"fact": part["fact"] or ""}

    def facts(self):
        return super().facts() | {"fact": self.cleaned_data["fact"] or None}


class AreaForm(PartForm):
    """The words of an area."""

    code = CodeField()
    title = LineField(_("Title"))
    why = WordsField(_("Why it matters"))


class ScaleForm(PartForm):
    """The names and descriptions of the levels."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for level in LEVELS:
            self.fields[f"name_{level}"] = LineField(_("Level %(level)d: name") % {"level": level})
            self.fields[f"anchor_{level}"] = WordsField(_("Level %(level)d: description") % {"level": level})

    def read(self, part):
        steps = enumerate(part["scale"])
        return {f"{name}_{level}": step[name] for level, step in steps for name in ["name", "anchor"]}

    def facts(self):
        cleaned = self.cleaned_data
        return {"scale": [{name: cleaned[f"{name}_{level}"] for name in ["name", "anchor"]} for level in LEVELS]}


class CriterionForm(PartForm):
    """A criterion with its anchors and indicators."""

    code = CodeField()
    title = LineField(_("Title"))
    statement = WordsField(_("Statement"), help_text=_("What is so where it is met."))
    evidence = WordsField(_("Evidence that counts"))
    weight = forms.IntegerField(label=_("Weight"), min_value=0, max_value=100)
    mandatory = forms.BooleanField(label=_("Mandatory"), required=False)
    may_not_apply = forms.BooleanField(label=_("May not apply to everybody"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for level in LEVELS:
            self.fields[f"anchor_{level}"] = WordsField(_("Level %(level)d") % {"level": level}, rows=2)
        self.fields["indicators"] = WordsField(
            _("Indicators"),
            rows=4,
            required=False,
            max_length=20 * WORDS,
            help_text=_("One a line: its code, a space, and what is so or not."),
        )
        self.fields["facts"] = forms.MultipleChoiceField(
            label=_("What the portal computes"),
            choices=COMPUTED,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Shown to those who assess themselves and to assessors; it decides nothing by itself."),
        )

    def read(self, part):
        indicators = "\n".join(f"{one['code']} {one['statement']}" for one in part.get("indicators", []))
        anchors = {f"anchor_{level}": text for level, text in enumerate(part.get("anchors", []))}
        return part | anchors | {"indicators": indicators, "facts": part.get("facts", [])}

    def clean_indicators(self):
        """Return them as codes and statements."""
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["indicators"].splitlines())):
            parts = INDICATOR.fullmatch(line)
            if not parts or not re.fullmatch(CODE, parts[1]):
                raise ValidationError(
                    _("“%(line)s” does not begin with a code and a space, such as “A1.1 ”."), params={"line": line}
                )
            found.append({"code": parts[1], "statement": parts[2]})
        return found

    def facts(self):
        facts = super().facts()
        return facts | {"anchors": [facts.pop(f"anchor_{level}") for level in LEVELS]}


class ThresholdsForm(PartForm):
    """What the outcomes take."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for outcome, outcome_name in OUTCOMES.items():
            if outcome != "awarded":
                self.fields["with_conditions"] = forms.BooleanField(
                    label=_("The label can be awarded with conditions"), required=False
                )
            for name, label in THRESHOLDS.items():
                self.fields[f"{outcome}_{name}"] = self.number(name, f"{outcome_name}: {label}")

    def number(self, name, label):
        """Return the field of a number, within what it can be."""
        if Threshold.model_fields[name].annotation is int:
            return forms.IntegerField(label=label, required=False, min_value=0)
        most = 100 if name in {"total", "area", "indicators"} else HIGHEST
        return forms.DecimalField(label=label, required=False, min_value=0, max_value=most, decimal_places=1)

    def read(self, part):
        values = {"with_conditions": bool(part["thresholds"].get("awarded_conditions"))}
        for outcome in OUTCOMES:
            threshold = Threshold.model_validate(part["thresholds"].get(outcome) or {}).model_dump(mode="json")
            values |= {f"{outcome}_{name}": value for name, value in threshold.items()}
        return values

    def facts(self):
        outcomes = {
            outcome: {name: self.cleaned_data[f"{outcome}_{name}"] or 0 for name in THRESHOLDS} for outcome in OUTCOMES
        }
        if not self.cleaned_data["with_conditions"]:
            outcomes["awarded_conditions"] = None
        return {"thresholds": outcomes}


class TextsForm(PartForm):
    """The words of a part in another language, beside the original."""

    def __init__(self, *args, rules: Framework, name: str, language: str, **kwargs):
        self.rules, self.language = rules, language
        places = places_of(rules, name)
        super().__init__(
            *args, part={place: rules.texts.get(language, {}).get(place, "") for place in places}, **kwargs
        )
        for place in places:
            field = WordsField(place_in_words(place), required=False, rows=2)
            field.widget.attrs["lang"] = language
            self.fields[place] = field

    def beside(self, field):
        original = {"title": _("Original"), "text": self.rules.words[field.name], "language": self.rules.language}
        return [original, *(note | {"language": self.language} for note in super().beside(field))]


FORMS = {
    "title": TitleForm,
    "gate": GateForm,
    "scale": ScaleForm,
    "area": AreaForm,
    "criterion": CriterionForm,
    "thresholds": ThresholdsForm,
}
