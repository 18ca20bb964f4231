"""Forms for awarding to one person, and what a correction shares with them."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from badges.forms.dates import check_reach
from badges.sheets.cleaning import LINK, LINKS, PROBLEMS, RESULT
from portal import clock
from portal.accounts.forms import AddressField

NAME_LIMIT = 74  # first and last name make one of at most 150


class RecipientForm(forms.Form):
    """Who gets the badge: somebody who does not hold it yet."""

    first_name = forms.CharField(label=_("First name"), max_length=NAME_LIMIT)
    last_name = forms.CharField(label=_("Last name"), max_length=NAME_LIMIT)
    email = AddressField(label=_("E-mail"), help_text=_("The badge is sent to this address. It is never shown."))

    def __init__(self, *args, badge_class, **kwargs):
        super().__init__(*args, **kwargs)
        self.badge_class = badge_class

    def clean_email(self):
        """Want somebody who does not hold the badge, or for whom it ends soon."""
        email = self.cleaned_data["email"]
        if self.badge_class.assertions.blocking().lasting().filter(email=email).exists():
            raise ValidationError(_("This person holds the badge already."))
        return email

    @property
    def full_name(self) -> str:
        """The name as it will stand on the badge."""
        return f"{self.cleaned_data['first_name']} {self.cleaned_data['last_name']}"


class FactsForm(forms.Form):
    """What an award and its correction both say of one badge: its end, what was done, the evidence."""

    ends = _("Leave empty: it ends %(months)d months after the award.")

    valid_until = forms.DateField(
        label=_("Valid until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    narrative = forms.CharField(
        label=_("What this person did"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Such as a certificate's number or a part in a project. Others read it only if the holder wants."),
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        required=False,
        max_length=LINKS * (LINK + 1),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Addresses of what shows the work, one a line, five at the most. Only the holder sees them, "
            "and others if the holder wants."
        ),
    )
    result = forms.CharField(
        label=_("Result"),
        required=False,
        max_length=RESULT,
        help_text=_("Such as 9 of 10, or “with distinction”. Only the holder sees it, and others if the holder wants."),
    )

    def __init__(self, *args, months, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["valid_until"].help_text = (
            self.ends % {"months": months} if months else _("Leave empty for a badge without an end.")
        )

    def clean_valid_until(self):
        """Want a day to come."""
        day = self.cleaned_data["valid_until"]
        if day and day <= clock.today():
            raise ValidationError(_("This day is over. Choose one to come, or leave it empty."))
        if day and not clock.is_in_reach(day):
            raise ValidationError(PROBLEMS["date far"])
        return day

    def clean_evidence(self) -> list[str]:
        """Return the addresses."""
        addresses = self.cleaned_data["evidence"].split()
        if len(addresses) > LINKS:
            raise ValidationError(_("Give five addresses at the most."))
        if any(len(address) > LINK for address in addresses):
            raise ValidationError(PROBLEMS["evidence long"])
        check = URLValidator(schemes=["http", "https"])
        for address in addresses:
            try:
                check(address)
            except ValidationError as fault:
                raise ValidationError(_("%(address)s is no web address.") % {"address": address}) from fault
        return addresses


class DetailsForm(FactsForm):
    """What this one badge says on top of its class."""

    language = forms.ChoiceField(
        label=_("Language of the badge"), help_text=_("Its text, its certificate and its mail are in this language.")
    )
    activity_on = forms.DateField(
        label=_("Date of the activity"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ["language"]

    def __init__(self, *args, badge_class, **kwargs):
        super().__init__(*args, months=badge_class.valid_months, **kwargs)
        names = dict(settings.TEXT_LANGUAGES)
        languages = [text.language for text in badge_class.texts.all()]
        self.fields["language"].choices = [(code, names.get(code, code)) for code in languages]
        self.initial.setdefault("language", badge_class.words().language)

    def clean_activity_on(self):
        """Want a day that is no longer to come."""
        day = self.cleaned_data["activity_on"]
        if day and day > clock.today():
            raise ValidationError(_("This day is still to come."))
        if day:
            check_reach(day)
        return day


class AwardWizard:
    """Both forms in one journey: a quick award has the first step only.

    What was typed in the other step travels along in hidden fields, so that neither going back nor an error loses it.
    """

    def __init__(self, sent, *, badge_class, is_quick: bool):
        self.sent, self.is_quick = sent or {}, is_quick
        self.step, self.is_refused, self.is_done = 1, False, False
        self.recipient = RecipientForm(sent, badge_class=badge_class)
        self.details = DetailsForm(sent, badge_class=badge_class)
        went = self.sent.get("go", "next")
        if not sent or went == "back":
            self.recipient = RecipientForm(initial=typed(self.sent, RecipientForm), badge_class=badge_class)
        elif not self.recipient.is_valid():
            self.is_refused = True
        elif is_quick:
            self.is_done = True
        elif went == "next":
            self.step, self.details = 2, DetailsForm(initial=typed(sent, DetailsForm), badge_class=badge_class)
        else:
            self.step, self.is_done = 2, self.details.is_valid()
            self.is_refused = not self.is_done

    @property
    def form(self) -> forms.Form:
        """The form of the step that is shown."""
        return self.recipient if self.step == 1 else self.details

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What was typed in the step that is not shown."""
        other = DetailsForm if self.step == 1 else RecipientForm
        return list(typed(self.sent, other).items())

    @property
    def steps(self) -> list[dict]:
        """The steps as the page shows them; one with a fault says so."""
        now = "failed" if self.is_refused else "now"
        names = [_("Recipient"), _("Details")]
        return [
            {"name": name, "state": now if number == self.step else "done" if number < self.step else ""}
            for number, name in enumerate(names, 1)
        ]

    def facts(self) -> dict:
        """Return what this badge says on top of its class."""
        return {} if self.is_quick else self.details.cleaned_data


def typed(sent, form_class) -> dict:
    """Return what was typed into a form."""
    return {name: sent[name] for name in form_class.base_fields if sent.get(name)}
