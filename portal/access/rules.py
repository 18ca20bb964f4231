"""The rules a view can name. A view without one is refused, and a test walks every address."""

import inspect
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied


def public(view: Callable) -> Callable:
    """Open the view to everybody."""
    view.access_rule = "public"
    return view


def signed_in(view: Callable) -> Callable:
    """Open the view to anybody who has signed in; the middleware sends others to do so."""
    view.access_rule = "signed in"
    return view


def in_cms(view: Callable) -> Callable:
    """Leave the rule to Wagtail's admin, which lets in editors alone; the view asks for the rest."""
    view.access_rule = "Wagtail's admin"
    return view


def requires(predicate: Callable, *, of: Callable | None = None) -> Callable:
    """Open the view to a signed-in person for whom `predicate` holds.

    `of(user, **part of the address)` fetches what the predicate is about, answering 404 for what the person may not
    see; the view receives it in place of that part of the address. Without `of` the predicate is about the person.
    """
    taken = tuple(inspect.signature(of).parameters)[1:] if of else ()

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if of is None:
                if not predicate(request.user):
                    raise PermissionDenied
                return view(request, *args, **kwargs)
            subject = of(request.user, **{name: kwargs.pop(name) for name in taken})
            if not predicate(subject, request.user):
                raise PermissionDenied
            return view(request, subject, *args, **kwargs)

        checked.access_rule = predicate.__name__
        return checked

    return decorate


# Addresses of other people's code: who is let in is decided there.
THIRD_PARTY = {
    "allauth.": "allauth asks for a signed-in person where one is needed",
    "wagtail.": "Wagtail's admin asks its own permissions; pages ask their view restrictions",
    "wagtail_localize.": "inside Wagtail's admin; translation views are narrowed by pathways.wagtail_hooks",
    "django.views.": "static files and the script catalogue",
}


def rule_of(view: Callable) -> str | None:
    """Return the rule that guards a view, in words; None when nobody thought of it."""
    if rule := getattr(view, "access_rule", None):
        return rule
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    return next((words for prefix, words in THIRD_PARTY.items() if module.startswith(prefix)), None)
