"""Forms of an application: one for each kind of place, which says what stands there as content."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.ui.fields import SeenField
from quality_label.criteria import HIGHEST, MANDATORY_LEVEL
from quality_label.models import Application
from quality_label.readiness import candidates
from quality_label.sections import (
    CHOSEN_BADGES,
    CONTEXT_WORDS,
    FEWEST_ACTIONS,
    LINE,
    LONGEST_REASON,
    MOST_ACTIONS,
    MOST_AVOIDED,
    MOST_PEOPLE,
    NOBODY_AND_SOMEBODY,
    POINTS,
    SHORTEST_REASON,
    WORDS,
    code_of,
)


def line(label, **options) -> forms.CharField:
    return forms.CharField(label=label, max_length=LINE, required=False, **options)


def words(label, *, rows=3, length=WORDS, **options) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=length, widget=area, required=False, **options)


def tick(label) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class PlaceForm(forms.Form):
    """What stands at a place; it names the version that it was read from. A draft may leave anything open."""

    seen = SeenField()

    def __init__(self, *args, application: Application, place: str, content: dict, seen: int, **kwargs):
        super().__init__(*args, initial=self.read(content) | {"seen": seen}, **kwargs)
        self.application, self.place = application, place
        for field in self.fields.values():
            field.is_one_of = True  # nothing is “optional”: the overview says what is missing

    def read(self, content) -> dict:
        """Return the initial values for a content."""
        return content

    def content(self) -> dict:
        """Return what is to stand at the place."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def groups(self) -> list[dict]:
        """Return the fields as they stand together, each group with a legend or none."""
        return [{"legend": "", "fields": self.visible_fields()}]


class SignatoryForm(PlaceForm):
    """Who signs."""

    name = line(_("Name of who signs for you"))
    role = line(_("Function"))
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=LINE,
        help_text=_("One that a member of your organiser confirmed in their account."),
    )
    is_entitled = tick(_("This person may sign for the organiser."))
    is_committed = tick(
        _(
            "We commit ourselves: our evidence is truthful, we share the values of the network, our awards may be "
            "sampled, and we report what changes."
        )
    )


class ExplanationForm(PlaceForm):
    """Why a gate that is not met should not stand in the way."""

    words = words(_("Explanation"), rows=6, help_text=_("A coordinator reads it and decides whether it is enough."))


class ChangesForm(PlaceForm):
    """What changed since the label was awarded."""

    changed = words(
        _("What changed since the label was awarded"),
        rows=6,
        help_text=_("People, kinds of badges, how you judge, partners. Where nothing did, say so."),
    )
    achieved = words(
        _("What came of your plan of then"),
        rows=6,
        help_text=_("Go through its actions: done, and what shows it; or not done, and why."),
    )


class ContextForm(PlaceForm):
    """Whom the organiser works with."""

    learners = words(_("Kinds of learners"))
    languages = line(_("Languages"))
    numbers = words(_("How many badges, how many awards a year"))
    minors = forms.ChoiceField(
        label=_("Are learners under age?"),
        choices=[("yes", _("yes")), ("no", _("no"))],
        widget=forms.RadioSelect,
        required=False,
    )
    partners = words(
        _("Partners"), help_text=format_lazy(_("All of this together has {count} words at most."), count=CONTEXT_WORDS)
    )


