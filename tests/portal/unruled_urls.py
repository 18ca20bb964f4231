"""Addresses of which one was forgotten."""

from django.http import HttpResponse
from django.urls import path

from portal.access import public
from portal.urls import urlpatterns as real_urls


def forgotten(request):
    """A view that names no rule."""
    return HttpResponse("secret")


@public
def broken(request):
    """A view with a bug."""
    raise ZeroDivisionError


urlpatterns = [path("forgotten/", forgotten), path("broken/", broken), *real_urls]
