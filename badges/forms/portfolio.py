"""Forms about a portfolio."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.fields import PlainField, SeenField


class PortfolioWordsForm(forms.Form):
    """What a person says of themselves; it names the version that was read."""

    headline = PlainField(
        label=_("Headline"), max_length=120, required=False, help_text=_("What you do, or what you look for.")
    )
    about = PlainField(label=_("About you"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 6}))
    seen = SeenField()

    def overtaken_by(self, current, reasons) -> None:
        """Say what stands there now; what was typed counts when it is sent once more."""
        self.data = self.data.copy()
        self.data["seen"] = current.version
        self.add_error(None, reasons)


class PortfolioSharingForm(forms.Form):
    """What others see when they open it."""

    shows_name = forms.BooleanField(
        label=_("Show my name"),
        required=False,
        help_text=_("It then stands above every badge here, also above those that you published without your name."),
    )
    may_be_indexed = forms.BooleanField(label=_("Search engines may list it"), required=False)
