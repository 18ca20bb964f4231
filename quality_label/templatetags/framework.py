"""What a framework says, on pages."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from quality_label.reminders import in_words
from quality_label.wording import WHAT_TO_DO, facts_in_words, place_in_words, value_in_words

register = template.Library()
register.filter(place_in_words)
register.filter(facts_in_words)
register.filter("reminder", in_words)


@register.simple_tag
def words(rules, *place):
    """Show the words at a place in the reader's language; marked with their own where nobody translated them."""
    text, language = rules.text(".".join(map(str, place)), get_language())
    return text if language == get_language() else format_html('<span lang="{}">{}</span>', language, text)


@register.filter
def said(change, side):
    """Show one side of a change, before or after."""
    value = getattr(change, side)
    return value and value_in_words(change.place, value)


@register.filter
def what_to_do(fact):
    """Say what to do where a gate is not open."""
    return WHAT_TO_DO.get(fact, "")
