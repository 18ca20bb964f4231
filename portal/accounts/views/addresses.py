"""The addresses of a person: allauth's page, in which removing one is asked about first."""

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.account.views import EmailView
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.access import signed_in
from portal.accounts.actions import remove_address


class AddressesView(EmailView):
    """Add, prove and order one's addresses."""

    def post(self, request, *args, **kwargs):
        """Lead to the page that asks before an address goes; a main address is one that was proved."""
        typed = request.POST.get("email", "").lower()
        chosen = next((one for one in EmailAddress.objects.filter(user=request.user) if one.email == typed), None)
        if "action_remove" in request.POST:
            return redirect("accounts:address-remove", chosen.pk) if chosen else redirect("account_email")
        if "action_primary" in request.POST and chosen and not chosen.verified:
            messages.error(request, _("Prove this address first."))
            return redirect("account_email")
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form):
        """Show the page again, as one that was not taken."""
        response = super().form_invalid(form)
        response.status_code = 422
        return response


addresses = signed_in(AddressesView.as_view())


@signed_in
@reauthentication_required
def address_remove(request, pk):
    """Take an address from one's account, after saying what becomes of the badges that were sent there."""
    address = get_object_or_404(EmailAddress, user=request.user, pk=pk)
    if request.method == "POST":
        remove_address(address, by=request.user)
        messages.success(request, _("%(address)s is no longer yours here.") % {"address": address.email})
        return redirect("account_email")
    return render(request, "accounts/address_remove.html", {"address": address})
