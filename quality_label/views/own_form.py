"""The form of an application: its sections, its places, and what stood there before."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.access import requires
from portal.asked import number_asked, wants_json
from portal.comparison import changed_rows
from portal.ui.templatetags.ui import before_sentence
from portal.workflow import Stale, StepRefused
from quality_label.actions import save_answer
from quality_label.facts import facts_for
from quality_label.forms.application import place_form
from quality_label.gaps import Gap, progress
from quality_label.permissions import may_edit_application
from quality_label.readiness import candidates, readiness_of
from quality_label.sections import SECTIONS, code_of, name_of, place_title, section_of
from quality_label.views.own_route import replacing
from quality_label.views.own_seen import answer_at, own_application, write_down_refusal
from quality_label.wording import said_of


@require_safe
@requires(may_edit_application, of=own_application)
def own_form(request, application):
    """Show the sections with how far they are, and the gates as they stand now."""
    readiness = readiness_of(application, clock.today())
    shut = [Gap(one.place, "") for one in readiness.shut]
    counted = progress(application.rules, [*readiness.gaps, *shut], application.places())
    missing = readiness.gaps_by_section()
    context = base_context(application) | {
        "readiness": readiness,
        "sections": [section(application, name, counted[name], missing.get(name, [])) for name in counted],
        "missing": [
            {
                "name": SECTIONS.get(name, _("Evidence")),
                "url": gap_url(application, found[0]),
                "gaps": [(gap_url(application, gap), gap.said) for gap in found],
            }
            for name, found in missing.items()
        ],
        "criteria": criteria_of(application, readiness),
        "evidence": application.evidence.kept().count(),
        "asked": application.returns.first() if application.is_returned else None,
    }
    return render(request, "quality_label/own_form.html", context)


def base_context(application) -> dict:
    return {"application": application, "organiser": application.organiser, "rules": application.rules}


def gap_url(application, gap) -> str:
    """Return where something that is missing is mended."""
    if gap.place == "evidence":
        return reverse("quality_label:own-evidence", args=[application.organiser.slug])
    return place_url(application, gap.place)


def section(application, name, counted, missing) -> dict:
    inside = [place for place in application.places() if section_of(place) == name]
    open_places = [place for place in inside if place in application.writable_places()]
    return {
        "name": name,
        "progress": counted,
        "missing": len(missing),
        "place": (open_places or inside or [""])[0],
        "is_open": bool(open_places),
    }


def criteria_of(application, readiness, current="") -> list[dict]:
    """Return the criteria with their levels, as links to their places."""
    missing = {gap.place for gap in readiness.gaps}
    answers = application.content_by_place()
    return [
        {
            "code": code,
            "name": one.title,
            "level": level_shown(answers.get(f"criterion:{code}", {})),
            "url": place_url(application, f"criterion:{code}"),
            "state": "fault" if f"criterion:{code}" in answers and f"criterion:{code}" in missing else "",
            "current": code == current,
        }
        for code, one in application.asked.items()
    ]


def level_shown(content):
    level = content.get("level")
    return "–" if level is None else level


def place_url(application, place) -> str:
    return reverse("quality_label:own-place", args=[application.organiser.slug, place])


@requires(may_edit_application, of=own_application)
def own_place(request, application, place):
    """Show a place to be filled in, and keep what is typed there."""
    if place not in application.places():
        raise Http404
    if request.method == "POST":
        return keep(request, application, place)
    if place not in application.writable_places():
        return redirect(reverse("quality_label:own-all", args=[application.organiser.slug]) + f"#{place}")
    return show_place(request, application, place, place_form(application, place, answer_at(application, place)))


def keep(request, application, place):
    form = place_form(application, place, answer_at(application, place), request.POST)
    if not form.is_valid():
        return answered(request, application, place, form, status=422, said=first_fault(form))
    try:
        answer = save_answer(application, place, form.content(), by=request.user, seen=form.cleaned_data["seen"])
    except Stale as stale:
        write_down_refusal(request)
        return both_shown(request, application, place, form, stale)
    except StepRefused as refusal:
        write_down_refusal(request)
        form.add_error(None, refusal.reasons)
        return answered(request, application, place, form, status=409, said=str(refusal))
    if wants_json(request):
        at = localtime(answer.edited_at).strftime("%H:%M")
        return JsonResponse({"seen": answer.version, "said": _("Saved %(time)s") % {"time": at}})
    messages.success(request, _("Saved."))
    return redirect(after(application, place, request.POST.get("then", "")))


def both_shown(request, application, place, form, stale):
    """Show what somebody else wrote beside what was typed; to send again takes the place of it."""
    theirs, mine = said_of(stale.current.content), said_of(form.content())
    form.add_error(None, stale.reasons)
    sent = form.data.copy()
    sent["seen"] = str(stale.current.version)
    form.data = sent
    names = list(dict.fromkeys([*theirs, *mine]))
    pairs = [
        {"name": name, "theirs": theirs.get(name, ""), "mine": mine.get(name, "")}
        for name in names
        if theirs.get(name, "") != mine.get(name, "")
    ]
    more = {"pairs": pairs, "by": stale.current.edited_by, "is_own": stale.is_own}
    return answered(request, application, place, form, status=409, said=str(stale), **more)


def answered(request, application, place, form, *, status, said, **more):
    """Answer what was not kept: to a page with the form as it was typed, to the autosave in a sentence."""
    if wants_json(request):
        return JsonResponse({"said": said}, status=status)
    return show_place(request, application, place, form, status=status, **more)


def first_fault(form) -> str:
    """Say that nothing was saved, and why: the first fault with the name of its field."""
    name, faults = next(iter(form.errors.items()))
    named = f"{before_sentence(form[name])} {faults[0]}" if name in form.fields else faults[0]
    return _("Not saved. %(fault)s") % {"fault": named}


def after(application, place, then) -> str:
    """Return where to go on: the next or the former place, the overview, or this one again."""
    order = application.places()
    number = order.index(place)
    beside = {"next": order[number + 1 : number + 2], "former": order[number - 1 : number] if number else []}
    if beside.get(then):
        return place_url(application, beside[then][0])
    if then in {"next", "overview"}:
        return reverse("quality_label:own-form", args=[application.organiser.slug])
    return place_url(application, place)


def show_place(request, application, place, form, *, status=200, **more):
    code = code_of(place)
    readiness = readiness_of(application, clock.today())
    context = base_context(application) | {
        "where": place,
        "name": SECTIONS[section_of(place)],
        "code": code,
        "form": form,
        "answer": answer_at(application, place),
        "gate": next((one for one in readiness.gates if f"gate:{one.gate.code}" == place), None),
        "last_time": application.last_time(code),
        "criterion": application.rules.criteria.get(code) if place.startswith("criterion:") else None,
        "criteria": criteria_of(application, readiness, code) if place.startswith("criterion:") else None,
        "evidence": [item for item in application.evidence.kept() if code and code in item.criteria],
        "facts": facts_of(application, code) if place.startswith("criterion:") else [],
        "missing": [gap for gap in readiness.gaps if gap.place == place],
        "asked": application.missing_at(place),
    }
    return render(request, "quality_label/own_place.html", context | more, status=status)


def facts_of(application, code) -> list:
    """Return what the portal computes about a criterion."""
    return facts_for(application.organiser, application.rules, clock.today()).get(code, [])


@require_safe
@requires(may_edit_application, of=own_application)
def own_all(request, application):
    """Show everything that was written, on one page to be read or printed."""
    answers = application.content_by_place()
    evidence = list(application.evidence.kept())
    badges = {key: badge.name for key, badge in candidates(application.organiser, clock.today()).items()}
    context = base_context(application) | {
        "parts": [
            {
                "place": place,
                "name": place_title(application.rules, place),
                "said": said_of(answers.get(place, {}), badges),
                "evidence": [item for item in evidence if code_of(place) in item.criteria],
                "is_open": place in application.writable_places(),
            }
            for place in application.places()
        ],
        "replacing": replacing(application),
        "asked": application.clarifications.closed(),
    }
    return render(request, "quality_label/own_all.html", context)


@require_safe
@requires(may_edit_application, of=own_application)
def own_history(request, application, place):
    """Show who wrote what at a place, word by word."""
    answer = get_object_or_404(application.answers, place=place)
    edits = list(answer.edits.select_related("by"))
    badges = {key: badge.name for key, badge in candidates(application.organiser, clock.today()).items()}
    said = [said_of(edit.content, badges) for edit in edits] + [{}]
    rows = [
        {
            "edit": edit,
            "changes": changed_rows(said[number + 1], said[number]),
            "is_current": number == 0,
        }
        for number, edit in enumerate(edits)
    ]
    context = base_context(application) | {
        "where": place,
        "name": name_of(place),
        "answer": answer,
        "rows": rows,
        "may_take_back": place in application.writable_places(),
    }
    return render(request, "quality_label/own_history.html", context)


@require_POST
@requires(may_edit_application, of=own_application)
def own_take_back(request, application, place):
    """Let a place say again what it said at an earlier version."""
    answer = get_object_or_404(application.answers, place=place)
    edit = get_object_or_404(answer.edits, version=number_asked(request.POST, "version"))
    save_answer(application, place, edit.content, by=request.user, seen=number_asked(request.POST, "seen") or 0)
    messages.success(
        request, _("This place says again what it said on %(day)s.") % {"day": date_format(localtime(edit.at))}
    )
    return redirect(place_url(application, place))
