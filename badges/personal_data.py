"""The personal data of badges: what hangs on a badge is erased before the badge itself.

Rows of awards come before what was signed for them: their locks keep badges from being made meanwhile.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from badges.actions.erasing import (
    addresses_of,
    badges_about,
    drop_imported,
    empty_badges,
    empty_marks,
    empty_reports,
    empty_rows,
    empty_supplements,
    empty_uses,
    forget_address_requests,
    forget_endorsements,
    forget_requests,
    parcels_about,
    rows_about,
    strip_parcels,
    uses_about,
)
from badges.actions.importing import keep_imported_once
from badges.actions.keepsakes import files_of_badges, files_of_imported, files_of_supplements
from badges.actions.merging import keep_one_portfolio, move_badges
from badges.models import (
    AddressRequest,
    AwardBatch,
    AwardReport,
    BadgeClass,
    CodeSeries,
    Collection,
    CollectionItem,
    CorrectionRequest,
    Endorsement,
    FormerAward,
    GroupMember,
    ImportedBadge,
    KnownIssuer,
    MoveIn,
    Portfolio,
    PortfolioItem,
    ReaderShare,
    RecipientGroup,
    SharedBadge,
    SignedDocument,
    Supplement,
    SupplementParcel,
)
from badges.models.move_in import mark_of_address
from portal.privacy import AS_SHELL, EMPTIED, Blank, Custom, Delete, register
from portal.uniting import Act, Once

ENDORSED = _("What was said of your badges goes; what you asked or wrote for an organiser stays without your name.")

register(
    "badges.CorrectionRequest",
    label=_("Corrections that you asked for or answered"),
    fields=("person", "text", "answered_by"),
    purpose=_("to answer a holder who finds a mistake (contract)"),
    kept=_("until the holder erases the badge"),
    rows_of=lambda person: CorrectionRequest.objects.filter(Q(person=person) | Q(answered_by=person)),
    shown_of=lambda person: CorrectionRequest.objects.filter(person=person),
    erase=Custom(forget_requests, Delete.says),
    also=("assertion", "made_at", "answered_at"),
)
register(
    "badges.AddressRequest",
    label=_("Badges that you asked for at a new address"),
    fields=("person", "name", "new_email", "old_email", "text", "link", "answered_by"),
    purpose=_("to send badges to a new address once their issuer has looked who asks (contract)"),
    kept=_("until the person erases the account"),
    rows_of=lambda person: AddressRequest.objects.filter(
        Q(person=person) | Q(answered_by=person) | Q(old_email__in=addresses_of(person))
    ),
    shown_of=lambda person: AddressRequest.objects.filter(person=person),
    erase=Custom(forget_address_requests, Delete.says),
    also=("organiser", "made_at", "answered_at", "answer", "is_confirmed"),
)
register(
    "badges.AwardReport",
    label=_("Reports on badges"),
    fields=("text", "handled_by"),
    purpose=_("to look into what recipients report (legitimate interest)"),
    kept=_("while the badge exists"),
    rows_of=lambda person: AwardReport.objects.filter(Q(assertion__in=badges_about(person)) | Q(handled_by=person)),
    shown_of=lambda person: AwardReport.objects.filter(assertion__in=badges_about(person)),
    erase=Custom(empty_reports, EMPTIED),
    also=("kind", "made_at", "handled_at"),
)
register(
    "badges.Endorsement",
    label=_("Endorsements"),
    fields=("asked_by", "written_by", "title", "message", "text"),
    purpose=_("to know who asked for an endorsement and who wrote it (legitimate interest)"),
    kept=_("while the endorsed organiser is on the portal"),
    rows_of=lambda person: Endorsement.objects.filter(
        Q(assertion__in=badges_about(person)) | Q(asked_by=person) | Q(written_by=person)
    ),
    erase=Custom(forget_endorsements, ENDORSED, spares_news=True),
    also=("state", "created_at", "written_at", "given_at"),
)
register(
    "badges.Supplement",
    label=_("Documents added to badges"),
    fields=("title", "file", "statement", "added_by"),
    purpose=_("to give a holder what belongs to their badge, and to know who added it (contract)"),
    kept=_("until the issuer takes it back, which deletes the file, or the holder erases the badge"),
    rows_of=lambda person: Supplement.objects.filter(Q(assertion__in=badges_about(person)) | Q(added_by=person)),
    erase=Custom(empty_supplements, EMPTIED),
    also=("assertion", "added_at", "withdrawn_at"),
    hidden=("file", "statement"),
    files=files_of_supplements,
    shown_of=lambda person: Supplement.objects.filter(assertion__in=badges_about(person)),
)
register(
    "badges.SupplementParcel",
    label=_("Parcels of documents"),
    fields=("file", "plan", "made_by"),
    purpose=_("to add documents to the right badges; holds addresses and files until they are added (contract)"),
    kept=_("until its documents are added, a week at the most"),
    rows_of=lambda person: SupplementParcel.objects.filter(made_by=person) | parcels_about(person),
    shown_of=lambda person: SupplementParcel.objects.filter(made_by=person),
    erase=Custom(strip_parcels, EMPTIED),
    also=("batch", "made_at", "sent_at"),
    hidden=("file", "plan"),
)
register(
    "badges.CollectionItem",
    label=_("Badges in your collections"),
    fields=("assertion", "imported"),
    purpose=_("to know which badges are in a collection (contract)"),
    kept=_("until the person takes them out or deletes the collection"),
    rows_of=lambda person: CollectionItem.objects.filter(collection__person=person),
    erase=Delete(),
    also=("collection", "position"),
)
register(
    "badges.PortfolioItem",
    label=_("What is on your portfolio"),
    fields=("assertion", "imported", "collection"),
    purpose=_("to know what is on a portfolio (contract)"),
    kept=_("until the person takes it off or erases the account"),
    rows_of=lambda person: PortfolioItem.objects.filter(portfolio__person=person),
    erase=Delete(),
    also=("position",),
)
register(
    "badges.Portfolio",
    label=_("Your portfolio"),
    fields=("person", "headline", "about", "shows_name"),
    purpose=_("to show chosen badges on one page where the person wants it (contract)"),
    kept=_("until the person erases the account"),
    rows_of=lambda person: Portfolio.objects.filter(person=person),
    erase=Delete(),
    also=("is_shown", "may_be_indexed", "changed_at"),
    merge=Once(settle=keep_one_portfolio),
)
register(
    "badges.SharedBadge",
    label=_("What single readers see of your badges"),
    fields=("assertion", "imported", "evidence"),
    purpose=_("to know what a reader sees of which badges (contract)"),
    kept=_("until the person erases the account"),
    rows_of=lambda person: SharedBadge.objects.filter(share__person=person),
    erase=Delete(),
    also=("share", "shows_result"),
)
register(
    "badges.ReaderShare",
    label=_("What you show to single readers"),
    fields=("person", "reader", "message", "shows_name"),
    purpose=_("to show chosen badges to one reader until a day (contract)"),
    kept=_("until the person erases the account"),
    rows_of=lambda person: ReaderShare.objects.filter(person=person),
    erase=Delete(),
    also=("language", "created_at", "ends_at", "stopped_at", "opened_count", "opened_at"),
)
register(
    "badges.Collection",
    label=_("Your collections"),
    fields=("person", "name", "description", "shows_name"),
    purpose=_("to keep badges together and to show them where the person wants it (contract)"),
    kept=_("until the person deletes it or erases the account"),
    rows_of=lambda person: Collection.objects.filter(person=person),
    erase=Delete(),
    also=("visibility", "created_at", "changed_at"),
)
register(
    "badges.ImportedBadge",
    label=_("Your badges of other platforms"),
    fields=("person", "address", "document", "name", "description"),
    purpose=_("to keep a person’s badges of other platforms with their others (contract)"),
    kept=_("until the person takes it out or erases the account"),
    rows_of=lambda person: ImportedBadge.objects.filter(person=person),
    erase=Custom(drop_imported, Delete.says),
    also=("issuer_name", "issued_at", "expires_at", "finding", "added_at"),
    days=("expires_at",),
    files=files_of_imported,
    merge=Once(same=("identifier",), settle=keep_imported_once),
)
register(
    "badges.GroupMember",
    label=_("Groups that you are in"),
    fields=("email", "name"),
    purpose=_("to award to the same people again (legitimate interest)"),
    kept=_("until the organiser forgets the group"),
    rows_of=lambda person: GroupMember.objects.filter(email__in=addresses_of(person)),
    erase=Delete(),
    also=("group",),
)
register(
    "badges.FormerAward",
    label=_("Awards on other platforms"),
    fields=("recipient",),
    purpose=_("to count how many people got badges elsewhere; a keyed hash of the address (legitimate interest)"),
    kept=_("while the organiser shows what it issued elsewhere"),
    rows_of=lambda person: FormerAward.objects.filter(
        recipient__in=[mark_of_address(address) for address in addresses_of(person)]
    ),
    erase=Custom(empty_marks, EMPTIED),
    also=("badge", "issued_on"),
)
register(
    "badges.CodeUse",
    label=_("Codes that you used"),
    fields=("email", "name", "person"),
    purpose=_("to give a badge to whoever proves the address, once (contract)"),
    kept=_("two days where the address was never proved, else until the holder erases the badge"),
    rows_of=uses_about,
    erase=Custom(empty_uses, EMPTIED),
    also=("series", "state", "asked_at", "proved_at"),
)
register(
    "badges.AwardRow",
    label=_("Your rows in awards"),
    fields=("email", "name", "person", "narrative", "evidence", "public_evidence", "result", "cells", "salt"),
    purpose=_("to give a badge to the right person and to prove that it was given (contract)"),
    kept=_("until the holder erases the badge"),
    rows_of=rows_about,
    erase=Custom(empty_rows, EMPTIED),
    also=("batch", "issued_at", "valid_until", "activity_on", "narrative_is_public", "state"),
    hidden=("salt",),
)
register(
    "badges.SignedDocument",
    label=_("Signed documents of your badges"),
    fields=("body",),
    purpose=_("to let anyone verify the badge; holds a salted hash of the address (contract)"),
    kept=_("until the holder erases the badge"),
    rows_of=lambda person: SignedDocument.objects.filter(assertion__in=badges_about(person)),
    erase=Blank("body"),
    also=("format", "sha256", "made_at"),
    hidden=("body",),
)
register(
    "badges.Assertion",
    label=_("Your badges"),
    fields=("email", "name", "person"),
    purpose=_("to show and verify the badge (contract)"),
    kept=_("until the holder erases the badge"),
    rows_of=badges_about,
    erase=Custom(empty_badges, EMPTIED),
    also=(
        *("badge_version", "key", "state", "issued_at", "expires_at"),
        *("collected_at", "revoked_at", "revocation_reason"),
    ),
    days=("expires_at",),
    files=files_of_badges,
    merge=Act(act=move_badges),
)
register(
    "badges.AwardBatch",
    label=_("Awards that you made"),
    fields=("awarded_by",),
    purpose=_("to know who awarded a badge (legitimate interest)"),
    kept=_("while the badge exists"),
    rows_of=lambda person: AwardBatch.objects.filter(awarded_by=person),
    erase=AS_SHELL,
    also=("badge_class", "created_at", "source", "state"),
)
register(
    "badges.BadgeClass",
    label=_("Badges that you made"),
    fields=("created_by",),
    purpose=_("to show the maker their own badges (contract)"),
    kept=_("while the badge class exists"),
    rows_of=lambda person: BadgeClass.objects.filter(created_by=person),
    erase=AS_SHELL,
    also=("organiser", "state", "created_at"),
)
register(
    "badges.CodeSeries",
    label=_("Codes that you made"),
    fields=("created_by",),
    purpose=_("to know who made codes (legitimate interest)"),
    kept=_("while the codes exist"),
    rows_of=lambda person: CodeSeries.objects.filter(created_by=person),
    erase=AS_SHELL,
    also=("title", "badge_class", "created_at"),
)
register(
    "badges.MoveIn",
    label=_("Badges issued elsewhere that you brought or checked"),
    fields=("made_by", "checked_by", "export", "log"),
    purpose=_("to know who brought what was issued elsewhere and who checked it (legitimate interest)"),
    kept=_("while the organiser shows it; the files, which hold addresses, 30 days after the decision"),
    rows_of=lambda person: MoveIn.objects.filter(Q(made_by=person) | Q(checked_by=person)),
    erase=AS_SHELL,
    also=("organiser", "platform", "made_at", "state"),
    hidden=("export", "log"),
)
register(
    "badges.RecipientGroup",
    label=_("Groups that you saved"),
    fields=("created_by",),
    purpose=_("to know who saved a group (legitimate interest)"),
    kept=_("while the group exists"),
    rows_of=lambda person: RecipientGroup.objects.filter(created_by=person),
    erase=AS_SHELL,
    also=("organiser", "name", "created_at"),
)
register(
    "badges.KnownIssuer",
    label=_("Issuers elsewhere that you vouched for"),
    fields=("added_by",),
    purpose=_("to know who vouched for an issuer elsewhere (legitimate interest)"),
    kept=_("while the issuer is on the list"),
    rows_of=lambda person: KnownIssuer.objects.filter(added_by=person),
    erase=AS_SHELL,
    also=("address", "name", "added_at"),
)
