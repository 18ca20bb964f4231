"""The personal data of an account."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _
from wagtail.models import Comment, CommentReply
from wagtail.users.models import UserProfile

from portal.accounts.erasing import drop_downloads, drop_profile, empty_person, network_to_hand_over
from portal.accounts.merging import acts_for_network, forget_downloads, take_addresses
from portal.accounts.models import DataExport, Guardian, NetworkRole, Person, TermsAcceptance, TermsVersion
from portal.accounts.remarks import forget_remarks
from portal.audit.models import AuditEvent, AuditText
from portal.privacy import AS_SHELL, EMPTIED, Custom, Delete, register, register_duties, register_merge
from portal.uniting import Act, Drop, Move, Once, Stay, drop_theirs

register_duties(network_to_hand_over)


def accounts_of(person):
    """Return the account of a person and those that became part of it, as the log names them."""
    merged = Person.objects.filter(merged_into=person)
    return [person.pk, *merged.values_list("pk", flat=True)]


register(
    "accounts.DataExport",
    label=_("Your downloads"),
    fields=("person", "file"),
    purpose=_("to give a person everything that is kept about them (law)"),
    kept=_("seven days"),
    rows_of=lambda person: DataExport.objects.filter(person=person),
    erase=Custom(drop_downloads, Delete.says),
    also=("asked_at", "ready_at"),
    hidden=("file",),
    merge=Act(act=forget_downloads),
)
register(
    "wagtailcore.Comment",
    label=_("Your remarks on pages"),
    fields=("user", "text"),
    purpose=_("to let those who write a page talk about it (legitimate interest)"),
    kept=_("while the page exists"),
    rows_of=lambda person: Comment.objects.filter(user=person),
    erase=Custom(forget_remarks, Delete.says),
    also=("created_at",),
)
register(
    "wagtailcore.CommentReply",
    label=_("Your answers to remarks on pages"),
    fields=("user", "text"),
    purpose=_("to let those who write a page talk about it (legitimate interest)"),
    kept=_("while the page exists"),
    rows_of=lambda person: CommentReply.objects.filter(user=person),
    erase=Delete(),
    also=("created_at",),
)
register(
    "wagtailusers.UserProfile",
    label=_("Your settings in the page editor"),
    fields=("user", "avatar"),
    purpose=_("to show the page editor as a person set it (contract)"),
    kept=_("until the person erases the account"),
    rows_of=lambda person: UserProfile.objects.filter(user=person),
    erase=Custom(drop_profile, Delete.says),
    hidden=("avatar",),
)
register(
    "account.EmailAddress",
    label=_("Your addresses"),
    fields=("user", "email"),
    purpose=_("to find a person’s badges under each address they proved (contract)"),
    kept=_("until the person removes the address"),
    rows_of=lambda person: EmailAddress.objects.filter(user=person),
    erase=Delete(),
    also=("verified", "primary"),
    merge=Act(act=take_addresses),
)
register(
    "accounts.NetworkRole",
    label=_("Your roles in the network"),
    fields=("person", "given_by"),
    purpose=_("to know who may do what in the network (legitimate interest)"),
    kept=_("24 months after the role ended"),
    rows_of=lambda person: NetworkRole.objects.filter(person=person),
    erase=Delete(),
    also=("role", "starts_on", "ends_on"),
    merge=Move(check=acts_for_network),
)
register(
    "mfa.Authenticator",
    label=_("Your second steps of signing in"),
    fields=("user", "data"),
    purpose=_("to protect the account with a second factor (contract)"),
    kept=_("until the person removes it"),
    rows_of=lambda person: Authenticator.objects.filter(user=person),
    erase=Delete(),
    also=("type", "created_at", "last_used_at"),
    hidden=("data",),
    merge=Drop(),
)
register(
    "usersessions.UserSession",
    label=_("Where you are signed in"),
    fields=("user", "ip", "user_agent"),
    purpose=_("to show a person where they are signed in (contract)"),
    kept=_("until the session ends"),
    rows_of=lambda person: UserSession.objects.filter(user=person),
    erase=Delete(),
    also=("created_at", "last_seen_at"),
    merge=Drop(),
)
register(
    "audit.AuditEvent",
    label=_("What you did, in the log"),
    fields=("actor",),
    purpose=_("to prove who did what (legitimate interest)"),
    kept=_("for ever, as an id without a name once the account is erased"),
    rows_of=lambda person: AuditEvent.objects.filter(actor_id__in=accounts_of(person)),
    erase=AS_SHELL,
    also=("verb", "at"),
    merge=Stay(),
)
register(
    "audit.AuditText",
    label=_("Words of yours in the log"),
    fields=("words",),
    purpose=_("to explain a line of the log (legitimate interest)"),
    kept=_("until the person erases the account"),
    rows_of=lambda person: AuditText.objects.filter(event__actor_id__in=accounts_of(person)),
    erase=Delete(),
)
register(
    "accounts.TermsAcceptance",
    label=_("The terms you accepted"),
    fields=("person",),
    purpose=_("to show that a person agreed to the terms (law)"),
    kept=_("until the person erases the account"),
    rows_of=lambda person: TermsAcceptance.objects.filter(person=person),
    erase=Delete(),
    also=("version", "accepted_at", "how"),
    merge=Once(same=("version",), settle=drop_theirs),
)
register(
    "accounts.TermsVersion",
    label=_("Terms you wrote"),
    fields=("made_by",),
    purpose=_("to know who wrote the terms (legitimate interest)"),
    kept=_("for ever, as an id without a name once the account is erased"),
    rows_of=lambda person: TermsVersion.objects.filter(made_by=person),
    erase=AS_SHELL,
    also=("number", "in_force_on"),
    merge=Move(),
)
register(
    "accounts.Guardian",
    label=_("Your parent or guardian"),
    fields=("child", "email", "name", "recorded_by"),
    purpose=_("to ask the parent or guardian of a child, and to show that they agreed (law)"),
    kept=_("until the account of the child is erased, or the child is old enough"),
    rows_of=lambda person: Guardian.objects.filter(child=person),
    erase=Delete(),
    also=("state", "asked_at", "answered_at", "is_on_paper", "terms"),
    merge=Once(column="child", settle=drop_theirs),
)
register(
    "accounts.Person",
    label=_("Your account"),
    fields=("email", "name", "country", "is_of_age", "language", "time_zone", "merged_into"),
    purpose=_("to let a person sign in, learn and hold badges (contract)"),
    kept=_("until the person erases the account"),
    rows_of=lambda person: Person.objects.filter(pk=person.pk),
    erase=Custom(empty_person, EMPTIED),
    also=("created_at", "last_login", "theme", "awaits_guardian", "gets_reminders"),
    merge=Move(),
)

# Wagtail's own tables: what it logged stays with the closed account, what it keeps for a sitting goes.
for logged in ("PageLogEntry", "ModelLogEntry"):
    register_merge(f"wagtailcore.{logged}", Stay())
for kept_for_sitting in (
    "wagtailadmin.EditingSession",
    "wagtailadmin.FormState",
    "wagtailcore.APIToken",
    "wagtailusers.UserProfile",
):
    register_merge(kept_for_sitting, Drop())
register_merge("wagtailcore.PageSubscription", Once(same=("page",), settle=drop_theirs, column="user"))
