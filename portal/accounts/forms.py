"""Forms about people."""

import json
import zoneinfo

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from portal import clock
from portal.accounts.actions import save_settings
from portal.accounts.addresses import LONGEST, check_letters, checked, mailbox
from portal.accounts.ages import ELSEWHERE, consent_age, consent_ages
from portal.accounts.guardians import OWN_ADDRESS, await_guardian, is_own_mailbox
from portal.accounts.merging import hindrances
from portal.accounts.models import NetworkRole, Person
from portal.accounts.pending import known_of_newcomer, remember_address
from portal.accounts.terms import accept_terms

AGE_CHOICES = [("yes", _("Yes")), ("no", _("No, I am younger"))]


def links_to_terms():
    """Return where both texts are read: in tabs of their own, or they would take the place of the form."""
    pages = [(reverse("accounts:terms"), _("Terms of use")), (reverse("accounts:privacy"), _("Privacy notice"))]
    links = format_html_join(" · ", '<a href="{}" target="_blank" rel="noopener">{}</a>', pages)
    return format_html("<span>{} ({})</span>", links, _("each opens in a new tab"))


class AgreementField(forms.BooleanField):
    """The tick that accepts the terms."""

    def __init__(self):
        super().__init__(
            label=_("I have read the terms of use and the privacy notice, and I accept the terms"),
            help_text=lazy(links_to_terms, str)(),
            error_messages={"required": _("Read both, then tick the box: without it there can be no account.")},
        )


class AddressField(forms.EmailField):
    """An e-mail address; its clean value is the canonical one."""

    default_validators = [check_letters]

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": LONGEST, **kwargs})

    def clean(self, value):
        address = super().clean(value)
        return checked(address) if address else ""


def call_it_e_mail(field) -> None:
    """Give django-allauth's field for an address the label of the other forms, and no second one inside it."""
    field.label = _("E-mail")
    field.widget.attrs.pop("placeholder", None)


class LoginForm(allauth_forms.LoginForm):
    """Sign-in, in our words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        call_it_e_mail(self.fields["login"])
        if "remember" in self.fields:
            self.fields["remember"].label = _("Stay signed in")


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """The way to a new password, in our words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        call_it_e_mail(self.fields["email"])


class AddEmailForm(allauth_forms.AddEmailForm):
    """One more address, in our words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        call_it_e_mail(self.fields["email"])


def guardian_fault(address, own):
    """Return what is wrong with the address of a guardian; None when it can be asked."""
    if not address:
        return _("Give the address of your parent or guardian: we ask them whether they agree.")
    return OWN_ADDRESS if own and mailbox(address) == mailbox(own) else None


class OtherAccountForm(forms.Form):
    """Address and password of another account of the same person."""

    email = AddressField(label=_("E-mail of the other account"))
    password = forms.CharField(
        label=_("Password of the other account"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.person = None

    def clean(self):
        """Find the account as signing in would: wrong guesses are counted, and all get the same answer."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        adapter = get_adapter()
        found = adapter.authenticate(self.request, email=cleaned["email"], password=cleaned["password"])
        if found is None or not found.is_active:
            raise adapter.validation_error("email_password_mismatch")
        if reasons := hindrances(self.request.user, found):
            raise ValidationError([str(reason) for reason in reasons])
        self.person = found
        return cleaned


