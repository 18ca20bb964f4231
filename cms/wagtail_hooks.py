"""Where the site meets Wagtail: its pages answered by our views, and a word to editors about what wants a hand."""

from functools import wraps

from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms import views
from cms.care import faults_of
from cms.models import CONTENT_PAGES, INDEXES, HomePage
from cms.views.care import PagesToLookAfterView
from organisers.models import City
from pathways.models import PlaylistPage
from portal.access import in_cms

SHOWN = {HomePage, *INDEXES, *CONTENT_PAGES}


@hooks.register("on_serve_page", order=10)
def serve_by_our_views(serve_next):
    """Let a view show the page, after Wagtail's view restrictions."""

    @wraps(serve_next)
    def serve(page, request, args, kwargs):
        if isinstance(page, HomePage):
            return views.home(request, page)
        if type(page) in SHOWN:
            return import_string(page.view)(request, page)
        return serve_next(page, request, args, kwargs)

    return serve


@hooks.register("construct_settings_menu")
def hide_users(request, items):
    """Leave people to the network's People page, which knows proved addresses and network roles."""
    items[:] = [item for item in items if item.name != "users"]


class CityViewSet(SnippetViewSet):
    """The cities that organisers, activities and pages of cities name."""

    model = City
    icon = "site"
    list_display = ["name", "country"]
    search_fields = ["name"]
    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("country"), FieldPanel("time_zone")]


register_snippet(CityViewSet)


# --- what wants a hand ------------------------------------------------------------------------------------------------


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_faults(request, page):
    """Tell an editor at once what is missing or broken on the page just saved."""
    if type(page) not in (*CONTENT_PAGES, PlaylistPage):
        return
    if faults := faults_of(page):
        lines = format_html_join("", "<li>{}</li>", ((fault,) for fault in faults))
        messages.warning(request, format_html("{}<ul>{}</ul>", _("Saved. Look at this once more:"), lines))


@hooks.register("register_admin_urls")
def report_address():
    """Answer the report's address."""
    return [path("reports/pages-to-look-after/", in_cms(PagesToLookAfterView.as_view()), name="cms_look_after")]


@hooks.register("register_reports_menu_item")
def report_menu_item():
    """Lead to the report."""
    return MenuItem(
        gettext_lazy("Pages to look after"), reverse("cms_look_after"), name="look-after", icon_name="warning", order=10
    )


@hooks.register("construct_reports_menu")
def let_report_be_named_anew(request, items):
    """Name wagtail-localize's report in each reader's language: it keeps the name that its first reader saw."""
    for item in items:
        if item.url == reverse("wagtail_localize:translations_report"):
            item.label = gettext_lazy("Translations")
