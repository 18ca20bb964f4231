"""The versions of the framework, as the network looks after them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.access import requires
from portal.asked import number_asked
from portal.workflow import StepRefused, unmet
from quality_label import actions
from quality_label.comparison import changes_between
from quality_label.forms.versions import BeginForm, ImportForm
from quality_label.models import FrameworkVersion
from quality_label.permissions import may_begin_framework, may_edit_framework, may_see_framework, may_see_frameworks
from quality_label.views.seen import framework_seen, refuse_unless_open
from quality_label.views.texts import languages_of


@requires(may_see_frameworks)
def framework_list(request):
    """List the versions with their states."""
    context = {
        "versions": FrameworkVersion.objects.select_related("based_on", "made_by"),
        "may_begin": may_begin_framework(request.user),
    }
    return render(request, "quality_label/framework_list.html", context)


@requires(may_begin_framework)
def framework_begin(request):
    """Begin a version from another."""
    form = BeginForm(request.POST or None, initial={"source": request.GET.get("source")})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.begin_version(**form.cleaned_data, by=request.user))
        except StepRefused as refused:
            form.add_error("name", refused.reasons)
    return render(request, "quality_label/framework_begin.html", {"form": form}, status=422 if form.errors else 200)


@requires(may_begin_framework)
def framework_import(request):
    """Take a version in as JSON."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.import_version(form.cleaned_data["text"], by=request.user))
        except StepRefused as refused:
            form.add_error(None, refused.reasons)
    return render(request, "quality_label/framework_import.html", {"form": form}, status=422 if form.errors else 200)


@requires(may_see_framework, of=framework_seen)
def framework_detail(request, version):
    """Show a version, what changed in it, and where each part is edited."""
    based_on = version.based_on
    context = {
        "version": version,
        "rules": version.rules,
        "changes": changes_between(based_on.rules, version.rules) if based_on else None,
        "may_edit": may_edit_framework(version, request.user) and not unmet(version.edit),
        "may_begin": may_begin_framework(request.user),
        "translations": languages_of(version.rules),
    }
    return render(request, "quality_label/framework_detail.html", context)


@requires(may_edit_framework, of=framework_seen)
def framework_put_in_force(request, version):
    """Ask once, then put a draft in force."""
    refuse_unless_open(version.put_in_force)
    if request.method == "POST":
        version = actions.put_in_force(version, by=request.user, seen=number_asked(request.POST, "seen"))
        messages.success(request, _("Version %(name)s is in force.") % {"name": version.name})
        return redirect(version.network_url)
    former = FrameworkVersion.objects.in_force()
    points = [_("New applications are judged by it from now on."), _("What it says can no longer be changed.")]
    if former:
        points.insert(
            1, _("Version %(name)s retires; applications that began under it keep it.") % {"name": former.name}
        )
    return render(request, "quality_label/framework_in_force.html", {"version": version, "points": points})


@requires(may_edit_framework, of=framework_seen)
def framework_discard(request, version):
    """Ask once, then throw a draft away."""
    refuse_unless_open(version.edit)
    if request.method == "POST":
        actions.discard_version(version, by=request.user)
        messages.success(request, _("The draft %(name)s is gone.") % {"name": version.name})
        return redirect("quality_label:framework-list")
    return render(request, "quality_label/framework_discard.html", {"version": version})
