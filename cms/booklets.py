"""Guides and publications on paper."""

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import override

from badges.cards import printing
from cms.models import GuidePage, PublicationPage

KEPT_FOR = 24 * 3600


def document_pdf(page: GuidePage | PublicationPage) -> bytes:
    """Return a guide with all its chapters, or a publication, as PDF in its own language; made anew when it changed."""
    parts = [page, *(page.chapters() if isinstance(page, GuidePage) else [])]
    versions = ".".join(f"{one.pk}-{one.latest_revision_id}" for one in parts)
    return cache.get_or_set(f"document:{versions}", lambda: _laid_out(page, parts), KEPT_FOR)


def _laid_out(page, parts) -> bytes:
    with override(page.language):
        context = {
            "page": page,
            "parts": parts,
            "chapters": parts[1:],
            "language": page.language,
            "date": page.last_published_at and date_format(page.last_published_at),
            "base_url": settings.BASE_URL,
            "address": f"{settings.BASE_URL}{page.get_url()}",
            "network_name": settings.NETWORK_NAME,
        }
        return printing().pdf(render_to_string("cms/documents/guide.html", context))
