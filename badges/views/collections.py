"""A person's collections of badges: make, fill, arrange, share and delete them."""

from html import escape

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from badges.actions import collections as actions
from badges.actions.arranging import DOWN, UP
from badges.actions.showing import publish_badges_of
from badges.booklets import own_collection_pdf
from badges.forms.collections import CollectionForm, PlacesForm, SharingForm, WordsForm
from badges.models import Assertion, Collection, CollectionItem, ImportedBadge
from badges.permissions import may_keep, may_show_collections
from badges.views.backpack import backpack_tabs
from badges.views.certificates import pdf_answer, refused
from portal.access import requires, signed_in
from portal.asked import keys_asked, wants_json, words_asked
from portal.workflow import Stale, StepRefused

ROWS = 300  # badges that one page offers; the filter finds the others


def collection_seen(user, key) -> Collection:
    """Fetch a collection of the person; those of others are not there."""
    return get_object_or_404(Collection.objects.of(user), key=key)


@signed_in
def collection_list(request):
    """List the person's collections."""
    found = Collection.objects.of(request.user).with_cover()
    context = {
        "collections": found,
        "under_age": why_not_shared(request.user),
        "tabs": backpack_tabs(request, current="collections"),
    }
    return render(request, "badges/collection_list.html", context)


def why_not_shared(person) -> str:
    """Return why a person's collections stay theirs alone; empty where they may share them."""
    return "" if may_show_collections(person) else actions.UNDER_AGE


@signed_in
def collection_create(request):
    """Begin a collection."""
    form = CollectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            collection = actions.create_collection(by=request.user, **form.cleaned_data)
            return redirect("badges:collection-badges", collection.key)
        except StepRefused as refused:
            form.add_error(None, refused.reasons)
    context = {"form": form, "under_age": why_not_shared(request.user)}
    return render(request, "badges/collection_form.html", context, status=422 if form.is_bound else 200)


@requires(may_keep, of=collection_seen)
def collection(request, collection):
    """Show a collection to its owner: its badges in their order, and who may open it."""
    return editor(request, collection, SharingForm(initial=model_to_dict(collection)))


def editor(request, collection, form, status=200):
    """Show the page on which a collection is arranged and shared."""
    items = list(collection.items.with_badges().marked(request.user))
    why_not = why_not_shared(request.user)
    context = {
        "collection": collection,
        "items": items,
        "hidden_count": sum(item.stands and not item.is_seen for item in items),
        "form": form,
        "choices": visibility_choices(form["visibility"].value(), may_show=not why_not),
        "under_age": why_not,
        "frame_code": frame_code(collection),
        "picture_code": picture_code(collection),
    }
    return render(request, "badges/collection_detail.html", context, status=status)


def visibility_choices(chosen, *, may_show) -> list[dict]:
    """Return who may open a collection, each with what it means."""
    kinds = Collection.Visibility
    meanings = {
        kinds.PRIVATE: _("Only you see it."),
        kinds.LINK: _("Whoever has the link sees it. The link cannot be guessed, and search engines do not list it."),
        kinds.PUBLIC: _("Everybody may see it, and you may let search engines list it."),
    }
    return [
        {
            "value": kind.value,
            "title": kind.label,
            "text": meaning,
            "checked": kind == chosen,
            "disabled": kind != kinds.PRIVATE and not may_show,
        }
        for kind, meaning in meanings.items()
    ]


def frame_code(collection) -> str:
    """Return what shows a collection inside another page; where scripts run, the frame grows with its content."""
    address, title = f"{collection.shared_address}/embed", escape(collection.name)
    frame = (
        f'<iframe src="{address}" width="100%" height="480" loading="lazy" frameborder="0" title="{title}"></iframe>'
    )
    frames = f"document.querySelectorAll('iframe[src=\"{address}\"]')"
    grow = "if(e.source===f.contentWindow&&e.data.height>0)f.height=Math.ceil(e.data.height)"
    return f'{frame}\n<script>addEventListener("message",e=>{{for(const f of {frames}){grow}}})</script>'


def picture_code(collection) -> str:
    """Return what shows a collection as a picture that leads to its page."""
    address, title = collection.shared_address, escape(collection.name)
    return f'<a href="{address}"><img src="{address}.png" width="600" height="315" alt="{title}"></a>'


@require_safe
@requires(may_keep, of=collection_seen)
def collection_paper(request, collection):
    """Send a collection to its owner as a file to print, with the badges that nobody else sees."""
    if no := refused(request, "booklet"):
        return no
    items = collection.items.standing(request.user).with_badges()
    return pdf_answer(own_collection_pdf(collection, list(items)), name="collection")


@requires(may_keep, of=collection_seen)
def collection_edit(request, collection):
    """Change the name and the description."""
    initial = {"name": collection.name, "description": collection.description, "seen": collection.version}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            return redirect(actions.change_words(collection, by=request.user, **form.cleaned_data))
        except Stale as stale:
            status, collection = 409, stale.current
            form.overtaken_by(stale.current, stale.reasons)
    context = {"form": form, "collection": collection, "is_overtaken": status == 409}
    return render(request, "badges/collection_form.html", context, status=status)


