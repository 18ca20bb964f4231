"""What becomes of a request for badges at a new address when one of them could not be made after all."""

from django.utils import translation
from django.utils.translation import gettext as _

from badges.models import AddressRequest, AwardRow
from portal.notifications.actions import notify, take_back_news


def end_moves(rows: list[AwardRow]) -> None:
    """Tell who asked that these rows brought nothing to their new address, and take back what was said of it."""
    for row in rows:
        for request in AddressRequest.objects.carried_out_by(row).select_related("person"):
            end_move(request, row)


def end_move(request: AddressRequest, row: AwardRow) -> None:
    """Write down why a badge stays where it is; a request of which nothing moved is no longer confirmed."""
    take_back_news(row.supersedes, events=["badges/address_moved"])
    with translation.override(request.person.language):
        why = reason_of(row)
    request.answer = f"{request.answer} {why}".strip()[:500]
    request.is_confirmed = request.moves().exists()
    request.save(update_fields=["answer", "is_confirmed"])
    if not request.is_confirmed:
        take_back_news(request, events=["badges/address_confirmed"])
    notify([request.person], "badges/address_not_moved", about=request, facts={"answer": why})


def reason_of(row: AwardRow) -> str:
    """Say why a badge did not move, to who asked for it."""
    named = {"badge": row.supersedes.badge_version}
    if row.refusal == AwardRow.Refusal.HELD_ALREADY:
        return _("You hold “%(badge)s” at your new address already, so nothing was changed.") % named
    return _("“%(badge)s” could not be sent to your new address. Nothing was changed; ask again.") % named
