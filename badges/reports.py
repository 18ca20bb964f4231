"""What an organiser takes away: tables about awards, row by row."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from badges.models import Assertion, AwardBatch
from badges.sheets.cleaning import sentence_of
from badges.sheets.likeness import WARNINGS


def report_header(batch: AwardBatch) -> list[str]:
    """Return the titles of a batch's report."""
    return [
        _("Row"),
        _("E-mail"),
        _("Name"),
        _("Status"),
        _("Reason"),
        _("Issued on"),
        _("Collected on"),
        _("Address of the badge"),
    ]


def report_rows(batch: AwardBatch) -> Iterator[list[str]]:
    """Yield what became of each row of a batch, in the order of its list."""
    for row in batch.rows.select_related("assertion__batch").order_by("number").iterator(chunk_size=2000):
        badge = getattr(row, "assertion", None)
        yield [
            str(row.number),
            row.holder_email or row.cell("email", batch.columns),
            str(row.holder_name),
            str(status_of(badge) if badge else row.get_state_display()),
            reason(row),
            badge.issued_at.date().isoformat() if badge else "",
            badge.collected_at.date().isoformat() if badge and badge.collected_at else "",
            badge.absolute_url if badge else "",
        ]


def reason(row) -> str:
    """Say why a row got no badge."""
    if row.refusal:
        return str(row.get_refusal_display())
    if row.absence:
        return str(row.get_absence_display())
    return " ".join(problem_sentence(problem) for problem in row.problems)


def issued_header() -> list[str]:
    """Return the titles of an export of issued badges."""
    return [
        _("Badge"),
        _("Name"),
        _("E-mail"),
        _("Status"),
        _("Issued on"),
        _("Valid until"),
        _("Address of the badge"),
    ]


def issued_rows(badges) -> Iterator[list[str]]:
    """Yield the badges of a QuerySet as cells."""
    for badge in badges.select_related("badge_version", "batch").iterator(chunk_size=2000):
        yield [
            badge.badge_version.words()["name"],
            str(badge.holder_name),
            badge.holder_email,
            str(status_of(badge)),
            badge.issued_at.date().isoformat(),
            badge.last_day.isoformat() if badge.last_day else "",
            badge.absolute_url,
        ]


def status_of(badge: Assertion) -> str:
    """Return the status of a badge in a word."""
    if badge.batch.is_held:
        return _("held")
    if badge.is_live and badge.is_expired:
        return _("expired")
    if badge.is_replaced:
        return _("replaced")
    return badge.get_state_display()


def is_warning(problem: list) -> bool:
    """Say whether a problem of a row is only worth a second look."""
    return problem[0] in WARNINGS


def problem_sentence(problem: list) -> str:
    """Return what a person reads about a problem of a row: its code, its field, its facts; of a warning the address."""
    code, _field, *facts = problem
    if is_warning(problem):
        return str(WARNINGS[code] % {"other": facts[0]})
    return sentence_of(code, facts[0] if facts else {})
