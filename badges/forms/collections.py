"""Forms about collections of badges."""

from django import forms
from django.utils.translation import gettext_lazy as _

from badges.models import Collection
from portal.ui.fields import PlainField, SeenField


class CollectionForm(forms.Form):
    """What a collection is called, and what it shows."""

    name = PlainField(label=_("Name"), max_length=80)
    description = PlainField(
        label=_("Description"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What these badges have in common."),
    )


class WordsForm(CollectionForm):
    """The same of a collection that is there; it names the version that was read."""

    seen = SeenField()

    def overtaken_by(self, current: Collection, reasons) -> None:
        """Say what stands there now; what was typed counts when it is sent once more."""
        self.data = self.data.copy()
        self.data["seen"] = current.version
        self.add_error(None, reasons)


class SharingForm(forms.Form):
    """Who may open a collection."""

    visibility = forms.ChoiceField(label=_("Who may open it"), choices=Collection.Visibility.choices)
    shows_name = forms.BooleanField(
        label=_("Show my name"), required=False, help_text=_("Each badge has a switch of its own for its page.")
    )
    may_be_indexed = forms.BooleanField(
        label=_("Search engines may list it"), required=False, help_text=_("Only when it is public.")
    )


class PlacesForm(forms.Form):
    """In which collections a badge is."""

    collections = forms.MultipleChoiceField(
        label=_("Your collections"), required=False, widget=forms.CheckboxSelectMultiple
    )
    name = PlainField(
        label=_("Create a new collection"),
        max_length=80,
        required=False,
        help_text=_("Give it a name, and the badge is in it."),
    )

    def __init__(self, *args, collections, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["collections"].choices = [(str(one.key), one.name) for one in collections]
        if not collections:
            del self.fields["collections"]
