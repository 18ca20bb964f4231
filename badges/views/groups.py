"""Groups of recipients."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from badges.actions import groups as actions
from badges.forms.lists import GroupForm
from badges.models import BadgeClass, RecipientGroup
from badges.permissions import may_award, may_keep_groups, may_keep_this_group, may_see_batch
from badges.views.awards import batch_seen
from badges.views.badge_classes import badge_seen
from organisers.views import organiser_seen
from portal.access import requires
from portal.asked import number_asked


def group_seen(user, slug, pk) -> RecipientGroup:
    """Fetch a group of an organiser that the person belongs to."""
    organiser = organiser_seen(user, slug)
    return get_object_or_404(RecipientGroup.objects.of(organiser).select_related("organiser"), pk=pk)


@requires(may_keep_groups, of=organiser_seen)
def group_list(request, organiser):
    """List the groups of an organiser."""
    page = Paginator(RecipientGroup.objects.of(organiser).with_counts(), 50).get_page(request.GET.get("page"))
    return render(request, "badges/group_list.html", {"organiser": organiser, "page": page})


@requires(may_keep_this_group, of=group_seen)
def group(request, group):
    """Show the people of a group, and the badges that can be awarded to them."""
    context = {
        "organiser": group.organiser,
        "group": group,
        "page": Paginator(group.members.all(), 100).get_page(request.GET.get("page")),
        "badges": BadgeClass.objects.of(group.organiser).published().with_words(),
    }
    return render(request, "badges/group_detail.html", context)


@require_POST
@requires(may_keep_this_group, of=group_seen)
def group_change(request, group):
    """Take a person out of a group, or forget the group."""
    if "member" in request.POST:
        member = get_object_or_404(group.members, pk=number_asked(request.POST, "member"))
        actions.remove_member(member, by=request.user)
        return redirect(group)
    actions.delete_group(group, by=request.user)
    messages.success(request, _("The group is forgotten. Badges that its people hold stay."))
    return redirect("badges:group-list", group.organiser.slug)


@require_POST
@requires(may_see_batch, of=batch_seen)
def group_save(request, batch):
    """Keep the people of a batch as a group."""
    form = GroupForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the group a name of at most 100 characters."))
        return redirect(batch)
    saved = actions.save_group(batch, form.cleaned_data["name"], by=request.user)
    messages.success(request, _("“%(name)s” is saved.") % {"name": saved.name})
    return redirect(saved)


@require_POST
@requires(may_award, of=badge_seen)
def group_award(request, badge_class):
    """Begin an award list with the people of a group."""
    groups = RecipientGroup.objects.of(badge_class.organiser).select_related("organiser")
    group = get_object_or_404(groups, pk=number_asked(request.POST, "group"))
    return redirect(actions.begin_list_of(group, badge_class, by=request.user, language=get_language()))
