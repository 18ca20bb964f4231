"""The personal data of an account."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from portal.accounts.models import NetworkRole, Person
from portal.audit.models import AuditEvent
from portal.privacy import register

register(
    "accounts.Person",
    fields=("email", "name", "country", "is_of_age", "language", "time_zone"),
    purpose="to let a person sign in, learn and hold badges (contract)",
    kept="until the person erases the account",
    rows_of=lambda person: Person.objects.filter(pk=person.pk),
)
register(
    "account.EmailAddress",
    fields=("user", "email"),
    purpose="to find a person's badges under each address they proved (contract)",
    kept="until the person removes the address",
    rows_of=lambda person: EmailAddress.objects.filter(user=person),
)
register(
    "accounts.NetworkRole",
    fields=("person", "given_by"),
    purpose="to know who may do what in the network (legitimate interest)",
    kept="24 months after the role ended",
    rows_of=lambda person: NetworkRole.objects.filter(person=person),
)
register(
    "mfa.Authenticator",
    fields=("user", "data"),
    purpose="to protect the account with a second factor (contract)",
    kept="until the person removes it",
    rows_of=lambda person: Authenticator.objects.filter(user=person),
)
register(
    "usersessions.UserSession",
    fields=("user", "ip", "user_agent"),
    purpose="to show a person where they are signed in (contract)",
    kept="until the session ends",
    rows_of=lambda person: UserSession.objects.filter(user=person),
)
register(
    "audit.AuditEvent",
    fields=("actor",),
    purpose="to prove who did what (legitimate interest)",
    kept="for ever, as an id without a name once the account is erased",
    rows_of=lambda person: AuditEvent.objects.filter(actor_id=person.pk),
)
register(
    "audit.AuditText",
    fields=("words",),
    purpose="to explain a line of the log (legitimate interest)",
    kept="until the person erases the account",
    rows_of=lambda person: AuditEvent.objects.filter(actor_id=person.pk).exclude(text=None),
)
