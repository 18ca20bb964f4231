"""What every page knows: languages to switch to, the look, the kind of installation."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language


def page(request):
    """Return the page context."""
    here = get_language()
    path = request.get_full_path()
    user = getattr(request, "user", None)
    is_known = user is not None and user.is_authenticated
    return {
        "languages": [
            {
                "code": code,
                "name": name,
                "current": code == here,
                "url": f"{reverse('accounts:language', args=[code])}?{urlencode({'next': path})}",
            }
            for code, name in settings.LANGUAGES
        ],
        "theme": user.theme if is_known else request.COOKIES.get("theme", "auto"),
        "base_url": settings.BASE_URL,
        "is_demo": settings.DEMO,
        "network_name": settings.NETWORK_NAME,
    }
