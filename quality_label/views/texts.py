"""The languages of a framework, and how much of it is translated."""

from django.conf import settings

from quality_label.criteria import Framework
from quality_label.parts import names_of, places_of


def languages_of(rules: Framework) -> list[dict]:
    """Return the languages in which its words can stand beside the original, with how many do."""
    return [
        {"code": code, "name": name, "written": len(rules.texts.get(code, {})), "of": len(rules.words)}
        for code, name in settings.TEXT_LANGUAGES
        if code != rules.language
    ]


def parts_in(rules: Framework, language: str) -> list[dict]:
    """Return the parts that have words, with how many of them stand in a language."""
    texts, found = rules.texts.get(language, {}), []
    for name in names_of(rules):
        if places := places_of(rules, name):
            found.append(
                {"name": name, "written": len([place for place in places if place in texts]), "of": len(places)}
            )
    return found
