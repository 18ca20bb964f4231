"""What everybody reads about the label: how it is earned, and what it asks."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.access import public
from quality_label.actions import export_version
from quality_label.clock import CAP, DECISION
from quality_label.criteria import MANDATORY_LEVEL
from quality_label.models import FrameworkVersion
from quality_label.wording import WHAT_TO_DO, outcomes_of


def route() -> list[dict]:
    """Return the steps to the label as stops."""
    stops = [
        (
            _("Register and be verified"),
            _("Create your organiser on this portal and ask the network to verify it."),
            False,
        ),
        (
            _("Train"),
            _("Somebody of your staff completes the training for badge issuers. Then issue badges for a while."),
            False,
        ),
        (
            _("Assess yourself and apply"),
            _("Read the criteria, say for each which level you reach and why, add evidence, and hand it in."),
            False,
        ),
        (
            _("Be assessed"),
            _("Two assessors read your evidence, each alone. The network decides within %(days)d days.")
            % {"days": DECISION},
            True,
        ),
    ]
    return [
        {
            "number": number,
            "title": title,
            "text": text,
            "flag": _("within %(days)d days") % {"days": DECISION} if due else "",
        }
        for number, (title, text, due) in enumerate(stops)
    ]


@public
def start(request):
    """Say what the label is, how it is earned and who may apply."""
    version = FrameworkVersion.objects.in_force()
    context = {"version": version, "stops": route(), "days": DECISION, "cap": CAP}
    if version:
        rules = version.rules
        mandatory = sum(criterion.mandatory for criterion in rules.criteria.values())
        counted = [
            (len(rules.gates), ngettext("gate", "gates", len(rules.gates))),
            (len(rules.areas), ngettext("area", "areas", len(rules.areas))),
            (len(rules.criteria), ngettext("criterion", "criteria", len(rules.criteria))),
            (mandatory, ngettext("of them is mandatory", "of them are mandatory", mandatory)),
        ]
        context["figures"] = [{"number": number, "label": label} for number, label in counted if number]
    return render(request, "quality_label/start.html", context)


@public
def criteria(request):
    """Show the version in force, or that there is none."""
    version = FrameworkVersion.objects.in_force()
    if version is None:
        return render(request, "quality_label/criteria_none.html")
    return criteria_page(request, version)


@public
def criteria_version(request, name):
    """Show a version that is or was in force; drafts to those who work on them."""
    return criteria_page(request, get_object_or_404(FrameworkVersion.objects.visible_to(request.user), name=name))


@public
def criteria_json(request, name):
    """Send a version as JSON."""
    version = get_object_or_404(FrameworkVersion.objects.visible_to(request.user), name=name)
    response = HttpResponse(export_version(version), content_type="application/json")
    response["Content-Disposition"] = f'inline; filename="quality-label-{version.name}.json"'
    return response


def criteria_page(request, version):
    """Show everything that a version asks."""
    rules = version.rules
    context = {
        "version": version,
        "rules": rules,
        "is_whole": rules.is_whole_in(get_language()),
        "gates": [(gate, WHAT_TO_DO.get(gate.fact, "")) for gate in rules.gates],
        "areas": [(area, sum(criterion.weight for criterion in area.criteria)) for area in rules.areas],
        "weight": sum(criterion.weight for criterion in rules.criteria.values()),
        "mandatory_level": MANDATORY_LEVEL,
        "outcomes": outcomes_of(rules),
        "others": FrameworkVersion.objects.public().exclude(pk=version.pk),
    }
    return render(request, "quality_label/criteria.html", context)