class RowsForm(PlaceForm):
    """A form with rows; `ROWS` names for each kind how many there are at most, and what a row holds."""

    ROWS: dict = {}
    SPARE = 1  # empty rows below those that are filled

    def __init__(self, *args, content: dict, **kwargs):
        self.rows = {
            name: min(most, max(least, len(content[name]) + self.SPARE))
            for name, (least, most, _legend, _fields) in self.ROWS.items()
        }
        super().__init__(*args, content=content, **kwargs)
        for name, (_least, most, legend, make) in self.ROWS.items():
            sent = [number for number in range(most) if f"{name}-{number}-{next(iter(make(self)))}" in self.data]
            self.rows[name] = max([self.rows[name], *(number + 1 for number in sent)])
            for number in range(self.rows[name]):
                for key, field in make(self).items():
                    field.is_one_of = True
                    field.short_label = f"{legend % {'number': number + 1}}, {field.label}"
                    self.fields[f"{name}-{number}-{key}"] = field

    def read(self, content):
        """Spread the rows over their fields."""
        values = {name: value for name, value in content.items() if name not in self.ROWS}
        for name in self.ROWS:
            for number, row in enumerate(content[name]):
                values |= {f"{name}-{number}-{key}": value for key, value in row.items()}
        return values

    def content(self):
        """Gather the rows."""
        found = {name: value for name, value in super().content().items() if name.split("-")[0] not in self.ROWS}
        for name, (_least, _most, _legend, make) in self.ROWS.items():
            keys = make(self)
            found[name] = [
                {key: str(self.cleaned_data[f"{name}-{number}-{key}"] or "") for key in keys}
                for number in range(self.rows[name])
            ]
        return found

    def groups(self):
        """Put the fields of a row together."""
        plain = [field for field in self.visible_fields() if field.name.split("-")[0] not in self.ROWS]
        groups = [{"legend": "", "fields": plain}] if plain else []
        for name, (_least, _most, legend, make) in self.ROWS.items():
            for number in range(self.rows[name]):
                fields = [self[f"{name}-{number}-{key}"] for key in make(self)]
                groups.append({"legend": legend % {"number": number + 1}, "fields": fields})
        return groups


class BadgesForm(RowsForm):
    """The badges that the applicant chooses."""

    def badge_fields(self):
        if not hasattr(self, "badges"):
            self.badges = list(candidates(self.application.organiser, clock.today()).items())
        choices = [("", "—"), *((key, badge.name) for key, badge in self.badges)]
        return {
            "badge": forms.ChoiceField(label=_("Badge"), choices=choices, required=False),
            "reason": words(_("Why this one")),
        }

    ROWS = {"chosen": (CHOSEN_BADGES, CHOSEN_BADGES, _("Badge %(number)d"), badge_fields)}

    def __init__(self, *args, application, **kwargs):
        self.application = application
        super().__init__(*args, application=application, **kwargs)


