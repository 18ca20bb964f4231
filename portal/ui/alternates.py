"""The same page in the complete languages, as search engines want to know it."""

from django.conf import settings
from django.utils.translation import get_language_from_path

from portal.ui.translations import lacks_parts
from portal.versions import kept_part


def alternates_of_list(path: str) -> list[dict]:
    """Return the addresses of a list: they differ only in the language with which they begin."""
    spoken = get_language_from_path(path)
    return with_default({code: path.replace(f"/{spoken}/", f"/{code}/", 1) for code, _name in settings.LANGUAGES})


def alternates_of_page(page) -> list[dict]:
    """Return the addresses of a page of the tree in the languages in which it is published."""
    known = page.get_translations(inclusive=True).live().select_related("locale")
    return with_default({one.locale.language_code: one.get_url() for one in known})


def versions_of(page) -> dict:
    """Return what a page says of its languages: where it is in each, and whether parts of it are not translated."""
    return kept_part(("versions", page.pk), lambda: look_up_versions_of(page))


def look_up_versions_of(page) -> dict:
    """Ask the database for the versions of a page."""
    known = page.get_translations(inclusive=True).live().select_related("locale").annotate(lacks_parts=lacks_parts())
    return {
        "alternates": with_default({one.locale.language_code: one.get_url() for one in known}),
        "lacks_parts": any(one.lacks_parts for one in known if one.pk == page.pk),
    }


def with_default(urls: dict[str, str]) -> list[dict]:
    """Return addresses by language, and the one for readers of any other; none where there is no choice."""
    if len(urls) < 2:
        return []
    default = urls.get(settings.LANGUAGE_CODE) or next(iter(urls.values()))
    return [{"code": code, "url": url} for code, url in [*sorted(urls.items()), ("x-default", default)]]