class SecondStepForm(AuthenticateForm):
    """A code of the second step of another account, in our words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code of the other account")
        self.fields["code"].help_text = _("From its authenticator app, or one of its recovery codes.")
        self.fields["code"].widget.attrs.pop("placeholder", None)


class SignupForm(allauth_forms.SignupForm):
    """Sign-up: address and password, and the questions that badges and the protection of minors need."""

    field_order = ["name", "email", "password1", "country", "age", "guardian", "terms"]

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("As it should stand on your badges."),
    )
    country = CountryField(blank_label=_("Choose your country")).formfield(label=_("Country"))
    age = forms.ChoiceField(
        label=_("Are you old enough in your country to agree to an online service yourself?"),
        choices=AGE_CHOICES,
        widget=forms.RadioSelect,
        help_text=_(
            "The age is between 13 and 16, depending on the country. Younger people keep their badges private."
        ),
    )
    age_asked = forms.IntegerField(required=False, widget=forms.HiddenInput)  # the age that the page named, if any
    guardian = AddressField(
        label=_("E-mail of a parent or guardian"),
        required=False,
        help_text=_("Only if you answered “No”. We ask them whether they agree, before you can use the account."),
    )
    terms = AgreementField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        call_it_e_mail(self.fields["email"])
        self.fields["password1"].widget.attrs.pop("placeholder", None)
        self.fields["guardian"].needed_for = _("if you are younger")
        self.fields["country"].widget.attrs |= {
            "data-ages": json.dumps(consent_ages()),
            "data-age-elsewhere": ELSEWHERE,
            "data-age-question": _("Are you at least {age} years old?"),
        }
        if context.request is not None:
            self.initial |= known_of_newcomer(context.request)

    def clean(self):
        """Judge the answer by the age of the country, and want a guardian of who is younger."""
        cleaned = super().clean()
        asked, country = cleaned.get("age_asked"), cleaned.get("country")
        if asked and country and asked != consent_age(country):
            facts = {"age": consent_age(country)}
            self.add_error("age", _("In your country the age is %(age)d. Please answer once more.") % facts)
        is_asked = cleaned.get("age") == "no" and "guardian" not in self.errors
        if is_asked and (fault := guardian_fault(cleaned.get("guardian"), cleaned.get("email"))):
            self.add_error("guardian", fault)
        return cleaned

    def try_save(self, request):
        """Take as long for an address that is registered already as for a new one, whose password is hashed."""
        remember_address(request, self.cleaned_data["email"])
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)

    @transaction.atomic
    def signup(self, request, user):
        """Store the answers on the new person."""
        user.name = self.cleaned_data["name"]
        user.country = self.cleaned_data["country"]
        user.is_of_age = self.cleaned_data["age"] == "yes"
        user.language = get_language()
        user.save()
        accept_terms(user, how="sign_up")
        if not user.is_of_age:
            await_guardian(user, email=self.cleaned_data["guardian"])


class SettingsForm(forms.ModelForm):
    """A person's own settings."""

    time_zone = forms.ChoiceField(label=_("Time zone"))

    class Meta:
        model = Person
        fields = ["name", "country", "language", "theme", "time_zone", "gets_reminders"]
        widgets = {"theme": forms.RadioSelect}
        help_texts = {"gets_reminders": _("You get the letter with the badge itself in any case.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        zones = sorted(zone for zone in zoneinfo.available_timezones() if zone.startswith(("Europe/", "Atlantic/")))
        if self.instance.time_zone not in zones:
            zones.insert(0, self.instance.time_zone)
        self.fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in zones]
        if self.instance.is_of_age and self.is_stricter(self.data.get("country")):
            question = _("Are you at least %(age)d years old?") % {"age": consent_age(self.data["country"])}
            self.fields["age"] = forms.ChoiceField(label=question, choices=AGE_CHOICES, widget=forms.RadioSelect)
            self.order_fields(["name", "country", "age"])

    def is_stricter(self, country) -> bool:
        """Say whether people have to be older in a country than in the one of this person."""
        return bool(country) and consent_age(country) > consent_age(self.instance.country)

    def clean_age(self):
        """Refuse a country in which the person could not have an account of their own yet."""
        if self.cleaned_data["age"] != "yes":
            words = _("Then stay with your country for now, or write to %(contact)s.")
            raise ValidationError(words % {"contact": settings.PRIVACY_CONTACT})
        return self.cleaned_data["age"]

    def save(self):
        """Save these fields alone: a new password or a deactivation of this minute stays."""
        return save_settings(self.instance, fields=self._meta.fields)


class WelcomeForm(forms.Form):
    """The first password of somebody whom a network admin registered."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters. Three or four words that nobody else puts together are easy to keep."),
    )

    terms = AgreementField()

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self):
        """Ask the password rules."""
        validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]


class PersonForm(forms.ModelForm):
    """What a network admin writes about a person: facts, whether they may sign in, and their network roles."""

    field_order = ["name", "email", "country", "is_of_age", "guardian", "is_on_paper"]

    email = AddressField(label=_("E-mail address"))

    guardian = AddressField(
        label=_("E-mail of a parent or guardian"),
        required=False,
        help_text=_("For people under age: we ask at this address whether they agree."),
    )
    is_on_paper = forms.BooleanField(
        label=_("A parent or guardian agreed on paper"),
        required=False,
        help_text=_("Only if the network keeps the paper."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Network roles"), choices=NetworkRole.Role, widget=forms.CheckboxSelectMultiple, required=False
    )
    ends_on = forms.DateField(
        label=_("Roles end on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave empty for roles without an end. Applies to roles that you add now."),
    )

    class Meta:
        model = Person
        fields = ["name", "email", "country", "is_of_age", "language", "is_active"]
        help_texts = {
            "name": _("As it should stand on their badges."),
            "is_of_age": _(
                "Old enough in their country to agree to an online service. Others keep their badges private."
            ),
            "is_active": _("Without it the person is signed out everywhere at once; badges stay as they are."),
        }

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        if self.instance.pk:
            self.fields["roles"].initial = list(self.instance.network_roles.current().values_list("role", flat=True))
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _("People change their address themselves: it has to be proved.")
        else:
            del self.fields["is_active"]

    def guardian_fault(self, address):
        """Return what is wrong with the address of a guardian; None when it can be asked."""
        if "guardian" in self.errors:
            return None
        if not address:
            return _("Give the address of a parent or guardian, or tick that they agreed on paper.")
        if self.instance.pk:
            is_own = is_own_mailbox(self.instance, address)
        else:
            is_own = guardian_fault(address, self.cleaned_data.get("email"))
        return _("This is the person’s own address.") if is_own else None

    def clean_email(self):
        """Keep one address with one person."""
        address = self.cleaned_data["email"]
        taken = Person.objects.exclude(pk=self.instance.pk).filter(Q(email=address) | Q(emailaddress__email=address))
        if taken.exists():
            raise ValidationError(_("Somebody with this address is registered already."))
        return address

    def clean_ends_on(self):
        """Refuse an end in the past."""
        ends_on = self.cleaned_data["ends_on"]
        if ends_on and ends_on <= clock.today():
            raise ValidationError(_("Choose a day in the future."))
        return ends_on

    def clean(self):
        """Keep network admins from locking themselves out, and want an agreement for who is under age.

        Those who were under age before agreements were kept go on as they were.
        """
        cleaned = super().clean()
        becomes_young = not cleaned.get("is_of_age") and (self.instance.pk is None or self.initial["is_of_age"])
        if not becomes_young:
            cleaned["guardian"], cleaned["is_on_paper"] = "", False
        elif not cleaned.get("is_on_paper") and (fault := self.guardian_fault(cleaned.get("guardian"))):
            self.add_error("guardian", fault)
        if self.instance.pk == self.by.pk:
            if cleaned.get("is_active") is False:
                self.add_error("is_active", _("You cannot deactivate yourself."))
            if NetworkRole.Role.NETWORK_ADMIN not in cleaned.get("roles", []):
                self.add_error("roles", _("You cannot take the role of network admin from yourself."))
        return cleaned


class CloseForm(forms.Form):
    """The last question before an account is closed: one's own address, typed."""

    address = AddressField(
        label=_("Your main address"),
        help_text=_("Type it to show that you mean it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_address(self):
        """Want the very address by which the person signs in."""
        if self.cleaned_data["address"] != self.person.email:
            raise ValidationError(_("This is not the main address of your account."))
        return self.cleaned_data["address"]
