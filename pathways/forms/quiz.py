"""The questions of a quiz as a form; the values of what is chosen are ids, the same in every language."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pathways.models import ActivityPage
from pathways.quiz import Question
from portal.ui.fields import PlainField

CHOOSE = {"required": _("Choose an answer."), "invalid_choice": _("Choose an answer.")}


class OrderWidget(forms.Widget):
    """Things with a place each; with JavaScript they are dragged, or moved by buttons."""

    template_name = "pathways/widgets/order.html"
    use_fieldset = True
    choices = ()

    def get_context(self, name, value, attrs):
        """Show the things in the order that was sent, else as they were shuffled."""
        context = super().get_context(name, None, attrs)
        places = dict(value or {})
        rows = [{"name": f"{name}-{key}", "title": title, "place": places.get(key, "")} for key, title in self.choices]
        context["widget"] |= {"rows": rows, "places": range(1, len(rows) + 1)}
        return context

    def value_from_datadict(self, data, files, name):
        """Return the place that each thing was given."""
        return {key: data.get(f"{name}-{key}", "") for key, _title in self.choices}

    def value_omitted_from_data(self, data, files, name):
        return not any(f"{name}-{key}" in data for key, _title in self.choices)


class OrderField(forms.Field):
    """All things in an order; each has a place of its own."""

    widget = OrderWidget
    default_error_messages = {"required": _("Give each a place of its own.")}

    def __init__(self, *, choices, **kwargs):
        super().__init__(**kwargs)
        self.widget.choices = choices

    def clean(self, value):
        """Return the ids in their order."""
        wanted = [str(place) for place in range(1, len(self.widget.choices) + 1)]
        if sorted(value.values()) != sorted(wanted):
            raise ValidationError(self.error_messages["required"], code="required")
        return sorted(value, key=lambda key: int(value[key]))


def field_of(question: Question, seed: str) -> forms.Field:
    """Return the field by which a question is answered."""
    choices = [(option.id, option.text) for option in question.shuffled(seed)]
    match question.kind:
        case "single":
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, error_messages=CHOOSE)
        case "multiple":
            return forms.MultipleChoiceField(
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("More than one may be right."),
                error_messages=CHOOSE,
            )
        case "order":
            return OrderField(choices=choices, help_text=_("Bring them into the right order."))
        case "short":
            return PlainField(max_length=200, error_messages={"required": _("Write an answer.")})
        case _:
            return forms.DecimalField(
                max_digits=18,
                decimal_places=6,
                localize=True,
                help_text=_("A number in %(unit)s.") % {"unit": question.unit} if question.unit else _("A number."),
                error_messages={"required": _("Write a number."), "invalid": _("Write a number, such as 12 or 0.5.")},
            )


class QuizForm(forms.Form):
    """The questions of an activity, their options shuffled in the same way for the same `seed`."""

    def __init__(self, *args, activity: ActivityPage, seed: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        for question in activity.questions():
            field = field_of(question, seed)
            field.label = question.title
            field.short_label = gettext("Question %(number)d") % {"number": question.number}
            self.fields[question.id] = field

    def answers(self) -> dict:
        """Return the answers by the ids of their questions, as they are kept."""
        given = self.cleaned_data
        return {name: value if isinstance(value, (str, list)) else str(value) for name, value in given.items()}
