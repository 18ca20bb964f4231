"""Where learning meets Wagtail: its pages answered by our views, its admin narrowed to one's own section."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.signals import page_published
from wagtail.whitelist import check_url
from wagtail_localize.models import OverridableSegment, SegmentOverride
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from pathways import views
from pathways.actions import follow_original, note_changes, tell_of_dates
from pathways.actions.copying import give_dates_their_own_keys
from pathways.authoring import files_on, may_choose, own_or_live, sees_everything
from pathways.models import (
    ActivityPage,
    Attempt,
    Enrolment,
    LearningIndexPage,
    PageRole,
    PlaylistPage,
    Registration,
    SectionPage,
    places_of,
)
from pathways.views.editor import OwnDocumentsAPIViewSet, OwnImagesAPIViewSet
from portal.access import in_cms
from portal.ui.translations import is_presentable

AUTHOR_MENU = {"workspaces", "roles", "explorer", "images", "documents"}
VIEWS = {
    ActivityPage: views.activity_page,
    LearningIndexPage: views.learning_index,
    PlaylistPage: views.playlist_page,
    SectionPage: views.section_page,
}


@hooks.register("on_serve_page", order=10)
def answer_by_our_views(serve):
    """Answer learning pages after Wagtail has checked view restrictions, which it does at order 0."""

    def answer(page, request, args, kwargs):
        view = VIEWS.get(type(page))
        return view(request, page) if view else serve(page, request, args, kwargs)

    return answer


# --- choosers and menu ----------------------------------------------------------------------------------------------


@hooks.register("construct_page_chooser_queryset")
def hide_foreign_drafts(pages, request):
    """Let the page chooser show what is published and what is one's own."""
    return own_or_live(pages, request.user)


@hooks.register("construct_admin_api", order=1)
def narrow_api(router):
    """Let the editor's interface list one's own documents and pictures, in place of Wagtail's lists of all.

    The file itself stays open to whoever has its address, since a published page may lead there; a collection that
    Wagtail keeps private lets in whom it names.
    """
    router.register_endpoint("documents", OwnDocumentsAPIViewSet)
    router.register_endpoint("images", OwnImagesAPIViewSet)


@hooks.register("register_admin_menu_item")
def lead_back():
    """Lead from the editor back to the workspaces of one's organisers."""
    return MenuItem(
        gettext_lazy("My organisers"), reverse("organisers:workspaces"), name="workspaces", icon_name="home", order=1
    )


class RolesMenuItem(MenuItem):
    """The way back for those who write single pages alone."""

    def is_shown(self, request):
        return bool(places_of(request.user, PageRole.Role.AUTHOR))


@hooks.register("register_admin_menu_item")
def lead_back_to_roles():
    """Lead from the editor back to the single pages that one writes."""
    return RolesMenuItem(gettext_lazy("My roles"), reverse("pathways:roles"), name="roles", icon_name="user", order=2)


@hooks.register("construct_main_menu")
def tidy_author_menu(request, items):
    """Show authors what they can use: pages, pictures, documents."""
    if not sees_everything(request.user):
        items[:] = [item for item in items if item.name in AUTHOR_MENU]


# --- translation ----------------------------------------------------------------------------------------------------


def refuse_foreign(page, user) -> None:
    """Refuse the translation of a page that the person may not edit."""
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied


class SubmitOwnPageView(SubmitPageTranslationView):
    """wagtail-localize lets whoever may translate anything translate everything; here only what they may edit."""

    def get_object(self):
        page = super().get_object()
        refuse_foreign(page, self.request.user)
        return page

    def form_valid(self, form):
        above = self.object.get_parent()
        if all(above.has_translation(locale) for locale in form.cleaned_data["locales"]):
            return super().form_valid(form)
        words = _("Translate the page above it first: “%(title)s”. Or else that one would be there untranslated.")
        messages.error(self.request, words % {"title": above.title})
        return redirect(self.request.get_full_path())


class UpdateOwnTranslationsView(UpdateTranslationsView):
    """The same for bringing translations up to date; publishing them along needs the right to publish."""

    def get_object(self):
        source = super().get_object()
        page = source.get_source_instance()
        if not isinstance(page, Page):
            raise PermissionDenied
        refuse_foreign(page, self.request.user)
        wants_to_publish = bool(self.request.POST.get("publish_translations"))
        if wants_to_publish and not page.permissions_for_user(self.request.user).can_publish():
            raise PermissionDenied
        return source

    @transaction.atomic
    def form_valid(self, form):
        wants_to_publish = form.cleaned_data["publish_translations"]
        form.cleaned_data["publish_translations"] = False
        answer = super().form_valid(form)
        for translation in self.object.translations.filter(enabled=True) if wants_to_publish else []:
            page = translation.get_target_instance()
            is_ready = is_presentable(page)
            if is_ready or not page.live:  # wagtail-localize saves a draft over what is live
                with suppress(ValidationError):  # it is kept with the part that is wrong, and shown there
                    translation.save_target(user=self.request.user, publish=is_ready)
            if not is_ready:
                say_too_early(self.request, page)
        return answer


def say_too_early(request, page) -> None:
    """Say why a translation is not published."""
    words = _("“%(title)s” (%(language)s) is not published: translate its title and at least half of its parts first.")
    messages.error(request, words % {"title": page.title, "language": page.locale.language_name_local})


@hooks.register("before_edit_page", order=-1)
def keep_untranslated_draft(request, page):
    """Keep a translation a draft while it is none."""
    if request.POST.get("action") == "publish" and not is_presentable(page):
        say_too_early(request, page)
        return redirect(request.path)
    return None


