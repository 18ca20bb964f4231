"""Tags of the letters about accounts."""

from datetime import date

from django import template
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from portal.accounts import links

register = template.Library()
register.simple_tag(links.confirmation_link)
register.simple_tag(links.password_link)
register.simple_tag(links.return_link)
register.simple_tag(links.welcome_link)
register.simple_tag(links.guardian_link)
register.simple_tag(links.withdraw_link)

CHANGES = {
    "password_changed": _("Your password was changed"),
    "password_reset": _("Your password was changed by a mailed link"),
    "password_set": _("Your account has a password now"),
    "email_changed": _("The main address of your account was changed"),
    "email_deleted": _("An address was removed from your account"),
    "totp_activated": _("An authenticator app now protects your account"),
    "totp_deactivated": _("The authenticator app was switched off"),
    "webauthn_added": _("A passkey was added to your account"),
    "webauthn_removed": _("A passkey was removed from your account"),
    "recovery_codes_generated": _("Your account has new recovery codes"),
}


@register.simple_tag
def change_in_words(change):
    """Say what changed about an account; what we have no words for is still told."""
    return CHANGES.get(change, _("Something about how you sign in was changed"))


@register.simple_tag
def day_of(written):
    """Return a day that a letter's facts hold, in words."""
    return date_format(date.fromisoformat(written), "DATE_FORMAT")


@register.simple_tag
def privacy_contact():
    """Return where people write about their data."""
    return settings.PRIVACY_CONTACT
