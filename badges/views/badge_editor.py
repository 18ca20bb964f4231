"""The badge editor: a badge class with the words it was written in, its other languages, its skills."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from badges import art
from badges.actions import delete_badge_text, save_badge_class, save_badge_text
from badges.forms.badge_classes import BadgeClassForm, TranslationForm
from badges.forms.pictures import drawing_in_words
from badges.forms.skills import SKILL_LIMIT, SkillFormSet
from badges.hints import Facts, hints_for
from badges.models import BadgeClass, EscoLabel
from badges.permissions import may_edit_badge
from badges.views.badge_classes import badge_seen
from organisers.permissions import may_issue
from organisers.views import organiser_seen
from portal.access import requires
from portal.asked import number_asked, words_asked
from portal.workflow import StepRefused

BETWEEN = {"another", "preview", "add_skill", "drop_skill"}  # buttons that show the form again
DESIGNERS = [
    {"name": "onlinebadgemaker.com", "url": "https://www.onlinebadgemaker.com/"},
    {"name": "openbadges.me", "url": "https://www.openbadges.me/"},
]


@requires(may_issue, of=organiser_seen)
def badge_create(request, organiser):
    """Make a badge class; it is a draft until it is published."""
    return editor(request, BadgeClass(organiser=organiser))


@requires(may_edit_badge, of=badge_seen)
def badge_edit(request, badge_class):
    """Change a badge class; badges that were awarded keep the version they were awarded with."""
    return editor(request, badge_class)


def editor(request, badge_class):
    """Show the editor, do what the buttons between want without losing anything typed, save."""
    query, found = words_asked(request.POST, "skill_query")[:100], None
    is_search = "find_skill" in request.POST or (query and "enter" in request.POST)
    if is_search or BETWEEN & request.POST.keys():
        form, formset = typed_forms(request, badge_class)
        found = EscoLabel.objects.search(query, get_language()) if is_search else None
    elif request.method == "POST":
        form = BadgeClassForm(request.POST, request.FILES, instance=badge_class)
        formset = SkillFormSet(request.POST, prefix="skills")
        if form.is_valid() and formset.is_valid() and (saved := save(request, form, formset)):
            messages.success(request, _("“%(name)s” is saved.") % {"name": saved.name})
            return redirect("badges:badge-overview", saved.organiser.slug, saved.key)
    else:
        kept = badge_class.skills.all() if badge_class.pk else []
        form = BadgeClassForm(instance=badge_class)
        formset = SkillFormSet(initial=[{"label": one.label, "uri": one.uri} for one in kept], prefix="skills")
    context = {
        "organiser": badge_class.organiser,
        "badge": badge_class,
        "form": form,
        "formset": formset,
        "query": query,
        "found": found,
        "is_begun": bool(form.value("name") or form.value("description")),
        "hints": hints_for(facts_now(badge_class, form, formset)),
        "designers": DESIGNERS,
        **(language_tabs(badge_class, form.language_now) if badge_class.pk else {}),
    }
    return render(request, "badges/badge_form.html", context, status=422 if form.is_bound else 200)


def save(request, form, formset) -> BadgeClass | None:
    """Save what was typed; where a published badge would lack something, say so in the form."""
    try:
        return save_badge_class(
            form.instance,
            by=request.user,
            words=form.words(),
            skills=formset.skills(),
            picture=form.cleaned_data["picture_file"],
            seed=form.cleaned_data["seed"],
        )
    except StepRefused as refused:
        form.add_error(None, list(refused.reasons))
        return None


def typed_forms(request, badge_class):
    """Return the forms with what was typed, after the button that was pressed did its work."""
    typed = {name: request.POST[name] for name in BadgeClassForm.base_fields if name in request.POST}
    if "another" in request.POST:
        seed, said = art.random_choices(), typed.get("picture_text", "")
        typed |= BadgeClassForm.picture_initial(seed)
        if said in ("", drawing_in_words(words_asked(request.POST, "seed"))):
            typed["picture_text"] = drawing_in_words(seed)
    if request.FILES:
        messages.warning(
            request, _("Your browser lets go of a chosen file. Choose your picture again before you save.")
        )
    rows = typed_skills(request.POST)
    dropped = number_asked(request.POST, "drop_skill")
    if dropped is not None and dropped < len(rows):
        rows[dropped] = {}
    rows = [row for row in rows if any(row.values())]
    if uri := words_asked(request.POST, "add_skill"):
        rows = with_skill(rows, uri)
    return BadgeClassForm(initial=typed, instance=badge_class), SkillFormSet(initial=rows, prefix="skills")


def typed_skills(post) -> list[dict]:
    """Return the typed skills, as initial values."""
    count = min(number_asked(post, "skills-TOTAL_FORMS") or 0, SKILL_LIMIT)
    return [{"label": post.get(f"skills-{n}-label", ""), "uri": post.get(f"skills-{n}-uri", "")} for n in range(count)]


def with_skill(rows: list[dict], uri: str) -> list[dict]:
    """Return the skills with one of ESCO added, named in the reader's language or else in English."""
    names = {label.language: label.label for label in EscoLabel.objects.by_address([uri]).get(uri, [])}
    label = names.get(get_language()) or names.get("en")
    if not label or uri in [row["uri"] for row in rows]:
        return rows
    return [*rows, {"label": label, "uri": uri}]


