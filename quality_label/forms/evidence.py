"""The form for a piece of evidence."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.fetching.fields import PublicLinkField
from portal.files.fields import EvidenceField
from portal.ui.fields import PlainField
from quality_label.gaps import oldest
from quality_label.models import Evidence


class AddressField(PublicLinkField):
    """The address of a page on the internet, or of one of this portal; `is_of_portal` says which."""

    def to_python(self, value):
        text = forms.CharField.to_python(self, value)
        path = text.removeprefix(settings.BASE_URL) if text.startswith(f"{settings.BASE_URL}/") else text
        if not path.startswith("/") or path.startswith("//"):
            return super().to_python(value)
        try:
            resolve(urlsplit(path).path)
        except Resolver404 as unknown:
            raise ValidationError(_("This portal has no page at this address."), code="invalid") from unknown
        return settings.BASE_URL + path


class EvidenceForm(forms.Form):
    """A link, a file or a page of this portal, and the criteria that it is about."""

    title = PlainField(label=_("Title"), max_length=150)
    address = AddressField(
        label=_("Address of a page"),
        required=False,
        max_length=500,
        help_text=_("On the internet or on this portal. Films are given as an address."),
    )
    from_minute = forms.IntegerField(
        label=_("From minute"), required=False, min_value=0, max_value=999, help_text=_("Only for films.")
    )
    file = EvidenceField(
        label=_("or a file"), required=False, help_text=_("PDF, PNG, JPEG, WebP, TXT, CSV or JSON, up to 20 MB.")
    )
    dated_on = forms.DateField(
        label=_("Date of what it shows"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Practice of the last 24 months, plans of the last 12."),
    )
    is_plan = forms.BooleanField(label=_("It is a plan, not practice."), required=False)
    criteria = forms.MultipleChoiceField(
        label=_("Criteria that it is about"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Name at least one criterion.")},
    )
    is_free_of_personal_data = forms.BooleanField(
        label=_("It shows no personal data of others, or they gave their permission."),
        error_messages={"required": _("Tick this, or black out the personal data first.")},
    )

    def __init__(self, *args, application, codes, **kwargs):
        super().__init__(*args, **kwargs)
        self.application, self.twin = application, None
        criteria = application.rules.criteria
        self.fields["criteria"].choices = [
            (code, f"{code} {one.title}") for code, one in criteria.items() if code in codes
        ]
        if len(codes) == 1:
            self.fields["criteria"].initial = list(codes)
            self.fields["criteria"].widget = self.fields["criteria"].hidden_widget()
        self.fields["address"].is_one_of = self.fields["file"].is_one_of = True

    def clean(self):
        """Want an address or a file, of a day that is neither to come nor too long ago."""
        cleaned = super().clean()
        if not {"address", "file"} & set(self.errors) and bool(cleaned.get("address")) == bool(cleaned.get("file")):
            self.add_error("address", _("Give either an address or a file."))
        day = cleaned.get("dated_on")
        if day and day > clock.today():
            self.add_error("dated_on", _("This day is still to come."))
        elif day and day < oldest(clock.today(), is_plan=cleaned.get("is_plan", False)):
            self.add_error("dated_on", _("This is too old: practice of the last 24 months, plans of the last 12."))
        if cleaned.get("file") and self.application.may_widen_evidence:
            self.refuse_twin(cleaned["file"])
        if self.errors:
            self.ask_for_file_again()
        return cleaned

    def refuse_twin(self, file) -> None:
        """Refuse a file that is attached already; `twin` is what it was attached as."""
        self.twin = self.application.evidence.kept().twin_of(file)
        if self.twin:
            facts = {"title": self.twin.title, "criteria": ", ".join(self.twin.criteria)}
            self.add_error("file", _("This file is attached already: “%(title)s”, about %(criteria)s.") % facts)

    def ask_for_file_again(self) -> None:
        """Say beside a file in which nothing is wrong that it was not kept, as no page can keep one."""
        if "file" in self.files and "file" not in self.errors:
            self.add_error("file", _("Choose the file once more: nothing is wrong with it, but a page cannot keep it."))

    def codes_for_twin(self) -> list[str]:
        """Return the criteria that were ticked and that what is attached already is not about."""
        return [code for code in self.cleaned_data.get("criteria", []) if self.twin and code not in self.twin.criteria]

    def kind(self) -> str:
        """Return what it is."""
        if self.cleaned_data["file"]:
            return Evidence.Kind.FILE
        is_of_portal = self.cleaned_data["address"].startswith(f"{settings.BASE_URL}/")
        return Evidence.Kind.RECORD if is_of_portal else Evidence.Kind.LINK

    def facts(self) -> dict:
        """Return what is to be attached."""
        names = ["title", "from_minute", "dated_on", "is_plan", "criteria", "is_free_of_personal_data", "file"]
        facts = {name: self.cleaned_data[name] for name in names}
        return facts | {"kind": self.kind(), "url": self.cleaned_data["address"]}