class CriterionForm(PlaceForm):
    """The level that the applicant sees in one criterion."""

    level = forms.TypedChoiceField(
        label=_("Your level"),
        choices=[(str(level), str(level)) for level in range(HIGHEST + 1)],
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    does_not_apply = tick(_("This criterion does not apply to us."))
    ticked = forms.MultipleChoiceField(label=_("Indicators"), widget=forms.CheckboxSelectMultiple, required=False)
    reason = words(
        _("Why this level"),
        rows=7,
        length=LONGEST_REASON,
        help_text=format_lazy(
            _("From {count} characters on. Say what you do, and what shows it."), count=SHORTEST_REASON
        ),
    )

    def __init__(self, *args, application, place, **kwargs):
        super().__init__(*args, application=application, place=place, **kwargs)
        self.criterion = application.rules.criteria[code_of(place)]
        if not self.criterion.may_not_apply:
            del self.fields["does_not_apply"]
        if self.criterion.indicators:
            self.fields["ticked"].choices = [
                (one.code, f"{one.code} {one.statement}") for one in self.criterion.indicators
            ]
        else:
            del self.fields["ticked"]

    def groups(self):
        """Leave the level out: the page shows it with the words of each."""
        return [{"legend": "", "fields": [field for field in self.visible_fields() if field.name != "level"]}]

    def levels(self) -> list[dict]:
        """Return the levels as choices."""
        chosen = self["level"].value()
        return [
            {
                "value": level,
                "text": text,
                "checked": str(chosen) == str(level),
                "is_line": self.criterion.mandatory and level == MANDATORY_LEVEL,
            }
            for level, text in enumerate(self.criterion.anchors)
        ]


def point_fields(_form) -> dict:
    return {"words": words(_("In one or two sentences"), rows=2)}


class StrengthsForm(RowsForm):
    """Three strengths and three gaps."""

    ROWS = {
        "strengths": (POINTS, POINTS, _("Strength %(number)d"), point_fields),
        "gaps": (POINTS, POINTS, _("Gap %(number)d"), point_fields),
    }

    def __init__(self, *args, content, **kwargs):
        rows = {name: [{"words": text} for text in texts] for name, texts in content.items()}
        super().__init__(*args, content=rows, **kwargs)

    def content(self):
        """Return texts instead of rows."""
        return {name: [row["words"] for row in rows] for name, rows in super().content().items()}


class PlanForm(RowsForm):
    """What the organiser will do better."""

    def row_fields(self):
        criteria = [(code, f"{code} {one.title}") for code, one in self.application.rules.criteria.items()]
        return {
            "criterion": forms.ChoiceField(label=_("Criterion"), choices=[("", "—"), *criteria], required=False),
            "gap": words(_("What is not good yet"), rows=2),
            "action": words(_("What you will do"), rows=2),
            "owner": line(_("Who sees to it")),
            "date": forms.DateField(
                label=_("Until when"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            ),
            "sign": words(_("How you will know that it worked"), rows=2),
        }

    ROWS = {"rows": (FEWEST_ACTIONS, MOST_ACTIONS, _("Action %(number)d"), row_fields)}

    def __init__(self, *args, application, content, **kwargs):
        self.application, self.known = application, content["rows"]
        super().__init__(*args, application=application, content=content, **kwargs)

    def clean(self):
        """Want days that lie ahead in rows that say something new."""
        cleaned = super().clean()
        for number in range(self.rows["rows"]):
            row = {key: cleaned.get(f"rows-{number}-{key}") or "" for key in self.row_fields()}
            if row["date"] and row["date"] < clock.today() and row | {"date": str(row["date"])} not in self.known:
                said = _("Action %(number)d: this day is over. Name one that lies ahead.") % {"number": number + 1}
                self.add_error(f"rows-{number}-date", said)
        return cleaned


def tie_fields(_form) -> dict:
    return {"name": line(_("Name of the person")), "how": line(_("How they worked with you"))}


def avoided_fields(_form) -> dict:
    return {"name": line(_("Person or organisation")), "reason": words(_("Why"), rows=2)}


class ConflictsForm(RowsForm):
    """Who is known, and who is to be avoided."""

    knows_nobody = tick(_("Nobody of the network advised us, trained us or worked with us."))

    ROWS = {
        "people": (2, MOST_PEOPLE, _("Somebody who advised, trained or worked with you: %(number)d"), tie_fields),
        "avoid": (MOST_AVOIDED, MOST_AVOIDED, _("Somebody who should not judge: %(number)d"), avoided_fields),
    }

    def clean(self):
        """Want names, or the word that there are none."""
        cleaned = super().clean()
        named = any(value for name, value in cleaned.items() if name.startswith("people-"))
        if cleaned.get("knows_nobody") and named:
            self.add_error("knows_nobody", NOBODY_AND_SOMEBODY)
        return cleaned


class ConsentForm(PlaceForm):
    """What the applicant agrees to."""

    sampling = tick(_("Assessors may look at a sample of our awards. They read “Learner 3” instead of a name."))
    publication = tick(_("If we get the label, the network publishes that, with our name."))
    retention = tick(
        _("What we hand in is kept while we hold the label, and six months longer; without a label, for six months.")
    )


FORMS = {
    "signatory": SignatoryForm,
    "gate": ExplanationForm,
    "changes": ChangesForm,
    "context": ContextForm,
    "badges": BadgesForm,
    "criterion": CriterionForm,
    "strengths": StrengthsForm,
    "plan": PlanForm,
    "conflicts": ConflictsForm,
    "consent": ConsentForm,
}


def place_form(application: Application, place: str, answer, data=None) -> PlaceForm:
    """Return the form of a place with what stands there."""
    kind = FORMS[place.split(":")[0]]
    return kind(data, application=application, place=place, content=answer.content, seen=answer.version)
