"""How the check of an award list is drawn."""

from urllib.parse import urlencode

from django import template
from django.utils.html import format_html

from badges.forms.lists import FIELDS
from badges.reports import is_warning, problem_sentence
from badges.sheets.sentences import note

register = template.Library()


@register.filter
def cells_of(row, batch):
    """Return the cells of a row in the order of the fields, as they stand in the list."""
    wrong = {problem[1] for problem in row.problems if not is_warning(problem)}
    return [
        {
            "field": field,
            "title": title,
            "value": row.cell(field, batch.columns),
            "is_wrong": field in wrong,
        }
        for field, title in FIELDS.items()
        if field in batch.columns
    ]


@register.filter
def in_words(remark):
    """Return what a person reads about a file: the reason of a refusal as it was said, a remark in their language."""
    return remark if isinstance(remark, str) else note(*remark)


@register.simple_tag
def problems_of(row, batch):
    """Return the sentences of a row's problems, how grave each is, and with the first of each field its cell."""
    cells = {cell["field"]: cell for cell in cells_of(row, batch)}
    return [
        {
            "text": problem_sentence(problem),
            "tone": "warning" if is_warning(problem) else "danger",
            "cell": cells.pop(problem[1], None),
        }
        for problem in row.problems
    ]


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
