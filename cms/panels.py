"""What the site adds to every page."""

from django.template.loader import render_to_string
from django.utils.translation import get_language
from wagtail.models import Page

from cms.models.content import address_of
from portal.versions import kept_part

LINKED = ["imprint", "accessibility"]  # from every footer, whether editors wrote them or not
FIRST_LEVEL = 3  # below the front door of a language


def footer_pages(_request, _obj):
    """Show the pages that editors put into the menu, in the reader's language where there is a translation."""
    code = get_language()
    return kept_part(("footer", code), lambda: draw_footer_pages(code))


def draw_footer_pages(code: str) -> str | None:
    """Draw the links in a language; None where editors chose no page."""
    chosen = {}
    for page in (
        Page.objects.live()
        .in_menu()
        .filter(depth=FIRST_LEVEL)
        .exclude(slug__in=LINKED)
        .select_related("locale")
        .order_by("path")
    ):
        if page.translation_key not in chosen or page.locale.language_code == code:
            chosen[page.translation_key] = page
    links = [
        {
            "url": address_of(page, code),
            "name": page.title,
            "lang": "" if page.locale.language_code == code else page.locale.language_code,
        }
        for page in chosen.values()
    ]
    return render_to_string("cms/panels/footer_pages.html", {"links": links}) if links else None
