"""Writing a draft of the framework: one part at a time, and its words in other languages."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.access import requires
from portal.asked import number_asked
from portal.workflow import Stale, StepRefused
from quality_label import actions
from quality_label.forms.parts import FORMS, CriterionForm, TextsForm
from quality_label.models import FrameworkVersion
from quality_label.parts import names_of, part_of, places_of
from quality_label.permissions import may_edit_framework
from quality_label.views.seen import framework_seen, refuse_unless_open
from quality_label.views.texts import parts_in


def draft_seen(user, name) -> FrameworkVersion:
    """Fetch a draft to be edited."""
    version = framework_seen(user, name)
    if may_edit_framework(version, user):
        refuse_unless_open(version.edit)
    return version


def edit_page(request, version, make_form, act, back, **context):
    """Show a form about a draft and do what it says; who was overtaken reads both texts and may send again."""
    form = make_form(version, request.POST or None)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            act(version, form.facts(), by=request.user, seen=form.cleaned_data["seen"])
            messages.success(request, _("The draft is saved."))
            return redirect(back)
        except Stale as stale:
            form, status = both_texts(request, stale, make_form), 409
        except StepRefused as refused:
            form.add_error(None, refused.reasons)
    context |= {"version": version, "form": form, "back": back, "is_overtaken": status == 409}
    return render(request, "quality_label/part_form.html", context, status=status)


def both_texts(request, stale, make_form):
    """Return the form as it was sent, with what stands there now; sent once more, it counts."""
    sent = request.POST.copy()
    sent["seen"] = stale.current.version
    form = make_form(stale.current, sent)
    form.shows_both = True
    form.is_valid()
    form.add_error(None, stale.reasons)
    return form


@requires(may_edit_framework, of=draft_seen)
def part_edit(request, version, part):
    """Edit a gate, the words of an area, a criterion, the title, the scale or the thresholds."""
    if part not in names_of(version.rules):
        raise Http404

    def make_form(version, sent):
        try:
            kind, said = part_of(version.document, part)
        except KeyError as gone:
            raise StepRefused([_("Somebody removed this part or gave it another code in the meantime.")]) from gone
        return FORMS[kind](sent, part=said, seen=version.version)

    return edit_page(
        request, version, make_form, lambda version, facts, **who: actions.edit_part(version, part, facts, **who),
        version.network_url, part=part,
    )  # fmt: skip


@requires(may_edit_framework, of=draft_seen)
def criterion_create(request, version, area):
    """Add a criterion to an area."""
    if area not in [one.code for one in version.rules.areas]:
        raise Http404
    return edit_page(
        request, version, lambda version, sent: CriterionForm(sent, part={}, seen=version.version),
        lambda version, facts, **who: actions.add_criterion(version, area, facts, **who),
        version.network_url, area=area,
    )  # fmt: skip


@requires(may_edit_framework, of=draft_seen)
def criterion_remove(request, version, code):
    """Ask once, then take a criterion out."""
    if code not in version.rules.criteria:
        raise Http404
    if request.method == "POST":
        actions.remove_criterion(version, code, by=request.user, seen=number_asked(request.POST, "seen"))
        messages.success(request, _("Criterion %(code)s is out of the draft.") % {"code": code})
        return redirect(version.network_url)
    context = {"version": version, "criterion": version.rules.criteria[code]}
    return render(request, "quality_label/criterion_remove.html", context)


def language_asked(version, language) -> str:
    """Return the name of a language in which the words of a version can stand beside the original, or 404."""
    if language == version.rules.language or language not in dict(settings.TEXT_LANGUAGES):
        raise Http404
    return dict(settings.TEXT_LANGUAGES)[language]


@requires(may_edit_framework, of=draft_seen)
def texts(request, version, language):
    """List the parts with how many of their words stand in a language."""
    context = {
        "version": version,
        "rules": version.rules,
        "language": language,
        "language_name": language_asked(version, language),
        "parts": parts_in(version.rules, language),
    }
    return render(request, "quality_label/texts.html", context)


@requires(may_edit_framework, of=draft_seen)
def texts_edit(request, version, language, part):
    """Write the words of a part in another language, beside the original."""
    name = language_asked(version, language)
    if not places_of(version.rules, part):
        raise Http404
    return edit_page(
        request, version,
        lambda version, sent: TextsForm(sent, rules=version.rules, name=part, language=language, seen=version.version),
        lambda version, facts, **who: actions.translate_version(version, language, facts, **who),
        reverse("quality_label:texts", args=[version.name, language]), part=part, language_name=name,
    )  # fmt: skip
