"""What an organiser does with badges that it awarded."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from badges.actions import revoke_badge
from badges.forms.assertions import RevokeForm
from badges.models import Assertion
from badges.permissions import may_take_back
from organisers.views import organiser_seen
from portal.access import requires


def assertion_seen(user, slug, key) -> Assertion:
    """Fetch a badge that an organiser of the person issued."""
    organiser = organiser_seen(user, slug)
    return get_object_or_404(Assertion.objects.with_words().filter(badge_class__organiser=organiser), key=key)


@requires(may_take_back, of=assertion_seen)
def assertion_revoke(request, assertion):
    """Take a badge back, with a reason."""
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        revoke_badge(assertion, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The badge is revoked. Its page says so, and why."))
        return redirect("badges:badge-overview", assertion.badge_class.organiser.slug, assertion.badge_class.key)
    context = {"organiser": assertion.badge_class.organiser, "assertion": assertion, "form": form}
    return render(request, "badges/assertion_revoke.html", context, status=422 if form.is_bound else 200)