@requires(may_keep, of=collection_seen)
def collection_badges(request, collection):
    """Choose which badges are in a collection; the filter narrows what is shown and loses no tick."""
    there = list(collection.items.with_badges().marked(request.user))
    chosen = {item.key for item in there}
    refusal, sent = "", request.POST
    if request.method == "POST":
        chosen = {*keys_asked(sent, "badge"), *keys_asked(sent, "kept")}
        if "apply" in sent:
            try:
                return redirect(actions.choose_badges(collection, chosen, by=request.user))
            except StepRefused as refused:
                refusal = refused.reasons[0]
    words = words_asked(sent, "q")[:100]
    rows, is_cut = rows_shown(offered(request.user, there), words)
    kept = chosen - {item.key for item in rows}
    context = {
        "collection": collection,
        "rows": [{"item": item, "checked": item.key in chosen} for item in rows],
        "kept": " ".join(str(key) for key in kept),
        "kept_count": len(kept),
        "words": words,
        "is_cut": is_cut,
        "refusal": refusal,
    }
    return render(request, "badges/collection_badges.html", context, status=422 if refusal else 200)


def offered(person, there) -> list[CollectionItem]:
    """Return all badges that can be in a collection of a person, and those in this one that stand no more."""
    assertions = Assertion.objects.for_person(person).collected().with_words().select_related("row")
    items = [CollectionItem(assertion=one) for one in assertions]
    items += [CollectionItem(imported=one) for one in ImportedBadge.objects.of(person)]
    keys = {item.key for item in items}
    return items + [item for item in there if item.key not in keys]


def rows_shown(items, words) -> tuple[list[CollectionItem], bool]:
    """Return the badges whose name or issuer has the words, as many as a page shows, and whether there are more."""
    wanted = words.casefold().split()
    found = [item for item in items if all(word in item.searched for word in wanted)]
    return found[:ROWS], len(found) > ROWS


@require_POST
@requires(may_keep, of=collection_seen)
def collection_order(request, collection):
    """Move one badge up or down, or put all in the order that the page sent by itself."""
    place = ""
    for where in (UP, DOWN):
        for key in keys_asked(request.POST, where)[:1]:
            collection = actions.move_badge(collection, key, where, by=request.user)
            place = f"#badge-{key}"
    if "order" in request.POST:
        order = keys_asked(request.POST, "order")
        collection = actions.arrange_badges(collection, order, by=request.user)
    if wants_json(request):
        return JsonResponse({"said": _("The order is saved.")})
    return redirect(collection.get_absolute_url() + place)


@require_POST
@requires(may_keep, of=collection_seen)
def collection_share(request, collection):
    """Say who may open a collection; what ends a link that may be in use is asked once more."""
    form = SharingForm(request.POST)
    if form.is_valid():
        if form.cleaned_data["visibility"] == Collection.Visibility.PRIVATE:
            return redirect("badges:collection-stop", collection.key) if collection.is_shared else redirect(collection)
        try:
            collection = actions.share_collection(collection, by=request.user, **form.cleaned_data)
            messages.success(request, _("Others can open the collection by its link."))
            return redirect(f"{collection.get_absolute_url()}#sharing")
        except StepRefused as refused:
            form.add_error(None, refused.reasons)
    return editor(request, collection, form, status=422)


@require_POST
@requires(may_keep, of=collection_seen)
def collection_publish(request, collection):
    """Publish the private badges of a collection, so that others see them in it."""
    count = publish_badges_of(collection, by=request.user)
    text = ngettext("%(count)d badge is published.", "%(count)d badges are published.", count)
    messages.success(request, text % {"count": count})
    return redirect(f"{collection.get_absolute_url()}#sharing")


@requires(may_keep, of=collection_seen)
def collection_stop(request, collection):
    """Stop sharing, after asking once."""
    if request.method == "POST":
        actions.stop_sharing(collection, by=request.user)
        messages.success(request, _("The collection is private again. Its link leads nowhere."))
        return redirect(collection)
    return render(request, "badges/collection_stop.html", {"collection": collection})


@requires(may_keep, of=collection_seen)
def collection_delete(request, collection):
    """Delete a collection, after asking once."""
    if request.method == "POST":
        actions.delete_collection(collection, by=request.user)
        messages.success(request, _("The collection is deleted. Its badges are still yours."))
        return redirect("badges:collection-list")
    return render(request, "badges/collection_delete.html", {"collection": collection})


@signed_in
def badge_collections(request, key):
    """Choose the collections in which a badge is, and begin one in place."""
    item = own_badge(request.user, key)
    found = list(Collection.objects.of(request.user))
    inside = actions.collections_with(item)
    holding = [str(one.key) for one in found if one.pk in inside]
    form = PlacesForm(
        request.POST if request.method == "POST" else None, collections=found, initial={"collections": holding}
    )
    if form.is_valid():
        try:
            name, chosen = form.cleaned_data["name"], form.cleaned_data.get("collections", [])
            made = actions.choose_collections(
                key, [one.key for one in found if str(one.key) in chosen], by=request.user, new_name=name
            )
            messages.success(request, _("Saved."))
            return redirect(made or item.badge)
        except StepRefused as refused:
            form.add_error(None, refused.reasons)
    return render(
        request, "badges/badge_collections.html", {"item": item, "form": form}, status=422 if form.is_bound else 200
    )


def own_badge(person, key) -> CollectionItem:
    """Fetch a badge that a person collected here or keeps from elsewhere."""
    if found := Assertion.objects.for_person(person).collected().with_words().filter(key=key).first():
        return CollectionItem(assertion=found)
    if found := ImportedBadge.objects.of(person).filter(key=key).first():
        return CollectionItem(imported=found)
    raise Http404
