"""Forms of the coordinator of a case."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from organisers.models import Organiser
from portal import clock
from portal.accounts.models import Person
from portal.ui.fields import SeenField
from quality_label.actions.eligibility import LONGEST_REMARK
from quality_label.actions.limits import LONGEST_TIE
from quality_label.actions.promise import SHORTEST_REASON
from quality_label.actions.rounds import SHORTEST_FINDING
from quality_label.clock import LONGEST_EXTENSION
from quality_label.conflicts import QUESTIONS
from quality_label.forms.words import words_field
from quality_label.models import Application, SampleAllowance
from quality_label.models.allowance import USUAL_AWARDS, USUAL_BADGES, USUAL_PEOPLE
from quality_label.sections import SECTIONS, code_of, place_title, section_of

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class DeclarationForm(forms.Form):
    """The eight questions on conflicts of interest, each with yes or no, and words where it is yes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, (_excludes, question) in QUESTIONS.items():
            self.fields[code] = forms.ChoiceField(
                label=question,
                choices=YES_NO,
                widget=forms.RadioSelect,
                error_messages={"required": _("Answer with yes or no.")},
            )
            self.fields[f"{code}_words"] = forms.CharField(
                label=_("If yes: what, in a few words"),
                max_length=LONGEST_TIE,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"{code}_words"].short_label = question

    def clean(self):
        """Want words where the answer is yes."""
        cleaned = super().clean()
        for code in QUESTIONS:
            if cleaned.get(code) == "yes" and not cleaned.get(f"{code}_words"):
                self.add_error(f"{code}_words", _("Say in a few words what it is."))
        return cleaned

    def answers(self) -> dict:
        """Return what was said, by question."""
        return {
            code: {"yes": self.cleaned_data[code] == "yes", "words": self.cleaned_data[f"{code}_words"]}
            for code in QUESTIONS
        }


class CaseForm(forms.Form):
    """A form that says which version of a case it showed."""

    seen = SeenField()

    def __init__(self, *args, case: Application, **kwargs):
        super().__init__(*args, initial={"seen": case.version}, **kwargs)
        self.case = case

    def facts(self) -> dict:
        """Return what the step takes."""
        return self.cleaned_data


class ReturnForm(CaseForm):
    """What is missing, place by place."""

    def __init__(self, *args, places: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = places
        for place, name in places.items():
            self.fields[place] = forms.CharField(label=name, max_length=LONGEST_REMARK, required=False)
            self.fields[place].is_one_of = True

    def groups(self) -> list[dict]:
        """Return the fields by section, the criteria by area; a group with words or a fault in it stands open."""
        rules, found = self.case.rules, {}
        areas = {one.code: place_title(rules, f"area:{area.code}") for area in rules.areas for one in area.criteria}
        for place in self.places:
            name = areas.get(code_of(place)) or str(SECTIONS[section_of(place)])
            found.setdefault(name, []).append(self[place])
        return [
            {"name": name, "fields": fields, "is_open": any(one.value() or one.errors for one in fields)}
            for name, fields in found.items()
        ]

    def clean(self):
        """Want something to complete."""
        cleaned = super().clean()
        if not self.errors and not any(cleaned[place] for place in self.places):
            raise ValidationError(_("Name at least one place at which something is missing."))
        return cleaned

    def facts(self) -> dict:
        """Return the places with their sentences, in the order of the form."""
        return {
            "seen": self.cleaned_data["seen"],
            "places": {place: self.cleaned_data[place] for place in self.places if self.cleaned_data[place]},
        }


class IneligibleForm(CaseForm):
    """Which gate is not met, and why."""

    gate = forms.ChoiceField(label=_("Which gate is not met"))
    words = forms.CharField(
        label=_("Explain it to the applicant"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What is missing, and what to do before applying again. The applicant reads this."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rules = self.case.rules
        gates = [(gate.code, place_title(rules, f"gate:{gate.code}")) for gate in rules.gates]
        self.fields["gate"].choices = [("", "—"), *gates]


def to_look_at(links) -> str:
    """Return links beside each other."""
    return format_html_join(
        " · ", '<a href="{}" rel="nofollow noopener">{}</a>', ((one["url"], one["name"]) for one in links)
    )


class EligibleForm(CaseForm):
    """A tick for each gate."""

    def __init__(self, *args, gates: list[dict], **kwargs):
        super().__init__(*args, **kwargs)
        self.gates = gates
        if self.case.was_returned():
            error = _("Confirm this gate, or end the case: it was returned once already.")
        else:
            error = _("Confirm this gate, or return the file or end the case.")
        for gate in gates:
            fallen = _("Not so any more: %(found)s") % {"found": gate["fallen"]} if gate["fallen"] else ""
            theirs = _("The applicant explains: %(words)s") % {"words": gate["explained"]} if gate["explained"] else ""
            self.fields[gate["code"]] = forms.BooleanField(
                label=f"{gate['code']} {gate['title']}",
                help_text=format_html(
                    "<span>{} {} {} {}</span>", gate["said"], fallen, theirs, to_look_at(gate["links"])
                ),
                error_messages={"required": error},
            )

    def facts(self) -> dict:
        """Return the gates that were confirmed."""
        return {
            "seen": self.cleaned_data["seen"],
            "gates": [gate["code"] for gate in self.gates if self.cleaned_data[gate["code"]]],
        }


class HandOverForm(CaseForm):
    """Who leads the case on."""

    coordinator = forms.ModelChoiceField(label=_("To whom"), queryset=None)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["coordinator"].queryset = Person.objects.filter(pk__in=[one.pk for one in people])


class ExtendForm(CaseForm):
    """How many more days, and why."""

    days = forms.IntegerField(label=_("How many more days"), min_value=1, max_value=LONGEST_EXTENSION)
    reason = forms.CharField(
        label=_("Why"),
        min_length=SHORTEST_REASON,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The applicant reads this."),
    )


class ReexamineForm(CaseForm):
    """Why an application is judged again."""

    words = words_field(
        _("What was found"),
        min_length=SHORTEST_FINDING,
        help_text=_("It is kept with the decision for the network; the applicant does not read it."),
    )


class DelayForm(CaseForm):
    """Why a promise was broken, and the day that holds instead."""

    words = forms.CharField(
        label=_("What happened"),
        min_length=SHORTEST_REASON,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Begin with an apology. The applicant reads this."),
    )
    new_date = forms.DateField(
        label=_("By when you decide now"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_new_date(self):
        """Want a day that lies ahead, and that people live to see."""
        day = self.cleaned_data["new_date"]
        if day <= clock.today() or not clock.is_in_reach(day):
            raise ValidationError(_("Name a day that lies ahead."))
        return day


class AllowanceForm(forms.ModelForm):
    """Lower numbers for one organiser, with the reason."""

    class Meta:
        model = SampleAllowance
        fields = ["organiser", "badges", "awards", "people", "reason"]
        labels = {"organiser": _("Organiser")}
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        given = SampleAllowance.objects.values("organiser")
        free = Organiser.objects.exclude(pk__in=Organiser.objects.joined_by(user)).exclude(pk__in=given)
        self.fields["organiser"].queryset = free.filter(standing__in=Organiser.OPERATING).prefetch_related("texts")
        self.fields["organiser"].label_from_instance = lambda organiser: organiser.name
        usual = {"badges": USUAL_BADGES, "awards": USUAL_AWARDS, "people": USUAL_PEOPLE}
        for name, most in usual.items():
            self.fields[name] = forms.IntegerField(
                label=self.fields[name].label, min_value=1, max_value=most, initial=most
            )
