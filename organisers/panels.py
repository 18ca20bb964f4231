"""What organisers add to pages: what waits for owners on an overview, and where a person has roles."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisers.models import Organiser
from organisers.permissions import may_manage


def waiting_lines(*lines) -> str:
    """Render what waits: for each kind how many, in words, with an icon and an address; a kind of none is left out."""
    kinds = [{"text": text, "icon": icon, "url": url} for count, text, icon, url in lines if count]
    return render_to_string("organisers/waiting_lines.html", {"lines": kinds}) if kinds else ""


def waiting_requests(request, organiser):
    """Show owners how many people ask to join."""
    if not may_manage(organiser, request.user):
        return None
    count = organiser.join_requests.open().count()
    text = ngettext("%(count)d person asks to join", "%(count)d people ask to join", count) % {"count": count}
    return waiting_lines((count, text, "people", organiser.people_url))


def waiting_checks(request, organiser):
    """Show owners the question that the network asks, and the suspension on which they are heard."""
    if not may_manage(organiser, request.user):
        return None
    cases = organiser.verifications.with_open_question()
    hearings = organiser.suspensions.unheard()
    place = organiser.verification_url
    return waiting_lines(
        (len(cases), _("The network has a question about your verification"), "shield", place),
        (len(hearings), _("Your organiser is suspended: tell the network your side"), "warning", place),
    )


def account_holds(request, person):
    """Name the organisers in which a person has roles."""
    joined = Organiser.objects.with_words().filter(memberships__person=person).distinct().with_roles_of(person)
    return render_to_string("organisers/account_holds.html", {"organisers": joined}, request)
