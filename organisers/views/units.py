"""Organisers inside an organiser."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from organisers.actions import create_organiser, move_organiser
from organisers.forms.profile import MoveForm, OrganiserForm
from organisers.models import Organiser
from organisers.permissions import may_add_unit, may_manage, may_move
from organisers.views.seen import organiser_seen
from portal.access import requires


@requires(may_manage, of=organiser_seen)
def units(request, organiser):
    """List the units inside an organiser, and what it is part of."""
    inside = Organiser.objects.below(organiser).with_words().with_parents()
    context = {
        "organiser": organiser,
        "units": sorted(inside, key=Organiser.place_in_tree),
        "may_add_unit": may_add_unit(organiser, request.user) and len(organiser.parents()) < Organiser.DEPTH - 1,
        "may_move": may_move(organiser, request.user),
    }
    return render(request, "organisers/unit_list.html", context)


@requires(may_add_unit, of=organiser_seen)
def unit_create(request, organiser):
    """Create a department, a course or another unit inside an organiser."""
    known = {name: getattr(organiser, name) for name in ["website", "privacy_url", "city", "country", "address"]}
    form = OrganiserForm(
        request.POST or None,
        request.FILES or None,
        by=request.user,
        initial={"kind": Organiser.Kind.DEPARTMENT, **known},
    )
    if request.method == "POST" and form.is_valid():
        unit = create_organiser(by=request.user, parent=organiser, **form.facts(), **form.words())
        messages.success(
            request,
            _("%(unit)s is now part of %(organiser)s.") % {"unit": unit.name, "organiser": organiser.name},
        )
        return redirect("organisers:overview", unit.slug)
    return render(request, "organisers/unit_form.html", {"form": form, "organiser": organiser})


@requires(may_move, of=organiser_seen)
def organiser_move(request, organiser):
    """Say what an organiser is part of."""
    form = MoveForm(request.POST or None, organiser=organiser, by=request.user)
    if request.method == "POST" and form.is_valid():
        moved = move_organiser(organiser, by=request.user, parent=form.cleaned_data["parent"])
        if moved.parent:
            names = {"unit": moved.name, "organiser": moved.parent.name}
            messages.success(request, _("%(unit)s is now part of %(organiser)s.") % names)
        else:
            messages.success(request, _("%(unit)s now stands by itself.") % {"unit": moved.name})
        return redirect("organisers:overview", moved.slug)
    return render(request, "organisers/organiser_move.html", {"form": form, "organiser": organiser})
