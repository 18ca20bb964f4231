"""What waits for the owners of an organiser, on its overview."""

from django.template.loader import render_to_string
from django.utils.translation import ngettext

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
