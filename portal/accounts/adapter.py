"""How django-allauth speaks through our mail, our addresses and our sign-up questions."""

import time
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core.internal.ratelimit import consume
from django.shortcuts import redirect
from django.urls import reverse

from portal.accounts.addresses import checked, mailbox
from portal.accounts.guardians import ask_guardian
from portal.accounts.links import return_path
from portal.accounts.pending import forget_address, remember_address
from portal.notifications.actions import queue_mail

# allauth's letters → our events. Links with secrets are made when a mail is written, so none lies in the database.
LETTERS = {
    "account/email/unknown_account": "accounts/unknown_address",
    "account/email/account_already_exists": "accounts/already_registered",
}

# allauth counts each address for itself, and each +tag makes a new one.
LIMITS = {"letter": "20/h/key"}


class AccountAdapter(DefaultAccountAdapter):
    """allauth, with letters that go through the outbox and addresses in their canonical form."""

    def clean_email(self, email):
        """Return the address in its canonical form."""
        return checked(super().clean_email(email))

    def is_reauthentication_required(self, *, app):
        """Ask again who it is, unless the person signed in minutes ago; allauth would ask even then."""
        records = get_authentication_records(self.request, self.request.user)
        return not records or time.time() - records[-1]["at"] > app_settings.REAUTHENTICATION_TIMEOUT

    def respond_email_verification_sent(self, request, user):
        """Lead to the page that says where the letter went."""
        if user is not None:
            remember_address(request, user.email, user)
        return super().respond_email_verification_sent(request, user)

    def post_login(self, request, user, **facts):
        """Go on where the person was going, or first to what they have to answer."""
        response = super().post_login(request, user, **facts)
        if user.awaits_guardian:
            return redirect("accounts:waiting")
        if user.must_accept_terms:
            return redirect(f"{reverse('accounts:terms-accept')}?{urlencode({'next': response.url})}")
        return response

    def respond_user_inactive(self, request, user):
        """Lead who closed their account to the page on which they can take it up again."""
        return redirect(return_path(user)) if user.closed_at else super().respond_user_inactive(request, user)

    def login(self, request, user):
        """Sign in; nothing is left to prove."""
        super().login(request, user)
        forget_address(request)

    def confirm_email(self, request, email_address):
        """Take an address as proved, and ask the guardian of somebody under age from then on."""
        is_proved = super().confirm_email(request, email_address)
        if is_proved:
            ask_guardian(email_address.user)
        return is_proved

    def send_confirmation_mail(self, request, emailconfirmation, signup):
        """Queue the letter that proves an address."""
        address = emailconfirmation.email_address
        if self.may_write_to(address.email):
            queue_mail("accounts/confirm_address", to=address.email, person=address.user, about=address)

    def send_password_reset_mail(self, user, email, context):
        """Queue the letter that lets a person choose a new password."""
        if self.may_write_to(email):
            queue_mail("accounts/reset_password", to=email, person=user, about=user)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Tell a person that something about their account changed, naming what."""
        to = email or EmailAddress.objects.get_primary_email(user)
        if to:
            change = template_prefix.rsplit("/", 1)[-1]
            queue_mail("accounts/account_changed", to=to, person=user, about=user, facts={"change": change})

    def send_mail(self, template_prefix, email, context):
        """Queue the letters that go to addresses without an account, or with one already."""
        if self.may_write_to(email):
            queue_mail(LETTERS[template_prefix], to=email)

    def may_write_to(self, email) -> bool:
        """Count a letter that anybody can ask for; after many to one mailbox, no more, whatever the page says."""
        key = mailbox(checked(email))
        return (
            consume(self.request, app="accounts", action="letter", config=LIMITS, key=key, limit_get=True) is not None
        )
