"""The personal data of badges."""

from django.db.models import Q

from badges.models import (
    Assertion,
    AwardBatch,
    AwardReport,
    AwardRow,
    BadgeClass,
    CodeSeries,
    CodeUse,
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
from portal.privacy import register


def rows_about(person):
    return AwardRow.objects.filter(email__in=person.verified_addresses())


register(
    "badges.AwardRow",
    fields=("email", "name", "person", "narrative", "evidence", "public_evidence", "result", "cells", "salt"),
    purpose="to give a badge to the right person and to prove that it was given (contract)",
    kept="until the holder erases the badge",
    rows_of=rows_about,
)
register(
    "badges.Assertion",
    fields=("email", "name", "person"),
    purpose="to show and verify the badge (contract)",
    kept="until the holder erases the badge",
    rows_of=lambda person: Assertion.objects.filter(email__in=person.verified_addresses()),
)
register(
    "badges.SignedDocument",
    fields=("body",),
    purpose="to let anyone verify the badge; holds a salted hash of the address (contract)",
    kept="until the holder erases the badge",
    rows_of=lambda person: SignedDocument.objects.filter(assertion__email__in=person.verified_addresses()),
)
register(
    "badges.AwardBatch",
    fields=("awarded_by",),
    purpose="to know who awarded a badge (legitimate interest)",
    kept="while the badge exists",
    rows_of=lambda person: AwardBatch.objects.filter(awarded_by=person),
)
register(
    "badges.BadgeClass",
    fields=("created_by",),
    purpose="to show the maker their own badges (contract)",
    kept="while the badge class exists",
    rows_of=lambda person: BadgeClass.objects.filter(created_by=person),
)
register(
    "badges.CorrectionRequest",
    fields=("person", "answered_by"),
    purpose="to answer a holder who finds a mistake (contract)",
    kept="until the holder erases the badge",
    rows_of=lambda person: CorrectionRequest.objects.filter(person=person),
)
register(
    "badges.AwardReport",
    fields=("handled_by",),
    purpose="to look into what recipients report (legitimate interest)",
    kept="while the badge exists",
    rows_of=lambda person: AwardReport.objects.filter(handled_by=person),
)
register(
    "badges.CodeSeries",
    fields=("created_by",),
    purpose="to know who made codes (legitimate interest)",
    kept="while the codes exist",
    rows_of=lambda person: CodeSeries.objects.filter(created_by=person),
)
register(
    "badges.CodeUse",
    fields=("email", "name", "person"),
    purpose="to give a badge to whoever proves the address, once (contract)",
    kept="two days where the address was never proved, else until the holder erases the badge",
    rows_of=lambda person: CodeUse.objects.filter(email__in=person.verified_addresses()),
)
register(
    "badges.Endorsement",
    fields=("asked_by", "written_by"),
    purpose="to know who asked for an endorsement and who wrote it (legitimate interest)",
    kept="while the endorsed organiser is on the portal",
    rows_of=lambda person: Endorsement.objects.filter(Q(asked_by=person) | Q(written_by=person)),
)
register(
    "badges.MoveIn",
    fields=("made_by", "checked_by", "export", "log"),
    purpose="to know who brought what was issued elsewhere and who checked it (legitimate interest)",
    kept="while the organiser shows it; the files, which hold addresses, 30 days after the decision",
    rows_of=lambda person: MoveIn.objects.filter(Q(made_by=person) | Q(checked_by=person)),
)
register(
    "badges.FormerAward",
    fields=("recipient",),
    purpose="to count how many people got badges elsewhere; a keyed hash of the address (legitimate interest)",
    kept="while the organiser shows what it issued elsewhere",
    rows_of=lambda person: FormerAward.objects.filter(
        recipient__in=[mark_of_address(address) for address in person.verified_addresses()]
    ),
)
register(
    "badges.RecipientGroup",
    fields=("created_by",),
    purpose="to know who saved a group (legitimate interest)",
    kept="while the group exists",
    rows_of=lambda person: RecipientGroup.objects.filter(created_by=person),
)
register(
    "badges.GroupMember",
    fields=("email", "name"),
    purpose="to award to the same people again (legitimate interest)",
    kept="until the organiser forgets the group",
    rows_of=lambda person: GroupMember.objects.filter(email__in=person.verified_addresses()),
)
register(
    "badges.ImportedBadge",
    fields=("person", "address", "document", "name", "description"),
    purpose="to keep a person's badges of other platforms with their others (contract)",
    kept="until the person takes it out or erases the account",
    rows_of=lambda person: ImportedBadge.objects.filter(person=person),
)
register(
    "badges.KnownIssuer",
    fields=("added_by",),
    purpose="to know who vouched for an issuer elsewhere (legitimate interest)",
    kept="while the issuer is on the list",
    rows_of=lambda person: KnownIssuer.objects.filter(added_by=person),
)
register(
    "badges.Supplement",
    fields=("title", "file", "statement", "added_by"),
    purpose="to give a holder what belongs to their badge, and to know who added it (contract)",
    kept="until the issuer takes it back, which deletes the file, or the holder erases the badge",
    rows_of=lambda person: Supplement.objects.filter(
        Q(assertion__email__in=person.verified_addresses()) | Q(added_by=person)
    ),
)
register(
    "badges.SupplementParcel",
    fields=("file", "plan", "made_by"),
    purpose="to add documents to the right badges; holds addresses and files until they are added (contract)",
    kept="until its documents are added, a week at the most",
    rows_of=lambda person: SupplementParcel.objects.filter(made_by=person),
)
register(
    "badges.Portfolio",
    fields=("person", "headline", "about", "shows_name"),
    purpose="to show chosen badges on one page where the person wants it (contract)",
    kept="until the person erases the account",
    rows_of=lambda person: Portfolio.objects.filter(person=person),
)
register(
    "badges.PortfolioItem",
    fields=("assertion", "imported", "collection"),
    purpose="to know what is on a portfolio (contract)",
    kept="until the person takes it off or erases the account",
    rows_of=lambda person: PortfolioItem.objects.filter(portfolio__person=person),
)
register(
    "badges.ReaderShare",
    fields=("person", "reader", "message", "shows_name"),
    purpose="to show chosen badges to one reader until a day (contract)",
    kept="until the person erases the account",
    rows_of=lambda person: ReaderShare.objects.filter(person=person),
)
register(
    "badges.SharedBadge",
    fields=("assertion", "imported", "evidence"),
    purpose="to know what a reader sees of which badges (contract)",
    kept="until the person erases the account",
    rows_of=lambda person: SharedBadge.objects.filter(share__person=person),
)
register(
    "badges.Collection",
    fields=("person", "name", "description", "shows_name"),
    purpose="to keep badges together and to show them where the person wants it (contract)",
    kept="until the person deletes it or erases the account",
    rows_of=lambda person: Collection.objects.filter(person=person),
)
register(
    "badges.CollectionItem",
    fields=("assertion", "imported"),
    purpose="to know which badges are in a collection (contract)",
    kept="until the person takes them out or deletes the collection",
    rows_of=lambda person: CollectionItem.objects.filter(collection__person=person),
)
