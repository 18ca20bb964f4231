"""How far pages are translated part by part, and from when on one may be shown as a translation."""

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation


def parts_to_translate(locale, keys) -> QuerySet[StringSegment]:
    """Return the parts of pages, by key, that are translated into a language one by one; each with whether it is."""
    wanted = Translation.objects.filter(source=OuterRef("source"), target_locale=locale, enabled=True)
    written = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=locale, has_error=False
    )
    return StringSegment.objects.filter(Exists(wanted), source__object_id__in=keys).annotate(is_done=Exists(written))


def lacks_parts(page: Page) -> bool:
    """Say whether parts of a page stand there in the language in which it was written first."""
    return parts_to_translate(page.locale_id, [page.translation_key]).filter(is_done=False).exists()


def is_presentable(page: Page) -> bool:
    """Say whether a page may be shown as a translation: its title and at least half of its parts are translated."""
    parts = parts_to_translate(page.locale_id, [page.translation_key]).values_list("context__path", "is_done")
    done = [is_done for _path, is_done in parts]
    return 2 * sum(done) >= len(done) and all(is_done for path, is_done in parts if path == "title")
