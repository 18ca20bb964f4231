"""The people of an organiser, and what each may do."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from organisers.actions import leave_organiser, set_roles
from organisers.forms.people import MemberRolesForm
from organisers.models import Membership, Organiser
from organisers.permissions import may_enter, may_invite, may_manage
from organisers.views.seen import organiser_seen
from portal.access import requires
from portal.accounts.models import Person


@requires(may_enter, of=organiser_seen)
def members(request, organiser):
    """List the people of an organiser and their roles; owners also see who is invited and who asks to join."""
    people = {}
    for membership in organiser.memberships.select_related("person"):
        people.setdefault(membership.person, []).append(membership)
    context = {
        "organiser": organiser,
        "people": people.items(),
        "owners_above": [one for one in Membership.objects.owners_above(organiser) if one.person not in people],
        "is_member": request.user in people,
        "may_manage": may_manage(organiser, request.user),
    }
    if context["may_manage"]:
        context |= {
            "may_invite": may_invite(organiser, request.user),
            "invitations": organiser.invitations.open().with_words(),
            "requests": organiser.join_requests.open().with_words(),
        }
    return render(request, "organisers/member_list.html", context)


@requires(may_enter, of=organiser_seen)
def leave(request, organiser):
    """Ask once, then give back one's own roles."""
    if request.method == "POST":
        leave_organiser(organiser, by=request.user)
        messages.success(request, _("You no longer belong to %(name)s.") % {"name": organiser.name})
        return redirect("organisers:workspaces")
    return render(request, "organisers/leave.html", {"organiser": organiser})


@requires(may_manage, of=organiser_seen)
def member_roles(request, organiser, pk):
    """Give and take the roles of one member."""
    person = get_object_or_404(Person, pk=pk)
    held = list(Membership.objects.filter(organiser=organiser, person=person).values_list("role", flat=True))
    if not held:
        raise Http404
    inside = Organiser.objects.below(organiser).with_member(person).with_words()
    form = MemberRolesForm(request.POST or None, initial={"roles": held}, units=inside)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        set_roles(organiser, person, facts["roles"], by=request.user, units=facts.get("units", ()))
        messages.success(request, _("The roles of %(name)s are saved.") % {"name": person.name})
        if not facts["roles"] and (left := [unit.name for unit in inside.all()]):
            said = _("%(name)s still holds roles in: %(units)s.")
            messages.warning(request, said % {"name": person.name, "units": ", ".join(left)})
        return redirect("organisers:members", organiser.slug)
    return render(request, "organisers/member_roles.html", {"organiser": organiser, "person": person, "form": form})
