"""Forms of the profile of an organiser, and of its place among others."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organisers.models import Organiser, OrganiserText
from portal.accounts.forms import AddressField
from portal.accounts.models import Person
from portal.files.fields import PictureField

CHECKED = ["name", "kind", "country"]


class OrganiserForm(forms.ModelForm):
    """The fields of an organiser, with its words in one language."""

    name = forms.CharField(label=_("Name"), max_length=150)
    description = forms.CharField(
        label=_("Description"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who you are, whom you work with and what people learn with you."),
    )
    language = forms.ChoiceField(label=_("Language of these texts"), choices=settings.TEXT_LANGUAGES)
    picture = PictureField(
        label=_("Picture"),
        required=False,
        help_text=_("PNG, JPEG or WebP; a square of 400 × 400 pixels or more looks best."),
    )

    website = forms.URLField(
        label=_("Website"),
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),  # type=url wants the scheme typed
    )
    contact_email = AddressField(
        label=_("Contact e-mail"),
        help_text=_("One of your own confirmed addresses; it is shown to people who hold your badges."),
    )

    privacy_url = forms.URLField(
        label=_("Privacy notice"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("The page on which you say what you do with the data of people who learn with you."),
    )

    linkedin_id = forms.RegexField(
        regex=r"\A[0-9]+\Z",
        label=_("LinkedIn organisation id"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("The number in the address of your page there. With it, badges on LinkedIn show your logo."),
        error_messages={"invalid": _("The id is a number, such as 1337.")},
    )

    field_order = ["name", "kind", "description", "language", "website", "contact_email", "privacy_url", "picture"]

    class Meta:
        model = Organiser
        fields = ["kind", "website", "contact_email", "privacy_url", "linkedin_id"]
        fields += ["city", "country", "address", "latitude", "longitude"]
        help_texts = {
            "latitude": _("To stand on the map, such as 54.6806"),
            "longitude": _("To stand on the map, such as 25.2960"),
        }

    def __init__(self, *args, by, language=None, **kwargs):
        """Show the words in `language`, empty where there are none yet; without it, those that the reader sees."""
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["kind"].label = _("What kind of organiser")
        if self.instance.pk:
            shown = self.instance.words(language)
            words = shown if language in {None, shown.language} else OrganiserText(language=language)
            self.initial |= {"name": words.name, "description": words.description, "language": words.language}
            if self.instance.is_locked():
                self.lock()
        else:
            self.initial = {"language": get_language(), "country": by.country, "contact_email": by.email} | self.initial

    def lock(self):
        """Show name, kind and country, which were checked, without letting them be changed here."""
        self.initial["name"] = self.initial["name"] or self.instance.name
        for name in CHECKED:
            self.fields[name].disabled = True

    def is_forged(self) -> bool:
        """Say whether something was sent for a field that cannot be changed here."""
        locked = [self[name] for name in CHECKED if self.fields[name].disabled]
        return any(self.data.get(field.html_name, str(field.initial)) != str(field.initial) for field in locked)

    def clean_contact_email(self):
        """Take an address that the person proved, or the one that stands there already."""
        address = self.cleaned_data["contact_email"]
        if address != self.instance.contact_email and address not in self.by.verified_addresses():
            raise ValidationError(
                _("Confirm this address first, on the page of your account: people must be able to reach you.")
            )
        return address

    def clean(self):
        """Want both halves of a place or none."""
        cleaned = super().clean()
        if (cleaned.get("latitude") is None) != (cleaned.get("longitude") is None):
            self.add_error("longitude", _("Give both latitude and longitude, or leave both empty."))
        return cleaned

    def facts(self) -> dict:
        """Return the cleaned facts, apart from the picture and the words."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    def words(self) -> dict:
        """Return the words and the picture."""
        return {name: self.cleaned_data[name] for name in ["language", "name", "description", "picture"]}


class HandOverForm(OrganiserForm):
    """A network admin creates an organiser for somebody else."""

    contact_email = AddressField(
        label=_("Contact e-mail"), required=False, help_text=_("Left empty, it is the address of the owner.")
    )
    owner = AddressField(label=_("E-mail of the owner"), help_text=_("Somebody who is registered already."))

    def clean_owner(self):
        """Return the person who will own it."""
        person = Person.objects.active().filter(email=self.cleaned_data["owner"]).first()
        if person is None:
            raise ValidationError(_("Nobody is registered under this address. Create the person first."))
        return person

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.initial["contact_email"]

    def clean_contact_email(self):
        """Take what the network admin knows; the owner may change it later."""
        return self.cleaned_data["contact_email"]

    def clean(self):
        """Let the owner be the contact where no other is named."""
        cleaned = super().clean()
        if "owner" in cleaned:
            cleaned["contact_email"] = cleaned.get("contact_email") or cleaned["owner"].email
        return cleaned


class MoveForm(forms.Form):
    """What an organiser is part of."""

    parent = forms.ModelChoiceField(
        label=_("Part of"),
        queryset=Organiser.objects.none(),
        required=False,
        empty_label=_("Nothing: it stands by itself"),
        help_text=_("You can choose among the organisers that you own."),
    )

    def __init__(self, *args, organiser, by, **kwargs):
        super().__init__(*args, initial={"parent": organiser.parent_id}, **kwargs)
        inside = Organiser.objects.below(organiser).values("pk")
        mine = Organiser.objects.open_to_units_of(by).exclude(pk__in=inside).exclude(pk=organiser.pk)
        self.fields["parent"].queryset = mine.with_words()
