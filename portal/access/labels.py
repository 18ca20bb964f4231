"""What the fields of a form that was not taken are called, for people who read what they typed."""

import re
import sys
from collections import defaultdict
from urllib.parse import urlsplit

from django import forms
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

MACHINE_WORD = re.compile(r"(?!\d{4}-\d\d-\d\d$)[\w-]*")


def in_words(path: str, values) -> list[tuple[str, str]]:
    """Return what was typed or chosen at an address as labels and words, without what forms carry for themselves.

    A text whose field nobody knows goes as “Text”: rather a bare word than one that is lost.
    """
    known, names = _forms_of(path), defaultdict(set)
    sent = [(name.rpartition("-"), value) for name, value in values if value and name != "csrfmiddlewaretoken"]
    for (prefix, _dash, name), _value in sent:
        names[prefix].add(name)
    fields = {prefix: _fields_for(group, known, is_row=bool(prefix)) for prefix, group in names.items()}
    told = [_said(fields[prefix].get(name), value) for (prefix, _dash, name), value in sent]
    return [pair for pair in told if pair]


def _forms_of(path) -> set[type[forms.BaseForm]]:
    """Return the forms in the modules from which the view of an address takes something."""
    try:
        view = resolve(urlsplit(path).path).func
    except Resolver404:
        return set()
    used = vars(sys.modules[view.__module__]).values()
    modules = {sys.modules.get(getattr(one, "__module__", None) or "") for one in used} - {None}
    found = [one for module in modules for one in vars(module).values() if isinstance(one, type)]
    return {one for one in found if issubclass(one, forms.BaseForm) and hasattr(one, "base_fields")}


def _fields_for(names, known, *, is_row) -> dict[str, forms.Field]:
    """Return the fields of the form that fits names best, without those that forms as good call something else."""
    fits = {one: len(names & set(one.base_fields)) for one in known}
    most = max(fits.values(), default=0)
    if not most or (is_row and most < len(names)):
        return {}
    best = [one.base_fields for one, count in fits.items() if count == most]
    fewest = min(map(len, best))
    best = [fields for fields in best if len(fields) == fewest]
    labels = {name: {str(one[name].label) for one in best if name in one} for name in best[0]}
    return {name: field for name, field in best[0].items() if len(labels[name]) == 1}


def _said(field, value) -> tuple[str, str] | None:
    if field is None:
        return None if MACHINE_WORD.fullmatch(value) else (_("Text"), value)
    if field.widget.is_hidden or isinstance(field, forms.ModelChoiceField):
        return None
    if isinstance(field, forms.BooleanField):
        return (str(field.label), _("yes"))
    choices = {str(key): str(words) for key, words in getattr(field, "choices", [])}
    return (str(field.label or _("Text")), choices.get(value, value))
