"""The route of a check: asked for, being checked, verified."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal import clock


def day(moment) -> str:
    return date_format(clock.day_of(moment), "DATE_FORMAT")


def route_of(organiser, case) -> list[dict]:
    """Return the three stops of the latest check of an organiser; all ahead where there is none."""
    asked = {"number": 1, "title": _("Asked for"), "state": "now"}
    checked = {"number": 2, "title": _("Being checked")}
    decided = {"number": 3, "title": _("Verified")}
    if case is None:
        asked["text"] = _("Tell the network who you are.")
        return [asked, checked, decided]
    asked |= {"state": "done", "meta": day(case.opened_at)}
    if case.is_open:
        by = date_format(case.target_on, "DATE_FORMAT")
        checked |= {"state": "waiting" if case.is_waiting else "now", "meta": _("by %(day)s") % {"day": by}}
        if case.has_open_question:
            until = date_format(case.answer_by, "DATE_FORMAT")
            checked |= {"flag": _("A question is open"), "meta": _("answer by %(day)s") % {"day": until}}
        return [asked, checked, decided]
    if case.taken_at:
        checked |= {"state": "done", "meta": day(case.taken_at)}
    if case.is_verified:
        decided |= {"state": "done", "meta": day(case.decided_at)}
    else:
        decided |= {"number": "–", "title": case.get_state_display().capitalize(), "meta": day(case.decided_at)}
    return [asked, checked, decided]
