"""Making one account of two that one person proved: everything of the other becomes the first one's, for good.

Of the other an empty row stays, at which the log goes on pointing; nobody can sign in to it.
"""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.actions import end_sessions
from portal.accounts.exporting import forget_data
from portal.accounts.models import DataExport, NetworkRole, Person
from portal.audit.log import record
from portal.notifications.actions import add_line, hand_on_deeds, queue_mail
from portal.privacy import merge_rules
from portal.workflow import StepRefused

ENDING = "@merged.invalid"  # reserved: nobody reads mail there
ACTS_FOR_NETWORK = _(
    "That account acts for the network. Sign in with it and merge this one into it, or ask a network admin first."
)


def hindrances(kept: Person, other: Person) -> list[str]:
    """Return why two accounts cannot become one, in words; empty when they can."""
    if kept.pk == other.pk:
        return [_("This is the account with which you are signed in.")]
    if not (kept.is_active and other.is_active):
        return [_("That account is closed.")]
    found = []
    if not (kept.verified_addresses() and other.verified_addresses()):
        found.append(_("Prove an address of each account first."))
    if kept.is_of_age != other.is_of_age:
        found.append(_("One of the accounts belongs to somebody under age, as far as we know. Ask a network admin."))
    for _model, rule in merge_rules():
        found += rule.check(kept, other)
    return list(dict.fromkeys(found))


@transaction.atomic
def merge_accounts(kept: Person, other: Person, *, by: Person) -> Person:
    """Give everything of another account to the one that is kept, and close the other; this cannot be undone.

    Whoever calls it has made sure that the person signed in to both just now.
    """
    pair = Person.objects.select_for_update(no_key=True).filter(pk__in=[kept.pk, other.pk]).order_by("pk")
    people = {person.pk: person for person in pair}
    kept, other = people[kept.pk], people[other.pk]
    if reasons := hindrances(kept, other):
        raise StepRefused(reasons)
    end_sessions(other)
    closed = other.email
    for model, rule in merge_rules():
        rule(model, kept, other)
    hand_on_deeds(other, kept)
    close(other, kept)
    record("accounts.merge", about=kept, by=by, facts={"closed": other.pk})
    for address in kept.verified_addresses():
        queue_mail("accounts/merged", to=address, person=kept, about=kept, facts={"closed": closed})
    add_line(kept, "accounts/merged", about=kept, facts={"closed": closed})
    return kept


def close(other: Person, kept: Person) -> None:
    """Leave an empty row of an account, with nothing by which to sign in."""
    other.groups.clear()
    other.user_permissions.clear()
    other.email, other.name = f"{other.key}{ENDING}", ""
    other.password, other.last_login = make_password(None), None
    other.is_active, other.merged_into = False, kept
    other.save()


def take_addresses(kept: Person, other: Person) -> None:
    """Let the proved addresses of an account be another one's, beside its own; those never proved are forgotten."""
    EmailAddress.objects.filter(user=other, verified=False).delete()
    proved = EmailAddress.objects.filter(user=other)
    EmailAddress.objects.filter(user=kept, email__in=proved.values("email")).delete()
    proved.update(user=kept, primary=False)


def forget_downloads(kept: Person, other: Person) -> None:
    """Delete the downloads of an account: what they hold is soon out of date, and their person can ask anew."""
    for export in DataExport.objects.filter(person=other).select_related("file"):
        forget_data(export)


def acts_for_network(kept: Person, other: Person) -> Iterable[str]:
    """Say that an account with a say in the network is not swallowed: nobody gets or loses its roles by the way."""
    roles = NetworkRole.objects.not_over().filter(person=other)
    return [ACTS_FOR_NETWORK] if other.is_superuser or roles.exists() else []
