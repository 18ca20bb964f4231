"""One's own way through the training, and which organisers see it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organisers.models import Organiser
from pathways.permissions import may_learn
from portal.access import requires
from quality_label.actions.sharing import share_training, stop_sharing_training
from quality_label.learners import training_route
from quality_label.models import TrainingShare
from quality_label.permissions import may_share_training


def own_organiser(user, slug) -> Organiser:
    """Fetch an organiser to which a person belongs, or which still stands among those that see their training."""
    mine = Organiser.objects.with_member(user)
    shared = Organiser.objects.filter(pk__in=TrainingShare.objects.of(user).values("organiser"))
    return get_object_or_404((mine | shared).distinct(), slug=slug)


def may_stop_sharing(organiser, user) -> bool:
    """Whoever let an organiser see how they learn takes that back at any time."""
    return may_learn(user)


@require_safe
@requires(may_learn)
def own_training(request):
    """Show how far one is in the training, and who of one's organisers sees it."""
    shares = {share.organiser_id: share for share in TrainingShare.objects.of(request.user)}
    mine = Organiser.objects.with_member(request.user) | Organiser.objects.filter(pk__in=shares)
    rows = [(one, shares.get(one.pk)) for one in mine.distinct().with_words().order_by("pk")]
    context = {"route": training_route(request.user), "rows": rows}
    return render(request, "quality_label/own_training.html", context)


@require_POST
@requires(may_share_training, of=own_organiser)
def training_share(request, organiser):
    """Let an organiser see it."""
    share_training(organiser, by=request.user)
    words = _("The owners of %(name)s see how far you are. You can take that back at any time.")
    messages.success(request, words % {"name": organiser.name})
    return redirect("quality_label:own-training")


@require_POST
@requires(may_stop_sharing, of=own_organiser)
def training_unshare(request, organiser):
    """Take that back."""
    stop_sharing_training(organiser, by=request.user)
    messages.success(request, _("%(name)s no longer sees how far you are.") % {"name": organiser.name})
    return redirect("quality_label:own-training")
