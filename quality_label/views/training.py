"""Which badges count as the training for issuers."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from badges.models import BadgeClass
from portal.access import requires
from quality_label.actions.training import choose_training_badges
from quality_label.forms.training import TrainingForm
from quality_label.models import TrainingBadge
from quality_label.permissions import may_begin_framework


@requires(may_begin_framework)
def training(request):
    """Choose among the badges of the network."""
    chosen = TrainingBadge.objects.values_list("badge_class", flat=True)
    offered = BadgeClass.objects.of_network().with_words()
    sent = request.POST if request.method == "POST" else None
    form = TrainingForm(sent, offered=offered, initial={"badges": list(chosen)})
    if request.method == "POST" and form.is_valid():
        choose_training_badges(list(form.cleaned_data["badges"]), by=request.user)
        messages.success(request, _("The training badges are chosen."))
        return redirect("quality_label:training")
    context = {"form": form, "has_offers": offered.exists()}
    return render(request, "quality_label/training.html", context, status=422 if form.errors else 200)
