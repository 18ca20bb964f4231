"""Sentences that find their language when they are read: in a page at once, in what is kept for good years later."""

from django.conf import settings
from django.utils import formats
from django.utils.functional import lazy
from django.utils.translation import get_language, override

said = lazy(lambda words, facts: str(words % facts), str)
joined = lazy(lambda between, parts: between.join(str(part) for part in parts), str)
day_said = lazy(formats.date_format, str)
number_said = lazy(formats.number_format, str)


def in_every_language(sentence) -> dict[str, str]:
    """Return a lazy sentence in each language of the pages, to be kept."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found[language] = str(sentence)
    return found


def in_own_language(kept: dict[str, str] | str) -> str:
    """Return a kept sentence in the reader's language, or the portal's where that language came later.

    Sentences kept before release 0.1 stand in the one language in which they were found out.
    """
    if isinstance(kept, str):
        return kept
    return kept.get(get_language()) or kept.get(settings.LANGUAGE_CODE, "")
