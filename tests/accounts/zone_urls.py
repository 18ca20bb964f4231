"""An address that says in which time zone it was asked."""

from django.http import HttpResponse
from django.urls import path
from django.utils import timezone

from portal.access import public


@public
def zone(request):
    """Say the current time zone."""
    return HttpResponse(timezone.get_current_timezone_name())


urlpatterns = [path("zone/", zone)]
