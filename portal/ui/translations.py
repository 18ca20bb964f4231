"""How far pages are translated part by part, and from when on one may be shown as a translation."""

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation


def parts_to_translate(locale, **where) -> QuerySet[StringSegment]:
    """Return the parts of pages that are translated into a language one by one, each with whether it is."""
    wanted = Translation.objects.filter(source=OuterRef("source"), target_locale=locale, enabled=True)
    written = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=locale, has_error=False
    )
    return StringSegment.objects.filter(Exists(wanted), **where).annotate(is_done=Exists(written))


def lacks_parts() -> Exists:
    """Say of each page of a query whether parts of it stand there in the language in which it was written first."""
    parts = parts_to_translate(OuterRef(OuterRef("locale")), source__object_id=OuterRef("translation_key"))
    return Exists(parts.filter(is_done=False))


def is_presentable(page: Page) -> bool:
    """Say whether a page may be shown as a translation: its title and at least half of its parts are translated."""
    parts = parts_to_translate(page.locale_id, source__object_id=page.translation_key)
    done = list(parts.values_list("context__path", "is_done"))
    return 2 * sum(is_done for _path, is_done in done) >= len(done) and ("title", False) not in done
