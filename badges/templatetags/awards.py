"""How the check of an award list is drawn."""

from urllib.parse import urlencode

from django import template
from django.utils.html import format_html

from badges.forms.lists import FIELDS
from badges.reports import is_warning, problem_sentence

register = template.Library()


@register.filter
def cells_of(row, batch):
    """Return the cells of a row in the order of the fields, as they stand in the list."""
    wrong = {problem[1] for problem in row.problems if not is_warning(problem)}
    return [
        {
            "field": field,
            "title": title,
            "value": row.cells[batch.columns[field]] if batch.columns[field] < len(row.cells) else "",
            "is_wrong": field in wrong,
        }
        for field, title in FIELDS.items()
        if field in batch.columns
    ]


@register.simple_tag
def problem_of(problem):
    """Return the sentence of a problem and how grave it is."""
    return {"text": problem_sentence(problem), "tone": "warning" if is_warning(problem) else "danger"}


@register.simple_tag
def sort_head(name, title, sort, request, kind=""):
    """Draw the head of a column that sorts the table, first up, then down."""
    is_up, is_down = sort == name, sort == f"-{name}"
    query = {**request.GET.dict(), "sort": f"-{name}" if is_up else name}
    query.pop("page", None)
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="?{}">{}{}</a></th>',
        format_html(' class="{}"', kind) if kind else "",
        format_html(' aria-sort="{}"', "ascending" if is_up else "descending") if is_up or is_down else "",
        urlencode(query),
        title,
        " ↑" if is_up else " ↓" if is_down else "",
    )
