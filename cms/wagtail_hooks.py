"""The front door answers through a view."""

from functools import wraps

from wagtail import hooks

from cms import views
from cms.models import HomePage


@hooks.register("on_serve_page", order=10)
def serve_home(serve_next):
    """Let the view show the home page, after Wagtail's view restrictions."""

    @wraps(serve_next)
    def serve(page, request, args, kwargs):
        if isinstance(page, HomePage):
            return views.home(request, page)
        return serve_next(page, request, args, kwargs)

    return serve


@hooks.register("construct_settings_menu")
def hide_users(request, items):
    """Leave people to the network's People page, which knows proved addresses and network roles."""
    items[:] = [item for item in items if item.name != "users"]