def facts_now(badge_class, form, formset) -> Facts:
    """Return what the hints look at: the badge as it stands in the form."""
    texts = [text.language for text in badge_class.texts.all()] if badge_class.pk else [form.language_now]
    skills = (row["label"].value() for row in formset)
    words = ("name", "description", "criteria", "criteria_url", "picture_text", "outcomes")
    return Facts(
        language=form.language_now,
        kind=form.value("kind"),
        **{name: str(form.value(name)) for name in words},
        workload_minutes=form.value("workload_minutes") or None,
        credits=form.value("credits") or None,
        valid_months=form.value("valid_months") or None,
        skills=tuple(label for label in skills if label),
        languages=tuple(texts),
        organiser_names=tuple(text.name for text in badge_class.organiser.texts.all()),
    )


def language_tabs(badge_class, current: str) -> dict:
    """Return the languages in which the badge speaks, and those in which it does not yet."""
    original, where = badge_class.original().language, [badge_class.organiser.slug, badge_class.key]
    written = {text.language for text in badge_class.texts.all()}
    languages = [
        {
            "code": code,
            "name": name,
            "current": code == current,
            "is_original": code == original,
            "url": reverse("badges:badge-edit", args=where)
            if code == original
            else reverse("badges:badge-text", args=[*where, code]),
        }
        for code, name in settings.TEXT_LANGUAGES
    ]
    return {
        "written": [one for one in languages if one["code"] in written or one["current"]],
        "unwritten": [one for one in languages if one["code"] not in written and not one["current"]],
    }


@requires(may_edit_badge, of=badge_seen)
def badge_text(request, badge_class, language):
    """Write the words of a badge class in another language, the first one beside."""
    text = text_in(badge_class, language)
    form = TranslationForm(request.POST or None, badge_class=badge_class, text=text, language=language)
    if request.method == "POST" and form.is_valid():
        save_badge_text(badge_class, by=request.user, words=form.words())
        messages.success(request, _("The texts in this language are saved."))
        return redirect("badges:badge-text", badge_class.organiser.slug, badge_class.key, language)
    context = {
        "organiser": badge_class.organiser,
        "badge": badge_class,
        "form": form,
        "text": text,
        "language": language,
        "language_name": dict(settings.TEXT_LANGUAGES)[language],
        "original": badge_class.original(),
        **language_tabs(badge_class, language),
    }
    return render(request, "badges/badge_text.html", context, status=422 if form.is_bound else 200)


@requires(may_edit_badge, of=badge_seen)
def badge_text_delete(request, badge_class, language):
    """Delete the words in one language, after asking once."""
    if text_in(badge_class, language) is None:
        raise Http404
    if request.method == "POST":
        delete_badge_text(badge_class, by=request.user, language=language)
        messages.success(request, _("The texts in this language are deleted."))
        return redirect("badges:badge-edit", badge_class.organiser.slug, badge_class.key)
    context = {
        "organiser": badge_class.organiser,
        "badge": badge_class,
        "language_name": dict(settings.TEXT_LANGUAGES)[language],
        "back": reverse("badges:badge-text", args=[badge_class.organiser.slug, badge_class.key, language]),
    }
    return render(request, "badges/badge_text_delete.html", context)


def text_in(badge_class, language):
    """Return the words in a language other than the first, None where there are none yet; 404 for no language."""
    if language not in dict(settings.TEXT_LANGUAGES) or language == badge_class.original().language:
        raise Http404
    return next((text for text in badge_class.texts.all() if text.language == language), None)


@requires(may_issue, of=organiser_seen)
def skill_search(request, organiser):
    """Find skills of ESCO, as a piece of the editor."""
    query = words_asked(request.GET, "q")[:100]
    found = EscoLabel.objects.search(query, get_language())
    return render(request, "badges/includes/skill_results.html", {"found": found, "query": query})