@hooks.register("before_bulk_action")
def keep_untranslated_drafts(request, action_type, objects, action):
    """Publish no translation in bulk that is none."""
    if action_type != "publish" or not issubclass(action.models[0], Page):
        return None
    below = (
        [page for one in objects for page in one.get_descendants()] if request.POST.get("include_descendants") else []
    )
    early = [page for page in [*objects, *below] if not page.live and not is_presentable(page)]
    for page in early:
        say_too_early(request, page)
    return redirect("wagtailadmin_explore", objects[0].get_parent().pk) if early else None


class AllTranslationsReportView(TranslationsReportView):
    """A report over every organiser's pages, for those who look after all of them."""

    def dispatch(self, request, *args, **kwargs):
        if not sees_everything(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


@hooks.register("register_admin_urls", order=-1)
def narrow_translation_views():
    """Answer wagtail-localize's addresses before it does."""
    narrowed = [
        path("submit/page/<int:page_id>/", in_cms(SubmitOwnPageView.as_view())),
        path("update/<int:translation_source_id>/", in_cms(UpdateOwnTranslationsView.as_view())),
        path("reports/translations/", in_cms(AllTranslationsReportView.as_view())),
        path("reports/translations/results/", in_cms(AllTranslationsReportView.as_view(results_only=True))),
    ]
    return [path("localize/", include(narrowed))]


@receiver(pre_save, sender=SegmentOverride)
def refuse_what_editors_refuse(sender, instance, **facts):
    """Take no wild address and no file of others for a translation: wagtail-localize looks at none of them."""
    if isinstance(instance.data, str) and check_url(instance.data) is None:
        raise PermissionDenied
    segment = OverridableSegment.objects.filter(context=instance.context).order_by("-source").first()
    if segment is None:
        return
    for kind in {type(file) for file in files_on(segment.source.get_source_instance()) if file.pk == segment.data}:
        file = kind.objects.filter(pk=instance.data).first() if str(instance.data).isdecimal() else None
        if file is None or not may_choose(file, instance.last_translated_by):
            raise PermissionDenied


# --- copying --------------------------------------------------------------------------------------------------------


@hooks.register("after_copy_page")
def part_from_the_original(request, page, new_page):
    """Give the dates of a copy keys of their own."""
    for activity in ActivityPage.objects.descendant_of(new_page, inclusive=True):
        give_dates_their_own_keys(activity)


# --- deleting -------------------------------------------------------------------------------------------------------


def has_learners(pages) -> bool:
    """Say whether somebody learns on these pages or below them, or has a place at their dates."""
    below = [one for page in pages for one in page.get_descendants(inclusive=True)]
    places = Registration.objects.live().filter(activity_key__in=[page.translation_key for page in below])
    return Attempt.objects.on(below).exists() or Enrolment.objects.on(below).exists() or places.exists()


def refuse_deletion(request, pages):
    """Answer a deletion that would take away what learners did with a sentence; None lets it go on."""
    if not has_learners(pages):
        return None
    messages.error(request, _("Learners are working on this or have finished it. Unpublish it instead of deleting it."))
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


@hooks.register("before_delete_page")
def keep_what_learners_did(request, page):
    """Guard the deletion of one page."""
    return refuse_deletion(request, [page])


@hooks.register("before_bulk_action")
def keep_what_learners_did_in_bulk(request, action_type, objects, action):
    """Guard the deletion of many pages."""
    if action_type == "delete" and issubclass(action.models[0], Page):
        return refuse_deletion(request, objects)
    return None


# --- publishing -----------------------------------------------------------------------------------------------------


@receiver(page_published, sender=ActivityPage)
def follow_in_all_languages(sender, instance, **facts):
    """Let the translations have the facts of the original, whichever of them is published."""
    original = ActivityPage.objects.as_written(instance.translation_key)
    if original and original.live:
        follow_original(original)


@hooks.register("after_publish_page")
def tell_who_comes(request, page):
    """Tell who comes of dates that were moved or taken off, and their author how many that are."""
    activity = ActivityPage.objects.original(page.translation_key)
    told = tell_of_dates(activity) if activity else 0
    if told:
        words = ngettext(
            "%(number)s person has a place or waits for one and was told of the changed dates.",
            "%(number)s people have a place or wait for one and were told of the changed dates.",
            told,
        )
        messages.success(request, words % {"number": told})


def say_who_waits(request, pages) -> None:
    """Say how many people still count on the dates of activities that nobody sees any more."""
    keys = {page.translation_key for page in pages}
    away = keys - {
        *ActivityPage.objects.live().filter(translation_key__in=keys).values_list("translation_key", flat=True)
    }
    people = Registration.objects.filter(activity_key__in=away).expected().values("person").distinct().count()
    if people:
        words = ngettext(
            "%(number)s person has a place at a date to come or waits for one, and was not told. "
            "To call a date off, take it off the page and publish that.",
            "%(number)s people have a place at a date to come or wait for one, and were not told. "
            "To call a date off, take it off the page and publish that.",
            people,
        )
        messages.warning(request, words % {"number": people})


@hooks.register("after_unpublish_page")
def say_who_waits_for_a_page(request, page):
    """Warn whoever unpublished one page."""
    say_who_waits(request, [page])


@hooks.register("after_bulk_action")
def say_who_waits_for_many(request, action_type, objects, action):
    """Warn whoever unpublished many pages, with all that stands below them where they asked for that."""
    if action_type == "unpublish" and issubclass(action.models[0], Page):
        say_who_waits(request, [one for page in objects for one in page.get_descendants(inclusive=True)])


@receiver(page_published, sender=PlaylistPage)
def tell_learners_what_changed(sender, instance, **facts):
    """Look at what the version that was written first asks for now; translations follow it."""
    if PlaylistPage.objects.original(instance.translation_key) == instance:
        note_changes(instance)
