"""Who may do what about a report on a page."""

from organisers.permissions import has_no_part_in, may_manage, may_see_verifications


def may_see_desk(user) -> bool:
    """Coordinators and network admins see what was reported."""
    return user is not None and may_see_verifications(user)


def is_concerned(report, user) -> bool:
    """Whose page it is: the owners of its organiser, and the person who shows it."""
    if user is None or not user.is_authenticated:
        return False
    return report.holder_id == user.pk or (report.organiser is not None and may_manage(report.organiser, user))


def is_reporter(report, user) -> bool:
    """Who wrote it, with an account."""
    return user is not None and user.is_authenticated and report.reporter_id == user.pk


def may_judge(report, user) -> bool:
    """The people of the network judge what is neither about their own organisers or pages nor written by them."""
    if not may_see_desk(user) or user.pk in {report.holder_id, report.reporter_id}:
        return False
    return report.organiser is None or has_no_part_in(report.organiser, user)


def may_close(report, user) -> bool:
    """Who took a report up answers it, and network admins in their place."""
    return may_judge(report, user) and (report.handler_id == user.pk or user.has_network_role("network_admin"))


def may_note(report, user) -> bool:
    """Those whose page it is tell the desk their side, once somebody looks at it."""
    return is_concerned(report, user)


def may_object(report, user) -> bool:
    """Those whose page was taken off object."""
    return is_concerned(report, user)


def may_decide_objection(report, user) -> bool:
    """Somebody else than who took the page off decides on the objection."""
    return may_judge(report, user) and user.pk not in {report.handler_id, report.closed_by_id}


def may_see(report, user) -> bool:
    """The reporter and the desk read a report; those whose page it is do as soon as somebody looks at it."""
    return is_reporter(report, user) or may_judge(report, user) or (report.is_taken and is_concerned(report, user))
