"""The inbox, and the demo's window on outgoing mail."""

from csp.constants import NONE, SELF
from csp.decorators import csp_update
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from portal.access import public, signed_in
from portal.notifications.actions import mark_read
from portal.notifications.devmail import read_message, sent_messages
from portal.notifications.letters import inbox_lines

LETTER_POLICY = {
    "default-src": [NONE],
    "style-src": ["'unsafe-inline'"],
    "img-src": [SELF, "data:"],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


@signed_in
def inbox(request):
    """Show what the portal told this person."""
    page = Paginator(request.user.notifications.shown().select_related("person"), 30).get_page(request.GET.get("page"))
    return render(request, "notifications/inbox.html", {"page": page, "lines": inbox_lines(page.object_list)})


@signed_in
@require_POST
def inbox_read(request):
    """Mark everything as read."""
    mark_read(request.user)
    return redirect("notifications:inbox")


def demo_only():
    """Answer 404 where mail is real."""
    if not (settings.DEMO or settings.TESTING):
        raise Http404


@public
def dev_mail(request):
    """List what the demo sent."""
    demo_only()
    to = request.GET.get("to", "")
    return render(request, "notifications/dev_mail_list.html", {"sent": sent_messages(to), "to": to})


def dev_message(name):
    """Fetch one message of the demo."""
    demo_only()
    try:
        return read_message(name)
    except FileNotFoundError as gone:
        raise Http404 from gone


@public
@csp_update({"frame-src": [SELF]})
def dev_mail_detail(request, name):
    """Show one message as text with its links open to a click, and as a mail program would in a frame."""
    return render(request, "notifications/dev_mail_detail.html", {"message": dev_message(name)})


@public
@xframe_options_sameorigin
def dev_mail_html(request, name):
    """Show the letter of one message for the frame, shut off from everything else."""
    response = HttpResponse(dev_message(name)["html"])
    response._csp_config = LETTER_POLICY
    return response
