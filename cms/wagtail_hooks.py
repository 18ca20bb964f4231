"""The pages of the site answer through views."""

from functools import wraps

from django.utils.module_loading import import_string
from wagtail import hooks

from cms import views
from cms.models import CONTENT_PAGES, INDEXES, HomePage

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
